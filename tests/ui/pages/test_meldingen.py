"""Meldingen, messages passed on, detriment and closing through the window, by keyboard and with a way back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.pages.test_names import nameless
from tests.ui.pages.test_steps import case_of, number_of, send
from vpdesk.domain import melding_lists as lists
from vpdesk.domain.detriments import Against
from vpdesk.domain.ids import MeldingId, StepId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.people import Part
from vpdesk.domain.phases import Phase
from vpdesk.domain.relay import Direction
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.domain.steps import Choice, Step, StepKind, StepState
from vpdesk.operations import cases, meldingen, relay, steps
from vpdesk.operations.destroying import destroy_person
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName
from vpdesk.ui.dialog_text import drafts_of_dialogs, typed_in_dialog
from vpdesk.ui.models import today_list
from vpdesk.ui.pages.aftercare_dialogs import EndAftercareDialog
from vpdesk.ui.pages.case_dialogs import CloseDialog, ReopenDialog
from vpdesk.ui.pages.detriment_dialogs import DetrimentDialog, DetrimentView, FollowedDialog, RemoveDetrimentDialog
from vpdesk.ui.pages.melding_dialog import MeldingDialog
from vpdesk.ui.pages.melding_view import HeardDialog, MeldingView, RemoveMeldingDialog
from vpdesk.ui.pages.relay_log import RelayLogDialog
from vpdesk.ui.pages.relay_message import MessageDialog, PassDialog
from vpdesk.ui.pages.relay_print import page_of
from vpdesk.ui.pages.reminder_menu import ReminderMenu
from vpdesk.ui.pages.step_record import RecordStep
from vpdesk.ui.pages.step_view import StepView
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.pages.conftest import Opened
    from vpdesk.operations.meldingen import Aftermath
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.pages.case import CasePage
    from vpdesk.ui.widgets.says_inside import SaysInside

DAY = date(2026, 1, 12)
_BESIDE_WORDS = 16 + 20 + 16 + 16 + 12  # what a row of a list paints beside its words


def found(opened: Opened, page: CasePage) -> Aftermath:
    number = number_of(page)
    return opened.ask(lambda vault: meldingen.aftermath(vault, number))


def titles(page: CasePage) -> list[str]:
    return [row.title for row in page.meldingen.list.rows.rows]


def undo(opened: Opened) -> None:
    toast = opened.desk.findChild(Toast)
    assert toast is not None
    toast._take_back()
    opened.settle()


def undo_in(opened: Opened, form: SaysInside) -> None:
    opened.until(form.said.isVisible)
    form.said._undo.click()
    opened.settle()


def view_of(opened: Opened, page: CasePage) -> MeldingView:
    page.meldingen.open_melding(found(opened, page).meldingen[0].id)
    opened.settle()
    return opened.child(MeldingView)


def by_command(opened: Opened, text: str) -> None:
    (action,) = [action for action in opened.desk.commands.of_case if action.text().startswith(text)]
    assert action.isEnabled()
    action.trigger()
    opened.settle()


def test_a_melding_through_the_advisor_is_confidential_and_its_terms_stand_apart_on_vandaag(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    assert not page.meldingen.isVisible(), "talking is not reporting"
    by_command(opened, "Melding vastleggen")
    form = opened.child(MeldingDialog)
    assert nameless(form) == []
    form.kind.box.choose(lists.WBK)
    assert not form.count.isVisible()
    form.relay.click()
    assert (form.identity.code, form.identity.box.isEnabled()) == (lists.CONFIDENTIAL, False)
    form.lodged.box.click()
    form.lodged.edit.set_day(date(2026, 1, 5))
    send(opened, form)
    (melding,) = found(opened, page).meldingen
    assert (melding.relay, bool(melding.reference)) == (True, True)
    assert titles(page) == ["Wbk-melding", "Termijn werkgever", "Termijn werkgever"]
    today = opened.go(PageName.VANDAAG)
    assert isinstance(today, TodayPage)
    employers = today.lists[-1]
    assert employers.accessibleName() == "Termijnen van de werkgever"
    late = next(row for row in employers.rows.rows if row.middle.endswith("Kade"))
    assert (late.title, late.state) == ("Termijn werkgever: ontvangstbevestiging", ("8 dagen te laat", "warning"))
    today._act(late.key)
    opened.settle()
    assert opened.desk.page is page
    page.meldingen.list.opened.emit(page.meldingen.list.rows.rows[1].key)
    opened.settle()
    view = opened.child(MeldingView)
    assert nameless(view) == []
    view.ways["confirmed"].click()
    send(opened, opened.child(HeardDialog))
    view.ways["feedback"].click()
    send(opened, opened.child(HeardDialog))
    assert not view.ways["feedback"].isVisible()
    assert titles(page) == ["Wbk-melding"]
    undo(opened)
    assert titles(page) == ["Wbk-melding", "Termijn werkgever"]
    view.ways["remove"].click()
    send(opened, opened.child(RemoveMeldingDialog))
    assert opened.gone(MeldingView), "what was taken away is shown no longer"
    assert not page.meldingen.isVisible()


def test_how_late_the_employer_is_is_read_whole_on_the_page_of_a_case(opened: Opened) -> None:
    opened.window.resize(1280, 800)
    number = number_of(case_of(opened, "Kade"))
    told = Melding(MeldingId(0), number, lists.WBK, lodged=date(2025, 3, 17))
    opened.ask(lambda vault: meldingen.record_melding(vault, told))
    opened.desk.changes.tell(Topic.MELDINGEN)
    opened.settle()
    shown = case_of(opened, "Kade").meldingen.list
    details = [row.detail for row in shown.rows.rows[1:]]
    assert details == ["302 dagen te laat: bevestiging", "210 dagen te laat: terugkoppeling"]
    room = shown.viewport().width() - _BESIDE_WORDS
    assert [theme.fitted(detail, room, "small") for detail in details] == details


def test_the_messages_of_a_case_are_a_command_where_there_is_such_a_melding(opened: Opened) -> None:
    command = opened.desk.commands.case_relay
    page = case_of(opened, "Kiezel")
    by_command(opened, "Berichten via u")
    log = opened.child(RelayLogDialog)
    assert log.list.rows.rows
    log.reject()
    assert case_of(opened, "Kade") is page
    assert not command.isEnabled()


def test_a_melding_is_changed_and_every_change_can_be_undone(opened: Opened) -> None:
    page = case_of(opened, "Paraplu")
    page.meldingen.record_melding()
    form = opened.child(MeldingDialog)
    form.kind.box.choose(lists.OWN_SCHEME)
    opened.settle()
    assert (form.count.text(), form.unit.currentData()) == ("7", "weken"), "as the last time at this organisation"
    form.lodged.box.click()
    form.count.setText("zes")
    form.verb.click()
    assert "heel getal" in form.wrong
    form.count.setText("6")
    send(opened, form)
    (before,) = found(opened, page).meldingen
    view_of(opened, page).verb.click()
    form = opened.child(MeldingDialog)
    form.withdrawn.box.click()
    form.kind.box.choose(lists.EXTERNAL)
    send(opened, form)
    assert found(opened, page).meldingen[0].withdrawn is not None
    undo(opened)
    assert found(opened, page).meldingen == (before,)


def test_a_message_is_marked_approved_copied_and_passed_on(opened: Opened, tmp_path: Path) -> None:
    page = case_of(opened, "Kiezel")
    view = view_of(opened, page)
    view.ways["relay"].click()
    opened.settle()
    log = opened.child(RelayLogDialog)
    assert len(log.list.rows.rows) == 6
    assert nameless(log) == []
    log.verb.click()
    form = opened.child(MessageDialog)
    assert nameless(form) == []
    form.verb.click()
    assert "woorden nodig" in form.wrong
    opened.qtbot.keyClicks(form.text, "Joost zag het dinsdag.")
    opened.until(lambda: [mark.found for mark in form.marks] == ["Joost", "dinsdag"])
    send(opened, form)
    message = log.log.messages[-1] if log.log else None
    assert message is not None
    opened.qtbot.keyClick(log.list, Qt.Key.Key_End)
    opened.qtbot.keyClick(log.list, Qt.Key.Key_Return)
    form = opened.child(MessageDialog)
    assert [key for key, button in form.ways.items() if button.isVisible()] == ["approve", "remove"]
    form.ways["approve"].click()
    approving = opened.child(PassDialog)
    approving.verb.click()
    opened.until(lambda: "zegt wie de melder is" in approving.wrong)
    approving.reject()
    form.text.setPlainText("Het is vaker gezien.")
    assert not form.ways["approve"].isEnabled(), "what is approved is what is kept"
    first = next(label for label in form.findChildren(Label) if label.text().startswith("Bewaar eerst"))
    assert first.isVisible()
    assert form.ways["approve"].accessibleDescription() == first.text()
    send(opened, form)
    log.open_message(message.id)
    form = opened.child(MessageDialog)
    form.ways["approve"].click()
    send(opened, opened.child(PassDialog))
    opened.until(form.ways["copy"].isVisible)
    form.copy()
    opened.settle()
    reference = log.log.melding.reference if log.log else ""
    copied = f"Kenmerk: {reference}\nDatum: 20 januari 2026\n\nHet is vaker gezien.\n"
    assert QGuiApplication.clipboard().text() == copied
    assert page_of(copied).toPlainText() == copied
    form.save_to(tmp_path / "kopie.txt", copied)
    assert (tmp_path / "kopie.txt").read_text(encoding="utf-8") == copied
    form.save_to(tmp_path / "weg" / "kopie.txt", copied)
    assert "Er is niets bewaard." in form.wrong
    _passed_and_back(opened, form, log)


def test_where_no_name_is_known_a_name_to_look_for_is_typed_and_kept_nowhere(opened: Opened) -> None:
    def forgotten(vault: Vault) -> None:
        (case,) = [row.id for row in cases.list_cases(vault, CaseFilter(), 100) if row.pseudonym == "Kiezel"]
        (person,) = [one for one in vault.people.of_case(case) if one.part is Part.KOMT]
        destroy_person(vault, person_id=person.id, now=opened.desk.context.clock())

    opened.ask(forgotten)
    page = case_of(opened, "Kiezel")
    view_of(opened, page).ways["relay"].click()
    opened.settle()
    log = opened.child(RelayLogDialog)
    log.verb.click()
    form = opened.child(MessageDialog)
    assert nameless(form) == []
    assert form.reading.isVisible()
    opened.qtbot.keyClicks(form.text, "Ottoliena zag het.")
    send(opened, form)
    assert log.log is not None
    log.open_message(log.log.messages[-1].id)
    form = opened.child(MessageDialog)
    form.ways["approve"].click()
    assert "kent geen naam van deze melder" in form.wrong
    opened.qtbot.keyClicks(form.reading.name, "Ottoliena")
    opened.until(lambda: [mark.found for mark in form.marks] == ["Ottoliena"])
    assert drafts_of_dialogs(opened.desk.context.clock()) == ()
    assert not typed_in_dialog(opened.window)
    form.ways["approve"].click()
    approving = opened.child(PassDialog)
    approving.verb.click()
    opened.until(lambda: "zegt wie de melder is" in approving.wrong)
    approving.reject()
    form.reading.through.setChecked(True)
    form.text.setPlainText("Het is vaker gezien.")
    assert not form.reading.through.isChecked()  # that was about another text
    send(opened, form)
    log.open_message(log.log.messages[-1].id)
    form = opened.child(MessageDialog)
    form.reading.through.setChecked(True)
    form.ways["approve"].click()
    send(opened, opened.child(PassDialog))
    opened.until(form.ways["copy"].isVisible)
    form.copy()
    opened.until(lambda: "Het is vaker gezien." in QGuiApplication.clipboard().text())


def _passed_and_back(opened: Opened, form: MessageDialog, log: RelayLogDialog) -> None:
    form.ways["pass"].click()
    send(opened, opened.child(PassDialog))
    opened.until(lambda: form.text.isReadOnly() and not form.verb.isVisible())
    undo_in(opened, form)
    opened.until(lambda: not form.text.isReadOnly())
    form.ways["remove"].click()
    opened.until(lambda: opened.gone(MessageDialog))
    undo_in(opened, log)
    assert log.log is not None
    assert [one.text for one in log.log.messages][-1] == "Het is vaker gezien."


def test_what_comes_from_the_organisation_may_name_who_it_is(opened: Opened) -> None:
    page = case_of(opened, "Kiezel")
    view_of(opened, page).open_relay()
    opened.settle()
    log = opened.child(RelayLogDialog)
    log.came.click()
    form = opened.child(MessageDialog)
    form.text.setPlainText("Joost, wat bedoelt u?")
    form.look()
    assert form.marks == ()
    send(opened, form)
    assert log.log is not None
    assert (log.log.messages[-1].direction, len(log.log.messages)) == (Direction.VAN, 7)
    undo_in(opened, log)
    assert len(log.log.messages) == 6


def test_what_was_done_with_a_message_is_said_in_front_and_goes_on_below_the_page(opened: Opened) -> None:
    page = case_of(opened, "Kiezel")
    view_of(opened, page).open_relay()
    opened.settle()
    log = opened.child(RelayLogDialog)
    log.came.click()
    form = opened.child(MessageDialog)
    form.text.setPlainText("Wat bedoelt u?")
    send(opened, form)
    window = opened.desk.findChild(Toast)
    assert window is not None
    assert (log.said.text, log.said.isVisible(), window.isVisible()) == ("Het bericht is bewaard.", True, False)
    assert log.log is not None
    number = log.log.melding.id
    log.open_message(log.log.messages[-1].id)
    form = opened.child(MessageDialog)
    form.ways["pass"].click()
    send(opened, opened.child(PassDialog))
    opened.until(form.text.isReadOnly)
    assert (form.said.text, form.said._undo.isVisible()) == ("Vastgelegd.", True)
    form.text.setFocus()
    form.said.undo()
    opened.until(lambda: not form.text.isReadOnly())
    form.ways["pass"].click()
    send(opened, opened.child(PassDialog))
    opened.until(form.text.isReadOnly)
    form.reject()
    assert (log.said.text, log.said._undo.isVisible()) == ("Vastgelegd.", True)
    log.reject()
    assert (window.text, window._undo.isVisible()) == ("Vastgelegd.", True)
    undo(opened)
    assert opened.ask(lambda vault: relay.relay_log(vault, number)).messages[-1].passed is None


def test_detriment_after_closing_shows_the_way_and_offers_to_reopen(opened: Opened) -> None:
    page = case_of(opened, "Steiger")
    by_command(opened, "Benadeling vastleggen")
    form = opened.child(DetrimentDialog)
    assert nameless(form) == []
    form.verb.click()
    assert "minstens één vorm" in form.wrong
    form.forms["slechte beoordeling"].click()
    form.against.choose(Against.ZELF.value)
    send(opened, form)
    view = opened.child(DetrimentView)
    opened.until(lambda: "Huis voor Klokkenluiders, afdeling Advies" in view.house.text())
    assert nameless(view) == []
    assert titles(page)[-1] == "Benadeling"
    view.verb.click()
    followed = opened.child(FollowedDialog)
    followed.verb.click()
    assert "wat er gebeurde" in followed.wrong
    followed.told.setPlainText("Er kwam een gesprek.")
    send(opened, followed)
    assert [entry.text for entry in found(opened, page).detriments[0].entries] == ["Er kwam een gesprek."]
    undo(opened)
    assert found(opened, page).detriments[0].entries == ()
    view.change.click()
    changing = opened.child(DetrimentDialog)
    changing.forms["overplaatsing"].click()
    send(opened, changing)
    assert len(found(opened, page).detriments[0].forms) == 2
    undo(opened)
    assert found(opened, page).detriments[0].forms == ("slechte beoordeling",)
    view.refer.click()
    refer = opened.child(RecordStep)
    assert refer.whom.currentText().startswith("Huis voor Klokkenluiders")
    refer.reject()
    view.reopen.click()
    reopening = opened.child(ReopenDialog)
    assert Phase(reopening.to.currentData()) is Phase.NAFASE
    send(opened, reopening)
    assert not view.closed.isVisible()
    number = number_of(page)
    moves = opened.ask(lambda vault: cases.get_case(vault, number)).moves
    assert (moves[-1].to, moves[-1].reason) == (Phase.NAFASE, "Benadeling")
    view.remove.click()
    send(opened, opened.child(RemoveDetrimentDialog))
    assert opened.gone(DetrimentView)


def test_a_new_detriment_can_be_undone(opened: Opened) -> None:
    page = case_of(opened, "Steiger")
    page.meldingen.record_detriment()
    form = opened.child(DetrimentDialog)
    form.forms["overplaatsing"].click()
    send(opened, form)
    undo(opened)
    assert found(opened, page).detriments == ()


@pytest.mark.parametrize("where", ["casus", "vandaag"])
def test_aftercare_that_is_left_out_comes_again_and_ends_only_with_a_reason(opened: Opened, where: str) -> None:
    page = case_of(opened, "Drempel")
    (planned,) = [item for item in page._view.reminders if item.kind is TodayKind.NAZORG] if page._view else []
    entry = next(
        e for e in map(page.entries.entry, map(page.entries.index, range(3))) if e and e.reminder == planned.id
    )
    if where == "casus":
        page.timeline.setCurrentIndex(page.entries.index(0))
        assert entry is not None
        menu = page._step_menu()
    else:
        menu = ReminderMenu(page.context, page, planned.id, aftercare_of=number_of(page))
    chosen = {action.text(): action for action in menu.actions()}
    assert "Niet meer nodig" not in chosen
    chosen["Deze keer overslaan"].trigger()
    opened.settle()
    opened.until(lambda: bool(page._view) and any(item.due == date(2026, 3, 23) for item in page._view.reminders))
    undo(opened)
    opened.until(lambda: bool(page._view) and [i.due for i in page._view.reminders] == [planned.due])
    by_command(opened, "Nazorg beëindigen")
    form = opened.child(EndAftercareDialog)
    assert nameless(form) == []
    form.verb.click()
    assert "waarom de nazorg stopt" in form.wrong
    opened.qtbot.keyClicks(form.why, "Het gaat goed")
    send(opened, form)
    assert page.context.actions.case_aftercare.isEnabled() is False
    undo(opened)
    assert page.context.actions.case_aftercare.isEnabled()


def test_a_last_time_asks_why_it_was_the_last(opened: Opened) -> None:
    page = case_of(opened, "Drempel")
    planned = page._view.reminders[0] if page._view else None
    assert planned is not None
    menu = ReminderMenu(page.context, page, planned.id, aftercare_of=number_of(page))
    {action.text(): action for action in menu.actions()}["Gedaan, en dit was de laatste keer…"].trigger()
    opened.settle()
    form = opened.child(EndAftercareDialog)
    opened.qtbot.keyClicks(form.why, "Genoeg zo")
    send(opened, form)
    assert [end.reason for end in found(opened, page).ended] == ["Genoeg zo"]
    lines = [page.entries.entry(page.entries.index(row)) for row in range(3)]
    assert [line.title for line in lines if line][:2] == ["Nazorg beëindigd door de persoon", "Nazorg: bellen"]


def test_a_step_becomes_a_melding_and_closing_names_what_is_open(opened: Opened) -> None:
    page = case_of(opened, "Paraplu")
    number = number_of(page)
    step = opened.ask(
        lambda vault: steps.record_step(vault, Step(StepId(0), number, StepKind.ROUTE, Choice(DAY), "klacht"))
    )
    opened.ask(lambda vault: steps.take_step(vault, step_id=step.id, on=DAY))
    page.open_step(step.id)
    opened.settle()
    opened.child(StepView).ways["melding"].click()
    form = opened.child(MeldingDialog)
    assert (form.kind.code, form.recipient.currentData(), form.lodged.day) == (
        lists.COMPLAINT,
        "klachtencommissie",
        DAY,
    )
    opened.settle()
    assert form.count.text() == "6", "as the last klacht at this organisation"
    send(opened, form)
    opened.child(StepView).reject()
    page.close_case()
    closing = opened.child(CloseDialog)
    assert nameless(closing) == []
    assert closing.steps.isVisible()
    assert closing.terms.isVisible()
    assert "stap ‘Vervolggesprek’ van 22 januari vervalt" in closing.lapses.accessibleName()
    closing.terms.click()
    send(opened, closing)
    left = opened.ask(lambda vault: cases.left_open(vault, number))
    assert (left.steps, left.terms) == ((), ())
    rows = opened.ask(lambda vault: steps.regie(vault, number)).steps
    assert {row.state for row in rows} == {StepState.GEZET, StepState.VERVALLEN}
    assert all(item.pseudonym != "Paraplu" for group in _today(opened) for item in group.items)


def _today(opened: Opened) -> tuple[today_list.TodayGroup, ...]:
    from vpdesk.operations.today import today_items  # noqa: PLC0415 - its name is that of the page's module

    day = date(2026, 1, 20)
    return today_list.groups(opened.ask(lambda vault: today_items(vault, today=day)), day)


def test_a_line_of_the_timeline_opens_what_it_tells(opened: Opened) -> None:
    page = case_of(opened, "Sluis")
    entries = [page.entries.entry(page.entries.index(row)) for row in range(page.entries.rowCount())]
    for kind, of in (("melding", MeldingView), ("detriment", DetrimentView)):
        entry = next(entry for entry in entries if entry is not None and getattr(entry, kind) is not None)
        page.timeline.opened.emit(entry)
        opened.settle()
        opened.child(of).reject()
