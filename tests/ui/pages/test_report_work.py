"""Werkzaamheden, chosen on the page of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.domain.report_work import PARTS, WorkPart
from vpdesk.operations.report_work import work_parts
from vpdesk.reporting import work_chapters
from vpdesk.ui.pages.report_work import WorkDialog

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.report import ReportPage


def asked(opened: Opened, report: ReportPage) -> WorkDialog:
    report.work.click()
    opened.settle()
    return opened.child(WorkDialog)


def test_what_is_ticked_is_kept_and_printed(opened: Opened, report: ReportPage) -> None:
    dialog = asked(opened, report)
    assert [box.text() for box in dialog.boxes.values()] == list(PARTS.values())
    assert not any(box.isChecked() for box in dialog.boxes.values())
    dialog.boxes[WorkPart.VOORLICHTING].setChecked(True)
    dialog.verb.click()
    opened.settle()
    opened.until(lambda: opened.gone(WorkDialog))
    opened.made(report)
    client = report.client_id
    assert client is not None
    assert opened.ask(lambda vault: work_parts(vault, client)) == {WorkPart.VOORLICHTING}
    assert report.prepared is not None
    assert report.prepared.gathered.work.parts == {WorkPart.VOORLICHTING}
    again = asked(opened, report)
    assert again.boxes[WorkPart.VOORLICHTING].isChecked()
    again.reject()


def test_the_words_of_the_work_log_stand_among_the_texts_and_are_changed_elsewhere(
    opened: Opened, report: ReportPage
) -> None:
    dialog = asked(opened, report)
    for box in dialog.boxes.values():
        box.setChecked(True)
    dialog.verb.click()
    opened.settle()
    opened.until(lambda: opened.gone(WorkDialog))
    opened.made(report)
    assert report.prepared is not None
    assert "Advies over de meldregeling" in report.prepared.work_text
    report.chapters.choose(work_chapters.CHAPTER)
    assert report.findings.text.toPlainText() == report.prepared.work_text
    assert report.findings.text.isReadOnly()
