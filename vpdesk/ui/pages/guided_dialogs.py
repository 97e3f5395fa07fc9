"""The small forms of guided records: begin one, 112 first where there is danger, make it final, add to it."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vpdesk.domain.guided_questions import CALL_112, HELP, NAMES, OUTCOMES, RECEIVED, GuidedKind, question
from vpdesk.domain.ids import ClientId
from vpdesk.domain.rows import CaseFilter
from vpdesk.domain.wording import counted
from vpdesk.operations import cases, clients, guided
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models.drafts import Belongs
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.domain.cases import Case
    from vpdesk.domain.clients import Client
    from vpdesk.domain.guided import GuidedRecord
    from vpdesk.domain.ids import CaseId, GuidedId
    from vpdesk.domain.rows import CaseRow
    from vpdesk.operations.vaults import Vault

    Belonging = tuple[Case | None, tuple[Client, ...]]

WORD: Final = "definitief"
_ON_CASE: Final = "casus"
_NOWHERE: Final = "Geen organisatie"
_MOST_CASES: Final = 500


class BeginDialog(FormDialog):
    """Asks where the record belongs and, of a request, when it came; then goes there."""

    def __init__(self, context: Context, parent: QWidget, kind: GuidedKind, case: "CaseId | None" = None) -> None:
        super().__init__(parent, NAMES[kind], "Beginnen", text=HELP[kind])
        self.setMinimumWidth(theme.px(520))
        self._context, self.kind, self._case = context, kind, case
        self.belongs = ComboBox("Waarbij hoort dit?")
        if case is not None:
            self.belongs.addItem("De casus die openstaat", _ON_CASE)
        self.belongs.addItem(_NOWHERE, None)
        self.day = DateEdit(context.clock().date(), "Gevraagd op")
        if kind is GuidedKind.DOORBREKEN:
            danger = Button("Acuut gevaar…", size=28)
            danger.clicked.connect(self._to_danger)
            self.body.addWidget(Message(CALL_112, "warning", button=danger))
        self.body.addWidget(Field("Waarbij hoort dit?", self.belongs))
        self._asked = question(kind, RECEIVED) is not None
        if self._asked:
            self.body.addWidget(Field("Gevraagd op", self.day))
        else:
            self.day.setParent(self)
            self.day.hide()
        self.verb.clicked.connect(self._begin)
        self.belongs.setFocus()
        context.worker.run(partial(_belonging, case=case), self._offer, self.failed)

    def _offer(self, found: "Belonging") -> None:
        case, organisations = found
        if case is not None:
            self.belongs.setItemText(0, f"Casus {case.code} · {case.pseudonym}")
        for client in organisations:
            self.belongs.addItem(client.name, client.id)
        if case is None and len(organisations) == 1 and not self.belongs.touched:
            self.belongs.choose(organisations[0].id)

    def _to_danger(self) -> None:
        self.reject()
        DangerDialog(self._context, self.parentWidget() or self, self._case).open()

    def _begin(self) -> None:
        chosen = self.belongs.currentData()
        on_case = chosen == _ON_CASE
        begin = partial(
            guided.begin_guided,
            kind=self.kind,
            on=self._context.clock().date(),
            case_id=self._case if on_case else None,
            client_id=None if on_case or chosen is None else ClientId(chosen),
            received=self.day.day if self._asked else None,
        )
        self._context.worker.run(self.sending(begin), self._begun, self.failed)

    def _begun(self, record: "GuidedRecord") -> None:
        self.accept()
        begun(self._context, record)


class PlaceDialog(FormDialog):
    """Another case or organisation for a record that is not final, such as one begun in a hurry."""

    def __init__(self, context: Context, parent: QWidget, record: "GuidedRecord") -> None:
        super().__init__(parent, "Waarbij hoort dit?", "Bewaren")
        self.setMinimumWidth(theme.px(520))
        self._context, self._record = context, record
        self.belongs = ComboBox("Waarbij hoort dit?")
        self.belongs.addItem(_NOWHERE, None)
        self.verb.setEnabled(False)
        self.body.addWidget(Field("Casus of organisatie", self.belongs))
        said = "Een vastlegging bij een casus gaat weg als u die casus vernietigt."
        self.body.addWidget(Label(said, "small", "muted", wraps=True))
        self.verb.clicked.connect(self._place)
        self.belongs.setFocus()
        context.worker.run(_all_places, self._offer, self.failed)

    def _offer(self, found: "tuple[tuple[Client, ...], tuple[CaseRow, ...]]") -> None:
        organisations, running = found
        for client in organisations:
            self.belongs.addItem(client.name, (None, client.id))
        for row in running:
            self.belongs.addItem(f"Casus {row.code} · {row.pseudonym}", (row.id, row.client))
        now = (self._record.case, self._record.client)
        places = [self.belongs.itemData(place) for place in range(self.belongs.count())]
        if self._record.case is not None and now not in places:  # it is closed, or one of very many
            self.belongs.addItem("De casus waar het nu bij staat", now)
            places.append(now)
        self.belongs.setCurrentIndex(places.index(now) if now in places else 0)
        self.verb.setEnabled(True)

    def _place(self) -> None:
        case, client = self.belongs.currentData() or (None, None)
        place = partial(guided.place_guided, guided_id=self._record.id, case_id=case, client_id=client)
        self._context.worker.run(self.sending(place), self._placed, self.failed)

    def _placed(self, _record: "GuidedRecord") -> None:
        context, before = self._context, self._record
        back = partial(guided.place_guided, guided_id=before.id, case_id=before.case, client_id=before.client)

        def undo() -> None:
            context.worker.run(back, lambda _: context.changes.tell(Topic.GUIDED), context.failed)

        context.changes.tell(Topic.GUIDED)
        context.message("De vastlegging staat nu ergens anders.", undo=undo)
        self.accept()


class DangerDialog(FormDialog):
    """112 first; what happened can be written down now, or later with a reminder that tells nothing."""

    def __init__(self, context: Context, parent: QWidget, case: "CaseId | None" = None) -> None:
        super().__init__(parent, "Bel 112", "Nu vastleggen")
        self.setMinimumWidth(theme.px(520))
        self._context, self._case = context, case
        self.later = Button("Later vastleggen")
        for text in (
            "Is er nu gevaar voor iemand, of voor u? Bel 112 en zeg waar het is.",
            "Blijf zo mogelijk bij de persoon of aan de lijn. Zeg wat u gaat doen, als dat veilig kan.",
            "Vastleggen mag straks. Bij ‘later’ staat er alleen ‘Aantekening afmaken’ op Vandaag.",
        ):
            self.body.addWidget(Label(text, "intro", wraps=True))
        self.body.addWidget(self.later, 0, Qt.AlignmentFlag.AlignLeft)
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self.verb.clicked.connect(lambda: self._begin(self._now))
        self.later.clicked.connect(lambda: self._begin(self._for_later))
        self.back.setFocus()

    def _begin(self, then: "Callable[[GuidedRecord], None]") -> None:
        today = self._context.clock().date()
        begin = partial(guided.begin_guided, kind=GuidedKind.DOORBREKEN, on=today, case_id=self._case, due=today)
        self.later.setEnabled(False)
        self._context.worker.run(self.sending(begin), then, self.failed)

    def say_wrong(self, sentence: str) -> None:
        """Let both ways be tried again."""
        super().say_wrong(sentence)
        self.later.setEnabled(True)

    def _now(self, record: "GuidedRecord") -> None:
        self.accept()
        begun(self._context, record)

    def _for_later(self, record: "GuidedRecord") -> None:
        self.accept()
        self._context.changes.tell(Topic.GUIDED)
        self._context.message("Dit staat op Vandaag.", undo=partial(discard, self._context, record.id))


class FinaliseDialog(FormDialog):
    """The outcome, what is left unanswered, and a word typed to confirm that nothing of it changes any more."""

    def __init__(self, context: Context, parent: QWidget, record: "GuidedRecord") -> None:
        super().__init__(
            parent,
            "Definitief maken",
            "Definitief maken",
            text="Daarna verandert er niets meer aan deze antwoorden. U kunt er wel aanvullingen onder zetten, met hun "
            "datum.",
            final=True,
        )
        self.setMinimumWidth(theme.px(520))
        self._context, self._id = context, record.id
        self.outcome = ComboBox("Afloop")
        self.outcome.addItem("Kies een afloop", "")
        for term in OUTCOMES[record.kind].terms:
            self.outcome.addItem(term.shown, term.code)
        self.rest = CheckBox("Zet die op onbekend")
        self.word = LineEdit(name=f"Typ {WORD}")
        if record.missing:
            said = counted(len(record.missing), "vraag heeft", "vragen hebben")
            self.body.addWidget(Message(f"{said} nog geen antwoord.", "warning"))
            self.body.addWidget(self.rest)
        else:
            self.rest.setParent(self)
            self.rest.hide()
        self.body.addWidget(Field("Afloop", self.outcome))
        self.body.addWidget(Field(f"Typ het woord ‘{WORD}’", self.word))
        self.verb.setEnabled(False)
        self.word.textChanged.connect(lambda _: self._follow())
        self.outcome.currentIndexChanged.connect(lambda _: self._follow())
        self.verb.clicked.connect(self._finalise)
        self.outcome.setFocus()

    def _follow(self) -> None:
        typed = self.word.text().strip().casefold() == WORD
        self.verb.setEnabled(typed and bool(self.outcome.currentData()))

    def _finalise(self) -> None:
        number, outcome, on = self._id, self.outcome.currentData(), self._context.clock().date()
        rest = self.rest.isChecked()

        def operation(vault: "Vault") -> object:
            if rest:
                guided.rest_unknown(vault, guided_id=number, on=on)
            return guided.finalise_guided(vault, guided_id=number, outcome=outcome, on=on)

        self._context.worker.run(self.sending(operation), self._kept, self.failed)

    def _kept(self, _record: object) -> None:
        self._context.changes.tell(Topic.GUIDED)
        self._context.message("De vastlegging is definitief.")
        self.accept()


class AdditionDialog(FormDialog):
    """A text that comes below a final record, with the day of today."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, record: "GuidedRecord") -> None:
        super().__init__(
            parent,
            "Aanvulling",
            "Toevoegen",
            text="Feiten, geen oordelen. De aanvulling krijgt de datum van vandaag en blijft staan: wijzigen kan niet.",
        )
        self.setMinimumWidth(theme.px(520))
        self.about, self.goes_with = record.case, Belongs.VASTLEGGING.to(record.id)
        self._context, self._id = context, record.id
        self.text = PlainText()
        self.text.setMinimumHeight(theme.px(120))
        self.body.addWidget(Field("Wat vult u aan?", self.text))
        self.text.setFocus()
        self.verb.clicked.connect(self._add)

    def _add(self) -> None:
        add = partial(
            guided.add_to_guided, guided_id=self._id, text=self.text.toPlainText(), on=self._context.clock().date()
        )
        self._context.worker.run(self.sending(add), self._kept, self.failed)

    def _kept(self, _record: object) -> None:
        self._context.changes.tell(Topic.GUIDED)
        self.accept()


