"""Carries what an earlier generation knew into a restored one: what left the house, and which keys it gave out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sqlite3 import Connection

    from vpdesk.store.vault import Vault

LEDGER_UNKNOWN_AFTER: Final = "ledger_unknown_after"
_SAME_REPORT: Final = ("period", "audience", "exported", "sha256")


def _rows(connection: Connection, sql: str) -> list[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _insert(connection: Connection, table: str, row: dict[str, Any]) -> int:
    """Write a row; table and columns come from the program's own schema, never from what a user gave."""
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    return (
        connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - names of our own schema
            tuple(row.values()),
        ).lastrowid
        or 0
    )


def _without_id(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def _client_of(row: dict[str, Any], known: list[dict[str, Any]]) -> int | None:
    """Return which client of the restored vault this is: by name, else by number, which survives a change of name."""
    by_name = [client["id"] for client in known if client["name"].casefold() == row["name"].casefold()]
    by_number = [client["id"] for client in known if client["id"] == row["id"]]
    return next(iter(by_name + by_number), None)


def merge_ledger(old: Vault, new: Vault) -> int:
    """Copy the publications that `new` lacks, with the clients and units they speak of; return how many.

    Also the revision and the number of the last backup go on from the older of both, and periods for which `old` did
    not know what went out stay unknown in `new`.
    """
    copied = 0
    with new.transaction():
        known = _rows(new.connection, "SELECT id, name FROM clients")
        client_of: dict[int, int] = {}
        for row in _rows(old.connection, "SELECT * FROM clients WHERE id IN (SELECT client FROM publications)"):
            client_of[row["id"]] = _client_of(row, known) or _insert(new.connection, "clients", row)
        for row in _rows(old.connection, "SELECT * FROM units"):
            if row["client"] in client_of:
                _insert_unit(new.connection, {**_without_id(row), "client": client_of[row["client"]]})
        there = {
            (row["client"], *(row[name] for name in _SAME_REPORT))
            for row in _rows(new.connection, "SELECT client, period, audience, exported, sha256 FROM publications")
        }
        for row in _rows(old.connection, "SELECT * FROM publications ORDER BY id"):
            client = client_of[row["client"]]
            if (client, *(row[name] for name in _SAME_REPORT)) not in there:
                _insert(new.connection, "publications", {**_without_id(row), "client": client})
                copied += 1
        new.connection.execute("UPDATE vault SET revision = max(revision, :revision) + 1", {"revision": old.revision})
        new.note_backup(old.backups_made)
        unknown_after = [text for text in (v.settings.get(LEDGER_UNKNOWN_AFTER) for v in (old, new)) if text]
        if unknown_after:
            new.settings.put(LEDGER_UNKNOWN_AFTER, min(unknown_after))
    return copied


def _insert_unit(connection: Connection, row: dict[str, Any]) -> None:
    there = connection.execute(
        "SELECT 1 FROM units WHERE client = ? AND name = ?", (row["client"], row["name"])
    ).fetchone()
    if there is None:
        _insert(connection, "units", row)


def merge_access(old: Vault, new: Vault) -> None:
    """Copy what `old` knows of its ways in: slots, former keys and its own key, and openings. Within a transaction."""
    for row in _rows(old.connection, "SELECT * FROM slots"):
        new.connection.execute("DELETE FROM slots WHERE id = ?", (row["id"],))
        _insert(new.connection, "slots", row)
    for row in _rows(old.connection, "SELECT * FROM former_keys"):
        new.connection.execute("DELETE FROM former_keys WHERE vault_key = ?", (row["vault_key"],))
        _insert(new.connection, "former_keys", row)
    new.connection.execute("DELETE FROM openings")
    for row in _rows(old.connection, "SELECT * FROM openings"):
        _insert(new.connection, "openings", row)
