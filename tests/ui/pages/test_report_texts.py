"""Standard texts through the window: one is chosen, changed and printed, and the original comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.ui.pages.report_texts import TextsDialog
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.report import ReportPage

WORDS = "Wie belt, mag ook een ander laten bellen."


def asked(opened: Opened, report: ReportPage) -> TextsDialog:
    report.chapters.choose("organisatie")
    opened.settle()
    assert report.findings.texts.isVisible()
    report.findings.texts.click()
    opened.settle()
    return opened.child(TextsDialog)


def test_a_text_is_changed_shown_as_changed_and_taken_back(opened: Opened, report: ReportPage) -> None:
    dialog = asked(opened, report)
    assert not dialog.back_to_original.isVisible()
    dialog.which.choose("rol.onafhankelijk")
    assert dialog.text.toPlainText() == dialog.chosen.original
    dialog.text.setPlainText(WORDS)
    assert dialog.back_to_original.isVisible()
    dialog.verb.click()
    opened.settle()
    assert opened.gone(TextsDialog)
    assert "‘Onafhankelijk’ is veranderd" in opened.desk.findChild(Toast).text
    opened.made(report)
    assert report.prepared is not None
    assert WORDS in report.prepared.own_text
    dialog = asked(opened, report)
    index = dialog.which.findData("rol.onafhankelijk")
    assert dialog.which.itemText(index) == "Onafhankelijk (veranderd)"
    dialog.which.choose("rol.onafhankelijk")
    assert dialog.text.toPlainText() == WORDS
    dialog.back_to_original.click()
    assert not dialog.back_to_original.isVisible()
    dialog.verb.click()
    opened.settle()
    toast = opened.desk.findChild(Toast)
    assert "is weer het origineel" in toast.text
    opened.made(report)
    assert WORDS not in report.prepared.own_text
    toast._undo.click()
    opened.settle()
    opened.made(report)
    assert WORDS in report.prepared.own_text


def test_a_text_that_was_kept_as_it_was_has_nothing_to_take_back(opened: Opened, report: ReportPage) -> None:
    dialog = asked(opened, report)
    dialog.verb.click()
    opened.settle()
    toast = opened.desk.findChild(Toast)
    assert "weer het origineel" in toast.text
    assert not toast._undo.isVisible()


def test_what_no_report_fills_in_is_said_and_the_text_stays(opened: Opened, report: ReportPage) -> None:
    dialog = asked(opened, report)
    dialog.which.choose("advies")
    dialog.text.setPlainText("Vraag het {naam}.")
    dialog.verb.click()
    opened.settle()
    assert dialog.isVisible()
    assert "{naam} vult vpdesk" in dialog.wrong
    assert dialog.text.toPlainText() == "Vraag het {naam}."


def test_the_texts_stand_with_the_chapter_of_the_organisation_only(opened: Opened, report: ReportPage) -> None:
    report.chapters.choose("kort")
    opened.settle()
    assert not report.findings.texts.isVisible()
