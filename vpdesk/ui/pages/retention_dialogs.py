"""The forms about keeping: a case longer, a bewaarstop and its end, and the terms of an organisation."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain.clients import Client
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.ids import CaseId, GuidedId
from vpdesk.domain.reminders import add_months
from vpdesk.domain.retention import Going, Hold, HoldKind, Kind, Term, asks_why, proposed
from vpdesk.domain.wording import long_date
from vpdesk.operations import retention
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.drafts import Belongs
from vpdesk.ui.models.retention_words import HOLD_LABELS, KIND_HINTS, KIND_LABELS, going_words, hold_line, months
from vpdesk.ui.widgets.buttons import DANGER, PRIMARY
from vpdesk.ui.widgets.fields import ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.operations.retention import Held
    from vpdesk.operations.vaults import Vault

TOUCHED: Final = (Topic.CASES, Topic.REMINDERS, Topic.GUIDED)
_TERMS: Final = (1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60, 84, 120)
_HALF_A_YEAR: Final = 6
_HELD: Final = (
    "Zolang de bewaarstop er is, wordt niets van deze casus vernietigd, ook niet vanzelf: niet de casus, geen gesprek "
    "of werkaantekening en geen persoon. Wijzigt u iets, dan blijft bewaard wat er stond."
)
_HELD_RECORD: Final = "Zolang de bewaarstop er is, kan deze vastlegging niet worden vernietigd."


class KeepingForm(FormDialog):
    """A form whose verb is said at the foot of the window afterwards, with the way to undo it."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, title: str, verb: str, *, text: str) -> None:
        super().__init__(parent, title, verb, text=text)
        self.context = context
        self.setMinimumWidth(theme.px(520))

    def carry_out(
        self,
        operation: "Callable[[Vault], object]",
        said: str,
        undo: "Callable[[Vault, object], object] | None",
    ) -> None:
        """Run the operation; `undo` gets what it returned, and is None where nothing can be put back."""
        context = self.context

        def told() -> None:
            context.changes.tell(*TOUCHED, Topic.CLIENTS, Topic.CONVERSATIONS, Topic.ATTACHMENTS)

        def take_back(result: object, undo: "Callable[[Vault, object], object]") -> None:
            def undone(_nothing: object) -> None:
                told()
                context.message("Teruggezet.")

            context.worker.run(lambda vault: undo(vault, result), undone, context.failed)

        def done(result: object) -> None:
            told()
            self.accept()
            context.message(said, undo=None if undo is None else lambda: take_back(result, undo))

        context.worker.run(self.sending(operation), done, self.failed)


class KeepDialog(KeepingForm):
    """Keep a case, or a record that stands on none, until a later day, with the reason."""

    def __init__(
        self, context: Context, parent: QWidget, case: CaseId | None, code: str, guided: GuidedId | None = None
    ) -> None:
        what = "casus" if guided is None else "vastlegging"
        super().__init__(
            context,
            parent,
            f"Casus {code} langer bewaren" if guided is None else "Vastlegging langer bewaren",
            "Langer bewaren",
            text=f"Op die dag komt de {what} terug op de lijst. Bewaar niet langer dan nodig is.",
        )
        self.about, self.goes_with = case, Belongs.VASTLEGGING.to(guided or 0)
        self.case, self.guided, self._what = case, guided, what
        self.day = DateEdit(add_months(context.clock().date(), _HALF_A_YEAR), "Bewaren tot")
        self.reason = LineEdit(name="Waarom langer")
        self.body.addWidget(Field("Bewaren tot", self.day))
        self.body.addWidget(Field("Waarom", self.reason, hint="Kort en feitelijk, zonder namen."))
        self.reason.setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        case, guided, until, reason = self.case, self.guided, self.day.day, self.reason.text()
        today = self.context.clock().date()
        self.carry_out(
            lambda vault: retention.keep_longer(
                vault, case_id=case, guided_id=guided, until=until, reason=reason, today=today
            ),
            f"De {self._what} blijft bewaard tot {long_date(until)}.",
            lambda vault, _: retention.take_back_decision(vault, case_id=case, guided_id=guided),
        )


