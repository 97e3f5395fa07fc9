"""A text of the year before is offered, told from a new one, taken back with Ctrl+Z, and stops no export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from vpdesk.domain.periods import Period
from vpdesk.operations import reports

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.report import ReportPage

WORDS = "De regeling staat op intranet. Wie haar niet kent, vindt haar niet snel."


def with_text_before(opened: Opened, report: ReportPage) -> None:
    client = report.client_id
    assert client is not None
    opened.ask(
        lambda vault: reports.save_finding(
            vault, client_id=client, period=Period.year(2024), chapter="route", text=WORDS
        )
    )
    report.choose(Period.year(2023))
    report.choose(Period.year(2025))
    opened.made(report)


def row(report: ReportPage, key: str) -> str:
    return next(row.spoken for row in report.chapters.rows.rows if row.key == key)


def test_the_same_text_says_so_while_it_is_typed_and_after(opened: Opened, report: ReportPage) -> None:
    with_text_before(opened, report)
    report.chapters.choose("route")
    assert report.findings.again == ""
    assert report.findings.text.toPlainText() == "", "nothing is taken over unasked"
    report.findings.earlier.click()
    opened.until(lambda: report.findings.text.toPlainText() == WORDS)
    opened.until(lambda: report.findings.again == "Zelfde tekst als in 2024.")
    opened.made(report)
    assert "als in 2024" in row(report, "route")
    assert report.export.isEnabled(), "it is no reason to stop"
    report.findings.put_text(f"{WORDS}\n\nDaarom komt er een kaart.")
    opened.until(lambda: report.findings.again == "Deels dezelfde tekst als in 2024.")
    report.findings.put_text("Daarom komt er een kaart.")
    opened.until(lambda: report.findings.again == "")
    opened.made(report)
    assert "2024" not in row(report, "route")
    report.chapters.choose("kort")
    assert report.findings.again == ""


def test_what_was_taken_over_is_taken_back_by_the_keys_for_that(opened: Opened, report: ReportPage) -> None:
    with_text_before(opened, report)
    report.chapters.choose("route")
    report.findings.earlier.click()
    opened.until(lambda: report.findings.text.toPlainText() == WORDS)
    report.findings.text.setFocus()
    opened.qtbot.keySequence(report.findings.text, QKeySequence(QKeySequence.StandardKey.Undo))
    assert report.findings.text.toPlainText() == ""


def test_pages_turn_by_keyboard_while_a_text_is_typed(opened: Opened, report: ReportPage) -> None:
    report.chapters.choose("route")
    report.preview.pages.show_page(1)
    opened.window.activateWindow()
    report.findings.text.setFocus()
    opened.until(report.findings.text.hasFocus)
    alt = Qt.KeyboardModifier.AltModifier
    opened.qtbot.keyClick(report.findings.text, Qt.Key.Key_PageDown, alt)
    assert report.preview.pages.page == 2
    opened.qtbot.keyClick(report.findings.text, Qt.Key.Key_PageUp, alt)
    assert report.preview.pages.page == 1
    report.preview.pages.set_zoom(1.5)
    assert report.preview.zoom.text() == "150 %"
    report.preview.pages.set_zoom(None)
    assert report.preview.zoom.text() == "Passend"
