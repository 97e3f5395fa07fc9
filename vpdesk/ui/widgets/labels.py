"""Texts in the type roles of the design, and key hints."""

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

_BREAK: Final = "\u200b"
_UNBROKEN: Final = re.compile(r"\S{25}(?=\S{5})")


class Label(QLabel):
    """A text. `role`: page, wizard, empty, section, intro, body, strong, small, label; `ink`: a colour token.

    With `wraps` it breaks over lines and its width is what the layout gives it: a word that is longer than a line, such
    as an address, breaks too.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        ink: str = "text",
        *,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("ink", ink)
        self.setWordWrap(wraps)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text; where it wraps a long word may be broken, which nothing shows."""
        plain = self.wordWrap() and self.textFormat() == Qt.TextFormat.PlainText
        super().setText(_UNBROKEN.sub(lambda found: found[0] + _BREAK, text) if plain else text)

    def text(self) -> str:
        """Return the text as it was given."""
        return super().text().replace(_BREAK, "")

    def set_ink(self, ink: str) -> None:
        """Change the colour token of the text."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            self.style().polish(self)


class KeyHint(QLabel):
    """A key beside a command, such as Ctrl+K; said by the control it stands beside, so screen readers skip it."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setProperty("kind", "key")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Rule(QFrame):
    """A horizontal line of one pixel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "line")
        self.setFixedHeight(1)
