"""The small row of buttons for heading, bold and list, which show what stands at the cursor."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from vpdesk.domain.markup import HEADINGS, Kind
from vpdesk.ui.widgets.buttons import PLAIN, Button
from vpdesk.ui.widgets.note_editor import BOLD_KEYS, KEYS, NoteEditor

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES: Final = {
    Kind.KOP: ("Kop", "kop"),
    Kind.TUSSENKOP: ("Tussenkop", "tussenkop"),
    Kind.PUNT: ("Lijst met punten", "lijst"),
    Kind.NUMMER: ("Genummerde lijst", "nummers"),
}
BOLD: Final = ("Vet", "vet")


class FormButton(Button):
    """A small button with only a drawing that stays down while what it stands for is there."""

    def __init__(self, name: str, icon: str, keys: str) -> None:
        super().__init__("", PLAIN, icon=icon, name=name, size=28)
        self.setCheckable(True)
        self.setToolTip(f"{name} ({keys})")

    def nextCheckState(self) -> None:
        """Wait for what the text says: a press may mean nothing at this place."""

    def _colours(self) -> tuple[str, str, str]:
        return ("selected", "", "text") if self.isChecked() and self.isEnabled() else super()._colours()


class FormatBar(QWidget):
    """The buttons of one editor; pressing one leaves the keyboard in the text."""

    def __init__(self, editor: NoteEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setAccessibleName("Opmaak van de tekst")
        self.bold = FormButton(*BOLD, BOLD_KEYS)
        self.kinds = {kind: FormButton(*NAMES[kind], KEYS[kind]) for kind in NAMES}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        order = (self.kinds[Kind.KOP], self.kinds[Kind.TUSSENKOP], self.bold, *list(self.kinds.values())[2:])
        for button in order:
            row.addWidget(button)
        self.bold.clicked.connect(partial(self._do, editor.turn_bold))
        for kind, button in self.kinds.items():
            button.clicked.connect(partial(self._do, partial(editor.turn, kind)))
        editor.formed.connect(self._show)
        self._show()

    def _do(self, what: "Callable[[], None]", _checked: bool = False) -> None:
        what()
        self._editor.setFocus()
        self._show()

    def _show(self) -> None:
        here = self._editor.kind
        self.bold.setChecked(self._editor.bold)
        self.bold.setEnabled(here not in HEADINGS)
        for kind, button in self.kinds.items():
            button.setChecked(kind is here)
