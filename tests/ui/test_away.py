"""The user left, says the system: blank, keep what was typed, replace the process at once; the copy comes later."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from tests.vault_kit import NOW, PHRASE, Made
from vpdesk.domain.cases import Case, Draft
from vpdesk.domain.errors import VaultError
from vpdesk.operations import conversations
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import clients
from vpdesk.operations.elsewhere import read_elsewhere
from vpdesk.operations.places import usual_place
from vpdesk.store.drafts import DraftStore
from vpdesk.store.findings import FindingStore
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.remains import RemainsStore
from vpdesk.ui import copies, locking, session
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk
from vpdesk.ui.dialog_text import STOOD, TextDialog, drafts_of_dialogs, typed_in_dialog
from vpdesk.ui.models.drafts import TalkDraft
from vpdesk.ui.pages.case_dialogs import StepDialog
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.import_dialog import ImportDialog
from vpdesk.ui.pages.new_case import NewCaseDialog
from vpdesk.ui.pages.page import Unkept
from vpdesk.ui.pages.report import ReportPage
from vpdesk.ui.pages.text_elsewhere import fetch
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.pages.vault_dialogs import AllWordsForm
from vpdesk.ui.screens.damaged import DamagedScreen
from vpdesk.ui.screens.frame import Blank
from vpdesk.ui.screens.lock import LockScreen
from vpdesk.ui.screens.stuck import Stuck
from vpdesk.ui.system.port import Away
from vpdesk.ui.unsaved import Typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.ui.stage import Stage
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.window

TYPED = "Belt vanaf een eigen telefoon."
FULL = "De schijf is vol. Wat al bewaard was, is bewaard. Maak ruimte vrij en probeer het opnieuw."


class Watched:
    """In the place of the system: tells what a test wants, and knows whether it was asked to."""

    def __init__(self) -> None:
        self.tell: Callable[[Away], None] | None = None
        self.starts = 0

    def start(self, away: Callable[[Away], None]) -> None:
        self.starts += 1
        self.tell = away

    def stop(self) -> None:
        self.tell = None


@pytest.fixture
def watched(stage: Stage) -> Watched:
    made = Watched()
    stage.session.locking.make_watch = lambda _window: made
    return made


def opened(stage: Stage, watched: Watched | None = None, *, reason: str = "") -> Desk:
    stage.session.begin(locked=reason)
    screen = cast("LockScreen", stage.screen(LockScreen))
    stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    stage.press(screen.open)
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    if watched is not None:
        stage.until(lambda: watched.tell)
    return desk


def talking(stage: Stage) -> ConversationPage:
    stage.desk.commands.new_conversation.trigger()
    stage.settle()
    page = stage.desk.page
    assert isinstance(page, ConversationPage)
    stage.qtbot.keyClicks(page.writing, TYPED)
    return page


def writing_on(stage: Stage) -> ConversationPage:
    """Take up the last draft, as Vandaag offers it."""
    today = stage.desk.page
    assert isinstance(today, TodayPage)
    stage.until(today.draft.isVisible)
    stage.press(today.draft.go_on)
    stage.settle()
    page = stage.desk.page
    assert isinstance(page, ConversationPage)
    return page


def copies_of(stage: Stage) -> int:
    place = usual_place(stage.session.door.folder)
    return len(list(place.iterdir())) if place.exists() else 0


def words_on(stage: Stage) -> str:
    return " ".join(label.text() for label in stage.window.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("why", Away)
def test_it_blanks_keeps_the_text_makes_no_copy_and_says_why(
    stage: Stage, kit: Made, watched: Watched, again: Stage, why: Away
) -> None:
    opened(stage, watched)
    talking(stage)
    assert watched.tell is not None
    watched.tell(why)
    assert isinstance(stage.window.screen_, Blank)
    assert not words_on(stage)
    stage.until(lambda: stage.ends)
    assert stage.ends == [f"Om 10:00, {why.value}.\nWat u typte, is bewaard."]
    assert watched.tell is not None, "sleep waits until the process is replaced"
    assert copies_of(stage) == 0
    again.keychain = kit.keychain
    opened(again, reason=stage.ends[0])
    page = writing_on(again)
    again.until(lambda: page.writing.toPlainText() == TYPED)


def test_a_copy_that_was_due_is_made_behind_the_desk_after_opening(
    stage: Stage, kit: Made, again: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(stage)
    stage.session.locking.away(Away.SLEEP)
    stage.until(lambda: stage.ends)
    assert copies_of(stage) == 0
    monkeypatch.setattr(session, "_COPY_AFTER", 1)
    again.keychain = kit.keychain
    desk = opened(again)
    again.until(lambda: copies_of(again) == 1)
    again.settle()
    assert again.window.screen_ is desk
    assert "Reservekopie 10:00" in words_on(again)


def test_a_copy_behind_the_desk_that_fails_is_said(stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise VaultError(FULL)

    monkeypatch.setattr(session, "_COPY_AFTER", 1)
    monkeypatch.setattr(copies, "backup_now", full)
    opened(stage)
    stage.until(lambda: FULL in words_on(stage))


def test_no_copy_begins_behind_a_window_that_locks(stage: Stage, kit: Made) -> None:
    desk = opened(stage)
    stage.session.locking.away(Away.LOCKED)
    stage.session._copy_behind(desk)
    stage.until(lambda: stage.ends)
    assert copies_of(stage) == 0


def test_leaving_while_a_lock_makes_its_copy_ends_the_copy(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The laptop closes on a stick that is slow: the key must not wait for it."""
    begun = threading.Event()

    def slow(*_: object, progress: Callable[[int, int], None], **__: object) -> None:
        begun.set()
        for page in range(10**9):
            progress(page, 10**9)

    opened(stage)
    monkeypatch.setattr(copies, "backup_now", slow)
    monkeypatch.setattr(locking, "_COPY_AT_MOST", 10**8)
    stage.session.locking.lock()
    stage.until(begun.is_set)
    assert not stage.ends
    stage.session.locking.away(Away.LID)
    stage.until(lambda: stage.ends)
    assert len(stage.ends) == 1


