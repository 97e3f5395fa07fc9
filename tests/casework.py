"""A real vault for tests of casework, with the cheapest key derivation, and short ways to fill it."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from vpdesk.domain.cases import Case, Conversation
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client, client_by_name
from vpdesk.operations.conversations import NEW, save_conversation
from vpdesk.operations.practice import fill_practice_vault
from vpdesk.operations.vaults import begin_setup, open_vault, system_keychain
from vpdesk.store.keys import PRACTICE

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.clients import Client
    from vpdesk.store.vault import Vault

NOW = datetime(2026, 1, 20, 10, 0, 0)  # noqa: DTZ001 - the product works in the laptop's local time
TODAY = NOW.date()
PHRASE: Final = "zes heel lange woorden op papier"
DRAW: Final = "draw 0"
"""What the reports of a vault draw in a test that names no other draw."""

DRAWS: Final = (DRAW, "draw 1", "draw 2")
"""For what holds under every draw."""


def new_vault(folder: Path) -> Vault:
    """Make a vault as the window does and return it open; the caller closes it."""
    setup = begin_setup(folder, passphrase=PHRASE, now=NOW, kdf=PRACTICE)
    return setup.confirm(setup.words)


def copied_vault(made: Path, folder: Path) -> Vault:
    """Copy a vault that `new_vault` made and return it open; its tables take five times as long to make."""
    shutil.copytree(made, folder)
    return open_vault(folder, passphrase=PHRASE, keychain=system_keychain, now=NOW)


def with_draw(vault: Vault, draw: str = DRAW) -> Vault:
    """Give a vault a named draw in the place of its secret one, so that its reports say the same in every run.

    What reports hide hangs on the draw: a test of what they say is a test under this draw, or names the draws it needs.
    """
    vault.connection.execute("UPDATE vault SET root = ?", (hashlib.sha256(draw.encode()).digest(),))
    return vault


def practice_with_draw(folder: Path, now: datetime) -> Vault:
    """Make the practice vault with a named draw, given before the year: the key of its attachments comes from it."""
    vault = with_draw(begin_setup(folder, now=now, practice=True).confirm())
    fill_practice_vault(vault, year=now.year - 1)
    return vault


def a_client(vault: Vault, name: str = "Stichting Speelwijs") -> Client:
    """Return the client of that name, made where it is missing."""
    return client_by_name(vault, name) or add_client(vault, name=name)


def a_case(vault: Vault, opened: date = date(2025, 3, 4), **facts: str) -> Case:
    """Open a case at the usual client."""
    return open_case(vault, client=a_client(vault).id, opened=opened, **facts)  # type: ignore[arg-type]


def a_talk(vault: Vault, case: Case | None = None, **values: object) -> Conversation:
    """Save a conversation, at a case when one is given."""
    given = {"id": NEW, "on": date(2025, 3, 4), "minutes": 30} | values
    if case is not None:
        given |= {"case": case.id, "client": case.client}
    return save_conversation(vault, Conversation(**given), now=NOW)  # type: ignore[arg-type]
