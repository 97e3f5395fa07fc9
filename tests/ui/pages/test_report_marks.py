"""Walking through the marks in a text of the report: each can be reached, seen and kept by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from vpdesk.ui.pages.report_findings import KeepDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.report import ReportPage


def test_every_mark_can_be_kept_by_keyboard(opened: Opened, report: ReportPage, qtbot: QtBot) -> None:
    report.chapters.choose("signalen")
    report.findings.text.setFocus()
    report.findings.put_text("Niemand kwam vaker. Vooral de directeur sprak in maart. In mei ook.")
    opened.made(report)
    marks = report.findings.marks
    assert len(marks) > 4, "more than are listed at once"
    for mark in marks[:4]:
        report.findings.to_mark()
        assert report.findings.text.textCursor().selectedText() == mark.found
    qtbot.keyClick(report.findings.text, Qt.Key.Key_Tab)
    keep = opened.focused
    assert keep is not None
    assert keep.accessibleName() == f"‘{marks[3].found}’ laten staan"
    assert keep.accessibleDescription() == marks[3].reason
    qtbot.keyClick(keep, Qt.Key.Key_Return)
    dialog = opened.child(KeepDialog)
    dialog.reason.setText("Zo heet het hoofdstuk")
    dialog.verb.click()
    opened.until(lambda: len(report.findings.marks) == len(marks) - 1)
    assert marks[3].found not in [mark.found for mark in report.findings.marks]


def test_in_a_small_window_the_page_scrolls_to_the_mark_that_was_walked_to(opened: Opened, report: ReportPage) -> None:
    report.chapters.choose("signalen")
    report.findings.put_text("Over Publiekszaken is gesproken.")
    opened.made(report)
    opened.window.resize(640, 400)
    bar = report._builder.verticalScrollBar()
    opened.until(lambda: bar.maximum() > 0)
    for walk in (report.points.click, lambda: report.to_mark(1)):
        bar.setValue(0)
        opened.until(lambda: report.findings.text.visibleRegion().isEmpty())
        walk()
        opened.until(lambda: not report.findings.text.visibleRegion().isEmpty())
