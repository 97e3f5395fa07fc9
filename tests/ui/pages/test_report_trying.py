"""Jaarverslag tells why numbers are hidden and what would help, and tries it without keeping anything."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

from vpdesk import children
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.operations import cases, report_choosing, reports
from vpdesk.operations.reports import HiddenNote, Idea, Level, Mark, MarkKind, ReportChoices
from vpdesk.reporting.disclosure import office
from vpdesk.ui.changes import Topic
from vpdesk.ui.pages.report_dialogs import HiddenDialog
from vpdesk.ui.pages.report_findings import FindingsCard
from vpdesk.ui.pages.report_hidden import NOT_CHECKED, HiddenCard
from vpdesk.ui.pages.report_rows import RowsDialog
from vpdesk.ui.widgets.fields import CheckBox
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.auditing import Remembered
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.report import ReportPage

YEAR = Period.year(2025)
HALF = Period(date(2025, 1, 1), date(2025, 6, 30))


def words(widget: QWidget) -> list[str]:
    """Return everything that a widget says, painted or to a screen reader."""
    found = [widget, *widget.findChildren(QWidget)]
    said = [text for w in found for text in (w.accessibleName(), w.accessibleDescription(), w.toolTip())]
    return [*said, *(label.text() for label in widget.findChildren(QLabel))]


def push(page: ReportPage, words_: str) -> None:
    """Push a button below the table, as a click does."""
    (button,) = [button for button in page.hidden.buttons if button.text() == words_]
    button.setFocus()
    button.click()


def kept(opened: Opened, page: ReportPage) -> ReportChoices:
    client = page.client_id
    assert client is not None
    return opened.ask(lambda vault: report_choosing.report_choices(vault, client, YEAR))


def test_each_table_says_why_and_what_is_left(report: ReportPage) -> None:
    report.hidden.table.choose_row(0)
    said = report.hidden.said.text()
    assert "te klein, of zou door aftrekken te vinden zijn" in said
    assert "weet van een streepje hier hoogstens: tussen 0 en" in said
    report.hidden.table.choose_row(len(report.hidden.notes) - 1)
    assert report.hidden.said.text() != said


def test_the_explanation_at_length_has_the_same_words(opened: Opened, report: ReportPage) -> None:
    report.hidden.explained.emit(report.hidden.notes[0])
    dialog = opened.child(HiddenDialog)
    said = " ".join(words(dialog))
    assert "Alle streepjes betekenen hetzelfde" in said
    assert "weet van een streepje hier hoogstens" in said
    dialog.reject()


NOTE = HiddenNote(
    "Casussen naar rol", ("Melder", "Getuige"), 9, "te klein, of zou door aftrekken te vinden zijn", "rol",
    ("Een streepje is te klein.",), "tussen 0 en 9", 3, (Idea("Neem melder en getuige samen", "rol", (("a", "b"),)),),
    ((("a",), "Melder"), (("b",), "Getuige"), (("c",), "Onbekend")),
)  # fmt: skip


def test_equal_notes_are_the_same_screen_word_for_word(qtbot: QtBot) -> None:
    """What the page says follows from the notes alone, and those from what is published."""
    cards = [HiddenCard(), HiddenCard()]
    for card in cards:
        qtbot.addWidget(card)
        card.show_notes((replace(NOTE),))
    assert words(cards[0]) == words(cards[1])
    assert any("tussen 0 en 9" in text for text in words(cards[0]))


def test_an_idea_is_tried_and_taken_back_without_a_trace(opened: Opened, report: ReportPage) -> None:
    before = report.hidden.notes
    assert before[0].dimension == "thema"
    out = opened.ask(lambda vault: [reports.publications(vault, c.id) for c in vault.clients.all()])
    push(report, "Neem de streepjes per groep samen")
    assert report.hidden.said.text().startswith("Proef: neem de streepjes per groep samen. Dit wordt nu nagerekend")
    opened.made(report)
    assert report.hidden.said.text().startswith("Proef: neem de streepjes per groep samen. Dan sta")
    fewer = len(report.hidden.notes[0].rows)
    assert fewer < len(before[0].rows)
    assert f"Het aantal streepjes is dan {fewer} in plaats van {len(before[0].rows)}." in report.hidden.said.text()
    assert [button.text() for button in report.hidden.buttons] == ["Gebruiken", "Terug"]
    assert not report.export.isEnabled()
    assert report.preview.state.accessibleName() == "proef, nog niet gekozen"
    assert kept(opened, report) == ReportChoices()
    push(report, "Terug")
    opened.made(report)
    assert report.hidden.notes == before
    assert report.export.isEnabled()
    assert report.preview.state.isHidden()
    assert out == opened.ask(lambda vault: [reports.publications(vault, c.id) for c in vault.clients.all()])
    assert opened.focused is report.hidden.table


def test_an_idea_that_is_used_stays(opened: Opened, report: ReportPage) -> None:
    before = report.hidden.notes
    push(report, "Neem de streepjes per groep samen")
    opened.made(report)
    push(report, "Gebruiken")
    opened.until(lambda: not report.hidden.trying)
    assert set(kept(opened, report).grouped) == {"thema"}
    assert report.export.isEnabled()
    assert report.hidden.table.value.dimension == "thema"
    used = report.hidden.notes
    assert used != before
    report.refresh()
    opened.made(report)
    assert report.hidden.notes == used
    push(report, "Zet alle rijen weer apart")
    opened.made(report)
    push(report, "Gebruiken")
    opened.until(lambda: not report.hidden.trying)
    assert kept(opened, report) == ReportChoices()
    assert report.hidden.notes == before


def test_a_longer_period_is_tried_kept_and_taken_back(opened: Opened, report: ReportPage) -> None:
    push(report, "Probeer 2024 en 2025 samen")
    opened.made(report)
    assert report.period == Period(date(2024, 1, 1), date(2025, 12, 31))
    assert "in het verslag" in report.hidden.said.text()
    push(report, "Terug")
    opened.made(report)
    assert report.period == YEAR
    assert report.by_period.text() == "2025"
    report.choose(HALF)
    opened.made(report)
    push(report, "Probeer heel 2025")
    opened.made(report)
    push(report, "Gebruiken")
    assert report.period == YEAR
    assert not report.hidden.trying
    assert report.export.isEnabled()


@pytest.fixture
def audits(report: ReportPage, remembered: Remembered, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is started of children from now on: one for each audit; the first report is there already."""
    found: list[object] = []
    start = children.start

    def counted(command: list[str], *, text: bool = False) -> object:
        found.append(command)
        return start(command, text=text)

    monkeypatch.setattr(children, "start", counted)
    monkeypatch.setattr(office, "protected", remembered.child)
    return found


