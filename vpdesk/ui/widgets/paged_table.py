"""The dense table over a paged model: its heads, its elastic columns, and a pause before the detail pane follows."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from vpdesk.ui import icons, theme
from vpdesk.ui.models.paged import PagedModel
from vpdesk.ui.widgets.tables import Table

ROW: Final = 34
HEAD: Final = 32
PAUSE: Final = 80  # ms
_READABLE: Final = 104  # the least width at which free text says something
_VCENTRE: Final = Qt.AlignmentFlag.AlignVCenter


class _Head(QHeaderView):
    """Heads in small semibold; an arrow only on the column by which the database sorted."""

    def __init__(self, parent: QWidget, sorted_column: int) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sorted = sorted_column
        theme.measure(self, "setMinimumSectionSize", HEAD)
        theme.measure(self, "setFixedHeight", HEAD)
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
        inner = rect.adjusted(16 if section == 0 else 8, 0, -8, 0)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        align = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(inner, int(align or Qt.AlignmentFlag.AlignLeft) | int(_VCENTRE), text)
        if chosen:
            size = theme.px(14)
            at = inner.left() + painter.fontMetrics().horizontalAdvance(text) + 6
            icons.paint(painter, QRect(at, rect.top(), size, rect.height()), "omlaag", "text", size)
        painter.restore()


class PagedTable(Table):
    """A table of values: `opened_row(row)` on Enter or double click, `rested(row)` 80 ms after the choice moved."""

    opened_row = Signal(object)
    rested = Signal(object)

    def __init__(self, model: PagedModel[Any], name: str, *, sorted_column: int = -1, jump_column: int = -1) -> None:
        super().__init__(name, row_height=ROW)
        self._rows = model
        self._jump_column = jump_column
        self._spelled = ""
        self._spelling = QTimer(self)
        self._spelling.setSingleShot(True)
        self.setModel(model)
        self.setHorizontalHeader(_Head(self, sorted_column))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(PagedTable.ScrollMode.ScrollPerPixel)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._rest)
        self.chosen.connect(lambda _: self._pause.start())
        self.opened.connect(self._open)
        model.modelReset.connect(self._pause.start)

    @property
    def value(self) -> Any:
        """The value of the chosen row, None when there is none."""
        return self._rows.row_at(self.currentIndex())

    def choose_row(self, number: int) -> None:
        """Choose a row by its place; a place past the end is the last row."""
        last = self._rows.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self._rows.index(min(number, last), 0))

    def keyboardSearch(self, search: str) -> None:
        """Jump by the column that people remember a row by, among the rows fetched so far."""
        if self._jump_column < 0:
            return
        anew = not self._spelling.isActive()
        self._spelled = search if anew else self._spelled + search
        self._spelling.start(QApplication.keyboardInputInterval())
        now = max(0, self.currentIndex().row())
        start = self._rows.index((now + int(anew)) % max(1, self._rows.rowCount()), self._jump_column)
        found = self._rows.match(start, Qt.ItemDataRole.DisplayRole, self._spelled)
        if found:
            self.choose_row(found[0].row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out what is left of the width among the columns of free text; the last of them go where none is.

        Where there is not even room for one, columns that yield go first.
        """
        super().resizeEvent(event)
        columns = self._rows.columns
        wide = [theme.px(column.width) for column in columns]
        elastic = [number for number, column in enumerate(columns) if column.stretch]
        fixed = [number for number in range(len(wide)) if number not in elastic]
        whole = self.viewport().width()
        gone = []
        for number in reversed(fixed):
            if columns[number].yields and whole - sum(wide[one] for one in fixed) < theme.px(_READABLE):
                fixed.remove(number)
                gone.append(number)
        room = whole - sum(wide[number] for number in fixed)
        shown = elastic[: max(1, room // theme.px(_READABLE))]
        rest = room - sum(wide[number] for number in shown)
        for number, width in enumerate(wide):
            self.setColumnHidden(number, number in gone or (number in elastic and number not in shown))
            shared = max(theme.px(_READABLE), width + rest // len(shown))  # with less, the table scrolls sideways
            self.setColumnWidth(number, shared if number in shown else width)

    def changeEvent(self, event: QEvent) -> None:
        """Share out the width anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            QApplication.sendEvent(self, QResizeEvent(self.size(), self.size()))

    def _open(self, number: int) -> None:
        self.opened_row.emit(self._rows.row_at(self._rows.index(number, 0)))

    def _rest(self) -> None:
        self.rested.emit(self.value)
