"""The migration that keeps which numbers of other years a report quotes."""

from typing import Final

QUOTES: Final = """
-- As the statements are kept, and part of the chain of the ledger; '[]' for none. Empty for what went out before this
-- was kept: what such a report quotes stands in the document that it was drawn from.
ALTER TABLE publications ADD COLUMN quotes TEXT NOT NULL DEFAULT '';
"""
