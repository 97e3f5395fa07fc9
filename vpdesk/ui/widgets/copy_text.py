"""A text to say or hand over, with a button that copies it and nothing else."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout

from vpdesk.ui.clipboard import marked_text
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.labels import Label


class CopyText(QFrame):
    """Shows the text, between quotes where it is `said`; what is copied is the text alone."""

    def __init__(self, text: str, name: str, *, said: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._said = said
        self._shown = Label("", wraps=True)
        self.copy = Button("Kopiëren", size=28, name=f"{name} kopiëren")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(self._shown, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        self.copy.clicked.connect(lambda: QApplication.clipboard().setMimeData(marked_text(self.text)))
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.text = text
        self._shown.setText(f"‘{text}’" if self._said else text)
        self.setAccessibleName(text)
