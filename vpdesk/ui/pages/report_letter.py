"""The letter with a report: shown, and copied to where letters are written."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain.publications import Publication
from vpdesk.operations.report_letter import letter_for
from vpdesk.ui.widgets.copy_text import CopyText
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label

_ABOUT: Final = "Kopieer de tekst en maak er uw eigen brief of bericht van. vpdesk verstuurt niets."
_NUMBERS: Final = (
    "Noem in de brief geen aantallen die niet in het verslag staan. Doet u dat toch, zet het dan bij Uitgegeven met "
    "‘Iets toevoegen’: dan rekent elk later verslag ermee."
)


class LetterDialog(FormDialog):
    """The letter with one report, given all that is out."""

    def __init__(self, parent: QWidget, publication: Publication, out: Sequence[Publication]) -> None:
        super().__init__(parent, "Brief bij het verslag", "Sluiten", text=_ABOUT)
        self.letter = CopyText(letter_for(publication, out), "De brief")
        self.body.addWidget(self.letter)
        self.body.addWidget(Label(_NUMBERS, "small", "muted", wraps=True))
        self.back.hide()
        self.verb.clicked.connect(self.accept)
        self.letter.copy.setFocus()
