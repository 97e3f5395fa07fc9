"""The editor of a note: headings, lists and bold by key and by sign, and nothing else that is pasted."""

from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QWidget

from vpdesk.domain import markup
from vpdesk.domain.markup import HEADINGS, LISTS, Kind
from vpdesk.ui.clipboard import marked_text
from vpdesk.ui.widgets import formatted
from vpdesk.ui.widgets.writing import Writing

OWN: Final = "application/x-vpdesk-tekst"
"""The same words with their form, for pasting in vpdesk itself."""

BOLD_KEYS: Final = "Ctrl+B"
KEYS: Final = {
    Kind.KOP: "Ctrl+T",
    Kind.TUSSENKOP: "Ctrl+Shift+T",
    Kind.PUNT: "Ctrl+Shift+O",
    Kind.NUMMER: "Ctrl+Shift+G",
}
SIGNS: Final = {"-": Kind.PUNT, "*": Kind.PUNT, "1.": Kind.NUMMER, "#": Kind.KOP, "##": Kind.TUSSENKOP}
_LARGEST: Final = 2_000_000  # characters of HTML; of more only the words are pasted


class NoteEditor(Writing):
    """A page to write on whose `text` is written as `markup.printed` does; Tab leaves it.

    `formed` tells that the form at the cursor may have changed.
    """

    formed = Signal()

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent)
        formatted.prepare(self.document())
        self._read: tuple[markup.Block, ...] | None = None
        self.document().contentsChanged.connect(self._read_anew)
        self.cursorPositionChanged.connect(self.formed)
        self.currentCharFormatChanged.connect(lambda _: self.formed.emit())

    def set_text(self, text: str, *, marked: bool = False) -> None:
        """Show a text, with the cursor at its end; without `marked` every sign stands for itself."""
        formatted.fill(self.document(), markup.blocks_of(text, marked=marked))
        self.moveCursor(QTextCursor.MoveOperation.End)

    def text(self) -> str:
        """Return the text without blank space at its ends."""
        return markup.printed(markup.trimmed(self._blocks()))

    def whole_text(self) -> str:
        """Return the text as it stands, to go on with."""
        return markup.printed(self._blocks())

    @property
    def has_text(self) -> bool:
        """Whether there is a word in it."""
        return bool(self.toPlainText().strip())

    @property
    def bold(self) -> bool:
        """Whether what is typed here is bold."""
        return self.kind not in HEADINGS and formatted.is_bold(self.currentCharFormat())

    @property
    def kind(self) -> Kind:
        """What the block at the cursor is."""
        return formatted.kind_of(self.textCursor().block())

    def turn_bold(self) -> None:
        """Make the selection, or what is typed next, bold or not; a heading is as it is."""
        if self.isReadOnly() or self.kind in HEADINGS:
            return
        bold, cursor = not self.bold, self.textCursor()
        if cursor.hasSelection():
            formatted.embolden(cursor, bold=bold)
        else:
            self.setCurrentCharFormat(formatted.char_format(self.kind, bold=bold))
        self.formed.emit()

    def turn(self, kind: Kind) -> None:
        """Make the chosen lines something, or plain text again where they are that already."""
        if self.isReadOnly():
            return
        formatted.turn(self.textCursor(), Kind.TEKST if self.kind is kind else kind)
        self._type_as_here()

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the form for the text, before a command of the window takes them."""
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and self._asked_by(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys and signs of the form; the rest is typing."""
        asked = self._asked_by(event)
        if asked == BOLD_KEYS:
            self.turn_bold()
        elif asked:
            self.turn(next(kind for kind, keys in KEYS.items() if keys == asked))
        elif self.isReadOnly() or not self._formed_by(event):
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give words, marked; what is pasted in vpdesk again keeps its form."""
        copied = formatted.part(self.textCursor())
        data = marked_text(markup.said(copied))
        data.setData(OWN, markup.printed(copied).encode())
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take whatever has words."""
        return source.hasFormat(OWN) or source.hasHtml() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste headings, lists, bold and words."""
        blocks: tuple[markup.Block, ...] = ()
        if source.hasFormat(OWN):
            blocks = markup.parsed(bytes(source.data(OWN).data()).decode(errors="replace"))
        elif source.hasHtml() and len(html := source.html()) <= _LARGEST:
            from vpdesk.domain.pasted import from_html  # noqa: PLC0415 - the first paint needs no reader of HTML

            blocks = from_html(html)
        cursor = self.textCursor()
        cursor.beginEditBlock()
        formatted.insert(cursor, blocks or markup.plain_blocks(source.text().replace("\r\n", "\n")))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _blocks(self) -> tuple[markup.Block, ...]:
        """Return what stands here, read once for each change: a draft asks for it several times."""
        if self._read is None:
            self._read = formatted.read(self.document())
        return self._read

    def _read_anew(self) -> None:
        self._read = None

    def _asked_by(self, event: QKeyEvent) -> str:
        if self.isReadOnly():
            return ""
        typed = QKeySequence(event.keyCombination())
        return next((keys for keys in (BOLD_KEYS, *KEYS.values()) if typed == QKeySequence(keys)), "")

    def _formed_by(self, event: QKeyEvent) -> bool:
        """Do what a key means at this place; return whether it meant something."""
        cursor, key = self.textCursor(), event.key()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not plain:
            return False
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return self._new_line(cursor)
        if cursor.hasSelection() or self.kind is not Kind.TEKST:
            leaves = key == Qt.Key.Key_Backspace and not cursor.hasSelection() and cursor.atBlockStart()
            if leaves:
                self.turn(self.kind)
            return leaves
        sign = SIGNS.get(cursor.block().text()[: cursor.positionInBlock()]) if key == Qt.Key.Key_Space else None
        if sign is not None:
            super().keyPressEvent(event)  # so that undoing gives sign and space back
            cursor = self.textCursor()
            cursor.beginEditBlock()
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            formatted.turn(cursor, sign)
            cursor.endEditBlock()
            self.setTextCursor(cursor)
            self._type_as_here()
        return sign is not None

    def _new_line(self, cursor: QTextCursor) -> bool:
        """Begin a line: an empty item ends its list, and after a heading comes plain text."""
        kind = self.kind
        if kind in LISTS and not cursor.hasSelection() and not cursor.block().text():
            self.turn(kind)
            return True
        cursor.beginEditBlock()
        cursor.insertBlock()
        if kind in HEADINGS and cursor.atBlockEnd():
            formatted.turn(cursor, Kind.TEKST)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self._type_as_here()
        self.ensureCursorVisible()
        return True

    def _type_as_here(self) -> None:
        """Let what is typed next look as its line does."""
        if not self.textCursor().block().text():
            self.setCurrentCharFormat(formatted.char_format(self.kind, bold=self.kind not in HEADINGS and self.bold))
        self.formed.emit()
