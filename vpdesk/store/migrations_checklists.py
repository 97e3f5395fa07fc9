"""The part of a migration that brings who chose or did what a checklist says."""

from typing import Final

WHO_CHECKED: Final = """
-- Empty for what was ticked before this was asked.
ALTER TABLE checked_items ADD COLUMN who TEXT NOT NULL DEFAULT '';
"""
