"""The paged model by itself: no window, no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt

from vpdesk.ui.models.paged import PAGE, ROW_ROLE, Column, PagedModel
from vpdesk.ui.widgets.tables import CELL, Cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

COLUMNS: tuple[Column[int], ...] = (
    Column("Getal", 80, lambda row: Cell(str(row), weight=600), right=True),
    Column("Woord", 80, lambda row: Cell("even" if row % 2 == 0 else "oneven"), stretch=True),
)


class Answers:
    """A database that answers when the test says so."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.waiting: list[tuple[int, int, Callable[[tuple[int, ...]], None]]] = []

    def ask(self, limit: int, offset: int, taken: Callable[[tuple[int, ...]], None]) -> None:
        self.waiting.append((limit, offset, taken))

    def answer(self, which: int = 0) -> None:
        limit, offset, taken = self.waiting.pop(which)
        taken(tuple(range(offset, min(self.size, offset + limit))))


def test_rows_come_in_pages_until_there_are_no_more(qtbot: QtBot) -> None:
    answers = Answers(PAGE + 20)
    model = PagedModel[int](COLUMNS, answers.ask)
    with qtbot.waitSignal(model.reloaded):
        model.reload()
        answers.answer()
    assert model.rowCount() == PAGE
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex()), "one page at a time"
    model.fetchMore(QModelIndex())
    answers.answer()
    assert model.rows() == tuple(range(PAGE + 20))
    assert not model.canFetchMore(QModelIndex())
    assert answers.waiting == []


def test_an_overtaken_answer_is_dropped() -> None:
    answers = Answers(3)
    model = PagedModel[int](COLUMNS, answers.ask)
    model.reload()
    model.reload()
    answers.size = 0
    answers.answer(0)
    assert model.rowCount() == 0
    answers.size = 2
    answers.answer()
    assert model.rows() == (0, 1)


def test_only_the_newest_question_is_still_wanted() -> None:
    answers = Answers(3)
    model = PagedModel[int](COLUMNS, answers.ask)
    model.reload()
    first = model.wanted()
    assert first()
    model.reload()
    assert not first()
    assert model.wanted()()


def test_a_page_of_an_older_round_is_not_added() -> None:
    answers = Answers(2 * PAGE)
    model = PagedModel[int](COLUMNS, answers.ask)
    model.reload()
    answers.answer()
    model.fetchMore(QModelIndex())
    model.reload()
    answers.answer(0)
    assert model.rowCount() == PAGE
    answers.size = 1
    answers.answer()
    assert model.rows() == (0,)


def test_cells_tell_text_name_and_alignment() -> None:
    answers = Answers(1)
    model = PagedModel[int](COLUMNS, answers.ask)
    model.reload()
    answers.answer()
    first, second = model.index(0, 0), model.index(0, 1)
    assert model.data(first) == "0"
    assert model.data(first, CELL) == Cell("0", weight=600)
    assert model.data(first, ROW_ROLE) == 0
    assert model.data(first, Qt.ItemDataRole.AccessibleTextRole) == "Getal: 0"
    assert model.data(first, Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(second, Qt.ItemDataRole.ToolTipRole) == "even"
    assert model.data(first, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(second, Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Woord"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.rowCount(first) == model.columnCount(first) == 0
    assert model.columnCount() == 2
