"""A day that may be left open: a box to tick, and the day once it is ticked."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from vpdesk.ui.widgets.fields import CheckBox, DateEdit


class MaybeDay(QWidget):
    """The box says what the day is; `day` is None while it is not ticked."""

    def __init__(self, words: str, day: date | None, offered: date) -> None:
        super().__init__()
        self.box = CheckBox(words)
        self.box.setChecked(day is not None)
        self.edit = DateEdit(day or offered, words)
        self.edit.setVisible(day is not None)
        self.box.toggled.connect(self.edit.setVisible)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.box)
        row.addWidget(self.edit)
        row.addStretch(1)

    @property
    def day(self) -> date | None:
        """The chosen day, None where it is left open."""
        return self.edit.day if self.box.isChecked() else None

    def set_day(self, day: date) -> None:
        """Choose a day."""
        self.box.setChecked(True)
        self.edit.set_day(day)
