"""Nothing in a vault goes uncounted: each table is counted, stands with one that is, or is about the vault itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.casework import a_case, a_talk
from vpdesk.operations.papers import COUNTED
from vpdesk.store.contents import ABOUT_NOBODY, PART_OF, contents

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault


def uncounted(vault: Vault) -> set[str]:
    """Return the tables that nobody thought of; those that belong to a full-text index are that index."""
    tables = {
        name
        for _, name, kind, *_ in vault.connection.execute("PRAGMA main.table_list")
        if kind in {"table", "virtual"} and not name.startswith("sqlite_")
    }
    assert PART_OF.keys() | ABOUT_NOBODY <= tables
    return tables - contents(vault.connection).keys() - PART_OF.keys() - ABOUT_NOBODY


def test_every_table_is_counted_or_named_as_not(vault: Vault) -> None:
    assert not uncounted(vault)
    vault.connection.execute("CREATE TABLE something_new (id INTEGER PRIMARY KEY, text TEXT) STRICT")
    assert uncounted(vault) == {"something_new"}


def test_what_stands_with_another_stands_with_one_that_is_counted(vault: Vault) -> None:
    counted = contents(vault.connection).keys()
    assert set(PART_OF.values()) <= counted
    assert not counted & (PART_OF.keys() | ABOUT_NOBODY)
    assert counted == COUNTED.keys()  # and so it stands on the paper


def test_rows_are_counted_where_they_stand(vault: Vault) -> None:
    a_talk(vault, a_case(vault))
    found = contents(vault.connection)
    assert {name: number for name, number in found.items() if number} == {"cases": 1, "conversations": 1, "clients": 1}
    segment = "INSERT INTO destroyed_cases VALUES (1, ?, 1, 0, '', '', '', '', '', '', '', 0, 0)"
    vault.connection.executemany(segment, [("2024",), ("2025",)])
    assert contents(vault.connection)["destroyed_cases"] == 1


def test_each_number_is_that_of_its_own_table(vault: Vault) -> None:
    connection = vault.connection
    for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
        connection.execute(f"PRAGMA {pragma}")
    empty = {"BLOB": "x'00'", "INTEGER": "0", "TEXT": "''"}
    for table in COUNTED:
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        given = ", ".join(empty[kind] for _, _, kind, *_ in columns)
        connection.execute(f"INSERT INTO {table} VALUES ({given})")  # noqa: S608 - names of our own schema
        assert {name for name, number in contents(connection).items() if number} == {table}
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - idem
