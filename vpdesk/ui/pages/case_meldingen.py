"""The card *Melding*: what was reported, what the employer owes when, and detriment; there from the meldingsfase on."""

from datetime import date
from typing import Final

from vpdesk.domain import melding_lists as lists
from vpdesk.domain.cases import Case
from vpdesk.domain.detriments import Detriment
from vpdesk.domain.ids import DetrimentId, MeldingId, RelayId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.phases import Phase
from vpdesk.domain.terms import TITLE, Term, TermKind
from vpdesk.operations.melding_words import lateness
from vpdesk.operations.meldingen import Aftermath
from vpdesk.ui.context import Context
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.lists import ListRow, TwoLineList

_SHORT: Final = {lists.OWN_SCHEME: "Integriteitsmelding", lists.COMPLAINT: "Klacht"}
_SHORT_TERM: Final = {TermKind.BEVESTIGING: "bevestiging"}


class MeldingCard(Card):
    """Shows what the page found; Enter on a row opens it."""

    def __init__(self, context: Context) -> None:
        super().__init__("Melding")
        self._context = context
        self._case: Case | None = None
        self.relayed: MeldingId | None = None
        """The melding last recorded about which all contact goes through the advisor, None where there is none."""
        self.add = Button("Vastleggen", QUIET, size=28, name="Melding vastleggen")
        self.add.setText("Vastleggen")
        self.head.addWidget(self.add)
        self.list = TwoLineList("Meldingen, termijnen en benadeling", grows=True)
        self.empty = Label("Leg vast wat, aan wie en wanneer er is gemeld.", "body", "muted", wraps=True)
        self.body.addWidget(self.list)
        self.body.addWidget(self.empty)
        self.add.clicked.connect(self.record_melding)
        self.list.opened.connect(self._open)
        self.hide()

    def show_case(self, case: Case | None, found: Aftermath | None = None) -> None:
        """Show a case, or nothing of any."""
        self._case = case
        through = [] if found is None else [melding.id for melding in found.meldingen if melding.relay]
        self.relayed = max(through, default=None)
        rows = () if case is None or found is None else _rows(found, self._context.clock().date())
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        reached = case is not None and any(move.to in {Phase.MELDINGSFASE, Phase.NAFASE} for move in case.moves)
        self.setVisible(bool(rows) or reached)

    def record_melding(self) -> None:
        """Ask what is reported."""
        if self._case is not None:
            from vpdesk.ui.pages.melding_dialog import MeldingDialog  # noqa: PLC0415 - loaded when used

            MeldingDialog(self._context, self.window(), self._case).open()

    def record_detriment(self) -> None:
        """Ask about detriment, in a closed case too."""
        if self._case is not None:
            from vpdesk.ui.pages.detriment_dialogs import DetrimentDialog  # noqa: PLC0415 - loaded when used

            DetrimentDialog(self._context, self.window(), self._case).open()

    def end_aftercare(self) -> None:
        """Ask why the person wants no more aftercare."""
        if self._case is not None:
            from vpdesk.ui.pages.aftercare_dialogs import EndAftercareDialog  # noqa: PLC0415 - loaded when used

            EndAftercareDialog(self._context, self.window(), self._case).open()

    def open_melding(self, number: MeldingId) -> None:
        """Show a melding."""
        if self._case is not None:
            from vpdesk.ui.pages.melding_view import MeldingView  # noqa: PLC0415 - loaded when used

            MeldingView(self._context, self.window(), self._case, number).open()

    def open_relay(self) -> None:
        """Show the messages that go through the advisor, if there is such a melding."""
        if self.relayed is not None:
            self.open_message(self.relayed, None)

    def open_message(self, melding: MeldingId, number: RelayId | None) -> None:
        """Show the messages about a melding, at one of them."""
        if self._case is not None:
            from vpdesk.ui.pages.relay_log import RelayLogDialog  # noqa: PLC0415 - loaded when used

            RelayLogDialog(self._context, self.window(), self._case, melding, at=number).open()

    def open_detriment(self, number: DetrimentId) -> None:
        """Show detriment."""
        if self._case is not None:
            from vpdesk.ui.pages.detriment_dialogs import DetrimentView  # noqa: PLC0415 - loaded when used

            DetrimentView(self._context, self.window(), self._case, number).open()

    def _open(self, key: tuple[str, int, str]) -> None:
        if key[0] == "melding":
            self.open_melding(MeldingId(key[1]))
        else:
            self.open_detriment(DetrimentId(key[1]))


def _rows(found: Aftermath, today: date) -> list[ListRow]:
    rows = []
    for melding in found.meldingen:
        rows.append(_melding(melding, today))
        rows += [_term(melding, term, today) for term in melding.awaited]
    return [*rows, *(_detriment(detriment, today) for detriment in found.detriments)]


def _melding(melding: Melding, today: date) -> ListRow:
    stands = "nog niet gedaan" if melding.lodged is None else day_short(melding.lodged, today)
    if melding.withdrawn is not None:
        stands = f"ingetrokken, {day_short(melding.withdrawn, today)}"
    elif melding.feedback is not None:
        stands = f"teruggekoppeld, {day_short(melding.feedback, today)}"
    title = _SHORT.get(melding.kind, melding.label)
    return ListRow(("melding", melding.id, ""), title, stands, "relay" if melding.relay else "vlag")


def _term(melding: Melding, term: Term, today: date) -> ListRow:
    late = term.days_late(today) > 0
    stands = lateness(term, today) if late else f"tot {day_short(term.due, today)}"
    told = f"{stands}: {_SHORT_TERM.get(term.kind, term.kind.value)}"
    return ListRow(("melding", melding.id, term.kind.value), TITLE, told, "termijn", "warning" if late else "muted")


def _detriment(detriment: Detriment, today: date) -> ListRow:
    told = f"sinds {day_short(detriment.since, today)}: {detriment.label.lower()}"
    return ListRow(("benadeling", detriment.id, ""), "Benadeling", told, "let_op", "warning")
