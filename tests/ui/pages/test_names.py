"""Every control has a name for screen readers and can be reached by keyboard, on every page and in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from tests.ui.naming import named_alike, nameless
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.cases import CasesPage
from vpdesk.ui.pages.clients import ClientsPage
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.report import ReportPage

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened

PAGES = tuple(PageName)


def shown(opened: Opened, name: PageName) -> QWidget:
    row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(open_only=True), 1))[0]
    page = opened.go(name, case=row.id) if name is PageName.CASUS else opened.go(name)
    if isinstance(page, ReportPage):
        opened.until(lambda: not page.making.busy)
    if isinstance(page, ConversationPage):
        opened.qtbot.keyClicks(page.writing, "Feiten.")
        page.go_forward()
    opened.settle()
    return page


@pytest.mark.parametrize("name", PAGES)
def test_every_control_of_a_page_has_a_name(opened: Opened, name: PageName) -> None:
    page = shown(opened, name)
    assert nameless(page) == []
    assert named_alike(page) == []
    assert nameless(opened.desk) == []


@pytest.mark.parametrize("name", PAGES)
def test_tab_visits_every_control_and_comes_round(opened: Opened, name: PageName) -> None:
    page = shown(opened, name)
    reachable = {
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None and not isinstance(widget.parentWidget(), QAbstractScrollArea)
    }  # fmt: skip
    at: QWidget | None = opened.window.focusWidget() or page
    visited = set()
    for _ in range(400):
        at = at.nextInFocusChain() if at is not None else None
        if at is None:
            break
        visited.add(at)
    assert reachable - visited == set()


def test_every_control_of_the_forms_has_a_name(opened: Opened) -> None:
    page = shown(opened, PageName.CASUS)
    assert isinstance(page, CasePage)
    for ask in (page.edit_facts, page.plan_step, page.close_case, page.change_wish.click):
        ask()
        opened.settle()
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        assert nameless(dialog) == [], ask
        dialog.close()
    listed = opened.go(PageName.CASUSSEN)
    assert isinstance(listed, CasesPage)
    clients_page = opened.go(PageName.ORGANISATIES)
    assert isinstance(clients_page, ClientsPage)
    for ask in (clients_page.new_client, clients_page.import_sheet):
        ask()
        opened.settle()
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        assert nameless(dialog) == [], ask
        dialog.close()
