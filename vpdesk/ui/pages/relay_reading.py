"""What is asked of a text for the organisation where the vault knows no name of the melder: a name, or to read it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.operations.relay import Reading
from vpdesk.ui.widgets.fields import KEPT_NOWHERE, CheckBox, Field, LineEdit
from vpdesk.ui.widgets.messages import Message

NO_NAME: Final = "vpdesk kent geen naam van deze melder."
NOT_STOPPED: Final = (
    "Een naam in deze tekst wordt dus niet tegengehouden. Dat is zo als de casus zonder namen is overgenomen, als de "
    "persoon is vernietigd, of als er nog niemand bij staat."
)
HINT: Final = "Alleen om deze tekst na te kijken. De naam wordt nergens bewaard."


class ReadingFields(QWidget):
    """A name to look for that is kept nowhere, and a box for whoever read the text herself."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = LineEdit(name="Naam van de melder, wordt niet bewaard")
        self.name.setProperty(KEPT_NOWHERE, True)
        self.through = CheckBox("Ik heb de tekst nagelezen: er staat geen naam van de melder in")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Message(NOT_STOPPED, "warning", start=NO_NAME))
        column.addWidget(Field("Naam van de melder, mag leeg", self.name, hint=HINT))
        column.addWidget(self.through)
        self.name.textChanged.connect(self.changed)

    @property
    def given(self) -> Reading:
        """How the text was looked through."""
        return Reading(self.name.text(), self.through.isChecked())

    def another_text(self) -> None:
        """Ask to read anew: the text is another now."""
        self.through.setChecked(False)
