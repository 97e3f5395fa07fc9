"""Organisations and their parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vpdesk.domain.clients import Client, Unit, unit_code
from vpdesk.domain.errors import AlreadyExistsError, NotFoundError
from vpdesk.domain.ids import ClientId, UnitId
from vpdesk.domain.rows import ClientRow
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.store.vault import Connection


def _client(row: tuple[Any, ...]) -> Client:
    number, name, appointment, threshold, month, contact, agreements, statistics, part_of = row
    return Client(number, name, appointment, threshold, month, contact, agreements, tuple(statistics.split()), part_of)


def _refuse_taken_unit(name: str, others: Sequence[Unit]) -> None:
    if any(unit.name.casefold() == name.casefold() for unit in others):
        raise AlreadyExistsError(f"Het onderdeel ‘{name}’ bestaat al bij deze organisatie. Er is niets veranderd.")


class ClientStore:
    """Organisations by id and by name; a name is unique whatever its capitals."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, client: Client) -> Client:
        """Write a new organisation and return it with its id; raises AlreadyExistsError when the name is taken."""
        self._refuse_taken_name(client)
        cursor = self._connection.execute(
            "INSERT INTO clients"
            " (name, appointment, threshold, year_starts_in, contact, agreements, statistics, part_of)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                client.name,
                client.appointment,
                client.threshold,
                client.year_starts_in,
                client.contact,
                client.agreements,
                " ".join(client.statistics),
                client.part_of,
            ),
        )
        return replace(client, id=ClientId(cursor.lastrowid or 0))

    def put(self, client: Client) -> None:
        """Write a changed organisation; raises AlreadyExistsError when another has the name."""
        self._refuse_taken_name(client)
        self._connection.execute(
            "UPDATE clients SET name = ?, appointment = ?, threshold = ?, year_starts_in = ?, contact = ?,"
            " agreements = ?, statistics = ?, part_of = ? WHERE id = ?",
            (
                client.name,
                client.appointment,
                client.threshold,
                client.year_starts_in,
                client.contact,
                client.agreements,
                " ".join(client.statistics),
                client.part_of,
                client.id,
            ),
        )

    @understood()
    def get(self, number: ClientId) -> Client:
        """Return an organisation; raises NotFoundError."""
        row = self._connection.execute(
            "SELECT id, name, appointment, threshold, year_starts_in, contact, agreements, statistics, part_of"
            " FROM clients WHERE id = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError("Deze organisatie staat niet in de kluis.")
        return _client(row)

    @understood()
    def all(self) -> tuple[Client, ...]:
        """Return all organisations by name."""
        rows = self._connection.execute(
            "SELECT id, name, appointment, threshold, year_starts_in, contact, agreements, statistics, part_of"
            " FROM clients ORDER BY name"
        )
        return tuple(_client(row) for row in rows)

    @understood()
    def by_name(self, name: str) -> Client | None:
        """Return the organisation of that name, whatever its capitals."""
        row = self._connection.execute(
            "SELECT id, name, appointment, threshold, year_starts_in, contact, agreements, statistics, part_of"
            " FROM clients WHERE name = ?",
            (name.strip(),),
        ).fetchone()
        return None if row is None else _client(row)

    @understood()
    def rows(self) -> tuple[ClientRow, ...]:
        """Return what the list of organisations shows, by name."""
        rows = self._connection.execute(
            """
            SELECT o.id, o.name, o.appointment,
                   (SELECT count(*) FROM units AS u WHERE u.client = o.id),
                   (SELECT count(*) FROM cases AS c WHERE c.client = o.id),
                   (SELECT count(*) FROM cases AS c WHERE c.client = o.id AND c.closed IS NULL)
            FROM clients AS o
            ORDER BY o.name
            """
        )
        return tuple(ClientRow(*row) for row in rows)

    def add_unit(self, client: ClientId, name: str) -> Unit:
        """Write a part of an organisation; raises AlreadyExistsError when it has one of that name."""
        there = self.units(client)
        _refuse_taken_unit(name, there)
        code = unit_code(name, {*self.unit_codes_out(client), *(unit.code for unit in there)})
        cursor = self._connection.execute(
            "INSERT INTO units (client, name, code) VALUES (?, ?, ?)", (client, name, code)
        )
        return Unit(UnitId(cursor.lastrowid or 0), client, name, code)

    def rename_unit(self, client: ClientId, number: UnitId, name: str) -> Unit:
        """Give a part another name and let it keep its code.

        Raises:
            AlreadyExistsError: another part of the organisation has that name.
            NotFoundError: the organisation has no such part.
        """
        there = self.units(client)
        found = next((unit for unit in there if unit.id == number), None)
        if found is None:
            raise NotFoundError("Dit onderdeel staat niet in de kluis.")
        _refuse_taken_unit(name, [unit for unit in there if unit.id != number])
        self._connection.execute("UPDATE units SET name = ? WHERE id = ?", (name, number))
        return replace(found, name=name)

    @understood()
    def unit_codes_out(self, client: ClientId) -> frozenset[str]:
        """Return the codes of units in everything that was ever written in the ledger of an organisation."""
        rows = self._connection.execute(
            """
            SELECT DISTINCT code.value
            FROM publications AS p, json_each(p.statements) AS said, json_each(said.value, '$[1]') AS part,
                 json_each(part.value, '$[1]') AS code
            WHERE p.client = ? AND json_extract(part.value, '$[0]') = 'onderdeel'
            """,
            (client,),
        )
        return frozenset(str(code) for (code,) in rows)

    @understood()
    def units(self, client: ClientId) -> tuple[Unit, ...]:
        """Return the parts of an organisation, in the order in which they were added."""
        rows = self._connection.execute(
            "SELECT id, client, name, code FROM units WHERE client = ? ORDER BY id", (client,)
        )
        return tuple(Unit(*row) for row in rows)

    def _refuse_taken_name(self, client: Client) -> None:
        same = self.by_name(client.name)
        if same is not None and same.id != client.id:
            raise AlreadyExistsError(f"Er is al een organisatie ‘{same.name}’. Er is niets veranderd.")
