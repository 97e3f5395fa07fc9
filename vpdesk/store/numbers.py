"""Numbers of rows that are never given out again, also when the row is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vpdesk.store.vault import Connection


def fresh(connection: Connection, table: str) -> int:
    """Return a number that no row of the table ever had. Within a transaction, for the row that is written next."""
    connection.execute("UPDATE last_numbers SET last = last + 1 WHERE of_table = ?", (table,))
    (number,) = connection.execute("SELECT last FROM last_numbers WHERE of_table = ?", (table,)).fetchone()
    return int(number)
