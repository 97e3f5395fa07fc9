"""Guided records through the window: 112 first, kept as one types, final with a typed word, then only added to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.pages.test_names import nameless
from tests.ui.pages.test_small_windows import lost
from vpdesk.domain.avg_help import SHIPPED
from vpdesk.domain.errors import VaultError
from vpdesk.domain.guided_questions import IN_WRITING, GuidedKind
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.operations import cases, clients, guided
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.avg_help import HelpDialog
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.guided import GuidedPage
from vpdesk.ui.pages.guided_destroy import DestroyRecord
from vpdesk.ui.pages.guided_dialogs import AdditionDialog, BeginDialog, DangerDialog, FinaliseDialog, PlaceDialog
from vpdesk.ui.pages.guided_fields import DayQuestion, TextQuestion
from vpdesk.ui.pages.guided_list import GuidedListPage
from vpdesk.ui.pages.paper_dialogs import laptop_dialog
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.guided import GuidedRecord, GuidedRow
    from vpdesk.operations.vaults import Vault

TODAY = date(2026, 1, 20)


def case_of(opened: Opened, pseudonym: str) -> CasePage:
    row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(text=pseudonym), 1))[0]
    page = opened.go(PageName.CASUS, case=row.id)
    assert isinstance(page, CasePage)
    opened.settle()
    return page


def rows(opened: Opened) -> tuple[GuidedRow, ...]:
    return opened.ask(guided.guided_rows)


def record_of(opened: Opened, page: GuidedPage) -> GuidedRecord:
    assert page.record is not None
    number = page.record.id
    return opened.ask(lambda vault: guided.get_guided(vault, number))


def shown(opened: Opened) -> GuidedPage:
    opened.settle()
    page = opened.desk.page
    assert isinstance(page, GuidedPage)
    opened.until(lambda: page.record is not None and opened.worker.idle)
    return page


def said_on(page: GuidedPage) -> set[str]:
    return {label.text() for label in page.findChildren(Label) if label.isVisible()}


def begin(opened: Opened, kind: GuidedKind) -> GuidedPage:
    actions = opened.desk.commands
    {
        GuidedKind.DOORBREKEN: actions.guided_break,
        GuidedKind.INFORMATIE: actions.guided_request,
        GuidedKind.AVG: actions.guided_avg,
    }[kind].trigger()
    opened.settle()
    opened.child(BeginDialog).verb.click()
    opened.until(lambda: opened.gone(BeginDialog))
    return shown(opened)


def text_of(page: GuidedPage, key: str) -> TextQuestion:
    field = page.fields[key]
    assert isinstance(field, TextQuestion)
    return field


def test_a_record_of_a_case_is_kept_as_one_types_and_stays_once_it_is_final(opened: Opened) -> None:
    number = case_of(opened, "Kade").case_id
    page = begin(opened, GuidedKind.DOORBREKEN)
    assert page.danger.isVisible()
    assert (page.to_case.text(), page.first_focus()) == ("Casus 2025-034 · Kade", page.fields["weten"])
    opened.qtbot.keyClicks(text_of(page, "weten").text, "Zelf gehoord")
    text_of(page, "gevolgen").unknown.click()
    opened.until(lambda: not page.dirty and opened.worker.idle)
    record = record_of(opened, page)
    assert [(key, answer.text) for key, answer in record.answers] == [("weten", "Zelf gehoord"), ("gevolgen", "")]
    assert (record.case, page.kept.text()) == (number, "2 van 12 · bewaard")
    page.final.click()
    opened.settle()
    form = opened.child(FinaliseDialog)
    form.outcome.choose("overwogen, niet gedaan")
    assert not form.verb.isEnabled(), "it can't be undone, so a word is typed"
    opened.qtbot.keyClicks(form.word, "Definitief")
    form.verb.click()
    opened.until(lambda: bool(form.wrong))
    assert "10 vragen" in form.wrong
    form.rest.click()
    form.verb.click()
    opened.until(lambda: opened.gone(FinaliseDialog))
    opened.settle()
    opened.until(lambda: {"Overwogen, niet gedaan", "Zelf gehoord", "onbekend"} <= said_on(page))
    assert not page.final.isVisible()
    page.add.click()
    add = opened.child(AdditionDialog)
    opened.qtbot.keyClicks(add.text, "Nagebeld")
    add.verb.click()
    opened.until(lambda: opened.gone(AdditionDialog))
    opened.settle()
    assert [addition.text for addition in record_of(opened, page).additions] == ["Nagebeld"]
    opened.until(lambda: "Nagebeld" in said_on(page))
    page.to_case.click()
    opened.settle()
    case = opened.desk.page
    assert isinstance(case, CasePage)
    lines = [case.entries.entry(case.entries.index(row)) for row in range(case.entries.rowCount())]
    (line,) = [entry for entry in lines if entry is not None and entry.guided is not None]
    assert (line.title, line.detail) == ("Vertrouwelijkheid doorbreken", "Overwogen, niet gedaan")
    case.timeline.opened.emit(line)
    assert shown(opened).record == record_of(opened, page)


def test_from_the_form_one_can_still_go_to_112_and_one_organisation_is_proposed(empty: Opened) -> None:
    empty.ask(lambda vault: clients.add_client(vault, name="Stichting Speelwijs"))
    empty.desk.commands.guided_break.trigger()
    form = empty.child(BeginDialog)
    empty.until(lambda: form.belongs.currentText() == "Stichting Speelwijs")
    next(button for button in form.findChildren(Button) if button.text() == "Acuut gevaar…").click()
    empty.until(lambda: not form.isVisible())
    danger = empty.child(DangerDialog)
    danger.say_wrong("De schijf is vol.")
    assert danger.later.isEnabled()
    danger.later.click()
    empty.until(lambda: empty.gone(DangerDialog))
    assert [row.client_name for row in rows(empty)] == [""]
    empty.desk.findChild(Toast)._undo.click()
    empty.until(lambda: rows(empty) == ())


def test_danger_says_112_first_and_what_is_left_for_later_tells_nothing_on_vandaag(opened: Opened) -> None:
    opened.desk.commands.danger.trigger()
    form = opened.child(DangerDialog)
    assert form.accessibleName() == "Bel 112"
    assert form.focusWidget() is form.back, "Enter begins nothing"
    form.later.click()
    opened.until(lambda: opened.gone(DangerDialog))
    toast = opened.desk.findChild(Toast)
    assert toast.text == "Dit staat op Vandaag."
    page = opened.go(PageName.VANDAAG)
    assert isinstance(page, TodayPage)
    items = [row.key for list_ in page.lists for row in list_.rows.rows]
    (item,) = [item for item in items if item.kind is TodayKind.VASTLEGGING and item.due == TODAY]
    assert (item.title, item.detail, item.client_name) == ("Aantekening afmaken", "", "")
    page._open_item(item)
    assert shown(opened).record is not None
    page = opened.go(PageName.VANDAAG)
    opened.desk.context.actions.danger.trigger()
    opened.child(DangerDialog).verb.click()
    record = shown(opened).record
    assert record is not None
    assert (record.kind, record.due) == (GuidedKind.DOORBREKEN, TODAY)


def test_what_is_thrown_away_comes_back_with_its_answers(opened: Opened) -> None:
    opened.go(PageName.VASTLEGGINGEN)
    before = len(rows(opened))
    page = begin(opened, GuidedKind.INFORMATIE)
    opened.qtbot.keyClicks(text_of(page, "wat").text, "Wie het was")
    page.away.click()
    opened.until(lambda: isinstance(opened.desk.page, GuidedListPage) and opened.worker.idle)
    assert len(rows(opened)) == before
    opened.desk.findChild(Toast)._undo.click()
    again = shown(opened)
    assert text_of(again, "wat").value == "Wie het was"
    assert len(rows(opened)) == before + 1


def test_a_request_offers_the_answer_to_copy_and_its_term_follows_the_day_it_came(opened: Opened) -> None:
    page = begin(opened, GuidedKind.INFORMATIE)
    page.in_writing.copy.click()
    assert QApplication.clipboard().text() == IN_WRITING
    page = begin(opened, GuidedKind.AVG)
    received, term = page.fields["ontvangen"], page.fields["termijn"]
    assert isinstance(received, DayQuestion)
    assert (received.value, term.value) == ("2026-01-20", "2026-02-20")
    received.day.setDate(date(2026, 1, 31))
    opened.until(lambda: term.value == "2026-02-28")
    received.how.buttons[""].click()
    opened.until(lambda: not page.dirty)
    answer = record_of(opened, page).answer("ontvangen")
    assert answer is not None
    assert answer.unknown
    assert (received.value, text_of(page, "gegevens").value) == ("", None)


def test_what_was_just_typed_waits_for_the_lock_and_a_record_that_is_gone_leaves_the_page(opened: Opened) -> None:
    page = begin(opened, GuidedKind.DOORBREKEN)
    record = record_of(opened, page)
    opened.qtbot.keyClicks(text_of(page, "ernst").text, "Ernstig")
    assert opened.desk.unsaved() == []
    (unkept,) = opened.desk.unkept()
    assert unkept.text == "Ernstig"
    opened.until(lambda: opened.desk.unkept() == [])
    answer = record_of(opened, page).answer("ernst")
    assert answer is not None
    assert answer.text == "Ernstig"
    opened.ask(lambda vault: guided.discard_guided(vault, guided_id=record.id))
    opened.ask(unkept.work)  # it went while the window locked: nothing fails
    opened.qtbot.keyClicks(text_of(page, "ernst").text, "!")
    opened.until(lambda: isinstance(opened.desk.page, GuidedListPage) and opened.worker.idle)
    assert (page.record, page.fields, opened.desk.unkept()) == (None, {}, [])


def test_an_answer_that_the_vault_does_not_take_stays_and_is_sent_again(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin(opened, GuidedKind.INFORMATIE)

    def full(*_: object, **__: object) -> None:
        raise VaultError("De schijf is vol. Maak ruimte vrij.")

    monkeypatch.setattr(guided, "save_answers", full)
    opened.qtbot.keyClicks(text_of(page, "wat").text, "Wie het was")
    opened.until(lambda: page.refused and opened.worker.idle)
    assert page.kept.text() == "Niet bewaard"
    assert opened.desk.unkept()[0].text == "Wie het was"
    monkeypatch.undo()
    opened.go(PageName.VANDAAG)
    opened.until(lambda: not page.dirty and opened.worker.idle)
    assert not page.refused
    answer = record_of(opened, page).answer("wat")
    assert answer is not None
    assert answer.text == "Wie het was"


def test_a_record_begun_in_a_hurry_is_put_on_its_case_with_a_way_back(opened: Opened) -> None:
    opened.go(PageName.VANDAAG)
    page = begin(opened, GuidedKind.DOORBREKEN)
    opened.qtbot.keyClicks(text_of(page, "weten").text, "Gehoord")
    page.place.click()
    opened.until(lambda: opened.worker.idle and not page.dirty)
    form = opened.child(PlaceDialog)
    opened.until(form.verb.isEnabled)
    form.belongs.setCurrentIndex(form.belongs.findText("Casus 2025-034 · Kade"))
    form.verb.click()
    opened.until(lambda: opened.gone(PlaceDialog) and page.to_case.text() == "Casus 2025-034 · Kade")
    assert text_of(page, "weten").value == "Gehoord"
    page.place.click()
    opened.settle()
    again = opened.child(PlaceDialog)
    opened.until(lambda: again.belongs.currentText() == "Casus 2025-034 · Kade")
    again.reject()
    opened.desk.findChild(Toast)._undo.click()
    opened.until(lambda: not page.to_case.isVisible() and opened.worker.idle)
    assert record_of(opened, page).case is None


def test_a_record_stays_on_a_case_that_was_closed_meanwhile(opened: Opened) -> None:
    kade = next(
        row for row in opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(), 50, 0)) if row.pseudonym == "Kade"
    )
    today = opened.desk.context.clock().date()
    record = opened.ask(lambda vault: guided.begin_guided(vault, kind=GuidedKind.DOORBREKEN, on=today, case_id=kade.id))
    opened.ask(
        lambda vault: cases.close_case(vault, case_id=kade.id, outcome="doorverwezen", reason="doel bereikt", on=today)
    )
    page = opened.go(PageName.VASTLEGGING, guided=record.id)
    form = PlaceDialog(opened.desk.context, page, record)
    form.open()
    opened.until(form.verb.isEnabled)
    assert form.belongs.currentText() == "De casus waar het nu bij staat"
    form.verb.click()
    opened.until(lambda: opened.gone(PlaceDialog))
    assert record_of(opened, page).case == kade.id  # type: ignore[arg-type]


def test_every_part_of_a_form_has_a_name_and_an_owner_in_the_window(opened: Opened) -> None:
    page = begin(opened, GuidedKind.AVG)
    assert page.record is not None
    context = opened.desk.context
    forms = (
        *(BeginDialog(context, page, kind) for kind in GuidedKind),
        DangerDialog(context, page),
        FinaliseDialog(context, page, page.record),
        PlaceDialog(context, page, page.record),
        AdditionDialog(context, page, page.record),
        laptop_dialog(context, page),
        HelpDialog(context, page, SHIPPED[0], print),
    )
    for part in (*forms, page, opened.go(PageName.VASTLEGGINGEN), opened.go(PageName.AVG_HULP)):
        loose = [name for name, one in vars(part).items() if isinstance(one, QWidget) and one.parent() is None]
        assert loose == [], part
    for part in (*forms, page):
        part.show()
        opened.settle()
        assert nameless(part) == [], part
        part.close()


def test_a_final_record_without_a_case_is_destroyed_with_a_typed_word(opened: Opened) -> None:
    alone, on_case = sorted((row for row in rows(opened) if row.finalised), key=lambda row: row.case_code)
    opened.go(PageName.VASTLEGGING, guided=on_case.id)
    page = shown(opened)
    assert not page.destroy_button.isVisible(), "it goes with its case"
    opened.go(PageName.VASTLEGGING, guided=alone.id)
    page = shown(opened)
    opened.until(page.destroy_button.isVisible)
    page.destroy_button.click()
    opened.settle()
    form = opened.child(DestroyRecord)
    form.renew.setChecked(False)
    assert not form.verb.isEnabled()
    opened.qtbot.keyClicks(form.code, "vernietigen")
    form.verb.click()
    opened.until(lambda: opened.gone(DestroyRecord))
    assert isinstance(opened.desk.page, GuidedListPage)
    assert alone.id not in {row.id for row in rows(opened)}
    assert page.record is None


def test_what_was_agreed_with_the_organisation_stands_at_its_question(opened: Opened) -> None:
    def agree(vault: Vault) -> None:
        (client,) = (one for one in clients.clients(vault) if one.name == "Gemeente Waterveen")
        clients.change_client(vault, replace(client, agreements="Alleen bij ernstig gevaar"))

    opened.ask(agree)
    case_of(opened, "Kade")
    page = begin(opened, GuidedKind.DOORBREKEN)
    opened.until(lambda: "In vpdesk staat: ‘Alleen bij ernstig gevaar’" in said_on(page))


@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(640, 400)], ids=["whole", "at 200 %"])
def test_a_long_record_fits_a_small_window(opened: Opened, size: QSize) -> None:
    opened.window.setMinimumSize(0, 0)
    opened.window.resize(size)
    open_, final = rows(opened)[0], rows(opened)[-1]
    for row in (open_, final):
        page = opened.go(PageName.VASTLEGGING, guided=row.id)
        assert isinstance(page, GuidedPage)
        opened.settle()
        for field in page.fields.values():
            if isinstance(field, TextQuestion):
                field.text.setPlainText("Een lang verhaal zonder einde. " * 40)
        opened.until(lambda page=page: lost(page) == [] and not page.dirty)
