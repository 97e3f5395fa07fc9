"""The small forms of the case page: another phase, closing, reopening, a step to plan."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain import taxonomy, wording
from vpdesk.domain.cases import Case
from vpdesk.domain.guided_questions import NAMES
from vpdesk.domain.phases import MOVES, Phase
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.seen import says_something
from vpdesk.operations import cases, taking_back, today
from vpdesk.operations.handed import given_before
from vpdesk.operations.taking_back import Moved
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.attachment_card import GoingAtClosing
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.role_hint import RoleHint

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from vpdesk.domain.handover import Given
    from vpdesk.domain.reminders import Reminder
    from vpdesk.operations.cases import LeftOpen
    from vpdesk.operations.vaults import Vault

_A_WEEK: Final = timedelta(days=7)

MOVE_HELP: Final = {
    Phase.VOORFASE: "De casus loopt weer, aan het begin.",
    Phase.MELDINGSFASE: "De persoon heeft besloten te melden.",
    Phase.NAFASE: "De melding ligt er en is beantwoord of wordt onderzocht. vpdesk plant de nazorg.",
    Phase.AFGESLOTEN: "U zegt hoe het afliep volgens de persoon, en waarom u afsluit. Heropenen kan altijd.",
}

STEPS: Final = (
    ("Gesprek of andere stap", TodayKind.STAP, "Vervolggesprek"),
    ("Terugbellen", TodayKind.TERUGBELLEN, "Terugbellen"),
    ("Nazorg", TodayKind.NAZORG, "Nazorg: bellen"),
    ("Termijn van de werkgever", TodayKind.TERMIJN, "Termijn werkgever: terugkoppeling"),
)


class FormOfCase(FormDialog):
    """A form about one case; `keep` runs an operation and closes the form when it is done."""

    topics: tuple[Topic, ...] = (Topic.CASES, Topic.REMINDERS)
    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, case: Case, title: str, verb: str, *, text: str = "") -> None:
        super().__init__(parent, title, verb, text=text)
        self.context = context
        self.case = case
        self.about = case.id

    def keep(self, operation: "Callable[[Vault], object]") -> None:
        """Run the operation; a failure is said in the form."""
        self.context.worker.run(self.sending(operation), self._kept, self.failed)

    def _kept(self, _result: object) -> None:
        self.context.changes.tell(*self.topics)
        self.accept()


class CaseForm(FormOfCase):
    """A form about one case with a day, which each puts in its place."""

    def __init__(self, context: Context, parent: QWidget, case: Case, title: str, verb: str, *, text: str = "") -> None:
        super().__init__(context, parent, case, title, verb, text=text)
        self.day = DateEdit(context.clock().date(), "Datum")


class MovingForm(CaseForm):
    """A form that moves a case; the bar below says where it is then, and takes it back."""

    topics = (Topic.CASES, Topic.REMINDERS, Topic.STEPS, Topic.MELDINGEN)

    def carry_out(self, operation: "Callable[[Vault], Case]") -> None:
        """Move the case by that operation."""
        number = self.case.id
        self.keep(lambda vault: taking_back.moving(vault, number, operation))

    def _kept(self, result: object) -> None:
        super()._kept(result)
        if isinstance(result, Moved):
            take_back = partial(taking_back.take_back_move, moved=result)
            self.context.message(_moved(result), undo=undoing(self.context, take_back, *self.topics))


def _moved(moved: Moved) -> str:
    phase = moved.after.phase
    if phase is not Phase.AFGESLOTEN:
        return f"De casus is nu in de {phase.value}."
    if not moved.attachments:
        return "De casus is afgesloten."
    gone = wording.counted(moved.attachments, "bijlage is", "bijlagen zijn")
    return f"De casus is afgesloten. {gone[:1].upper()}{gone[1:]} voorgoed vernietigd."


class MoveDialog(MovingForm):
    """Another phase, from a day, with a reason that may be left out."""

    def __init__(
        self, context: Context, parent: QWidget, case: Case, to: Phase, *, title: str = "", text: str = ""
    ) -> None:
        super().__init__(
            context, parent, case, title or f"Naar {to.value}", f"Naar {to.value}", text=text or MOVE_HELP[to]
        )
        self.to = to
        self.reason = LineEdit(name="Reden")
        self.fields = (
            Field("Vanaf", self.day),
            Field("Wat koos de persoon, mag later", self.reason, hint="Kort. Dit staat in de tijdlijn."),
        )
        for field in self.fields:
            self.body.addWidget(field)
        self.reason.setFocus()
        self.verb.clicked.connect(self._move)

    def _move(self) -> None:
        number, to, on, reason = self.case.id, self.to, self.day.day, self.reason.text().strip()
        self.carry_out(lambda vault: cases.move_case(vault, case_id=number, to=to, on=on, reason=reason))


class OtherPhaseDialog(MoveDialog):
    """Any phase that can follow, the next one first; closing has a form of its own, which `close` opens."""

    def __init__(self, context: Context, parent: QWidget, case: Case, *, close: "Callable[[], None]") -> None:
        offered = [phase for phase in Phase if phase in MOVES[case.phase]]
        said = f"De casus is nu in de {case.phase.value}."
        super().__init__(context, parent, case, offered[0], title="Naar een andere fase", text=said)
        self._close = close
        self.choice = ComboBox("Naar fase")
        for phase in offered:
            self.choice.addItem(phase.value.capitalize(), phase.value)
        self.help = Label("", "small", "muted", wraps=True)
        self.body.insertWidget(0, Field("Naar fase", self.choice))
        self.body.insertWidget(1, self.help)
        self.choice.currentIndexChanged.connect(lambda _: self._follow())
        self._follow()
        if self.to is Phase.AFGESLOTEN:
            self.choice.setFocus()

    def _follow(self) -> None:
        self.to = Phase(self.choice.currentData())
        closing = self.to is Phase.AFGESLOTEN
        self.help.setText(MOVE_HELP[self.to])
        self.choice.setAccessibleDescription(MOVE_HELP[self.to])
        for field in self.fields:
            field.setHidden(closing)
        self.verb.setText("Afsluiten…" if closing else f"Naar {self.to.value}")
        self.verb.setAccessibleName(self.verb.text())
        self.verb.updateGeometry()
        self.fit()

    def _move(self) -> None:
        if self.to is Phase.AFGESLOTEN:
            self.accept()
            self._close()
        else:
            super()._move()


class ReopenDialog(MovingForm):
    """Back to an earlier phase; the reopening is kept in the history."""

    def __init__(self, context: Context, parent: QWidget, case: Case) -> None:
        super().__init__(
            context,
            parent,
            case,
            "Casus heropenen",
            "Heropenen",
            text="De afloop vervalt. Dat de casus gesloten was, blijft in de tijdlijn staan.",
        )
        self.to = ComboBox("Fase")
        for phase in Phase:
            if phase in MOVES[case.phase]:
                self.to.addItem(phase.value.capitalize(), phase.value)
        self.reason = LineEdit(name="Waarom")
        self.handed = Message("", "warning")
        self.although = CheckBox("Toch heropenen: mijn collega weet ervan")
        for part in (self.handed, self.although):
            part.hide()
            self.body.addWidget(part)
        self.pair(Field("Naar fase", self.to), Field("Vanaf", self.day))
        self.body.addWidget(Field("Waarom", self.reason))
        self.verb.clicked.connect(self._reopen)
        context.worker.run(lambda vault: given_before(vault, case.id), self._handed, self.failed)

    def _handed(self, given: "tuple[Given, ...]") -> None:
        """Say to whom the case went, and ask to go on all the same."""
        if given:
            self.handed.show_text("Uw collega heeft hem ook.", "warning", start=f"Deze casus is {given[0].said}.")
            for part in (self.handed, self.although):
                part.show()
            self.fit()

    def _reopen(self) -> None:
        number, to, on = self.case.id, Phase(self.to.currentData()), self.day.day
        reason = self.reason.text().strip()
        if not says_something(reason):
            self.say_wrong("Schrijf kort op waarom de casus weer opengaat. Er is niets veranderd.")
            self.reason.setFocus()
            return
        although = self.although.isChecked()
        self.carry_out(
            lambda vault: cases.move_case(vault, case_id=number, to=to, on=on, reason=reason, although_handed=although)
        )


class CloseDialog(MovingForm):
    """Outcome as the person sees it, the reason for closing, and what is not finished: named, ended where wanted."""

    def __init__(self, context: Context, parent: QWidget, case: Case, left: "LeftOpen | None" = None) -> None:
        super().__init__(
            context,
            parent,
            case,
            "Casus afsluiten",
            "Casus afsluiten",
            text="Terugkomen kan altijd: u kunt de casus heropenen.",
        )
        self.outcome = ComboBox.of_codes(taxonomy.AFLOOP)
        self.reason = ComboBox.of_codes(taxonomy.REDEN)
        self.body.addWidget(Field("Afloop", self.outcome, hint="De afloop zoals de persoon die ziet."))
        self.pair(Field("Reden van afsluiten", self.reason), Field("Afgesloten op", self.day))
        self.steps = CheckBox("Open stappen laten vervallen")
        self.steps.setChecked(True)
        self.terms = CheckBox("Deze termijnen niet meer volgen")
        if left is not None:
            self._name(left, context.clock().date())
        self.body.addWidget(GoingAtClosing(context, case.id, self.fit))
        self.verb.clicked.connect(self._close)

    def _name(self, left: "LeftOpen", today: "date") -> None:
        if left.lapsing:
            said = " ".join(f"De geplande {_said(item)} van {_day(item.due, today)} vervalt." for item in left.lapsing)
            self.lapses = Message(said, "warning")
            self.body.addWidget(self.lapses)
        staying = [item for item in left.reminders if item not in left.lapsing]
        if staying:
            names = wording.joined([f"{item.title}, {_day(item.due, today)}" for item in staying])
            self.body.addWidget(Message(f"{names}.", "info", start="Blijft op Vandaag staan:"))
        if left.steps:
            names = wording.joined([step.label for step in left.steps])
            self.body.addWidget(Message(f"{names}.", "warning", start="Nog niet gezet:", icon="regie"))
            self.body.addWidget(self.steps)
        if unfinished := _unfinished(left):
            said = "Dat blijft in de casus staan zoals het is."
            self.unfinished = Message(f"{wording.joined(unfinished)}. {said}", "warning", start="Nog niet af:")
            self.body.addWidget(self.unfinished)
        if left.terms:
            names = wording.joined([f"{term.kind.value}, {_day(term.due, today)}" for term in left.terms])
            self.body.addWidget(
                Message(f"{names}. Dit blijft op Vandaag staan.", "info", start="Termijn werkgever:", icon="termijn")
            )
            self.body.addWidget(self.terms)
        self._offered = bool(left.steps), bool(left.terms)

    _offered = (False, False)

    def _close(self) -> None:
        number, on = self.case.id, self.day.day
        outcome, reason = self.outcome.currentData(), self.reason.currentData()
        lapse = cases.Lapse.REMINDERS
        for offered, box, one in zip(
            self._offered, (self.steps, self.terms), (cases.Lapse.STEPS, cases.Lapse.TERMS), strict=True
        ):
            lapse |= one if offered and box.isChecked() else cases.Lapse.REMINDERS
        self.carry_out(
            lambda vault: cases.close_case(vault, case_id=number, outcome=outcome, reason=reason, on=on, lapse=lapse)
        )


def _unfinished(left: "LeftOpen") -> list[str]:
    """Return what closing leaves as it is: a melding that waits, messages not passed on, records not final."""
    said = [
        f"{melding.label} ({'nog niet gedaan' if melding.lodged is None else 'nog geen antwoord'})"
        for melding in left.meldingen
    ]
    if left.messages:
        said.append(f"{wording.counted(left.messages, 'bericht', 'berichten')} (nog niet doorgegeven)")
    return said + [f"{NAMES[row.kind]} (nog niet definitief)" for row in left.guided]


def _said(item: "Reminder") -> str:
    return "nazorg" if item.kind is TodayKind.NAZORG else f"stap ‘{item.title}’"


def _day(on: "date", today: "date") -> str:
    said = wording.long_date(on)
    return said.rsplit(" ", 1)[0] if on.year == today.year else said


class StepDialog(CaseForm):
    """A step, a call or aftercare on a day; it then stands on Vandaag."""

    topics = (Topic.REMINDERS, Topic.CASES)

    def __init__(self, context: Context, parent: QWidget, case: Case) -> None:
        super().__init__(context, parent, case, "Stap plannen", "Plannen", text="De stap komt op Vandaag te staan.")
        self.kind = ComboBox("Soort")
        for label, kind, _ in STEPS:
            self.kind.addItem(label, kind.value)
        self.what = LineEdit(STEPS[0][2], name="Wat")
        self.detail = LineEdit(name="Toelichting", placeholder="Bijvoorbeeld: na 16:00, geen voicemail")
        self.day.set_day(context.clock().date() + _A_WEEK)
        self.pair(Field("Soort", self.kind), Field("Wanneer", self.day))
        self.body.addWidget(Field("Wat", self.what))
        self.body.addWidget(Field("Toelichting, mag leeg", self.detail))
        self.hint = RoleHint(self.fit, self.what, self.detail)
        self.body.addWidget(self.hint)
        self.body.addWidget(Label("Schrijf hier geen namen: deze regel staat op Vandaag.", "small", "muted"))
        self.kind.currentIndexChanged.connect(self._propose)
        self.verb.clicked.connect(self._plan)

    def _propose(self, index: int) -> None:
        if self.what.text() in {words for _, _, words in STEPS}:
            self.what.setText(STEPS[index][2])

    def _plan(self) -> None:
        number, kind, due = self.case.id, TodayKind(self.kind.currentData()), self.day.day
        title, detail = self.what.text().strip(), self.detail.text().strip()
        self.keep(
            lambda vault: today.add_reminder(vault, case_id=number, kind=kind, due=due, title=title, detail=detail)
        )

    def _kept(self, result: object) -> None:
        super()._kept(result)
        number = getattr(result, "id", None)
        if number is not None:
            back = undoing(self.context, lambda vault: taking_back.take_away_reminder(vault, number), *self.topics)
            self.context.message("Dit staat op Vandaag.", undo=back)
