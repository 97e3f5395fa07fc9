"""Checks of a file against PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), clause by clause, as far as a report goes.

A check takes an open file and says what is wrong, nothing when all is well. No conformance checker is at hand for the
tests; so each check has, beside it in test_conformance, a file broken on purpose on which it must speak.
"""
