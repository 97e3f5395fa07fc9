"""The migration that keeps how many names stood in the texts of a case that was handed over."""

from typing import Final

HANDING: Final = """
-- In how many places of its texts a case that went without names still had one that the vault knows; NULL where nobody
-- looked, as with names or before this was kept.
ALTER TABLE handed_cases ADD COLUMN names_in_texts INTEGER CHECK (names_in_texts >= 0);
"""
