"""Writes a golden vault: run `python -m tests.golden.write_vault` once, when a version of the schema is added.

With a number it writes what that version of the schema can hold, from the text of its migrations. Version 1 was made so:
no vpdesk with only that was ever given out.
"""

from __future__ import annotations

import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from unittest import mock

from vpdesk.domain.cases import Conversation
from vpdesk.operations import vaults
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client, add_unit, rename_unit
from vpdesk.operations.conversations import NEW, save_conversation
from vpdesk.store import vault as store
from vpdesk.store.schema import MIGRATIONS

FIRST_WITH_CASEWORK = 2
FIRST_WITH_UNIT_CODES = 7
FOLDER = Path(__file__).parent / "vaults"
NOW = datetime(2026, 1, 20, 10, 0, 0)  # noqa: DTZ001 - the product works in the laptop's local time


def main(version: int) -> None:
    """Write a practice vault with one of everything that matters, under the number of its schema."""
    folder = FOLDER / str(version)
    with mock.patch.object(store, "MIGRATIONS", MIGRATIONS[:version]):
        vault = vaults.begin_setup(folder, now=NOW, practice=True).confirm()
        with vault.transaction():
            vault.settings.put("kanarie", "zingt")
        if version >= FIRST_WITH_CASEWORK:
            _casework(vault)
        if version >= FIRST_WITH_UNIT_CODES:
            _rename(vault)
        vault.close()
    shutil.rmtree(folder / "reservekopieen", ignore_errors=True)


def _casework(vault: vaults.Vault) -> None:
    client = add_client(vault, name="Stichting Speelwijs", statistics=("onderdeel",))
    unit = add_unit(vault, client_id=client.id, name="Noord")
    case = open_case(vault, client=client.id, opened=date(2025, 3, 4), thema="pesten", unit=unit.id, pseudonym="Sluis")
    talk = Conversation(NEW, date(2025, 3, 4), minutes=25, client=client.id, case=case.id, working_note="Een kanarie.")
    save_conversation(vault, talk, now=NOW)


def _rename(vault: vaults.Vault) -> None:
    (client,) = vault.clients.all()
    (unit,) = vault.clients.units(client.id)
    rename_unit(vault, unit, name="Noordwest")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else len(MIGRATIONS))
