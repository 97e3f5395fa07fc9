"""Guided records with their answers and additions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.guided import Addition, Answer, GuidedRecord, GuidedRow
from vpdesk.domain.guided_questions import OUTCOMES, GuidedKind
from vpdesk.domain.ids import CaseId, ClientId, GuidedId
from vpdesk.domain.rows import TodayItem, TodayKind
from vpdesk.store.cases import day_or_none, text_or_none
from vpdesk.store.numbers import fresh
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.store.vault import Connection


class GuidedStore:
    """Records by id, by case and by day; a list never reads an answer. The schema keeps what is final as it is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: GuidedRecord) -> GuidedRecord:
        """Write a new record with its answers and return it with its id; it is not final yet."""
        number = fresh(self._connection, "guided_records")
        self._connection.execute(
            """
            INSERT INTO guided_records (id, kind, begun, case_id, client, due, outcome, finalised)
            VALUES (:id, :kind, :begun, :case_id, :client, :due, :outcome, :finalised)
            """,
            {**_values(record), "id": number},
        )
        added = replace(record, id=GuidedId(number))
        self._put_answers(added)
        return added

    def put(self, record: GuidedRecord) -> None:
        """Write a record that was not final over what was there, its answers first: it may be final now."""
        self._connection.execute("DELETE FROM guided_answers WHERE record = ?", (record.id,))
        self._put_answers(record)
        self._connection.execute(
            """
            UPDATE guided_records SET
                kind = :kind, begun = :begun, case_id = :case_id, client = :client, due = :due, outcome = :outcome,
                finalised = :finalised
            WHERE id = :id
            """,
            {**_values(record), "id": record.id},
        )

    def move_to_client(self, case: CaseId, client: ClientId) -> None:
        """Let the records of a case follow it to another organisation; none of them may be final."""
        self._connection.execute("UPDATE guided_records SET client = ? WHERE case_id = ?", (client, case))

    def is_final_at(self, case: CaseId) -> bool:
        """Return whether a case has a record that is final."""
        row = self._connection.execute(
            "SELECT 1 FROM guided_records WHERE case_id = ? AND finalised IS NOT NULL LIMIT 1", (case,)
        ).fetchone()
        return row is not None

    def add_to(self, number: GuidedId, addition: Addition) -> None:
        """Write an addition below a final record."""
        self._connection.execute(
            "INSERT INTO guided_additions (record, on_day, text) VALUES (?, ?, ?)",
            (number, addition.on.isoformat(), addition.text),
        )

    def delete(self, number: GuidedId) -> None:
        """Remove a record as a whole; raises NotFoundError."""
        if self._connection.execute("DELETE FROM guided_records WHERE id = ?", (number,)).rowcount == 0:
            raise NotFoundError(_GONE)

    @understood()
    def get(self, number: GuidedId) -> GuidedRecord:
        """Return a record with its answers and additions; raises NotFoundError."""
        row = self._connection.execute(
            "SELECT id, kind, begun, case_id, client, due, outcome, finalised FROM guided_records WHERE id = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError(_GONE)
        answers = self._connection.execute(
            "SELECT question, asked, on_day, text FROM guided_answers WHERE record = ?", (number,)
        ).fetchall()
        additions = self._connection.execute(
            "SELECT on_day, text FROM guided_additions WHERE record = ? ORDER BY id", (number,)
        ).fetchall()
        number, kind, begun, case, client, due, outcome, finalised = row
        return GuidedRecord(
            id=GuidedId(number),
            kind=GuidedKind(kind),
            begun=date.fromisoformat(begun),
            case=None if case is None else CaseId(case),
            client=None if client is None else ClientId(client),
            due=day_or_none(due),
            answers=tuple((key, Answer(asked, date.fromisoformat(on), text)) for key, asked, on, text in answers),
            outcome=outcome,
            finalised=day_or_none(finalised),
            additions=tuple(Addition(date.fromisoformat(on), text) for on, text in additions),
        ).in_order()

    @understood()
    def rows(self, case: CaseId | None = None) -> tuple[GuidedRow, ...]:
        """Return all records, or those of a case: what is not final first, then the newest; one query."""
        rows = self._connection.execute(
            """
            SELECT g.id, g.kind, g.begun, g.due, g.outcome, g.finalised, g.case_id, coalesce(c.code, ''),
                   coalesce(c.pseudonym, ''), coalesce(o.name, '')
            FROM guided_records AS g
            LEFT JOIN cases AS c ON c.id = g.case_id
            LEFT JOIN clients AS o ON o.id = coalesce(c.client, g.client)
            WHERE :case IS NULL OR g.case_id = :case
            ORDER BY g.finalised IS NOT NULL, coalesce(g.finalised, g.begun) DESC, g.id DESC
            """,
            {"case": case},
        )
        return tuple(_row(row) for row in rows)

    @understood()
    def due_until(self, day: date) -> tuple[TodayItem, ...]:
        """Return what asks attention by a day and is not final, in order of time, in words that tell nothing of it."""
        rows = self._connection.execute(
            """
            SELECT g.id, g.kind, g.due, g.case_id, coalesce(c.code, ''), coalesce(c.pseudonym, ''),
                   coalesce(o.name, '')
            FROM guided_records AS g
            LEFT JOIN cases AS c ON c.id = g.case_id
            LEFT JOIN clients AS o ON o.id = coalesce(c.client, g.client)
            WHERE g.due IS NOT NULL AND g.finalised IS NULL AND g.due <= ?
            ORDER BY g.due, g.id
            """,
            (day.isoformat(),),
        )
        return tuple(
            TodayItem(
                kind=TodayKind.VASTLEGGING,
                title=_TITLES[GuidedKind(kind)],
                detail="",
                due=date.fromisoformat(due),
                reminder=None,
                case=None if case is None else CaseId(case),
                case_code=code,
                pseudonym=pseudonym,
                client_name=client_name,
                guided=GuidedId(number),
            )
            for number, kind, due, case, code, pseudonym, client_name in rows
        )

    def _put_answers(self, record: GuidedRecord) -> None:
        self._connection.executemany(
            "INSERT INTO guided_answers (record, question, asked, text, on_day) VALUES (?, ?, ?, ?, ?)",
            [(record.id, key, answer.asked, answer.text, answer.on.isoformat()) for key, answer in record.answers],
        )


_GONE = "Deze vastlegging staat niet in de kluis. Er is niets veranderd."
_TITLES = {
    GuidedKind.DOORBREKEN: "Aantekening afmaken",
    GuidedKind.INFORMATIE: "Antwoord op een verzoek",
    GuidedKind.AVG: "Antwoord op een verzoek",
}


def _values(record: GuidedRecord) -> dict[str, object]:
    return {
        "kind": record.kind.value,
        "begun": record.begun.isoformat(),
        "case_id": record.case,
        "client": record.client,
        "due": text_or_none(record.due),
        "outcome": record.outcome,
        "finalised": text_or_none(record.finalised),
    }


def _row(row: Sequence[Any]) -> GuidedRow:
    number, kind, begun, due, outcome, finalised, case, code, pseudonym, client_name = row
    known = GuidedKind(kind)
    if outcome and outcome not in OUTCOMES[known]:
        raise ValueError(outcome)  # no page has to look it up in vain
    return GuidedRow(
        id=GuidedId(number),
        kind=known,
        begun=date.fromisoformat(begun),
        due=day_or_none(due),
        outcome=outcome,
        finalised=day_or_none(finalised),
        case=None if case is None else CaseId(case),
        case_code=code,
        pseudonym=pseudonym,
        client_name=client_name,
    )
