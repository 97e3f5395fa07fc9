"""The frame of screens without a sidebar: a column in the middle that scrolls when the window is small."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from vpdesk.ui import icons, theme
from vpdesk.ui.topbar import PracticeRibbon
from vpdesk.ui.widgets.cards import clear_ground
from vpdesk.ui.widgets.labels import Label


class Medallion(QWidget):
    """A drawing on a round ground."""

    def __init__(self, icon: str, ink: str = "accent", ground: str = "chrome", size: int = 52) -> None:
        super().__init__()
        self._icon, self._ink, self._ground = icon, ink, ground
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and drawing."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._ground))
        painter.drawEllipse(QRectF(self.rect()))
        icons.paint(painter, self.rect(), self._icon, self._ink, 24 if self.width() > 48 else 20)


def empty(layout: QLayout) -> None:
    """Take away every widget of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


class _Column(QWidget):
    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._width), super().sizeHint().height())


class CentredScreen(QWidget):
    """A screen with one column; `body` is its layout."""

    def __init__(self, width: int, *, practice: bool = False) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        if practice:
            row = QHBoxLayout()
            row.setContentsMargins(24, 12, 24, 0)
            row.addStretch(1)
            row.addWidget(PracticeRibbon())
            outer.addLayout(row)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        middle = QHBoxLayout(inside)
        middle.setContentsMargins(24, 24, 24, 24)
        column = _Column(width)
        column.setMaximumWidth(theme.px(width))
        middle.addStretch(1)
        middle.addWidget(column, 1000)
        middle.addStretch(1)
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(4, 4, 4, 4)
        self.body.setSpacing(8)
        scroll.setViewport(clear_ground())
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        outer.addWidget(scroll, 1)


@runtime_checkable
class Holding(Protocol):
    """A screen without a desk that may hold secrets all the same: it locks in the same ways."""

    @property
    def holds(self) -> bool:
        """Whether it does now."""


class Blank(CentredScreen):
    """Nothing of the work; a sentence only when leaving takes longer than a moment or did not succeed."""

    def __init__(self) -> None:
        super().__init__(420)
        self.setAccessibleName("Vergrendeld")
        self.body.addStretch(1)
        self.place = QVBoxLayout()
        self.place.setSpacing(12)
        self.body.addLayout(self.place)
        self.body.addStretch(1)

    def say_after(self, milliseconds: int, sentence: str) -> None:
        """Say something when this takes longer than a moment."""
        word = Label(sentence, "intro", "muted", wraps=True)
        word.hide()
        self.place.addWidget(word)
        moment = QTimer(word)
        moment.setSingleShot(True)
        moment.timeout.connect(word.show)
        moment.start(milliseconds)


def making_practice() -> Blank:
    """Return what is seen while the practice vault is made."""
    blank = Blank()
    blank.place.addWidget(Label("De oefenkluis wordt gemaakt", "page"))
    blank.place.addWidget(Label("Een jaar aan verzonnen casussen. Dit duurt even.", "intro", "muted", wraps=True))
    return blank
