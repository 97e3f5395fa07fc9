"""Kluis: is it in order, where are the copies, and how does it open."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.errors import CancelledError, OutputError, VpdeskError
from vpdesk.domain.rows import BackupState
from vpdesk.domain.wording import joined, moment
from vpdesk.operations.places import usual_place
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, Place
from vpdesk.ui.copies import backup_now, copies_in
from vpdesk.ui.models.copies import CopyLine
from vpdesk.ui.models.copy_list import CopyModel
from vpdesk.ui.moving import PlaceCard
from vpdesk.ui.pages.page import Page
from vpdesk.ui.pages.vault_cards import Access, EmergencyCard, LaptopCard, WordsCard, access_of
from vpdesk.ui.pages.vault_dialogs import AllWordsForm, PlacesForm, ThreeWordsForm
from vpdesk.ui.pages.vault_former import FormerCard
from vpdesk.ui.screens.frame import empty
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, Icon, Scroll
from vpdesk.ui.widgets.file_dialogs import ask_folder
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message, ProgressLine
from vpdesk.ui.widgets.tables import Table
from vpdesk.ui.worker import Progress

if TYPE_CHECKING:
    from vpdesk.operations.backups import BackupResult
    from vpdesk.operations.doctor import CheckLine
    from vpdesk.operations.vaults import Vault

_SIDE: Final = 320
_ROOM_FOR_SIDE: Final = 1008
_MOST_ROWS: Final = 12
_ROOM_FOR_TWO: Final = 560
CHECK_WORDS: Final = "woorden"
"""The text of a place that leads to the check of three words."""


class VaultPage(Page):
    """State, copies, words, this laptop, emergency opening, checks."""

    title = "Kluis"
    topics = frozenset({Topic.BACKUPS, Topic.ACCESS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._progress: Progress | None = None
        self._places: tuple[Path, ...] = ()
        self._rescued: tuple[Path, ...] = ()  # where copies of a vault that can't remember it were made
        self._access: Access | None = None
        self._check_wanted = False
        self.state = Message("", "info")
        self._away = QVBoxLayout()
        self.backup = Button.of(context.actions.backup, kind=PRIMARY, icon="schijf")
        self.restore = Button.of(context.actions.restore, "Terugzetten…", icon="terugzetten")
        self.progress = ProgressLine()
        self.model = CopyModel(context.door.folder, with_words=not context.practice)
        self.table = Table("Reservekopieën")
        self.table.setModel(self.model)
        if context.practice:
            self.table.set_widths((190, 200, 88, 140), stretch=1)
        else:
            self.table.set_widths((168, 120, 72, 104, 140), stretch=1)
        theme.measure(self.table, "setMinimumWidth", 600)
        self._none = Label("Er is nog geen kopie. Maak er nu een, liefst op een USB-stick.", ink="muted", wraps=True)
        self.change_places = Button("Plaatsen wijzigen…", QUIET, size=28)
        self.words, self.laptop, self.emergency = WordsCard(), LaptopCard(), EmergencyCard()
        self.check = Button("Nu controleren", QUIET, size=28)
        self._checks = QGridLayout()
        self._rows: list[_CheckRow] = []
        self._lines: tuple[CheckLine, ...] = ()
        self._copied: BackupState | None = None
        self._beside = 2
        self.former, self.place = FormerCard(context), PlaceCard(context)
        self._build()
        self._connect()

    def open(self, place: Place) -> None:
        """Show the page; with the text `woorden` three words are asked as soon as it is known whether that can be."""
        self._check_wanted = place.text == CHECK_WORDS
        if self._check_wanted and self._access is not None:
            self._show_access(self._access)

    def refresh(self) -> None:
        """Ask for state and places, then let the copies be checked beside the vault."""
        run = self.context.worker.run
        if not self.context.practice:
            run(partial(access_of, now=self.context.clock()), self._show_access, self.context.failed)
        run(partial(_state, now=self.context.clock()), self._show_state, self.context.failed)
        run(_places_of, self._look_at_copies, self.context.failed)
        self.former.look()
        self.place.look()
        self._run_checks()

    def first_focus(self) -> QWidget:
        """Return the button that one comes here for."""
        return self.backup

    def make_backup(self, to: tuple[Path, ...] = ()) -> None:
        """Make a copy now, checked by opening it: in these folders, or where copies go."""
        if self._progress is not None:
            return
        self._progress = Progress(self)
        self._progress.moved.connect(self.progress.advance)
        self.progress.start("De kluis wordt gekopieerd, geopend en gecontroleerd")
        self.context.actions.backup.setEnabled(False)
        self.context.worker.run(
            partial(
                backup_now, now=self.context.clock(), beside=self.context.door.folder, progress=self._progress, to=to
            ),
            self._made,
            self._not_made,
            progress=self._progress,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the right column under the left one where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() / theme.text_factor() < _ROOM_FOR_SIDE
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else right)
        self._side.setMinimumWidth(0 if narrow else theme.px(_SIDE))
        self._side.setMaximumWidth(16777215 if narrow else theme.px(_SIDE))
        beside = 1 if self.width() / theme.text_factor() < _ROOM_FOR_TWO else 2
        if beside != self._beside:
            self._beside = beside
            self._lay_out_checks()
        self._fit_table()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll()
        outer.addWidget(scroll)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Label(self.title, "page"))
        head.addStretch(1)
        head.addWidget(self.restore)
        head.addWidget(self.backup)
        scroll.body.addLayout(head)
        scroll.body.addWidget(self.progress)
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addWidget(self.state)
        self._away.setSpacing(8)
        left.addLayout(self._away)
        copies = Card("Reservekopieën", flush=True)
        copies.head.addWidget(self.change_places)
        copies.body.addWidget(self.table)
        self._none.setContentsMargins(16, 0, 16, 16)
        copies.body.addWidget(self._none)
        left.addWidget(copies)
        left.addWidget(self._built_checks())
        left.addStretch(1)
        self._side = self._built_side()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        scroll.body.addLayout(self._columns, 1)

    def _built_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        cards: tuple[QWidget, ...] = (self.words, self.laptop, self.emergency)
        if self.context.practice:
            about = Card("Openen")
            said = "De oefenkluis heeft een vaste wachtzin (oefenkluis), geen herstelwoorden en geen noodbladen."
            about.body.addWidget(Label(said, ink="muted", wraps=True))
            cards = (about,)
        papers = Card("Papieren")
        said = "Wat u nodig hebt als de laptop weg is, of als een collega voor u waarneemt."
        papers.body.addWidget(Label(said, ink="muted", wraps=True))
        ways = Flow()
        for action in (self.context.actions.laptop_paper, self.context.actions.absence_paper):
            ways.addWidget(Button.of(action, size=28))
        papers.body.addLayout(ways)
        for card in (self.former, *cards, papers, self.place):
            column.addWidget(card)
        return side

    def _built_checks(self) -> QWidget:
        checks = Card("Controles")
        checks.head.addWidget(self.check)
        self._checks.setHorizontalSpacing(24)
        self._checks.setVerticalSpacing(12)
        checks.body.addLayout(self._checks)
        return checks

    def _connect(self) -> None:
        self.context.actions.backup.triggered.connect(lambda _checked=False: self.make_backup())
        self.progress.cancelled.connect(self._cancel)
        self.check.clicked.connect(self._run_checks)
        self.change_places.clicked.connect(lambda: PlacesForm(self.context, self, self._places).open())
        self.words.check.clicked.connect(lambda: ThreeWordsForm(self.context, self).open())
        self.words.try_all.clicked.connect(lambda: AllWordsForm(self.context, self, self.model.copies).open())
        self.words.renew.clicked.connect(self._renew_words)
        self.laptop.change.clicked.connect(self._change_laptop)
        self.emergency.make.clicked.connect(self._make_sheets)
        self.emergency.withdraw.clicked.connect(self._withdraw_sheets)
        self.emergency.know.clicked.connect(self._acknowledge)

    def _show_access(self, access: Access) -> None:
        self._access = access
        self.words.show_access(access)
        self.laptop.show_access(access)
        self.emergency.show_access(access, self.context.clock())
        if self._check_wanted:
            self._check_wanted = False
            (self.words.check if access.can_check else self.words.try_all).click()

    def _renew_words(self) -> None:
        from vpdesk.ui.pages.access_dialogs import NewWordsDialog  # noqa: PLC0415 - loaded when used

        NewWordsDialog(self.context, self).open()

    def _change_laptop(self) -> None:
        from vpdesk.ui.pages.access_dialogs import LaptopDialog  # noqa: PLC0415 - idem

        LaptopDialog(self.context, self, current="" if self._access is None else self._access.laptop).open()

    def _make_sheets(self) -> None:
        from vpdesk.ui.pages.access_dialogs import EmergencyDialog  # noqa: PLC0415 - idem

        replaces = self._access is not None and "emergency" in self._access.ways
        EmergencyDialog(self.context, self, replaces=replaces).open()

    def _withdraw_sheets(self) -> None:
        from vpdesk.ui.pages.access_dialogs import WithdrawDialog  # noqa: PLC0415 - idem

        WithdrawDialog(self.context, self).open()

    def _acknowledge(self) -> None:
        self.context.worker.run(
            _acknowledged, lambda _done: self.context.changes.tell(Topic.ACCESS), self.context.failed
        )

    def _show_state(self, state: BackupState) -> None:
        empty(self._away)
        if state.trouble:
            self._away.addWidget(Message(state.trouble, "warning"))
        if state.made is not None and state.message:
            self._away.addWidget(Message(state.message, "warning", icon="usb"))
        self._copied = state
        if not self._lines:  # else with the checks that follow, which know of the same copy
            self._show_verdict()

    def _show_verdict(self) -> None:
        """Say that the vault is in order where every check says so, and till they ran no more than is known."""
        if self._copied is None:
            return
        wrong = [line.name for line in self._lines if not line.ok]
        text, kind, start = verdict_of(
            self._copied,
            wrong,
            checked=bool(self._lines),
            now=self.context.clock(),
            practice=self.context.practice,
        )
        self.state.show_text(text, kind, start=start)

    def _look_at_copies(self, places: tuple[Path, ...]) -> None:
        self._places = places or (usual_place(self.context.door.folder),)
        known = tuple(dict.fromkeys((*self._places, *self._rescued)))
        self.context.preferences.backup_places = known
        self.context.worker.aside(partial(copies_in, known), self._show_copies, self.context.failed)

    def _show_copies(self, copies: tuple[CopyLine, ...]) -> None:
        self.model.show_copies(copies)
        self._none.setVisible(not copies)
        self.table.setVisible(bool(copies))
        self._fit_table()
        slots = frozenset(copy.slot_id for copy in copies if copy.slot_id)
        if slots and not self.context.practice:
            self.context.worker.run(partial(_words_of, slots=slots), self.model.show_words, self.context.failed)

    def _fit_table(self) -> None:
        """Make the table as high as its rows, up to the most that are shown at once."""
        rows = min(self.model.rowCount(), _MOST_ROWS)
        self.table.setFixedHeight(rows * self.table.verticalHeader().defaultSectionSize() + theme.px(32) + 2)

    def _made(self, result: "BackupResult") -> None:
        self._end()
        self.context.message("Reservekopie gemaakt, geopend en gecontroleerd.")
        if self._only_read:
            self._rescued = (*self._rescued, *(place.place for place in result.places if place.path is not None))
        for place in result.places:
            if place.message:
                self.context.failed(VpdeskError(place.message))
        self.context.changes.tell(Topic.BACKUPS)

    def _not_made(self, error: VpdeskError) -> None:
        self._end()
        if isinstance(error, CancelledError):
            self.context.message("Gestopt. Er is geen kopie gemaakt.")
            return
        self.context.failed(error)
        if isinstance(error, OutputError) and self._only_read:  # it can't remember another place, so that is asked
            folder = ask_folder(self, "Map voor de reservekopie")
            if folder is not None:
                self.make_backup((folder,))

    @property
    def _only_read(self) -> bool:
        return self._access is not None and self._access.read_only

    def _end(self) -> None:
        self.progress.finish()
        self._progress = None
        self.context.actions.backup.setEnabled(True)

    def _cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _run_checks(self) -> None:
        door = self.context.door
        self.context.worker.run(
            partial(_checks, keychain=door.keychain, now=self.context.clock()),
            self._show_checks,
            self.context.failed,
            progress=Progress(self),
        )

    def _show_checks(self, lines: "tuple[CheckLine, ...]") -> None:
        empty(self._checks)
        self._lines = lines
        self._rows = [_CheckRow(line.name, line.sentence, ok=line.ok) for line in lines]
        self._lay_out_checks()
        self._show_verdict()

    def _lay_out_checks(self) -> None:
        for place, row in enumerate(self._rows):
            self._checks.addWidget(row, *divmod(place, self._beside), Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._checks.setColumnStretch(column, int(column < self._beside))


class _CheckRow(QWidget):
    def __init__(self, name: str, sentence: str, *, ok: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Icon("vink" if ok else "let_op", "ok" if ok else "warning"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(name))
        words.addWidget(Label(sentence, "small", "muted", wraps=True))
        row.addLayout(words, 1)
        self.setAccessibleName(f"{name}: {'in orde' if ok else 'let op'}. {sentence}")


def verdict_of(
    state: BackupState, wrong: list[str], *, checked: bool, now: datetime, practice: bool = False
) -> tuple[str, str, str]:
    """Return the sentence, kind and start of the banner: `wrong` names the checks that found something.

    Of a `practice` vault no copy is made by itself.
    """
    look = f"Kijk bij Controles: {joined(list(dict.fromkeys(wrong)))}." if wrong else ""
    if state.made is None:
        return f"Maak er een voor u verder gaat. {look}".strip(), "warning", "Er is nog geen reservekopie."
    when = moment(state.made, now.date())
    if wrong:
        return f"{look} De laatste reservekopie is van {when}.", "warning", "Let op."
    if not state.verified:
        return f"De kopie van {when} is niet gecontroleerd. Maak een nieuwe.", "warning", ""
    changed = ""
    if state.changed_since:
        by_itself = "" if practice else "; bij het afsluiten maakt vpdesk een nieuwe"
        changed = f" Daarna is er iets veranderd{by_itself}."
    text = f"Laatste reservekopie: {when}, geopend en gecontroleerd.{changed}"
    return (text, "ok", "Uw kluis is in orde.") if checked else (text, "info", "")


def _state(vault: "Vault", *, now: datetime) -> BackupState:
    from vpdesk.operations.backups import backup_state  # noqa: PLC0415 - idem

    return backup_state(vault, now=now)


def _words_of(vault: "Vault", *, slots: frozenset[str]) -> dict[str, str]:
    from vpdesk.operations.access import words_of_copy  # noqa: PLC0415 - idem

    return {slot: words_of_copy(vault, slot) for slot in slots}


def _acknowledged(vault: "Vault") -> None:
    from vpdesk.operations.access import acknowledge_openings  # noqa: PLC0415 - idem

    acknowledge_openings(vault)


def _places_of(vault: "Vault") -> tuple[Path, ...]:
    from vpdesk.operations.backups import places  # noqa: PLC0415 - idem

    return places(vault)


def _checks(vault: "Vault", *, keychain: object, now: datetime) -> "tuple[CheckLine, ...]":
    from vpdesk.operations.doctor import doctor  # noqa: PLC0415 - idem

    return doctor(vault, keychain=keychain, now=now)  # type: ignore[arg-type] # the door knows no store types
