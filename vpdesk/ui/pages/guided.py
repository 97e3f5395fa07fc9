"""The page of a guided record: its questions, kept as one types, or what it says for good with additions below."""

from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.errors import InvalidValueError, NotFoundError, VpdeskError
from vpdesk.domain.guided import Answer, GuidedRecord
from vpdesk.domain.guided_questions import (
    AGREEMENTS,
    CALL_112,
    HELP,
    IN_WRITING,
    NAMES,
    OUTCOMES,
    QUESTIONS,
    Form,
    GuidedKind,
    question,
)
from vpdesk.operations import cases, clients, guided
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages.case_hold import HoldLines
from vpdesk.ui.pages.guided_dialogs import AdditionDialog, FinaliseDialog, PlaceDialog, discard
from vpdesk.ui.pages.guided_fields import QuestionField, field_for
from vpdesk.ui.pages.page import Page, Unkept
from vpdesk.ui.widgets.buttons import PLAIN, PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, Icon, Scroll
from vpdesk.ui.widgets.chips import StatusChip
from vpdesk.ui.widgets.copy_text import CopyText
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.tab_order import follow_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vpdesk.domain.ids import GuidedId
    from vpdesk.operations.old_copies import Reach
    from vpdesk.operations.vaults import Vault

    Found = tuple[GuidedRecord, str, str]

_SAVING: Final = 800  # ms after the last key


