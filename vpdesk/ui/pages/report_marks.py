"""The editor of findings: what could give someone away is underlined, with the reason where the pointer rests."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip

from vpdesk.operations.reports import Mark
from vpdesk.ui import theme
from vpdesk.ui.widgets.writing import PlainText


class MarkedText(PlainText):
    """An editor that underlines marks and tells their reasons."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: tuple[Mark, ...] = ()
        self.viewport().installEventFilter(self)

    def sizeHint(self) -> QSize:
        """Want no more height than it needs at least, so that the page does not scroll for it."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Underline the marks that fit the text as it stands."""
        typed = self.toPlainText()
        self.marks = tuple(mark for mark in marks if typed[mark.start : mark.end] == mark.found)
        self._underline()

    def changeEvent(self, event: QEvent) -> None:
        """Underline in the colours of the theme that was chosen."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange} and self.extraSelections():
            self._underline()

    def cursor_of(self, mark: Mark) -> QTextCursor:
        """Return a cursor that selects a mark."""
        cursor = self.textCursor()
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def reasons_at(self, position: int) -> str:
        """Return why the words at a place in the text are marked, a line for each reason."""
        return "\n".join(dict.fromkeys(m.reason for m in self.marks if m.start <= position < m.end))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the reason of the words under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            reasons = self.reasons_at(self.cursorForPosition(event.pos()).position())
            QToolTip.showText(event.globalPos(), reasons, self)
            return True
        return super().eventFilter(watched, event)

    def _underline(self) -> None:
        self.setExtraSelections([self._look(mark) for mark in self.marks])

    def _look(self, mark: Mark) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(theme.colour("warning_bg"))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(theme.colour("warning"))
        selection.format = look
        selection.cursor = self.cursor_of(mark)
        return selection
