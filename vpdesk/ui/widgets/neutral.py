"""The one sentence to decline with, whatever the reason, and a button that copies it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout

from vpdesk.domain.conflicts import NEUTRAL
from vpdesk.ui.clipboard import marked_text
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.labels import Label


class NeutralSentence(QFrame):
    """Shows the sentence between quotes; what is copied is the sentence alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(f"U kunt zeggen: {NEUTRAL}")
        self.copy = Button("Kopiëren", size=28, name="Deze zin kopiëren")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(Label(f"‘{NEUTRAL}’", wraps=True), 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        self.copy.clicked.connect(lambda: QApplication.clipboard().setMimeData(marked_text(NEUTRAL)))
