"""Organisations and their parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.checklists import ItemState
from vpdesk.domain.clients import Agreed, Client, Unit, unit_code
from vpdesk.domain.errors import AlreadyExistsError, NotFoundError
from vpdesk.domain.ids import ClientId, UnitId
from vpdesk.domain.rows import ClientRow
from vpdesk.store.cases import day_or_none, text_or_none
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.store.vault import Connection


_COLUMNS: Final = (
    "name, appointment, threshold, year_starts_in, contact, agreements, statistics, part_of,"
    " fields, appointed_since, appointed_until, agreed_minutes, agreed_per, manager, own_roles, confidentiality,"
    " breaking, controller, report_by, recipients, meldregeling, klachtenregeling, onderzoeksprotocol"
)
_SELECT: Final = f"SELECT id, {_COLUMNS} FROM clients"  # noqa: S608 - names of our own schema


def _client(row: tuple[Any, ...]) -> Client:
    number, name, appointment, threshold, month, contact, agreements, statistics, part_of, *agreed = row
    fields, since, until, minutes, per, manager, own_roles, confidentiality, breaking, controller, by, *rest = agreed
    recipients, meldregeling, klachtenregeling, onderzoeksprotocol = rest
    return Client(
        number,
        name,
        appointment,
        threshold,
        month,
        contact,
        agreements,
        tuple(statistics.split()),
        part_of,
        Agreed(
            fields=tuple(fields.split()),
            since=day_or_none(since),
            until=day_or_none(until),
            minutes=minutes,
            per=per,
            manager=manager,
            own_roles=tuple(own_roles.split()),
            confidentiality=confidentiality,
            breaking=breaking,
            controller=controller,
            report_by=_month_and_day(by),
            recipients=recipients,
            meldregeling=meldregeling,
            klachtenregeling=klachtenregeling,
            onderzoeksprotocol=onderzoeksprotocol,
        ),
    )


def _month_and_day(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    month, day = text.split("-")
    return int(month), int(day)


def _values(client: Client) -> tuple[object, ...]:
    """Return what is written of an organisation, in the order of `_COLUMNS`."""
    agreed = client.agreed
    return (
        client.name,
        client.appointment,
        client.threshold,
        client.year_starts_in,
        client.contact,
        client.agreements,
        " ".join(client.statistics),
        client.part_of,
        " ".join(agreed.fields),
        text_or_none(agreed.since),
        text_or_none(agreed.until),
        agreed.minutes,
        agreed.per,
        agreed.manager,
        " ".join(agreed.own_roles),
        agreed.confidentiality,
        agreed.breaking,
        agreed.controller,
        "" if agreed.report_by is None else f"{agreed.report_by[0]:02d}-{agreed.report_by[1]:02d}",
        agreed.recipients,
        agreed.meldregeling,
        agreed.klachtenregeling,
        agreed.onderzoeksprotocol,
    )


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
        marks = ", ".join("?" * len(_values(client)))
        cursor = self._connection.execute(
            f"INSERT INTO clients ({_COLUMNS}) VALUES ({marks})",  # noqa: S608 - names of our own schema
            _values(client),
        )
        return replace(client, id=ClientId(cursor.lastrowid or 0))

    def put(self, client: Client) -> None:
        """Write a changed organisation; raises AlreadyExistsError when another has the name."""
        self._refuse_taken_name(client)
        marks = ", ".join("?" * len(_values(client)))
        self._connection.execute(
            f"UPDATE clients SET ({_COLUMNS}) = ({marks}) WHERE id = ?",  # noqa: S608 - names of our own schema
            (*_values(client), client.id),
        )

    @understood()
    def get(self, number: ClientId) -> Client:
        """Return an organisation; raises NotFoundError."""
        row = self._connection.execute(f"{_SELECT} WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError("Deze organisatie staat niet in de kluis.")
        return _client(row)

    @understood()
    def all(self) -> tuple[Client, ...]:
        """Return all organisations by name."""
        rows = self._connection.execute(f"{_SELECT} ORDER BY name")
        return tuple(_client(row) for row in rows)

    @understood()
    def by_name(self, name: str) -> Client | None:
        """Return the organisation of that name, whatever its capitals."""
        row = self._connection.execute(f"{_SELECT} WHERE name = ?", (name.strip(),)).fetchone()
        return None if row is None else _client(row)

    @understood()
    def rows(self) -> tuple[ClientRow, ...]:
        """Return what the list of organisations shows, by name."""
        rows = self._connection.execute(
            """
            SELECT o.id, o.name, o.appointment,
                   (SELECT count(*) FROM whole_units AS u WHERE u.client = o.id AND u.until IS NULL),
                   (SELECT count(*) FROM cases AS c WHERE c.client = o.id),
                   (SELECT count(*) FROM cases AS c WHERE c.client = o.id AND c.closed IS NULL)
            FROM clients AS o
            ORDER BY o.name
            """
        )
        return tuple(ClientRow(*row) for row in rows)

    @understood()
    def ending_until(self, day: date) -> tuple[tuple[ClientId, str, date, int], ...]:
        """Return the organisations whose appointment ends on or before a day: name, last day, cases that run."""
        rows = self._connection.execute(
            """
            SELECT o.id, o.name, o.appointed_until,
                   (SELECT count(*) FROM cases AS c WHERE c.client = o.id AND c.closed IS NULL)
            FROM clients AS o WHERE o.appointed_until <= ? ORDER BY o.appointed_until, o.name
            """,
            (day.isoformat(),),
        )
        return tuple(
            (ClientId(number), name, date.fromisoformat(until), running) for number, name, until, running in rows
        )

    @understood()
    def items(self, client: ClientId) -> dict[str, tuple[ItemState, date]]:
        """Return the items of the checklist of an organisation that were touched: code to state and day."""
        rows = self._connection.execute("SELECT item, state, on_day FROM client_items WHERE client = ?", (client,))
        return {item: (ItemState(state), date.fromisoformat(on)) for item, state, on in rows}

    def set_item(self, client: ClientId, item: str, state: ItemState, on: date) -> None:
        """Write the state of an item."""
        self._connection.execute(
            "INSERT INTO client_items (client, item, state, on_day) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET state = excluded.state, on_day = excluded.on_day",
            (client, item, state.value, on.isoformat()),
        )

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
            "SELECT id, client, name, code, since, until, into_unit FROM whole_units WHERE client = ? ORDER BY id",
            (client,),
        )
        return tuple(
            Unit(number, of, name, code, day_or_none(since), day_or_none(until), into)
            for number, of, name, code, since, until, into in rows
        )

    def _refuse_taken_name(self, client: Client) -> None:
        same = self.by_name(client.name)
        if same is not None and same.id != client.id:
            raise AlreadyExistsError(f"Er is al een organisatie ‘{same.name}’. Er is niets veranderd.")