def test_the_way_back_asks_no_audit_while_the_vault_says_the_same(
    opened: Opened, report: ReportPage, audits: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, shown = report.hidden.notes, report.prepared
    assert shown is not None
    audited_at = report.hidden.verdict.accessibleName()
    later = report.context.clock() + timedelta(minutes=7)
    monkeypatch.setattr(report, "context", replace(report.context, clock=lambda: later))
    push(report, "Probeer 2024 en 2025 samen")
    opened.made(report)
    assert len(audits) == 1
    push(report, "Terug")
    opened.made(report)
    assert len(audits) == 1
    assert report.prepared is not shown, "it is drawn again, from what the vault says now"
    assert report.prepared is not None
    assert report.prepared.protected is shown.protected
    assert report.hidden.notes == before
    assert report.export.isEnabled()
    assert report.hidden.verdict.accessibleName() == audited_at, "the time is that of the audit"


def test_the_way_back_asks_an_audit_once_a_case_changed(
    opened: Opened, report: ReportPage, audits: list[object]
) -> None:
    client = report.client_id
    assert client is not None
    push(report, "Probeer 2024 en 2025 samen")
    opened.made(report)
    opened.ask(lambda vault: cases.open_case(vault, client=client, opened=date(2025, 3, 3)))
    push(report, "Terug")
    opened.made(report)
    assert len(audits) == 2
    assert report.prepared is not None
    assert report.prepared.gathered == opened.ask(
        lambda vault: reports.gather(
            vault, client_id=client, period=YEAR, audience=Audience.WERKGEVER, today=report.context.clock().date()
        )
    )


def test_another_choice_ends_what_was_tried(opened: Opened, report: ReportPage) -> None:
    push(report, "Neem de streepjes per groep samen")
    report.choose(HALF)
    opened.made(report)
    assert not report.hidden.trying
    assert report.period == HALF
    assert report.prepared is not None
    assert report.prepared.gathered.choices == ReportChoices()


def test_stopping_what_is_tried_returns_to_what_was_there(opened: Opened, report: ReportPage) -> None:
    push(report, "Probeer 2024 en 2025 samen")
    report.preview.progress.cancelled.emit()
    opened.made(report)
    assert report.period == YEAR
    assert not report.hidden.trying
    assert report.export.isEnabled()


def test_what_gives_no_report_says_so_and_returns(
    opened: Opened, report: ReportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = reports.prepare

    def refuse(gathered: reports.Gathered, **named: object) -> reports.Prepared:
        if gathered.choices.grouped:
            raise ReportRefusedError("Samen is er een klein aantal te vinden.")
        return prepare(gathered, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(reports, "prepare", refuse)
    push(report, "Neem de streepjes per groep samen")
    opened.made(report)
    assert not report.hidden.trying
    assert report.export.isEnabled()
    assert opened.desk.findChildren(Toast)[0].text.startswith("Dat geeft geen verslag. Samen is er")


def test_rows_are_chosen_by_keyboard_and_have_names(opened: Opened, report: ReportPage, qtbot: QtBot) -> None:
    push(report, "Rijen samenvoegen…")
    dialog = opened.child(RowsDialog)
    assert dialog.accessibleName() == "Rijen samenvoegen"
    assert [box.accessibleName() for box in dialog.findChildren(CheckBox)][:2] == ["Pesten", "Intimidatie"]
    assert dialog.focusWidget() is dialog.boxes[0]
    qtbot.keyClick(dialog.boxes[0], Qt.Key.Key_Space)
    qtbot.keyClick(dialog.verb, Qt.Key.Key_Return)
    assert dialog.wrong == "Kies twee rijen of meer."
    qtbot.keyClick(dialog.boxes[0], Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.boxes[1]
    qtbot.keyClick(dialog.boxes[1], Qt.Key.Key_Space)
    qtbot.keyClick(dialog.verb, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    opened.made(report)
    assert report.prepared is not None
    assert report.prepared.gathered.choices.grouped == {"thema": (("pesten", "intimidatie"),)}
    assert report.hidden.said.text().startswith("Proef: de gekozen rijen samen. Dan ")


def test_typing_and_changed_data_say_that_nothing_is_checked(opened: Opened, report: ReportPage) -> None:
    def says_so() -> bool:
        said = (report.preview.state.accessibleName(), report.hidden.verdict.accessibleName())
        return said == (NOT_CHECKED, NOT_CHECKED) and report.preview.state.isVisible()

    assert not says_so()
    report.chapters.choose("signalen")
    report.findings.put_text("Het team praat er nu over.")
    assert says_so()
    assert not report.export.isEnabled()
    opened.made(report)
    opened.until(report.export.isEnabled)
    assert "geen klein aantal af te leiden" in report.hidden.verdict.accessibleName()
    assert report.preview.state.isHidden()
    opened.desk.changes.tell(Topic.CASES)
    assert says_so()
    assert not report.export.isEnabled()
    opened.made(report)
    assert report.export.isEnabled()


def test_a_report_that_comes_while_somebody_types_is_not_called_checked(opened: Opened, report: ReportPage) -> None:
    assert report.prepared is not None
    report.chapters.choose("signalen")
    report.findings.put_text("Er verandert iets.")
    report.show_prepared(report.prepared)
    assert report.hidden.verdict.accessibleName() == NOT_CHECKED
    assert not report.export.isEnabled()
    opened.made(report)
    assert report.export.isEnabled()


def test_the_window_works_while_the_audit_runs(
    opened: Opened, report: ReportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, prepare = threading.Event(), reports.prepare

    def slowly(gathered: reports.Gathered, **named: object) -> reports.Prepared:
        gate.wait(20)
        return prepare(gathered, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(reports, "prepare", slowly)
    report.make()
    opened.until(report.preview.progress.isVisible)
    assert report.hidden.verdict.accessibleName() == NOT_CHECKED
    assert not any(button.isEnabled() for button in report.hidden.buttons)
    report.preview.after.click()
    assert report.preview.pages.page == 2
    gate.set()
    opened.made(report)
    assert all(button.isEnabled() for button in report.hidden.buttons)


def test_words_are_marked_while_they_are_typed(opened: Opened, report: ReportPage) -> None:
    """The marks need no audit, no drawing and no vault: they come before what was typed is kept."""
    report.chapters.choose("signalen")
    report.findings.changed.disconnect()  # nothing is kept or drawn
    report.findings.put_text("Over Publiekszaken was er één melding.")
    opened.until(lambda: len(report.findings.marks) > 0)
    assert {mark.found for mark in report.findings.marks} >= {"Publiekszaken", "één melding"}
    place = report.findings.text.toPlainText().index("Publiekszaken")
    assert report.findings.text.reasons_at(place).startswith("Deze naam staat in uw kluis.")
    assert report.findings.text.reasons_at(0) == ""


def test_the_reason_shows_where_the_pointer_rests(opened: Opened, report: ReportPage) -> None:
    report.chapters.choose("signalen")
    report.findings.put_text("Publiekszaken en meer.")
    opened.made(report)
    text = report.findings.text
    rect = text.cursorRect(text.cursor_of(text.marks[0]))
    at = QPoint(rect.x() - 8, rect.center().y())
    QApplication.sendEvent(text.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, at, text.viewport().mapToGlobal(at)))
    opened.until(lambda: QToolTip.text().startswith("Deze naam staat in uw kluis."))
    QToolTip.hideText()


@pytest.mark.parametrize("kind", list(MarkKind))
def test_each_kind_of_mark_is_listed_with_its_reason(qtbot: QtBot, kind: MarkKind) -> None:
    card = FindingsCard()
    qtbot.addWidget(card)
    card.show_chapter(reports.ChapterState("signalen", "Signalen", "één keer", (), 1, printed=True), writable=True)
    found = "één" if kind is not MarkKind.KLEIN else ""
    mark = Mark("signalen", 0, len(found), kind, found, "sleutel")
    card.show_marks((mark,))
    assert card.marks == (mark,)
    assert any(mark.reason == label.toolTip() for label in card.findChildren(QLabel))


def test_without_numbers_the_page_says_the_same_for_none_and_a_few(opened: Opened, report: ReportPage) -> None:
    report.choose(Period(date(2019, 1, 1), date(2019, 12, 31)))
    opened.made(report)
    assert report.shown is not None
    assert report.shown.level is Level.GEEN_GETALLEN
    assert [note.title for note in report.hidden.notes] == ["Alle aantallen"]
    assert "hetzelfde bij nul casussen en bij een paar" in report.hidden.said.text()
    assert report.hidden.verdict.accessibleName() == "geen aantallen, dus niets na te rekenen"
