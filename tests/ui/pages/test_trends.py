"""Trends: charts for the advisor alone, and what reports said of the same; nothing of it can be taken out."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTableView

from tests.ui.naming import nameless
from vpdesk.domain.periods import Period
from vpdesk.operations import clients
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.trends import OWN, SAID, TrendsPage

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened


@pytest.fixture
def trends(opened: Opened) -> TrendsPage:
    page = opened.go(PageName.TRENDS)
    assert isinstance(page, TrendsPage)
    return page


def test_the_years_are_there_with_what_was_told_before_vpdesk(trends: TrendsPage) -> None:
    assert trends.line.isVisible()
    assert trends.line.accessibleDescription() == "2022: 19, 2023: 17, 2024: 21, 2025: 26, 2026: 0"
    assert "Pesten: 2022: niet genoemd, 2023: niet genoemd" in trends.panels.accessibleDescription()
    assert trends.phases.accessibleDescription().startswith("Voorfase: 18, Meldingsfase: 3, Nafase: 5")
    assert trends.note.accessibleName() == f"{OWN} 2026 loopt nog."
    assert not list(nameless(trends))


def test_the_switch_shows_what_was_said_by_keyboard(opened: Opened, trends: TrendsPage) -> None:
    trends.switch.setFocus()
    QTest.keyClick(trends.switch, Qt.Key.Key_Space)
    assert trends.switch.isChecked()
    assert trends.note.accessibleName() == SAID
    assert not trends.line.isVisible(), "no report is out"
    assert trends._line_none.isVisible()
    assert trends.phases.isHidden()
    charts = (trends.panels, trends.phases, trends.bar)
    assert [chart.accessibleDescription() for chart in charts] == [""] * 3, "what is hidden is still read by some"
    assert not [text for label in trends._balance.findChildren(QLabel) if (text := label.text()) and text[0].isdigit()]
    QTest.keyClick(trends.switch, Qt.Key.Key_Space)
    assert trends.line.isVisible()
    opened.settle()


def test_another_organisation_and_another_year(opened: Opened, trends: TrendsPage) -> None:
    known = opened.ask(clients.clients)
    trends.by_client.set_value(known[1].id)
    trends.by_client.chosen.emit(known[1].id)
    opened.settle()
    assert trends.line.accessibleDescription().endswith("2025: 8, 2026: 0")
    trends.by_year.set_value(Period.year(2022))
    trends.by_year.chosen.emit(Period.year(2022))
    opened.settle()
    assert trends.phases.isHidden()
    assert trends._balance.isHidden()
    assert opened.go(PageName.TRENDS, client=known[0].id) is trends
    opened.settle()
    assert trends.by_client.value == known[0].id


def test_nothing_can_be_copied_printed_or_saved(trends: TrendsPage) -> None:
    assert not trends.findChildren(QPlainTextEdit)
    assert not trends.findChildren(QTableView)
    assert not trends.findChildren(QAction)
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert not [label.text() for label in trends.findChildren(QLabel) if label.textInteractionFlags() & selectable]
    assert trends.contextMenuPolicy() == Qt.ContextMenuPolicy.DefaultContextMenu
    assert not trends.acceptDrops()


def test_the_page_loads_nothing_that_reckons_or_draws_files() -> None:
    code = (
        "import sys; import vpdesk.ui.pages.trends; "
        "print(*sorted({name.partition('.')[0] for name in sys.modules} & {'highspy', 'numpy', 'reportlab', 'docx'}))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert made.stdout.strip() == ""


def test_the_charts_follow_what_changes_and_fit_a_narrow_window(opened: Opened, trends: TrendsPage) -> None:
    high = trends.panels.height()
    opened.window.resize(700, 700)
    opened.until(lambda: trends.panels.height() > high)
    assert QRect(trends.panels.rect()).width() <= opened.window.width()
    opened.desk.changes.tell(Topic.CASES)
    opened.settle()
    assert trends.line.isVisible()


def test_without_an_organisation_the_page_leads_to_where_one_is_made(empty: Opened) -> None:
    page = empty.go(PageName.TRENDS)
    assert isinstance(page, TrendsPage)
    assert page.to_clients.isVisible()
    assert not page.switch.isVisible()
    assert page.first_focus() is page.to_clients
    page.to_clients.click()
    empty.settle()
    assert empty.desk.place.page is PageName.ORGANISATIES
