"""The migration that brings how long cases are kept, what stops destroying, and files that are kept with a case."""

from __future__ import annotations

from typing import Final

KEEP: Final = """
-- How long an organisation's cases are kept after closing, where that differs from what vpdesk proposes.
CREATE TABLE retention_terms (
    client INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    months INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (client, kind)
) STRICT, WITHOUT ROWID;

-- Why nothing of a case may be destroyed; those that were lifted stay for as long as the case does.
CREATE TABLE holds (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    since TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted TEXT,
    why_lifted TEXT NOT NULL
) STRICT;

CREATE INDEX holds_of_case ON holds (case_id, id);
CREATE INDEX holds_in_force ON holds (case_id, kind) WHERE lifted IS NULL;

-- Each decision to keep a case past its term; the last one counts.
CREATE TABLE kept_longer (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    decided TEXT NOT NULL,
    until TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX kept_longer_of_case ON kept_longer (case_id, id);

-- What is known of a file that is kept with a case; its bytes lie sealed in attachments.db and open with this key.
CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    stored TEXT NOT NULL,
    reason TEXT NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT, WITHOUT ROWID;

CREATE INDEX attachments_of_case ON attachments (case_id);

CREATE INDEX cases_by_closing ON cases (closed, client) WHERE closed IS NOT NULL;
"""