class GuidedPage(Page):
    """One record. What is typed is sent to the vault a moment later; what it did not confirm waits for locking."""

    title = "Vastlegging"
    topics = frozenset({Topic.GUIDED, Topic.CASES, Topic.CLIENTS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.record: GuidedRecord | None = None
        self.fields: dict[str, QuestionField] = {}
        self._id: GuidedId | None = None
        self._dirty: set[str] = set()
        self._unkept: dict[GuidedId, dict[str, str | None]] = {}
        self._failed = False
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVING)
        self._timer.timeout.connect(self.flush)
        self.to_list.clicked.connect(lambda: context.navigate(Place(PageName.VASTLEGGINGEN)))
        self.to_case.clicked.connect(self._to_case)
        self.final.clicked.connect(partial(self._ask, FinaliseDialog))
        self.place.clicked.connect(partial(self._ask, PlaceDialog))
        self.away.clicked.connect(self._discard)
        self.add.clicked.connect(self._add)
        self.destroy_button.clicked.connect(self._destroy)

    def _build(self) -> None:
        scroll = self._scroll = Scroll(margins=(24, 12, 24, 20))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        inside = QWidget()
        theme.measure(inside, "setMaximumWidth", 760)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        row = QHBoxLayout()  # which asks how high the column is at the width that it has, not at that of the page
        row.addWidget(inside, 1)
        row.addStretch(0)
        scroll.body.addLayout(row)
        scroll.body.addStretch(1)
        column.addLayout(self._head())
        self.holds = HoldLines(self.context)
        column.addWidget(self.holds)
        self.help = Message("", "info")
        self.danger = Message(CALL_112, "warning", button=Button.of(self.context.actions.danger, size=28))
        self.in_writing = CopyText(IN_WRITING, "Dit antwoord", said=True)
        self._questions = Card("Vragen")
        self._questions.body.setSpacing(20)
        self.kept = Label("", "small", "muted")
        self._questions.head.addWidget(self.kept)
        self._answers = Card("Antwoorden")
        self._additions = Card("Aanvullingen")
        self.add = Button("Aanvulling toevoegen…", QUIET, size=28)
        self._additions.head.addWidget(self.add)
        self.destroy_button = Button("Vernietigen…")
        self.hold_button = Button("Bewaarstop…")
        self.hold_button.clicked.connect(self.holds.place)
        self.final = Button("Definitief maken…", PRIMARY)
        self.place = Button("Waarbij hoort dit?…")
        self.away = Button("Weggooien")
        ways = Flow(gap=12)
        ways.addWidget(self.final)
        ways.addWidget(self.place)
        ways.addWidget(self.away)
        self._ways = QWidget()
        self._ways.setLayout(ways)
        self._end = QWidget()
        end = Flow()
        end.addWidget(self.destroy_button)
        end.addWidget(self.hold_button)
        self._end.setLayout(end)
        for widget in (
            self.help, self.danger, self.in_writing, self._questions, self._answers, self._additions, self._ways,
            self._end,
        ):  # fmt: skip
            column.addWidget(widget)
            widget.hide()

    def _head(self) -> QVBoxLayout:
        self.to_list = Button("Vastleggingen", PLAIN, size=24)
        self.to_case = Button("Casus", PLAIN, size=24)
        self._arrow = Icon("rechts", "muted", 14)
        crumbs = QHBoxLayout()
        crumbs.setSpacing(4)
        for widget in (self.to_list, self._arrow, self.to_case):
            crumbs.addWidget(widget)
        crumbs.addStretch(1)
        self._name = Label("", "page", wraps=True)
        self.state = StatusChip("")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._name, 1)
        row.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addLayout(crumbs)
        head.addLayout(row)
        return head

    def open(self, place: Place) -> None:
        """Show a record."""
        if place.guided is not None and place.guided != self._id:
            self.flush()
            self._id, self.record = place.guided, None
            self._dirty.clear()
            self._stale = True
        if self.isVisible():
            self.refresh_if_stale()

    def first_focus(self) -> QWidget | None:
        """Return the first question without an answer, or the way to add."""
        if self.record is None or self.record.finalised is not None:
            return self.add if self.add.isVisible() else self.to_list
        missing = [one.key for one in self.record.missing]
        return self.fields[missing[0]] if missing else next(iter(self.fields.values()))

    def refresh(self) -> None:
        """Ask for the record and for what it is called where it belongs."""
        if (number := self._id) is not None:
            self.context.worker.run(partial(_found, number=number), self._show, partial(self._not_there, number))

    def flush(self) -> None:
        """Send what was typed to the vault, with what it did not confirm before."""
        self._timer.stop()
        number = self._id
        if number is None or self.record is None:
            return
        waiting = self._unkept.setdefault(number, {})
        waiting.update({key: self.fields[key].value for key in self._dirty})
        self._dirty.clear()
        if not waiting:
            del self._unkept[number]
            return
        sent = dict(waiting)
        self.context.worker.run(
            partial(guided.save_answers, guided_id=number, texts=sent, on=self._today()),
            partial(self._saved, sent),
            partial(self._not_saved, number),
        )

    @property
    def refused(self) -> bool:
        """Whether the vault did not take an answer."""
        return self._failed and bool(self._unkept)

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not known to be in the vault."""
        return bool(self._dirty or self._unkept)

    def unsaved(self) -> tuple[str, str] | None:
        """Send what was just typed on its way; answers need no draft."""
        self.flush()
        return None

    def unkept(self) -> tuple[Unkept, ...]:
        """Return the answers that the vault did not confirm; those of a record that is gone go with it."""
        on = self._today()
        return tuple(
            Unkept(partial(_saved_if_there, number=number, texts=dict(texts), on=on), _as_text(texts))
            for number, texts in self._unkept.items()
        )

    def _saved(self, sent: "Mapping[str, str | None]", record: GuidedRecord) -> None:
        self._failed = False
        waiting = self._unkept.get(record.id, {})
        for key, value in sent.items():
            if key in waiting and waiting[key] == value:
                del waiting[key]
        if not waiting:
            self._unkept.pop(record.id, None)
        due_before = None if self.record is None else self.record.due
        if record.id == self._id:
            self._take(record)
        if record.due != due_before:
            self.context.changes.tell(Topic.REMINDERS)

    def _not_saved(self, number: "GuidedId", error: VpdeskError) -> None:
        if isinstance(error, NotFoundError):
            self._not_there(number, error)
            return
        self._failed = True
        self.kept.setText("Niet bewaard")
        self.context.failed(error)

    def _not_there(self, number: "GuidedId", error: VpdeskError) -> None:
        if not isinstance(error, NotFoundError):
            self.context.failed(error)
            return
        self._unkept.pop(number, None)
        if number == self._id:
            self._leave()

    def _leave(self) -> None:
        """Leave a record that is gone; nothing of it stays on the page."""
        self._id, self.record = None, None
        self.holds.show_record(None)
        self._dirty.clear()
        self._clear_fields()
        for card in (self._answers, self._additions):
            clear(card.body)
        if self.isVisible():
            self.context.navigate(Place(PageName.VASTLEGGINGEN))

    def _show(self, found: "Found") -> None:
        record, belongs, agreements = found
        if record.id != self._id:
            return
        self._name.setText(NAMES[record.kind])
        self.setAccessibleName(NAMES[record.kind])
        self.to_case.setText(belongs)
        self.to_case.setAccessibleName(belongs)
        self.to_case.updateGeometry()
        self.to_case.setEnabled(record.case is not None)
        for widget in (self.to_case, self._arrow):
            widget.setVisible(bool(belongs))
        fresh = self.record is None
        if fresh:
            self._clear_fields()
            if record.finalised is None:
                self._make_fields(record.kind, agreements)
        self._take(record)
        if fresh:
            self._scroll.verticalScrollBar().setValue(0)
            QTimer.singleShot(0, self, self._begin_at_first)  # once the fields have their place

    def _begin_at_first(self) -> None:
        if self.isVisible() and (first := self.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, record: GuidedRecord) -> None:
        """Show the record as the vault has it; what is being typed stays."""
        self.record = record
        open_ = record.finalised is None
        self.state.show_state("nog niet definitief" if open_ else "definitief", "warning" if open_ else "neutral")
        self.help.show_text(HELP[record.kind], "info")
        self.help.setVisible(open_)
        self.danger.setVisible(open_ and record.kind is GuidedKind.DOORBREKEN)
        self.in_writing.setVisible(open_ and record.kind is GuidedKind.INFORMATIE)
        self._questions.setVisible(open_)
        self._ways.setVisible(open_)
        self._answers.setVisible(not open_)
        self._additions.setVisible(not open_)
        self._end.setVisible(record.case is None)
        self.destroy_button.setVisible(not open_)
        self.holds.show_record(record.id if record.case is None else None)
        if not open_:
            self._show_final(record)
            return
        waiting = self._unkept.get(record.id, {})
        for key, field in self.fields.items():
            if key not in self._dirty and key not in waiting:
                field.show_answer(record.answer(key))
        asked = len(QUESTIONS[record.kind])
        if not self.dirty:
            self.kept.setText(f"{asked - len(record.missing)} van {asked} · bewaard")

    def _show_final(self, record: GuidedRecord) -> None:
        clear(self._answers.body)
        said = [(_asked(answer, record.begun), _said(record.kind, key, answer)) for key, answer in record.answers]
        for asked, text in (("Afloop", OUTCOMES[record.kind].label(record.outcome)), *said):
            self._answers.body.addWidget(Label(asked, "small", "muted", wraps=True))
            line = Label(text or "onbekend", "body", "text" if text else "muted", wraps=True)
            line.setContentsMargins(0, 0, 0, 8)
            self._answers.body.addWidget(line)
        if record.finalised is not None:
            begun, final = wording.long_date(record.begun), wording.long_date(record.finalised)
            told = f"Begonnen op {begun}, definitief sinds {final}."
            self._answers.body.addWidget(Label(told, "small", "muted", wraps=True))
        clear(self._additions.body)
        for addition in record.additions:
            self._additions.body.addWidget(Label(wording.long_date(addition.on), "small", "muted"))
            self._additions.body.addWidget(Label(addition.text, wraps=True))
        if not record.additions:
            none = "Nog geen. Wat u later weet, zet u hier, met de datum van die dag."
            self._additions.body.addWidget(Label(none, ink="muted", wraps=True))

    def _make_fields(self, kind: GuidedKind, agreements: str) -> None:
        for number, asked in enumerate(QUESTIONS[kind], 1):
            field = self.fields[asked.key] = field_for(asked, number, self._today())
            field.changed.connect(partial(self._typed, asked.key))
            if asked.key == AGREEMENTS and agreements:
                field.say_more(f"In vpdesk staat: ‘{agreements}’")
            self._questions.body.addWidget(field)
        controls = [control for field in self.fields.values() for control in field.controls]
        follow_on(self.in_writing.copy, controls)  # not after the ways to end it, which were there first

    def _clear_fields(self) -> None:
        self.fields = {}
        clear(self._questions.body)

    def _typed(self, key: str) -> None:
        self._dirty.add(key)
        self.kept.setText("")
        self._timer.start()

    def _ask(self, dialog: "Callable[[Context, QWidget, GuidedRecord], QDialog]", _checked: object = None) -> None:
        """Ask something about the record as it stands in the vault, once what was typed is there."""
        self.flush()
        number = self._id
        if number is None:
            return

        def ask(record: GuidedRecord) -> None:
            if record.id == self._id and not self.dirty:
                dialog(self.context, self, record).open()

        self.context.worker.run(partial(guided.get_guided, guided_id=number), ask, self.context.failed)

    def _discard(self) -> None:
        self.flush()
        if self._id is not None:
            discard(self.context, self._id, self._leave)

    def _add(self) -> None:
        if self.record is not None:
            AdditionDialog(self.context, self, self.record).open()

    def _destroy(self) -> None:
        from vpdesk.operations.retention import refuse_held  # noqa: PLC0415 - seldom asked for
        from vpdesk.ui.pages.destroy_dialog import look  # noqa: PLC0415 - seldom asked for
        from vpdesk.ui.pages.guided_destroy import DestroyRecord  # noqa: PLC0415 - idem

        record = self.record
        if record is None:
            return

        def looked(vault: "Vault") -> "Reach":
            refuse_held(vault, None, record.id)
            return look(vault)

        def ask(reach: "Reach") -> None:
            if self.record is record:
                DestroyRecord(self.context, self, record, reach, self._leave).open()

        self.context.worker.run(looked, ask, self.context.failed)

    def _to_case(self) -> None:
        if self.record is not None and self.record.case is not None:
            self.context.navigate(Place(PageName.CASUS, case=self.record.case))

    def _today(self) -> date:
        return self.context.clock().date()


def _as_text(texts: "Mapping[str, str | None]") -> str:
    return "\n".join(text for text in texts.values() if text)


def _asked(answer: Answer, begun: date) -> str:
    """Return the question as it was, with the day of the answer where that is another than the record began."""
    return answer.asked if answer.on == begun else f"{answer.asked} · {wording.long_date(answer.on)}"


def _said(kind: GuidedKind, key: str, answer: Answer) -> str:
    asked = question(kind, key)
    if asked is None or answer.unknown:
        return answer.text
    if asked.codes is not None:
        return asked.codes.label(answer.text)
    if asked.form is Form.DAG:
        return wording.long_date(date.fromisoformat(answer.text))
    return answer.text


def _found(vault: "Vault", *, number: "GuidedId") -> "Found":
    record = guided.get_guided(vault, number)
    client = None if record.client is None else clients.get_client(vault, record.client)
    belongs, agreements = ("", "") if client is None else (client.name, client.agreements.strip())
    if record.case is not None:
        case = cases.get_case(vault, record.case)
        belongs = f"Casus {case.code} · {case.pseudonym}"
    return record, belongs, agreements


def _saved_if_there(vault: "Vault", *, number: "GuidedId", texts: "Mapping[str, str | None]", on: date) -> None:
    with suppress(NotFoundError, InvalidValueError):
        guided.save_answers(vault, guided_id=number, texts=texts, on=on)
