"""The migration that keeps what a report was drawn from, for a text or table of the same report later."""

from typing import Final

DOCUMENTS: Final = """
-- Empty for what went out before this was kept, and for what was entered by hand. The hash takes part in the chain of
-- the ledger, so that what is read at each look at the chain stays small.
ALTER TABLE publications ADD COLUMN document TEXT NOT NULL DEFAULT '';
ALTER TABLE publications ADD COLUMN document_sha256 TEXT NOT NULL DEFAULT '';
"""
