"""A list with what is chosen in it beside it, or under it where there is no room; and the lines that tell of that."""

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from vpdesk.ui import theme
from vpdesk.ui.widgets.cards import Card, Scroll
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.labels import Label

_ROOM_FOR_BOTH: Final = 752
_ANY: Final = 16777215
NOT_FILLED_IN: Final = "nog niet ingevuld"


class Beside(QWidget):
    """The list in a card, so wide or, above the rest, so high; and cards that scroll."""

    def __init__(self, shown: QWidget, *cards: QWidget, width: int = 380, height: int = 116) -> None:
        super().__init__()
        self._width, self._height = width, height
        self._list_card = Card(flush=True)
        self._list_card.body.addWidget(shown)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self._list_card)
        self.area = Scroll(margins=(0, 0, 0, 0))
        for card in cards:
            self.area.body.addWidget(card)
        self.area.body.addStretch(1)
        self._row.addWidget(self.area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards under the list where there is no room beside it."""
        super().resizeEvent(event)
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        """Share out the room anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.parentWidget() is not None:
            self._share_room()

    def _share_room(self) -> None:
        beside = self.width() >= theme.px(_ROOM_FOR_BOTH)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._list_card.setMinimumWidth(theme.px(self._width) if beside else 0)
        self._list_card.setMaximumWidth(theme.px(self._width) if beside else _ANY)
        self._list_card.setMaximumHeight(_ANY if beside else theme.px(self._height))


class FactLines(QVBoxLayout):
    """Facts under each other, each with its name above it and where needed a note below."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(0)

    def clear(self) -> None:
        """Take all lines away."""
        clear(self)

    def say(self, name: str, value: str, note: str = "") -> None:
        """Add a line; without a value it says that it is not filled in yet."""
        self.addWidget(Label(name, "small", "muted"))
        self.addWidget(Label(value or NOT_FILLED_IN, "body", "text" if value else "muted", wraps=True))
        if note:
            self.addWidget(Label(note, "small", "muted", wraps=True))
        self.addSpacing(8)
