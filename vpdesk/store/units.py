"""What became of units: rows that are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.domain.ids import UnitEventId, UnitId
from vpdesk.domain.units import UnitChange, UnitEvent
from vpdesk.store.cases import day_or_none, text_or_none
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.ids import ClientId
    from vpdesk.store.vault import Connection


class UnitEventStore:
    """The events of units; what was taken back is there and counts no more."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        unit: UnitId,
        kind: UnitChange,
        *,
        on: date | None,
        was: str,
        became: str = "",
        into: UnitId | None = None,
    ) -> UnitEvent:
        """Write what became of a unit."""
        cursor = self._connection.execute(
            "INSERT INTO unit_events (unit, kind, on_day, into_unit, was, became) VALUES (?, ?, ?, ?, ?, ?)",
            (unit, kind.value, text_or_none(on), into, was, became),
        )
        return UnitEvent(UnitEventId(cursor.lastrowid or 0), unit, kind, on, was, became, into)

    def take_back(self, event: UnitEvent) -> None:
        """Write that something did not happen after all."""
        self._connection.execute(
            "INSERT INTO unit_events (unit, kind, on_day, into_unit, was, became, takes_back)"
            " SELECT unit, kind, on_day, into_unit, was, became, id FROM standing_unit_events WHERE id = ?",
            (event.id,),
        )

    @understood()
    def of_client(self, client: ClientId) -> tuple[UnitEvent, ...]:
        """Return what became of the units of an organisation and still counts, in the order in which it was written."""
        rows = self._connection.execute(
            """
            SELECT e.id, e.unit, e.kind, e.on_day, e.was, e.became, e.into_unit
            FROM standing_unit_events AS e JOIN units AS u ON u.id = e.unit
            WHERE u.client = ? ORDER BY e.id
            """,
            (client,),
        )
        return tuple(
            UnitEvent(UnitEventId(number), UnitId(unit), UnitChange(kind), day_or_none(on), was, became, into)
            for number, unit, kind, on, was, became, into in rows
        )

    def remove_unused(self, unit: UnitId) -> bool:
        """Remove a unit with its events, unless a case was registered with it; return whether it went."""
        cursor = self._connection.execute(
            "DELETE FROM units WHERE id = ? AND NOT EXISTS (SELECT 1 FROM cases WHERE unit = units.id)", (unit,)
        )
        return bool(cursor.rowcount)
