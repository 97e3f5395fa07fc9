"""The timeline of a case: date, icon on a rail, title and one line; the dashed first entry is the next step."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from vpdesk.ui import icons, theme
from vpdesk.ui.models.timeline import ENTRY_ROLE, Entry, EntryKind, TimelineModel
from vpdesk.ui.widgets.keys import asks_for_menu
from vpdesk.ui.widgets.lists import keyboard_focus
from vpdesk.ui.widgets.revealing import reveal_row

ROW: Final = 57
DATE: Final = 80
RAIL: Final = 108
TEXT: Final = 134
_ACTION: Final = 112
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _elided(painter: QPainter, rect: QRect, flags: Qt.AlignmentFlag, text: str) -> None:
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, flags, cut)


def _begins(index: QModelIndex | QPersistentModelIndex) -> bool:
    """Return whether the rail begins here: nothing that happened stands above."""
    above = index.model().index(index.row() - 1, 0).data(ENTRY_ROLE)
    return not isinstance(above, Entry) or above.kind is EntryKind.NEXT


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        area, state = option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, area, state, entry)
        last = index.row() == index.model().rowCount() - 1
        self._rail(painter, area, entry, first=_begins(index), last=last)
        self._text(painter, area, entry)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag, entry: Entry) -> None:
        box = area.adjusted(1, 1, -1, -2)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(theme.colour("selected"))
            painter.drawRoundedRect(box, 6, 6)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRect(box.left(), box.top() + 4, 3, box.height() - 8), 1.5, 1.5)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(box, 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if entry.kind is EntryKind.NEXT:
            painter.setPen(QPen(theme.colour("control"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 6, 6)
        view = self.parent()
        if chosen and isinstance(view, QWidget) and view.hasFocus() and keyboard_focus(view):
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)

    def _rail(self, painter: QPainter, area: QRect, entry: Entry, *, first: bool, last: bool) -> None:
        x, middle = area.left() + theme.px(RAIL - 8), area.top() + theme.px(19)
        painter.setPen(QPen(theme.colour("edge"), 1.5))
        if entry.kind is not EntryKind.NEXT:
            if not first:
                painter.drawLine(x, area.top(), x, middle - 14)
            if not last:
                painter.drawLine(x, middle + 14, x, area.bottom())
        icons.paint(painter, QRect(x - 10, middle - 10, 20, 20), entry.icon, "warning" if entry.alert else "text", 18)

    def _text(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        left, line = area.left() + theme.px(TEXT - 8), theme.px(20)
        right = area.right() - 12
        painter.setPen(theme.colour("muted" if entry.kind is not EntryKind.NEXT else "text"))
        painter.setFont(theme.font("small"))
        painter.drawText(QRect(area.left(), area.top() + theme.px(9), theme.px(DATE), line), _RIGHT, entry.when)
        width = painter.fontMetrics().horizontalAdvance(entry.right) + 12 if entry.right else 0
        action = entry.kind is EntryKind.NEXT
        if entry.right:
            painter.setFont(theme.font("small", 600) if action else theme.font("small"))
            painter.setPen(theme.colour("accent" if action else "muted"))
            painter.drawText(QRect(right - 160, area.top() + theme.px(9), 160, line), _RIGHT, entry.right)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body", 600))
        _elided(painter, QRect(left, area.top() + theme.px(9), right - left - width, line), _LEFT, entry.title)
        painter.setPen(theme.colour("warning" if entry.alert else "muted"))
        painter.setFont(theme.font("body"))
        _elided(painter, QRect(left, area.top() + theme.px(29), right - left, line), _LEFT, entry.detail)


class Timeline(QListView):
    """The list; `opened(entry)` on Enter, double click or a click on the action of the next step."""

    opened = Signal(object)  # Entry

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = model
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Tijdlijn")
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._act)

    def fit(self) -> None:
        """Be as high as the entries: the page scrolls, not the list."""
        self.setMinimumHeight(self._entries.rowCount() * theme.px(ROW) + 4)

    def _open(self, index: QModelIndex) -> None:
        entry = self._entries.entry(index)
        if entry is not None:
            self.opened.emit(entry)

    def _act(self, index: QModelIndex) -> None:
        entry = self._entries.entry(index)
        at = self.viewport().mapFromGlobal(self.cursor().pos())
        if entry is not None and entry.kind is EntryKind.NEXT and entry.right and at.x() > self.width() - _ACTION:
            self.opened.emit(entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the entry on Enter; ask for its menu on Shift+F10."""
        if asks_for_menu(event):
            self.customContextMenuRequested.emit(self.visualRect(self.currentIndex()).center())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
            reveal_row(self)
