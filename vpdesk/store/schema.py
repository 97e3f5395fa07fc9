"""The schema as append-only migrations: the n-th brings `user_version` to n and is never edited after release."""

from __future__ import annotations

from typing import Final

from vpdesk.store.migrations_checklists import WHO_CHECKED
from vpdesk.store.migrations_clients import CLIENTS_IN_FULL
from vpdesk.store.migrations_documents import DOCUMENTS
from vpdesk.store.migrations_guided import GUIDED
from vpdesk.store.migrations_handing import HANDING
from vpdesk.store.migrations_handover import HANDOVER
from vpdesk.store.migrations_head import LEDGER_HEAD
from vpdesk.store.migrations_keep import KEEP
from vpdesk.store.migrations_kept import KEPT
from vpdesk.store.migrations_meldingen import MELDINGEN
from vpdesk.store.migrations_people import PEOPLE
from vpdesk.store.migrations_quotes import QUOTES
from vpdesk.store.migrations_search import SEARCH_EVERYTHING
from vpdesk.store.migrations_steps import STEPS
from vpdesk.store.migrations_talk import TALKS

IDENTITY: Final = """
CREATE TABLE vault (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
    created TEXT NOT NULL,
    root BLOB NOT NULL CHECK (length(root) = 32),
    revision INTEGER NOT NULL DEFAULT 0,
    backup_sequence INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""

CASEWORK: Final = """
CREATE TABLE clients (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    appointment TEXT NOT NULL,
    threshold INTEGER NOT NULL,
    year_starts_in INTEGER NOT NULL,
    contact TEXT NOT NULL,
    agreements TEXT NOT NULL,
    statistics TEXT NOT NULL
) STRICT;

CREATE TABLE units (
    id INTEGER PRIMARY KEY,
    client INTEGER NOT NULL REFERENCES clients (id),
    name TEXT NOT NULL COLLATE NOCASE,
    UNIQUE (client, name)
) STRICT;

