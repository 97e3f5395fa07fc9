"""The window looks for damage once a day, in the background, and says it above every page with the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.test_session import kit, opened  # noqa: F401 - a fixture, by its name
from vpdesk.domain.errors import VaultDamagedError
from vpdesk.operations.checking import CHECKED, DAMAGED
from vpdesk.operations.vaults import open_vault
from vpdesk.store.refusals import PAGE_BYTES
from vpdesk.ui import session
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.screens.damaged import DamagedScreen
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from tests.ui.stage import Stage
    from tests.vault_kit import Made


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "CHECK_AFTER", 0)


def bars(stage: Stage, sentence: str) -> list[Message]:
    return [bar for bar in stage.desk.findChildren(Message) if bar.accessibleName() == sentence and bar.isVisible()]


def test_damage_that_nothing_has_met_yet_is_said_above_every_page(stage: Stage, kit: Made) -> None:  # noqa: F811
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=stage.now) as vault:
        page = vault.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'findings'").fetchone()[0]
    content = bytearray(kit.database.read_bytes())
    content[(page - 1) * PAGE_BYTES + 99] ^= 1  # nothing that is read on opening or shown first
    kit.database.write_bytes(content)
    opened(stage)
    stage.until(lambda: bars(stage, DAMAGED))
    stage.desk.navigate(Place(PageName.KLUIS))
    stage.settle()
    (bar,) = bars(stage, DAMAGED)
    stage.desk.show_failure(VaultDamagedError(DAMAGED))  # what a page meets later is not said twice
    assert len(bars(stage, DAMAGED)) == 1
    stage.press(bar.findChildren(Button)[0])
    stage.screen(DamagedScreen)


def test_a_sound_vault_is_checked_without_a_word(stage: Stage, kit: Made) -> None:  # noqa: F811
    opened(stage)
    found: list[str] = []

    def ask() -> bool:
        stage.worker.run(lambda vault: vault.settings.get(CHECKED), found.append, lambda _: None)
        stage.settle()
        return bool(found[-1])

    stage.until(ask)
    assert found[-1] == stage.now.isoformat()
    assert not stage.desk.findChildren(Message)
