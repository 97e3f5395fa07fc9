"""A melding opened from the case: what it is, what the employer owes when, and what can be done with it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain import melding_lists as lists
from vpdesk.domain.cases import Case
from vpdesk.domain.ids import MeldingId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.terms import Term, TermKind
from vpdesk.domain.wording import long_date
from vpdesk.operations import meldingen, taking_back
from vpdesk.operations.melding_words import how, lateness
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.drafts import Belongs
from vpdesk.ui.pages.case_dialogs import CaseForm, FormOfCase
from vpdesk.ui.pages.case_view import LookedAt, RemoveForm
from vpdesk.ui.pages.melding_dialog import MeldingDialog
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fact_lines import fill, grid
from vpdesk.ui.widgets.fields import Field
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_HEARD: Final = {
    TermKind.BEVESTIGING: ("Ontvangst bevestigd", "Bevestiging ontvangen op"),
    TermKind.TERUGKOPPELING: ("Teruggekoppeld", "Terugkoppeling ontvangen op"),
}


class HeardDialog(CaseForm):
    """The day on which the recipient was heard of."""

    topics = (Topic.MELDINGEN,)

    def __init__(self, context: Context, parent: QWidget, case: Case, melding: Melding, kind: TermKind) -> None:
        title, label = _HEARD[kind]
        super().__init__(context, parent, case, title, "Vastleggen")
        self.body.addWidget(Field(label, self.day))
        self.verb.clicked.connect(
            lambda: self.keep(partial(meldingen.heard, melding_id=melding.id, kind=kind, on=self.day.day))
        )
        self._before = melding
        self.goes_with = Belongs.MELDING.to(melding.id)
        self.day.setFocus()

    def _kept(self, result: object) -> None:
        super()._kept(result)
        before, context = self._before, self.context

        def undo() -> None:
            context.worker.run(
                lambda vault: meldingen.change_melding(vault, before, today=context.clock().date()),
                lambda _: context.changes.tell(Topic.MELDINGEN),
                context.failed,
            )

        context.message("Vastgelegd.", undo=undo)


class RemoveMeldingDialog(RemoveForm):
    """Asks once more before a melding goes."""

    topics = (Topic.MELDINGEN,)
    said = "De melding is weggehaald."

    def __init__(self, context: Context, parent: QWidget, case: Case, melding: Melding) -> None:
        text = (
            "De melding en wat ervoor klaarstond, gaan weg. Doe dit alleen bij een vergissing. Trok de persoon de "
            "melding in? Leg dan dat vast."
        )
        super().__init__(context, parent, case, "Melding weghalen", text)
        self._id = melding.id

    def remove(self, vault: "Vault") -> object:
        """Take the melding away with its messages."""
        return taking_back.take_away_melding(vault, melding_id=self._id)

    def put_back(self, vault: "Vault", gone: object) -> object:
        """Put both back."""
        if isinstance(gone, tuple):
            melding, messages = gone
            taking_back.put_back_melding(vault, melding=melding, messages=messages)
        return None


class MeldingView(LookedAt):
    """The melding as it stands; everything that is done with it goes by its own small form."""

    topics = (Topic.MELDINGEN,)

    def __init__(self, context: Context, parent: QWidget, case: Case, melding_id: MeldingId) -> None:
        super().__init__(context, parent, case, "Melding", "Wijzigen…")
        self.setMinimumWidth(520)
        self._id = melding_id
        self.melding: Melding | None = None
        self._lines = grid()
        self.terms = QVBoxLayout()
        self.terms.setSpacing(8)
        self._ways = Flow()
        self.ways: dict[str, Button] = {}
        held = QWidget()
        held.setLayout(self._ways)
        self.body.addLayout(self._lines)
        self.body.addLayout(self.terms)
        self.body.addWidget(held)
        self.body.addStretch(1)
        for key, words, do in (
            ("relay", "Berichten via u…", self.open_relay),
            ("confirmed", "Ontvangst bevestigd…", lambda: self._hear(TermKind.BEVESTIGING)),
            ("feedback", "Teruggekoppeld…", lambda: self._hear(TermKind.TERUGKOPPELING)),
            ("remove", "Weghalen…", lambda: self._open(RemoveMeldingDialog)),
        ):
            button = self.ways[key] = Button(words, size=28)
            button.hide()
            button.clicked.connect(lambda _=False, do=do: do())
            self._ways.addWidget(button)
        self.verb.clicked.connect(lambda: self._open(MeldingDialog))
        self.follow()

    def look(self) -> None:
        """Ask for the melding."""
        number = self._id
        self.context.worker.run(lambda vault: meldingen.get_melding(vault, number), self.show_melding, self.not_there)

    def show_melding(self, melding: Melding) -> None:
        """Show the melding as it stands now."""
        self.melding = melding
        fill(self._lines, _facts(melding))
        clear(self.terms)
        for term in melding.awaited:
            self.terms.addWidget(_term(term, self.context.clock().date()))
        waits = melding.lodged is not None and melding.withdrawn is None
        for key, shown in (
            ("relay", melding.relay),
            ("confirmed", waits and melding.confirmed is None),
            ("feedback", waits and melding.feedback is None),
            ("remove", True),
        ):
            self.ways[key].setVisible(shown)
        self.fit()

    def open_relay(self) -> None:
        """Show the messages that go through the advisor."""
        from vpdesk.ui.pages.relay_log import RelayLogDialog  # noqa: PLC0415 - loads what reads texts for reports

        RelayLogDialog(self.context, self, self.case, self._id).open()

    def _hear(self, kind: TermKind) -> None:
        if self.melding is not None:
            HeardDialog(self.context, self, self.case, self.melding, kind).open()

    def _open(self, dialog: Callable[[Context, QWidget, Case, Melding], FormOfCase]) -> None:
        if self.melding is not None:
            dialog(self.context, self, self.case, self.melding).open()


def _term(term: Term, today: date) -> Message:
    late = term.days_late(today) > 0
    said = f"{term.kind.value.capitalize()} uiterlijk {long_date(term.due)}, {lateness(term, today)}."
    return Message(said, "warning" if late else "info", start="Termijn werkgever.", icon="termijn")


def _facts(melding: Melding) -> list[tuple[str, str]]:
    found = [("Soort", melding.label), ("Hoe", how(melding) or "Nog niet vastgelegd")]
    if melding.reference:
        found.append(("Kenmerk", melding.reference))
    if melding.scheme_term is not None:
        found.append(("Termijn regeling", melding.scheme_term.said))
    found.append(("Gedaan", "Nog niet" if melding.lodged is None else f"Op {long_date(melding.lodged)}"))
    terms = {term.kind: term for term in melding.terms if term.met is not None}
    for label, day, kind in (
        ("Ontvangst bevestigd", melding.confirmed, TermKind.BEVESTIGING),
        ("Teruggekoppeld", melding.feedback, TermKind.TERUGKOPPELING),
    ):
        if day is not None:
            term = terms.get(kind)
            judged = "" if term is None else f", {lateness(term, day).lower()}"
            found.append((label, f"Op {long_date(day)}{judged}"))
    if melding.withdrawn is not None:
        found.append(("Ingetrokken", f"Op {long_date(melding.withdrawn)}"))
    if melding.outcome != "onbekend":
        found.append(("Uitkomst", lists.UITKOMST.label(melding.outcome)))
    if melding.terms and not melding.watched:
        found.append(("Termijnen", "Volgt u niet meer"))
    return found