class HoldDialog(KeepingForm):
    """Put a bewaarstop on a case, or on a record that stands on none; those of before are told below."""

    def __init__(
        self, context: Context, parent: QWidget, case: CaseId | None, code: str, guided: GuidedId | None = None
    ) -> None:
        super().__init__(
            context,
            parent,
            f"Bewaarstop op casus {code}" if guided is None else "Bewaarstop op deze vastlegging",
            "Bewaarstop zetten",
            text=_HELD if guided is None else _HELD_RECORD,
        )
        self.about, self.goes_with = case, Belongs.VASTLEGGING.to(guided or 0)
        self.case, self.guided = case, guided
        self.kind = ComboBox("Vanwege")
        for kind in HoldKind:
            self.kind.addItem(HOLD_LABELS[kind], kind.value)
        self.day = DateEdit(context.clock().date(), "Sinds")
        self.reason = LineEdit(name="Reden van de bewaarstop")
        self.pair(Field("Vanwege", self.kind), Field("Sinds", self.day))
        self.body.addWidget(Field("Reden", self.reason, hint="Kort en feitelijk, zonder namen."))
        self.before = Label("", "small", "muted", wraps=True)
        self.before.hide()
        self.body.addWidget(self.before)
        self.reason.setFocus()
        self.verb.clicked.connect(self._place)
        context.worker.run(lambda vault: retention.held(vault, case, guided), self._tell, self.failed)

    def _tell(self, found: "Held") -> None:
        lines = [hold_line(hold) for hold in found.holds]
        lines += [
            f"Op {long_date(kept.decided)} besloten te bewaren tot {long_date(kept.until)}: {kept.reason}"
            for kept in found.decisions
        ]
        if lines:
            self.before.setText("\n".join(["Eerder:", *lines]))
            self.before.show()
            self.fit()

    def _place(self) -> None:
        case, guided, kind, since = self.case, self.guided, HoldKind(self.kind.currentData()), self.day.day
        reason = self.reason.text()
        self.carry_out(
            lambda vault: retention.place_hold(
                vault, case_id=case, guided_id=guided, kind=kind, since=since, reason=reason
            ),
            f"De bewaarstop staat. Van deze {'casus' if guided is None else 'vastlegging'} wordt niets vernietigd.",
            _take_back,
        )


class LiftDialog(KeepingForm):
    """Lift a bewaarstop, with the reason; it stays in the history, and what only it kept goes, after that was said."""

    def __init__(self, context: Context, parent: QWidget, hold: Hold) -> None:
        super().__init__(context, parent, "Bewaarstop opheffen", "Opheffen", text=hold_line(hold))
        self.about, self.goes_with = hold.case, Belongs.VASTLEGGING.to(hold.guided or 0)
        self.hold = hold
        self.going: Going | None = None
        self.goes = Message("", "warning")
        self.goes.hide()
        self.above_foot(self.goes)  # which never scrolls out of sight
        self.day = DateEdit(max(context.clock().date(), hold.since), "Opgeheven op")
        self.reason = LineEdit(name="Waarom de bewaarstop weg kan")
        self.body.addWidget(Field("Opgeheven op", self.day))
        self.body.addWidget(
            Field("Waarom kan dat", self.reason, hint="De bewaarstop en deze reden blijven bewaard staan.")
        )
        self.body.addStretch(1)
        self.reason.setFocus()
        self.verb.clicked.connect(self._lift)
        self._look()

    def failed(self, error: VpdeskError) -> None:
        """Say what could not be done, and look anew at what goes."""
        super().failed(error)
        self._look()

    def _look(self) -> None:
        """Ask what goes; until that is known, nothing can be lifted."""
        number = self.hold.id
        self.going = None
        self.verb.setEnabled(False)
        self.context.worker.run(lambda vault: retention.going_with(vault, number), self._tell, super().failed)

    def _tell(self, going: Going) -> None:
        self.going = going
        self.goes.setVisible(bool(going))
        if going:
            self.goes.show_text(
                "Alleen deze bewaarstop hield dat nog vast. Wat u ervan wilt houden, leest of exporteert u eerst.",
                "warning",
                start=f"Met de bewaarstop gaat voorgoed weg: {going_words(going)}.",
            )
            self.fit()
        self.verb.setText("Opheffen en vernietigen" if going else "Opheffen")
        self.verb.setAccessibleName(self.verb.text())
        self.verb.kind = DANGER if going else PRIMARY
        self.verb.updateGeometry()
        self.verb.setEnabled(True)

    def _lift(self) -> None:
        number, on, reason, going = self.hold.id, self.day.day, self.reason.text(), self.going
        if going is None:
            return
        gone = f" Vernietigd: {going_words(going)}. In reservekopieën van eerder staat dat nog." if going else ""
        self.carry_out(
            lambda vault: retention.lift_hold(vault, hold_id=number, on=on, reason=reason, going=going),
            f"De bewaarstop is opgeheven.{gone}",
            None if going else _take_back,
        )


