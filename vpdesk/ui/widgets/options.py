"""A few choices under each other or side by side, of which one can be made; none has to be filled in beforehand."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from vpdesk.ui.widgets.fields import RadioButton
from vpdesk.ui.widgets.flow import Flow


class Options(QWidget):
    """The choices as (words, value); `chosen(object)` carries the value that a user picked."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[str, object]], value: object = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.group = QButtonGroup(self)
        self.buttons: dict[object, RadioButton] = {}
        row = Flow(gap=20)
        for words, one in choices:
            button = self.buttons[one] = RadioButton(words, name=f"{name}: {words}")
            button.setChecked(one == value)
            button.clicked.connect(lambda _=False, one=one: self.chosen.emit(one))
            self.group.addButton(button)
            row.addWidget(button)
        self.setLayout(row)

    @property
    def value(self) -> object:
        """The choice made, None as long as there is none."""
        return next((one for one, button in self.buttons.items() if button.isChecked()), None)
