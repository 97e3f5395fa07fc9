"""Locking, opening, damage and leaving: nothing typed is lost, nothing of the work stays on the screen."""

from __future__ import annotations

import shutil
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.vault_kit import NOW, PHRASE, SMALL, make
from vpdesk.app import told
from vpdesk.domain.errors import KeyringLockedError
from vpdesk.operations import conversations
from vpdesk.operations.backups import make_backup
from vpdesk.operations.clients import add_client
from vpdesk.operations.older import OLDER
from vpdesk.operations.places import usual_place
from vpdesk.operations.vaults import open_vault
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk
from vpdesk.ui.help import AboutDialog
from vpdesk.ui.idle import Idle
from vpdesk.ui.pages.page import Page
from vpdesk.ui.screens.damaged import DamagedScreen
from vpdesk.ui.screens.frame import Blank
from vpdesk.ui.screens.lock import LockScreen
from vpdesk.ui.worker import SORRY

if TYPE_CHECKING:
    from tests.ui.stage import Stage

from tests.vault_kit import Made

pytestmark = pytest.mark.window


@pytest.fixture
def kit(stage: Stage) -> Made:
    """A vault with one organisation and a copy beside it, closed."""
    folder = stage.session.door.folder
    folder.parent.mkdir(parents=True)
    made, vault = make(folder)
    add_client(vault, name="Gemeente Esdoornveen")
    make_backup(vault, places=(usual_place(folder),), now=NOW)
    vault.close()
    stage.keychain = made.keychain
    return made


def locked(stage: Stage, reason: str = "") -> LockScreen:
    stage.session.begin(locked=reason)
    return cast("LockScreen", stage.screen(LockScreen))


def opened(stage: Stage) -> Desk:
    screen = locked(stage)
    stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    stage.press(screen.open)
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    return desk


