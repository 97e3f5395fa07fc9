"""Removes a case for good and keeps what is left of it, the rows by which old years are still counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from vpdesk.domain.periods import Period
from vpdesk.domain.remains import Remains, Segment
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.domain.ids import CaseId, ClientId, ConversationId
    from vpdesk.domain.remains import Talk
    from vpdesk.store.vault import Connection


class RemainsStore:
    """What is left of destroyed cases, by organisation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def conversations_of(self, case: CaseId) -> tuple[ConversationId, ...]:
        """Return the conversations of a case."""
        rows = self._connection.execute("SELECT id FROM conversations WHERE case_id = ? ORDER BY id", (case,))
        return tuple(number for (number,) in rows)

    @understood()
    def talks_of(self, case: CaseId) -> tuple[Talk, ...]:
        """Return day, number and minutes of the talks of a case."""
        rows = self._connection.execute(
            "SELECT on_day, count(*), sum(minutes) FROM conversations WHERE case_id = ? GROUP BY on_day", (case,)
        )
        return tuple((date.fromisoformat(on), number, minutes) for on, number, minutes in rows)

    def remove_drafts(self, case: CaseId) -> None:
        """Remove what is being typed about a case or in one of its conversations, while they are still there."""
        self._connection.execute(
            """
            DELETE FROM drafts
            WHERE json_valid(text)
              AND (json_extract(text, '$.case') = :case
                   OR json_extract(text, '$.asked.case') = :case
                   OR json_extract(text, '$.of') IN (SELECT id FROM conversations WHERE case_id = :case))
            """,
            {"case": case},
        )

    def remove_reminders(self, case: CaseId) -> None:
        """Remove the reminders of a case and of its conversations, the settled ones too."""
        self._connection.execute(
            """
            DELETE FROM reminders
            WHERE case_id = :case OR conversation IN (SELECT id FROM conversations WHERE case_id = :case)
            """,
            {"case": case},
        )

    def remove_case(self, case: CaseId) -> None:
        """Remove a case that has no conversations left; phases, outcomes, themes and checklist go with it."""
        self._connection.execute("DELETE FROM cases WHERE id = ?", (case,))

    def add(self, remains: Remains) -> None:
        """Keep what is left of a case."""
        (number,) = self._connection.execute("SELECT coalesce(max(left), 0) + 1 FROM destroyed_cases").fetchone()
        self._connection.executemany(
            """
            INSERT INTO destroyed_cases (
                left, segment, client, opened, rol, werkgebied, thema, relatie, gevonden_via, fase, afloop, talks,
                minutes
            ) VALUES (
                :left, :segment, :client, :opened, :rol, :werkgebied, :thema, :relatie, :gevonden_via, :fase, :afloop,
                :talks, :minutes
            )
            """,
            [
                {
                    "left": number,
                    "segment": segment.period.code(),
                    "client": remains.client,
                    "opened": int(segment.opened),
                    **remains.codes,
                    "fase": segment.fase,
                    "afloop": segment.afloop,
                    "talks": segment.talks,
                    "minutes": segment.minutes,
                }
                for segment in remains.segments
            ],
        )

    @understood()
    def of_client(self, client: ClientId) -> tuple[Remains, ...]:
        """Return what is left of the destroyed cases of an organisation."""
        rows = self._connection.execute(
            """
            SELECT left, rol, werkgebied, thema, relatie, gevonden_via, segment, opened, fase, afloop, talks, minutes
            FROM destroyed_cases WHERE client = ? ORDER BY left, segment
            """,
            (client,),
        )
        found: dict[int, list[Sequence[Any]]] = {}
        for row in rows:
            found.setdefault(row[0], []).append(row)
        return tuple(_remains(client, kept) for kept in found.values())


def _remains(client: ClientId, rows: list[Sequence[Any]]) -> Remains:
    if sum(row[7] for row in rows) != 1:
        raise ValueError(rows)  # a case was opened once
    _, rol, werkgebied, thema, relatie, gevonden_via = rows[0][:6]
    codes = {
        "rol": rol, "werkgebied": werkgebied, "thema": thema, "relatie": relatie, "gevonden_via": gevonden_via,
    }  # fmt: skip
    return Remains(
        client,
        codes,
        tuple(
            Segment(Period.from_code(segment), bool(opened), fase, afloop, talks, minutes)
            for segment, opened, fase, afloop, talks, minutes in (row[6:] for row in rows)
        ),
    )
