"""The small forms of Jaarverslag: another period, who made it, what is hidden at length."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.operations import reports
from vpdesk.operations.reports import HiddenNote
from vpdesk.ui.changes import Topic
from vpdesk.ui.pages.report_hidden import CONCLUSION
from vpdesk.ui.widgets.fields import DateEdit, Field, LineEdit
from vpdesk.ui.widgets.file_dialogs import PDF, ask_new_file
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.ui.context import Context

AUDIENCES = (
    ("Voor de werkgever", Audience.WERKGEVER),
    ("Voor de ondernemingsraad", Audience.OR),
    ("Openbaar", Audience.OPENBAAR),
)


def audience_label(audience: Audience) -> str:
    """Return *Voor de werkgever* and so on."""
    return next(words for words, value in AUDIENCES if value is audience)


def ask_place(parent: QWidget, name: str) -> Path | None:
    """Ask where a PDF is to be written; None when the user thought better of it."""
    path = ask_new_file(parent, "Verslag bewaren", name, PDF)
    return path if path is None or path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")


def show_folder(path: Path) -> None:
    """Open the folder of a file in the file manager of the system."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


class PeriodDialog(FormDialog):
    """A period of one's own; `then(period)` follows."""

    def __init__(self, parent: QWidget, period: Period, then: Callable[[Period], None]) -> None:
        super().__init__(
            parent,
            "Andere periode",
            "Kiezen",
            text="Wat over deze dagen al is uitgegeven, telt mee: daardoor kan dit verslag minder noemen.",
        )
        self._then = then
        self.first = DateEdit(period.first, "Van")
        self.last = DateEdit(period.last, "Tot en met")
        self.pair(Field("Van", self.first), Field("Tot en met", self.last))
        self.verb.clicked.connect(self._choose)

    def _choose(self) -> None:
        try:
            period = Period(self.first.day, self.last.day)
        except InvalidValueError as error:
            self.failed(error)
            return
        self.accept()
        self._then(period)


def ask_author(context: "Context", parent: QWidget) -> None:
    """Ask who made the reports; the preview follows once it is kept."""
    context.worker.run(reports.author, lambda author: AuthorDialog(context, parent, author).open(), context.failed)


class AuthorDialog(FormDialog):
    """Who made the reports, on their covers and in the properties of their files."""

    keeps_text = True

    def __init__(self, context: "Context", parent: QWidget, author: str) -> None:
        super().__init__(
            parent,
            "Opgesteld door",
            "Bewaren",
            text="Dit staat op het voorblad en in de eigenschappen van het bestand, in de verslagen van al uw "
            "organisaties. Wat al is uitgegeven, verandert niet.",
        )
        self._context = context
        self.author = LineEdit(author, name="Naam of functie")
        self.body.addWidget(
            Field("Naam of functie", self.author, hint="Leeg: alleen uw functie, zoals ‘Extern vertrouwenspersoon’.")
        )
        self.author.setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        author = self.author.text()
        self._context.worker.run(
            self.sending(lambda vault: reports.set_author(vault, author)), lambda _: self._kept(), self.failed
        )

    def _kept(self) -> None:
        self.accept()
        self._context.changes.tell(Topic.REPORTS)


_HOW = (
    "Kleine getallen staan er niet in, ook geen nul. Wie het totaal kent, kan een getal dat ontbreekt zelf uitrekenen; "
    "daarom verbergt vpdesk altijd meer getallen tegelijk. Welke erbij komen, is geloot. Alle streepjes betekenen "
    "hetzelfde: dit getal noemen wij niet."
)


class HiddenDialog(FormDialog):
    """What a table hides and why, at length; it never says which dash is small."""

    def __init__(self, parent: QWidget, note: HiddenNote, notes: tuple[str, ...]) -> None:
        super().__init__(parent, note.title, "Sluiten")
        self.back.hide()
        self.verb.clicked.connect(self.accept)
        said = [reports.hidden_in_words(note), *note.explained, *((_HOW,) if note.rows else ())]
        if note.conclusion:
            said.append(CONCLUSION.format(range=note.conclusion))
        for sentence in (*said, *notes):
            self.body.addWidget(Label(sentence, wraps=True))