def begun(context: Context, record: "GuidedRecord") -> None:
    """Show a record that was just begun, with the way back."""
    context.changes.tell(Topic.GUIDED)
    context.navigate(Place(PageName.VASTLEGGING, guided=record.id))
    to_list = partial(context.navigate, Place(PageName.VASTLEGGINGEN))
    context.message("De vastlegging is begonnen.", undo=partial(discard, context, record.id, leave=to_list))


def discard(context: Context, number: "GuidedId", leave: "Callable[[], None]" = lambda: None) -> None:
    """Take away a record that is not final, and `leave` the page about it; it can be put back with every answer."""

    def gone(record: "GuidedRecord") -> None:
        leave()
        context.changes.tell(Topic.GUIDED)
        context.message("De vastlegging is weggehaald.", undo=partial(_put_back, context, record))

    context.worker.run(partial(guided.discard_guided, guided_id=number), gone, context.failed)


def _put_back(context: Context, record: "GuidedRecord") -> None:
    def back(again: "GuidedRecord") -> None:
        context.changes.tell(Topic.GUIDED)
        context.navigate(Place(PageName.VASTLEGGING, guided=again.id))

    context.worker.run(partial(guided.put_back_guided, record=record), back, context.failed)


def _all_places(vault: "Vault") -> "tuple[tuple[Client, ...], tuple[CaseRow, ...]]":
    return clients.clients(vault), cases.list_cases(vault, CaseFilter(open_only=True), limit=_MOST_CASES)


def _belonging(vault: "Vault", *, case: "CaseId | None") -> "Belonging":
    return None if case is None else cases.get_case(vault, case), clients.clients(vault)