def _take_back(vault: "Vault", hold: object) -> None:
    if isinstance(hold, Hold):
        retention.take_back_hold(vault, hold)


class TermsDialog(KeepingForm):
    """How long each kind is kept at an organisation; above two years a reason is asked for."""

    def __init__(self, context: Context, parent: QWidget, client: Client, terms: tuple[Term, ...]) -> None:
        super().__init__(
            context,
            parent,
            f"Bewaartermijnen van {client.name}",
            "Bewaren",
            text="De wet noemt geen termijn. vpdesk stelt er een voor; uw afspraken met de organisatie gaan voor.",
        )
        self.client, self.terms = client, terms
        self.choices: dict[Kind, ComboBox] = {}
        self.reasons: dict[Kind, LineEdit] = {}
        self._asked: dict[Kind, Field] = {}
        for term in terms:
            self._offer(term)
        self.body.addStretch(1)
        self.verb.clicked.connect(self._keep)

    def _offer(self, term: Term) -> None:
        label = KIND_LABELS[term.kind]
        choice = ComboBox(label)
        for number in sorted({*_TERMS, term.months}):
            own = " (voorstel)" if number == proposed(term.kind).months else ""
            choice.addItem(f"{months(number)}{own}", number)
        choice.choose(term.months)
        reason = LineEdit(term.reason, name=f"Waarom langer dan twee jaar: {label.lower()}")
        asked = Field("Waarom langer dan twee jaar", reason)
        self.choices[term.kind], self.reasons[term.kind], self._asked[term.kind] = choice, reason, asked
        self.body.addWidget(Field(label, choice, hint=f"{KIND_HINTS[term.kind]} Na afsluiten en na het verslag."))
        self.body.addWidget(asked)
        asked.setVisible(asks_why(term.kind, term.months))
        choice.currentIndexChanged.connect(lambda _: self._follow(term.kind))

    def _follow(self, kind: Kind) -> None:
        self._asked[kind].setVisible(asks_why(kind, int(self.choices[kind].currentData())))
        self.fit()

    def _keep(self) -> None:
        number, before = self.client.id, self.terms
        chosen = [(kind, int(choice.currentData())) for kind, choice in self.choices.items()]
        reasons = {kind: line.text().strip() for kind, line in self.reasons.items()}

        def keep(vault: "Vault") -> None:
            made = [Term(kind, many, reasons[kind] if asks_why(kind, many) else "") for kind, many in chosen]
            retention.save_terms(vault, client_id=number, terms=made)

        self.carry_out(
            keep,
            "De bewaartermijnen zijn bewaard.",
            lambda vault, _: retention.save_terms(vault, client_id=number, terms=before),
        )
