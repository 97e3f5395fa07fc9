"""The form for a step or referral that the person chose: what, by whom, from when, with which wish and consent."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from vpdesk.domain import taxonomy, wording
from vpdesk.domain.cases import Case
from vpdesk.domain.consent import Answer
from vpdesk.domain.directory import DirectoryEntry
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import StepId
from vpdesk.domain.steps import (
    HANDED_OVER,
    INFORMATION,
    NO_STEP,
    Actor,
    Choice,
    Step,
    StepKind,
    StepState,
    actors,
    asks_consent,
)
from vpdesk.operations import directory, steps
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.case_dialogs import CaseForm
from vpdesk.ui.pages.case_facts import Coded
from vpdesk.ui.pages.consent_fields import ConsentFields
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.options import Options
from vpdesk.ui.widgets.role_hint import RoleHint

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_KINDS: Final = (
    ("Route van de persoon", StepKind.ROUTE),
    ("Verwijzing", StepKind.VERWIJZING),
    ("Iets anders doorgeven", StepKind.DOORGEVEN),
)
_WHO: Final = (("De persoon zelf", Actor.PERSOON), ("Ik", Actor.VERTROUWENSPERSOON))
_TITLES: Final = {
    StepKind.ROUTE: "Stap van de persoon",
    StepKind.VERWIJZING: "Verwijzing",
    StepKind.DOORGEVEN: "Iets doorgeven",
}


class RecordStep(CaseForm):
    """One step, recorded as it was chosen, and as taken where it has been."""

    topics = (Topic.STEPS,)

    def __init__(self, context: Context, parent: QWidget, case: Case, kind: StepKind = StepKind.ROUTE) -> None:
        super().__init__(
            context, parent, case, "Stap vastleggen", "Vastleggen", text="De persoon houdt de regie, ook in deze stap."
        )
        self.setMinimumWidth(520)
        self.scrolled.column.setSpacing(12)
        today = context.clock().date()
        self._ready = False
        self.kind = ComboBox("Soort stap")
        for words, one in _KINDS:
            self.kind.addItem(words, one.value)
        self.kind.choose(kind.value)
        self.route = Coded("Welke route", taxonomy.ROUTE, NO_STEP)
        self.whom = ComboBox("Naar wie")
        self.whom.setLineEdit(LineEdit(name="Naar wie"))
        self.whom.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        self.target = ComboBox.of_codes(taxonomy.VERWIJZING)
        self.known = Label("", "small", "muted", wraps=True)
        self.manner = Options(
            "Hoe", [("Informatie gegeven", INFORMATION), ("Warm overgedragen", HANDED_OVER)], INFORMATION
        )
        self.actor = Options("Wie zet de stap", _WHO, Actor.PERSOON)
        self.to = LineEdit(name="Met of bij wie", placeholder="Een functie of letter is genoeg")
        self.wish = ComboBox.of_codes(taxonomy.WENS, case.wens)
        self.words = LineEdit(name="In eigen woorden", placeholder="Wat de persoon er zelf over zei")
        self.taken = CheckBox("De stap is gezet")
        self.taken_on = DateEdit(today, "Gezet op")
        self.came = LineEdit(name="Wat kwam ervan", placeholder="Kort en feitelijk")
        self.consent = ConsentFields(today, later=True, grew=self._grow, answered=self._follow)
        self.reason = LineEdit(name="Waarom zonder toestemming")
        self.hint = RoleHint(self._grow, self.to, self.words, self.came)
        self._entries: dict[str, DirectoryEntry] = {}
        self._lay_out()
        self._connect()
        self._ready = True
        self._follow()
        (self.route.box if kind is StepKind.ROUTE else self.whom).setFocus()
        context.worker.run(lambda vault: directory.offered(vault, case.client), self._offer, self.failed)

    def _lay_out(self) -> None:
        add = self.body.addWidget
        add(Field("Soort stap", self.kind))
        add(self.route)
        self._whom = Field("Naar wie", self.whom)
        self._target = Field("Soort hulp", self.target)
        add(self._whom)
        add(self.known)
        add(self._target)
        self._manner = Field("Hoe", self.manner)
        add(self._manner)
        self._actor = Field("Wie zet de stap", self.actor)
        add(self._actor)
        self._to = Field("Met of bij wie", self.to)
        add(self._to)
        self.pair(Field("Gekozen op", self.day), Field("Wens van de persoon", self.wish))
        add(Field("In eigen woorden, mag leeg", self.words))
        add(self.hint)
        add(self.consent)
        add(self.taken)
        self._taken_on = Field("Gezet op", self.taken_on)
        add(self._taken_on)
        self._result = Field("Wat kwam ervan, mag leeg", self.came)
        add(self._result)
        self._reason = Field("Waarom zonder toestemming", self.reason, hint="Deze reden blijft bij de casus.")
        add(self._reason)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _: self._begin_kind())
        self.route.box.currentIndexChanged.connect(lambda _: self._follow())
        self.manner.chosen.connect(self._choose_manner)
        self.actor.chosen.connect(lambda _: self._follow())
        self.taken.toggled.connect(lambda _: self._follow())
        self.whom.currentTextChanged.connect(self._known)
        self.verb.clicked.connect(self._record)
        self.taken.setChecked(self._kind is StepKind.VERWIJZING)

    @property
    def _kind(self) -> StepKind:
        return StepKind(self.kind.currentData())

    @property
    def _code(self) -> str:
        codes = {StepKind.ROUTE: self.route.code, StepKind.VERWIJZING: str(self.target.currentData())}
        return codes.get(self._kind, "")

    @property
    def _actor_now(self) -> Actor:
        possible = actors(self._kind, self._code)
        chosen = self.actor.value
        return chosen if isinstance(chosen, Actor) and chosen in possible else possible[0]

    @property
    def _manner_now(self) -> str:
        return str(self.manner.value) if self._kind is StepKind.VERWIJZING else ""

    @property
    def asks(self) -> bool:
        """Whether the step passes something on, as the form now stands."""
        return asks_consent(self._kind, actor=self._actor_now, manner=self._manner_now)

    @property
    def is_taken(self) -> bool:
        """Whether the step is over with: what the person chose to leave alone needs no day of its own."""
        return self.taken.isChecked() or (self._kind, self._code) == (StepKind.ROUTE, NO_STEP)

    def _choose_manner(self, manner: object) -> None:
        self.taken.setChecked(manner == INFORMATION)  # handing over waits for consent
        self._follow()

    def _begin_kind(self) -> None:
        self.taken.setChecked(self._kind is StepKind.VERWIJZING)
        self._follow()

    def _follow(self) -> None:
        if not self._ready:
            return
        kind = self._kind
        referral, nothing = kind is StepKind.VERWIJZING, (kind, self._code) == (StepKind.ROUTE, NO_STEP)
        self.route.setVisible(kind is StepKind.ROUTE)
        for field in (self._whom, self._target, self._manner):
            field.setVisible(referral)
        self.known.setVisible(referral and bool(self.known.text()))
        self._actor.setVisible(kind is StepKind.ROUTE and len(actors(kind, self._code)) > 1)
        self._to.setVisible(not referral and not nothing)
        self._to.label.setText("Aan wie" if kind is StepKind.DOORGEVEN else "Met of bij wie, mag leeg")
        self.consent.setVisible(self.asks)
        if self.asks and self.consent.given is Answer.JA and not self.consent.recipient.text():
            self.consent.recipient.setText(self._to_now())  # as precise as it was said above; it may be more so
        self.taken.setVisible(not nothing)
        self._taken_on.setVisible(self.taken.isChecked() and not nothing)
        self._result.setVisible(self.is_taken and not nothing)
        self._reason.setVisible(self.asks and self.is_taken and self.consent.given is not Answer.JA)
        self._grow()

    def _grow(self) -> None:
        if self._ready:
            self.fit()

    def _offer(self, found: tuple[DirectoryEntry, ...]) -> None:
        typed = self.whom.currentText()
        self._entries = {entry.name: entry for entry in found}
        self.whom.blockSignals(True)
        self.whom.addItems(list(self._entries))
        self.whom.setCurrentIndex(-1)
        self.whom.setEditText(typed)
        self.whom.blockSignals(False)
        completer = QCompleter(self.whom.model(), self.whom)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.whom.setCompleter(completer)

    def _known(self, name: str) -> None:
        entry = self._entries.get(name)
        words = ""
        if entry is not None:
            self.target.choose(entry.kind)
            words = " ".join(
                part for part in (entry.when, entry.reach, _age(entry, self.context.clock().date())) if part
            )
        self.known.setText(words)
        self._follow()

    def step(self) -> Step:
        """Return the step as the form says it; raises InvalidValueError with what is missing."""
        taken = self.is_taken
        day = self.taken_on.day if self.taken.isChecked() else self.day.day
        consent = self.consent.consent() if self.asks else None
        step = Step(
            id=StepId(0),
            case=self.case.id,
            kind=self._kind,
            choice=Choice(self.day.day, self.wish.currentData(), self.words.text().strip()),
            code=self._code,
            to=self._to_now(),
            actor=self._actor_now,
            manner=self._manner_now,
            consents=() if consent is None else (consent,),
        )
        if not taken:
            return step
        reason = "" if self._reason.isHidden() else self.reason.text()
        return step.taken(day, result=self.came.text(), reason=reason)

    def _to_now(self) -> str:
        field = self.whom.currentText() if self._kind is StepKind.VERWIJZING else self.to.text()
        return "" if self._kind is StepKind.ROUTE and self._code == NO_STEP else field.strip()

    def _record(self) -> None:
        try:
            step = self.step()
        except InvalidValueError as error:
            self.failed(error)
            return
        self.keep(lambda vault: steps.record_step(vault, step))

    def _kept(self, result: object) -> None:
        super()._kept(result)
        if isinstance(result, Step):
            undo = None if result.reason else _removing(self.context, result.id)
            waits = result.state is StepState.OPEN and result.asks_consent and result.consent is None
            more = " De toestemming moet u nog vragen." if waits else ""
            self.context.message(f"{_TITLES[result.kind]} vastgelegd.{more}", undo=undo)


def _removing(context: Context, step: StepId) -> Callable[[], None]:
    def remove() -> None:
        def operation(vault: "Vault") -> None:
            steps.remove_step(vault, step_id=step)

        context.worker.run(operation, lambda _: context.changes.tell(Topic.STEPS), context.failed)

    return remove


def _age(entry: DirectoryEntry, today: date) -> str:
    if entry.checked is None:
        return "Nog niet nagekeken: kijk het na voor u het noemt."
    late = " Dat is meer dan een jaar geleden." if entry.overdue(today) else ""
    return f"Nagekeken op {wording.long_date(entry.checked)}.{late}"
