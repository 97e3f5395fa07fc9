"""The seven questions that whoever assesses a melding asks later, to prepare the melder; the advisor scores none."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.checklists import SEVEN_QUESTIONS
from vpdesk.ui import theme
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.fitted import RING, FittedDialog
from vpdesk.ui.widgets.labels import Label

SEVEN_TITLE: Final = "Zeven vragen waar een beoordelaar later op let"
WHAT_FOR: Final = "Loop ze samen door met wie wil melden. U beoordeelt de antwoorden niet."


def numbered(points: QGridLayout, texts: tuple[str, ...], *, first_row: int = 0) -> None:
    """Put texts under one another in a grid, each with its number."""
    for number, text in enumerate(texts, 1):
        row = first_row + number
        points.addWidget(Label(f"{number}.", "body", "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        points.addWidget(Label(text, "body", wraps=True), row, 1)


class SevenQuestionsDialog(FittedDialog):
    """The questions, to read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(SEVEN_TITLE)
        self.setMinimumWidth(theme.px(460))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 20, 20, 20)
        outer.setSpacing(12)
        for label in (Label(SEVEN_TITLE, "empty", wraps=True), Label(WHAT_FOR, "body", "muted", wraps=True)):
            label.setContentsMargins(RING, 0, RING, 0)
            outer.addWidget(label)
        self.scrolled.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # there is nothing inside to walk to
        self.scrolled.setAccessibleName(SEVEN_TITLE)
        self.scrolled.setAccessibleDescription(" ".join(SEVEN_QUESTIONS))
        points = QGridLayout()
        points.setHorizontalSpacing(8)
        points.setVerticalSpacing(10)
        points.setColumnStretch(1, 1)
        numbered(points, SEVEN_QUESTIONS)
        self.scrolled.column.addLayout(points)
        self.scrolled.column.addStretch(1)
        outer.addWidget(self.scrolled, 1)
        close = Button("Sluiten", PRIMARY)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setContentsMargins(RING, 0, RING, 0)
        row.addStretch(1)
        row.addWidget(close)
        outer.addLayout(row)
        close.setFocus()
