"""The migration by which records without a case can be held, earlier versions are kept and no number comes twice."""

from __future__ import annotations

from typing import Final

KEPT: Final = """
-- A hold, and a decision to keep longer, is of a case or of a guided record that stands on none.
CREATE TABLE wider_holds (
    id INTEGER PRIMARY KEY,
    case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
    record INTEGER REFERENCES guided_records (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    since TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted TEXT,
    why_lifted TEXT NOT NULL,
    CHECK ((case_id IS NULL) <> (record IS NULL))
) STRICT;

INSERT INTO wider_holds (id, case_id, kind, since, reason, lifted, why_lifted)
SELECT id, case_id, kind, since, reason, lifted, why_lifted FROM holds;
DROP TABLE holds;
ALTER TABLE wider_holds RENAME TO holds;
CREATE INDEX holds_of_case ON holds (case_id, id);
CREATE INDEX holds_of_record ON holds (record, id);
CREATE INDEX holds_in_force ON holds (case_id, kind) WHERE lifted IS NULL;

CREATE TABLE wider_kept_longer (
    id INTEGER PRIMARY KEY,
    case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
    record INTEGER REFERENCES guided_records (id) ON DELETE CASCADE,
    decided TEXT NOT NULL,
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    CHECK ((case_id IS NULL) <> (record IS NULL))
) STRICT;

INSERT INTO wider_kept_longer (id, case_id, decided, until, reason)
SELECT id, case_id, decided, until, reason FROM kept_longer;
DROP TABLE kept_longer;
ALTER TABLE wider_kept_longer RENAME TO kept_longer;
CREATE INDEX kept_longer_of_case ON kept_longer (case_id, id);
CREATE INDEX kept_longer_of_record ON kept_longer (record, id);

-- What stood there before something was changed while a hold lay on it, in words; `names`
-- says that the text tells who somebody is. No index or report reads this.
CREATE TABLE earlier_versions (
    id INTEGER PRIMARY KEY,
    case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
    record INTEGER REFERENCES guided_records (id) ON DELETE CASCADE,
    changed TEXT NOT NULL,
    what TEXT NOT NULL,
    text TEXT NOT NULL,
    names INTEGER NOT NULL CHECK (names IN (0, 1)),
    CHECK ((case_id IS NULL) <> (record IS NULL))
) STRICT;

CREATE INDEX earlier_of_case ON earlier_versions (case_id, id);
CREATE INDEX earlier_of_record ON earlier_versions (record, id);

-- The last number given out per table: what a draft, a file or an undo says of a number is never about another thing.
CREATE TABLE last_numbers (
    of_table TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO last_numbers (of_table, last)
SELECT 'activities', coalesce(max(id), 0) FROM activities
UNION ALL SELECT 'call_backs', coalesce(max(id), 0) FROM call_backs
UNION ALL SELECT 'cases', coalesce(max(id), 0) FROM cases
UNION ALL SELECT 'conversations', coalesce(max(id), 0) FROM conversations
UNION ALL SELECT 'detriments', coalesce(max(id), 0) FROM detriments
UNION ALL SELECT 'guided_records', coalesce(max(id), 0) FROM guided_records
UNION ALL SELECT 'holds', coalesce(max(id), 0) FROM holds
UNION ALL SELECT 'meldingen', coalesce(max(id), 0) FROM meldingen
UNION ALL SELECT 'persons', coalesce(max(id), 0) FROM persons
UNION ALL SELECT 'relay_messages', coalesce(max(id), 0) FROM relay_messages
UNION ALL SELECT 'reminders', coalesce(max(id), 0) FROM reminders
UNION ALL SELECT 'steps', coalesce(max(id), 0) FROM steps;

-- What is typed about a thing goes with the thing, by whatever way that goes.
CREATE TRIGGER draft_goes_with_activity AFTER DELETE ON activities
BEGIN DELETE FROM drafts WHERE json_valid(text) AND json_extract(text, '$.belongs') = 'activities:' || OLD.id; END;

CREATE TRIGGER draft_goes_with_call_back AFTER DELETE ON call_backs
BEGIN DELETE FROM drafts WHERE json_valid(text) AND json_extract(text, '$.belongs') = 'call_backs:' || OLD.id; END;

CREATE TRIGGER draft_goes_with_detriment AFTER DELETE ON detriments
BEGIN DELETE FROM drafts WHERE json_valid(text) AND json_extract(text, '$.belongs') = 'detriments:' || OLD.id; END;

CREATE TRIGGER draft_goes_with_record AFTER DELETE ON guided_records
BEGIN DELETE FROM drafts WHERE json_valid(text) AND json_extract(text, '$.belongs') = 'guided_records:' || OLD.id; END;

CREATE TRIGGER draft_goes_with_melding AFTER DELETE ON meldingen
BEGIN DELETE FROM drafts WHERE json_valid(text) AND json_extract(text, '$.belongs') = 'meldingen:' || OLD.id; END;

CREATE TRIGGER draft_goes_with_person AFTER DELETE ON persons
BEGIN DELETE FROM drafts WHERE json_valid(text) AND json_extract(text, '$.belongs') = 'persons:' || OLD.id; END;

CREATE TRIGGER draft_goes_with_message AFTER DELETE ON relay_messages
BEGIN DELETE FROM drafts WHERE json_valid(text) AND json_extract(text, '$.belongs') = 'relay_messages:' || OLD.id; END;

CREATE TRIGGER draft_goes_with_step AFTER DELETE ON steps
BEGIN DELETE FROM drafts WHERE json_valid(text) AND json_extract(text, '$.belongs') = 'steps:' || OLD.id; END;
"""