def test_a_copy_that_takes_too_long_is_given_up(stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[bool] = []

    def slow(*_: object, progress: Callable[[int, int], None], **__: object) -> None:
        try:
            for page in range(10**9):
                progress(page, 10**9)
        finally:
            stopped.append(True)

    assert locking._COPY_AT_MOST == 10_000
    opened(stage)
    monkeypatch.setattr(copies, "backup_now", slow)
    monkeypatch.setattr(locking, "_COPY_AT_MOST", 20)
    monkeypatch.setattr(locking, "_GRACE", 10**8)
    stage.session.locking.lock()
    stage.until(lambda: stage.ends)
    assert stopped


def test_a_copy_to_a_place_that_hangs_does_not_keep_the_key_in_memory(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = threading.Event()
    opened(stage)
    monkeypatch.setattr(copies, "backup_now", lambda *_, **__: free.wait())
    for name, value in {"_COPY_AT_MOST": 20, "_GRACE": 20, "_HASTE": 0.1}.items():
        monkeypatch.setattr(locking, name, value)
    stage.session.locking.lock()
    stage.until(lambda: stage.ends)
    assert not free.is_set()
    free.set()
    assert len(stage.ends) == 1


def test_leaving_before_the_copy_of_a_lock_began_skips_it(stage: Stage, kit: Made) -> None:
    opened(stage)
    stage.session.locking.lock()
    stage.session.locking.away(Away.SLEEP)
    stage.until(lambda: stage.ends)
    assert copies_of(stage) == 0


def test_a_text_that_cannot_be_kept_stays_and_sleep_need_not_wait(
    stage: Stage, kit: Made, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise VaultError(FULL)

    opened(stage, watched)
    talking(stage)
    monkeypatch.setattr(DraftStore, "put", full)
    assert watched.tell is not None
    watched.tell(Away.SLEEP)
    stage.until(lambda: "staat nog in het geheugen" in words_on(stage))
    assert watched.tell is None
    assert not stage.ends
    monkeypatch.undo()
    stage.session.locking.away(Away.SLEEP)
    assert not stage.ends, "once more changes nothing"
    stage.press(_button(stage, "Opnieuw proberen"))
    stage.until(lambda: stage.ends)


@pytest.mark.parametrize("how", ["conversation", "finding"])
def test_a_text_whose_own_saving_failed_before_is_not_given_up_by_locking(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """What was sent to the vault and did not arrive must not be taken for kept."""

    def full(*_: object, **__: object) -> None:
        raise VaultError(FULL)

    opened(stage)
    if how == "conversation":
        monkeypatch.setattr(DraftStore, "put", full)
        talking(stage).save_draft()
    else:
        monkeypatch.setattr(FindingStore, "put", full)
        stage.desk.navigate(Place(PageName.JAARVERSLAG))
        page = stage.desk.page
        assert isinstance(page, ReportPage)
        stage.until(lambda: page.prepared is not None and page.findings.text.isEnabled() and page.findings.chapter)
        stage.qtbot.keyClicks(page.findings.text, TYPED)
        assert page.findings.dirty
    stage.session.locking.lock()
    stage.until(lambda: "staat nog in het geheugen" in words_on(stage))
    assert not stage.ends
    monkeypatch.undo()
    stage.press(_button(stage, "Opnieuw proberen"))
    stage.until(lambda: stage.ends)
    kept: list[str] = []
    stage.worker.open(lambda: stage.session.door.open(passphrase=PHRASE), lambda _vault: None, _fail)
    if how == "conversation":
        stage.worker.run(conversations.drafts, lambda found: kept.extend(draft.text for draft in found), _fail)
    else:
        rows = "SELECT text FROM findings"
        stage.worker.run(lambda vault: [row[0] for row in vault.connection.execute(rows)], kept.extend, _fail)
    stage.settle()
    assert any(TYPED in text for text in kept)


@pytest.fixture
def stuck(stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], Stuck]:
    """Leave or lock with a text that the vault does not take."""

    def full(*_: object, **__: object) -> None:
        raise VaultError(FULL)

    def begin(leaving: bool) -> Stuck:
        opened(stage)
        talking(stage)
        monkeypatch.setattr(DraftStore, "put", full)
        if not leaving:
            dialog = QDialog(stage.desk)
            line = QLineEdit(dialog)
            dialog.open()
            stage.qtbot.keyClicks(line, "half een naam")
        (stage.desk.commands.quit if leaving else stage.desk.commands.lock).trigger()
        stage.until(lambda: stage.window.findChildren(Stuck))
        stage.settle()
        (found,) = stage.window.findChildren(Stuck)
        stage.until(found.isVisible)
        assert "De schijf is vol" in found.message.accessibleName()
        assert TYPED not in words_on(stage)
        return found

    return begin


@pytest.mark.parametrize("leaving", [True, False])
def test_a_text_that_holds_up_the_end_can_be_kept_elsewhere(
    stage: Stage,
    stuck: Callable[[bool], Stuck],
    again: Stage,
    kit: Made,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    leaving: bool,
) -> None:
    blank = stuck(leaving)
    folder = tmp_path / "stick"
    monkeypatch.setattr("vpdesk.ui.screens.stuck.ask_folder", lambda *_: None)
    stage.press(blank.elsewhere)
    monkeypatch.setattr("vpdesk.ui.screens.stuck.ask_folder", lambda *_: folder)
    stage.press(blank.elsewhere)
    stage.until(lambda: "kan niet worden geschreven" in blank.message.accessibleName())
    assert blank.retry.isEnabled()
    folder.mkdir()
    stage.press(blank.elsewhere)
    if leaving:
        stage.until(blank.close_.isVisible)
        assert not stage.ends, "where it is must be read first"
        assert str(folder) in blank.message.accessibleName()
        stage.press(blank.close_)
    stage.until(lambda: stage.ends)
    (file,) = folder.iterdir()
    assert TYPED.encode() not in file.read_bytes()
    if leaving:
        assert stage.ends == ["uit"]
    else:
        assert str(file) in stage.ends[0]
        assert "is bewaard" not in stage.ends[0]
        assert "klein venster typte, is niet bewaard" in stage.ends[0]
    monkeypatch.undo()
    again.keychain = kit.keychain
    fetch(opened(again).context, file)
    again.settle()
    page = again.desk.page
    assert isinstance(page, ConversationPage)
    again.until(lambda: page.writing.toPlainText() == TYPED)


@pytest.mark.parametrize("by", ["button", "keys", "window"])
def test_a_text_is_given_up_only_when_asked_twice(stage: Stage, stuck: Callable[[bool], Stuck], by: str) -> None:
    blank = stuck(by != "keys")

    def wish() -> None:
        if by == "button":
            stage.press(blank.let_go)
        elif by == "keys":
            stage.window.activateWindow()  # or keys are no shortcuts
            stage.until(stage.window.isActiveWindow)
            stage.keys("Ctrl+Q")
        else:
            stage.window.close()

    wish()
    stage.until(blank.yes.isVisible)
    assert blank.back.hasFocus() or stage.window.focusWidget() is blank.back, "Enter gives nothing up"
    stage.press(blank.back)
    stage.until(lambda: blank.retry.isVisible() and not blank.yes.isVisible())
    assert not stage.ends
    wish()
    stage.until(blank.yes.isVisible)
    stage.press(blank.yes)
    stage.until(lambda: stage.ends == ["uit"])
    assert copies_of(stage) == 0


def test_findings_that_the_vault_does_not_take_are_kept_elsewhere_too(stage: Stage, kit: Made, tmp_path: Path) -> None:
    opened(stage)
    typed = Typed((("snel", "een"),), (Unkept(_fail, "twee"),), NOW)  # type: ignore[arg-type] # work that fails
    files: list[Path] = []
    stage.worker.run(lambda vault: typed.keep_in(vault, tmp_path), files.extend, _fail)
    stage.until(lambda: files)
    texts: list[str] = []
    stage.worker.run(lambda vault: [read_elsewhere(vault, file).text for file in files], texts.extend, _fail)
    stage.until(lambda: texts)
    assert texts == ["een", "twee"]


def test_a_clock_set_back_does_not_postpone_the_lock_of_a_window(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    steady = [0.0]
    monkeypatch.setattr(stage.session.locking.idle, "_steady", lambda: steady[0])
    opened(stage)
    stage.now -= timedelta(days=3650)
    steady[0] += stage.preferences.idle_minutes * 60 - 1
    stage.session.locking.idle.look()
    assert isinstance(stage.window.screen_, Desk)
    steady[0] += 1
    stage.session.locking.idle.look()
    assert isinstance(stage.window.screen_, Blank)
    stage.until(lambda: stage.ends)


def test_a_keyring_that_hangs_does_not_keep_the_key_in_memory(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = threading.Event()

    class Hanging(MemoryKeychain):
        def put(self, entry: str, secret: str) -> None:
            del entry, secret
            free.wait()

    hanging = Hanging()
    hanging._secrets = kit.keychain._secrets
    stage.keychain = hanging
    monkeypatch.setattr(locking, "_HASTE", 0.2)
    monkeypatch.setattr(locking, "_PATIENCE", 10_000.0)
    opened(stage)
    talking(stage)  # a change, of which the keyring is told at closing
    stage.session.locking.away(Away.SLEEP)
    stage.until(lambda: stage.ends)
    assert not free.is_set()
    free.set()


def test_the_watch_begins_with_the_desk(stage: Stage, kit: Made, watched: Watched) -> None:
    stage.session.begin()
    stage.screen(LockScreen)
    stage.settle()
    assert watched.starts == 0
    stage.session.locking.away(Away.LOCKED)
    assert isinstance(stage.window.screen_, LockScreen)
    assert not stage.ends, "there is nothing in memory yet"
    opened(stage, watched)
    assert watched.starts == 1


def test_leaving_while_copies_are_shown_replaces_the_process_too(stage: Stage, kit: Made, watched: Watched) -> None:
    """The vault is closed then, and what was read from it is still in memory."""
    desk = opened(stage, watched)
    desk.commands.restore.trigger()
    stage.screen(DamagedScreen)
    stage.settle()
    assert watched.tell is not None
    watched.tell(Away.LID)
    stage.until(lambda: stage.ends)
    assert Away.LID.value in stage.ends[0]


def test_a_desk_that_cannot_be_left_for_a_copy_is_watched_again(
    stage: Stage, kit: Made, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise VaultError(FULL)

    desk = opened(stage, watched)
    talking(stage)
    monkeypatch.setattr(DraftStore, "put", full)
    desk.commands.restore.trigger()
    stage.until(lambda: FULL in words_on(stage))
    assert watched.tell is not None
    assert stage.session.locking.idle._timer.isActive()


def test_what_stands_in_the_quick_field_comes_back(stage: Stage, kit: Made, again: Stage) -> None:
    opened(stage)
    page = stage.desk.page
    assert isinstance(page, TodayPage)
    stage.qtbot.keyClicks(page.quick.text, TYPED)
    stage.session.locking.away(Away.SWITCHED)
    stage.until(lambda: stage.ends)
    again.keychain = kit.keychain
    opened(again)
    page = again.desk.page
    assert isinstance(page, TodayPage)
    field = page.quick.text
    assert isinstance(field, QPlainTextEdit)
    again.until(lambda: field.toPlainText() == TYPED)


def test_what_stands_in_the_lines_beside_a_conversation_comes_back(stage: Stage, kit: Made, again: Stage) -> None:
    opened(stage)
    page = talking(stage)
    page.go_forward()
    stage.settle()
    stage.qtbot.keyClicks(page.panel.next_step, "Terugbellen over de brief")
    stage.qtbot.keyClicks(page.panel.agreements, "Belt maandag")
    page.panel.next_on.set_day(NOW.date() + timedelta(days=3))
    stage.session.locking.away(Away.LOCKED)
    stage.until(lambda: stage.ends)
    again.keychain = kit.keychain
    opened(again)
    page = writing_on(again)
    again.qtbot.keyClicks(page.writing, " En meer.")
    page.save_draft()  # before the lines are shown again
    again.settle()
    page.go_forward()
    again.settle()
    assert page.panel.next_step.text() == "Terugbellen over de brief"
    assert page.panel.agreements.text() == "Belt maandag"
    assert page.panel.next_on.day == NOW.date() + timedelta(days=3)
    drafts: list[str] = []
    again.worker.run(conversations.drafts, lambda found: drafts.extend(draft.text for draft in found), _fail)
    again.settle()
    assert "Belt maandag" in drafts[0]


def test_a_draft_of_before_the_lines_is_read() -> None:
    written = '{"text": "a", "on": "2026-01-20", "channel": "telefoon", "minutes": 5, "case": null, "of": null, "report": false}'
    draft = Draft("gesprek", written, NOW)
    assert TalkDraft.read(draft) == TalkDraft("a", NOW.date(), channel="telefoon", minutes=5)


@pytest.mark.parametrize("typed", ["", "half een naam"])
def test_what_was_typed_in_a_dialog_is_not_called_kept(stage: Stage, kit: Made, typed: str) -> None:
    desk = opened(stage)
    dialog = QDialog(desk)
    line, text = QLineEdit(dialog), QPlainTextEdit(dialog)
    text.setPlainText("stond er al")
    dialog.open()
    stage.qtbot.keyClicks(line, typed)
    stage.session.locking.lock()
    stage.until(lambda: stage.ends)
    assert ("klein venster" in stage.ends[0]) == bool(typed)


def test_a_longer_text_in_a_dialog_counts_too(stage: Stage, kit: Made) -> None:
    dialog = QDialog(opened(stage))
    text = QPlainTextEdit(dialog)
    dialog.open()
    stage.qtbot.keyClicks(text, "half een zin")
    stage.session.locking.lock()
    stage.until(lambda: stage.ends)
    assert "klein venster typte niet" in stage.ends[0]


def test_a_text_in_a_dialog_of_a_case_is_kept_and_offered_back(
    stage: Stage, kit: Made, again: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "OFFER_AFTER", 1)
    desk = opened(stage)
    case = _case(stage)
    dialog = StepDialog(desk.context, desk, case)
    dialog.open()
    dialog.detail.clear()
    stage.qtbot.keyClicks(dialog.detail, TYPED)
    stage.session.locking.away(Away.LID)
    stage.until(lambda: stage.ends)
    assert stage.ends[0].endswith("Wat u typte, is bewaard.")
    again.keychain = kit.keychain
    desk = opened(again)
    again.until(lambda: STOOD in words_on(again))
    again.press(_button(again, "Tekst bekijken"))
    again.until(lambda: desk.findChildren(TextDialog))
    (shown,) = desk.findChildren(TextDialog)
    assert f"Toelichting: {TYPED}" in shown.text.toPlainText()
    shown.verb.click()
    assert TYPED in QApplication.clipboard().text()
    shown.away.click()
    again.until(lambda: STOOD not in words_on(again))
    left: list[object] = []
    again.worker.run(conversations.drafts, left.append, _fail)
    again.until(lambda: left)
    assert left == [()]


def test_a_text_in_a_dialog_goes_with_its_case(stage: Stage, kit: Made, again: Stage) -> None:
    desk = opened(stage)
    case = _case(stage)
    dialog = StepDialog(desk.context, desk, case)
    dialog.open()
    stage.qtbot.keyClicks(dialog.detail, TYPED)
    ((key, text),) = drafts_of_dialogs(NOW)
    dialog.close()
    left: list[object] = []

    def destroyed(vault: Vault) -> tuple[Draft, ...]:
        conversations.save_draft(vault, key=key, text=text, now=NOW)
        with vault.transaction():
            RemainsStore(vault.connection).remove_drafts(case.id)
        return conversations.drafts(vault)

    stage.worker.run(destroyed, left.append, _fail)
    stage.until(lambda: left)
    assert left == [()]


def test_what_opens_the_vault_is_never_kept_as_a_text(stage: Stage, kit: Made) -> None:
    desk = opened(stage)
    dialog = AllWordsForm(desk.context, desk, ())
    dialog.open()
    for field in dialog.findChildren(QPlainTextEdit):
        stage.qtbot.keyClicks(field, "kastanje molen zilver")
    assert typed_in_dialog(stage.window)
    assert drafts_of_dialogs(NOW) == ()


def test_what_is_typed_in_a_new_case_or_an_import_is_kept_by_name(stage: Stage, kit: Made) -> None:
    desk = opened(stage)
    dialogs = NewCaseDialog(desk.context, desk, print), ImportDialog(desk.context, desk)
    for dialog in dialogs:
        dialog.open()
    stage.settle()
    assert drafts_of_dialogs(NOW) == (), "what the form offers by itself is nobody's text"
    new_case, imported = dialogs
    stage.qtbot.keyClick(new_case.opened, Qt.Key.Key_Down)
    stage.qtbot.keyClick(new_case.role, Qt.Key.Key_Up)
    imported.client.lineEdit().selectAll()
    stage.qtbot.keyClicks(imported.client.lineEdit(), "Bakkerij De Korenaar")
    kept = " ".join(text for _, text in drafts_of_dialogs(NOW))
    assert "Geopend op: 19 januari 2026" in kept
    assert f"Rol: {new_case.role.currentText()}" in kept
    assert "Organisatie: Bakkerij De Korenaar" in kept


def _case(stage: Stage) -> Case:
    found: list[Case] = []

    def opening(vault: Vault) -> Case:
        return open_case(vault, client=clients(vault)[0].id, opened=NOW.date())

    stage.worker.run(opening, found.append, _fail)
    stage.until(lambda: found)
    return found[0]


def _button(stage: Stage, name: str) -> QWidget:
    return next(widget for widget in stage.window.findChildren(QWidget) if widget.accessibleName() == name)


def _fail(error: Exception) -> None:
    raise error
