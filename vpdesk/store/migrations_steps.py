"""The migration that brings steps with their consents, the history of wishes, and the directory."""

from __future__ import annotations

from typing import Final

STEPS: Final = """
-- What the person chose, who carries it out and what came of it. Everything goes with the case.
CREATE TABLE steps (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    recipient TEXT NOT NULL,
    actor TEXT NOT NULL,
    manner TEXT NOT NULL,
    chosen TEXT NOT NULL,
    wish TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    settled TEXT,
    result TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX steps_of_case ON steps (case_id, chosen, id);

-- Every answer to the question for consent, in the order in which they were given.
CREATE TABLE consents (
    step INTEGER NOT NULL REFERENCES steps (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    answer TEXT NOT NULL,
    on_day TEXT NOT NULL,
    until TEXT,
    withdrawn TEXT,
    content TEXT NOT NULL,
    recipient TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (step, position)
) STRICT;

CREATE INDEX consents_that_end ON consents (until, step, position) WHERE until IS NOT NULL AND withdrawn IS NULL;

-- What the person wanted, one after the other; what cases say of it is the newest.
CREATE TABLE case_wishes (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    on_day TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;

CREATE INDEX wishes_of_case ON case_wishes (case_id, on_day, id);

INSERT INTO case_wishes (case_id, code, on_day, words)
SELECT id, wens, coalesce(wens_on, opened), '' FROM cases WHERE wens <> 'onbekend';

-- Where to refer to: the user's own entries, and what the user changed of those that ship with the program.
CREATE TABLE directory (
    id INTEGER PRIMARY KEY,
    shipped TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    refer_when TEXT NOT NULL,
    reach TEXT NOT NULL,
    note TEXT NOT NULL,
    client INTEGER REFERENCES clients (id) ON DELETE CASCADE,
    checked TEXT,
    hidden INTEGER NOT NULL CHECK (hidden IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX directory_by_shipped ON directory (shipped) WHERE shipped <> '';
CREATE INDEX directory_of_client ON directory (client) WHERE client IS NOT NULL;
"""
