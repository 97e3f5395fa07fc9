"""The two-line list: what there is to do, or what was, in rows of one height."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from vpdesk.ui import icons, theme
from vpdesk.ui.widgets.chips import chip_width, paint_chip
from vpdesk.ui.widgets.revealing import reveal_row

Index = QModelIndex | QPersistentModelIndex
_LEFT, _VCENTRE, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
ROW: Final = Qt.ItemDataRole.UserRole
ROW_HEIGHT: Final = 56


@dataclass(frozen=True, slots=True)
class ListRow:
    """What one row shows; `key` is what the page knows it by. `state` is a chip (text, kind) instead of `right`."""

    key: object
    title: str
    detail: str = ""
    icon: str = ""
    ink: str = "muted"
    middle: str = ""
    middle_detail: str = ""
    right: str = ""
    right_strong: bool = False
    state: tuple[str, str] | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        state = self.state[0] if self.state else self.right
        return ", ".join(part for part in (self.title, self.detail, self.middle, self.middle_detail, state) if part)


class ListModel(QAbstractListModel):
    """Holds rows; never asks for any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ListRow, ...] = ()

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row itself under ROW, its words elsewhere."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken
        return None


class TwoLineDelegate(QStyledItemDelegate):
    """Paints icon, semibold title over a muted line, a middle column and what stands at the right."""

    def __init__(self, parent: QWidget | None = None, *, middle_at: float = 0.5, kept_right: int = 0) -> None:
        super().__init__(parent)
        self.middle_at = middle_at
        self.kept_right = kept_right

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the one height of every row."""
        del option, index
        return QSize(200, theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: ListRow = index.data(ROW)
        rect: QRect = option.rect
        painter.save()
        paint_row_ground(painter, option, last=index.row() == index.model().rowCount() - 1)
        x = rect.x() + 15
        if row.icon:
            icons.paint(painter, QRect(x, rect.y(), theme.px(20), rect.height()), row.icon, row.ink, theme.px(20))
            x += theme.px(20) + 16
        right = rect.right() - 16
        right -= self._paint_right(painter, row, rect, right, option)
        split = rect.x() + round(rect.width() * self.middle_at) if row.middle else right
        self._two(painter, QRect(x, rect.y(), split - x - 12, rect.height()), row.title, row.detail, 600)
        if row.middle:
            self._two(
                painter, QRect(split, rect.y(), right - split - 12, rect.height()), row.middle, row.middle_detail, 400
            )
        painter.restore()

    def _paint_right(
        self, painter: QPainter, row: ListRow, rect: QRect, right: int, option: QStyleOptionViewItem
    ) -> int:
        if self.kept_right and option.state & QStyle.StateFlag.State_Selected:
            return self.kept_right
        if row.state is not None:
            width = chip_width(*row.state)
            paint_chip(painter, QPoint(right - width, rect.center().y() + 1), *row.state)
            return width + 12
        if not row.right:
            return 0
        painter.setFont(theme.font("body", 600 if row.right_strong else 400))
        painter.setPen(theme.colour("text" if row.right_strong else "muted"))
        width = painter.fontMetrics().horizontalAdvance(row.right)
        painter.drawText(
            QRect(right - width - 4, rect.y(), width + 4, rect.height()), int(_RIGHT | _VCENTRE), row.right
        )
        return width + 16

    @staticmethod
    def _two(painter: QPainter, rect: QRect, first: str, second: str, weight: int) -> None:
        upper = theme.px(20)
        lower = theme.px(18) if second else 0
        top = rect.y() + (rect.height() - upper - lower) // 2
        painter.setFont(theme.font("body", weight))
        painter.setPen(theme.colour("text"))
        cut = theme.fitted(first, rect.width(), "body", weight)
        painter.drawText(QRect(rect.x(), top, rect.width(), upper), int(_LEFT | _VCENTRE), cut)
        if second:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("muted"))
            cut = theme.fitted(second, rect.width(), "small")
            painter.drawText(QRect(rect.x(), top + upper, rect.width(), lower), int(_LEFT | _VCENTRE), cut)


def paint_row_ground(painter: QPainter, option: QStyleOptionViewItem, *, last: bool = False, rule: bool = True) -> None:
    """Paint the ground of a row: chosen with its bar, under the pointer, focused, and the rule below it."""
    rect: QRect = option.rect
    state = option.state
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    if chosen:
        painter.fillRect(rect, theme.colour("selected"))
        painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.colour("accent"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.colour("hover"))
    if rule and not last:
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.colour("line"))
    widget = option.widget
    if chosen and widget is not None and widget.hasFocus() and keyboard_focus(widget):
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -2))


def keyboard_focus(widget: QWidget) -> bool:
    """Return whether the window is used by keyboard, so that focus is to be shown."""
    return widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def show_keyboard_focus(widget: QWidget) -> None:
    """Show from now on what has the keyboard in the window of a widget."""
    if not keyboard_focus(widget):
        widget.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        focused = widget.window().focusWidget()
        for seen in (focused, focused.viewport() if isinstance(focused, QAbstractItemView) else None):
            if seen is not None:
                seen.update()


def choose_something(view: QAbstractItemView) -> None:
    """Choose the current or else the first row where none is chosen: a view shows the keyboard on its chosen row.

    Qt itself makes the first row current when the keyboard comes in, without choosing it.
    """
    if not view.selectionModel().hasSelection() and view.model().rowCount():
        current = view.currentIndex()
        at = current if current.isValid() else view.model().index(0, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        view.selectionModel().setCurrentIndex(at, flags)


class TwoLineList(QListView):
    """A list of two-line rows; one tab stop. `opened(key)` on Enter or double click, `chosen(key)` on moving.

    With `grows` it is as high as its rows and the page scrolls, along with the row that the keyboard is on.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, name: str, *, grows: bool = False, middle_at: float = 0.5) -> None:
        super().__init__()
        self.rows = ListModel(self)
        self._grows = grows
        self.setModel(self.rows)
        self.delegate = TwoLineDelegate(self, middle_at=middle_at)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if grows:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW).key))
        self.selectionModel().currentChanged.connect(self._tell)

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Replace the rows, keeping the chosen one where it still exists."""
        key = self.key
        self.rows.show_rows(rows)
        self.updateGeometry()
        self.choose(key)

    @property
    def key(self) -> object:
        """The key of the chosen row, None when there is none."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].key if index.isValid() else None

    def choose(self, key: object) -> None:
        """Choose the row with this key, if it is there."""
        for number, row in enumerate(self.rows.rows):
            if key is not None and row.key == key:
                self.setCurrentIndex(self.rows.index(number))

    def sizeHint(self) -> QSize:
        """Return the height of all rows for a list that grows."""
        hint = super().sizeHint()
        return QSize(hint.width(), len(self.rows.rows) * theme.px(ROW_HEIGHT)) if self._grows else hint

    def minimumSizeHint(self) -> QSize:
        """Return the same height for a list that grows."""
        return QSize(160, self.sizeHint().height()) if self._grows else super().minimumSizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a row when the keyboard comes in and none is chosen."""
        choose_something(self)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; a key moves on from the first row where none was chosen yet."""
        if self.key is None:
            choose_something(self)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.key is not None:
            self.opened.emit(self.key)
            return
        super().keyPressEvent(event)
        if self._grows:
            reveal_row(self)

    def _tell(self, index: QModelIndex, _previous: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ROW).key)
