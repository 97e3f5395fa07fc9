"""In a small window nothing is cut off without a way to get there: pages rearrange, or they have a scroll bar."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QScrollArea
from pytestqt.exceptions import TimeoutError as WaitedInVain

from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases
from vpdesk.ui import theme
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.report_sheet import ReportSheet
from vpdesk.ui.pages.vault import VaultPage
from vpdesk.ui.widgets.messages import Toast
from vpdesk.ui.widgets.page_area import PageArea
from vpdesk.ui.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.page import Page

PAGES = [name for name in PageName if name not in {PageName.CASUS, PageName.GESPREK}]
SIZES = [QSize(1024, 700), QSize(1100, 760), QSize(1280, 800)]
HALVES = [size / 2 for size in (SIZES[0], SIZES[2])]  # what is left of each at 200 %


def sized(opened: Opened, size: QSize) -> None:
    """Make the window so small."""
    opened.window.setMinimumSize(0, 0)

    def small() -> bool:  # bars fold up one by one, each after it got less room
        opened.window.resize(size)
        return opened.window.size() == size

    opened.until(small)


def seen_all(opened: Opened, size: QSize) -> None:
    """Every page was there before: the widest must not set the width of the others."""
    sized(opened, size)
    for name in PAGES:
        opened.go(name)
    opened.settle()


def lost(page: Page) -> list[str]:
    """Return the texts and buttons that lie outside of what can be scrolled to."""
    found: list[str] = []
    for part in (*page.findChildren(QAbstractButton), *page.findChildren(QLabel)):
        if part.isVisible() and part.width() and part.height():
            ground, place = part.parentWidget(), QRect(part.pos(), part.size())
            while ground is not None and not ground.isWindow():
                scrolls = isinstance(ground.parentWidget(), QAbstractScrollArea)
                if not scrolls and not ground.rect().adjusted(-2, -2, 2, 2).contains(place):
                    found.append(f"{part.accessibleName() or part.text()} in {type(ground).__name__}")
                    break
                area = ground.parentWidget()
                if isinstance(area, QScrollArea) and _cannot_reach(area):
                    found.append(f"{part.text()} in {type(area).__name__}")
                    break
                place = QRect(ground.mapToParent(place.topLeft()), place.size())
                if scrolls:
                    break
                ground = ground.parentWidget()
    return found


@pytest.mark.parametrize("size", [SIZES[0], HALVES[0]], ids=lambda size: f"{size.width()}x{size.height()}")
def test_no_column_is_cut_off_without_a_scroll_bar(opened: Opened, size: QSize) -> None:
    seen_all(opened, size)
    for name in (PageName.CASUSSEN, PageName.GESPREKKEN):
        for table in opened.go(name).findChildren(PagedTable):
            opened.settle()
            head, bar = table.horizontalHeader(), table.horizontalScrollBar()
            assert head.length() <= table.viewport().width() + bar.maximum()
            assert all(
                table.columnWidth(at) >= head.minimumSectionSize()
                for at in range(head.count())
                if not table.isColumnHidden(at)
            )


def _cannot_reach(area: QScrollArea) -> bool:
    inside, room = area.widget(), area.viewport()
    across, down = area.horizontalScrollBar(), area.verticalScrollBar()
    if inside.width() > room.width() and not (across.isVisible() and across.maximum()):
        return True
    return inside.height() > room.height() and not (down.isVisible() and down.maximum())


@pytest.mark.parametrize("size", [*SIZES, *HALVES], ids=lambda size: f"{size.width()}x{size.height()}")
def test_nothing_is_cut_off_without_a_scroll_bar(opened: Opened, size: QSize) -> None:
    seen_all(opened, size)
    area = opened.desk.findChild(PageArea)
    for name in PAGES:
        page = opened.go(name)
        opened.settle()
        opened.until(lambda page=page: lost(page) == [] and not _cannot_reach(area))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_at_usual_sizes_no_page_scrolls_sideways(opened: Opened, size: QSize) -> None:
    seen_all(opened, size)
    for name in PAGES:
        page = opened.go(name)
        opened.settle()
        for area in (opened.desk.findChild(PageArea), *page.findChildren(QScrollArea)):
            if area.isVisible():
                opened.until(lambda area=area: area.widget().width() <= area.viewport().width())
        if isinstance(page, ReportSheet):
            assert page.hidden.verdict.width() == page.hidden.verdict.sizeHint().width()
        if isinstance(page, VaultPage):
            head = page.table.horizontalHeader()
            assert page.table.minimumWidth() >= sum(head.sectionSize(at) for at in (0, 2, 3)) + 96


def sideways(opened: Opened) -> list[str]:
    """Return what of the page scrolls sideways."""
    page = opened.desk.page
    assert page is not None
    areas = (opened.desk.findChild(PageArea), *page.findChildren(QAbstractScrollArea))
    return [
        f"{type(area).__name__} {area.accessibleName()}: {area.horizontalScrollBar().maximum()}"
        for area in areas
        if area.isVisible()
        and area.horizontalScrollBar().maximum() > 0
        and area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    ]


@pytest.mark.parametrize("enlarged", [True, False], ids=["text of 200 %", "half the window"])
def test_enlarged_no_page_scrolls_sideways(opened: Opened, *, enlarged: bool) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if enlarged:
        theme.choose(app, theme.Scheme.LIGHT, 2.0)
    try:
        sized(opened, SIZES[2] if enlarged else HALVES[1])
        row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(open_only=True), 1))[0]
        for name in PageName:
            opened.go(name, **({"case": row.id} if name is PageName.CASUS else {}))
            opened.settle()
            with contextlib.suppress(WaitedInVain):  # what it was is said below
                opened.qtbot.waitUntil(lambda: sideways(opened) == [], timeout=4000)
            found = sideways(opened)
            assert found == [], name
    finally:
        theme.choose(app, theme.Scheme.LIGHT, 1.0)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_the_page_of_a_talk_keeps_its_foot_and_the_panel_scrolls(opened: Opened, size: QSize) -> None:
    seen_all(opened, size)
    page = opened.go(PageName.GESPREK)
    assert isinstance(page, ConversationPage)
    page.writing.set_text("Belt.")
    page.go_forward()
    opened.settle()
    area = opened.desk.findChild(PageArea)
    assert page.size() == area.viewport().size()
    for part in (page._fate, page.panel.save, page.panel.back):
        assert page.rect().contains(QRect(part.mapTo(page, QPoint(0, 0)), part.size()))


@pytest.mark.parametrize("size", HALVES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_enlarged_the_panel_needs_no_scrolling_sideways(opened: Opened, size: QSize) -> None:
    seen_all(opened, size)
    page = opened.go(PageName.GESPREK)
    assert isinstance(page, ConversationPage)
    page.writing.set_text("Belt.")
    page.go_forward()
    opened.settle()
    area = opened.desk.findChild(PageArea)
    opened.until(lambda: page.width() <= area.viewport().width())


@pytest.mark.parametrize("size", [SIZES[1], HALVES[0]], ids=lambda size: f"{size.width()}x{size.height()}")
def test_what_is_said_in_passing_covers_nothing(opened: Opened, size: QSize) -> None:
    seen_all(opened, size)
    opened.go(PageName.GESPREK)
    area, toast = opened.desk.findChild(PageArea), opened.desk.findChild(Toast)
    high = area.height()
    opened.desk.context.message("Uw eerdere tekst staat bij Gesprekken, nog niet gekoppeld.")
    opened.until(lambda: toast.isVisible() and area.height() < high)
    place = QRect(toast.mapTo(opened.desk, QPoint(0, 0)), toast.size())
    assert opened.desk.rect().contains(place)
    for other in (area, opened.desk.sidebar, opened.desk.top):
        if other.isVisible():
            assert not place.intersects(QRect(other.mapTo(opened.desk, QPoint(0, 0)), other.size()))
    toast.hide()
    opened.until(lambda: area.height() == high)


@pytest.mark.parametrize("size", [*SIZES, *HALVES], ids=lambda size: f"{size.width()}x{size.height()}")
def test_every_line_that_explains_a_setting_can_be_read(opened: Opened, size: QSize) -> None:
    sized(opened, size)
    page = opened.go(PageName.INSTELLINGEN)
    wrapped = [label for label in page.findChildren(QLabel) if label.wordWrap()]
    assert len(wrapped) > len(SIZES)
    opened.until(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in wrapped))
