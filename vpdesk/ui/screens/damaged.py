"""Putting a copy back: what happened, what is safe, what does not happen, what to choose; in that order."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.attachments import BesideState
from vpdesk.domain.errors import BackupError, VpdeskError, WrongSecretError
from vpdesk.domain.wording import counted, long_date
from vpdesk.ui.copies import copies_in, older_than_vault
from vpdesk.ui.door import Door
from vpdesk.ui.models.copies import CopyLine
from vpdesk.ui.models.copy_list import CopyModel
from vpdesk.ui.screens.frame import CentredScreen, Medallion, empty
from vpdesk.ui.screens.lock import PassphraseEdit, WordsEdit
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, Icon
from vpdesk.ui.widgets.fields import Field, RadioButton
from vpdesk.ui.widgets.file_dialogs import ask_folder
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.messages import Message, ProgressLine
from vpdesk.ui.widgets.tables import Table
from vpdesk.ui.worker import Progress, Worker

if TYPE_CHECKING:
    from vpdesk.operations.standing import KeptKey
    from vpdesk.operations.vaults import Vault

STOPPED: Final = "Het terugzetten is daardoor gestopt: er is niets teruggezet."
_WITH_WORDS: Final = "Kies een kopie. Daarna vraagt vpdesk uw 16 herstelwoorden."
_WITHOUT_WORDS: Final = (
    "Kies een kopie. Voor kopieën van deze kluis hebt u geen herstelwoorden nodig: zij was net nog open."
)


class DamagedScreen(CentredScreen):
    """Offers the copies that verify and puts the chosen one back with the words. `opened(Vault)` when that worked.

    Without a sentence nothing is damaged: the user asked for a copy to be put back. With the key of the vault that was
    open a moment ago its own copies need no words; they are asked only for a copy that this key does not open.
    """

    opened = Signal(object, bool)
    leave = Signal()

    def __init__(
        self,
        worker: Worker,
        door: Door,
        sentence: str,
        *,
        places: tuple[Path, ...],
        kept: "KeptKey | None" = None,
    ) -> None:
        super().__init__(808)
        self.setAccessibleName("Reservekopie terugzetten")
        self._worker, self._door, self._sentence, self._places = worker, door, sentence, places
        self._kept = kept
        self.model = CopyModel(door.folder, with_choice=True)
        self.table = Table("Reservekopieën", row_height=36)
        self.table.setModel(self.model)
        self.table.set_widths((54, 190, 200, 88, 130), stretch=2)
        self.table.chosen.connect(self._choose)
        self._safe = Message("Reservekopieën worden gezocht en gecontroleerd.", "ok", start="Wat veilig is.\n")
        self._lost = Label("", wraps=True)
        self._beside = Label("", wraps=True)
        self._beside.hide()
        self._told: tuple[Path, str] | None = None
        self.elsewhere = Button("Een kopie op een andere plaats zoeken…", QUIET, icon="map", size=28)
        self.go = Button("Kopie terugzetten…", PRIMARY, icon="terugzetten", size=36)
        self.quit = Button("Afsluiten" if sentence else "Terug", size=36)
        self.progress = ProgressLine(can_cancel=False)
        self._notice = QVBoxLayout()
        self._first, self._second = QWidget(), QWidget()
        self._lay_out_first()
        self._lay_out_second()
        self.body.addStretch(1)
        self.body.addWidget(self._first)
        self.body.addWidget(self._second)
        self.body.addLayout(self._notice)
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self._second.hide()
        self.go.setEnabled(False)
        self.go.clicked.connect(self._ask_words)
        self.quit.clicked.connect(self._go_away)
        self.elsewhere.clicked.connect(self._look_elsewhere)
        worker.before(partial(copies_in, places), self._show, self._failed)

    @property
    def holds(self) -> bool:
        """Whether there is a key, or words or a passphrase were typed."""
        typed = (self.words.toPlainText(), self.passphrase.text(), self.again.text())
        return self._kept is not None or any(typed)

    def first_focus(self) -> QWidget:
        """Return the list of copies."""
        return self.table

    def _lay_out_first(self) -> None:
        body = QVBoxLayout(self._first)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        if self._sentence:
            head.addWidget(Medallion("let_op", "danger", "danger_bg", 44), 0, Qt.AlignmentFlag.AlignTop)
        else:
            head.addWidget(Medallion("terugzetten", "accent", "chrome", 44), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label("De kluis kan niet open" if self._sentence else "Een reservekopie terugzetten", "page"))
        words.addWidget(
            Label(
                self._sentence or (_WITHOUT_WORDS if self._kept else _WITH_WORDS),
                "intro",
                "muted",
                wraps=True,
            )
        )
        head.addLayout(words, 1)
        body.addLayout(head)
        two = QHBoxLayout()
        two.setSpacing(16)
        two.addWidget(self._safe, 1)
        kept = "vpdesk verandert niets aan het beschadigde bestand en maakt geen nieuwe, lege kluis."
        if not self._sentence:
            kept = (
                "De kluis van nu wordt niet gewist: zij blijft naast de teruggezette kopie bewaard."
                if self._door.describe().exists
                else "Op deze laptop staat nog geen kluis: er wordt niets gewist of vervangen."
            )
        two.addWidget(Message(kept, "info", start="Wat er niet gebeurt.\n"), 1)
        body.addLayout(two)
        body.addSpacing(8)
        body.addWidget(Label("Kies de kopie die u wilt terugzetten", "section"))
        card = Card(flush=True)
        card.body.addWidget(self.table)
        body.addWidget(card)
        body.addWidget(self.elsewhere, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(Rule())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Icon("activiteiten"))
        lines = QVBoxLayout()
        lines.addWidget(self._lost)
        lines.addWidget(self._beside)
        row.addLayout(lines, 1)
        body.addLayout(row)
        body.addWidget(Rule())
        foot = QHBoxLayout()
        foot.addWidget(self.quit)
        foot.addStretch(1)
        foot.addWidget(self.go)
        body.addLayout(foot)

    def _lay_out_second(self) -> None:
        body = QVBoxLayout(self._second)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        self._title = Label("", "page", wraps=True)
        self.older = Message("", "warning")
        self.older.hide()
        self.lacking = Message("", "warning")
        self.lacking.hide()
        self.words = WordsEdit()
        self.words_field = Field("Uw 16 herstelwoorden", self.words, hint="Met een spatie ertussen, in hun volgorde.")
        self.passphrase = PassphraseEdit()
        self.passphrase_field = Field(
            "Nieuwe wachtzin voor deze laptop", self.passphrase, hint="U mag uw oude wachtzin weer kiezen."
        )
        self.again = PassphraseEdit("Nog een keer")
        self.again_field = Field("Nog een keer", self.again)
        self.none_later = RadioButton("Nee, er is daarna niets uitgegeven")
        self.some_later = RadioButton("Ja, of dat weet ik niet zeker")
        self.some_later.setChecked(True)
        self._later = Label("", "label", wraps=True)
        about = Label(
            "Tot vpdesk weet wat er is uitgegeven, noemt het over die periode geen aantallen.",
            "small",
            "muted",
            wraps=True,
        )
        self.put_back = Button("Nu terugzetten", PRIMARY, icon="terugzetten", size=36)
        back = Button("Andere kopie kiezen", size=36)
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self.put_back)
        for widget in (
            self._title,
            self.older,
            self.lacking,
            self.words_field,
            self.passphrase_field,
            self.again_field,
            self._later,
        ):
            body.addWidget(widget)
        body.addWidget(self.none_later)
        body.addWidget(self.some_later)
        body.addWidget(about)
        body.addLayout(foot)
        self._asked: tuple[QWidget, ...] = (
            self.words_field,
            self.passphrase_field,
            self.again_field,
            self._later,
            self.none_later,
            self.some_later,
            about,
        )
        back.clicked.connect(partial(self._turn, asking=False))
        self.put_back.clicked.connect(self._restore)
        self.words.submitted.connect(self.passphrase.setFocus)
        self.passphrase.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._restore)
        for edit in (self.passphrase, self.again):
            edit.textChanged.connect(self._look)

    def _go_away(self) -> None:
        self._kept = None
        self.leave.emit()

    def _turn(self, *, asking: bool) -> None:
        self._first.setVisible(not asking)
        self._second.setVisible(asking)
        empty(self._notice)
        first = self.put_back if self.words_field.isHidden() else self.words
        (first if asking else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: tuple[CopyLine, ...]) -> None:
        copies = tuple(copy for copy in found if not copy.problem)
        self.model.show_copies(copies)
        rows = min(max(len(copies), 1), 6)
        self.table.setFixedHeight(rows * self.table.verticalHeader().defaultSectionSize() + 34)
        self.go.setEnabled(bool(copies))
        if not copies:
            self._safe.show_text(
                "Op de bekende plaatsen staat geen reservekopie. Doe de stick met kopieën in de laptop en zoek daar.",
                "warning",
                start="Nog geen kopie gevonden.\n",
            )
            self._lost.setText("Er is nog geen kopie gekozen.")
            return
        many = counted(len(copies), "reservekopie is", "reservekopieën zijn")
        self._safe.show_text(
            f"{many} gevonden en heel. De nieuwste is van {long_date(copies[0].made.date())}.",
            "ok",
            start="Wat veilig is.\n",
        )
        self.table.selectRow(0)
        self._choose(0)

    def _choose(self, row: int) -> None:
        self.model.choose(row)
        copy = self.model.copies[row]
        made = copy.made
        day = long_date(made.date()).rsplit(" ", 1)[0]
        kept = " Het beschadigde bestand blijft bewaard." if self._sentence else ""
        self._lost.setText(f"Wat u na {day} {made:%H:%M} schreef, staat niet in deze kopie.{kept}")
        beside = copy.beside
        self._beside.setText(beside.sentence if beside is not None and beside.state is not BesideState.HEEL else "")
        self._beside.setVisible(bool(self._beside.text()))
        self.go.setText(f"Kopie van {day} terugzetten…")
        self.go.setAccessibleName(self.go.text())
        self.go.updateGeometry()

    def _ask_words(self) -> None:
        path, made = self.model.copies[self.model.chosen].path, self.model.copies[self.model.chosen].made
        self.older.hide()
        self._forget_lacking()
        warning = partial(older_than_vault, path, folder=self._door.folder, now=self._door.clock())
        self._worker.before(warning, self._show_older, self._failed)
        self._title.setText(f"De kopie van {long_date(made.date())} terugzetten")
        self._later.setText(f"Zijn er na {long_date(made.date())} verslagen uitgegeven?")
        free = self.model.copies[self.model.chosen].free
        for asked in self._asked:
            asked.setVisible(self._kept is None and not free)
        self._turn(asking=True)

    def _show_older(self, warning: str) -> None:
        self.older.setVisible(bool(warning))
        if warning:
            self.older.show_text(warning, "warning")

    def _look(self) -> None:
        differs = bool(self.again.text()) and not self.passphrase.text().startswith(self.again.text())
        self.again_field.show_error("De twee zinnen zijn nog niet gelijk." if differs else "")

    def _restore(self) -> None:
        asks = not self.words_field.isHidden()
        if asks and self.passphrase.text() != self.again.text():
            self.again_field.show_error("Typ dezelfde wachtzin nog een keer.")
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.words_field.show_error("")
        path, words = self.model.copies[self.model.chosen].path, self.words.toPlainText() if asks else None
        if self._told != (path, words or ""):
            self.put_back.setEnabled(False)
            self.progress.start("De bijlagen worden nagekeken")
            look = partial(_lacking, path, words=words, kept=self._kept)
            self._worker.before(look, partial(self._tell_lacking, path, words or ""), self._failed)
            return
        later = "none" if self.none_later.isChecked() else None
        self.put_back.setEnabled(False)
        self.progress.start("De kopie wordt teruggezet")
        running = Progress(self)
        self._worker.open(
            partial(
                self._door.restore,
                path,
                words=words,
                passphrase=(self.passphrase.text() or None) if asks else None,
                later_reports=later,
                kept=self._kept,
                progress=running,
            ),
            self._restored,
            self._failed,
            stopped=STOPPED,
        )

    def _tell_lacking(self, path: Path, words: str, said: str) -> None:
        """Say which attachments will not come along, and wait for the button once more; where all do, go on."""
        self.progress.finish()
        self.put_back.setEnabled(True)
        self._told = (path, words)
        if not said:
            self._restore()
            return
        stays = (
            " Staan zij nog in de kluis op deze laptop, dan komen zij daaruit." if self._door.describe().exists else ""
        )
        self.lacking.show_text(f"{said}{stays}", "warning", start="Niet alle bijlagen komen mee.")
        self.lacking.show()
        self._name_put_back("Toch terugzetten")
        self.put_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_lacking(self) -> None:
        self._told = None
        self.lacking.hide()
        self._name_put_back("Nu terugzetten")

    def _name_put_back(self, text: str) -> None:
        self.put_back.setText(text)
        self.put_back.setAccessibleName(text)
        self.put_back.updateGeometry()

    def _restored(self, vault: "Vault") -> None:
        self._kept = None
        self.progress.finish()
        enrolled = bool(self.passphrase.text()) and not self.words_field.isHidden()
        self.words.clear()
        self.passphrase.clear()
        self.again.clear()
        self.opened.emit(vault, enrolled)

    def _failed(self, error: VpdeskError) -> None:
        self.progress.finish()
        self.put_back.setEnabled(True)
        empty(self._notice)
        if isinstance(error, WrongSecretError) and not self._second.isHidden():
            for widget in self._asked:
                widget.show()
            self.words_field.show_error(error.sentence)
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            self.words.point_at(error)
            return
        self._notice.addWidget(Message(error.sentence, "danger"))

    def _look_elsewhere(self) -> None:
        folder = ask_folder(self, "Map met reservekopieën")
        if folder is not None:
            self.look_in(folder)

    def look_in(self, folder: Path) -> None:
        """Look for copies in one more folder."""
        self._places = tuple(dict.fromkeys((*self._places, folder)))
        self._worker.before(partial(copies_in, self._places), self._show, self._failed)


def _lacking(path: Path, *, words: str | None, kept: "KeptKey | None") -> str:
    """Return which attachments would be missing once a copy is put back, empty where none would.

    Whatever else is wrong with the copy, putting it back says.
    """
    from vpdesk.operations.backups import verify_backup  # noqa: PLC0415 - in its own thread

    try:
        beside = verify_backup(path, words=words, kept=kept, attachments=True).beside
    except BackupError:
        return ""
    return beside.named if beside is not None and beside.wrong else ""
