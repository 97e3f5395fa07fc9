"""The small forms of the page Kluis: places of copies, another passphrase, trying the words."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.errors import VpdeskError
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.copies import CopyLine, place_of
from vpdesk.ui.screens.frame import empty
from vpdesk.ui.screens.lock import PassphraseEdit, WordsEdit
from vpdesk.ui.widgets.buttons import PLAIN, QUIET, Button
from vpdesk.ui.widgets.cards import Icon
from vpdesk.ui.widgets.fields import ComboBox, Field
from vpdesk.ui.widgets.file_dialogs import ask_folder
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.operations.backups import BackupReport
    from vpdesk.operations.vaults import Vault


_GIGABYTE: Final = 1_000_000_000
_ROOM: Final = (1, 2, 5, 10, 50)
_USUAL_ROOM: Final = 2


class PlacesForm(FormDialog):
    """To which folders copies go."""

    def __init__(self, context: Context, parent: QWidget, places: Sequence[Path]) -> None:
        super().__init__(
            parent,
            "Plaatsen voor reservekopieën",
            "Bewaren",
            text="Een kopie op een andere plaats dan deze laptop redt u als de laptop weg is. "
            "Een USB-stick die er niet is, wordt vanzelf bijgewerkt zodra u hem weer gebruikt.",
        )
        self._context = context
        self.places = list(places)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.body.addLayout(self._rows)
        self.add = Button("Map toevoegen…", QUIET, icon="plus", size=28)
        self.add.clicked.connect(self._choose)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.room = ComboBox("Ruimte voor kopieën op elke plaats")
        for gigabytes in _ROOM:
            self.room.addItem(f"{gigabytes} GB", str(gigabytes * _GIGABYTE))
        self.room.choose(str(_USUAL_ROOM * _GIGABYTE))
        room = Field(
            "Ruimte voor kopieën op elke plaats",
            self.room,
            hint="Past het niet meer, dan gaan de oudste het eerst weg. De drie nieuwste blijven altijd.",
        )
        self.body.addWidget(room)
        context.worker.run(_budget, self._show_room, self.failed)
        self.verb.clicked.connect(self._keep)
        self._show()

    def add_place(self, place: Path) -> None:
        """Add a folder to the list."""
        if place not in self.places:
            self.places.append(place)
            self._show()

    def _show(self) -> None:
        empty(self._rows)
        for place in self.places:
            self._rows.addWidget(self._row(place))
        self.verb.setEnabled(bool(self.places))

    def _row(self, place: Path) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        word, icon = place_of(place, self._context.door.folder)
        row.addWidget(Icon(icon, "text"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(word))
        words.addWidget(Label(str(place), "small", "muted", wraps=True))
        row.addLayout(words, 1)
        away = Button(icon="kruis", kind=PLAIN, name=f"{word} weghalen", size=28)
        away.clicked.connect(partial(self._remove, place))
        row.addWidget(away)
        return widget

    def _remove(self, place: Path, _checked: object = None) -> None:
        self.places.remove(place)
        self._show()

    def _choose(self) -> None:
        folder = ask_folder(self, "Map voor reservekopieën")
        if folder is not None:
            self.add_place(folder)

    def _keep(self) -> None:
        self.verb.setEnabled(False)
        room = int(self.room.currentData())
        self._context.worker.run(partial(_set_places, places=tuple(self.places), room=room), self._kept, self.failed)

    def _show_room(self, size: int) -> None:
        if self.room.findData(str(size)) < 0:
            self.room.addItem(f"{size / _GIGABYTE:.1f} GB".replace(".", ","), str(size))
        self.room.choose(str(size))

    def _kept(self, _result: object) -> None:
        self._context.changes.tell(Topic.BACKUPS)
        self.accept()


class PassphraseForm(FormDialog):
    """Another passphrase for this laptop."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent,
            "Wachtzin voor deze laptop",
            "Wachtzin wijzigen",
            text="De nieuwe wachtzin geldt meteen. Uw herstelwoorden blijven gelden.",
        )
        self._context = context
        self.first, self.second = PassphraseEdit("Nieuwe wachtzin"), PassphraseEdit("Nog een keer")
        self.body.addWidget(Field("Nieuwe wachtzin", self.first, hint="Minstens 8 tekens; liever vier woorden."))
        self._again = Field("Nog een keer", self.second)
        self.body.addWidget(self._again)
        self.first.setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        if self.first.text() != self.second.text():
            self._again.show_error("De twee zinnen zijn niet gelijk.")
            self.second.setFocus()
            return
        self._again.show_error("")
        self.verb.setEnabled(False)
        self.say_wrong("")
        door, passphrase = self._context.door, self.first.text()
        self._context.worker.run(lambda vault: door.enrol(vault, passphrase), self._kept, self.failed)

    def _kept(self, _kind: object) -> None:
        self.first.clear()
        self.second.clear()
        self._context.message("De wachtzin van deze laptop is gewijzigd.")
        self.accept()


class WordsForm(FormDialog):
    """Tries the words on the newest copy, so that it is sure that they open it."""

    def __init__(self, context: Context, parent: QWidget, copies: Sequence[CopyLine]) -> None:
        super().__init__(
            parent,
            "Probeer uw herstelwoorden",
            "Proberen",
            text="vpdesk opent met deze woorden uw nieuwste reservekopie, controleert haar en sluit haar weer.",
        )
        self._context = context
        self._copy = next((copy for copy in copies if not copy.problem), None)
        self.words = WordsEdit()
        self._field = Field("Uw 16 herstelwoorden", self.words, hint="Met een spatie ertussen, in hun volgorde.")
        self.body.addWidget(self._field)
        self.right = Message("", "ok")
        self.right.hide()
        self.body.addWidget(self.right)
        self.setMinimumWidth(theme.px(520))
        if self._copy is None:
            self.say_wrong("Er is nog geen reservekopie om te openen. Maak er eerst een.")
            self.verb.setEnabled(False)
        self.verb.clicked.connect(self._try)
        self.words.submitted.connect(self.verb.click)

    def _try(self) -> None:
        if self._copy is None:
            return
        self.verb.setEnabled(False)
        self._field.show_error("")
        words = self.words.toPlainText()
        self._context.worker.aside(partial(_verify, self._copy.path, words), self._fits, self._not_fits)

    def _fits(self, _report: object) -> None:
        self.words.clear()
        self.verb.setEnabled(True)
        self.back.setText("Sluiten")
        self.right.show()
        self.right.show_text(
            "Zij openen uw nieuwste reservekopie. Leg het papier weer weg.", "ok", start="Deze woorden kloppen."
        )

    def _not_fits(self, error: VpdeskError) -> None:
        self.verb.setEnabled(True)
        self._field.show_error(error.sentence)
        self.words.setFocus()
        self.words.point_at(error)


def _set_places(vault: "Vault", *, places: tuple[Path, ...], room: int) -> None:
    from vpdesk.operations.backups import set_places, set_space_budget  # noqa: PLC0415 - loaded when used

    set_places(vault, places)
    set_space_budget(vault, room)


def _budget(vault: "Vault") -> int:
    from vpdesk.operations.places import space_budget  # noqa: PLC0415 - idem

    return space_budget(vault)


def _verify(path: Path, words: str) -> "BackupReport":
    from vpdesk.operations.backups import verify_backup  # noqa: PLC0415 - idem

    return verify_backup(path, words=words)
