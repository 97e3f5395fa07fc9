"""What comes after a melding: detriment with its entries, and that the person wanted no more aftercare."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from vpdesk.domain.detriments import Against, Detriment, DetrimentEntry
from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import CaseId, DetrimentId
from vpdesk.domain.reminders import AftercareEnd
from vpdesk.store.numbers import fresh
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.store.vault import Connection

_GONE = "Deze benadeling staat niet in de kluis. Er is niets veranderd."


class DetrimentStore:
    """Detriment by id and by case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, detriment: Detriment) -> Detriment:
        """Write a new one and return it with its id."""
        number = fresh(self._connection, "detriments")
        self._connection.execute(
            "INSERT INTO detriments (id, case_id, forms, since, against, told)"
            " VALUES (:id, :case_id, :forms, :since, :against, :told)",
            {**_values(detriment), "id": number},
        )
        added = replace(detriment, id=DetrimentId(number))
        self._put_entries(added)
        return added

    def put(self, detriment: Detriment) -> None:
        """Write a changed one with all its entries; it stays with its case."""
        self._connection.execute(
            "UPDATE detriments SET forms = :forms, since = :since, against = :against, told = :told WHERE id = :id",
            {**_values(detriment), "id": detriment.id},
        )
        self._connection.execute("DELETE FROM detriment_entries WHERE detriment = ?", (detriment.id,))
        self._put_entries(detriment)

    def delete(self, number: DetrimentId) -> None:
        """Remove one with its entries."""
        self._connection.execute("DELETE FROM detriments WHERE id = ?", (number,))

    @understood()
    def get(self, number: DetrimentId) -> Detriment:
        """Return one with its entries; raises NotFoundError."""
        row = self._connection.execute("SELECT case_id FROM detriments WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(_GONE)
        return {detriment.id: detriment for detriment in self.of_case(CaseId(row[0]))}[number]

    @understood()
    def of_case(self, case: CaseId) -> tuple[Detriment, ...]:
        """Return those of a case in order of time, with their entries; two queries."""
        rows = self._connection.execute(
            "SELECT id, forms, since, against, told FROM detriments WHERE case_id = ? ORDER BY since, id", (case,)
        ).fetchall()
        entries: dict[int, list[DetrimentEntry]] = {}
        for detriment, on, text in self._connection.execute(
            """
            SELECT e.detriment, e.on_day, e.text
            FROM detriment_entries AS e JOIN detriments AS d ON d.id = e.detriment
            WHERE d.case_id = ? ORDER BY e.detriment, e.position
            """,
            (case,),
        ):
            entries.setdefault(detriment, []).append(DetrimentEntry(date.fromisoformat(on), text))
        return tuple(
            Detriment(
                id=DetrimentId(number),
                case=case,
                forms=tuple(json.loads(forms)),
                since=date.fromisoformat(since),
                against=Against(against),
                told=told,
                entries=tuple(entries.get(number, ())),
            )
            for number, forms, since, against, told in rows
        )

    def _put_entries(self, detriment: Detriment) -> None:
        self._connection.executemany(
            "INSERT INTO detriment_entries (detriment, position, on_day, text) VALUES (?, ?, ?, ?)",
            [
                (detriment.id, position, entry.on.isoformat(), entry.text)
                for position, entry in enumerate(detriment.entries)
            ],
        )


def _values(detriment: Detriment) -> dict[str, object]:
    return {
        "case_id": detriment.case,
        "forms": json.dumps(detriment.forms, ensure_ascii=False),
        "since": detriment.since.isoformat(),
        "against": detriment.against.value,
        "told": detriment.told,
    }


class AftercareStore:
    """When and why aftercare ended, by case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case: CaseId, end: AftercareEnd) -> None:
        """Write that it ended."""
        self._connection.execute(
            "INSERT INTO aftercare_ends (case_id, on_day, reason) VALUES (?, ?, ?)",
            (case, end.on.isoformat(), end.reason),
        )

    def drop_last(self, case: CaseId) -> None:
        """Take away what was written last; nothing happens where there is none."""
        self._connection.execute(
            "DELETE FROM aftercare_ends WHERE id = (SELECT max(id) FROM aftercare_ends WHERE case_id = ?)", (case,)
        )

    @understood()
    def of_case(self, case: CaseId) -> tuple[AftercareEnd, ...]:
        """Return each time that it ended, oldest first."""
        rows = self._connection.execute(
            "SELECT on_day, reason FROM aftercare_ends WHERE case_id = ? ORDER BY on_day, id", (case,)
        )
        return tuple(AftercareEnd(date.fromisoformat(on), reason) for on, reason in rows)
