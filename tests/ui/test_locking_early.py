"""Locking where there is no desk: while a vault is set up, and while a copy is put back."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from tests.ui.test_away import Watched, opened
from tests.ui.test_away import watched as watched  # noqa: PLC0414 - a fixture, by its name
from tests.ui.test_first_start import begun, go_on, to_words, type_back
from tests.vault_kit import PHRASE, Made
from vpdesk.operations import restoring
from vpdesk.operations.backups import make_backup
from vpdesk.operations.places import usual_place
from vpdesk.ui.door import Door
from vpdesk.ui.screens.damaged import STOPPED, DamagedScreen
from vpdesk.ui.screens.frame import Blank
from vpdesk.ui.screens.lock import LockScreen
from vpdesk.ui.screens.wizard import Wizard
from vpdesk.ui.system.port import Away

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.stage import Stage
    from vpdesk.operations.vaults import Setup
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.window


def press_ctrl_l(stage: Stage, _watched: Watched) -> None:
    stage.qtbot.keyClick(stage.window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def let_time_go_by(stage: Stage, _watched: Watched) -> None:
    stage.now += timedelta(minutes=stage.preferences.idle_minutes)
    stage.session.locking.idle.look()


def hear(why: Away) -> Callable[[Stage, Watched], None]:
    def hear(_stage: Stage, watched: Watched) -> None:
        assert watched.tell is not None
        watched.tell(why)

    return hear


WAYS = {"ctrl+l": press_ctrl_l, "time": let_time_go_by, **{why.name.lower(): hear(why) for why in Away}}


def words_on(stage: Stage) -> str:
    return " ".join(label.text() for label in stage.window.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("way", WAYS)
def test_words_that_are_shown_go_at_once_with_what_was_half_made(stage: Stage, watched: Watched, way: str) -> None:
    wizard = begun(stage)
    to_words(stage, wizard)
    stage.until(lambda: watched.tell)
    other = QDialog(stage.window)
    other.show()
    WAYS[way](stage, watched)
    assert isinstance(stage.window.screen_, Blank)
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == [stage.window]
    stage.until(lambda: stage.anew)
    assert not stage.ends
    assert not stage.session.door.folder.exists()
    assert not stage.keychain._secrets  # type: ignore[attr-defined]


def test_the_next_process_begins_anew_and_says_what_words_on_paper_are_worth(
    stage: Stage, watched: Watched, again: Stage
) -> None:
    to_words(stage, begun(stage))
    stage.session.locking.away(Away.LID)
    stage.until(lambda: stage.anew)
    again.session.begin(locked=stage.anew[0], begun=True, expected=True)
    wizard = again.screen(Wizard)
    assert isinstance(wizard, Wizard)
    assert wizard.step is wizard.place_step
    assert "is gestopt om 10:00, toen de laptop dichtging. Er is niets van bewaard." in words_on(again)
    type_back(again, wizard, to_words(again, wizard))
    go_on(again, wizard)
    again.until(lambda: again.session.desk)


def test_a_vault_that_is_being_built_when_it_locks_leaves_nothing(
    stage: Stage, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    building, go = threading.Event(), threading.Event()
    real = Door.begin_setup

    def begin(door: Door, passphrase: str) -> Setup:
        setup = real(door, passphrase)
        building.set()
        go.wait(20)
        return setup

    monkeypatch.setattr(Door, "begin_setup", begin)
    wizard = begun(stage)
    go_on(stage, wizard)
    stage.qtbot.keyClicks(wizard.passphrase_step.first, PHRASE)
    stage.qtbot.keyClicks(wizard.passphrase_step.second, PHRASE)
    stage.press(wizard.next)
    stage.until(building.is_set)
    stage.session.locking.lock()
    go.set()
    stage.until(lambda: stage.anew)
    assert not stage.session.door.folder.exists()


def test_once_the_words_opened_it_the_vault_stays_and_locks(stage: Stage, watched: Watched, again: Stage) -> None:
    wizard = begun(stage)
    elsewhere = stage.root / "elders" / "kluis"
    wizard.place_step.folder = elsewhere
    type_back(stage, wizard, to_words(stage, wizard))
    assert wizard.step is wizard.client_step
    stage.session.locking.lock()
    stage.until(lambda: stage.ends)
    assert stage.session.door.folder == elsewhere
    assert stage.preferences.folder == elsewhere
    stage.session.door.open(passphrase=PHRASE).close()


def test_before_anything_was_typed_there_is_nothing_to_lock(stage: Stage, watched: Watched) -> None:
    wizard = begun(stage)
    stage.until(lambda: watched.tell)
    for way in WAYS.values():
        way(stage, watched)
    assert stage.window.screen_ is wizard
    assert not stage.anew
    assert stage.session.locking.idle._timer.isActive()


@pytest.mark.parametrize("way", WAYS)
def test_a_desk_left_for_a_copy_locks_in_every_way(stage: Stage, kit: Made, watched: Watched, way: str) -> None:
    opened(stage, watched).commands.restore.trigger()
    stage.screen(DamagedScreen)
    stage.settle()
    WAYS[way](stage, watched)
    assert isinstance(stage.window.screen_, Blank)
    stage.until(lambda: stage.ends)
    assert stage.ends[0].startswith("Om 10:0")


def test_a_copy_that_is_being_put_back_is_stopped_and_that_is_said(
    stage: Stage, kit: Made, watched: Watched, again: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    building, go = threading.Event(), threading.Event()
    real = restoring._built

    def built(*given: object) -> Vault:
        building.set()
        go.wait(20)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(restoring, "_built", built)
    with stage.session.door.open(passphrase=PHRASE) as vault:
        make_backup(vault, places=(usual_place(stage.session.door.folder),), now=stage.now)
    opened(stage, watched).commands.restore.trigger()
    screen = stage.screen(DamagedScreen)
    assert isinstance(screen, DamagedScreen)
    stage.settle()
    stage.press(screen.go)
    stage.press(screen.put_back)
    stage.until(building.is_set)
    stage.session.locking.lock()
    assert isinstance(stage.window.screen_, Blank)
    go.set()
    stage.until(lambda: stage.ends)
    assert stage.ends[0].splitlines()[-1] == STOPPED
    again.keychain = kit.keychain
    again.session.begin(locked=stage.ends[0])
    again.screen(LockScreen)
    assert STOPPED in words_on(again)


def test_words_typed_for_a_copy_are_not_left_on_the_screen(stage: Stage, kit: Made, watched: Watched) -> None:
    stage.session.show_damage("Het gegevensbestand van deze kluis is leeg.")
    screen = stage.screen(DamagedScreen)
    assert isinstance(screen, DamagedScreen)
    stage.until(lambda: watched.tell)
    stage.session.locking.lock()
    assert stage.window.screen_ is screen
    screen.words.setPlainText("molen molen")
    press_ctrl_l(stage, watched)
    assert isinstance(stage.window.screen_, Blank)
    stage.until(lambda: stage.ends)


def test_words_typed_on_the_lock_screen_are_not_left_there(stage: Stage, kit: Made, watched: Watched) -> None:
    stage.session.begin()
    screen = stage.screen(LockScreen)
    assert isinstance(screen, LockScreen)
    stage.press(screen.other)
    assert watched.starts == 0
    stage.qtbot.keyClicks(screen.words, "molen molen")
    stage.until(lambda: watched.tell)
    assert watched.starts == 1
    stage.session.locking.away(Away.LID)
    assert isinstance(stage.window.screen_, Blank)
    stage.until(lambda: stage.ends == [f"Om 10:00, {Away.LID.value}."])
