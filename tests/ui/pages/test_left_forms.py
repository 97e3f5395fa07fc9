"""A form that is left while the vault is at work: what was done is shown all the same, and what failed comes back."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.test_casework import open_case
from vpdesk.domain.phases import Phase
from vpdesk.operations import cases
from vpdesk.ui.dialog_text import _kept
from vpdesk.ui.pages.case_dialogs import CloseDialog, MoveDialog
from vpdesk.ui.pages.handover_dialog import HandOverDialog
from vpdesk.ui.pages.import_dialog import ImportDialog
from vpdesk.ui.pages.takeover_dialog import TakeOverDialog
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.errors import VpdeskError

pytestmark = pytest.mark.window


def _raise(error: VpdeskError) -> None:
    raise error


@contextmanager
def busy(opened: Opened) -> Iterator[None]:
    """Keep the vault at work until the block ends."""
    free = Event()
    opened.worker.run(lambda _vault: free.wait(60), lambda _: None, _raise)
    try:
        yield
    finally:
        free.set()
        opened.settle()


@pytest.mark.parametrize("leave", ["escape", "cross"])
def test_what_a_form_did_that_was_left_is_shown_and_taken_back(opened: Opened, leave: str) -> None:
    page, toast = open_case(opened, Phase.VOORFASE), opened.desk.findChild(Toast)
    number = page.case_id
    assert number is not None
    page.close_case()
    opened.settle()
    form = opened.child(CloseDialog)
    with busy(opened):
        form.verb.click()
        if leave == "escape":
            opened.qtbot.keyClick(form, Qt.Key.Key_Escape)
        else:
            form.close()
        assert not form.isVisible()
    opened.until(lambda: toast.text.startswith("De casus is afgesloten."))
    opened.settle()
    assert any(button.text() == "Heropenen…" for button in page.findChildren(Button) if button.isVisible())
    opened.until(lambda: not opened.window.findChildren(CloseDialog))
    toast._undo.click()
    opened.settle()
    assert opened.ask(lambda vault: cases.get_case(vault, number)).phase is Phase.VOORFASE


def test_a_form_that_was_left_comes_back_with_what_went_wrong_and_what_was_typed(opened: Opened) -> None:
    page = open_case(opened, Phase.VOORFASE)
    number = page.case_id
    assert number is not None
    case = opened.ask(lambda vault: cases.get_case(vault, number))
    form = MoveDialog(opened.desk.context, page, case, Phase.MELDINGSFASE)
    form.open()
    opened.qtbot.keyClicks(form.reason, "wil melden")
    form.day.set_day(case.opened - timedelta(days=30))
    with busy(opened):
        form.verb.click()
        form.reject()
        assert not form.isVisible()
        assert form.keeps_text == any(kept is form for kept, _text in _kept())
    opened.until(form.isVisible)
    assert form.wrong
    assert form.reason.text() == "wil melden"
    form.reject()
    opened.until(lambda: not opened.window.findChildren(MoveDialog))


def test_a_form_whose_work_stops_when_it_is_left_is_gone_at_once() -> None:
    assert not any(form.hears_later for form in (HandOverDialog, ImportDialog, TakeOverDialog))
