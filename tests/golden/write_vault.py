"""Writes the golden vault of the newest schema: run `python -m tests.golden.write_vault` once, when a version is added."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

from vpdesk.domain.cases import Conversation
from vpdesk.operations import vaults
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client, add_unit
from vpdesk.operations.conversations import NEW, save_conversation
from vpdesk.store.schema import MIGRATIONS

FOLDER = Path(__file__).parent / "vaults"
NOW = datetime(2026, 1, 20, 10, 0, 0)  # noqa: DTZ001 - the product works in the laptop's local time


def main() -> None:
    """Write a practice vault with one of everything that matters, under the number of its schema."""
    folder = FOLDER / str(len(MIGRATIONS))
    vault = vaults.begin_setup(folder, now=NOW, practice=True).confirm()
    client = add_client(vault, name="Stichting Speelwijs", statistics=("onderdeel",))
    unit = add_unit(vault, client_id=client.id, name="Noord")
    case = open_case(vault, client=client.id, opened=date(2025, 3, 4), thema="pesten", unit=unit.id, pseudonym="Sluis")
    talk = Conversation(NEW, date(2025, 3, 4), minutes=25, client=client.id, case=case.id, working_note="Een kanarie.")
    save_conversation(vault, talk, now=NOW)
    vault.close()
    shutil.rmtree(folder / "reservekopieen", ignore_errors=True)


if __name__ == "__main__":
    main()
