"""A table that holds what it was handed, page by page; it never queries and never sorts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from vpdesk.ui.widgets.tables import CELL, Cell

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

PAGE: Final = 200
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 2
_ROOT: Final = QModelIndex()
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its head, its width in device-independent pixels and how a row shows in it.

    One that `yields` goes where there is no room for any that stretches.
    """

    title: str
    width: int
    cell: Callable[[Row], Cell]
    stretch: bool = False
    right: bool = False
    yields: bool = False


Taken = Callable[[tuple[Row, ...]], None]
Ask = Callable[[int, int, Taken[Row]], None]


class PagedModel(QAbstractTableModel, Generic[Row]):
    """Rows in the order of the database, fetched in pages of 200 while the view scrolls.

    `ask(limit, offset, taken)` starts a query elsewhere and calls `taken(rows)` later, on this thread. An answer to a
    question that `reload` has overtaken is dropped, so that fast typing never shows old rows.
    """

    reloaded = Signal()

    def __init__(self, columns: tuple[Column[Row], ...], ask: Ask[Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self._ask = ask
        self._rows: list[Row] = []
        self._round = 0
        self._more = False
        self._asking = False

    def reload(self) -> None:
        """Ask for the first page anew; the old rows stay until it is there, so that nothing flickers."""
        self._round += 1
        asked = self._round
        self._asking = True

        def taken(rows: tuple[Row, ...]) -> None:
            if asked != self._round:
                return
            self._asking = False
            self.beginResetModel()
            self._rows = list(rows)
            self._more = len(rows) == PAGE
            self.endResetModel()
            self.reloaded.emit()

        self._ask(PAGE, 0, taken)

    def wanted(self) -> Callable[[], bool]:
        """Return what tells, on any thread, whether the question of this moment is still the newest.

        The vault thread asks it before it starts, so that of fast typing only the newest question is answered.
        """
        asked = self._round
        return lambda: asked == self._round

    def row_at(self, index: Index) -> Row | None:
        """Return the row under an index; None for the invalid index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rows(self) -> tuple[Row, ...]:
        """Return the rows fetched so far."""
        return tuple(self._rows)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows were fetched; rows have no children."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether the last page was full and no page is under way."""
        return not parent.isValid() and self._more and not self._asking

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page."""
        if not self.canFetchMore(parent):
            return
        self._asking = True
        asked = self._round

        def taken(rows: tuple[Row, ...]) -> None:
            if asked != self._round:
                return
            self._asking = False
            self._more = len(rows) == PAGE
            if rows:
                first = len(self._rows)
                self.beginInsertRows(_ROOT, first, first + len(rows) - 1)
                self._rows.extend(rows)
                self.endInsertRows()

        self._ask(PAGE, len(self._rows), taken)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, cell or row; the tooltip repeats the text where narrow columns may cut it."""
        row = self.row_at(index)
        if row is None or role == ROW_ROLE:
            return row
        column = self.columns[index.column()]
        if role == CELL:  # first, since painting asks for nothing else
            return column.cell(row)
        return self._words(column, row).get(role)

    @staticmethod
    def _words(column: Column[Row], row: Row) -> dict[int, Any]:
        text = column.cell(row).text
        return {
            Qt.ItemDataRole.DisplayRole: text,
            Qt.ItemDataRole.ToolTipRole: text if column.stretch else None,
            Qt.ItemDataRole.AccessibleTextRole: f"{column.title}: {text}",
            Qt.ItemDataRole.TextAlignmentRole: _RIGHT if column.right else _LEFT,
        }

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        """Return the head of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
        return None
