"""The full-text index over what is typed outside conversations: where a text stands, and of which case."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Final

from vpdesk.domain.ids import ActivityId, CaseId, DetrimentId, GuidedId, MeldingId, RelayId, StepId
from vpdesk.domain.rows import SearchHit, WrittenKind
from vpdesk.store.search import match_expression
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from vpdesk.store.vault import Connection

_IN_RECORD: Final = frozenset({
    WrittenKind.ANTWOORD, WrittenKind.AANVULLING, WrittenKind.BEWAARSTOP, WrittenKind.LANGER_BEWAREN,
})  # fmt: skip
_OF_DETRIMENT: Final = frozenset({WrittenKind.BENADELING, WrittenKind.GEVOLG})
_OF_STEP: Final = frozenset({WrittenKind.STAP, WrittenKind.TOESTEMMING})

_FOUND: Final = """
SELECT w.kind, w.source, w.part, snippet(written_index, 0, char(2), char(3), '…', 12)
FROM written_index JOIN written AS w ON w.id = written_index.rowid
WHERE written_index MATCH ? ORDER BY written_index.rowid DESC LIMIT ?
"""

# Of texts of one kind, asked for as JSON of number and part: case and organisation, day, and what is opened to read it.
_STANDS: Final = {
    WrittenKind.BERICHT: """
    SELECT a.n, m.case_id, NULL, t.on_day, m.id
    FROM asked AS a JOIN relay_messages AS t ON t.id = a.source JOIN meldingen AS m ON m.id = t.melding
    """,
    WrittenKind.ANTWOORD: """
    SELECT a.n, g.case_id, g.client, t.on_day, g.id
    FROM asked AS a JOIN guided_answers AS t ON t.record = a.source AND t.question = a.part
    JOIN guided_records AS g ON g.id = t.record
    """,
    WrittenKind.AANVULLING: """
    SELECT a.n, g.case_id, g.client, t.on_day, g.id
    FROM asked AS a JOIN guided_additions AS t ON t.id = a.source JOIN guided_records AS g ON g.id = t.record
    """,
    WrittenKind.BENADELING: """
    SELECT a.n, t.case_id, NULL, t.since, t.id FROM asked AS a JOIN detriments AS t ON t.id = a.source
    """,
    WrittenKind.GEVOLG: """
    SELECT a.n, d.case_id, NULL, t.on_day, d.id
    FROM asked AS a JOIN detriment_entries AS t ON t.detriment = a.source AND t.position = CAST(a.part AS INTEGER)
    JOIN detriments AS d ON d.id = t.detriment
    """,
    WrittenKind.STAP: """
    SELECT a.n, t.case_id, NULL, t.chosen, t.id FROM asked AS a JOIN steps AS t ON t.id = a.source
    """,
    WrittenKind.TOESTEMMING: """
    SELECT a.n, s.case_id, NULL, t.on_day, s.id
    FROM asked AS a JOIN consents AS t ON t.step = a.source AND t.position = CAST(a.part AS INTEGER)
    JOIN steps AS s ON s.id = t.step
    """,
    WrittenKind.WENS: """
    SELECT a.n, t.case_id, NULL, t.on_day, t.id FROM asked AS a JOIN case_wishes AS t ON t.id = a.source
    """,
    WrittenKind.FASE: """
    SELECT a.n, t.case_id, NULL, t.on_day, t.case_id
    FROM asked AS a JOIN case_moves AS t ON t.case_id = a.source AND t.position = CAST(a.part AS INTEGER)
    """,
    WrittenKind.NAZORG: """
    SELECT a.n, t.case_id, NULL, t.on_day, t.id FROM asked AS a JOIN aftercare_ends AS t ON t.id = a.source
    """,
    WrittenKind.BEWAARSTOP: """
    SELECT a.n, t.case_id, g.client, t.since, t.record
    FROM asked AS a JOIN holds AS t ON t.id = a.source LEFT JOIN guided_records AS g ON g.id = t.record
    """,
    WrittenKind.LANGER_BEWAREN: """
    SELECT a.n, t.case_id, g.client, t.decided, t.record
    FROM asked AS a JOIN kept_longer AS t ON t.id = a.source LEFT JOIN guided_records AS g ON g.id = t.record
    """,
    WrittenKind.ROLCONFLICT: """
    SELECT a.n, t.case_id, NULL, t.on_day, t.id FROM asked AS a JOIN conflicts AS t ON t.id = a.source
    """,
    WrittenKind.HERINNERING: """
    SELECT a.n, t.case_id, t.client, t.due, t.id FROM asked AS a JOIN reminders AS t ON t.id = a.source
    """,
    WrittenKind.ACTIVITEIT: """
    SELECT a.n, NULL, t.client, t.on_day, t.id FROM asked AS a JOIN activities AS t ON t.id = a.source
    """,
}

_NAMED: Final = """
WITH asked (n, source, part) AS (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)),
place (n, case_id, client, on_day, whole) AS ({place})
SELECT p.n, p.case_id, p.on_day, p.whole, coalesce(c.code, ''), coalesce(c.pseudonym, ''), coalesce(o.name, '')
FROM place AS p LEFT JOIN cases AS c ON c.id = p.case_id LEFT JOIN clients AS o ON o.id = coalesce(c.client, p.client)
"""


_OF_CASES: Final = """
WITH asked (n, source, part) AS (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)),
place (n, case_id, client, on_day, whole) AS ({place})
SELECT DISTINCT case_id FROM place
"""


class WrittenStore:
    """Asks the index; triggers of the schema keep it in step with the texts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @understood()
    def search(self, text: str, *, limit: int) -> tuple[SearchHit, ...]:
        """Return the texts that hold every word, the last written first; one query, and one for each kind."""
        asked = match_expression(text)
        if not asked:
            return ()
        rows = self._connection.execute(_FOUND, (asked, limit)).fetchall()
        by_kind: dict[WrittenKind, list[tuple[int, int, str]]] = {}
        for n, (kind, source, part, _) in enumerate(rows):
            by_kind.setdefault(WrittenKind(kind), []).append((n, source, part))
        hits: dict[int, SearchHit] = {}
        for kind, texts in by_kind.items():
            query = _NAMED.format(place=_STANDS[kind])
            for n, *stands in self._connection.execute(query, (json.dumps(texts),)):
                hits[n] = _hit(kind, rows[n][1], rows[n][3], stands)
        return tuple(hits[n] for n in sorted(hits))

    @understood()
    def cases(self, expression: str, *, limit: int) -> frozenset[CaseId]:
        """Return the cases of the texts that match, of the last written; one query, and one for each kind."""
        rows = self._connection.execute(
            """
            SELECT w.kind, w.source, w.part FROM written_index JOIN written AS w ON w.id = written_index.rowid
            WHERE written_index MATCH ? ORDER BY written_index.rowid DESC LIMIT ?
            """,
            (expression, limit),
        ).fetchall()
        by_kind: dict[WrittenKind, list[tuple[int, int, str]]] = {}
        for kind, source, part in rows:
            by_kind.setdefault(WrittenKind(kind), []).append((0, source, part))
        found: set[CaseId] = set()
        for kind, texts in by_kind.items():
            cases = self._connection.execute(_OF_CASES.format(place=_STANDS[kind]), (json.dumps(texts),))
            found.update(CaseId(case) for (case,) in cases if case is not None)
        return frozenset(found)


def _hit(kind: WrittenKind, source: int, excerpt: str, stands: Sequence[Any]) -> SearchHit:
    case, on, whole, code, pseudonym, client_name = stands
    return SearchHit(
        conversation=None,
        case=None if case is None else CaseId(case),
        on=date.fromisoformat(on),
        case_code=code,
        pseudonym=pseudonym,
        client_name=client_name,
        excerpt=excerpt,
        written=kind,
        melding=MeldingId(whole) if kind is WrittenKind.BERICHT else None,
        message=RelayId(source) if kind is WrittenKind.BERICHT else None,
        guided=GuidedId(whole) if kind in _IN_RECORD and whole is not None else None,
        detriment=DetrimentId(whole) if kind in _OF_DETRIMENT else None,
        step=StepId(whole) if kind in _OF_STEP else None,
        activity=ActivityId(whole) if kind is WrittenKind.ACTIVITEIT else None,
    )
