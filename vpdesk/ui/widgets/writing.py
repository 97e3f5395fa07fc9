"""Editors of text: the page to write on, a calm column of at most 660 pixels, and the smaller ones. Words only."""

from typing import Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from vpdesk.ui import theme
from vpdesk.ui.clipboard import marked_text

COLUMN: Final = 660
_MARGIN: Final = 40
_LINE: Final = 28
_DOCUMENT: Final = 4  # the margin that Qt gives a document


# Keyboards that learn what is typed keep it in files of their own.
_UNLEARNED: Final = Qt.InputMethodHint.ImhMultiLine | Qt.InputMethodHint.ImhSensitiveData


class PlainText(QPlainTextEdit):
    """An editor of a few lines; what is copied or dragged out of it is marked. Tab leaves it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setInputMethodHints(_UNLEARNED)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give words only, marked."""
        return marked_text(self.textCursor().selection().toPlainText())


class Writing(QTextEdit):
    """An editor in the type of the writing page. Tab leaves it, since the whole window goes by keyboard."""

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._aligned: QWidget | None = None
        self.setProperty("kind", "writing")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setAcceptRichText(False)
        self.setInputMethodHints(_UNLEARNED)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._set_line()

    def set_text(self, text: str) -> None:
        """Show a text, with the cursor at its end."""
        self.setPlainText(text)
        self._set_line()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def text(self) -> str:
        """Return the text without blank space at its ends."""
        return self.toPlainText().strip()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give words only, marked."""
        return marked_text(self.textCursor().selection().toPlainText())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only."""
        self.textCursor().insertText(source.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        side = self._side()
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)
        super().resizeEvent(event)
        if self._aligned is not None:
            self._aligned.setContentsMargins(side + _DOCUMENT, 0, side, 0)

    def align(self, widget: QWidget) -> None:
        """Keep a widget above the editor in the same column."""
        self._aligned = widget

    def _side(self) -> int:
        return max(theme.px(_MARGIN), (self.width() - theme.px(COLUMN)) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter and Escape to the page."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape or (control and enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _set_line(self) -> None:
        layout = QTextBlockFormat()
        layout.setLineHeight(theme.px(_LINE), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(layout)
