"""Spreadsheets in, open formats out."""
