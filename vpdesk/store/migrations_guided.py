"""The migration that brings the guided records, which nothing changes once they are final."""

from __future__ import annotations

from typing import Final

GUIDED: Final = """
-- A record on a case, at an organisation or on its own: why confidentiality was broken or not, who asked for what.
CREATE TABLE guided_records (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    begun TEXT NOT NULL,
    case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
    client INTEGER REFERENCES clients (id),
    due TEXT,
    outcome TEXT NOT NULL,
    finalised TEXT
) STRICT;

CREATE INDEX guided_of_case ON guided_records (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX guided_due ON guided_records (due) WHERE due IS NOT NULL AND finalised IS NULL;

-- `asked` is the question as it then read, so that an answer can be understood years later; empty `text` is onbekend.
CREATE TABLE guided_answers (
    record INTEGER NOT NULL REFERENCES guided_records (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    asked TEXT NOT NULL,
    text TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (record, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE guided_additions (
    id INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES guided_records (id) ON DELETE CASCADE,
    on_day TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE INDEX guided_additions_of_record ON guided_additions (record, id);

-- What is final is added to and destroyed as a whole, never changed: the database itself refuses.
CREATE TRIGGER guided_record_is_final BEFORE UPDATE ON guided_records WHEN OLD.finalised IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'final'); END;

CREATE TRIGGER guided_answer_comes_late BEFORE INSERT ON guided_answers
WHEN (SELECT finalised FROM guided_records WHERE id = NEW.record) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'final'); END;

CREATE TRIGGER guided_answer_is_final BEFORE UPDATE ON guided_answers
WHEN (SELECT finalised FROM guided_records WHERE id = OLD.record) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'final'); END;

CREATE TRIGGER guided_answer_stays BEFORE DELETE ON guided_answers
WHEN (SELECT finalised FROM guided_records WHERE id = OLD.record) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'final'); END;

CREATE TRIGGER guided_addition_is_final BEFORE UPDATE ON guided_additions
BEGIN SELECT RAISE(ABORT, 'final'); END;

CREATE TRIGGER guided_addition_stays BEFORE DELETE ON guided_additions
WHEN EXISTS (SELECT 1 FROM guided_records WHERE id = OLD.record)
BEGIN SELECT RAISE(ABORT, 'final'); END
"""
