"""The user's own entries of the directory, and what the user changed of those that ship with the program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vpdesk.domain.directory import DirectoryEntry
from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import ClientId, DirectoryId
from vpdesk.store.cases import day_or_none, text_or_none
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.store.vault import Connection


class DirectoryStore:
    """Entries by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, entry: DirectoryEntry) -> DirectoryEntry:
        """Write an entry and return it with its id; one of the program takes the place of what was kept about it.

        Raises:
            NotFoundError: an own entry that is not there any more.
        """
        if entry.shipped:
            self._connection.execute("DELETE FROM directory WHERE shipped = ?", (entry.shipped,))
        elif entry.id:
            self._change(entry)
            return entry
        cursor = self._connection.execute(
            """
            INSERT INTO directory (shipped, name, kind, refer_when, reach, note, client, checked, hidden)
            VALUES (:shipped, :name, :kind, :refer_when, :reach, :note, :client, :checked, :hidden)
            """,
            _values(entry),
        )
        return replace(entry, id=DirectoryId(cursor.lastrowid or 0))

    def _change(self, entry: DirectoryEntry) -> None:
        cursor = self._connection.execute(
            """
            UPDATE directory SET
                name = :name, kind = :kind, refer_when = :refer_when, reach = :reach, note = :note, client = :client,
                checked = :checked, hidden = :hidden
            WHERE id = :id
            """,
            {**_values(entry), "id": entry.id},
        )
        if cursor.rowcount == 0:
            raise NotFoundError(_GONE)

    def delete(self, number: DirectoryId) -> None:
        """Remove an entry; of one of the program only what was changed. Raises NotFoundError."""
        if self._connection.execute("DELETE FROM directory WHERE id = ?", (number,)).rowcount == 0:
            raise NotFoundError(_GONE)

    @understood()
    def kept(self) -> tuple[DirectoryEntry, ...]:
        """Return everything the user wrote, in the order in which it was added."""
        rows = self._connection.execute(
            "SELECT id, name, kind, refer_when, reach, note, client, checked, hidden, shipped"
            " FROM directory ORDER BY id"
        )
        return tuple(_entry(row) for row in rows)


_GONE = "Dit adres staat niet in de kluis. Er is niets veranderd."


def _values(entry: DirectoryEntry) -> dict[str, object]:
    return {
        "shipped": entry.shipped,
        "name": entry.name,
        "kind": entry.kind,
        "refer_when": entry.when,
        "reach": entry.reach,
        "note": entry.note,
        "client": entry.client,
        "checked": text_or_none(entry.checked),
        "hidden": int(entry.hidden),
    }


def _entry(row: Sequence[Any]) -> DirectoryEntry:
    number, name, kind, when, reach, note, client, checked, hidden, shipped = row
    return DirectoryEntry(
        id=DirectoryId(number),
        name=name,
        kind=kind,
        when=when,
        reach=reach,
        note=note,
        client=None if client is None else ClientId(client),
        checked=day_or_none(checked),
        hidden=bool(hidden),
        shipped=shipped,
    )
