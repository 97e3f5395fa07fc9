"""Matters that join cases of an organisation, and why the advisor went on where roles may conflict."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from vpdesk.domain.conflicts import ConflictRecord, Supported
from vpdesk.domain.errors import AlreadyExistsError, NotFoundError
from vpdesk.domain.ids import CaseId, ClientId, ConflictId, MatterId
from vpdesk.domain.people import Matter
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import MatterCase, MatterRow
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Collection

    from vpdesk.store.vault import Connection


class MatterStore:
    """Matters by organisation and by case; a matter without a case is not kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_in(self, case: CaseId, client: ClientId, name: str) -> Matter:
        """Put a case in the matter of that name, whatever its capitals; it is made where there is none."""
        found = self._connection.execute(
            "SELECT id, name FROM matters WHERE client = ? AND name = ?", (client, name)
        ).fetchone()
        matter = Matter(MatterId(0), client, name) if found is None else Matter(MatterId(found[0]), client, found[1])
        if found is None:
            cursor = self._connection.execute("INSERT INTO matters (client, name) VALUES (?, ?)", (client, name))
            matter = replace(matter, id=MatterId(cursor.lastrowid or 0))
        self._connection.execute(
            "INSERT INTO case_matters (case_id, matter) VALUES (?, ?) ON CONFLICT DO NOTHING", (case, matter.id)
        )
        return matter

    def rename(self, number: MatterId, name: str) -> Matter:
        """Give a matter another name; raises NotFoundError, and AlreadyExistsError where another one has it."""
        there = {matter.id: matter for matter in self.of_client(None)}
        if number not in there:
            raise NotFoundError("Deze kwestie staat niet in de kluis.")
        named = replace(there[number], name=name)
        same = (other for other in there.values() if other.client == named.client and other.id != number)
        if any(other.name.casefold() == name.casefold() for other in same):
            raise AlreadyExistsError(f"Er is al een kwestie ‘{name}’ bij deze organisatie. Er is niets veranderd.")
        self._connection.execute("UPDATE matters SET name = ? WHERE id = ?", (name, number))
        return named

    def take_out(self, case: CaseId, matter: MatterId) -> None:
        """Take a case out of a matter; the matter goes when it was the last."""
        self._connection.execute("DELETE FROM case_matters WHERE case_id = ? AND matter = ?", (case, matter))
        self.drop_empty()

    def take_out_of_others(self, case: CaseId, client: ClientId) -> None:
        """Take a case that went to another organisation out of the matters of the earlier one."""
        self._connection.execute(
            "DELETE FROM case_matters WHERE case_id = ? AND matter IN (SELECT id FROM matters WHERE client <> ?)",
            (case, client),
        )
        self.drop_empty()

    def drop_empty(self) -> None:
        """Remove the matters in which no case is any more."""
        self._connection.execute("DELETE FROM matters WHERE id NOT IN (SELECT matter FROM case_matters)")

    @understood()
    def of_case(self, case: CaseId) -> tuple[Matter, ...]:
        """Return the matters of a case by name."""
        rows = self._connection.execute(
            "SELECT m.id, m.client, m.name FROM matters AS m JOIN case_matters AS c ON c.matter = m.id"
            " WHERE c.case_id = ? ORDER BY m.name",
            (case,),
        )
        return tuple(Matter(*row) for row in rows)

    @understood()
    def of_client(self, client: ClientId | None) -> tuple[Matter, ...]:
        """Return the matters of an organisation by name, None for all."""
        rows = self._connection.execute(
            "SELECT id, client, name FROM matters WHERE :client IS NULL OR client = :client ORDER BY name",
            {"client": client},
        )
        return tuple(Matter(*row) for row in rows)

    def rows(self) -> tuple[MatterRow, ...]:
        """Return every matter with its organisation and the number of its cases, by name."""
        rows = self._connection.execute(
            """
            SELECT m.id, m.client, m.name, o.name, count(*), min(c.case_id)
            FROM matters AS m JOIN clients AS o ON o.id = m.client JOIN case_matters AS c ON c.matter = m.id
            GROUP BY m.id ORDER BY m.name, o.name
            """
        )
        return tuple(
            MatterRow(MatterId(number), ClientId(client), name, called, cases, CaseId(first))
            for number, client, name, called, cases, first in rows
        )

    @understood()
    def cases_of(self, matter: MatterId) -> tuple[MatterCase, ...]:
        """Return the cases in a matter, in the order in which they were opened."""
        rows = self._connection.execute(
            "SELECT c.id, c.code, c.pseudonym, c.phase FROM case_matters AS m JOIN cases AS c ON c.id = m.case_id"
            " WHERE m.matter = ? ORDER BY c.id",
            (matter,),
        )
        return tuple(MatterCase(CaseId(number), code, called, Phase(phase)) for number, code, called, phase in rows)

    def count(self, case: CaseId) -> int:
        """Return in how many matters a case is, without reading one."""
        (number,) = self._connection.execute("SELECT count(*) FROM case_matters WHERE case_id = ?", (case,)).fetchone()
        return int(number)

    def cases_in(self, matters: Collection[MatterId]) -> tuple[tuple[Supported, MatterId], ...]:
        """Return every case in any of the matters, once for each matter."""
        rows = self._connection.execute(
            """
            SELECT c.id, c.rol, c.code, c.pseudonym, m.matter
            FROM case_matters AS m JOIN cases AS c ON c.id = m.case_id
            WHERE m.matter IN (SELECT value FROM json_each(?)) ORDER BY c.id
            """,
            (json.dumps(sorted(matters)),),
        )
        return tuple((Supported(CaseId(case), *more), MatterId(matter)) for case, *more, matter in rows)


