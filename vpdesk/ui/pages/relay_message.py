"""A message of a doorgeefluik: its text with what may tell who it is, the melder's approval, and a copy to pass on."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from vpdesk.domain.cases import Case
from vpdesk.domain.errors import InvalidValueError, VpdeskError
from vpdesk.domain.ids import RelayId
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.domain.wording import counted
from vpdesk.operations import relay
from vpdesk.operations.relay import Reading, RelayLog
from vpdesk.operations.relay_marks import MarkKind, RelayMark
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.clipboard import marked_text
from vpdesk.ui.context import Context
from vpdesk.ui.models.drafts import Belongs
from vpdesk.ui.pages.case_dialogs import CaseForm
from vpdesk.ui.pages.relay_reading import ReadingFields
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fields import Field
from vpdesk.ui.widgets.file_dialogs import ask_new_file
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.says_inside import SaysInside
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

TEXT_FILE: Final = "Tekst (*.txt)"
_SHOWN: Final = 6
_PAUSE: Final = 250  # ms after a key
_FIRST: Final = "Bewaar eerst wat u veranderde; daarna kan het bericht verder."
_ABOUT: Final = (
    "Loop na: namen, functie, rooster, woordkeus, wat maar één persoon kan weten, en de eigenschappen van bijlagen."
)


class RelayText(PlainText):
    """An editor that underlines what may tell who somebody is."""

    def show_marks(self, marks: tuple[RelayMark, ...]) -> None:
        """Underline marks that fit the text as it stands."""
        self.setExtraSelections([self._look(mark) for mark in marks])

    def _look(self, mark: RelayMark) -> QTextEdit.ExtraSelection:
        grave = mark.kind is MarkKind.MELDER
        selection = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(theme.colour("danger_bg" if grave else "warning_bg"))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(theme.colour("danger" if grave else "warning"))
        cursor = self.textCursor()
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        selection.format, selection.cursor = look, cursor
        return selection


class PassDialog(CaseForm):
    """The day on which a message was approved, or went on."""

    topics = (Topic.MELDINGEN,)

    def __init__(
        self, parent: "MessageDialog", title: str, label: str, text: str, do: "Callable[[Vault, date], object]"
    ) -> None:
        super().__init__(parent.context, parent, parent.case, title, "Vastleggen", text=text)
        self._before, self.goes_with = parent.message, parent.goes_with
        self.body.addWidget(Field(label, self.day))
        self.verb.clicked.connect(lambda: self._pass(self.day.day, do))
        self.day.setFocus()

    def _pass(self, on: date, do: "Callable[[Vault, date], object]") -> None:
        self.keep(lambda vault: do(vault, on))

    def _kept(self, result: object) -> None:
        super()._kept(result)
        if self._before is not None:
            self.context.message("Vastgelegd.", undo=partial(_put_back, self.context, self._before))


class MessageDialog(SaysInside, CaseForm):
    """A message, new or not; what was passed on is only shown."""

    topics = (Topic.MELDINGEN,)

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        case: Case,
        log: RelayLog,
        message: RelayMessage | None,
        direction: Direction,
    ) -> None:
        direction = direction if message is None else message.direction
        out = direction is Direction.NAAR
        title = f"Bericht {direction.value}"
        super().__init__(context, parent, case, title, "Bewaren", text=_ABOUT if out else "")
        self.setMinimumWidth(theme.px(600))
        self.context = self.saying_inside(context)
        self._log, self.message, self.direction = log, message, direction
        self.goes_with = Belongs.MELDING.to(log.melding.id) if message is None else Belongs.BERICHT.to(message.id)
        self.state = Message("", "info", icon="relay")
        self.text = RelayText("" if message is None else message.text)
        self.text.setAccessibleName("Tekst van het bericht")
        theme.measure(self.text, "setFixedHeight", 150)
        self.reading = ReadingFields()
        self.reading.setVisible(out and not log.telling.knows_melder)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(2)
        self.marks: tuple[RelayMark, ...] = ()
        if message is not None:
            self.day.set_day(message.on)
        self.ways: dict[str, Button] = {}
        self._lay_out(out=out)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.look)
        self.text.textChanged.connect(self._typed)
        self.reading.changed.connect(self._timer.start)
        self.verb.clicked.connect(self._write)
        context.changes.changed.connect(self._changed)
        self.show_message(message)
        self.look()
        self.text.setFocus()

    def _lay_out(self, *, out: bool) -> None:
        self.body.addWidget(self.state)
        self.body.addWidget(Field("Geschreven op" if out else "Ontvangen op", self.day))
        self.body.addWidget(Field("Tekst", self.text))
        self.body.addLayout(self._reasons)
        self.body.addWidget(self.reading)
        held = QWidget()
        flow = Flow()
        held.setLayout(flow)
        for key, words, do in (
            ("approve", "Melder keurde goed…", self._approve),
            ("copy", "Kopie voor de organisatie", self.copy),
            ("print", "Kopie afdrukken…", self._print),
            ("save", "Kopie als bestand…", self._save),
            ("pass", "Doorgegeven…", self._pass),
            ("remove", "Weghalen", self._remove),
        ):
            button = self.ways[key] = Button(words, size=28)
            button.clicked.connect(lambda _=False, do=do: do())
            flow.addWidget(button)
        self._held = held
        self._first = Label(_FIRST, "small", "muted", wraps=True)
        self._first.hide()
        self.body.addWidget(self._first)
        self.body.addWidget(held)
        self.body.addStretch(1)

    def show_message(self, message: RelayMessage | None) -> None:
        """Show how the message stands, with what can be done with it."""
        self.message = message
        self.state.setVisible(message is not None)
        out = self.direction is Direction.NAAR
        approved = message is not None and message.approved is not None
        waits = message is not None and message.passed is None
        if message is not None:
            said = message.state
            self.state.show_text(f"{said[:1].upper()}{said[1:]}.", "warning" if waits else "ok")
        ways = {
            "approve": waits and out and not approved,
            "copy": out and approved,
            "print": out and approved,
            "save": out and approved,
            "pass": waits and (approved or not out),
            "remove": waits,
        }
        for key in sorted(ways, key=ways.__getitem__, reverse=True):  # so that the keyboard goes on to what comes next
            self.ways[key].setVisible(ways[key])
        self._held.setVisible(message is not None)
        passed = message is not None and message.passed is not None
        self.text.setReadOnly(passed)
        self.day.setEnabled(not passed)
        self.verb.setVisible(not passed)
        self.back.setText("Sluiten" if passed else "Annuleren")
        self.back.setAccessibleName(self.back.text())
        self._unsaved()
        self.fit()

    def look(self) -> None:
        """Mark the text as it stands."""
        done = self.message is not None and self.message.passed is not None
        told = self._log.telling.with_name(self.reading.given.name)
        self.marks = () if done or self.direction is Direction.VAN else relay.marks_in(self.text.toPlainText(), told)
        self.text.show_marks(self.marks)
        clear(self._reasons)
        each = dict.fromkeys((mark.found, mark.reason, mark.kind) for mark in self.marks)
        for found, reason, kind in list(each)[:_SHOWN]:
            ink = "danger" if kind is MarkKind.MELDER else "warning"
            self._reasons.addWidget(Label(f"‘{found}’: {reason}", "small", ink, wraps=True))
        if len(each) > _SHOWN:
            more = counted(len(each) - _SHOWN, "ander woord is", "andere woorden zijn")
            self._reasons.addWidget(Label(f"Nog {more} onderstreept.", "small", "warning"))
        self.fit()

    def _typed(self) -> None:
        self._timer.start()
        self.reading.another_text()
        self._unsaved()

    def _unsaved(self) -> None:
        """Let nothing be done with another text than the one that is kept."""
        changed = self.message is not None and self.text.toPlainText().strip() != self.message.text.strip()
        for button in self.ways.values():
            button.setEnabled(not changed)
            button.setAccessibleDescription(_FIRST if changed else "")
        self._first.setVisible(changed)

    def _changed(self, topics: frozenset[Topic]) -> None:
        if Topic.MELDINGEN in topics and self.isVisible() and self.message is not None:
            melding = self._log.melding.id
            self.context.worker.run(lambda vault: relay.relay_log(vault, melding), self._fresh, self.failed)

    def _fresh(self, log: RelayLog) -> None:
        self._log = log
        self.reading.setVisible(self.direction is Direction.NAAR and not log.telling.knows_melder)
        found = [message for message in log.messages if self.message is not None and message.id == self.message.id]
        if found:
            self.show_message(found[0])
        else:
            self.reject()

    def _write(self) -> None:
        number = RelayId(0) if self.message is None else self.message.id
        try:
            message = RelayMessage(
                number, self._log.melding.id, self.direction, self.day.day, self.text.toPlainText().strip()
            )
        except InvalidValueError as error:
            self.failed(error)
            return
        self.keep(lambda vault: relay.write_message(vault, message))

    def _kept(self, result: object) -> None:
        super()._kept(result)
        new = self.message is None and isinstance(result, RelayMessage)
        undo = partial(_take_back, self.context, result.id) if new and isinstance(result, RelayMessage) else None
        self.outside.message("Het bericht is bewaard.", undo=undo)

    def _ask_day(
        self, title: str, label: str, text: str, do: "Callable[[Vault, RelayId, date, Reading], object]"
    ) -> None:
        if self.message is not None and self._looked_through():
            number, reading = self.message.id, self.reading.given
            PassDialog(self, title, label, text, lambda vault, on: do(vault, number, on, reading)).open()

    def _looked_through(self) -> bool:
        """Return whether the text was looked through where that is asked; else say so here, where it can be done."""
        if self.reading.isHidden() or self.reading.given.done:
            return True
        self.say_wrong(relay.NO_NAME_KNOWN)
        return False

    def _approve(self) -> None:
        self._ask_day(
            "Goedgekeurd door de melder",
            "Goedgekeurd op",
            "De melder kent deze tekst, woord voor woord, en wil dat zij zo naar de organisatie gaat.",
            lambda vault, number, on, reading: relay.approve_message(vault, message_id=number, on=on, reading=reading),
        )

    def _pass(self) -> None:
        whom = "de organisatie" if self.direction is Direction.NAAR else "de melder"
        self._ask_day(
            f"Doorgegeven aan {whom}",
            "Doorgegeven op",
            "Daarna blijft het bericht zoals het is.",
            lambda vault, number, on, reading: relay.pass_message(vault, message_id=number, on=on, reading=reading),
        )

    def _remove(self) -> None:
        if self.message is None:
            return
        before = self.message
        remove = partial(relay.remove_message, message_id=before.id)
        self.context.worker.run(remove, partial(self._gone, before), self.failed)

    def _gone(self, before: RelayMessage, _result: object) -> None:
        self.reject()
        self.context.changes.tell(Topic.MELDINGEN)
        self.outside.message("Het bericht is weggehaald.", undo=partial(_put_back, self.context, before))

    def copy(self) -> None:
        """Put the copy for the organisation on the clipboard."""
        self._with_copy(self._copied)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setMimeData(marked_text(text))
        self.context.message("Gekopieerd: kenmerk, dag en tekst. vpdesk wist het klembord vanzelf.")

    def _print(self) -> None:
        self._with_copy(self._print_copy)

    def _print_copy(self, text: str) -> None:
        from vpdesk.ui.pages.relay_print import print_text  # noqa: PLC0415 - printing is loaded when asked for

        print_text(self, text)

    def _save(self) -> None:
        self._with_copy(self._choose_place)

    def _choose_place(self, text: str) -> None:
        path = ask_new_file(self, "Kopie bewaren", f"{self._log.melding.reference}.txt", TEXT_FILE)
        if path is not None:
            self.save_to(path, text)

    def save_to(self, path: Path, text: str) -> None:
        """Write the copy; where that fails the form says so."""
        try:
            relay.write_copy(path, text)
        except VpdeskError as error:
            self.failed(error)
        else:
            self.context.message("De kopie is bewaard: kenmerk, dag en tekst, en niets anders.")

    def _with_copy(self, then: Callable[[str], None]) -> None:
        if self.message is not None:
            number, today, reading = self.message.id, self.context.clock().date(), self.reading.given
            self.context.worker.run(
                lambda vault: relay.copy_of_message(vault, message_id=number, today=today, reading=reading),
                then,
                self.failed,
            )


def _tell(context: Context) -> Callable[[object], None]:
    return lambda _result: context.changes.tell(Topic.MELDINGEN)


def _put_back(context: Context, before: RelayMessage) -> None:
    context.worker.run(lambda vault: relay.put_back(vault, before), _tell(context), context.failed)


def _take_back(context: Context, number: RelayId) -> None:
    context.worker.run(lambda vault: relay.remove_message(vault, message_id=number), _tell(context), context.failed)
