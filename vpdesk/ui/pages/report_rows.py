"""Rows of a table counted together, chosen by hand."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from vpdesk.operations.reports import HiddenNote, Idea
from vpdesk.ui.widgets.fields import CheckBox
from vpdesk.ui.widgets.form import FormDialog

_FEWEST = 2
_HEIGHT = 220


class RowsDialog(FormDialog):
    """Which rows of a table count together; `then(idea)` tries it."""

    def __init__(self, parent: QWidget, note: HiddenNote, then: Callable[[Idea], None]) -> None:
        super().__init__(
            parent,
            "Rijen samenvoegen",
            "Proberen",
            text=f"{note.title}. Kies rijen die samen één rij worden. U ziet eerst wat dat geeft.",
        )
        self._note = note
        self._then = then
        column = self.scrolling(_HEIGHT)
        self.boxes = [CheckBox(words) for _, words in note.lines]
        for box in self.boxes:
            column.addWidget(box)
        column.addStretch(1)
        self.verb.clicked.connect(self._choose)
        self.boxes[0].setFocus()

    def _choose(self) -> None:
        chosen = [line for box, line in zip(self.boxes, self._note.lines, strict=True) if box.isChecked()]
        if len(chosen) < _FEWEST:
            self.say_wrong("Kies twee rijen of meer.")
            return
        together = tuple(code for row, _ in chosen for code in row)
        self.accept()
        self._then(Idea("De gekozen rijen samen", self._note.dimension, (together,)))
