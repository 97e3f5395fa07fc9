"""A step opened from the timeline: what was chosen, every answer about consent, and what can still be done with it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain import taxonomy, wording
from vpdesk.domain.cases import Case
from vpdesk.domain.consent import Answer, Consent, ConsentState, in_force
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import StepId
from vpdesk.domain.steps import NO_STEP, Actor, Step, StepKind, StepState, step_label
from vpdesk.operations import meldingen, steps, taking_back
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.drafts import Belongs
from vpdesk.ui.pages.case_dialogs import CaseForm, FormOfCase
from vpdesk.ui.pages.case_view import LookedAt, RemoveForm
from vpdesk.ui.pages.consent_fields import ConsentFields
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.fact_lines import fill, grid
from vpdesk.ui.widgets.fields import Field, LineEdit
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.role_hint import RoleHint
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_STATES: Final = {
    ConsentState.NIET_NODIG: ("Er wordt niets doorgegeven: toestemming is niet nodig.", "info"),
    ConsentState.NOG_VRAGEN: ("De persoon is nog niet om toestemming gevraagd.", "warning"),
    ConsentState.GEGEVEN: ("De persoon stemt in.", "ok"),
    ConsentState.GEWEIGERD: ("De persoon stemt niet in.", "warning"),
    ConsentState.INGETROKKEN: ("De toestemming is ingetrokken. Geef niets meer door.", "warning"),
    ConsentState.VERLOPEN: ("De toestemming is afgelopen. Vraag het de persoon opnieuw.", "warning"),
    ConsentState.ZONDER: ("Deze stap is gezet zonder toestemming.", "warning"),
}


class StepForm(CaseForm):
    """A small form about one step of a case; one that asks no day has none on the screen."""

    topics = (Topic.STEPS,)
    before: Step | None = None
    said = ""

    def _kept(self, result: object) -> None:
        super()._kept(result)
        if self.before is not None:
            _say(self.context, self.said, self.before, result)

    def about_step(self, step: Step) -> None:
        """Remember the step as it stands before the form changes it."""
        self.before, self.goes_with = step, Belongs.STAP.to(step.id)

    def without_day(self) -> None:
        """Keep the day off the form, with the form as its owner: else any thread that collects garbage destroys it."""
        self.day.setParent(self)
        self.day.hide()


def _say(context: Context, said: str, before: Step, result: object) -> None:
    """Say what was done, with the way back; a reason for acting without consent stays, so that has none."""
    stays = isinstance(result, Step) and result.reason and not before.reason
    put_back = undoing(context, lambda vault: taking_back.put_back_step(vault, before), Topic.STEPS)
    context.message(said, undo=None if stays else put_back)


class ConsentDialog(StepForm):
    """Asks for consent to a step that was chosen before."""

    said = "De toestemming is vastgelegd."

    def __init__(self, context: Context, parent: QWidget, case: Case, step: Step) -> None:
        super().__init__(context, parent, case, "Toestemming", "Vastleggen")
        self.setMinimumWidth(520)
        self.without_day()
        self.about_step(step)
        self._step = step.id
        self.fields = ConsentFields(
            context.clock().date(), later=False, grew=self.fit, answered=lambda: self.say_wrong("")
        )
        self.fields.recipient.setText(step.to)
        self.body.addWidget(self.fields)
        self.fields.answer.buttons[Answer.JA].setFocus()
        self.verb.clicked.connect(self._note)

    def _note(self) -> None:
        try:
            consent = self.fields.consent()
        except InvalidValueError as error:
            self.failed(error)
            return
        if consent is None:
            self.say_wrong("Kies ja of nee. Er is niets bewaard.")
            return
        number = self._step
        self.keep(lambda vault: steps.note_consent(vault, step_id=number, consent=consent))


class WithdrawDialog(StepForm):
    """The day on which the person took consent back."""

    said = "De toestemming is ingetrokken."

    def __init__(self, context: Context, parent: QWidget, case: Case, step: Step) -> None:
        super().__init__(
            context,
            parent,
            case,
            "Toestemming intrekken",
            "Intrekken",
            text="De persoon mag dit altijd. Wat al gedaan is, blijft staan zoals het was; vanaf nu geeft u niets meer "
            "door.",
        )
        self.body.addWidget(Field("Ingetrokken op", self.day))
        self.about_step(step)
        number = step.id
        self.verb.clicked.connect(lambda: self.keep(partial(steps.withdraw_consent, step_id=number, on=self.day.day)))


class TakeDialog(StepForm):
    """The day on which a step was taken, what came of it and, without consent for that day, why."""

    said = "De stap is gezet."

    def __init__(self, context: Context, parent: QWidget, case: Case, step: Step) -> None:
        super().__init__(context, parent, case, "Stap gezet", "Vastleggen")
        self._step = step
        self.about_step(step)
        self.came = LineEdit(step.result, name="Wat kwam ervan", placeholder="Kort en feitelijk")
        self.reason = LineEdit(name="Waarom zonder toestemming")
        self._reason = Field("Waarom zonder toestemming", self.reason, hint="Deze reden blijft bij de casus.")
        self.hint = RoleHint(self.fit, self.came)
        self.body.addWidget(Field("Gezet op", self.day))
        self.body.addWidget(Field("Wat kwam ervan, mag leeg", self.came))
        self.body.addWidget(self._reason)
        self.body.addWidget(self.hint)
        self.day.dateChanged.connect(lambda _: self._follow())
        self.verb.clicked.connect(self._take)
        self._follow()
        self.came.setFocus()

    def _follow(self) -> None:
        last = in_force(self._step.consents, self.day.day)
        agreed = last is not None and last.term.holds_from(self.day.day)
        self._reason.setVisible(self._step.asks_consent and not agreed)
        self.fit()

    def _take(self) -> None:
        number, on, result = self._step.id, self.day.day, self.came.text()
        reason = "" if self._reason.isHidden() else self.reason.text()
        self.keep(lambda vault: steps.take_step(vault, step_id=number, on=on, result=result, reason=reason))


class RemoveDialog(RemoveForm):
    """Asks once more before a step goes."""

    topics = (Topic.STEPS,)
    said = "De stap is weggehaald."

    def __init__(self, context: Context, parent: QWidget, case: Case, step: Step) -> None:
        text = "De stap en wat erover is vastgelegd, gaan weg. Doe dit alleen bij een vergissing."
        super().__init__(context, parent, case, "Stap weghalen", text)
        self._before = step

    def remove(self, vault: "Vault") -> object:
        """Take the step away."""
        steps.remove_step(vault, step_id=self._before.id)
        return None

    def put_back(self, vault: "Vault", gone: object) -> object:
        """Put it back with its consents."""
        del gone
        return taking_back.put_back_step(vault, self._before)


class StepView(LookedAt, StepForm):
    """The step itself; what came of it can be written here, the rest goes by its own small form."""

    said = "Wat ervan kwam, is bewaard."

    def __init__(self, context: Context, parent: QWidget, case: Case, step_id: StepId) -> None:
        super().__init__(context, parent, case, "Stap", "Bewaren")
        self.setMinimumWidth(520)
        self.without_day()
        self._id = step_id
        self.goes_with = Belongs.STAP.to(step_id)
        self.step: Step | None = None
        self._lines = grid()
        self.state = Message("", "info", icon="regie")
        self.state.hide()
        self._answers = grid()
        self.came = PlainText()
        self.came.setFixedHeight(theme.px(64))
        self.hint = RoleHint(self.fit, self.came)
        self._ways = Flow()
        self.ways: dict[str, Button] = {}
        held = QWidget()
        held.setLayout(self._ways)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.state)
        self.body.addLayout(self._answers)
        self.body.addWidget(Field("Wat kwam ervan", self.came))
        self.body.addWidget(self.hint)
        self.body.addWidget(held)
        self._offer_ways()
        self.verb.clicked.connect(self._save)
        self.follow()

    def _offer_ways(self) -> None:
        for key, words, do in (
            ("ask", "Toestemming vragen…", lambda: self._open(ConsentDialog)),
            ("withdraw", "Toestemming ingetrokken…", lambda: self._open(WithdrawDialog)),
            ("take", "Gezet…", lambda: self._open(TakeDialog)),
            ("lapse", "Gaat niet door", self._lapse),
            ("melding", "Als melding vastleggen…", self._as_melding),
            ("remove", "Weghalen…", lambda: self._open(RemoveDialog)),
        ):
            button = self.ways[key] = Button(words, size=28)
            button.hide()
            button.clicked.connect(lambda _=False, do=do: do())
            self._ways.addWidget(button)

    def look(self) -> None:
        """Ask for the step."""
        number = self._id
        self.context.worker.run(lambda vault: steps.get_step(vault, number), self.show_step, self.not_there)

    def show_step(self, step: Step) -> None:
        """Show the step as it stands now; what is being typed stays."""
        self.step = step
        today = self.context.clock().date()
        fill(self._lines, _facts(step))
        words, kind = _STATES[step.consent_state(today)]
        self.state.show_text(f"{words} Reden: {step.reason}" if step.reason else words, kind)
        self.state.setVisible(True)
        fill(self._answers, [line for consent in step.consents for line in _answer(consent)])
        if not self.came.document().isModified():
            self.came.setPlainText(step.result)
        self._show_ways(step, today)
        self.fit()

    def _show_ways(self, step: Step, today: date) -> None:
        open_ = step.state is StepState.OPEN
        consent = step.consent_state(today)
        can = {
            "ask": open_ and step.asks_consent and consent is not ConsentState.GEGEVEN,
            "withdraw": consent in {ConsentState.GEGEVEN, ConsentState.VERLOPEN},
            "take": open_,
            "lapse": open_,
            "melding": step.state is not StepState.VERVALLEN and meldingen.of_step(self.case, step) is not None,
            "remove": not step.reason,
        }
        for key, button in self.ways.items():
            button.setVisible(can[key])

    def _open(self, dialog: Callable[[Context, QWidget, Case, Step], FormOfCase]) -> None:
        if self.step is not None:
            dialog(self.context, self, self.case, self.step).open()

    def _as_melding(self) -> None:
        known = None if self.step is None else meldingen.of_step(self.case, self.step)
        if known is not None:
            from vpdesk.ui.pages.melding_dialog import MeldingDialog  # noqa: PLC0415 - loaded when used

            MeldingDialog(self.context, self, self.case, known).open()

    def _lapse(self) -> None:
        number, on, before = self._id, self.context.clock().date(), self.step
        if before is None:
            return

        def told(lapsed: Step) -> None:
            self.context.changes.tell(Topic.STEPS)
            _say(self.context, "De stap gaat niet door.", before, lapsed)

        self.context.worker.run(lambda vault: steps.lapse_step(vault, step_id=number, on=on), told, self.failed)

    def _save(self) -> None:
        number, result, today = self._id, self.came.toPlainText(), self.context.clock().date()
        self.before = self.step

        def operation(vault: "Vault") -> Step:
            return steps.save_result(vault, step_id=number, result=result, today=today)

        self.keep(operation)


def _facts(step: Step) -> list[tuple[str, str]]:
    day = wording.long_date
    found = [("Stap", step_label(step.kind, step.code, step.to))]
    if step.to and step.kind is StepKind.ROUTE:
        found.append(("Met of bij wie", step.to))
    if step.kind is StepKind.VERWIJZING:
        found.append(("Hoe", taxonomy.WIJZE.label(step.manner)))
    elif step.code != NO_STEP:
        found.append(("Wie zet de stap", "De persoon zelf" if step.actor is Actor.PERSOON else "U"))
    known = step.choice.wish != taxonomy.UNKNOWN.code
    wish = f", met als wens: {taxonomy.WENS.label(step.choice.wish).lower()}" if known else ""
    found.append(("Gekozen", f"Op {day(step.choice.on)}{wish}"))
    if step.choice.words:
        found.append(("In eigen woorden", f"‘{step.choice.words}’"))
    if step.settled is not None:
        found.append(("Gezet" if step.state is StepState.GEZET else "Gaat niet door", f"Op {day(step.settled)}"))
    return found


def _answer(consent: Consent) -> list[tuple[str, str]]:
    term, day = consent.term, wording.long_date
    if term.answer is Answer.NEE:
        return [("Toestemming", f"Nee, gevraagd op {day(term.on)}")]
    until = f", tot en met {day(term.until)}" if term.until else ""
    back = f", ingetrokken op {day(term.withdrawn)}" if term.withdrawn else ""
    found = [
        ("Toestemming", f"Ja, op {day(term.on)}{until}{back}"),
        ("Wat u doorgeeft", consent.content),
        ("Aan wie precies", consent.recipient),
    ]
    return [*found, ("In welke woorden", consent.words)] if consent.words else found
