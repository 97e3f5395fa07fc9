"""Texts in the type roles of the design, and key hints."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


class Label(QLabel):
    """A text. `role`: page, wizard, empty, section, intro, body, strong, small, label; `ink`: a colour token.

    With `wraps` it breaks over lines and its width is what the layout gives it.
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
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("ink", ink)
        self.setWordWrap(wraps)

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
