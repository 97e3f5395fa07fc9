"""The right column of Vandaag: the quick field, the last draft, the state of the vault."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import taxonomy, wording
from vpdesk.domain.cases import Conversation, Draft
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.rows import BackupState
from vpdesk.operations import conversations
from vpdesk.ui import theme
from vpdesk.ui.actions import shown_keys
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.copies import place_of
from vpdesk.ui.models.drafts import TalkDraft
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, Icon
from vpdesk.ui.widgets.chips import FilterChip
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.labels import KeyHint, Label
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

QUICK: Final = "snel"
NOT_LINKED: Final = "Nog niet gekoppeld"
SAVING: Final = 1500  # ms; the promise is two seconds
MINUTES: Final = (5, 10, 15, 20, 30, 45, 60, 90, 120)


def channel_choices() -> list[tuple[str, object]]:
    """Return the channels to choose from."""
    return [(term.shown, term.code) for term in taxonomy.KANAAL.terms if term is not taxonomy.UNKNOWN]


def minute_choices() -> list[tuple[str, object]]:
    """Return the lengths to choose from."""
    return [(f"{minutes} min", minutes) for minutes in MINUTES]


class QuickCard(Card):
    """Writes down a contact in one go; it is linked to a case later, on Gesprekken.

    `refused(VpdeskError)` when the vault did not take the text, `taken` when it did or nothing is left to take.
    """

    refused = Signal(object)
    taken = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("Snel vastleggen")
        self._context = context
        self.head.addWidget(KeyHint(shown_keys(context.actions.quick_note)))
        self.text = PlainText()
        self.text.setPlaceholderText("Wat is er gezegd of gebeurd?")
        self.text.setAccessibleName("Snel vastleggen: wat is er gezegd of gebeurd?")
        theme.measure(self.text, "setFixedHeight", 76)
        self.channel = FilterChip("")
        self.channel.offer("", channel_choices(), "telefoon")
        self.channel.setToolTip("Kanaal")
        self.channel.has_menu = False  # no arrow: three controls share one narrow row
        self.minutes = FilterChip("")
        self.minutes.offer("", minute_choices(), 15)
        self.minutes.setToolTip("Duur")
        self.minutes.has_menu = False
        self.keep = Button("Vastleggen", PRIMARY)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.channel)
        row.addWidget(self.minutes)
        row.addStretch(1)
        row.addWidget(self.keep)
        self.body.addWidget(self.text)
        self.body.addLayout(row)
        self.body.addWidget(Button.of(context.actions.new_call_back, kind=QUIET, size=28))
        self.body.addWidget(Button.of(context.actions.check_conflict, kind=QUIET, size=28))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVING)
        self._timer.timeout.connect(self.save_draft)
        self._wanted_down = False
        self.text.textChanged.connect(self._typed)
        self.keep.clicked.connect(self.write_down)

    @property
    def draft(self) -> str:
        """What is typed but not written down."""
        return self.text.toPlainText()

    def offer(self, draft: Draft | None) -> None:
        """Put back what was being typed, unless something stands there."""
        if draft is not None and not self.draft:
            self.text.setPlainText(draft.text)
            self._timer.stop()

    def _typed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()
        if not self.draft.strip():
            self.taken.emit()

    def save_draft(self) -> None:
        """Keep what is typed in the vault."""
        self._timer.stop()
        self._wanted_down = False
        text, now = self.draft, self._context.clock()
        if text.strip():
            self._context.worker.run(
                lambda vault: conversations.save_draft(vault, key=QUICK, text=text, now=now),
                lambda _: self.taken.emit(),
                self.refused.emit,
            )

    def try_again(self) -> None:
        """Do once more what the vault did not take."""
        if self._wanted_down:
            self.write_down()
        else:
            self.save_draft()

    def write_down(self) -> None:
        """Keep the text as a conversation without a case."""
        text, now = self.draft.strip(), self._context.clock()
        if not text:
            self.text.setFocus()
            return
        talk = Conversation(
            conversations.NEW,
            now.date(),
            channel=str(self.channel.value),
            minutes=int(str(self.minutes.value)),
            working_note=text,
        )
        self._timer.stop()
        self._wanted_down = True
        self.keep.setEnabled(False)

        def write(vault: "Vault") -> Conversation:
            saved = conversations.save_conversation(vault, talk, now=now)
            conversations.drop_draft(vault, key=QUICK)
            return saved

        self._context.worker.run(write, self._written, self._not_written)

    def _not_written(self, error: VpdeskError) -> None:
        """Leave the text where it is."""
        self.keep.setEnabled(True)
        self.refused.emit(error)

    def _written(self, _talk: Conversation) -> None:
        self.keep.setEnabled(True)
        self.text.clear()
        self._timer.stop()
        self._context.changes.tell(Topic.CONVERSATIONS)
        self._context.message("Vastgelegd. Koppelen aan een casus kan op de bladzijde Gesprekken.")


class DraftCard(Card):
    """The conversations that were put aside, the last one first; hidden when there is none."""

    wanted = Signal(str)  # the key of the draft

    def __init__(self) -> None:
        super().__init__("Concept")
        self._when = Label("", "small", "muted")
        self.head.addWidget(self._when)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.body.addLayout(self._lines)
        self.ways: tuple[Button, ...] = ()
        self.hide()

    @property
    def go_on(self) -> Button:
        """The way back to the draft that was saved last; IndexError when there is none."""
        return self.ways[0]

    def show_drafts(self, drafts: Sequence[tuple[Draft, str]], today: date) -> None:
        """Show drafts by what they are about, without what they say; the last one that was saved comes first."""
        self.setVisible(bool(drafts))
        self.title.setText("Concept" if len(drafts) == 1 else "Concepten")
        self._when.setText(wording.moment(drafts[0][0].saved, today) if len(drafts) == 1 else str(len(drafts)))
        clear(self._lines)
        self.ways = tuple(self._line(draft, about, today, several=len(drafts) > 1) for draft, about in drafts)

    def _line(self, draft: Draft, about: str, today: date, *, several: bool) -> Button:
        when, words = wording.moment(draft.saved, today), TalkDraft.read(draft).described(today)
        self._lines.addWidget(Label(about or NOT_LINKED, wraps=True))
        self._lines.addWidget(Label(words, "small", "muted", wraps=True))
        if several:
            self._lines.addWidget(Label(f"Bewaard {when}", "small", "muted", wraps=True))
        go_on = Button("Verder schrijven", QUIET, name=f"Verder schrijven: {about or NOT_LINKED}, bewaard {when}")
        go_on.clicked.connect(partial(self._want, draft.key))
        self._lines.addWidget(go_on)
        return go_on

    def _want(self, key: str, _checked: object = None) -> None:
        self.wanted.emit(key)


class VaultCard(Card):
    """When the last copy was made, and whether it was opened and checked."""

    def __init__(self) -> None:
        super().__init__("Kluis")
        self._sign = Icon("vink", "ok")
        self._title = Label("", wraps=True)
        self._detail = Label("", "small", "muted", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.to_vault = Button("Naar de kluis", QUIET)
        self.body.addWidget(self.to_vault)

    def show_state(self, state: BackupState, now: datetime, vault: Path) -> None:
        """Show the state of the copies."""
        if state.trouble:
            made = f"Reservekopie {wording.moment(state.made, now.date())}" if state.made else "Nog geen reservekopie"
            self._say("let_op", "warning", made, state.trouble)
            return
        if state.made is None:
            self._say("info", "accent", "Nog geen reservekopie", "Maak er een op de bladzijde Kluis.")
            return
        made = wording.moment(state.made, now.date())
        if not state.verified:
            self._say("let_op", "warning", f"Reservekopie {made} is niet gecontroleerd", state.message)
            return
        word = place_of(Path(state.place), vault)[0]
        where = "Op deze laptop" if word == "Deze laptop" else f"Op ‘{word}’"
        place = f"{where}, geopend en gecontroleerd"
        self._say(
            "let_op" if state.message else "vink", "warning" if state.message else "ok",
            f"Reservekopie {made}", state.message or place,
        )  # fmt: skip

    def _say(self, icon: str, ink: str, title: str, detail: str) -> None:
        self._sign.show_icon(icon, ink)
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))


def stacked(*cards: QWidget) -> QWidget:
    """Return the column of cards."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(16)
    for card in cards:
        layout.addWidget(card)
    layout.addStretch(1)
    return column
