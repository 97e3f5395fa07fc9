"""What the golden vaults hold, and how to look at one without bringing it up to date."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.golden.write_vault import FIRST_WITH_CASEWORK, FIRST_WITH_UNIT_CODES
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases, clients, conversations
from vpdesk.operations.ways_in import open_practice
from vpdesk.store import generations, keyfile, keys
from vpdesk.store.cipher import connect
from vpdesk.store.vault import identify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

    from vpdesk.store.vault import Vault

GOLDEN = Path(__file__).parent / "vaults"


def holds(vault: Vault, version: int) -> bool:
    """Return whether what was written at that version is there."""
    if version < FIRST_WITH_CASEWORK:
        return vault.settings.get("kanarie") == "zingt" and not clients.clients(vault)
    (client,) = clients.clients(vault)
    (row,) = cases.list_cases(vault, CaseFilter(), 10)
    (unit,) = clients.units(vault, client.id)
    (hit,) = conversations.search(vault, "kanarie")
    return (
        (client.name, client.statistics) == ("Stichting Speelwijs", ("onderdeel",))
        and (row.code, row.pseudonym, row.thema) == ("2025-001", "Sluis", "pesten")
        and (unit.name, unit.code)
        == (("Noordwest", "noord") if version >= FIRST_WITH_UNIT_CODES else ("Noord", "Noord"))
        and hit.conversation == conversations.list_conversations(vault, limit=1)[0].id
    )


@contextlib.contextmanager
def behind_the_door(folder: Path) -> Iterator[Connection]:
    """A connection to a practice vault under the right key, on which nothing is checked or brought up to date."""
    generation = generations.current(folder)
    key = open_practice(keyfile.read(generation / generations.KEYS)).vault_key
    path = generation / generations.DATABASE
    with contextlib.closing(connect(path, keys.derive(key, "database"), mode="rw")) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection


def version_of(folder: Path) -> int:
    """Return the version of a vault that holds exactly the schema of that version, and is that vault."""
    generation = generations.current(folder)
    with behind_the_door(folder) as connection:
        return identify(
            connection, generation / generations.DATABASE, keyfile.read(generation / generations.KEYS).vault_id
        )
