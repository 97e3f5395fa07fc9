"""The migration that brings handing over to a colleague, and taking over from one."""

from typing import Final

HANDOVER: Final = """
-- What was handed over. A case that is destroyed goes from here; how many there were stays.
CREATE TABLE handovers (
    id INTEGER PRIMARY KEY,
    on_day TEXT NOT NULL,
    recipient TEXT NOT NULL,
    package TEXT NOT NULL UNIQUE,
    cases INTEGER NOT NULL
) STRICT;

CREATE TABLE handed_cases (
    handover INTEGER NOT NULL REFERENCES handovers (id) ON DELETE CASCADE,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    named INTEGER NOT NULL CHECK (named IN (0, 1)),
    consented TEXT,
    PRIMARY KEY (handover, case_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX handed_cases_of_case ON handed_cases (case_id);

-- What was taken over: by its random number the same file is known again, also when its cases are gone.
CREATE TABLE takeovers (
    package TEXT PRIMARY KEY,
    on_day TEXT NOT NULL,
    client INTEGER NOT NULL REFERENCES clients (id),
    cases INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Cases that a colleague counted and reports: no report of this vault counts them.
CREATE TABLE taken_cases (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE,
    package TEXT NOT NULL REFERENCES takeovers (package)
) STRICT;

CREATE INDEX taken_cases_of_package ON taken_cases (package);

-- Talks that a colleague had: no hours of this vault count them.
CREATE TABLE taken_talks (
    conversation INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE
) STRICT;

DROP VIEW talk_time;
CREATE VIEW talk_time AS
SELECT on_day, client, minutes, 1 AS talks FROM conversations
WHERE id NOT IN (SELECT conversation FROM taken_talks)
UNION ALL
SELECT opened, client, imported_minutes, imported_talks FROM cases
WHERE (imported_talks > 0 OR imported_minutes > 0) AND id NOT IN (SELECT case_id FROM taken_cases);
"""
