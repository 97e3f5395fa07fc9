"""The migration that brings the full-text index over everything that is typed outside conversations.

Every text has a row in `written`, which says where it stands and not what it says. Triggers keep index and text in
step, so that whatever goes with a case takes its words along. People and call-backs are left out: names are found by
nobody who did not ask for them.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class _Text:
    """A table with text: which columns hold it, which make out a row, its day, and which rows count."""

    kind: str
    table: str
    columns: tuple[str, ...]
    day: str
    source: str = "id"
    part: str = "''"
    only: str = ""

    def text(self, row: str) -> str:
        return " || char(10) || ".join(f"{row}.{column}" for column in self.columns)

    def counts(self, row: str) -> str:
        filled = " || ".join(f"{row}.{column}" for column in self.columns) + " <> ''"
        return f"{filled} AND {self.only.replace('ROW', row)}" if self.only else filled

    def part_of(self, row: str) -> str:
        return self.part if self.part == "''" else f"CAST({row}.{self.part} AS TEXT)"

    def at(self, row: str) -> str:
        return f"kind = '{self.kind}' AND source = {row}.{self.source} AND part = {self.part_of(row)}"


_TEXTS: Final = (
    _Text("bericht", "relay_messages", ("text",), "on_day"),
    _Text("antwoord", "guided_answers", ("text",), "on_day", source="record", part="question"),
    _Text("aanvulling", "guided_additions", ("text",), "on_day"),
    _Text("benadeling", "detriments", ("told",), "since"),
    _Text("gevolg", "detriment_entries", ("text",), "on_day", source="detriment", part="position"),
    _Text("stap", "steps", ("recipient", "words", "result", "reason"), "chosen"),
    _Text("toestemming", "consents", ("content", "recipient", "words"), "on_day", source="step", part="position"),
    _Text("wens", "case_wishes", ("words",), "on_day"),
    # A case is closed with a code.
    _Text("fase", "case_moves", ("reason",), "on_day", "case_id", "position", only="ROW.to_phase <> 'afgesloten'"),
    _Text("nazorg", "aftercare_ends", ("reason",), "on_day"),
    _Text("bewaarstop", "holds", ("reason", "why_lifted"), "since"),
    _Text("langer bewaren", "kept_longer", ("reason",), "decided"),
    _Text("rolconflict", "conflicts", ("knowledge", "reason"), "on_day"),
    # The next step of a talk is found in the talk.
    _Text("herinnering", "reminders", ("title", "detail"), "due", only="ROW.conversation IS NULL"),
    _Text("activiteit", "activities", ("title", "follow_up_note", "proof"), "on_day"),
)

_TABLES: Final = """
CREATE TABLE written (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    source INTEGER NOT NULL,
    part TEXT NOT NULL,
    UNIQUE (kind, source, part)
) STRICT;

CREATE VIEW written_texts AS
SELECT w.id, CASE w.kind {texts} END AS text FROM written AS w;

CREATE VIRTUAL TABLE written_index USING fts5 (
    text, content = 'written_texts', content_rowid = 'id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO written_index (written_index, rank) VALUES ('secure-delete', 1);
"""

_OF_KIND: Final = """
    WHEN '{kind}' THEN (SELECT {text} FROM {table} AS t WHERE t.{source} = w.source AND {part} = w.part)"""

_FOLLOWED: Final = """
CREATE TRIGGER {table}_learnt AFTER INSERT ON {table} WHEN {new_counts}
BEGIN
    INSERT INTO written (kind, source, part) VALUES ('{kind}', NEW.{source}, {new_part});
    INSERT INTO written_index (rowid, text) VALUES (last_insert_rowid(), {new});
END;

CREATE TRIGGER {table}_relearnt AFTER UPDATE ON {table}
WHEN {old} IS NOT {new} OR ({old_counts}) IS NOT ({new_counts})
BEGIN
    INSERT INTO written_index (written_index, rowid, text) SELECT 'delete', id, {old} FROM written WHERE {at_old};
    DELETE FROM written WHERE {at_old};
    INSERT INTO written (kind, source, part) SELECT '{kind}', NEW.{source}, {new_part} WHERE {new_counts};
    INSERT INTO written_index (rowid, text) SELECT id, {new} FROM written WHERE {at_new};
END;

CREATE TRIGGER {table}_forgotten AFTER DELETE ON {table}
BEGIN
    INSERT INTO written_index (written_index, rowid, text) SELECT 'delete', id, {old} FROM written WHERE {at_old};
    DELETE FROM written WHERE {at_old};
END;
"""

_THERE: Final = """
SELECT '{kind}' AS kind, t.{source} AS source, {part} AS part, t.{day} AS day FROM {table} AS t WHERE {counts}"""

_LEARN: Final = """
INSERT INTO written (kind, source, part)
SELECT kind, source, part FROM ({there}) ORDER BY day;
INSERT INTO written_index (written_index) VALUES ('rebuild');
"""


def _whole() -> str:
    texts = "".join(
        _OF_KIND.format(kind=one.kind, text=one.text("t"), table=one.table, source=one.source, part=one.part_of("t"))
        for one in _TEXTS
    )
    followed = "".join(
        _FOLLOWED.format(
            table=one.table,
            kind=one.kind,
            source=one.source,
            old=f"({one.text('OLD')})",
            new=f"({one.text('NEW')})",
            old_counts=one.counts("OLD"),
            new_counts=one.counts("NEW"),
            new_part=one.part_of("NEW"),
            at_old=one.at("OLD"),
            at_new=one.at("NEW"),
        )
        for one in _TEXTS
    )
    there = "\nUNION ALL".join(
        _THERE.format(
            kind=one.kind,
            source=one.source,
            part=one.part_of("t"),
            day=one.day,
            table=one.table,
            counts=one.counts("t"),
        )
        for one in _TEXTS
    )
    return "\n".join((_TABLES.format(texts=texts), followed, _LEARN.format(there=there)))


SEARCH_EVERYTHING: Final = _whole()
