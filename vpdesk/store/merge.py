"""Carries what an earlier generation knew into a restored one: what left the house, and which keys it gave out."""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.errors import VaultDamagedError

if TYPE_CHECKING:
    from collections.abc import Collection
    from sqlite3 import Connection

    from vpdesk.store.vault import Vault

LEDGER_UNKNOWN_AFTER: Final = "ledger_unknown_after"
_SAME: Final = ("period", "audience", "exported", "sha256", "kind", "title", "statements")
"""What makes two rows of the ledger the same; a letter has no hash, and may be the second of its day."""


def rows_of(connection: Connection, sql: str) -> list[dict[str, Any]]:
    """Return the rows that a statement gives, by the names of their columns."""
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def insert(connection: Connection, table: str, row: dict[str, Any]) -> int:
    """Write a row and return its number; names come from the program's own schema, never from what a user gave."""
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    return (
        connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - names of our own schema
            tuple(row.values()),
        ).lastrowid
        or 0
    )


def without_id(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without its number, which is another in another vault."""
    return {name: value for name, value in row.items() if name != "id"}


def _client_of(row: dict[str, Any], old: Connection, new: Connection) -> int | None:
    """Return which client of the restored vault this is: by name, else by number where both share a case or a report.

    A number alone may have been given to another organisation since.
    """
    known = rows_of(new, "SELECT id, name FROM clients")
    by_name = (client["id"] for client in known if client["name"].casefold() == row["name"].casefold())
    by_number = (client["id"] for client in known if client["id"] == row["id"] and _shares(row["id"], old, new))
    return next(itertools.chain(by_name, by_number), None)


def _shares(client: int, old: Connection, new: Connection) -> bool:
    """Return whether a client of both vaults has a case or a report in both."""
    return any(
        {tuple(row) for row in old.execute(sql, (client,))} & {tuple(row) for row in new.execute(sql, (client,))}
        for sql in (
            "SELECT code, opened FROM cases WHERE client = ?",
            "SELECT exported, sha256 FROM publications WHERE client = ?",
        )
    )


def merge_ledger(old: Vault, new: Vault, *, unsure_from: str = "", goes_on: bool = False) -> int:
    """Copy the publications that `new` lacks, with the clients and units they speak of; return how many.

    Of what both have, `new` takes over to whom it went and whether it ever did where `old` `goes_on` from it; otherwise
    whatever one of them counts as sent was sent.

    Also the revision and the number of the last backup go on from the older of both, and periods for which `old` did
    not know what went out stay unknown in `new`. Where it can't be told whether an organisation is one of `new` under
    another name, what went out counts as unknown from `unsure_from` (a time) on: better no number than a wrong one.

    Raises:
        VaultDamagedError: a ledger of the two is broken; nothing was changed.
    """
    copied = 0
    unsure = ""
    for vault in (old, new):
        vault.ledger.refuse_broken()
    with new.transaction():
        client_of: dict[int, int] = {}
        for kept in rows_of(old.connection, "SELECT * FROM clients WHERE id IN (SELECT client FROM publications)"):
            row = {**kept, "part_of": None}  # its number may be another organisation's here
            found = _client_of(row, old.connection, new.connection)
            if found is None:
                taken = new.connection.execute("SELECT 1 FROM clients WHERE id = ?", (row["id"],)).fetchone()
                unsure = unsure_from if taken else unsure
                found = insert(new.connection, "clients", without_id(row) if taken else row)
            client_of[row["id"]] = found
        for row in rows_of(old.connection, "SELECT * FROM units"):
            if row["client"] in client_of:
                _insert_unit(new.connection, {**without_id(row), "client": client_of[row["client"]]})
        _carry_unit_events(old.connection, new.connection, client_of)
        _link_wholes(old.connection, new.connection, client_of)
        there = {_same(row, row["client"]): row for row in rows_of(new.connection, "SELECT * FROM publications")}
        for row in rows_of(old.connection, "SELECT * FROM publications ORDER BY id"):
            client = client_of[row["client"]]
            known = there.get(_same(row, client))
            if known is None:
                insert(new.connection, "publications", {**without_id(row), "client": client})
                copied += 1
            else:
                _mark(new.connection, known, row, goes_on=goes_on)
        new.ledger.bind()
        new.connection.execute("UPDATE vault SET revision = max(revision, :revision) + 1", {"revision": old.revision})
        new.note_backup(old.backups_made)
        noted = (unsure, *(v.settings.get(LEDGER_UNKNOWN_AFTER) for v in (old, new)))
        unknown_after = [text for text in noted if text]
        if unknown_after:
            new.settings.put(LEDGER_UNKNOWN_AFTER, min(unknown_after))
    return copied


def _same(row: dict[str, Any], client: int) -> tuple[Any, ...]:
    return (client, *(row[name] for name in _SAME))


def _mark(connection: Connection, known: dict[str, Any], other: dict[str, Any], *, goes_on: bool) -> None:
    never = other["never_sent"] if goes_on else (known["never_sent"] and other["never_sent"])
    connection.execute(
        "UPDATE publications SET recipient = ?, never_sent = ? WHERE id = ?",
        (other["recipient"] if goes_on else known["recipient"] or other["recipient"], never, known["id"]),
    )


def _link_wholes(old: Connection, new: Connection, client_of: dict[int, int]) -> None:
    """Let organisations be part of each other in `new` as they are in `old`, where `new` says nothing of that."""
    for part, whole in old.execute("SELECT id, part_of FROM clients WHERE part_of IS NOT NULL").fetchall():
        if part in client_of and whole in client_of and not _is_above(new, client_of[part], client_of[whole]):
            new.execute(
                "UPDATE clients SET part_of = ? WHERE id = ? AND part_of IS NULL", (client_of[whole], client_of[part])
            )


def _is_above(connection: Connection, client: int, other: int) -> bool:
    """Return whether the other organisation is this one, or part of it."""
    seen: set[int] = set()
    at: int | None = other
    while at is not None and at not in seen:
        seen.add(at)
        (at,) = connection.execute("SELECT part_of FROM clients WHERE id = ?", (at,)).fetchone()
    return client in seen


def _insert_unit(connection: Connection, row: dict[str, Any]) -> None:
    """Write a unit whose code is not there yet; a name that another unit has gets a number."""
    there = connection.execute("SELECT name, code FROM units WHERE client = ?", (row["client"],)).fetchall()
    if any(code == row["code"] for _, code in there):
        return
    names = {name.casefold() for name, _ in there}
    tried = (row["name"], *(f"{row['name']} ({n})" for n in range(2, len(names) + 3)))
    insert(connection, "units", {**row, "name": next(name for name in tried if name.casefold() not in names)})


def _carry_unit_events(old: Connection, new: Connection, client_of: dict[int, int]) -> None:
    """Write what became of units and `new` does not know: reports that went out counted by it."""
    codes = {
        row["id"]: (client_of[row["client"]], row["code"])
        for row in rows_of(old, "SELECT id, client, code FROM units")
        if row["client"] in client_of
    }
    units = {(row["client"], row["code"]): row["id"] for row in rows_of(new, "SELECT id, client, code FROM units")}
    unit_of = {number: units[known] for number, known in codes.items() if known in units}
    there = {_event(row): row["id"] for row in rows_of(new, "SELECT * FROM unit_events ORDER BY id")}
    event_of: dict[int, int] = {}
    for row in rows_of(old, "SELECT * FROM unit_events ORDER BY id"):
        into, back = row["into_unit"], row["takes_back"]
        if row["unit"] not in unit_of or (back is not None and back not in event_of):
            continue
        carried = {
            **without_id(row),
            "unit": unit_of[row["unit"]],
            "into_unit": None if into is None else unit_of.get(into),
            "takes_back": None if back is None else event_of[back],
        }
        known = there.get(_event(carried))
        event_of[row["id"]] = known or insert(new, "unit_events", carried)


def _event(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(value for name, value in row.items() if name != "id")


_SLOT_OF_BOTH: Final = """
INSERT INTO slots (id, kind, recipient, made, replaced, marks, checked, slot)
VALUES (:id, :kind, :recipient, :made, :replaced, :marks, :checked, :slot)
ON CONFLICT (id) DO UPDATE SET
    replaced = coalesce(min(replaced, excluded.replaced), replaced, excluded.replaced),
    marks = coalesce(marks, excluded.marks),
    checked = coalesce(max(checked, excluded.checked), checked, excluded.checked)
"""
_KEY_OF_BOTH: Final = """
INSERT INTO former_keys (vault_key, until) VALUES (:vault_key, :until)
ON CONFLICT (vault_key) DO UPDATE SET until = max(until, excluded.until)
"""
_OPENING_OF_BOTH: Final = """
INSERT INTO openings (at, kind, told) SELECT :at, :kind, 0
WHERE NOT EXISTS (SELECT 1 FROM openings WHERE at = :at AND kind = :kind)
"""
_TOLD_IN_EITHER: Final = "UPDATE openings SET told = max(told, :told) WHERE at = :at AND kind = :kind"


def merge_access(old: Vault, new: Vault) -> None:
    """Add what `old` knows of ways in to what `new` knows: slots, former keys and openings. Within a transaction.

    What either withdrew stays withdrawn. All is read before anything is written: VaultDamagedError leaves `new` as it
    was.
    """
    slots = rows_of(old.connection, "SELECT * FROM slots")
    former = rows_of(old.connection, "SELECT * FROM former_keys")
    openings = rows_of(old.connection, "SELECT * FROM openings ORDER BY id")
    new.connection.executemany(_SLOT_OF_BOTH, slots)
    new.connection.executemany(_KEY_OF_BOTH, former)
    new.connection.executemany(_OPENING_OF_BOTH, openings)
    new.connection.executemany(_TOLD_IN_EITHER, openings)


def merge_settings(
    old: Vault | None, new: Vault, *, of_folder: Collection[str], of_moment: Collection[str], chosen: Collection[str]
) -> None:
    """Have no setting of another place or time in `new`. Within a transaction.

    Those of the folder are the ones that the vault there had, if it can be read; those of a moment go. What the user
    had `chosen` there last goes before an earlier choice.
    """
    here = {}
    if old is not None:
        with contextlib.suppress(VaultDamagedError):
            here = {name: old.settings.get(name) for name in (*of_folder, *chosen)}
    for name in (*of_folder, *of_moment):
        new.settings.drop(name)
    for name, value in here.items():
        if value:
            new.settings.put(name, value)
