"""The dense table over a paged model: fixed rows, one rule under each, the chosen row with its bar."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
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
from vpdesk.ui.models.paged import CELL_ROLE, Cell, PagedModel, Tone
from vpdesk.ui.widgets.chips import paint_chip
from vpdesk.ui.widgets.lists import keyboard_focus

Index = QModelIndex | QPersistentModelIndex
ROW: Final = 34
HEAD: Final = 32
PAUSE: Final = 80  # ms after which the detail pane follows
_FIRST, _OTHER = 16, 8
_VCENTRE: Final = Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_INK: Final = {Tone.PLAIN: "text", Tone.MUTED: "muted", Tone.WARNING: "warning"}


def _inner(rect: QRect, column: int) -> QRect:
    return rect.adjusted(_FIRST if column == 0 else _OTHER, 0, -_OTHER, 0)


class _Head(QHeaderView):
    """Heads in small semibold; an arrow only on the column by which the database sorted."""

    def __init__(self, parent: QWidget, sorted_column: int) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sorted = sorted_column
        self.setFixedHeight(theme.px(HEAD))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head and the rule below it."""
        painter.save()
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        chosen = section == self._sorted
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.colour("text" if chosen else "muted"))
        inner = _inner(rect, section)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        align = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(inner, int(align or Qt.AlignmentFlag.AlignLeft) | int(_VCENTRE), text)
        if chosen:
            width = painter.fontMetrics().horizontalAdvance(text)
            size = theme.px(14)
            at = QRect(inner.left() + width + 6, rect.top(), size, rect.height())
            icons.paint(painter, at, "omlaag", "text", size)
        painter.restore()


class _Delegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.data(CELL_ROLE)
        rect, state, widget = option.rect, option.state, option.widget
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.colour("selected"))
        elif isinstance(widget, PagedTable) and widget.row_under_pointer == index.row():
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        if chosen and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        inner = _inner(rect, index.column())
        if cell.phase is not None:
            paint_chip(painter, QPoint(inner.left(), inner.center().y() + 1), cell.text, cell.phase.value)
        else:
            self._text(painter, inner, cell, right=bool(index.data(Qt.ItemDataRole.TextAlignmentRole) & _RIGHT))
        if chosen and widget is not None and widget.hasFocus() and keyboard_focus(widget):
            self._ring(painter, rect, index)
        painter.restore()

    @staticmethod
    def _text(painter: QPainter, inner: QRect, cell: Cell, *, right: bool) -> None:
        ink = _INK[cell.tone]
        if cell.icon:
            size = theme.px(16)
            icons.paint(painter, QRect(inner.left(), inner.top(), size, inner.height()), cell.icon, ink, size)
            inner = inner.adjusted(size + 6, 0, 0, 0)
        painter.setFont(theme.font("body", 600 if cell.strong else 400))
        painter.setPen(theme.colour(ink))
        cut = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(_RIGHT if right else Qt.AlignmentFlag.AlignLeft) | int(_VCENTRE), cut)

    @staticmethod
    def _ring(painter: QPainter, rect: QRect, index: Index) -> None:
        painter.setPen(QPen(theme.colour("focus"), 2))
        last = index.column() == index.model().columnCount() - 1
        painter.drawLine(rect.left(), rect.top() + 1, rect.right(), rect.top() + 1)
        painter.drawLine(rect.left(), rect.bottom() - 1, rect.right(), rect.bottom() - 1)
        if index.column() == 0:
            painter.drawLine(rect.left() + 1, rect.top(), rect.left() + 1, rect.bottom())
        if last:
            painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())


class PagedTable(QTableView):
    """A table that is one tab stop. `opened(row)` on Enter or double click; `rested(row)` when moving pauses."""

    opened = Signal(object)
    rested = Signal(object)

    def __init__(self, model: PagedModel[Any], name: str, *, sorted_column: int = -1) -> None:
        super().__init__()
        self._rows = model
        self.row_under_pointer = -1
        self.setModel(model)
        self.setHorizontalHeader(_Head(self, sorted_column))
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._rest)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._pause.start())
        self.doubleClicked.connect(lambda index: self.opened.emit(model.row_at(index)))
        model.modelReset.connect(self._pause.start)

    @property
    def row(self) -> Any:
        """The chosen row, None when there is none."""
        return self._rows.row_at(self.currentIndex())

    def choose_row(self, number: int) -> None:
        """Choose a row by its place; a place past the end is the last row."""
        last = self._rows.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self._rows.index(min(number, last), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.row is not None:
                self.opened.emit(self.row)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: Any) -> bool:
        """Follow the pointer by whole rows."""
        if event.type() in {event.Type.MouseMove, event.Type.Leave}:
            over = self.indexAt(event.position().toPoint()).row() if event.type() == event.Type.MouseMove else -1
            if over != self.row_under_pointer:
                self.row_under_pointer = over
                self.viewport().update()
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out what is left of the width among the columns of free text, or take it from them."""
        super().resizeEvent(event)
        columns = self._rows.columns
        wide = [theme.px(column.width) for column in columns]
        rest = self.viewport().width() - sum(wide)
        elastic = [number for number, column in enumerate(columns) if column.stretch]
        for number in elastic:
            wide[number] = max(theme.px(64), wide[number] + rest // len(elastic))
        for number, width in enumerate(wide):
            self.setColumnWidth(number, width)

    def sizeHint(self) -> QSize:
        """Ask for little: the layout gives what there is."""
        return QSize(theme.px(320), theme.px(HEAD + 3 * ROW))

    def _rest(self) -> None:
        self.rested.emit(self.row)
