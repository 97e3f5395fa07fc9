"""The printed sheet: every word on it in order, one page, and a QR code that says the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPdfWriter

from vpdesk.ui.screens.recovery_sheet import code_of, paint_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.window

WORDS = (
    "kastanje",
    "molen",
    "zilver",
    "haven",
    "lantaarn",
    "appel",
    "brug",
    "wolk",
    "trompet",
    "wimpel",
    "kelder",
    "duin",
    "vlieger",
    "honing",
    "spiegel",
    "oktober",
)


def test_every_word_stands_on_one_page(tmp_path: Path, qapp: QApplication) -> None:
    file = tmp_path / "blad.pdf"
    paint_sheet(QPdfWriter(str(file)), WORDS)
    pages = PdfReader(file).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert all(word in text for word in WORDS)
    assert text.index("kastanje") < text.index("oktober")
    assert "vpdesk" not in text, "the paper does not say what it opens"


def test_the_code_is_square_with_its_three_corners() -> None:
    code = code_of(WORDS)
    size = len(code)
    assert all(len(row) == size for row in code)
    assert not any(code[0])
    finder = [True] * 7
    for row, column in ((4, 4), (4, size - 11), (size - 11, 4)):
        assert list(code[row][column : column + 7]) == finder


def test_other_words_give_another_code() -> None:
    assert code_of(WORDS) != code_of(WORDS[::-1])
