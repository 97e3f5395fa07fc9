"""Cards, empty states and the scrolling ground of a page."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from vpdesk.ui import icons, theme
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.labels import Label


class Icon(QWidget):
    """A drawing that stands beside its word; screen readers skip it."""

    def __init__(self, name: str, ink: str = "muted", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._ink, self._size = name, ink, size
        theme.measure(self, "setFixedSize", size)

    def show_icon(self, name: str, ink: str) -> None:
        """Change drawing and token."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, event: object) -> None:
        """Paint the drawing."""
        del event
        icons.paint(QPainter(self), self.rect(), self._name, self._ink, theme.px(self._size))


class Card(QFrame):
    """A surface with an outline; `body` is its layout, `head` the row of its title (to add a button at the right).

    With `flush` the body reaches the edges, for lists and tables that bring their own margins.
    """

    def __init__(self, title: str = "", *, flush: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(15, 13, 15, 0 if not flush else 8)
        self.head.setSpacing(8)
        self.title = Label(title, "section")
        if title:
            self.setAccessibleName(title)
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            outer.addLayout(self.head)
        self.body = QVBoxLayout()
        margins = (0, 0, 0, 0) if flush else (15, 8 if title else 13, 15, 13)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)


def clear_ground() -> QWidget:
    """Return a viewport that shows what is behind it.

    To ask an area for the viewport it brings along makes PySide6 load every widget there is, to learn its type.
    """
    ground = QWidget()
    ground.setAutoFillBackground(False)
    return ground


class Scroll(QScrollArea):
    """A page that scrolls up and down as a whole; `body` is the layout of its content.

    Pages put their columns under each other before there is too little room; what even then does not fit scrolls
    sideways, since what is cut off without a scroll bar cannot be read at all.
    """

    def __init__(self, *, margins: tuple[int, int, int, int] = (24, 20, 24, 20), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("inside")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(12)
        self.setViewport(clear_ground())
        self.setWidget(inside)
        inside.setAutoFillBackground(False)


class EmptyState(QWidget):
    """Says what will stand here and offers the first step; `buttons` stand side by side, the first is focused."""

    def __init__(self, icon: str, title: str, text: str, buttons: Sequence[Button] = ()) -> None:
        super().__init__()
        theme.measure(self, "setMaximumWidth", 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 32, 20, 32)
        column.setSpacing(8)
        column.addWidget(Icon(icon, "muted", 48))
        column.addSpacing(8)
        column.addWidget(Label(title, "empty"))
        column.addWidget(Label(text, "intro", "muted", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        self.buttons = tuple(buttons)
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row)

    def sizeHint(self) -> QSize:
        """Return the width at which the sentence reads well."""
        return QSize(theme.px(560), super().sizeHint().height())
