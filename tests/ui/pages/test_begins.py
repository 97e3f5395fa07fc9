"""Where the keyboard is when a form opens, and where Tab goes in it: what Enter then does is never the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.case_dialogs import CloseDialog
from vpdesk.ui.pages.clients import ClientsPage
from vpdesk.ui.pages.handover_dialog import HandOverDialog
from vpdesk.ui.pages.retention_dialogs import TermsDialog
from vpdesk.ui.pages.takeover_dialog import TakeOverDialog
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.lists import keyboard_focus, show_keyboard_focus

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.ui.pages.conftest import Opened


def test_closing_a_case_begins_with_the_outcome(opened: Opened) -> None:
    row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(open_only=True), 1))[0]
    page = opened.go(PageName.CASUS, case=row.id)
    assert isinstance(page, CasePage)
    opened.settle()
    page.close_case()
    opened.settle()
    form = opened.child(CloseDialog)
    assert form.focusWidget() is form.outcome


def test_a_form_asked_for_by_keyboard_shows_where_the_keyboard_is_and_so_does_what_it_opens(opened: Opened) -> None:
    row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(open_only=True), 1))[0]
    page = opened.go(PageName.CASUS, case=row.id)
    assert isinstance(page, CasePage)
    opened.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, on=False)
    page.close_case()
    form = opened.child(CloseDialog)
    assert not keyboard_focus(form)
    form.reject()
    opened.until(lambda: opened.gone(CloseDialog))
    show_keyboard_focus(opened.window)
    page.close_case()
    form = opened.child(CloseDialog)
    assert keyboard_focus(form)
    form.activateWindow()  # nobody opens the next window before this one is theirs; becoming active it begins anew
    opened.until(lambda: form.isActiveWindow() and keyboard_focus(form))
    inner = FormDialog(form, "Binnen", "Doen")
    inner.open()
    inner.activateWindow()
    opened.until(lambda: inner.isActiveWindow() and keyboard_focus(inner))
    opened.settle()
    assert keyboard_focus(inner)
    inner.reject()


def test_what_enter_chose_in_the_palette_is_asked_for_by_keyboard(opened: Opened) -> None:
    opened.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, on=False)
    opened.desk.commands.search.trigger()
    palette = opened.desk.palette_
    opened.qtbot.keyClicks(palette.field, "casussen overnemen")
    opened.settle()
    opened.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    opened.settle()
    form = opened.child(TakeOverDialog)
    form.activateWindow()
    opened.until(lambda: form.isActiveWindow() and keyboard_focus(form))
    opened.settle()
    assert keyboard_focus(form)


def test_retention_terms_begin_with_the_first(opened: Opened) -> None:
    page = opened.go(PageName.ORGANISATIES)
    assert isinstance(page, ClientsPage)
    page.terms.change.click()
    opened.settle()
    form = opened.child(TermsDialog)
    assert form.focusWidget() is not form.verb


def test_taking_over_begins_with_the_file(opened: Opened) -> None:
    opened.desk.commands.take_over.trigger()
    form = opened.child(TakeOverDialog)
    assert form.focusWidget() is form.choose


def test_tab_goes_to_the_cases_before_to_whom_they_go(opened: Opened) -> None:
    opened.desk.commands.hand_over.trigger()
    form = opened.child(HandOverDialog)
    opened.until(lambda: bool(form.choose.boxes) and all(box.isVisible() for box, _ in form.choose.boxes))
    form.activateWindow()
    opened.until(form.isActiveWindow)
    opened.settle()
    form.choose.client.setFocus()
    walked: list[QWidget | None] = []
    for _ in range(len(form.choose.boxes) + 1):
        opened.qtbot.keyClick(form.focusWidget() or form, Qt.Key.Key_Tab)
        walked.append(form.focusWidget())
    assert walked == [*(box for box, _ in form.choose.boxes), form.choose.to]
