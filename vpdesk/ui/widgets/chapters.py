"""The list of chapters: what is ready, what has points, what is still empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from vpdesk.domain.wording import counted
from vpdesk.ui import icons, theme
from vpdesk.ui.widgets.lists import keyboard_focus

Index = QModelIndex | QPersistentModelIndex
CHAPTER: Final = Qt.ItemDataRole.UserRole
ROW: Final = 27
_ROOT: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """One chapter; `points` are open marks, `written` says whether there is text, `printed` whether it is in it.

    Not `checked`: nothing says yet that its text is fine beside the numbers. `again` says of which year its text is.
    """

    key: str
    title: str
    points: int
    written: bool
    printed: bool
    checked: bool = True
    again: str = ""

    @property
    def right(self) -> str:
        """What stands at the right in words."""
        if not self.printed:
            return "niet in dit verslag"
        return counted(self.points, "punt", "punten") if self.points else self.again

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        state = self.right or ("geschreven" if self.written else "nog leeg")
        if self.written and self.printed and not self.checked:
            state = f"{state}, nog niet nagekeken"
        return f"{self.title}, {state}"


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[ChapterRow, ...] = ()

    def show_rows(self, rows: Sequence[ChapterRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> ChapterRow | str | None:
        row = self.rows[index.row()]
        if role == CHAPTER:
            return row
        spoken = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return row.spoken if role in spoken else None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(160, theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ChapterRow = index.data(CHAPTER)
        rect = option.rect.adjusted(8, 0, -8, 0)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if chosen:
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + 5, 3, rect.height() - 10), 1.5, 1.5)
        view = self.parent()
        if chosen and isinstance(view, QWidget) and view.hasFocus() and keyboard_focus(view):
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        self._sign(painter, QRect(rect.right() - theme.px(30), rect.top(), theme.px(20), rect.height()), row)
        words = rect.adjusted(14, 0, -theme.px(38), 0)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("muted"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignRight) | middle, row.right)
        used = painter.fontMetrics().horizontalAdvance(row.right) + 12 if row.right else 0
        painter.setFont(theme.font("body", 600 if chosen else 400))
        painter.setPen(theme.colour("text" if row.printed else "muted"))
        cut = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, words.width() - used)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft) | middle, cut)
        painter.restore()

    @staticmethod
    def _sign(painter: QPainter, rect: QRect, row: ChapterRow) -> None:
        if not row.printed:
            return
        if row.points:
            icons.paint(painter, rect, "let_op", "warning", theme.px(16))
        elif row.written and not row.checked:
            icons.paint(painter, rect, "termijn", "muted", theme.px(14))
        elif row.written:
            icons.paint(painter, rect, "vink", "ok", theme.px(16))
        else:
            icons.paint(painter, rect, "fase_voorfase", "muted", theme.px(12))


class ChapterList(QListView):
    """One tab stop; `chosen(key)` follows the arrows, `picked(key)` too, but not rows that come or go."""

    chosen = Signal(str)
    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows = _Model(self)
        self._wanted = ""
        self._filling = False
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("Hoofdstukken")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_rows(self, rows: Sequence[ChapterRow]) -> None:
        """Replace the rows; the chosen chapter stays chosen."""
        if tuple(rows) == self.rows.rows:
            return
        wanted, key = self._wanted, self._kept(rows)
        self.selectionModel().blockSignals(True)  # the same chapter is no new choice
        self.rows.show_rows(rows)
        self.selectionModel().blockSignals(False)
        self._filling = True
        self.choose(key)
        self._filling = False
        self._wanted = wanted or key
        self.updateGeometry()

    def _kept(self, rows: Sequence[ChapterRow]) -> str:
        """Return the chapter that the user chose last, or the first printed one where that one no longer is."""
        kept = next((row for row in rows if row.key == self._wanted), None)
        shown = next((row for row in self.rows.rows if row.key == self.key == self._wanted), None)
        if kept is not None and (kept.printed or (shown is not None and not shown.printed)):
            return kept.key
        return next((row.key for row in rows if row.printed), rows[0].key if rows else "")

    @property
    def key(self) -> str:
        """The key of the chosen chapter, empty when there is none."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].key if index.isValid() else ""

    def choose(self, key: str) -> None:
        """Choose a chapter."""
        for number, row in enumerate(self.rows.rows):
            if row.key == key:
                self.setCurrentIndex(self.rows.index(number))

    def sizeHint(self) -> QSize:
        """Return the height of all chapters."""
        return QSize(theme.px(300), len(self.rows.rows) * theme.px(ROW) + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the height of all: the page scrolls, not the list."""
        return QSize(theme.px(200), self.sizeHint().height())

    def _tell(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self._wanted = self.key
            self.chosen.emit(self.key)
            if not self._filling:
                self.picked.emit(self.key)