class ConflictStore:
    """Why the advisor went on, by case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: ConflictRecord) -> ConflictRecord:
        """Write a record and return it with its id."""
        cursor = self._connection.execute(
            "INSERT INTO conflicts (case_id, on_day, knowledge, reason) VALUES (?, ?, ?, ?)",
            (record.case, record.on.isoformat(), record.knowledge, record.reason),
        )
        added = replace(record, id=ConflictId(cursor.lastrowid or 0))
        self._connection.executemany(
            "INSERT INTO conflict_cases (conflict, case_id) VALUES (?, ?)", [(added.id, case) for case in record.others]
        )
        return added

    def delete(self, number: ConflictId) -> None:
        """Take away a record as if it had never been written."""
        self._connection.execute("DELETE FROM conflicts WHERE id = ?", (number,))

    @understood()
    def of_case(self, case: CaseId) -> tuple[ConflictRecord, ...]:
        """Return the records of a case, the latest first."""
        others: dict[int, list[CaseId]] = {}
        for conflict, other in self._connection.execute(
            "SELECT o.conflict, o.case_id FROM conflict_cases AS o JOIN conflicts AS c ON c.id = o.conflict"
            " WHERE c.case_id = ? ORDER BY o.case_id",
            (case,),
        ):
            others.setdefault(conflict, []).append(CaseId(other))
        rows = self._connection.execute(
            "SELECT id, on_day, reason, knowledge FROM conflicts WHERE case_id = ? ORDER BY id DESC", (case,)
        )
        return tuple(
            ConflictRecord(
                ConflictId(number), case, date.fromisoformat(on), reason, knowledge, tuple(others.get(number, ()))
            )
            for number, on, reason, knowledge in rows
        )

    def called(self, cases: Collection[CaseId]) -> tuple[Supported, ...]:
        """Return what cases are called, by code."""
        rows = self._connection.execute(
            "SELECT id, rol, code, pseudonym FROM cases WHERE id IN (SELECT value FROM json_each(?)) ORDER BY code",
            (json.dumps(sorted(cases)),),
        )
        return tuple(Supported(CaseId(number), *more) for number, *more in rows)

    def settled_with(self, case: CaseId) -> frozenset[CaseId]:
        """Return the cases beside which the advisor chose to go on, at this case or at the other."""
        rows = self._connection.execute(
            """
            SELECT o.case_id FROM conflicts AS c JOIN conflict_cases AS o ON o.conflict = c.id WHERE c.case_id = :case
            UNION
            SELECT c.case_id FROM conflicts AS c JOIN conflict_cases AS o ON o.conflict = c.id WHERE o.case_id = :case
            """,
            {"case": case},
        )
        return frozenset(CaseId(other) for (other,) in rows)
