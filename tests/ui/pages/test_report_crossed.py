"""Kruistabellen, chosen on the page of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.operations.report_choosing import report_choices
from vpdesk.ui.pages.report_crossed import CrossedDialog

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.report import ReportPage


def asked(opened: Opened, report: ReportPage) -> CrossedDialog:
    report.crossed.click()
    opened.settle()
    return opened.child(CrossedDialog)


def test_two_divisions_are_chosen_kept_and_printed(opened: Opened, report: ReportPage) -> None:
    dialog = asked(opened, report)
    names = [box.accessibleName() for boxes in dialog.tables for box in boxes]
    assert names[:2] == ["Kruistabel 1, rijen", "Kruistabel 1, kolommen"]
    assert len(set(names)) == len(names) == 8
    dialog.tables[0][0].choose("rol")
    dialog.verb.click()
    assert dialog.wrong.startswith("Kies bij kruistabel 1")
    dialog.tables[0][1].choose("rol")
    dialog.verb.click()
    assert "twee verschillende" in dialog.wrong
    dialog.tables[0][1].choose("werkgebied")
    dialog.verb.click()
    opened.settle()
    opened.until(lambda: opened.gone(CrossedDialog))
    opened.made(report)
    client, period = report.client_id, report.period
    assert client is not None
    assert period is not None
    kept = opened.ask(lambda vault: report_choices(vault, client, period))
    assert kept.crossed == (("rol", "werkgebied"),)
    assert report.prepared is not None
    assert report.prepared.gathered.choices == kept
    titles = [note.title for note in report.hidden.notes]
    assert "Casussen naar rol en werkgebied" in titles
    again = asked(opened, report)
    assert [box.currentData() for box in again.tables[0]] == ["rol", "werkgebied"]
    again.reject()
