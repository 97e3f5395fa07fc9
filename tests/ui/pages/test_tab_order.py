"""Tab goes through what was made late in the order of the eye, and ends on what stands below it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.test_clients import button, waterveen
from tests.ui.pages.test_guided import begin
from vpdesk.domain.guided import GuidedKind
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.clients import ClientsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.ui.pages.conftest import Opened


def after(opened: Opened, before: QWidget) -> str:
    """Return the name of what has the keyboard after Tab."""
    before.setFocus()
    opened.qtbot.keyClick(before, Qt.Key.Key_Tab)
    now = opened.window.focusWidget()
    assert now is not None
    return now.accessibleName()


@pytest.mark.parametrize("kind", list(GuidedKind))
def test_tab_goes_through_the_questions_and_then_to_what_ends_the_record(opened: Opened, kind: GuidedKind) -> None:
    page = begin(opened, kind)
    fields = list(page.fields.values())
    for one, following in itertools.pairwise(fields):
        assert after(opened, one.controls[-1]) == following.controls[0].accessibleName()
    assert after(opened, fields[-1].controls[-1]) == page.final.accessibleName()


def test_tab_goes_from_the_head_of_the_units_through_what_can_be_done_with_each(opened: Opened) -> None:
    page = opened.go(PageName.ORGANISATIES, client=waterveen(opened).id)
    assert isinstance(page, ClientsPage)
    first, *others = page.units.there
    assert after(opened, page.units.add) == f"{first.name} hernoemen"
    assert after(opened, button(page.units, f"{first.name} hernoemen")) == f"{first.name} beëindigen"
    assert after(opened, button(page.units, f"{first.name} beëindigen")) == f"{others[0].name} hernoemen"
