"""The builder of the annual report, through the window."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.operations import cases, clients, reports
from vpdesk.operations.reports import Level
from vpdesk.ui import theme
from vpdesk.ui.context import PageName
from vpdesk.ui.models import report_periods
from vpdesk.ui.pages.ledger_dialogs import LedgerDialog
from vpdesk.ui.pages.report import ReportPage
from vpdesk.ui.pages.report_dialogs import AuthorDialog, HiddenDialog, PeriodDialog
from vpdesk.ui.pages.report_findings import KeepDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Opened


def test_the_real_pages_are_shown_from_memory(opened: Opened, report: ReportPage) -> None:
    pages = report.preview.pages
    assert pages.pages > 3
    assert "Waterveen" in pages.accessibleDescription()
    report.preview.after.click()
    assert pages.page == 2
    assert report.shown is not None
    assert report.shown.audited
    assert "geen klein aantal af te leiden" in report.hidden.verdict.accessibleName()
    assert report.export.isEnabled()
    assert opened.desk.page is report


def test_what_is_hidden_is_explained_without_saying_which_dash_is_small(opened: Opened, report: ReportPage) -> None:
    assert report.hidden.notes
    report.hidden.table.choose_row(0)
    report.hidden.explained.emit(report.hidden.notes[0])
    dialog = opened.child(HiddenDialog)
    dialog.verb.click()
    assert not dialog.isVisible()


def test_a_mark_stops_the_export_until_it_has_a_reason(opened: Opened, report: ReportPage) -> None:
    report.chapters.choose("signalen")
    report.findings.put_text("Over Publiekszaken is gesproken.")
    opened.made(report)
    assert not report.export.isEnabled()
    assert report.prepared is not None
    assert {(mark.chapter, mark.found) for mark in report.prepared.open_marks} == {("signalen", "Publiekszaken")}
    assert report.points.text().startswith("Nog 1 punt")
    assert len(report.findings.text.extraSelections()) == 1
    report.chapters.choose("kort")
    report.points.click()
    assert report.findings.text.textCursor().selectedText() == "Publiekszaken"
    mark = report.shown.marks[0] if report.shown is not None else None
    assert mark is not None
    report.findings.ask(mark)
    dialog = opened.child(KeepDialog)
    dialog.verb.click()
    assert dialog.isVisible(), "a reason is needed"
    dialog.reason.setText("Het onderdeel vroeg zelf om dit advies")
    dialog.verb.click()
    opened.settle()
    opened.made(report)
    assert report.export.isEnabled()
    assert not report.points.isVisible()
    report.by_audience.chosen.emit(Audience.OR)
    opened.made(report)
    assert report.points.text().startswith("Nog 1 punt"), "other people read that edition"
    report.by_audience.chosen.emit(Audience.WERKGEVER)
    opened.made(report)
    assert report.export.isEnabled()


def test_marks_can_be_read_in_a_theme_that_is_chosen_later(
    opened: Opened, report: ReportPage, qapp: QApplication, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: theme.choose(qapp, theme.Scheme.LIGHT, 1.0))
    report.chapters.choose("signalen")
    report.findings.put_text("Met name ging het over roosters.")
    opened.made(report)
    for scheme in (theme.Scheme.DARK, theme.Scheme.LIGHT):
        theme.choose(qapp, scheme, 1.0)
        opened.settle()
        (selection,) = report.findings.text.extraSelections()
        assert selection.format.background().color() == theme.colour("warning_bg")  # type: ignore[attr-defined]


def test_texts_of_the_organisation_are_shown_and_changed_elsewhere(opened: Opened, report: ReportPage) -> None:
    assert report.prepared is not None
    client = report.prepared.gathered.client
    opened.ask(lambda vault: clients.change_client(vault, replace(client, agreements="Bereikbaar: na één melding")))
    report.make()
    opened.made(report)
    assert not report.export.isEnabled()
    report.points.click()
    assert report.findings.chapter == "organisatie"
    assert report.findings.text.isReadOnly()
    assert "Bereikbaar: na één melding" in report.findings.text.toPlainText()
    assert [mark.found for mark in report.findings.marks] == ["één melding"]
    assert any("bij Organisaties" in label.text() for label in report.findings.findChildren(QLabel))


def test_who_made_the_report_is_chosen_where_it_is_shown(opened: Opened, report: ReportPage, tmp_path: Path) -> None:
    assert report.findings.author.isHidden()
    report.chapters.choose("organisatie")
    assert "Opgesteld door: Extern vertrouwenspersoon" in report.findings.text.toPlainText()
    assert report.findings.earlier.isHidden()
    report.findings.author.click()
    opened.settle()
    dialog = opened.child(AuthorDialog)
    assert dialog.focusWidget() is dialog.author
    dialog.author.setText("M" * 121)
    dialog.verb.click()
    opened.settle()
    assert dialog.wrong.startswith("Op het voorblad past een regel")
    dialog.author.setText("Mirjam Okafor")
    dialog.verb.click()
    opened.until(lambda: opened.gone(AuthorDialog))
    opened.made(report)
    assert "Opgesteld door: Mirjam Okafor" in report.findings.text.toPlainText()
    assert report.export.isEnabled()
    report.export_to(tmp_path / "verslag.pdf")
    opened.until(lambda: report.shown is not None and report.shown.exported is not None)
    opened.made(report)
    assert report.findings.author.isHidden(), "what is out does not change"
    assert report.prepared is not None
    assert report.prepared.gathered.existing is not None
    assert report.prepared.gathered.existing.author == "Mirjam Okafor"


def test_below_the_threshold_a_text_can_be_confirmed(opened: Opened, report: ReportPage) -> None:
    report.choose(Period(date(2019, 1, 1), date(2019, 12, 31)))
    opened.made(report)
    report.chapters.choose("route")
    report.findings.put_text("De regeling staat op intranet.\nWie haar niet kent, vindt haar daar.")
    opened.made(report)
    assert not report.export.isEnabled()
    (mark,) = report.findings.marks
    report.findings.ask(mark)
    dialog = opened.child(KeepDialog)
    assert "Deze tekst laten staan" in {label.text() for label in dialog.findChildren(QLabel)}
    dialog.reason.setText("Gaat over de regeling")
    dialog.verb.click()
    opened.settle()
    opened.made(report)
    assert report.export.isEnabled()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Er klonk: ‘ik durf hier niet meer te zijn’.", "‘ik durf hier niet meer te zijn’ laten staan"),
        (
            "Er klonk: ‘ik durf hier niet meer alleen te zijn met al die mensen om mij heen’.",
            "‘ik durf hier niet meer alleen te zijn met al die mensen om…’ laten staan",
        ),
    ],
)
def test_a_quotation_is_asked_about_in_one_pair_of_marks_and_never_at_length(
    opened: Opened, report: ReportPage, text: str, title: str
) -> None:
    report.chapters.choose("signalen")
    report.findings.put_text(text)
    opened.until(lambda: len(report.findings.marks) == 1)
    report.findings.ask(report.findings.marks[0])
    dialog = opened.child(KeepDialog)
    assert title in {label.text() for label in dialog.findChildren(QLabel)}
    dialog.reject()


def test_who_keeps_a_number_is_shown_where_it_belongs(opened: Opened, report: ReportPage) -> None:
    report.chapters.choose("signalen")
    report.findings.put_text("In maart was er één melding.")
    opened.until(lambda: len(report.findings.marks) == len(("In maart", "één melding")))
    moment, number = report.findings.marks
    report.findings.ask(moment)
    dialog = opened.child(KeepDialog)
    assert not any("Uitgegeven" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()
    report.findings.ask(number)
    dialog = next(found for found in report.findChildren(KeepDialog) if found.isVisible())
    assert any("hoort ook bij Uitgegeven" in label.text() for label in dialog.findChildren(QLabel))
    dialog.published.click()
    opened.settle()
    assert opened.gone(KeepDialog)
    assert opened.child(LedgerDialog).isVisible()


def test_after_a_reason_the_keyboard_is_at_the_next_mark_and_then_in_the_text(
    opened: Opened, report: ReportPage, qtbot: QtBot
) -> None:
    def keep() -> QWidget | None:
        qtbot.keyClick(opened.focused, Qt.Key.Key_Space)
        dialog = opened.child(KeepDialog)
        dialog.reason.setText("Zij vroegen het zelf")
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
        opened.settle()
        opened.made(report)
        return opened.focused

    report.chapters.choose("signalen")
    report.findings.put_text("Over Publiekszaken was er één melding.")
    opened.made(report)
    report.findings.text.setFocus()
    qtbot.keyClick(report.findings.text, Qt.Key.Key_Tab)
    following = keep()
    assert following is not None
    assert following.accessibleName() == "‘één melding’ laten staan"
    assert keep() is report.findings.text
    assert report.export.isEnabled()


def test_where_a_report_was_saved_is_not_said_away_by_its_own_preview(
    opened: Opened, report: ReportPage, tmp_path: Path
) -> None:
    out = tmp_path / "verslag.pdf"
    report.export_to(out)
    opened.until(lambda: report.shown is not None and report.shown.exported is not None)
    opened.made(report)
    assert report.notice.startswith("Het verslag is bewaard. verslag.pdf.")
    report.make()
    opened.made(report)
    assert report.notice.startswith("Dit verslag is al uitgegeven op 20 januari 2026.")


def test_a_mark_is_reached_with_tab_right_after_the_text(opened: Opened, report: ReportPage, qtbot: QtBot) -> None:
    report.chapters.choose("signalen")
    report.findings.put_text("Over Publiekszaken was er één melding.")
    opened.made(report)
    report.findings.text.setFocus()
    reached = []
    for _ in range(3):
        qtbot.keyClick(opened.focused, Qt.Key.Key_Tab)
        assert opened.focused is not None
        reached.append(opened.focused.accessibleName())
    assert reached == [
        "‘Publiekszaken’ laten staan",
        "‘één melding’ laten staan",
        report.preview.after.accessibleName(),
    ]


def test_the_export_is_frozen_and_comes_out_the_same_again(opened: Opened, report: ReportPage, tmp_path: Path) -> None:
    first, second = tmp_path / "eerste.pdf", tmp_path / "tweede.pdf"
    report.export_to(first)
    opened.until(first.exists)
    opened.made(report)
    opened.until(lambda: report.shown is not None and report.shown.exported is not None)
    assert report.findings.text.isReadOnly()
    assert any(label.text().startswith("Dit verslag is uitgegeven.") for label in report.findings.findChildren(QLabel))
    assert "niet meer te veranderen" in report.findings.text.accessibleDescription()
    report.export_to(second)
    opened.until(second.exists)
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (first, second)}
    assert len(digests) == 1
    report.published.click()
    opened.settle()
    dialog = opened.child(LedgerDialog)
    assert [row.title for row in dialog.list.rows.rows] == ["Verslag 2025"]
    dialog.reject()
    opened.made(report)


def test_an_exported_report_is_followed_by_a_copy_that_vandaag_and_kluis_show(
    opened: Opened, report: ReportPage, tmp_path: Path
) -> None:
    report.export_to(tmp_path / "verslag.pdf")
    opened.until((tmp_path / "verslag.pdf").exists)
    opened.settle()
    for page in (PageName.VANDAAG, PageName.KLUIS):
        shown = " ".join(label.text() for label in opened.go(page).findChildren(QLabel))
        assert "eservekopie vandaag 10:00" in shown.replace("kopie: ", "kopie "), page
        assert "geopend en gecontroleerd" in shown
    assert "Reservekopie 10:00" in " ".join(label.text() for label in opened.desk.sidebar.findChildren(QLabel))


def test_a_place_that_cannot_be_written_is_said_and_nothing_goes_out(
    opened: Opened, report: ReportPage, tmp_path: Path
) -> None:
    report.export_to(tmp_path / "bestaat niet" / "verslag.pdf")
    opened.settle()
    opened.made(report)
    assert report.shown is not None
    assert report.shown.exported is None
    assert report.export.isEnabled()
    assert report.notice


def test_other_days_and_another_reader_make_another_report(opened: Opened, report: ReportPage) -> None:
    report.choose(Period(date(2025, 1, 1), date(2025, 6, 30)), Audience.OR)
    opened.made(report)
    assert report.by_period.text() == "1 jan 2025 – 30 jun 2025"
    assert report.prepared is not None
    assert (report.prepared.gathered.period.last, report.prepared.gathered.audience) == (
        date(2025, 6, 30),
        Audience.OR,
    )
    report.by_period.chosen.emit("andere periode")
    dialog = opened.child(PeriodDialog)
    dialog.last.set_day(date(2024, 1, 1))
    dialog.verb.click()
    assert dialog.wrong
    dialog.reject()


def test_few_cases_give_a_report_without_a_breakdown(opened: Opened, report: ReportPage) -> None:
    client = opened.ask(lambda vault: clients.client_by_name(vault, "Zorggroep Zilverels"))
    assert client is not None
    opened.go(PageName.JAARVERSLAG, client=client.id)
    opened.settle()
    opened.made(report)
    assert report.shown is not None
    assert report.prepared is not None
    assert report.prepared.gathered.client.id == client.id
    assert report.shown.level in {Level.TOTAAL, Level.INTERVAL, Level.GEEN_GETALLEN}


def test_without_an_organisation_the_page_leads_to_one(empty: Opened) -> None:
    page = empty.go(PageName.JAARVERSLAG)
    assert isinstance(page, ReportPage)
    assert page.first_focus() is page.to_clients


@pytest.mark.parametrize(
    ("today", "starts_in", "first"),
    [
        (date(2026, 1, 20), 1, Period.year(2025)),
        (date(2026, 8, 31), 9, Period(date(2024, 9, 1), date(2025, 8, 31))),
        (date(2026, 9, 1), 9, Period(date(2025, 9, 1), date(2026, 8, 31))),
    ],
)
def test_the_last_full_year_is_proposed_and_the_newest_is_offered_first(
    today: date, starts_in: int, first: Period
) -> None:
    assert report_periods.proposed(today, starts_in) == first
    offered = report_periods.offered(today, starts_in, (2011, 2025))
    assert offered == tuple(sorted(set(offered), key=lambda period: period.first, reverse=True))
    assert offered[1] == first
    assert offered[-1].first.year == 2011, "a year with cases is offered, however long ago"
    assert [report_periods.label_on(period, today).endswith(", loopt nog") for period in offered[:2]] == [True, False]


def test_years_with_cases_of_the_organisation_are_offered(opened: Opened, report: ReportPage) -> None:
    client = report.client_id
    assert client is not None
    opened.ask(lambda vault: cases.open_case(vault, client=client, opened=date(2013, 5, 1)))
    report.refresh()
    opened.made(report)
    assert report.by_period.offers[-2:] == ("2013", "Andere periode…")


def test_a_report_that_cannot_be_made_shows_nothing_of_the_one_before(
    opened: Opened, report: ReportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = report.period
    assert before is not None

    def refuse(*_arguments: object, **_named: object) -> None:
        raise InvalidValueError("Dit verslag kan nu niet worden gemaakt.")

    with monkeypatch.context() as broken:
        broken.setattr(reports, "gather", refuse)
        report.findings.put_text("Nog net getypt.")
        report.choose(Period.year(before.first.year - 1))
        opened.until(lambda: bool(report.notice) and not report.making.busy)
        assert report.notice == "Dit verslag kan nu niet worden gemaakt."
        assert report.preview.pages.pages == 0
        assert report.hidden.notes == ()
        assert report.preview.empty.startswith("Er is nu geen voorbeeld van het verslag over 2024.")
        assert report.chapters.key == "kort"
        opened.until(lambda: not report.findings.text.isReadOnly())
        assert report.findings.text.toPlainText() == ""
        report.findings.put_text("Ook nu te schrijven.")
        opened.until(lambda: opened.worker.idle and not report.findings.dirty)
        assert not report.export.isEnabled()
    opened.settle()
    report.by_period.repeated.emit()
    opened.made(report)
    assert report.preview.pages.pages > 0
    assert not report.preview.empty
    assert report.prepared is not None
    assert report.prepared.gathered.findings == {"kort": "Ook nu te schrijven."}
    report.choose(before)
    opened.made(report)
    assert report.findings.text.toPlainText() == "Nog net getypt.", "it was kept with the report it was typed for"


def test_a_period_that_has_not_ended_says_so_before_the_export(opened: Opened, report: ReportPage) -> None:
    assert report.notice == ""
    running = report_periods.offered(report.context.clock().date(), 1)[0]
    report.choose(running)
    opened.made(report)
    assert report.notice.startswith("Deze periode loopt nog tot en met 31 december")
    assert "openbare verslag" not in report.notice
    report.by_audience.chosen.emit(Audience.OPENBAAR)
    opened.made(report)
    assert (
        "Gaat dit openbare verslag eerst naar buiten, dan noemt ook dat verslag geen aantal onder 10." in report.notice
    )


def test_last_years_text_comes_from_the_same_days_a_year_earlier() -> None:
    assert report_periods.year_before(Period.year(2025)) == Period.year(2024)
    leap = Period(date(2024, 2, 1), date(2024, 2, 29))
    assert report_periods.year_before(leap) == Period(date(2023, 2, 1), date(2023, 2, 28))
