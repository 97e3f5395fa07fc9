"""Below the pages of Jaarverslag: per table what is hidden and why, what is left of it, and what would help."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from vpdesk.operations.reports import HiddenNote, Idea
from vpdesk.ui import theme
from vpdesk.ui.models.paged import Column, PagedModel, Taken
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, SECONDARY, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.chips import StatusChip
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.messages import announce
from vpdesk.ui.widgets.paged_table import ROW, PagedTable
from vpdesk.ui.widgets.tables import Cell

NOT_CHECKED: Final = "nog niet gecontroleerd"
CONCLUSION: Final = "Wie alles naast elkaar legt, weet van een streepje hier hoogstens: {range}."
_ROWS: Final = 3


def _count(note: HiddenNote) -> str:
    if note.rows:
        return f"{len(note.rows)} met een streepje"
    return "geen streepje" if note.shown else "staat er niet in"


_COLUMNS: Final[tuple[Column[HiddenNote], ...]] = (
    Column("Tabel", 208, lambda note: Cell(note.title)),
    Column("Verborgen", 132, lambda note: Cell(_count(note))),
    Column("Waarom", 180, lambda note: Cell(note.reason, ink="muted"), stretch=True),
)


class HiddenCard(Card):
    """Per table what is not shown; it never says which dash is small.

    `explained(note)` on Enter, `tried(idea)` for what would help, `wants_rows(note)` to choose rows by hand; while
    something is tried `kept` and `taken_back`.
    """

    explained = Signal(object)
    tried = Signal(object)
    wants_rows = Signal(object)
    kept = Signal()
    taken_back = Signal()

    def __init__(self) -> None:
        super().__init__("Wat is verborgen en waarom", flush=True)
        self.notes: tuple[HiddenNote, ...] = ()
        self.trying = False
        self.verdict = StatusChip(NOT_CHECKED)
        self.head.addWidget(self.verdict)
        self.head.setContentsMargins(15, 8, 15, 8)
        self._model = PagedModel[HiddenNote](_COLUMNS, self._give, self)
        self.table = PagedTable(self._model, "Wat is verborgen en waarom")
        self.table.horizontalHeader().hide()
        self.table.opened_row.connect(self.explained)
        self.table.chosen.connect(lambda _: self._tell(self.table.value))
        theme.measure(self.table, "setFixedHeight", _ROWS * ROW)
        self._empty = Label("In dit verslag is niets verborgen.", "body", "muted")
        self._empty.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(0)
        self.body.addWidget(Rule())
        self.body.addWidget(self.table)
        self.body.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._strip())
        self._empty.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _strip(self) -> QWidget:
        """Return what stands below the table about its chosen row, or about what is tried."""
        self._below = QWidget()
        self.said = Label("", "body", wraps=True)
        self._buttons = Flow()
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 10, 16, 12)
        inside.setSpacing(8)
        inside.addWidget(self.said)
        inside.addLayout(self._buttons)
        column.addLayout(inside)
        self._below.hide()
        return self._below

    @property
    def buttons(self) -> tuple[Button, ...]:
        """What can be pushed below the table."""
        widgets = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        return tuple(w for item in widgets if item is not None and isinstance(w := item.widget(), Button))

    def show_notes(self, notes: tuple[HiddenNote, ...], *, keep: str = "") -> None:
        """Show the notes, with the row of the table `keep` chosen if it is among them."""
        self.notes = notes
        self._model.reload()
        self.table.setVisible(bool(notes))
        self._empty.setVisible(not notes)
        self._empty.setText("In dit verslag is niets verborgen.")
        self.table.choose_row(next((n for n, note in enumerate(notes) if note.dimension == keep), 0))
        self._tell(self.table.value)

    def clear(self, verdict: str, why: str) -> None:
        """Show no notes, and why there are none."""
        self.show_notes(())
        self._empty.setText(why)
        self.verdict.show_state(verdict, "neutral")

    def show_trial(self, sentence: str, *, can_keep: bool, less: bool = False) -> None:
        """Say what is tried and what it gives, with a way to use it and a way back: that one first where it is less."""
        self.trying = True
        had = self.window().focusWidget() in self.buttons
        use = Button("Gebruiken", SECONDARY if less else PRIMARY, size=28)
        back = Button("Terug", PRIMARY if less else SECONDARY, size=28)
        use.setEnabled(can_keep)
        use.clicked.connect(self.kept)
        back.clicked.connect(self.taken_back)
        self._say(sentence, (back, use) if less else (use, back))
        announce(self.said)
        if had:
            (use if can_keep and not less else back).setFocus(Qt.FocusReason.OtherFocusReason)

    def end_trial(self) -> None:
        """Show the chosen row again."""
        had = self.window().focusWidget() in self.buttons
        self.trying = False
        self._tell(self.table.value)
        if had:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_ideas_enabled(self, *, enabled: bool) -> None:
        """Let nothing be tried while what is shown is being checked."""
        if not self.trying:
            for button in self.buttons:
                button.setEnabled(enabled)

    def _tell(self, note: HiddenNote | None) -> None:
        if self.trying:
            return
        if note is None:
            self._below.hide()
            return
        said = " ".join(note.explained)
        if note.conclusion:
            said += f"\n{CONCLUSION.format(range=note.conclusion)}"
        buttons = [self._button(idea) for idea in note.ideas]
        if note.lines:
            by_hand = Button("Rijen samenvoegen…", QUIET, size=28)
            by_hand.clicked.connect(lambda: self.wants_rows.emit(note))
            buttons.append(by_hand)
        self._say(said, tuple(buttons))

    def _button(self, idea: Idea) -> Button:
        button = Button(idea.words, size=28)
        button.setToolTip("Probeert dit uit. Er verandert niets voor u kiest.")
        button.clicked.connect(lambda: self.tried.emit(idea))
        return button

    def _say(self, sentence: str, buttons: tuple[Button, ...]) -> None:
        self.said.setText(sentence)
        self.said.setAccessibleName(sentence)
        for old in self.buttons:
            self._buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._below.show()
        for button in buttons:
            self._buttons.addWidget(button)
            button.show()  # now, since what is not there yet can't take the keyboard
        self._below.updateGeometry()

    def _give(self, limit: int, offset: int, taken: Taken[HiddenNote]) -> None:
        taken(self.notes[offset : offset + limit])
