"""Taking cases over: choose the file, type the words, see what it is, say for which organisation, take it in."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from vpdesk.domain.clients import Client
from vpdesk.domain.errors import RoleConflictError, VpdeskError
from vpdesk.domain.handover import Package
from vpdesk.domain.wording import counted, joined, long_date
from vpdesk.operations import clients, takeover
from vpdesk.operations.takeover import TakenOver
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages.conflict_check import BESIDE
from vpdesk.ui.pages.handover_dialog import KIND
from vpdesk.ui.pages.weighed import Reason
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.fields import ComboBox, Field, LineEdit
from vpdesk.ui.widgets.file_dialogs import ask_file
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message, ProgressLine
from vpdesk.ui.worker import Progress

if TYPE_CHECKING:
    from vpdesk.operations.people import GoingOn
    from vpdesk.operations.vaults import Vault

STOPPED: Final = "Het overnemen is daardoor gestopt: er is niets overgenomen."
COUNTS: Final = (
    "Deze casussen tellen in het verslag van uw collega, en niet in dat van u. Hun gesprekken tellen niet in uw "
    "uren; wat "
    "u zelf doet wel. Elke casus krijgt hier een eigen code en pseudoniem."
)
NO_CHECK: Final = (
    "Waar geen namen bij zitten, kan vpdesk niet nagaan of rollen botsen. Doe dat zelf bij het eerste gesprek."
)
_TOUCHED: Final = (
    Topic.CLIENTS,
    Topic.CASES,
    Topic.PEOPLE,
    Topic.CONVERSATIONS,
    Topic.REMINDERS,
    Topic.STEPS,
    Topic.MELDINGEN,
)


def told(package: Package) -> str:
    """Return what a file holds, in sentences without a name."""
    said = (
        f"{counted(len(package.cases), 'casus', 'casussen')} van {package.organisation}, met "
        f"{counted(package.talks, 'gesprek', 'gesprekken')}, gemaakt op {long_date(package.made)}. "
    )
    if not package.named:
        said += "Zonder namen."
    elif package.named == len(package.cases):
        said += "Met namen."
    else:
        said += f"Met namen bij {package.named} van de {len(package.cases)}."
    if package.names_in_texts:
        places = counted(package.names_in_texts, "plaats", "plaatsen")
        said += f" In de teksten zonder namen stond op {places} iets herkenbaars dat uw collega kende."
    if package.attachments:
        said += f" {counted(package.attachments, 'bijlage bleef', 'bijlagen bleven')} bij uw collega."
    return f"{said} Er is nog niets overgenomen."


class TakeOverDialog(FormDialog):
    """Two presses of the verb: first it shows what the file is, then it takes it in."""

    hears_later = False

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent,
            "Casussen overnemen",
            "Bekijken",
            text="Uit het bestand van een collega. U ziet eerst wat erin zit; alles komt erin, of niets.",
        )
        self._context = context
        self._path: Path | None = None
        self._progress: Progress | None = None
        self.package: Package | None = None
        self.setMinimumWidth(theme.px(620))
        self.choose = Button("Bestand kiezen…", icon="map")
        self._file = Label("Nog geen bestand gekozen", "body", "muted", wraps=True)
        self.phrase = LineEdit(name="De woorden van uw collega")
        self.state = Message("", "info")
        self.again = Message("", "warning")
        self.client = ComboBox("Organisatie")
        self.client.setLineEdit(LineEdit(name="Organisatie"))
        self._whose = Field("Organisatie", self.client, hint="Een nieuwe naam maakt een nieuwe organisatie.")
        self._counts = Label(COUNTS, "body", "muted", wraps=True)
        self._unchecked = Label(NO_CHECK, "body", "muted", wraps=True)
        self.weighing = Reason(context)
        self.progress = ProgressLine()
        self._lay_out()
        self.choose.setFocus()
        self.choose.clicked.connect(self._choose)
        self.phrase.textEdited.connect(lambda _: self._forget())
        self.client.currentTextChanged.connect(lambda _: self._unweigh())
        self.verb.clicked.connect(self._further)
        self.progress.cancelled.connect(self._cancel)
        context.worker.run(clients.clients, self._offer, self.failed)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.choose)
        row.addWidget(self._file, 1)
        self.body.addLayout(row)
        self.body.addWidget(Field("De woorden van uw collega", self.phrase, hint="Hoofdletters maken niet uit."))
        for part in (self.state, self.again, self._whose, self._counts, self._unchecked, self.weighing, self.progress):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._forget()

    def read(self, path: Path) -> None:
        """Take this file; its words are still to be typed."""
        self._path = path
        self._file.setText(path.name)
        self._forget()
        self.phrase.setFocus()

    def failed(self, error: VpdeskError) -> None:
        """Say what is wrong; where roles may conflict, ask why the advisor goes on."""
        self.progress.finish()
        if isinstance(error, RoleConflictError):
            self.weighing.about(error.cases)
            self.weighing.show()
            self._name_verb("Toch overnemen")
            self.weighing.reason.setFocus()
        super().failed(error)

    def _offer(self, found: tuple[Client, ...]) -> None:
        for client in found:
            self.client.addItem(client.name)

    def _choose(self) -> None:
        path = ask_file(self, "Bestand kiezen", KIND)
        if path is not None:
            self.read(path)

    def _forget(self) -> None:
        """Show nothing of a file that was read with other words."""
        self.package = None
        for part in (self.state, self.again, self._whose, self._counts, self._unchecked):
            part.hide()
        self._unweigh()

    def _unweigh(self) -> None:
        self.weighing.hide()
        self._name_verb("Bekijken" if self.package is None else "Overnemen")

    def _name_verb(self, text: str) -> None:
        self.verb.setText(text)
        self.verb.setAccessibleName(text)
        self.verb.updateGeometry()

    def _further(self) -> None:
        if self.package is not None:
            self._take(self.package)
            return
        path, phrase = self._path, self.phrase.text()
        if path is None or not phrase.strip():
            self.say_wrong("Kies het bestand en typ de woorden van uw collega. Er is nog niets overgenomen.")
            return
        self.say_wrong("")
        self.verb.setEnabled(False)
        self.progress.cancel.hide()  # that takes a second, and changes nothing
        self.progress.start("Het bestand wordt geopend…")
        opened = partial(self._opened, (path, phrase))
        self._context.worker.aside(lambda: takeover.read_package(path, phrase), opened, self.failed)

    def _opened(self, asked: tuple[Path, str], package: Package) -> None:
        if asked != (self._path, self.phrase.text()):  # something else was chosen or typed meanwhile
            self.progress.finish()
            self.verb.setEnabled(True)
            return

        def refused(vault: "Vault") -> tuple[date, ...]:
            takeover.refuse_package(vault, package)
            return takeover.seem_taken(vault, package)

        self._context.worker.run(refused, partial(self._show, package), self.failed)

    def _show(self, package: Package, seem_taken: tuple[date, ...]) -> None:
        self.progress.finish()
        self.package = package
        self.state.show_text(told(package), "info")
        if seem_taken:
            like = counted(len(seem_taken), "casus lijkt op een", "casussen lijken op casussen")
            self.again.show_text(
                f"{like} die u al overnam, op {long_date(max(seem_taken))}. Vraag uw collega of dit dezelfde zijn: dan "
                "staan ze hier dubbel.",
                "warning",
            )
            self.again.show()
        self.client.setCurrentText(package.organisation)
        for part in (self.state, self._whose, self._counts):
            part.show()
        self._unchecked.setVisible(package.named < len(package.cases))
        self._unweigh()
        self.verb.setEnabled(True)
        self.client.setFocus()
        self.fit()

    def _take(self, package: Package) -> None:
        name, today = self.client.currentText(), self._context.clock().date()
        going_on: GoingOn | None = None if self.weighing.isHidden() else self.weighing.given
        progress = self._progress = Progress(self)
        progress.moved.connect(self.progress.advance)
        self.progress.cancel.show()
        self.progress.start("De casussen worden overgenomen…")
        self._context.worker.run(
            self.sending(
                lambda vault: takeover.take_over(
                    vault, package, organisation=name, today=today, going_on=going_on, progress=progress
                )
            ),
            self._taken,
            self.failed,
            progress=progress,
            stopped=STOPPED,
        )

    def _cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _taken(self, result: TakenOver) -> None:
        self.progress.finish()
        self._context.changes.tell(*_TOUCHED)
        said = f"Overgenomen: {joined([case.pseudonym for case in result.cases])}."
        self._context.message(f"{said} {BESIDE}" if result.beside else said)
        self._context.navigate(Place(PageName.CASUSSEN, client=result.client.id))
        self.accept()
