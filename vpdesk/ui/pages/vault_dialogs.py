"""The small forms of the page Kluis: places of copies, and checking the recovery words."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.errors import VpdeskError, WordsMistypedError
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.copies import CopyLine, place_of
from vpdesk.ui.screens.frame import empty
from vpdesk.ui.screens.lock import WordsEdit
from vpdesk.ui.widgets.buttons import PLAIN, QUIET, Button
from vpdesk.ui.widgets.cards import Icon
from vpdesk.ui.widgets.fields import ComboBox, Field, LineEdit
from vpdesk.ui.widgets.file_dialogs import ask_folder
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from datetime import datetime

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


class ThreeWordsForm(FormDialog):
    """Asks three words from the paper, other ones every time: a minute's work, once a year."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        from vpdesk.operations.access import places_to_check  # noqa: PLC0415 - loaded when used

        super().__init__(
            parent,
            "Drie woorden controleren",
            "Controleren",
            text="Pak het blad met uw 16 herstelwoorden en typ deze drie over. "
            "vpdesk kan u niet zeggen welke woorden het zijn.",
        )
        self._context = context
        self._places = places_to_check()
        self.edits = tuple(LineEdit(name=f"Woord {place}") for place in self._places)
        self.asked = tuple(Field(f"Woord {place}", edit) for place, edit in zip(self._places, self.edits, strict=True))
        for field in self.asked:
            self.body.addWidget(field)
        self.edits[0].setFocus()
        self.verb.clicked.connect(self._check)

    @property
    def places(self) -> tuple[int, ...]:
        """The places on the sheet that are asked, from 1."""
        return self._places

    def _check(self) -> None:
        empty_one = next((edit for edit in self.edits if not edit.text().strip()), None)
        if empty_one is not None:
            empty_one.setFocus()
            return
        self.say_wrong("")
        self.verb.setEnabled(False)
        for field in self.asked:
            field.show_error("")
        typed = tuple(edit.text() for edit in self.edits)
        self._context.worker.run(
            partial(_check_some, places=self._places, typed=typed, now=self._context.clock()),
            self._right,
            self._not_right,
        )

    def _right(self, _result: object) -> None:
        self._context.message("Deze woorden kloppen. Leg het blad weer weg; over een jaar vraagt vpdesk het opnieuw.")
        self._context.changes.tell(Topic.ACCESS)
        self.accept()

    def _not_right(self, error: VpdeskError) -> None:
        position = error.position if isinstance(error, WordsMistypedError) else None
        self.verb.setEnabled(True)
        if position is None:
            self.failed(error)
            self.edits[0].setFocus()
            return
        at = self._places.index(position)
        self.asked[at].show_error(error.sentence)
        self.edits[at].setFocus()
        self.edits[at].selectAll()


class AllWordsForm(FormDialog):
    """Tries all words, on the vault and on the newest copy they are for, so that it is sure that they open them."""

    def __init__(self, context: Context, parent: QWidget, copies: Sequence[CopyLine]) -> None:
        super().__init__(
            parent,
            "Alle woorden proberen",
            "Proberen",
            text="vpdesk opent met deze woorden uw kluis en uw nieuwste reservekopie, en sluit de kopie weer.",
        )
        self._context = context
        self._copies = tuple(copy for copy in copies if not copy.problem)
        self.words = WordsEdit()
        self._field = Field("Uw 16 herstelwoorden", self.words, hint="Met een spatie ertussen, in hun volgorde.")
        self.body.addWidget(self._field)
        self.right = Message("", "ok")
        self.right.hide()
        self.body.addWidget(self.right)
        self.setMinimumWidth(theme.px(520))
        self.verb.clicked.connect(self._try)
        self.words.submitted.connect(self.verb.click)

    def _try(self) -> None:
        self.verb.setEnabled(False)
        self._field.show_error("")
        words = self.words.toPlainText()
        slots = frozenset(copy.slot_id for copy in self._copies)
        self._context.worker.run(
            partial(_check_all, typed=words, slots=slots, now=self._context.clock()),
            partial(self._opens_vault, words),
            self._not_fits,
        )

    def _opens_vault(self, words: str, slot: str) -> None:
        self._context.changes.tell(Topic.ACCESS)
        copy = next((copy for copy in self._copies if copy.slot_id == slot), None)
        if copy is None:
            self._fits("Zij openen uw kluis. Er is nog geen reservekopie die ermee opengaat; maak er een.", "warning")
            return
        self._context.worker.aside(
            partial(_verify, copy.path, words),
            self._opens_copy,
            lambda error: self._fits(f"Zij openen uw kluis, maar de nieuwste kopie niet. {error.sentence}", "warning"),
        )

    def _opens_copy(self, report: "BackupReport") -> None:
        said, beside = "Zij openen uw kluis en uw nieuwste reservekopie.", report.beside
        if beside is not None and beside.wrong:
            self._fits(f"{said} {beside.sentence}", "warning")
        else:
            of_them = "" if beside is None or not beside.sentence else f" {beside.sentence}"
            self._fits(f"{said}{of_them} Leg het papier weer weg.")

    def _fits(self, sentence: str, kind: str = "ok") -> None:
        self.words.clear()
        self.verb.setEnabled(True)
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self.right.show()
        self.right.show_text(sentence, kind, start="Deze woorden kloppen.")

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


def _check_some(vault: "Vault", *, places: tuple[int, ...], typed: tuple[str, ...], now: "datetime") -> None:
    from vpdesk.operations.access import check_some_words  # noqa: PLC0415 - idem

    check_some_words(vault, places=places, typed=typed, now=now)


def _check_all(vault: "Vault", *, typed: str, slots: frozenset[str], now: "datetime") -> str:
    """Check the words on the vault; returns which of the slots of the copies they open, empty for none."""
    from vpdesk.operations.access import check_all_words, words_of_copy  # noqa: PLC0415 - idem

    check_all_words(vault, typed=typed, now=now)
    return next((slot for slot in slots if not words_of_copy(vault, slot)), "")


def _verify(path: Path, words: str) -> "BackupReport":
    from vpdesk.operations.backups import verify_backup  # noqa: PLC0415 - idem

    return verify_backup(path, words=words, attachments=True)
