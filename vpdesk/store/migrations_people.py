"""The migration that brings people apart, matters, and why the advisor went on in spite of a role conflict."""

from typing import Final

PEOPLE: Final = """
-- Who is in a case. Names stand nowhere else: no list, index of notes or report reads this, and one row can be
-- destroyed by itself. `aliases` is a JSON array; who comes is one person.
CREATE TABLE persons (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    part TEXT NOT NULL,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,
    function TEXT NOT NULL,
    reach TEXT NOT NULL,
    hours TEXT NOT NULL,
    voicemail TEXT NOT NULL
) STRICT;

CREATE INDEX persons_of_case ON persons (case_id, id);
CREATE UNIQUE INDEX persons_who_come ON persons (case_id) WHERE part = 'komt';

-- The folded words of names and functions, so that a check on role conflicts reads only people who may be meant.
CREATE TABLE person_words (
    word TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    PRIMARY KEY (word, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_words_of_person ON person_words (person);

-- A matter goes with the last case that is in it.
CREATE TABLE matters (
    id INTEGER PRIMARY KEY,
    client INTEGER NOT NULL REFERENCES clients (id),
    name TEXT NOT NULL COLLATE NOCASE,
    UNIQUE (client, name)
) STRICT;

CREATE TABLE case_matters (
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    matter INTEGER NOT NULL REFERENCES matters (id) ON DELETE CASCADE,
    PRIMARY KEY (case_id, matter)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_matters_of_matter ON case_matters (matter, case_id);

-- Why the advisor went on with a case, and with which other cases in mind; one that is destroyed goes from the list.
CREATE TABLE conflicts (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    on_day TEXT NOT NULL,
    knowledge TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX conflicts_of_case ON conflicts (case_id, id);

CREATE TABLE conflict_cases (
    conflict INTEGER NOT NULL REFERENCES conflicts (id) ON DELETE CASCADE,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    PRIMARY KEY (conflict, case_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX conflict_cases_of_case ON conflict_cases (case_id);
"""
