"""Where an empty state stands: in the middle of the page, a little above its centre, with other ways in below it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.ui import theme
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.cards import EmptyState, Icon
from vpdesk.ui.widgets.labels import Label, Rule

_WIDTH = 560
_SIDE = 20


class OtherWay(QWidget):
    """Another way in: a question, a sentence and a button."""

    def __init__(self, icon: str, question: str, sentence: str, button: Button) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(question, "strong", wraps=True))
        words.addWidget(Label(sentence, "small", "muted", wraps=True))
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(12)
        row.addWidget(Icon(icon, "text"))
        row.addLayout(words, 1)
        row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 0, _SIDE, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(row)


class Centred(QWidget):
    """An empty state in the middle of a page."""

    def __init__(self, state: EmptyState, *ways: OtherWay) -> None:
        super().__init__()
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(state)
        for way in ways:
            theme.measure(way, "setMaximumWidth", _WIDTH)
            middle.addWidget(way)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addLayout(middle, 4)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
