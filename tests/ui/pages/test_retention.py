"""Keeping and destroying in the window: one line on Vandaag, the list, its forms by keyboard, and what a hold stops."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from vpdesk.domain.retention import Standing
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.operations import cases, retention
from vpdesk.operations.old_copies import OldCopy, Reach
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.clients import ClientsPage
from vpdesk.ui.pages.destroy_dialog import DestroyDialog
from vpdesk.ui.pages.retention import RetentionPage, _copies
from vpdesk.ui.pages.retention_dialogs import HoldDialog, KeepDialog, LiftDialog, TermsDialog
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tests.ui.pages.conftest import Opened


def the_list(opened: Opened) -> RetentionPage:
    page = opened.go(PageName.BEWAREN)
    assert isinstance(page, RetentionPage)
    opened.until(lambda: opened.worker.idle and page.about is not None)
    return page


def choose(opened: Opened, page: RetentionPage, pseudonym: str) -> None:
    names = [row.pseudonym for row in page.model.rows()]
    page.table.choose_row(names.index(pseudonym))
    opened.until(lambda: page.about is not None and page.about.decision.pseudonym == pseudonym)


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def undo(opened: Opened) -> None:
    (button,) = [b for b in opened.desk.findChildren(QPushButton) if b.text() == "Ongedaan maken" and b.isVisible()]
    button.click()
    opened.settle()


def test_vandaag_has_one_line_that_leads_to_the_list(opened: Opened) -> None:
    page = opened.go(PageName.VANDAAG)
    assert isinstance(page, TodayPage)
    (item,) = [row.key for shown in page.lists for row in shown.rows.rows if row.key.kind is TodayKind.BEWAARTERMIJN]
    assert item.action == "Lijst openen"
    page._open_item(item)
    opened.settle()
    assert isinstance(opened.desk.page, RetentionPage)


def test_the_list_answers_the_questions_of_each_case(opened: Opened) -> None:
    page = the_list(opened)
    assert [(row.pseudonym, row.standing) for row in page.model.rows()] == [
        ("Zandloper", Standing.TE_BESLISSEN),
        ("Bergkristal", Standing.TE_BESLISSEN),
        ("Lantaarn", Standing.WACHT),
        ("Waterlelie", Standing.BEWAARSTOP),
        ("Sluis", Standing.BEWAARSTOP),
    ]
    opened.until(lambda: "Papier, mail" in words(page))
    said = words(page)
    assert "Ja, sinds 20 juni 2025: 12 maanden na afsluiten." in said
    assert "Wil de persoon eerst iets terug?" in said
    assert "Binnen bereik geen kopie van na het openen." in said
    assert page.final.isVisible()
    choose(opened, page, "Lantaarn")
    opened.until(lambda: "Nee. Over 2025 is nog geen verslag uitgegeven." in words(page))
    assert (page.final.isVisible(), page.keep.isVisible(), page.to_report.isVisible()) == (False, False, True)
    choose(opened, page, "Waterlelie")
    opened.until(lambda: "De rechter moet nog beslissen over de schade" in words(page))
    assert not page.final.isVisible()


def test_a_copy_of_while_the_case_ran_is_counted_too(opened: Opened, tmp_path: Path, clock: datetime) -> None:
    page = the_list(opened)
    about = page.about
    assert about is not None
    opened_on, closed_on = about.decision.opened, about.decision.kept.closed
    assert opened_on is not None
    assert closed_on is not None
    assert opened_on < closed_on
    days = (opened_on - timedelta(days=1), opened_on, closed_on)
    copies = tuple(OldCopy(tmp_path / f"{day}.vpbackup", datetime.combine(day, clock.time())) for day in days)
    (first, *_) = _copies(Reach(copies, former=0, away=()), about.decision)
    assert first.startswith("Binnen bereik 2 kopieën van na het openen.")


def test_a_case_is_kept_longer_by_keyboard_and_that_can_be_undone(opened: Opened) -> None:
    page = the_list(opened)
    page.keep.click()
    opened.settle()
    form = opened.child(KeepDialog)
    opened.qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    opened.settle()
    assert "vraagt een reden" in form.wrong
    opened.qtbot.keyClicks(form.reason, "De persoon haalt nog iets op")
    opened.qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    opened.until(lambda: opened.gone(KeepDialog))
    standing = {row.pseudonym: row.standing for row in page.model.rows()}
    assert standing["Zandloper"] is Standing.LANGER
    undo(opened)
    opened.until(lambda: page.model.rows()[0].pseudonym == "Zandloper")
    assert page.model.rows()[0].standing is Standing.TE_BESLISSEN


def test_destroying_from_the_list_takes_the_typed_code(opened: Opened) -> None:
    page = the_list(opened)
    code = page.table.value.code
    page.final.click()
    opened.settle()
    form = opened.child(DestroyDialog)
    assert not form.verb.isEnabled()
    form.renew.click()
    opened.qtbot.keyClicks(form.code, code)
    form.verb.click()
    opened.until(lambda: opened.gone(DestroyDialog))
    opened.until(lambda: "Zandloper" not in [row.pseudonym for row in page.model.rows()])
    assert isinstance(opened.desk.page, RetentionPage)


def refusals(opened: Opened) -> int:
    return sum("Er is niets vernietigd" in said.accessibleName() for said in opened.desk.findChildren(Message))


def test_a_bewaarstop_on_a_case_is_seen_stops_destroying_and_is_lifted_with_a_reason(opened: Opened) -> None:
    (row,) = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(text="Zandloper"), 1))
    page = opened.go(PageName.CASUS, case=row.id)
    assert isinstance(page, CasePage)
    assert not page.hold.isVisible()
    opened.desk.commands.case_hold.trigger()
    opened.settle()
    form = opened.child(HoldDialog)
    opened.qtbot.keyClicks(form.reason, "Er is een verzoek gedaan")
    opened.qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    opened.until(lambda: opened.gone(HoldDialog))
    assert page.hold.isVisible()
    (line,) = page.hold.findChildren(Message)
    assert "Er is een verzoek gedaan." in line.accessibleName()
    opened.desk.commands.case_destroy.trigger()
    opened.settle()
    assert opened.gone(DestroyDialog)
    assert refusals(opened) == 1
    opened.go(PageName.VANDAAG)
    opened.until(lambda: refusals(opened) == 0)
    opened.go(PageName.CASUS, case=row.id)
    opened.desk.commands.case_destroy.trigger()
    opened.settle()
    assert refusals(opened) == 1
    page.hold.lifts[0].click()
    opened.settle()
    lift = opened.child(LiftDialog)
    opened.qtbot.keyClicks(lift.reason, "Beantwoord")
    opened.qtbot.keyClick(lift.reason, Qt.Key.Key_Return)
    opened.until(lambda: opened.gone(LiftDialog))
    assert not page.hold.isVisible()
    opened.until(lambda: refusals(opened) == 0)
    undo(opened)
    assert page.hold.isVisible()
    page.hold.place()
    opened.settle()
    again = opened.child(HoldDialog)
    assert "Er is een verzoek gedaan." in again.before.text()
    again.reject()


def test_the_terms_of_an_organisation_are_changed_and_ask_why_above_two_years(opened: Opened) -> None:
    page = opened.go(PageName.ORGANISATIES)
    assert isinstance(page, ClientsPage)
    opened.until(lambda: "maanden" in words(page.terms))
    assert "12 maanden na afsluiten" in words(page.terms)
    page.terms.change.click()
    form = opened.child(TermsDialog)
    choice, reason = next(iter(form.choices.values())), next(iter(form.reasons.values()))
    assert not reason.isVisible()
    choice.choose(36)
    assert reason.isVisible()
    form.verb.click()
    opened.settle()
    assert "vraagt een reden" in form.wrong
    opened.qtbot.keyClicks(reason, "Afspraak met de OR")
    form.verb.click()
    opened.until(lambda: opened.gone(TermsDialog))
    opened.until(lambda: "3 jaar na afsluiten" in words(page.terms))
    assert "en nadat het jaar is verslagen. Reden: Afspraak met de OR" in words(page.terms)
    undo(opened)
    opened.until(lambda: "12 maanden na afsluiten" in words(page.terms))


def test_an_empty_vault_says_what_comes_here(empty: Opened) -> None:
    page = empty.go(PageName.BEWAREN)
    assert isinstance(page, RetentionPage)
    empty.until(page._empty.isVisible)
    assert not page.show_all.isVisible()
    assert empty.ask(lambda vault: retention.number_due(vault, today=empty.desk.context.clock().date())) == 0
    page.which.set_value(Standing.BEWAARSTOP)
    page.model.reload()
    empty.until(page.show_all.isVisible)
