"""Destroying a case in the window: said beforehand what goes and where it lives on, never silently, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.casework import a_case, a_talk, new_vault
from vpdesk.domain.errors import VaultError
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases, conversations, destroying, old_copies
from vpdesk.operations.backups import list_backups, make_backup
from vpdesk.operations.places import usual_place
from vpdesk.ui.context import PageName
from vpdesk.ui.copies import copy_if_due
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.case_dialogs import CloseDialog
from vpdesk.ui.pages.cases import CasesPage
from vpdesk.ui.pages.destroy_dialog import DestroyDialog
from vpdesk.ui.palette import Entry
from vpdesk.ui.widgets.messages import Message, Toast
from vpdesk.ui.worker import Progress

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pytest

    from tests.ui.pages.conftest import Opened

CLOSED = CaseFilter(phases=frozenset({Phase.AFGESLOTEN}))


def closed_case(opened: Opened) -> CasePage:
    row = opened.ask(lambda vault: cases.list_cases(vault, CLOSED, 1))[0]
    page = opened.go(PageName.CASUS, case=row.id)
    assert isinstance(page, CasePage)
    return page


def asked(opened: Opened) -> DestroyDialog:
    opened.desk.commands.case_destroy.trigger()
    opened.settle()
    return opened.child(DestroyDialog)


def said(dialog: DestroyDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def notices(opened: Opened) -> list[str]:
    return [message.accessibleName() for message in opened.desk.findChildren(Message) if message.isVisible()]


def a_copy(opened: Opened, tmp_path: Path, clock: datetime) -> Path:
    place = usual_place(tmp_path / "kluis")
    return opened.ask(lambda vault: make_backup(vault, places=(place,), now=clock.replace(day=2)).path)


def test_only_a_closed_case_offers_it(opened: Opened) -> None:
    command = opened.desk.commands.case_destroy
    row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(open_only=True), 1))[0]
    page = opened.go(PageName.CASUS, case=row.id)
    assert isinstance(page, CasePage)
    assert not command.isEnabled()
    page.destroy_case()
    opened.settle()
    assert opened.gone(DestroyDialog)
    assert "Vernietigen…" not in [button.text() for button in page.move_buttons()]
    page = closed_case(opened)
    assert command.isEnabled()
    quiet = next(button for button in page.move_buttons() if button.text() == "Vernietigen…")
    quiet.click()
    opened.settle()
    dialog = opened.child(DestroyDialog)
    opened.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    opened.until(lambda: opened.gone(DestroyDialog))
    assert page.isVisible()


def test_the_dialog_says_what_goes_what_stays_and_which_copies_hold_the_case(
    opened: Opened, tmp_path: Path, clock: datetime
) -> None:
    copy = a_copy(opened, tmp_path, clock)
    page = closed_case(opened)
    dialog = asked(opened)
    words = said(dialog)
    assert page.case_id is not None
    assert "niet ongedaan te maken" in words
    assert "Termijn voorbij?" in words
    assert "Jaar verslagen?" in words
    assert "met alle tekst" in words
    assert "Eén regel met codes per verslagjaar" in words
    assert f"{copy.parent}: vr 2 jan 2026 10:00." in words
    assert "na ongeveer een jaar" in words
    assert "Kopieën die u zelf ergens anders hebt gezet, kent vpdesk niet" in words
    assert dialog.accessibleName() == f"Casus {dialog.case.code} vernietigen"
    assert dialog.code.accessibleName() == f"Typ {dialog.case.code} om te bevestigen"
    assert dialog.renew.isChecked()
    assert not dialog.older.isChecked(), "older copies only go when that is asked"
    dialog.renew.click()
    assert not dialog.older.isEnabled()


def test_where_there_is_little_room_it_begins_at_its_top_with_the_keyboard_in_the_word(opened: Opened) -> None:
    closed_case(opened)
    dialog = asked(opened)
    dialog.resize(dialog.width(), 320)
    opened.settle()
    bar = dialog.scrolled.verticalScrollBar()
    assert bar.maximum() > 0
    assert (dialog.focusWidget(), bar.value()) == (dialog.code, 0)
    assert dialog.code.visibleRegion().boundingRect().height() == dialog.code.height()


def test_without_the_code_nothing_happens(opened: Opened) -> None:
    page = closed_case(opened)
    dialog = asked(opened)
    assert not dialog.verb.isEnabled()
    opened.qtbot.keyClicks(dialog.code, "2025-")
    opened.qtbot.keyClick(dialog.code, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    dialog.verb.clicked.emit()
    opened.settle()
    assert dialog.isVisible()
    number = page.case_id
    assert number is not None
    assert opened.ask(lambda vault: cases.get_case(vault, number)).id == number


def test_by_keyboard_the_case_goes_with_its_talks_and_a_new_copy_takes_the_place_of_the_old(
    opened: Opened, tmp_path: Path, clock: datetime
) -> None:
    copy = a_copy(opened, tmp_path, clock)
    page = closed_case(opened)
    number = page.case_id
    assert number is not None
    pseudonym, before = (
        opened.ask(lambda vault: cases.get_case(vault, number)).pseudonym,
        opened.ask(lambda vault: cases.count_cases(vault, CaseFilter())),
    )
    dialog = asked(opened)
    assert dialog.focusWidget() is dialog.code
    opened.qtbot.keyClick(dialog.code, Qt.Key.Key_Backtab)
    assert dialog.focusWidget() is dialog.older
    opened.qtbot.keyClick(dialog.older, Qt.Key.Key_Space)
    opened.qtbot.keyClick(dialog.older, Qt.Key.Key_Tab)
    opened.qtbot.keyClicks(dialog.code, dialog.case.code)
    opened.qtbot.keyClick(dialog.code, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.back.isEnabled()
    dialog.reject()
    assert dialog.isVisible(), "what is being done is not left"
    opened.until(lambda: opened.gone(DestroyDialog))
    opened.settle()
    assert isinstance(opened.desk.page, CasesPage)
    toast = opened.desk.findChildren(Toast)[0].text
    assert "is vernietigd" in toast
    assert "1 oudere kopie is ook vernietigd" in toast
    assert not copy.exists()
    assert len(list_backups((copy.parent,))) == 1
    assert opened.ask(lambda vault: cases.count_cases(vault, CaseFilter())) == before - 1
    assert opened.ask(lambda vault: conversations.list_conversations(vault, limit=5, case=number)) == ()
    opened.desk.commands.back.trigger()
    opened.until(lambda: "Deze casus staat niet in de kluis." in notices(opened))
    assert isinstance(opened.desk.page, CasesPage), "the way back leads to no page of a case that is gone"
    left = [label.text() for label in page.findChildren(QLabel)]
    assert not any(pseudonym in text for text in left)


def test_without_a_new_copy_the_old_ones_stay(opened: Opened, tmp_path: Path, clock: datetime) -> None:
    copy = a_copy(opened, tmp_path, clock)
    closed_case(opened)
    dialog = asked(opened)
    dialog.renew.click()
    dialog.code.setText(dialog.case.code)
    code = dialog.case.code
    dialog.verb.click()
    opened.until(lambda: opened.gone(DestroyDialog))
    opened.settle()
    assert opened.desk.findChildren(Toast)[0].text == f"Casus {code} is vernietigd."
    assert list_backups((copy.parent,)) == (copy,)


def test_when_destroying_fails_the_dialog_says_so_and_can_try_again(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_case(opened)
    dialog = asked(opened)

    def full(*_given: object, **_named: object) -> None:
        raise VaultError("De schijf is vol. Er is niets vernietigd.")

    dialog.code.setText(dialog.case.code)
    with monkeypatch.context() as patched:
        patched.setattr(destroying, "destroy_case", full)
        dialog.verb.click()
        opened.until(lambda: bool(dialog.wrong))
    assert dialog.wrong == "De schijf is vol. Er is niets vernietigd."
    assert dialog.verb.isEnabled()
    assert dialog.back.isEnabled()
    assert dialog.older.isEnabled()
    dialog.verb.click()
    opened.until(lambda: opened.gone(DestroyDialog))


def test_a_copy_that_could_not_be_made_or_destroyed_and_words_that_stay_are_said(
    opened: Opened, tmp_path: Path, clock: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = a_copy(opened, tmp_path, clock)

    def full(*_given: object, **_named: object) -> None:
        raise VaultError("De schijf is vol.")

    with monkeypatch.context() as patched:
        patched.setattr(old_copies, "make_backup", full)
        patched.setattr(destroying, "rewrite_pages", full)
        closed_case(opened)
        dialog = asked(opened)
        dialog.code.setText(dialog.case.code)
        dialog.verb.click()
        opened.until(lambda: opened.gone(DestroyDialog) and bool(notices(opened)))
    (notice,) = notices(opened)
    assert "is vernietigd. Resten van de woorden" in notice
    assert "de oudere kopieën staan er nog. De schijf is vol." in notice
    closed_case(opened)
    dialog = asked(opened)
    dialog.older.click()
    dialog.code.setText(dialog.case.code)
    copy.write_bytes(b"stuk")
    dialog.verb.click()
    opened.until(lambda: any(f"1 oudere kopie staat er nog: {copy}." in notice for notice in notices(opened)))


def test_a_place_out_of_reach_and_earlier_states_are_listed(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        old_copies, "in_reach", lambda _vault: old_copies.Reach((), former=1, away=(tmp_path / "KLUIS",))
    )
    closed_case(opened)
    words = said(asked(opened))
    assert f"Nu buiten bereik: {tmp_path / 'KLUIS'}." in words
    assert "1 eerdere stand, van voordat u een kopie terugzette" in words


def test_the_copy_on_locking_first_wipes_what_edited_texts_left(tmp_path: Path, clock: datetime) -> None:
    with new_vault(tmp_path / "kluis") as vault:
        a_talk(vault, a_case(vault), working_note="kanarie")

        def locked() -> bool:
            done = copy_if_due(vault, now=clock, beside=tmp_path / "kluis", progress=Progress(), quitting=True)
            return done is not None

        assert destroying.traces_due(vault, now=clock)
        assert locked()
        wiped = vault.settings.get(destroying.WIPED)
        assert wiped, "what is gone was wiped before the copy was made"
        assert not locked(), "nothing changed since"
        a_talk(vault, working_note="nog een")
        assert locked()
        assert vault.settings.get(destroying.WIPED) == wiped, "once a day is enough"


def test_the_palette_leads_from_destroying_an_open_case_to_closing_it(opened: Opened) -> None:
    row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(open_only=True), 1))[0]
    opened.go(PageName.CASUS, case=row.id)
    opened.settle()
    palette = opened.desk.palette_
    for typed in ("vernietigen", "verwijderen"):
        palette.open()
        opened.qtbot.keyClicks(palette.field, typed)
        opened.until(lambda: palette.texts[:1] == ("Casus vernietigen…",))
        entry = next(found.key for found in palette.rows.rows if found.title == "Casus vernietigen…")
        assert isinstance(entry, Entry)
        assert entry.more.startswith("kan pas als de casus is afgesloten")
    opened.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    opened.settle()
    assert opened.child(CloseDialog).isVisible()


def test_the_palette_offers_no_destroying_where_there_is_no_case(opened: Opened) -> None:
    opened.go(PageName.VANDAAG)
    assert all(entry.text != "Casus vernietigen…" for entry in opened.desk._commands())
