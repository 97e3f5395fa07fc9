"""The migration that brings meldingen with the messages passed on, detriment, and how aftercare ended."""

from __future__ import annotations

from typing import Final

MELDINGEN: Final = """
-- What was reported formally. The reference is random and stands for the case towards the organisation.
CREATE TABLE meldingen (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    identity TEXT NOT NULL,
    recipient TEXT NOT NULL,
    lodged TEXT,
    relay INTEGER NOT NULL CHECK (relay IN (0, 1)),
    reference TEXT NOT NULL,
    term_count INTEGER,
    term_unit TEXT NOT NULL,
    confirmed TEXT,
    feedback TEXT,
    withdrawn TEXT,
    outcome TEXT NOT NULL,
    watched INTEGER NOT NULL CHECK (watched IN (0, 1))
) STRICT;

CREATE INDEX meldingen_of_case ON meldingen (case_id, lodged, id);
CREATE UNIQUE INDEX meldingen_by_reference ON meldingen (reference) WHERE reference <> '';
CREATE INDEX meldingen_awaited ON meldingen (lodged)
    WHERE watched = 1 AND lodged IS NOT NULL AND feedback IS NULL AND withdrawn IS NULL;

-- Messages between the organisation and the melder, as the advisor passed them on.
CREATE TABLE relay_messages (
    id INTEGER PRIMARY KEY,
    melding INTEGER NOT NULL REFERENCES meldingen (id) ON DELETE CASCADE,
    direction TEXT NOT NULL,
    on_day TEXT NOT NULL,
    text TEXT NOT NULL,
    approved TEXT,
    passed TEXT
) STRICT;

CREATE INDEX relay_of_melding ON relay_messages (melding, on_day, id);

-- Harm because of a melding; forms is a JSON array of codes.
CREATE TABLE detriments (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    forms TEXT NOT NULL,
    since TEXT NOT NULL,
    against TEXT NOT NULL,
    told TEXT NOT NULL
) STRICT;

CREATE INDEX detriments_of_case ON detriments (case_id, since, id);

CREATE TABLE detriment_entries (
    detriment INTEGER NOT NULL REFERENCES detriments (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    on_day TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (detriment, position)
) STRICT, WITHOUT ROWID;

-- That the person wanted no more aftercare, and why.
CREATE TABLE aftercare_ends (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    on_day TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX aftercare_ends_of_case ON aftercare_ends (case_id, on_day, id);
"""
