"""Tables: rows of one height, no grid, chips and signs in cells, the chosen row with its bar."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from vpdesk.ui import icons, theme
from vpdesk.ui.widgets.bars import paint_swatch
from vpdesk.ui.widgets.chips import paint_chip
from vpdesk.ui.widgets.fields import paint_radio
from vpdesk.ui.widgets.lists import choose_something, keyboard_focus

Index = QModelIndex | QPersistentModelIndex
CELL: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows; a model returns it under the role CELL.

    `chip` is the kind of a status chip around the text; `icon` stands before the text, as does the square of a
    `swatch`; `radio` is a choice; `free` text may be cut, with the whole of it as tooltip.
    """

    text: str = ""
    weight: int = 400
    ink: str = "text"
    icon: str = ""
    icon_ink: str = "muted"
    chip: str = ""
    right: bool = False
    radio: bool | None = None
    swatch: str = ""


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of a table; the view draws no grid and no focus of its own."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 36) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the one height of every row."""
        del option
        cell: Cell = index.data(CELL)
        return QSize(len(cell.text) * theme.px(7) + 24, theme.px(self._height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        rect: QRect = option.rect
        state = option.state
        view = option.widget
        cell: Cell = index.data(CELL)
        first = index.column() == 0
        painter.save()
        self._ground(painter, rect, index, chosen=bool(state & QStyle.StateFlag.State_Selected), view=view)
        inner = rect.adjusted(16 if first else 8, 0, -8, -1)
        if cell.radio is not None:
            size = theme.px(18)
            paint_radio(painter, QRect(inner.x(), inner.center().y() - size // 2, size, size), on=cell.radio)
        elif cell.chip:
            paint_chip(painter, QPoint(inner.x(), inner.center().y() + 1), cell.text, cell.chip)
        else:
            self._words(painter, inner, cell)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, inner: QRect, cell: Cell) -> None:
        if cell.icon:
            size = theme.px(16)
            icons.paint(painter, QRect(inner.x(), inner.y(), size, inner.height()), cell.icon, cell.icon_ink, size)
            inner = inner.adjusted(size + 8, 0, 0, 0)
        if cell.swatch:
            size = theme.px(12)
            paint_swatch(painter, QRect(inner.x(), inner.center().y() - size // 2, size, size), cell.swatch)
            inner = inner.adjusted(size + 8, 0, 0, 0)
        painter.setFont(theme.font("body", cell.weight))
        painter.setPen(theme.colour(cell.ink))
        side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        cut = theme.fitted(cell.text, inner.width(), "body", cell.weight)
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), cut)

    @staticmethod
    def _ground(painter: QPainter, rect: QRect, index: Index, *, chosen: bool, view: QWidget | None) -> None:
        hovered = isinstance(view, Table) and view.hovered == index.row()
        if chosen or hovered:
            painter.fillRect(rect, theme.colour("selected" if chosen else "hover"))
        if chosen and index.column() == 0:
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.colour("accent"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        if chosen and view is not None and view.hasFocus() and keyboard_focus(view):
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawLine(rect.left(), rect.top() + 1, rect.right() + 1, rect.top() + 1)
            painter.drawLine(rect.left(), rect.bottom() - 1, rect.right() + 1, rect.bottom() - 1)
            if index.column() == 0:
                painter.drawLine(rect.left() + 1, rect.top(), rect.left() + 1, rect.bottom())
            if index.column() == index.model().columnCount() - 1:
                painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())


class Table(QTableView):
    """A table of whole rows; one tab stop. `opened(row)` on Enter or double click, `chosen(row)` on moving.

    The model gives a Cell under the role CELL, and words under DisplayRole for screen readers.
    """

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(self, name: str, *, row_height: int = 36) -> None:
        super().__init__()
        self.hovered = -1
        self._row_height = row_height
        self._widths: tuple[tuple[int, ...], int] | None = None
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self, height=row_height))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.measure(vertical, "setDefaultSectionSize", row_height)
        theme.measure(vertical, "setMinimumSectionSize", row_height)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setSectionsClickable(False)
        theme.measure(head, "setMinimumSectionSize", 32)
        theme.measure(head, "setFixedHeight", 32)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.entered.connect(self._hover)

    def set_widths(self, widths: tuple[int, ...], stretch: int) -> None:
        """Give each column its width in units at text size 1; column `stretch` takes what is left."""
        self._widths = widths, stretch
        head = self.horizontalHeader()
        for column, width in enumerate(widths):
            mode = QHeaderView.ResizeMode.Stretch if column == stretch else QHeaderView.ResizeMode.Fixed
            head.setSectionResizeMode(column, mode)
            head.resizeSection(column, theme.px(width))

    def changeEvent(self, event: QEvent) -> None:
        """Give the columns their widths anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._widths is not None:
            self.set_widths(*self._widths)

    @property
    def row(self) -> int:
        """The chosen row, -1 when there is none."""
        return self.currentIndex().row()

    def currentChanged(self, current: QModelIndex | QPersistentModelIndex, previous: Index) -> None:
        """Tell which row is chosen now."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a row when the keyboard comes in and none is chosen."""
        choose_something(self)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; Home and End go to the first and last row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.row >= 0:
            self.opened.emit(self.row)
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: object) -> None:
        """No row is under the pointer any more."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._hover(QModelIndex())

    def _hover(self, index: QModelIndex) -> None:
        if index.row() != self.hovered:
            self.hovered = index.row()
            self.viewport().update()
