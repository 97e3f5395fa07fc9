"""A folder that was named and holds no vault: what is there is said, and nothing is made before the user asks."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import made
from vpdesk.ui.desk import Desk
from vpdesk.ui.screens.damaged import DamagedScreen
from vpdesk.ui.screens.lock import LockScreen
from vpdesk.ui.screens.no_vault import NoVaultScreen
from vpdesk.ui.screens.wizard import Wizard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.stage import Stage

pytestmark = pytest.mark.window


def asked(stage: Stage) -> NoVaultScreen:
    stage.session.begin(expected=True)
    screen = stage.screen(NoVaultScreen)
    assert isinstance(screen, NoVaultScreen)
    return screen


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


@pytest.mark.parametrize(
    ("stands", "words", "usable"),
    [
        ("nothing", "is er niet", True),
        ("empty", "is leeg", True),
        ("file", "is een bestand", False),
        ("foreign", "staan andere bestanden", False),
    ],
)
def test_what_stands_there_is_said_with_what_to_do(stage: Stage, stands: str, words: str, usable: bool) -> None:
    folder = stage.session.door.folder
    folder.parent.mkdir(parents=True)
    if stands == "file":
        folder.write_text("brief")
    elif stands != "nothing":
        folder.mkdir()
    if stands == "foreign":
        (folder / "brief.txt").write_text("brief")
    before = names(stage.root)
    screen = asked(stage)
    assert words in screen.sentence
    assert str(folder) in screen.sentence
    assert "Er is niets veranderd." in screen.sentence
    assert screen.choose.hasFocus() or stage.window.focusWidget() is screen.choose
    assert (screen.new.isVisible(), screen.copy.isVisible()) == (usable, usable)
    assert names(stage.root) == before


def test_other_things_in_the_usual_folder_are_never_begun_on(stage: Stage) -> None:
    folder = stage.session.door.folder
    folder.mkdir(parents=True)
    (folder / "brief.txt").write_text("brief")
    stage.session.begin()
    stage.screen(NoVaultScreen)


def test_a_first_start_still_begins_with_the_wizard(stage: Stage) -> None:
    stage.session.begin()
    stage.screen(Wizard)


def test_a_new_vault_or_a_copy_comes_here_when_the_user_says_so(stage: Stage) -> None:
    stage.press(asked(stage).new)
    wizard = stage.screen(Wizard)
    assert isinstance(wizard, Wizard)
    assert wizard.place_step.folder == stage.session.door.folder
    stage.press(asked(stage).copy)
    copies = stage.screen(DamagedScreen)
    assert isinstance(copies, DamagedScreen)
    copies.leave.emit()
    stage.screen(NoVaultScreen)


def test_the_folder_of_the_vault_is_chosen_and_remembered(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = stage.root / "elders"
    elsewhere.mkdir()
    monkeypatch.setattr("vpdesk.ui.screens.no_vault.ask_folder", lambda *_: elsewhere)
    stage.press(asked(stage).choose)
    stage.until(lambda: isinstance(stage.window.screen_, NoVaultScreen) and "is leeg" in stage.window.screen_.sentence)
    assert stage.preferences.folder is None
    elsewhere.rmdir()
    made(elsewhere)
    screen = stage.screen(NoVaultScreen)
    assert isinstance(screen, NoVaultScreen)
    stage.press(screen.choose)
    stage.screen(LockScreen)
    assert stage.preferences.folder == elsewhere


def test_a_practice_vault_that_is_there_opens_at_once(stage: Stage, practice_folder: Path) -> None:
    shutil.copytree(practice_folder, stage.session.door.folder)
    stage.session.begin(expected=True)
    stage.screen(Desk)
