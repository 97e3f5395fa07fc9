"""The preview follows what is typed before it is kept, and the chapter that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from vpdesk.operations import reports
from vpdesk.ui.pages.report_places import place_of
from vpdesk.ui.widgets.preview import Spot

if TYPE_CHECKING:
    import pytest

    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.report import ReportPage

WITHIN = 1_000  # milliseconds in which the last key must be looked at; drawing takes its own time beside that
NEVER = 3_600_000  # milliseconds, in which no test ends: what is typed is kept when the test says so


def drawn(report: ReportPage) -> str:
    return repr(report.prepared.document) if report.prepared is not None else ""


def test_the_pages_show_what_is_typed_before_it_is_kept_and_it_goes_out_only_once_it_is_kept(
    opened: Opened, report: ReportPage
) -> None:
    kept: list[str] = []
    report.findings.changed.connect(lambda _chapter, text: kept.append(text))
    report.chapters.choose("route")
    assert report.findings._look.interval() < WITHIN
    report.findings._timer.setInterval(NEVER)
    opened.qtbot.keyClicks(report.findings.text, "De regeling staat op intranet.")
    opened.until(lambda: "De regeling staat op intranet." in drawn(report))
    assert kept == [], "it is drawn before it is kept"
    assert not report.export.isEnabled()
    report.findings.flush()
    opened.made(report)
    opened.until(report.export.isEnabled)
    assert kept == ["De regeling staat op intranet."]
    report.findings.put_text("De regeling staat op de kaart.")
    opened.until(lambda: "staat op de kaart" in drawn(report))
    assert "op intranet" not in drawn(report), "what was kept before does not come back over what is typed"
    report.findings.flush()
    opened.made(report)
    opened.until(report.export.isEnabled)
    client, period = report.client_id, report.period
    assert client is not None
    assert period is not None
    found = opened.ask(lambda vault: reports.findings(vault, client_id=client, period=period))
    assert found["route"] == "De regeling staat op de kaart."


def test_an_export_that_was_asked_for_while_typing_waits_until_it_is_kept(
    opened: Opened, report: ReportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(report, "_ask_place", lambda: asked.append(report.findings.text.toPlainText()))
    report.chapters.choose("route")
    report.findings.put_text("De regeling staat op intranet.")
    opened.until(lambda: report.making.busy)
    report.export_when_ready()
    assert asked == []
    opened.until(lambda: bool(asked))
    assert asked == ["De regeling staat op intranet."]
    assert not report.findings.dirty


def test_a_chapter_that_is_chosen_is_shown_where_it_stands(opened: Opened, report: ReportPage) -> None:
    pages = report.preview.pages
    for key in ("advies", "kort", "aandachtspunten"):
        report.chapters.choose(key)
        report.findings.put_text("Uitleg helpt.")
        opened.made(report)
    report.chapters.choose("kort")
    assert pages.page == 3
    report.chapters.choose("aandachtspunten")
    place = place_of("aandachtspunten", pages.headings())
    assert place is not None
    assert pages.page == place.page > 3
    report.chapters.choose("organisatie")
    assert pages.page == place.page, "what stands all over the report stands nowhere in particular"
    down = Qt.Key.Key_Up
    opened.qtbot.keyClick(report.chapters, down)
    opened.qtbot.keyClick(report.chapters, Qt.Key.Key_Home)
    assert pages.page == 3


def test_a_text_stands_under_its_own_heading_or_the_one_that_comes_before_it_is_there() -> None:
    headings = (
        Spot("1 Het jaar in het kort", 3, 90),
        Spot("Waarover het ging", 3, 300),
        Spot("3 Ondersteuning", 5, 90),
        Spot("Waarover het ging", 7, 90),
        Spot("4 Informeren", 8, 300),
    )
    assert place_of("themas", headings) == headings[3]
    assert place_of("fasen", headings) == headings[2]
    assert place_of("voorlichting", headings) == headings[4]
    assert place_of("route", headings) is None
    assert place_of("organisatie", headings) is None
