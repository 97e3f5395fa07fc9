"""The work log through the window: written by keyboard, changed, taken back, filtered, and what stands around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from vpdesk.domain.certification import Scheme
from vpdesk.domain.errors import VaultError
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Of
from vpdesk.domain.worklog import FollowUpState, TaskGroup, WorkRow
from vpdesk.operations import certification, clients, conversations, ledger, worklog
from vpdesk.operations.worklog import ClientTime
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName
from vpdesk.ui.models.activity_table import everything
from vpdesk.ui.pages.activities import ActivitiesPage
from vpdesk.ui.pages.activity_cards import MOST_ORGANISATIONS
from vpdesk.ui.pages.activity_dialogs import NO_NUMBER, ActivityDialog, FollowUpDialog
from vpdesk.ui.pages.activity_quick import KEY, QuickActivity
from vpdesk.ui.pages.certification_card import NOT_HOURS, ProofDialog, SchemeDialog
from vpdesk.ui.pages.conversations import ConversationsPage
from vpdesk.ui.pages.invoice_dialog import InvoiceDialog, last_quarter
from vpdesk.ui.pages.ledger_entry import EntryForm
from vpdesk.ui.widgets.messages import Toast
from vpdesk.ui.widgets.tables import CELL

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.clients import Client
    from vpdesk.domain.worklog import Activity

YEAR = Period.year(2025)


def page_of(opened: Opened, period: Period = YEAR) -> ActivitiesPage:
    page = opened.go(PageName.ACTIVITEITEN)
    assert isinstance(page, ActivitiesPage)
    page.period.set_value(period)
    page.refresh()
    opened.settle()
    return page


def logged(opened: Opened, period: Period = YEAR) -> tuple[Activity, ...]:
    return opened.ask(partial(worklog.activities, period=period))


def waterveen(opened: Opened) -> Client:
    found = opened.ask(partial(clients.client_by_name, name="Gemeente Waterveen"))
    assert found is not None
    return found


def undo(opened: Opened) -> None:
    toast = opened.desk.findChild(Toast)
    assert toast is not None
    toast._undo.click()
    opened.settle()


def texts(page: ActivitiesPage) -> list[list[str]]:
    model = page.model
    return [
        [model.index(row, column).data(CELL).text for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_line_is_written_by_keyboard_alone_and_taken_back(opened: Opened) -> None:
    page = page_of(opened, everything())
    quick, keys = page.quick, opened.qtbot
    before = len(logged(opened, everything()))
    opened.window.activateWindow()
    opened.until(opened.window.isActiveWindow)
    page.first_focus().setFocus()  # type: ignore[union-attr] # the quick line is there
    assert opened.focused is quick.task
    keys.keyClicks(quick.task, "Overl")
    keys.keyClick(quick.task, Qt.Key.Key_Down)
    keys.keyClick(opened.focused, Qt.Key.Key_Tab)
    assert opened.focused is quick.time
    keys.keyClicks(quick.time, "1:15")
    keys.keyClick(quick.time, Qt.Key.Key_Tab)
    keys.keyClicks(quick.client, "Zorg")
    keys.keyClick(quick.client, Qt.Key.Key_Tab)
    keys.keyClicks(quick.what, "Evaluatie")
    keys.keyClick(quick.what, Qt.Key.Key_Return)
    opened.settle()
    newest = logged(opened, everything())[0]
    assert (newest.task, newest.minutes, newest.title) == ("overleg or", 75, "Evaluatie")
    assert newest.on == opened.desk.context.clock().date()
    assert newest.client is not None
    assert newest.client != waterveen(opened).id
    assert (quick.time.text(), quick.what.text(), opened.focused) == ("", "", quick.task)
    assert quick.task.currentText() == "Overleg OR", "the next line is often about the same"
    assert texts(page)[0] == ["vandaag", "signaleren", "Evaluatie", "Zorggroep Zilverels", "1:15"]
    undo(opened)
    assert len(logged(opened, everything())) == before


@pytest.mark.parametrize("written", ["", "lang", "0"])
def test_a_line_without_a_time_says_how_to_write_one_and_keeps_its_words(opened: Opened, written: str) -> None:
    quick = page_of(opened).quick
    quick.time.setText(written)
    quick.what.setText("Iets")
    quick.write_down()
    assert "1:30" in quick.wrong
    assert (quick.what.text(), opened.focused) == ("Iets", quick.time)
    opened.qtbot.keyClicks(quick.time, "5")
    assert quick.wrong == ""


def test_what_is_typed_in_the_line_outlives_a_restart(opened: Opened) -> None:
    page = page_of(opened)
    quick = page.quick
    quick.task.choose("signaal")
    quick.client.choose(waterveen(opened).id)
    opened.qtbot.keyClicks(quick.time, "20")
    opened.qtbot.keyClicks(quick.what, "Over de roosters")
    assert page.unsaved() == (KEY, quick.draft)
    assert quick._timer.isActive()
    assert quick._timer.interval() < 2000
    quick.save_draft()
    opened.settle()
    kept = opened.ask(partial(conversations.draft, key=KEY))
    again = QuickActivity(opened.desk.context)
    opened.qtbot.addWidget(again)
    again.offer(opened.ask(clients.clients), kept)
    assert again.draft == quick.draft
    assert again.task.currentText() == "Signaal"
    quick.time.clear()
    quick.what.clear()
    quick.save_draft()
    opened.settle()
    assert opened.ask(partial(conversations.draft, key=KEY)) is None
    assert page.unsaved() is None


@pytest.mark.parametrize("text", ["geen JSON", "[]", '{"task": "niets"}'])
def test_a_draft_of_another_shape_stands_there_as_it_is(opened: Opened, text: str) -> None:
    draft = opened.ask(partial(conversations.save_draft, key=KEY, text=text, now=opened.desk.context.clock()))
    assert page_of(opened).quick.what.text() == draft.text


def test_a_line_that_the_vault_does_not_take_stays_and_is_said_to_be_nowhere_else(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(opened)

    def full(*_args: object, **_more: object) -> None:
        raise VaultError("De schijf is vol.")

    monkeypatch.setattr(worklog, "write_activity", full)
    page.quick.time.setText("20")
    page.quick.write_down()
    opened.settle()
    assert page.quick.time.text() == "20"
    assert page.refused
    monkeypatch.undo()
    page.quick.write_down()
    opened.settle()
    assert not page.refused


def test_an_activity_is_changed_and_both_can_be_taken_back(opened: Opened) -> None:
    page = page_of(opened)
    first = next(row for row in page.model.rows() if row.activity is not None)
    page.open_row(first)
    opened.settle()
    form = opened.child(ActivityDialog)
    assert form.what.text() == first.title
    form.time.setText("2,5")
    form.what.setText("Anders")
    form.verb.click()
    opened.until(lambda: opened.gone(ActivityDialog))
    assert (logged(opened)[0].minutes, logged(opened)[0].title) == (150, "Anders")
    undo(opened)
    assert (logged(opened)[0].minutes, logged(opened)[0].title) == (first.minutes, first.title)


@pytest.mark.parametrize("by_key", [True, False])
def test_an_activity_is_removed_by_key_or_in_its_form_and_put_back(opened: Opened, by_key: bool) -> None:
    page = page_of(opened)
    before = logged(opened)
    at = next(number for number, row in enumerate(page.model.rows()) if row.activity is not None)
    page.table.choose_row(at)
    if by_key:
        opened.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    else:
        page.open_row(page.model.rows()[at])
        opened.settle()
        opened.child(ActivityDialog).remove.click()
    opened.settle()
    assert len(logged(opened)) == len(before) - 1
    undo(opened)
    assert [(a.on, a.task, a.minutes) for a in logged(opened)] == [(a.on, a.task, a.minutes) for a in before]


def test_the_talks_of_a_day_lead_to_gesprekken_and_are_not_removed_here(opened: Opened) -> None:
    page = page_of(opened)
    at = next(number for number, row in enumerate(page.model.rows()) if row.activity is None)
    lines = len(page.model.rows())
    page.table.choose_row(at)
    opened.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    opened.settle()
    assert len(page.model.rows()) == lines
    opened.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    opened.settle()
    assert isinstance(opened.desk.page, ConversationsPage)
    page.open_row(None)


def test_no_line_names_a_case(opened: Opened) -> None:
    page = page_of(opened)
    said = " ".join(" ".join(row) for row in texts(page))
    assert "gesprek" in said
    rows = opened.ask(partial(conversations.list_conversations, limit=-1))
    assert not [row.pseudonym for row in rows if row.pseudonym and row.pseudonym in said]
    assert not [row.case_code for row in rows if row.case_code and row.case_code in said]


def test_the_form_shows_what_goes_with_a_task_and_says_what_is_wrong(opened: Opened) -> None:
    opened.desk.commands.new_activity.trigger()
    opened.settle()
    form = opened.child(ActivityDialog)
    assert form.task.findData("gesprek") == -1, "talks count by themselves"
    for task, reached, proof in (("voorlichting", True, False), ("intervisie", False, True), ("signaal", False, False)):
        form.task.choose(task)
        assert (form.reached.isVisible(), form.proof.isVisible()) == (reached, proof)
    form.verb.click()
    assert form._time_field.error
    form.task.choose("voorlichting")
    form.time.setText("90")
    form.reached.setText("veel")
    form.verb.click()
    assert form._reached_field.error == NO_NUMBER
    form.reached.setText("24")
    form.what.setText("x" * 301)
    form.verb.click()
    assert "301" not in form.wrong
    assert "300 tekens" in form.wrong
    form.what.setText("Introductie")
    form.verb.click()
    opened.until(lambda: opened.gone(ActivityDialog))
    newest = logged(opened, everything())[0]
    assert (newest.task, newest.minutes, newest.reached, newest.title) == ("voorlichting", 90, 24, "Introductie")


def test_a_logged_talk_keeps_its_task(opened: Opened) -> None:
    talk = opened.ask(partial(worklog.add_activity, on=date(2025, 3, 1), task="gesprek", minutes=5))
    form = ActivityDialog(opened.desk.context, opened.desk, talk)
    form.open()
    opened.settle()
    assert form.task.currentData() == "gesprek"
    form.reject()


def test_period_organisation_and_task_are_filters_of_the_log(opened: Opened) -> None:
    page = page_of(opened)
    assert "2026, tot nu toe" in page.period.offers
    assert "1e kwartaal 2026" in page.period.offers
    assert "2e kwartaal 2026" not in page.period.offers
    assert page.period.offers[-1] == "Alle jaren"
    whole = page.balance._total.text()
    page.client.set_value(waterveen(opened).id)
    page.client.chosen.emit(page.client.value)
    opened.settle()
    assert {row.client_name for row in page.model.rows()} == {"Gemeente Waterveen"}
    assert page.balance._total.text() != whole
    page.group.set_value(TaskGroup.SIGNALEREN)
    page.group.chosen.emit(page.group.value)
    opened.settle()
    assert {row.group for row in page.model.rows()} == {TaskGroup.SIGNALEREN}
    page.period.set_value(Period.year(2026))
    page.refresh()
    opened.settle()
    assert page._stack.currentIndex() == 1
    page.clear_button.click()
    opened.settle()
    assert len(page.model.rows()) > 90
    assert (page.client.text(), page.period.text()) == ("Alle organisaties", "Alle jaren")


def test_the_balance_is_painted_said_in_words_and_advises_only_where_it_is_lost(opened: Opened) -> None:
    page = page_of(opened)
    assert page.balance.advice.isVisible()
    spoken = page.balance.bar.accessibleDescription()
    assert all(group in spoken for group in ("ondersteunen", "informeren", "signaleren"))
    assert "1e kwartaal" in page.balance.quarters.accessibleDescription()
    image = page.balance.bar.grab().toImage()
    seen = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert {theme.colour(token).name() for token in ("chart_1", "chart_3", "chart_4")} <= seen
    for task in ("voorlichting", "overleg or"):
        opened.ask(partial(worklog.add_activity, on=date(2025, 3, 1), task=task, minutes=25 * 60))
    opened.desk.changes.tell(Topic.WORKLOG)
    opened.settle()
    assert not page.balance.advice.isVisible()


def test_an_empty_vault_says_what_comes_here_and_offers_the_first_step(empty: Opened) -> None:
    page = empty.go(PageName.ACTIVITEITEN)
    assert isinstance(page, ActivitiesPage)
    assert page._empty.isVisible()
    first = page.first_focus()
    assert first is not None
    first.click()  # type: ignore[attr-defined] # a button
    empty.settle()
    form = empty.child(ActivityDialog)
    form.time.setText("45")
    form.verb.click()
    empty.until(lambda: empty.gone(ActivityDialog))
    assert not page._empty.isVisible()
    assert texts(page)[0][0] == "vandaag"
    assert page.certification.begin.isVisible()


def test_what_was_done_with_advice_is_written_from_its_card(opened: Opened) -> None:
    page = page_of(opened)
    page.advice.list.opened.emit(page.advice.list.rows.rows[0].key)
    form = opened.child(FollowUpDialog)
    assert form.state.currentData() == FollowUpState.BUSY
    form.day.set_day(date(2025, 1, 1))
    form.verb.click()
    assert "voor de dag van het advies" in form.wrong
    form.day.set_day(date(2026, 1, 15))
    form.state.choose(FollowUpState.PARTLY)
    form.note.setText("Alleen bij de leidinggevenden")
    form.verb.click()
    opened.until(lambda: opened.gone(FollowUpDialog))
    assert page.advice.list.rows.rows[0].detail.startswith("Deels opgevolgd, 15 jan")
    given = opened.ask(worklog.advice_given)[0]
    assert given.follow_up is not None
    assert given.follow_up.note == "Alleen bij de leidinggevenden"


def test_many_signals_are_shown_when_asked_for(opened: Opened) -> None:
    for day in range(1, 8):
        opened.ask(partial(worklog.add_activity, on=date(2025, 5, day), task="gevraagd advies", minutes=5))
    page = page_of(opened)
    assert len(page.advice.list.rows.rows) == 4
    assert "nog niets gehoord" in page.advice.list.rows.rows[2].spoken.lower()
    page.advice.more.click()
    assert len(page.advice.list.rows.rows) == 9
    page.advice.more.click()
    assert len(page.advice.list.rows.rows) == 4


def test_goals_are_set_and_looked_up_on_a_day(opened: Opened) -> None:
    page = page_of(opened)
    page.certification.change.click()
    form = opened.child(SchemeDialog)
    form.hours[1].setText("veel")
    form.verb.click()
    assert form.wrong == NOT_HOURS
    form.hours[1].setText("32")
    form.hours[2].setText("8")
    form.hours[0].setText("32")
    form.start.set_day(date(2024, 4, 1))
    form.looked.setChecked(True)
    form.verb.click()
    opened.until(lambda: opened.gone(SchemeDialog))
    today = opened.desk.context.clock().date()
    assert opened.ask(certification.scheme) == Scheme(date(2024, 4, 1), 4, (32, 32, 8), today)
    card = page.certification
    assert "1 april 2024 tot en met 31 maart 2028" in card._period.text()
    assert "2024/25" in card._years.accessibleDescription()


def test_proof_is_filled_in_from_the_list(opened: Opened) -> None:
    page = page_of(opened)
    assert "1 zonder bewijs" in page.certification.proofs.text()
    page.certification.proofs.click()
    dialog = opened.child(ProofDialog)
    assert "Nog niet genoteerd" in dialog.list.rows.rows[0].detail
    opened.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    form = opened.child(ActivityDialog)
    form.proof.setText("In de map thuis")
    form.verb.click()
    opened.until(lambda: opened.gone(ActivityDialog))
    assert "zonder bewijs" not in page.certification.proofs.text()


def test_hours_are_copied_for_an_invoice_and_offered_to_the_ledger_not_written(opened: Opened) -> None:
    page = page_of(opened)
    client = waterveen(opened)
    page.client.set_value(client.id)
    page.times.invoice.click()
    opened.settle()
    dialog = opened.child(InvoiceDialog)
    assert (dialog.first.day, dialog.last.day) == (YEAR.first, YEAR.last), "what the page shows"
    assert dialog.client.currentText() == client.name
    text = dialog.text.toPlainText()
    assert text.splitlines()[0].endswith("Gemeente Waterveen")
    assert "Uren: 51,75" in text
    assert "Reistijd, in uren: 1,25" in text
    dialog.verb.click()
    assert QApplication.clipboard().text() == text
    known = len(opened.ask(partial(reports_of, client=client)))
    dialog.to_ledger.click()
    opened.settle()
    form = opened.child(EntryForm)
    assert len(opened.ask(partial(reports_of, client=client))) == known, "nothing is written yet"
    assert Kind(form.kind.currentData()) is Kind.FACTUUR
    assert (form.first.day, form.last.day) == (date(2025, 1, 1), date(2025, 12, 31))
    (number,) = form.numbers
    assert Of(number.of.currentData()) is Of.MINUTES
    assert (number.least.text(), number.most.text()) == ("51:38", "51:52")
    form.recipient.setText("De administratie")
    form.verb.click()
    opened.until(lambda: opened.gone(InvoiceDialog))
    (entered,) = opened.ask(partial(reports_of, client=client))
    assert entered.kind is Kind.FACTUUR
    (statement,) = entered.statements
    assert (statement.minimum, statement.maximum) == (51 * 60 + 38, 51 * 60 + 52)


def reports_of(vault: object, *, client: Client) -> tuple[ledger.Publication, ...]:
    from vpdesk.operations import reports  # noqa: PLC0415 - slow to load

    return reports.publications(vault, client.id)  # type: ignore[arg-type] # the vault of the worker


def test_a_period_upside_down_gives_no_hours_and_a_short_one_is_warned_of(opened: Opened) -> None:
    opened.desk.commands.invoice_hours.trigger()
    opened.settle()
    dialog = opened.child(InvoiceDialog)
    dialog.first.set_day(date(2026, 1, 20))
    opened.settle()
    assert dialog.wrong
    assert not dialog.verb.isEnabled()
    assert dialog.text.toPlainText() == ""
    dialog.last.set_day(date(2026, 1, 27))
    opened.settle()
    assert not dialog.wrong
    assert dialog._warnings.count() == 1
    dialog.reject()


def test_without_an_organisation_there_are_no_hours_to_bill(empty: Opened) -> None:
    empty.desk.commands.invoice_hours.trigger()
    empty.settle()
    dialog = empty.child(InvoiceDialog)
    assert "Organisaties" in dialog.wrong
    assert not dialog.verb.isEnabled()
    dialog.reject()


@pytest.mark.parametrize("period", [Period.year(2026), everything()])
def test_hours_of_a_period_that_is_not_over_begin_at_the_last_quarter(opened: Opened, period: Period) -> None:
    page_of(opened, period).times.invoice.click()
    opened.settle()
    dialog = opened.child(InvoiceDialog)
    assert (dialog.first.day, dialog.last.day) == (date(2025, 10, 1), date(2025, 12, 31))
    dialog.reject()


def test_an_organisation_with_another_name_is_offered_by_it(opened: Opened) -> None:
    page = page_of(opened)
    client = waterveen(opened)
    page.quick.client.choose(client.id)
    opened.ask(partial(clients.change_client, client=replace(client, name="Gemeente Anders")))
    opened.desk.changes.tell(Topic.CLIENTS)
    opened.settle()
    assert page.quick.client.currentText() == "Gemeente Anders"
    assert "Gemeente Anders" in page.client.offers


def test_a_name_that_is_cut_is_told_under_the_pointer(opened: Opened) -> None:
    bars = page_of(opened).times.bars
    bars.resize(160, bars.height())

    def point(row: int) -> None:
        at = QPoint(5, row * theme.px(32) + 5)
        QApplication.sendEvent(bars, QHelpEvent(QEvent.Type.ToolTip, at, bars.mapToGlobal(at)))

    point(0)
    assert QToolTip.text() == "Gemeente Waterveen"
    point(9)
    opened.until(lambda: QToolTip.text() == "")


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 1, 1), date(2025, 10, 1), date(2025, 12, 31)),
        (date(2026, 3, 31), date(2025, 10, 1), date(2025, 12, 31)),
        (date(2024, 5, 31), date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_the_last_quarter_is_over(today: date, first: date, last: date) -> None:
    assert last_quarter(today) == Period(first, last)


def test_ten_thousand_lines_come_in_pages(opened: Opened) -> None:
    def fill(vault: object) -> None:
        with vault.transaction():  # type: ignore[attr-defined] # the vault of the worker
            for number in range(10_000):
                vault.connection.execute(  # type: ignore[attr-defined] # idem
                    "INSERT INTO activities (on_day, task, minutes, title) VALUES (?, 'artikel', 15, ?)",
                    (f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}", f"Regel {number}"),
                )

    opened.ask(fill)
    opened.desk.changes.tell(Topic.WORKLOG)
    page = page_of(opened)
    assert page.model.rowCount() == 200
    assert page._counted.text().startswith("10.0")
    page.model.fetchMore(page.model.index(-1, -1))
    opened.settle()
    assert page.model.rowCount() == 400
    assert isinstance(page.model.rows()[399], WorkRow)


def test_thirty_organisations_show_those_with_the_most_hours_until_all_are_asked_for(opened: Opened) -> None:
    card = page_of(opened).times
    assert not card.more.isVisible()  # the practice vault has a few
    card.show_times([ClientTime(None, f"Organisatie {number:02}", 10 * number) for number in range(30)])
    assert [row.label for row in card.bars._rows] == [f"Organisatie {number}" for number in range(22, 30)]
    assert len(card.bars._rows) == MOST_ORGANISATIONS
    assert card.more.text() == "Alle 30 tonen"
    card.more.click()
    assert (len(card.bars._rows), card.more.text()) == (30, "Alleen de meeste uren tonen")
    card.more.click()
    assert len(card.bars._rows) == MOST_ORGANISATIONS
