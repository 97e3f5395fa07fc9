"""The points of a first talk and the seven questions, beside or under the text: to read, never over what is typed."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from vpdesk.domain.checklists import FIRST_TALK, SEVEN_QUESTIONS
from vpdesk.ui import theme
from vpdesk.ui.pages.seven_questions import SEVEN_TITLE, WHAT_FOR, numbered
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.labels import Label

TITLE: Final = "Punten voor het eerste gesprek"
WIDTH: Final = 320
_UNDER: Final = 200  # height, where it stands under the text
_ANY: Final = 16777215


class ScriptPanel(QFrame):
    """What one may say, in order; nothing has to be ticked."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(TITLE)
        self.close_button = Button(icon="kruis", name="Sluiten", size=28, kind="plain")
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(Label(TITLE, "section", wraps=True), 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # there is nothing inside to walk to
        self.area.setAccessibleName(TITLE)
        inside = QWidget()
        points = QGridLayout(inside)
        points.setContentsMargins(0, 0, 8, 8)
        points.setHorizontalSpacing(8)
        points.setVerticalSpacing(10)
        points.setColumnStretch(1, 1)
        numbered(points, FIRST_TALK)
        below = len(FIRST_TALK) + 1
        for row, label in enumerate(
            (Label(SEVEN_TITLE, "label", wraps=True), Label(WHAT_FOR, "small", "muted", wraps=True)), below
        ):
            points.addWidget(label, row, 0, 1, 2)
        numbered(points, SEVEN_QUESTIONS, first_row=below + 1)
        points.setRowStretch(below + 2 + len(SEVEN_QUESTIONS), 1)
        self.area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 12, 8)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.area, 1)

    def lie(self, *, beside: bool) -> None:
        """Stand beside the text, or lie under it."""
        self.setMinimumWidth(theme.px(WIDTH) if beside else 0)
        self.setMaximumWidth(theme.px(WIDTH) if beside else _ANY)
        self.setMaximumHeight(_ANY if beside else theme.px(_UNDER))