-- The last number given out per opening year: a code is never used again, also when its case is gone.
CREATE TABLE case_numbers (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

-- phase and closed follow from case_moves, last_talk from conversations, next_on and next_what from reminders:
-- they stand here too so that a list is one walk along an index.
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    client INTEGER NOT NULL REFERENCES clients (id),
    code TEXT NOT NULL UNIQUE,
    pseudonym TEXT NOT NULL,
    opened TEXT NOT NULL,
    phase TEXT NOT NULL,
    closed TEXT,
    rol TEXT NOT NULL,
    werkgebied TEXT NOT NULL,
    thema TEXT NOT NULL,
    relatie TEXT NOT NULL,
    unit INTEGER REFERENCES units (id),
    verbonden TEXT NOT NULL,
    gevonden_via TEXT NOT NULL,
    wens TEXT NOT NULL,
    wens_on TEXT,
    misstand TEXT NOT NULL,
    closing_reason TEXT NOT NULL,
    limits_discussed_on TEXT,
    imported_talks INTEGER NOT NULL,
    imported_minutes INTEGER NOT NULL,
    phase_unknown INTEGER NOT NULL,
    last_talk TEXT,
    next_on TEXT,
    next_what TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX cases_in_order
    ON cases (closed IS NOT NULL, next_on IS NULL, next_on, code DESC, pseudonym, client);
CREATE INDEX cases_of_client ON cases (client, opened);
CREATE INDEX cases_by_pseudonym ON cases (pseudonym);
CREATE INDEX cases_without_limits ON cases (last_talk)
    WHERE limits_discussed_on IS NULL AND closed IS NULL AND last_talk IS NOT NULL;

CREATE TABLE case_moves (
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    to_phase TEXT NOT NULL,
    on_day TEXT NOT NULL,
    source TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (case_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_outcomes (
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (case_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_themes (
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    thema TEXT NOT NULL,
    PRIMARY KEY (case_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE checked_items (
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    phase TEXT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (case_id, phase, item)
) STRICT, WITHOUT ROWID;

-- A case with its whole history in one row, the histories as JSON arrays in order of time.
CREATE VIEW whole_cases AS
SELECT
    c.id, c.client, c.code, c.pseudonym, c.opened, c.rol, c.werkgebied, c.thema, c.relatie, c.unit, c.verbonden,
    c.gevonden_via, c.wens, c.wens_on, c.misstand, c.closing_reason, c.limits_discussed_on, c.imported_talks,
    c.imported_minutes, c.phase_unknown,
    (SELECT json_group_array(json_array(m.to_phase, m.on_day, m.source, m.reason) ORDER BY m.position)
       FROM case_moves AS m WHERE m.case_id = c.id) AS moves,
    (SELECT json_group_array(json_array(o.code, o.on_day) ORDER BY o.position)
       FROM case_outcomes AS o WHERE o.case_id = c.id) AS outcomes,
    (SELECT json_group_array(t.thema ORDER BY t.position)
       FROM case_themes AS t WHERE t.case_id = c.id) AS themes,
    (SELECT u.name FROM units AS u WHERE u.id = c.unit) AS unit_name
FROM cases AS c;

-- Texts stand apart: a list never reads them.
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    on_day TEXT NOT NULL,
    channel TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    client INTEGER REFERENCES clients (id),
    case_id INTEGER REFERENCES cases (id),
    phase TEXT,
    agreements TEXT NOT NULL,
    next_step TEXT NOT NULL,
    next_on TEXT
) STRICT;

CREATE INDEX conversations_in_order
    ON conversations (on_day DESC, id DESC, channel, minutes, client, case_id, agreements);
CREATE INDEX conversations_of_case
    ON conversations (case_id, on_day DESC, id DESC, channel, minutes, client, agreements);

CREATE TABLE conversation_texts (
    conversation INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    working_note TEXT NOT NULL,
    report TEXT NOT NULL
) STRICT;

CREATE VIEW searchable AS
SELECT c.id, t.working_note, t.report, c.agreements, c.next_step
FROM conversations AS c JOIN conversation_texts AS t ON t.conversation = c.id;

-- The index keeps no copy of the text, and with secure-delete a removed text takes its words out of the index at once.
CREATE VIRTUAL TABLE search_index USING fts5 (
    working_note, report, agreements, next_step,
    content = 'searchable', content_rowid = 'id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);

CREATE TABLE reminders (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    due TEXT NOT NULL,
    title TEXT NOT NULL,
    detail TEXT NOT NULL,
    client INTEGER REFERENCES clients (id),
    case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
    conversation INTEGER REFERENCES conversations (id) ON DELETE SET NULL,
    state TEXT NOT NULL,
    settled TEXT
) STRICT;

CREATE INDEX reminders_due ON reminders (due) WHERE state = 'open';
CREATE INDEX reminders_of_case ON reminders (case_id, due);
CREATE INDEX reminders_of_conversation ON reminders (conversation);

CREATE TABLE activities (
    id INTEGER PRIMARY KEY,
    on_day TEXT NOT NULL,
    task TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    title TEXT NOT NULL,
    client INTEGER REFERENCES clients (id),
    reached INTEGER
) STRICT;

CREATE INDEX activities_in_order ON activities (on_day DESC, id DESC);

CREATE TABLE earlier_totals (
    client INTEGER NOT NULL REFERENCES clients (id),
    year INTEGER NOT NULL,
    cases INTEGER NOT NULL,
    PRIMARY KEY (client, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    key TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    saved TEXT NOT NULL
) STRICT;

-- What left the house: rows are added and read, never changed.
CREATE TABLE publications (
    id INTEGER PRIMARY KEY,
    client INTEGER NOT NULL REFERENCES clients (id),
    period TEXT NOT NULL,
    audience TEXT NOT NULL,
    exported TEXT NOT NULL,
    threshold INTEGER NOT NULL,
    statements TEXT NOT NULL,
    pattern TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pdf BLOB NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL
) STRICT;

CREATE INDEX publications_of_client ON publications (client, period, audience);

CREATE TABLE findings (
    client INTEGER NOT NULL REFERENCES clients (id),
    period TEXT NOT NULL,
    chapter TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (client, period, chapter)
) STRICT, WITHOUT ROWID;
"""

ACCESS: Final = """
-- The ways in that this vault gave out. Whoever can write the folder can write the key file, but not this: only a
-- recipient that stands here is given a new vault key. `marks` holds four bits for each word: enough to notice a wrong
-- sheet, too few to find the words.
CREATE TABLE slots (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient BLOB NOT NULL CHECK (length(recipient) = 32),
    made TEXT NOT NULL,
    replaced TEXT,
    marks BLOB CHECK (length(marks) = 16),
    checked TEXT
) STRICT, WITHOUT ROWID;

-- The vault keys of before each rotation: they open older backups, and nothing that was written since.
CREATE TABLE former_keys (
    vault_key BLOB PRIMARY KEY CHECK (length(vault_key) = 32),
    until TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Openings that the owner must hear of.
CREATE TABLE openings (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    told INTEGER NOT NULL DEFAULT 0
) STRICT;
"""

DESTROYED_CASES: Final = """
-- What is left of a destroyed case so that old years can still be counted: one row for each reporting segment, with
-- codes and two sums, and no day, text, code of the case or pseudonym. `left` keeps the rows of one case together.
CREATE TABLE destroyed_cases (
    left INTEGER NOT NULL,
    segment TEXT NOT NULL,
    client INTEGER NOT NULL REFERENCES clients (id),
    opened INTEGER NOT NULL CHECK (opened IN (0, 1)),
    rol TEXT NOT NULL,
    werkgebied TEXT NOT NULL,
    thema TEXT NOT NULL,
    relatie TEXT NOT NULL,
    gevonden_via TEXT NOT NULL,
    fase TEXT NOT NULL,
    afloop TEXT NOT NULL,
    talks INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    PRIMARY KEY (left, segment)
) STRICT, WITHOUT ROWID;

CREATE INDEX destroyed_cases_of_client ON destroyed_cases (client, segment);
"""

WHOLE_SLOTS: Final = """
-- The slot as the key file is to hold it, as JSON: what somebody changes there is noticed and put right.
ALTER TABLE slots ADD COLUMN slot TEXT;
"""

WHAT_LEFT: Final = """
-- Whatever left the house stands in the ledger, not reports alone: in what form, to whom, what was left unsaid and why,
-- and why it never left after all. `chain` is a hash over the row and the `chain` before it.
ALTER TABLE publications ADD COLUMN kind TEXT NOT NULL DEFAULT 'verslag';
ALTER TABLE publications ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE publications ADD COLUMN never_sent TEXT NOT NULL DEFAULT '';
ALTER TABLE publications ADD COLUMN withheld TEXT NOT NULL DEFAULT '[]';
ALTER TABLE publications ADD COLUMN chain TEXT NOT NULL DEFAULT '';

-- The organisation that this one is part of: readers of one may hold the reports of the other.
ALTER TABLE clients ADD COLUMN part_of INTEGER REFERENCES clients (id);
"""

UNIT_CODES: Final = """
-- What statements call a unit, whatever its name becomes. Until now they called it by its name, so that is its code.
ALTER TABLE units ADD COLUMN code TEXT NOT NULL DEFAULT '';
UPDATE units SET code = name;
CREATE UNIQUE INDEX units_by_code ON units (client, code);
"""

WHAT_COUNTED: Final = """
-- Which cases a report counted and how, as JSON of dimension and code: only so is known what a correction changes. A
-- case that is destroyed goes from here at once. A revised edition stands beside the first, both are out.
ALTER TABLE publications ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

CREATE TABLE counted_cases (
    publication INTEGER NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    codes TEXT NOT NULL,
    PRIMARY KEY (publication, case_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX counted_cases_of_case ON counted_cases (case_id);
"""

WORK_LOG: Final = """
-- What became of advice and signals, and where the proof of upkeep lies.
ALTER TABLE activities ADD COLUMN follow_up TEXT;
ALTER TABLE activities ADD COLUMN follow_up_on TEXT;
ALTER TABLE activities ADD COLUMN follow_up_note TEXT NOT NULL DEFAULT '';
ALTER TABLE activities ADD COLUMN proof TEXT NOT NULL DEFAULT '';

CREATE INDEX activities_by_task ON activities (task, on_day DESC);

-- The clock that runs, if one does: it lies here so that it goes on while vpdesk is locked or away.
CREATE TABLE timer (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    task TEXT NOT NULL,
    started TEXT NOT NULL,
    on_day TEXT NOT NULL,
    client INTEGER REFERENCES clients (id),
    title TEXT NOT NULL
) STRICT;

-- The time that talks took, with what imported registrations say of theirs, which counts on the day of opening.
CREATE VIEW talk_time AS
SELECT on_day, client, minutes, 1 AS talks FROM conversations
UNION ALL
SELECT opened, client, imported_minutes, imported_talks FROM cases WHERE imported_talks > 0 OR imported_minutes > 0;
"""

MIGRATIONS: Final[tuple[str, ...]] = (
    IDENTITY,
    CASEWORK,
    ACCESS,
    DESTROYED_CASES,
    WHOLE_SLOTS,
    WHAT_LEFT,
    UNIT_CODES,
    WHAT_COUNTED,
    STEPS,
    PEOPLE,
    WORK_LOG,
    CLIENTS_IN_FULL,
    MELDINGEN,
    KEEP,
    TALKS,
    GUIDED,
    HANDOVER,
    HANDING,
    KEPT,
    SEARCH_EVERYTHING + WHO_CHECKED,
    LEDGER_HEAD,
    DOCUMENTS,
    QUOTES,
)