def words_on(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_passphrase_opens_the_vault(stage: Stage, kit: Made) -> None:
    desk = opened(stage)
    assert desk.place == Place(PageName.VANDAAG)
    assert stage.window.windowTitle() == "vpdesk"


def test_the_lock_screen_has_one_field_and_it_is_focused(stage: Stage, kit: Made) -> None:
    screen = locked(stage)
    stage.window.activateWindow()
    stage.until(screen.passphrase.hasFocus)
    assert "Esdoornveen" not in words_on(screen)


def test_a_wrong_passphrase_is_said_and_kept_selected(stage: Stage, kit: Made) -> None:
    screen = locked(stage)
    stage.qtbot.keyClicks(screen.passphrase, "een kop thee")
    stage.press(screen.open)
    stage.settle()
    assert screen.field.error.startswith("Deze wachtzin past niet")
    assert screen.passphrase.selectedText() == "een kop thee"
    assert screen.open.isEnabled()


def test_the_fourth_wrong_passphrase_makes_one_wait(stage: Stage, kit: Made) -> None:
    screen = locked(stage)
    for _ in range(4):
        screen.passphrase.setText("een kop thee")
        stage.press(screen.open)
        stage.settle()
    assert not screen.open.isEnabled()
    assert "30 seconden" in screen.field.error
    stage.now += timedelta(seconds=12)
    stage.until(lambda: "18 seconden" in screen.field.error)
    stage.now += timedelta(seconds=20)
    stage.until(screen.open.isEnabled)
    screen.passphrase.setText(PHRASE)
    stage.press(screen.open)
    stage.screen(Desk)


def test_the_words_open_the_vault_and_a_passphrase_is_asked_for(stage: Stage, kit: Made) -> None:
    screen = locked(stage)
    stage.press(screen.other)
    stage.qtbot.keyClicks(screen.words, " ".join(kit.words))
    stage.press(screen.open_words)
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    assert desk.place == Place(PageName.KLUIS)
    assert "herstelwoorden" in words_on(desk)


def test_the_words_open_an_older_vault_and_the_keyring_says_so(stage: Stage, kit: Made) -> None:
    folder = stage.session.door.folder
    shutil.copytree(folder, stage.root / "eerder")
    with open_vault(folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW) as vault, vault.transaction():
        vault.settings.put("proef", "later")
    shutil.rmtree(folder)
    shutil.copytree(stage.root / "eerder", folder)
    screen = locked(stage)
    stage.press(screen.other)
    screen.words.setPlainText(" ".join(kit.words))
    stage.press(screen.open_words)
    desk = cast("Desk", stage.screen(Desk))
    stage.until(lambda: OLDER in words_on(desk))
    stage.settle()
    assert "Kijk bij Controles: Openen" in " ".join(w.accessibleName() for w in desk.findChildren(QWidget))


def test_mistyped_words_are_said_below_them_and_kept(stage: Stage, kit: Made) -> None:
    screen = locked(stage)
    stage.press(screen.other)
    stage.qtbot.keyClicks(screen.words, " ".join(kit.words[:15]))
    stage.press(screen.open_words)
    stage.settle()
    assert screen.words_field.error
    assert screen.words.toPlainText() == " ".join(kit.words[:15])
    screen.words.setPlainText(" ".join((*kit.words[:4], "qqqq", *kit.words[5:])))
    stage.press(screen.open_words)
    stage.settle()
    assert screen.words.textCursor().selectedText() == "qqqq", "the word that the sentence names"


def test_a_changed_keyring_asks_for_the_words(stage: Stage, kit: Made) -> None:
    stage.keychain = MemoryKeychain()
    screen = locked(stage)
    stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    stage.press(screen.open)
    stage.settle()
    assert screen.words.isVisible()
    assert "sleutelbos" in words_on(screen)


def test_a_locked_keyring_can_be_tried_again(stage: Stage, kit: Made) -> None:
    class Locked(MemoryKeychain):
        def get(self, entry: str) -> str | None:
            del entry
            raise KeyringLockedError("De sleutelbos is op slot. Ontgrendel hem en probeer het opnieuw.")

    stage.keychain = Locked()
    screen = locked(stage)
    stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    stage.press(screen.open)
    stage.settle()
    assert "op slot" in words_on(screen)
    stage.keychain = kit.keychain
    stage.press(screen.open)
    stage.screen(Desk)


def test_locking_blanks_at_once_and_keeps_what_was_typed(stage: Stage, kit: Made) -> None:
    desk = opened(stage)

    class Typing(Page):
        title = "Proef"

        def refresh(self) -> None:
            """Nothing to ask."""

        def unsaved(self) -> tuple[str, str] | None:
            return "proef", "half een zin"

    desk._pages[PageName.GESPREK] = Typing(desk.context)
    desk.commands.lock.trigger()
    assert isinstance(stage.window.screen_, Blank)
    assert not words_on(stage.window)
    stage.until(lambda: stage.ends)
    assert stage.ends[0].startswith("Om 10:00")
    kept = []
    stage.worker.open(lambda: stage.session.door.open(passphrase=PHRASE), lambda _vault: None, _fail)
    stage.worker.run(lambda vault: conversations.draft(vault, "proef"), kept.append, _fail)
    stage.settle()
    assert kept[0].text == "half een zin"


def test_locking_from_a_dialog_takes_the_dialog_away_at_once(stage: Stage, kit: Made) -> None:
    desk = opened(stage)
    desk.commands.about.trigger()
    dialog = desk.findChild(AboutDialog)
    assert dialog is not None
    stage.until(dialog.isActiveWindow)
    stage.qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [stage.window]
    assert isinstance(stage.window.screen_, Blank)
    stage.until(lambda: stage.ends)


def test_a_draft_that_cannot_be_written_stays_in_memory_and_is_said(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vpdesk.domain.errors import VaultError  # noqa: PLC0415
    from vpdesk.ui.unsaved import Typed  # noqa: PLC0415

    def full(*_: object, **__: object) -> None:
        raise VaultError("De schijf is vol.")

    opened(stage)
    monkeypatch.setattr(Typed, "save", full)
    stage.session.locking.lock()
    stage.settle()
    assert not stage.ends
    assert "staat nog in het geheugen" in words_on(stage.window)
    monkeypatch.undo()
    again = next(
        button for button in stage.window.findChildren(QWidget) if button.accessibleName() == "Opnieuw proberen"
    )
    stage.press(again)
    stage.until(lambda: stage.ends)


def _fail(error: Exception) -> None:
    raise error


def test_closing_the_window_closes_the_vault_and_makes_a_due_copy(stage: Stage, kit: Made) -> None:
    desk = opened(stage)
    stage.worker.run(lambda vault: add_client(vault, name="Zorggroep Merelhof"), lambda _c: None, desk.show_failure)
    stage.settle()
    stage.now += timedelta(hours=2)
    before = len(list(usual_place(stage.session.door.folder).iterdir()))
    stage.window.close()
    stage.until(lambda: stage.ends == ["uit"])
    assert len(list(usual_place(stage.session.door.folder).iterdir())) == before + 1
    stage.session.door.open(passphrase=PHRASE).close()


@pytest.mark.parametrize(("how", "copies"), [("quit", 1), ("lock", 0)])
def test_quitting_always_copies_what_changed_and_locking_once_an_hour(
    stage: Stage, kit: Made, how: str, copies: int
) -> None:
    desk = opened(stage)
    stage.worker.run(lambda vault: add_client(vault, name="Zorggroep Merelhof"), lambda _c: None, desk.show_failure)
    stage.settle()
    stage.now += timedelta(minutes=5)
    before = len(list(usual_place(stage.session.door.folder).iterdir()))
    getattr(desk.commands, how).trigger()
    stage.until(lambda: stage.ends)
    assert len(list(usual_place(stage.session.door.folder).iterdir())) == before + copies


def test_not_using_it_locks(stage: Stage, kit: Made) -> None:
    opened(stage)
    stage.now += timedelta(minutes=stage.preferences.idle_minutes)
    stage.session.locking.idle.look()
    stage.until(lambda: stage.ends)
    assert "5 minuten zonder gebruik" in stage.ends[0]


def test_sleep_counts_as_not_being_used_and_use_postpones(qtbot: object) -> None:
    now, steady, told = [NOW], [0.0], []
    idle = Idle(lambda: 5, lambda: now[0], lambda: steady[0])
    idle.elapsed.connect(lambda: told.append(True))
    steady[0] += 299
    idle.look()
    assert not told
    idle.used()
    steady[0] += 299
    idle.look()
    assert not told
    now[0] += timedelta(minutes=6)  # the steady clock stood still during sleep
    idle.look()
    assert told == [True]


def test_a_wall_clock_set_back_does_not_keep_it_open(qtbot: object) -> None:
    now, steady, told = [NOW], [0.0], []
    idle = Idle(lambda: 5, lambda: now[0], lambda: steady[0])
    idle.elapsed.connect(lambda: told.append(True))
    now[0] -= timedelta(days=1)
    steady[0] += 301
    idle.look()
    assert told == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the steady clock stands still, or counts sleep itself")
def test_a_wall_clock_set_back_during_sleep_does_not_keep_it_open(
    qtbot: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, awake, asleep, told = [NOW], [0.0], [0.0], []
    clocks = {time.CLOCK_MONOTONIC: lambda: awake[0], time.CLOCK_BOOTTIME: lambda: awake[0] + asleep[0]}
    monkeypatch.setattr(time, "monotonic", clocks[time.CLOCK_MONOTONIC])
    monkeypatch.setattr(time, "clock_gettime", lambda clock: clocks[clock]())
    idle = Idle(lambda: 5, lambda: now[0])
    idle.elapsed.connect(lambda: told.append(True))
    now[0] -= timedelta(hours=1)
    asleep[0] += 301
    idle.look()
    assert told == [True]


def test_a_damaged_vault_offers_the_copies_and_is_left_alone(stage: Stage, kit: Made) -> None:
    kit.database.write_bytes(b"")
    screen = locked(stage)
    stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    stage.press(screen.open)
    damaged = cast("DamagedScreen", stage.screen(DamagedScreen))
    stage.settle()
    assert damaged.go.isEnabled()
    assert "20 januari" in damaged.go.text()
    assert "nieuwe, lege kluis" in words_on(damaged)
    assert kit.database.read_bytes() == b""


def test_the_chosen_copy_is_put_back_with_the_words(stage: Stage, kit: Made) -> None:
    kit.database.write_bytes(b"")
    stage.session.show_damage("Het gegevensbestand van deze kluis is leeg.")
    damaged = cast("DamagedScreen", stage.screen(DamagedScreen))
    stage.settle()
    stage.press(damaged.go)
    stage.qtbot.keyClicks(damaged.words, " ".join(kit.words))
    stage.qtbot.keyClicks(damaged.passphrase, "een nieuwe lange zin")
    stage.press(damaged.none_later)
    stage.press(damaged.put_back)
    assert damaged.again_field.error == "Typ dezelfde wachtzin nog een keer."
    assert stage.window.focusWidget() is damaged.again
    stage.qtbot.keyClicks(damaged.again, "een andere")
    assert damaged.again_field.error == "De twee zinnen zijn nog niet gelijk."
    damaged.again.clear()
    stage.qtbot.keyClicks(damaged.again, "een nieuwe lange zin")
    assert damaged.again_field.error == ""
    stage.press(damaged.put_back)
    desk = stage.screen(Desk)
    stage.settle()
    assert "Kies bij ‘Openen op deze laptop’" not in words_on(desk), "the passphrase was chosen a moment ago"
    stage.worker.close()
    stage.session.door.open(passphrase="een nieuwe lange zin").close()


def test_wrong_words_put_nothing_back(stage: Stage, kit: Made) -> None:
    stage.session.show_damage("Het gegevensbestand van deze kluis is leeg.")
    damaged = cast("DamagedScreen", stage.screen(DamagedScreen))
    stage.settle()
    stage.press(damaged.go)
    stage.qtbot.keyClicks(damaged.words, "molen " * 4 + "qqqq " + "molen " * 11)
    stage.press(damaged.put_back)
    stage.settle()
    assert damaged.words_field.error.startswith("Woord 5, ‘qqqq’")
    assert damaged.words.textCursor().selectedText() == "qqqq"
    assert damaged.put_back.isEnabled()
    assert isinstance(stage.window.screen_, DamagedScreen)


def test_a_vault_whose_keys_are_gone_shows_what_is_safe(stage: Stage, kit: Made) -> None:
    kit.key_file.write_bytes(b"x")
    stage.session.begin()
    stage.screen(DamagedScreen)


def test_restoring_from_the_desk_closes_the_vault_and_can_go_back(stage: Stage, kit: Made) -> None:
    desk = opened(stage)
    desk.commands.restore.trigger()
    screen = cast("DamagedScreen", stage.screen(DamagedScreen))
    stage.settle()
    stage.press(screen.quit)
    stage.until(lambda: stage.ends == ["De kluis is dicht."])
    assert isinstance(stage.window.screen_, DamagedScreen), "the lock screen is that of the next process"


def test_a_bug_is_told_in_one_sentence_without_its_content(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    loud: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *found: loud.append(found))
    desk = opened(stage)
    hook = told(stage.session)
    hook(KeyError, KeyError("Kievit"), None)
    assert len(loud) == 1, "whoever looks after vpdesk still hears it"
    said = " ".join(label.text() for label in desk.findChildren(QLabel))
    assert SORRY in said
    assert "Kievit" not in said.replace("Kievit ·", "")


def test_a_bug_in_work_is_said_once_by_whoever_waited_for_it(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    loud: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *found: loud.append(found))
    desk = opened(stage)
    hook = told(stage.session)
    monkeypatch.setattr(sys, "excepthook", hook)
    said: list[str] = []
    stage.worker.before(lambda: _fail(KeyError("Kievit")), lambda _: None, lambda error: said.append(error.sentence))
    stage.until(lambda: loud)
    assert said == [SORRY]
    assert SORRY not in [label.text() for label in desk.findChildren(QLabel)]
    hook(KeyError, KeyError("Kievit"), None)
    assert SORRY in [label.text() for label in desk.findChildren(QLabel)]


def test_a_bug_while_the_vault_opens_does_not_shut_the_lock_screen_for_good(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a keyring whose entry holds bytes that are no text."""
    screen = locked(stage)
    entry = b"\xff"
    monkeypatch.setattr(kit.keychain, "get", lambda _entry: entry.decode())
    stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    with stage.qtbot.captureExceptions() as loud:
        stage.press(screen.open)
        stage.until(lambda: loud)
    assert loud[0][0] is UnicodeDecodeError
    stage.until(lambda: SORRY in words_on(stage.window))
    assert not screen.progress.isVisible()
    monkeypatch.undo()
    stage.press(screen.open)
    stage.screen(Desk)


def test_small_stretching_is_for_tests_only(stage: Stage) -> None:
    assert stage.session.door.kdf == SMALL
    from vpdesk.ui.door import Door  # noqa: PLC0415

    assert Door(stage.root, lambda: None, lambda: NOW).kdf is None
