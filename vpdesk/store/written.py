"""The full-text index over what is typed outside conversations: where a text stands, and of which case."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vpdesk.domain.ids import ActivityId, CaseId, DetrimentId, GuidedId, MeldingId, RelayId, StepId
from vpdesk.domain.rows import SearchHit, WrittenKind
from vpdesk.store.search import match_expression
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from vpdesk.store.vault import Connection

_IN_RECORD = frozenset({WrittenKind.ANTWOORD, WrittenKind.AANVULLING})
_OF_DETRIMENT = frozenset({WrittenKind.BENADELING, WrittenKind.GEVOLG})
_OF_STEP = frozenset({WrittenKind.STAP, WrittenKind.TOESTEMMING})


class WrittenStore:
    """Asks the index; triggers of the schema keep it in step with the texts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @understood()
    def search(self, text: str, *, limit: int) -> tuple[SearchHit, ...]:
        """Return the texts that hold every word, the last written first."""
        asked = match_expression(text)
        if not asked:
            return ()
        rows = self._connection.execute(
            """
            WITH found (id, kind, source, part, excerpt) AS MATERIALIZED (
                SELECT w.id, w.kind, w.source, w.part, snippet(written_index, 0, char(2), char(3), '…', 12)
                FROM written_index JOIN written AS w ON w.id = written_index.rowid
                WHERE written_index MATCH ?
                ORDER BY written_index.rowid DESC
                LIMIT ?
            ), place (id, case_id, client, on_day, whole) AS (
                SELECT f.id, m.case_id, NULL, t.on_day, t.melding
                FROM found AS f JOIN relay_messages AS t ON t.id = f.source JOIN meldingen AS m ON m.id = t.melding
                WHERE f.kind = 'bericht'
                UNION ALL
                SELECT f.id, g.case_id, g.client, t.on_day, g.id
                FROM found AS f JOIN guided_answers AS t ON t.record = f.source AND t.question = f.part
                JOIN guided_records AS g ON g.id = t.record
                WHERE f.kind = 'antwoord'
                UNION ALL
                SELECT f.id, g.case_id, g.client, t.on_day, g.id
                FROM found AS f JOIN guided_additions AS t ON t.id = f.source
                JOIN guided_records AS g ON g.id = t.record
                WHERE f.kind = 'aanvulling'
                UNION ALL
                SELECT f.id, t.case_id, NULL, t.since, t.id
                FROM found AS f JOIN detriments AS t ON t.id = f.source WHERE f.kind = 'benadeling'
                UNION ALL
                SELECT f.id, d.case_id, NULL, t.on_day, d.id
                FROM found AS f JOIN detriments AS d ON d.id = f.source
                JOIN detriment_entries AS t ON t.detriment = d.id AND t.position = CAST(f.part AS INTEGER)
                WHERE f.kind = 'gevolg'
                UNION ALL
                SELECT f.id, t.case_id, NULL, t.chosen, t.id
                FROM found AS f JOIN steps AS t ON t.id = f.source WHERE f.kind = 'stap'
                UNION ALL
                SELECT f.id, s.case_id, NULL, t.on_day, s.id
                FROM found AS f JOIN steps AS s ON s.id = f.source
                JOIN consents AS t ON t.step = s.id AND t.position = CAST(f.part AS INTEGER)
                WHERE f.kind = 'toestemming'
                UNION ALL
                SELECT f.id, t.case_id, NULL, t.on_day, t.id
                FROM found AS f JOIN case_wishes AS t ON t.id = f.source WHERE f.kind = 'wens'
                UNION ALL
                SELECT f.id, t.case_id, NULL, t.on_day, t.case_id
                FROM found AS f
                JOIN case_moves AS t ON t.case_id = f.source AND t.position = CAST(f.part AS INTEGER)
                WHERE f.kind = 'fase'
                UNION ALL
                SELECT f.id, t.case_id, NULL, t.on_day, t.id
                FROM found AS f JOIN aftercare_ends AS t ON t.id = f.source WHERE f.kind = 'nazorg'
                UNION ALL
                SELECT f.id, t.case_id, NULL, t.since, t.id
                FROM found AS f JOIN holds AS t ON t.id = f.source WHERE f.kind = 'bewaarstop'
                UNION ALL
                SELECT f.id, t.case_id, NULL, t.decided, t.id
                FROM found AS f JOIN kept_longer AS t ON t.id = f.source WHERE f.kind = 'langer bewaren'
                UNION ALL
                SELECT f.id, t.case_id, NULL, t.on_day, t.id
                FROM found AS f JOIN conflicts AS t ON t.id = f.source WHERE f.kind = 'rolconflict'
                UNION ALL
                SELECT f.id, t.case_id, t.client, t.due, t.id
                FROM found AS f JOIN reminders AS t ON t.id = f.source WHERE f.kind = 'herinnering'
                UNION ALL
                SELECT f.id, NULL, t.client, t.on_day, t.id
                FROM found AS f JOIN activities AS t ON t.id = f.source WHERE f.kind = 'activiteit'
            )
            SELECT f.kind, f.source, p.whole, p.case_id, p.on_day, coalesce(c.code, ''), coalesce(c.pseudonym, ''),
                   coalesce(o.name, ''), f.excerpt
            FROM found AS f
            JOIN place AS p ON p.id = f.id
            LEFT JOIN cases AS c ON c.id = p.case_id
            LEFT JOIN clients AS o ON o.id = coalesce(c.client, p.client)
            ORDER BY f.id DESC
            """,
            (asked, limit),
        )
        return tuple(_hit(row) for row in rows)


def _hit(row: Sequence[Any]) -> SearchHit:
    named, source, whole, case, on, code, pseudonym, client_name, excerpt = row
    kind = WrittenKind(named)
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
        guided=GuidedId(whole) if kind in _IN_RECORD else None,
        detriment=DetrimentId(whole) if kind in _OF_DETRIMENT else None,
        step=StepId(whole) if kind in _OF_STEP else None,
        activity=ActivityId(whole) if kind is WrittenKind.ACTIVITEIT else None,
    )
