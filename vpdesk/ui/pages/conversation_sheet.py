"""What stands where on the page of a conversation: chips above, the paper, the panel beside it, one line below."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.cases import Draft
from vpdesk.domain.keeping import note_until
from vpdesk.ui import theme
from vpdesk.ui.context import Context
from vpdesk.ui.models.retention_words import HOLD_LABELS
from vpdesk.ui.pages.link_panel import LinkPanel
from vpdesk.ui.pages.page import Page
from vpdesk.ui.pages.script_panel import TITLE, ScriptPanel
from vpdesk.ui.pages.text_elsewhere import NotKept
from vpdesk.ui.pages.today_cards import channel_choices, minute_choices
from vpdesk.ui.widgets.buttons import PLAIN, PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Icon
from vpdesk.ui.widgets.chips import FilterChip
from vpdesk.ui.widgets.client_chip import ClientChip
from vpdesk.ui.widgets.day_chip import DayChip
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.format_bar import FormatBar
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.note_editor import NoteEditor

if TYPE_CHECKING:
    from vpdesk.domain.retention import Hold

NOTE_GOES: Final = "Werkaantekening. Zij wordt vernietigd als u het verslag bewaart."
NOTE_STAYS: Final = "Werkaantekening. Zij blijft staan"
NOTE_LEFT: Final = "Werkaantekening. Het verslag is er al; op Vandaag vraagt vpdesk of zij weg kan. Alleen lezen."
QUIET_LINE: Final = "Feiten, geen oordelen. Een rechter kan naar deze tekst vragen."
_ROOM_FOR_BOTH: Final = 896
_ANY: Final = 16777215
POINTS_KEYS: Final = "Ctrl+Shift+P"
_ROOM_IN_FOOT: Final = 760
_LOW: Final = 480
_SOME_LINES: Final = 190


class ConversationSheet(Page):
    """The widgets of the page and their places; what they do is said in ConversationPage."""

    title = "Gesprek"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        today = context.clock().date()
        self.day = DayChip(today, lambda: context.clock().date())
        self.channel = FilterChip("", icon="telefoon")
        self.minutes = FilterChip("", icon="activiteiten")
        self.client = ClientChip()
        self.writing = NoteEditor("Wat er gezegd is")
        self.note = NoteEditor("Werkaantekening, alleen lezen")
        self.panel = LinkPanel(context)
        self.script = ScriptPanel()
        self._columns: list[QVBoxLayout] = []
        self._shows_note = False
        self._build()

    def _build(self) -> None:
        self._name = Label("Nieuw gesprek", "empty")
        self.channel.offer("", channel_choices(), "telefoon")
        self.channel.setToolTip("Kanaal")
        self.minutes.offer("", minute_choices(), 15)
        self.minutes.setToolTip("Duur")
        self.later = Button("Later verder", keys="Esc")
        self.to_report = Button("Verslag maken")
        self.details = Button("Afspraken…")
        self.details.hide()
        self.forward = Button("Koppelen aan casus", PRIMARY, keys="Ctrl+Enter")
        head = Flow()
        head.setContentsMargins(24, 14, 24, 14)
        self.where = Button("Casus", PLAIN, icon="casussen")
        self.where.hide()
        for widget in (self._name, self.day, self.channel, self.minutes, self.client, self.where):
            head.addWidget(widget)
        self.loose = Button("Bewaren zonder casus")
        self.loose.hide()
        for button in (self.later, self.loose, self.details, self.to_report, self.forward):
            head.add_end(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(Rule())
        self._offered = self._offer_row()
        outer.addWidget(self._offered)
        self.not_kept = NotKept(self.context, self._written)
        outer.addWidget(self.not_kept)
        outer.addLayout(self._make_middle(), 1)
        outer.addWidget(Rule())
        outer.addLayout(self._make_foot())
        for hidden in (self.panel, self.script, self._line, self._beside, self.to_report):
            hidden.hide()

    def _make_middle(self) -> QBoxLayout:
        self.points = Button("Gesprekspunten", QUIET, size=28)
        self.points.setToolTip(f"{TITLE} ({POINTS_KEYS})")
        QShortcut(QKeySequence(POINTS_KEYS), self, self.turn_script)
        self.points.clicked.connect(self.turn_script)
        self.script.closed.connect(self.turn_script)
        self.check = Button.of(self.context.actions.check_conflict, kind=QUIET, size=28)
        quiet = Label(QUIET_LINE, "small", "muted", wraps=True)
        self._paper = self._sheet(self.writing, quiet, self.points, self.check)
        self._why_note = Label(NOTE_GOES, "small", "muted", wraps=True)
        self._beside = self._sheet(self.note, self._why_note)
        self.note.setReadOnly(True)
        self._line = QFrame()
        self._line.setProperty("kind", "line")
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(0)
        self._middle.addWidget(self._beside, 1)
        self._middle.addWidget(self._paper, 1)
        for widget in (self._line, self.script, self.panel):
            self._middle.addWidget(widget)
        return self._middle

    @property
    def refused(self) -> bool:
        """Whether the text is nowhere but here, since the vault did not take it."""
        return not self.not_kept.isHidden() and self.unsaved() is not None

    def _written(self) -> tuple[tuple[str, str], str]:
        """Return the draft as the vault would keep it, and its form alone."""
        raise AssertionError("the page knows what is written")

    def _offer_row(self) -> QWidget:
        row = QWidget()
        self.go_on = Button("Verder schrijven", size=28)
        self._offer = Message("", "info", button=self.go_on)
        box = QVBoxLayout(row)
        box.setContentsMargins(24, 10, 24, 10)
        box.addWidget(self._offer)
        row.hide()
        return row

    def _sheet(self, editor: NoteEditor, line: Label, *more: QWidget) -> QFrame:
        sheet = QFrame()
        sheet.setProperty("kind", "surface")
        column = QVBoxLayout(sheet)
        self._columns.append(column)
        quiet = QHBoxLayout()
        quiet.setSpacing(8)
        quiet.addWidget(Icon("info", "muted", 16))
        quiet.addWidget(line, 1)
        for widget in more:
            quiet.addSpacing(8)
            quiet.addWidget(widget)
        held = QWidget()
        held.setLayout(quiet)
        quiet.setContentsMargins(0, 0, 0, 0)
        editor.align(held)
        column.addWidget(held)
        column.addWidget(editor, 1)
        return sheet

    def _make_foot(self) -> QBoxLayout:
        self._saved_sign = Icon("vink", "muted", 16)
        self._saved = Label("", "small", "muted")
        self._fate = Label("", "small", "muted", wraps=True)
        self.form = FormatBar(self.writing)
        left = QHBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.form)
        left.addWidget(self._saved_sign)
        left.addWidget(self._saved)
        left.addStretch(1)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.addLayout(left)
        self._foot.addWidget(self._fate, 1)
        return self._foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the panel be a page of its own where there is no room beside the text."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(_ROOM_IN_FOOT)
        self._foot.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        low = self.height() < theme.px(_LOW)
        self._foot.setContentsMargins(20, 4 if low else 8, 18, 4 if low else 8)
        self._foot.setSpacing(2 if low else 8)
        for column in self._columns:  # where there is little room, it is for the text
            column.setContentsMargins(0, 10 if low else 30, 0, 4 if low else 16)
            column.setSpacing(6 if low else 16)
        sides = Qt.AlignmentFlag.AlignRight if beside else Qt.AlignmentFlag.AlignLeft
        self._fate.setAlignment(sides | Qt.AlignmentFlag.AlignVCenter)
        self._share_width()

    def turn_script(self) -> None:
        """Show the points of a first talk or hide them; the keyboard stays in the text."""
        if self.panel.isHidden():
            self.script.setVisible(self.script.isHidden())
            self._share_width()
            self.writing.setFocus()

    def _share_width(self) -> None:
        narrow = self.width() < theme.px(_ROOM_FOR_BOTH)
        alone = not self.panel.isHidden() and narrow
        both = self._shows_note and self.panel.isHidden()
        under = narrow and (both or not self.script.isHidden())
        self._middle.setDirection(QBoxLayout.Direction.TopToBottom if under else QBoxLayout.Direction.LeftToRight)
        self._line.setVisible(not alone and not (self.panel.isHidden() and self.script.isHidden()))
        self._line.setMaximumSize(*((_ANY, 1) if under else (1, _ANY)))
        self.script.lie(beside=not narrow)
        self.points.setEnabled(self.panel.isHidden())  # whose place they would take
        self._paper.setVisible(not alone)
        self._beside.setVisible(both)
        for sheet in (self._beside, self._paper):  # one above the other, each has room for some lines
            sheet.setMinimumHeight(theme.px(_SOME_LINES) if under and both else 0)
        self.form.setVisible(not alone)
        self.panel.fill(whole=alone)

    def _say_saved(self, draft: Draft) -> None:
        self._saved.setText(f"Concept bewaard in de kluis om {draft.saved:%H:%M}")
        self._saved_sign.show()

    def _say_why_note(self, holds: "tuple[Hold, ...]", *, made: bool) -> None:
        """Say above a note beside its verslag what becomes of it, and why it is still there."""
        if holds:
            first = holds[0]
            why = f"{HOLD_LABELS[first.kind].lower()}, sinds {wording.long_date(first.since)}"
            said = f"{NOTE_STAYS} vanwege de bewaarstop op deze casus ({why}). Alleen lezen."
        else:
            said = NOTE_LEFT if made else NOTE_GOES
        self._why_note.setText(said)
        self.note.setAccessibleDescription(said)

    def _say_fate(self, *, report: bool, note: str = "") -> None:
        if report:
            self._fate.setText(f"Verslag: kort en feitelijk, blijft bij de casus{note}")
            return
        today = self.context.clock().date()
        gone = wording.long_date(note_until(self.day.day)).removesuffix(f" {today.year}")
        self._fate.setText(f"Werkaantekening: vernietigd na het verslag; op {gone} vraagt vpdesk erom")

    def _set_minutes(self, minutes: int) -> None:
        choices = minute_choices()
        if all(value != minutes for _, value in choices):
            choices = sorted([*choices, (f"{minutes} min", minutes)], key=lambda choice: int(str(choice[1])))
        self.minutes.offer("", choices, minutes)

    def _set_forward(self, text: str) -> None:
        self.forward.setText(text)
        self.forward.setAccessibleName(text)
        self.forward.updateGeometry()
