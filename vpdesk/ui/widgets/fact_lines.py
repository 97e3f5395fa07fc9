"""Facts as two columns: a muted label, and what is known, which may take more lines."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.labels import Label


def grid() -> QGridLayout:
    """Return the empty columns."""
    made = QGridLayout()
    made.setHorizontalSpacing(16)
    made.setVerticalSpacing(6)
    made.setColumnStretch(1, 1)
    return made


def fill(made: QGridLayout, lines: Sequence[tuple[str, str]]) -> None:
    """Show lines of label and value in the place of those that stand there."""
    clear(made)
    for number, (label, value) in enumerate(lines):
        made.addWidget(Label(label, "body", "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
        made.addWidget(Label(value, "body", wraps=True), number, 1)
