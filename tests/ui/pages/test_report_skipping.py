"""Chapters through the window: one is left out, leaves list and preview, and comes back with its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from vpdesk.domain.periods import Period
from vpdesk.domain.report_chapters import Skippable
from vpdesk.operations.report_skipping import skip, skipped
from vpdesk.ui.pages.report_skipping import ChaptersDialog

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.report import ReportPage


def asked(opened: Opened, report: ReportPage) -> ChaptersDialog:
    report.skipping.click()
    opened.settle()
    return opened.child(ChaptersDialog)


def keys(report: ReportPage) -> list[str]:
    return [row.key for row in report.chapters.rows.rows]


def test_a_chapter_is_left_out_by_keyboard_and_comes_back_with_its_text(opened: Opened, report: ReportPage) -> None:
    report.chapters.choose("advies")
    report.findings.put_text("Ik dacht mee over de regeling.")
    opened.made(report)
    pages = report.preview.pages.pages
    dialog = asked(opened, report)
    box = dialog.boxes[Skippable.ADVIES]
    assert box.isChecked()
    box.setFocus()
    opened.qtbot.keyClick(box, Qt.Key.Key_Space)
    opened.qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert opened.gone(ChaptersDialog)
    opened.made(report)
    assert "advies" not in keys(report)
    assert report.left_out.text() == "1 hoofdstuk weggelaten"
    assert report.prepared is not None
    assert "Ik dacht mee" not in repr(report.prepared.document)
    assert report.preview.pages.pages <= pages
    dialog = asked(opened, report)
    assert not dialog.boxes[Skippable.ADVIES].isChecked()
    dialog.boxes[Skippable.ADVIES].setChecked(True)
    dialog.verb.click()
    opened.settle()
    opened.made(report)
    assert report.left_out.text() == ""
    assert "Ik dacht mee" in repr(report.prepared.document)


def test_the_choice_is_that_of_the_organisation_and_says_that_numbers_have_no_part_in_it(
    opened: Opened, report: ReportPage
) -> None:
    client = report.client_id
    assert client is not None
    dialog = asked(opened, report)
    assert "laat het niet afhangen van de aantallen" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.boxes[Skippable.SIGNALEN].setChecked(False)
    dialog.verb.click()
    opened.settle()
    opened.made(report)
    assert opened.ask(lambda vault: skipped(vault, client)) == {Skippable.SIGNALEN}


def test_without_a_works_council_the_edition_for_the_employer_is_for_the_staff_too(
    opened: Opened, report: ReportPage
) -> None:
    dialog = asked(opened, report)
    assert not dialog.staff.isChecked()
    dialog.staff.setFocus()
    opened.qtbot.keyClick(dialog.staff, Qt.Key.Key_Space)
    dialog.verb.click()
    opened.settle()
    opened.made(report)
    assert report.prepared is not None
    assert report.prepared.document.edition == "Uitgave voor de werkgever en het personeel"
    assert report.left_out.text() == ""
    dialog = asked(opened, report)
    assert dialog.staff.isChecked()
    dialog.staff.setChecked(False)
    dialog.verb.click()
    opened.settle()
    opened.made(report)
    assert report.prepared.document.edition == "Uitgave voor de werkgever"


def test_texts_are_right_before_the_report_is_checked(opened: Opened, report: ReportPage) -> None:
    client = report.client_id
    assert client is not None
    opened.ask(lambda vault: skip(vault, client, {Skippable.ONDERSTEUNING}))
    shown: list[list[str]] = []
    report.making.begun.connect(lambda: opened.ask(lambda _: None))
    report.making.moved.connect(lambda *_: shown.append(keys(report)))
    report.choose(Period.year(2024))
    opened.made(report)
    assert shown
    assert all("fasen" not in found for found in shown)
