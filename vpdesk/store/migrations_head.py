"""The migration that gives every vault a head of its ledger, so that one without is a vault that lost it."""

from typing import Final

LEDGER_HEAD: Final = """
-- The chain of the last publication; empty while none is bound. It was a setting, written with the first report that
-- went out: a vault without that setting had none out, or only rows from before they were bound to each other.
CREATE TABLE ledger_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    chain TEXT NOT NULL
) STRICT;

INSERT INTO ledger_head (id, chain)
VALUES (1, coalesce((SELECT value FROM settings WHERE name = 'ledger_head'), ''));

DELETE FROM settings WHERE name = 'ledger_head';
"""
