"""Jaarverslag while a report is being checked, and when there is none: nothing of another report stays."""

from __future__ import annotations

import ast
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

import vpdesk.reporting
from vpdesk.domain.errors import CancelledError, ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.operations import report_making, reports
from vpdesk.operations.reports import Idea
from vpdesk.reporting.disclosure import office
from vpdesk.ui.pages.report_crossed import CrossedDialog
from vpdesk.ui.pages.report_hidden import NOT_CHECKED
from vpdesk.ui.pages.report_refusal import without_export
from vpdesk.ui.pages.report_rows import RowsDialog
from vpdesk.ui.widgets.buttons import PRIMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.auditing import Remembered
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.report import ReportPage

YEAR, BEFORE = Period.year(2025), Period.year(2021)


@pytest.fixture
def gate(opened: Opened, report: ReportPage, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Audits that wait until the gate opens or they are cancelled; the first report is there already."""
    gate, prepare = threading.Event(), reports.prepare

    def slowly(gathered: reports.Gathered, **named: object) -> reports.Prepared:
        cancelled = named["cancelled"]
        while not gate.wait(0.01):
            if callable(cancelled) and cancelled():
                raise CancelledError("Gestopt.")
        return prepare(gathered, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(reports, "prepare", slowly)
    yield gate
    gate.set()
    opened.made(report)


def test_nothing_of_another_report_stays_while_one_is_checked(
    opened: Opened, report: ReportPage, gate: threading.Event
) -> None:
    client = report.client_id
    assert client is not None
    opened.ask(lambda v: reports.save_finding(v, client_id=client, period=BEFORE, chapter="kort", text="Van toen."))
    report.chapters.choose("kort")
    report.findings.put_text("Van nu.")
    report.choose(BEFORE)
    assert report.preview.pages.pages == 0
    assert report.preview.empty.startswith("Hier komt het verslag over 2021.")
    assert report.preview.state.isHidden()
    assert not any("lezer" in label.text() for label in report.preview.findChildren(type(report.preview._page)))
    assert report.hidden.notes == ()
    assert report.hidden.verdict.accessibleName() == "wordt nagerekend"
    assert report.notice == ""
    assert report.findings.text.toPlainText() == "", "not what was written for another year"
    opened.until(lambda: report.findings.text.toPlainText() == "Van toen.")
    assert not report.findings.text.isReadOnly()
    assert [row.title for row in report.chapters.rows.rows][:1] == [report.findings.title.text()]
    opened.until(report.preview.progress.isVisible)
    assert report.making.busy
    gate.set()
    opened.made(report)
    assert report.preview.pages.pages > 0
    assert not report.preview.empty
    report.choose(YEAR)
    opened.made(report)
    assert report.findings.text.toPlainText() == "Van nu."


def test_the_same_report_stays_while_it_is_checked_again(report: ReportPage, gate: threading.Event) -> None:
    report.refresh()
    report.make()
    assert report.preview.pages.pages > 3
    assert report.preview.state.accessibleName() == NOT_CHECKED
    assert report.hidden.notes
    assert not gate.is_set()


def test_what_is_written_during_an_audit_is_kept_and_printed(
    opened: Opened, report: ReportPage, gate: threading.Event
) -> None:
    report.choose(BEFORE)
    opened.until(lambda: not report.findings.text.isReadOnly())
    report.chapters.choose("kort")
    report.findings.put_text("Tijdens het narekenen.")
    opened.until(lambda: not report.findings.dirty)
    report.chapters.choose("advies")
    report.chapters.choose("kort")
    assert report.findings.text.toPlainText() == "Tijdens het narekenen.", "it does not wait for the audit"
    assert report.making.busy
    gate.set()
    opened.made(report)
    assert report.prepared is not None
    assert report.prepared.gathered.findings == {"kort": "Tijdens het narekenen."}
    assert report.preview.state.isHidden()
    assert report.export.isEnabled()


def test_words_are_marked_while_there_are_no_numbers_and_nothing_is_called_fine(
    opened: Opened, report: ReportPage, gate: threading.Event
) -> None:
    def row(key: str) -> str:
        return next(row.spoken for row in report.chapters.rows.rows if row.key == key).split(", ", 1)[1]

    client = report.client_id
    assert client is not None
    for chapter, text in (("kort", "Niemand kwam."), ("advies", "Uitleg helpt.")):
        opened.ask(partial(reports.save_finding, client_id=client, period=YEAR, chapter=chapter, text=text))
    report.choose(YEAR, Audience.OR)
    opened.until(lambda: row("kort") == "1 punt, nog niet nagekeken")
    assert row("advies") == "geschreven, nog niet nagekeken"
    report.chapters.choose("kort")
    assert [mark.found for mark in report.findings.marks] == ["Niemand"]
    report.preview.progress.cancelled.emit()
    opened.until(lambda: not report.making.busy)
    report.findings.put_text("In maart kwam niemand.")
    opened.until(lambda: [mark.found for mark in report.findings.marks] == ["In maart", "niemand"])
    assert row("kort") == "2 punten, nog niet nagekeken"
    opened.until(lambda: not report.findings.dirty)
    assert report.notice == "Het narekenen is gestopt."
    report.make()
    assert report.notice == "", "it is being made again"
    gate.set()
    opened.made(report)
    assert row("kort") == "2 punten"
    assert row("advies") == "geschreven"
    assert [mark.found for mark in report.findings.marks] == ["In maart", "niemand"]


@pytest.mark.parametrize("by_key", [True, False])
def test_stopping_by_key_or_pointer_leaves_a_way_on(
    opened: Opened, report: ReportPage, gate: threading.Event, qtbot: QtBot, *, by_key: bool
) -> None:
    report.choose(BEFORE)
    opened.until(report.preview.progress.isVisible)
    (stop,) = report.preview.progress.findChildren(QPushButton)
    if by_key:
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(stop, Qt.Key.Key_Space)
    else:
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    opened.until(lambda: not report.making.busy)
    assert report.notice == "Het narekenen is gestopt."
    assert report.preview.empty.startswith("Er is nu geen voorbeeld")
    assert not report.findings.text.isReadOnly()
    if by_key:
        assert isinstance(opened.focused, QPushButton)
        assert opened.focused.text() == "Opnieuw"
    gate.set()


def test_under_each_other_progress_and_state_stand_above_what_scrolls(
    opened: Opened, report: ReportPage, gate: threading.Event, qtbot: QtBot
) -> None:
    stop = report.preview.progress.cancel
    opened.window.resize(640, 400)
    report.make()
    opened.until(lambda: seen(report.state) and seen(stop))
    assert report.state.accessibleName() == NOT_CHECKED
    assert report.preview.state.isHidden(), "it is said once"
    bar = report._builder.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert seen(stop), "it does not scroll away"
    report.published.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(report.published, Qt.Key.Key_Tab)
    assert opened.focused is stop, "after the head, before the chapters"
    opened.window.resize(1280, 800)
    opened.until(lambda: report.preview.isAncestorOf(stop) and seen(stop) and seen(report.preview.state))
    assert report.state.isHidden()
    opened.until(lambda: opened.focused is stop)
    qtbot.keyClick(stop, Qt.Key.Key_Tab)
    assert opened.focused is report.preview.pages
    opened.window.resize(640, 400)
    opened.until(lambda: seen(stop))
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    opened.until(lambda: not report.making.busy)
    assert report.notice == "Het narekenen is gestopt."
    assert report.state.isHidden()
    gate.set()


def test_a_long_audit_says_how_long_it_takes(
    opened: Opened, report: ReportPage, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress, now = report.preview.progress, [50.0]
    monkeypatch.setattr(progress, "_clock", lambda: now[0])
    report.choose(BEFORE)
    opened.until(progress.isVisible)
    now[0] += 12
    opened.until(lambda: progress.said.endswith("12 seconden"))
    now[0] += 1
    opened.until(lambda: progress.said.endswith("13 seconden"))
    assert progress.cancel.isEnabled()
    assert not gate.is_set()


def test_an_audit_is_not_called_saving(opened: Opened, report: ReportPage, gate: threading.Event) -> None:
    report.choose(BEFORE)
    opened.until(report.preview.progress.isVisible)
    assert opened.desk.sidebar._saved.label.text() == "Alles bewaard"
    assert not gate.is_set()


def sentences(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of a module, with what is filled in as a mark."""
    parts = {id(part) for found in ast.walk(tree) if isinstance(found, ast.JoinedStr) for part in found.values}
    for found in ast.walk(tree):
        if isinstance(found, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in found.values)
        elif isinstance(found, ast.Constant) and isinstance(found.value, str) and id(found) not in parts:
            yield found.value


def test_a_refused_preview_says_nothing_of_an_export() -> None:
    reporting = Path(next(iter(vpdesk.reporting.__path__)))
    paths = [*reporting.rglob("*.py"), Path(report_making.__file__)]
    said = [text for path in paths for text in sentences(ast.parse(path.read_text())) if "geëxporteerd" in text]
    assert len(said) > 5
    for text in said:
        shown = without_export(text)
        assert "geëxporteerd" not in shown
        assert shown.strip().endswith((".", ";", "…")), shown
        assert "  " not in shown
    assert without_export("Het kan niet. Er is niets geëxporteerd.") == "Het kan niet."


def test_a_refusal_in_the_window_is_about_the_preview(
    opened: Opened, report: ReportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise ReportRefusedError(
            "Dat is herleidbaar. Daarom is er niets geëxporteerd. Uw gegevens zijn niet veranderd."
        )

    with monkeypatch.context() as broken:
        broken.setattr(reports, "prepare", refuse)
        report.make()
        opened.made(report)
    assert report.notice == "Dat is herleidbaar. Daarom is er geen voorbeeld. Uw gegevens zijn niet veranderd."
    assert report.hidden.verdict.accessibleName() == "niet nagerekend"
    assert not report.findings.text.isReadOnly()


def test_a_trial_that_gives_less_says_so_and_goes_back_first(opened: Opened, report: ReportPage) -> None:
    idea = Idea("Probeer 2019", period=Period.year(2019))  # a year without cases
    report.hidden.buttons[0].setFocus()
    report.try_out(idea)
    opened.until(lambda: opened.focused is report.hidden.buttons[-1])
    assert report.preview.empty.startswith("Hier komt het verslag over 2019.")
    opened.made(report)
    assert "Dan staan er minder getallen in het verslag: 0 in plaats van" in report.hidden.said.text()
    back, use = report.hidden.buttons
    assert (back.text(), back.kind) == ("Terug", PRIMARY)
    assert (use.text(), use.kind == PRIMARY) == ("Gebruiken", False)
    opened.until(lambda: opened.focused is back)
    assert back.isVisible()
    assert not back.visibleRegion().isEmpty(), "the page scrolls to it"
    back.click()
    assert opened.focused is report.chapters, "the table of what is hidden is empty until the year is there again"
    opened.made(report)
    assert report.period == YEAR


def seen(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()


def test_in_a_small_window_the_page_scrolls_to_what_has_the_keyboard(
    opened: Opened, report: ReportPage, remembered: Remembered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "protected", remembered.child)  # an answer at once leaves nothing to wait for
    opened.window.resize(640, 400)
    (longer,) = [button for button in report.hidden.buttons if button.text() == "Probeer 2024 en 2025 samen"]
    longer.setFocus(Qt.FocusReason.TabFocusReason)
    longer.click()
    opened.until(lambda: opened.focused is report.hidden.buttons[-1] and seen(report.hidden.buttons[-1]))
    opened.made(report)
    opened.until(lambda: opened.focused is report.hidden.buttons[0] and seen(report.hidden.buttons[0]))
    report.hidden.buttons[1].click()
    opened.until(lambda: opened.focused is report.chapters)
    opened.until(lambda: not report.chapters.visibleRegion().isEmpty())
    opened.made(report)


def test_the_whole_page_is_reached_with_tab(opened: Opened, report: ReportPage, qtbot: QtBot) -> None:
    report.by_period.setFocus(Qt.FocusReason.TabFocusReason)
    order: list[QWidget] = []
    for _ in range(60):
        focused = QApplication.focusWidget() or opened.focused
        assert focused is not None
        if focused in order:
            break
        order.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    wanted = [
        report.by_period, report.by_client, report.by_audience, report.crossed, report.published, report.export,
        report.chapters, report.findings.text, report.preview.after, report.preview.pages, report.hidden.table,
        *report.hidden.buttons,
    ]  # fmt: skip
    places = [order.index(widget) for widget in wanted]
    assert places == sorted(places), "in the order of reading"


def test_ideas_answer_enter_and_dialogs_escape(opened: Opened, report: ReportPage, qtbot: QtBot) -> None:
    def button(words: str) -> QWidget:
        return next(found for found in report.hidden.buttons if found.text() == words)

    qtbot.keyClick(button("Rijen samenvoegen…"), Qt.Key.Key_Return)
    qtbot.keyClick(opened.child(RowsDialog), Qt.Key.Key_Escape)
    assert opened.gone(RowsDialog)
    qtbot.keyClick(report.crossed, Qt.Key.Key_Return)
    opened.settle()
    qtbot.keyClick(opened.child(CrossedDialog), Qt.Key.Key_Escape)
    assert opened.gone(CrossedDialog)
    assert not report.hidden.trying
    qtbot.keyClick(button("Neem de streepjes per groep samen"), Qt.Key.Key_Return)
    assert report.hidden.trying
    opened.made(report)
    qtbot.keyClick(button("Terug"), Qt.Key.Key_Return)
    assert not report.hidden.trying
    opened.made(report)
