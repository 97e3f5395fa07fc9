"""The migration that gives every vault the head of its ledger, so that one without is a vault that lost it."""

from typing import Final

LEDGER_HEAD: Final = """
-- Until now the head was written with the first report that went out: a vault without one had none out, or rows from
-- before they were bound to each other, whose chain is empty.
INSERT INTO settings (name, value)
SELECT 'ledger_head', coalesce((SELECT chain FROM publications ORDER BY id DESC LIMIT 1), '')
WHERE NOT EXISTS (SELECT 1 FROM settings WHERE name = 'ledger_head');
"""
