"""No text that somebody may write makes a page wider than its window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractScrollArea

from tools.bench.states import UNBROKEN, fill_long
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations.cases import list_cases
from vpdesk.ui.context import PageName
from vpdesk.ui.widgets.chips import FilterChip
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Opened

pytestmark = pytest.mark.window

PAGES = (
    PageName.VANDAAG,
    PageName.CASUSSEN,
    PageName.GESPREKKEN,
    PageName.ACTIVITEITEN,
    PageName.ORGANISATIES,
    PageName.SOCIALE_KAART,
    PageName.KWESTIES,
    PageName.BEWAREN,
    PageName.VASTLEGGINGEN,
)


def test_no_page_scrolls_sideways_over_long_texts(opened: Opened) -> None:
    opened.ask(fill_long)
    opened.desk.changes.tell()
    (case,) = opened.ask(lambda vault: list_cases(vault, CaseFilter(text=UNBROKEN), 1))
    places: list[tuple[PageName, dict[str, object]]] = [(page, {}) for page in PAGES]
    for page, to in [*places, (PageName.CASUS, {"case": case.id})]:
        opened.go(page, **to)
        opened.settle()
        areas = [area for area in opened.desk.findChildren(QAbstractScrollArea) if area.isVisible()]
        assert areas
        wide = [area for area in areas if area.horizontalScrollBar().isVisible()]
        assert not wide, (page, wide)


def test_a_chip_is_no_wider_than_a_name_that_can_be_read_and_tells_the_whole(qtbot: QtBot) -> None:
    short, long = FilterChip(""), FilterChip("")
    for chip, word in ((short, "Anker"), (long, UNBROKEN * 4)):
        qtbot.addWidget(chip)
        chip.offer("", [(word, 1)])
    assert short.shown_text == "Anker"
    assert short.toolTip() == ""
    assert long.shown_text.endswith("…")
    assert long.sizeHint().width() < 400
    assert long.toolTip() == long.accessibleName() == UNBROKEN * 4
    long.offer("", [("Anker", 1)])
    assert long.toolTip() == ""


def test_a_label_that_wraps_breaks_a_long_word_and_gives_back_what_it_was_given(qtbot: QtBot) -> None:
    label, plain = Label(UNBROKEN * 3, wraps=True), Label(UNBROKEN * 3)
    for shown in (label, plain):
        qtbot.addWidget(shown)
        assert shown.text() == UNBROKEN * 3
    assert label.minimumSizeHint().width() < plain.minimumSizeHint().width() / 3
