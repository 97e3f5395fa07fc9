"""The card *Regie bij de melder*: what the person wants, since when, and the steps with how consent stands."""

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain import taxonomy, wording
from vpdesk.domain.cases import Case
from vpdesk.domain.consent import ConsentState
from vpdesk.domain.ids import CaseId
from vpdesk.domain.steps import StepKind, StepRow, StepState, asks_consent
from vpdesk.domain.wishes import Wish
from vpdesk.operations import steps
from vpdesk.operations.steps import Regie
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.pages.case_dialogs import CaseForm
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.fields import ComboBox, Field, LineEdit
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.lists import ListRow, TwoLineList

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_MOST_STEPS: Final = 5
_MOST_WISHES: Final = 2
_SIGNS: Final = {
    ConsentState.NIET_NODIG: ("regie", "muted"),
    ConsentState.NOG_VRAGEN: ("vraag", "warning"),
    ConsentState.GEGEVEN: ("vink", "ok"),
    ConsentState.GEWEIGERD: ("kruis", "muted"),
    ConsentState.INGETROKKEN: ("let_op", "warning"),
    ConsentState.VERLOPEN: ("let_op", "warning"),
    ConsentState.ZONDER: ("let_op", "warning"),
}


class _Wish(QWidget):
    """The wish of the person beside an accent bar."""

    def __init__(self) -> None:
        super().__init__()
        self.when = Label("", "small", "muted", wraps=True)
        self.words = Label("", wraps=True)
        self.before = Label("", "small", "muted", wraps=True)
        column = QVBoxLayout(self)
        column.setSpacing(2)
        column.setContentsMargins(13, 2, 0, 2)
        for label in (self.when, self.words, self.before):
            column.addWidget(label)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        del event
        QPainter(self).fillRect(0, 0, 3, self.height(), theme.colour("accent"))


class RegieCard(Card):
    """Asks for its own data when shown a case and when something of it changes; `opened(StepId)` on Enter."""

    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__("Regie bij de melder")
        self._context = context
        self._case: Case | None = None
        self._wishes: tuple[Wish, ...] = ()
        self._wish = _Wish()
        self.change_wish = Button("Wijzigen", QUIET, size=28, name="Wens van de persoon wijzigen")
        self.change_wish.setText("Wijzigen")
        self.head.addWidget(self.change_wish)
        self.list = TwoLineList("Stappen van de persoon", grows=True)
        self.more = Label("", "small", "muted", wraps=True)
        self.body.addWidget(self._wish)
        self.body.addWidget(self.list)
        self.body.addWidget(self.more)
        self.list.hide()
        self.more.hide()
        self.list.opened.connect(self.opened)
        self.change_wish.clicked.connect(self.ask_wish)
        context.changes.changed.connect(self._changed)

    def show_case(self, case: Case | None) -> None:
        """Show a case, or nothing of any."""
        self._case = case
        if case is None:
            self._take(Regie((), ()))
        else:
            self._ask(case.id)

    def ask_wish(self) -> None:
        """Ask what the person wants now."""
        if self._case is not None:
            WishDialog(self._context, self.window(), self._case, self._wishes).open()

    def _changed(self, topics: frozenset[Topic]) -> None:
        if Topic.STEPS in topics and self._case is not None and self.isVisible():
            self._ask(self._case.id)

    def _ask(self, number: CaseId) -> None:
        def show(found: Regie) -> None:
            if self._case is not None and self._case.id == number:
                self._take(found)

        self._context.worker.run(lambda vault: steps.regie(vault, number), show, self._context.failed)

    def _take(self, found: Regie) -> None:
        today = self._context.clock().date()
        self._wishes = found.wishes
        self._show_wish(today)
        latest = sorted(found.steps, key=_in_order)
        self.list.show_rows([_row(step, today) for step in latest[:_MOST_STEPS]])
        self.list.setVisible(bool(latest))
        self.more.setText(f"Alle {wording.counted(len(latest), 'stap', 'stappen')} staan in de tijdlijn.")
        self.more.setVisible(len(latest) > _MOST_STEPS)

    def _show_wish(self, today: date) -> None:
        wishes = self._wishes
        now = wishes[-1] if wishes else None
        when = "" if now is None else f", {day_short(now.on, today)}"
        self._wish.when.setText(f"Wat de persoon wil{when}")
        self._wish.words.setText("Nog niet vastgelegd" if now is None else _said(now))
        self._wish.words.set_ink("muted" if now is None else "text")
        before = [f"{_said(wish)} ({day_short(wish.on, today)})" for wish in wishes[-2::-1][:_MOST_WISHES]]
        self._wish.before.setText(f"Eerder: {'; '.join(before)}")
        self._wish.before.setVisible(bool(before))


def _in_order(step: StepRow) -> tuple[bool, bool, int, int]:
    """Put what still waits first, of that what asks consent, and then the newest."""
    waits = step.state is StepState.OPEN
    asks = asks_consent(step.kind, actor=step.actor, manner=step.manner)
    return not waits, not (waits and asks), -step.chosen.toordinal(), -step.id


def _said(wish: Wish) -> str:
    known = wish.code != taxonomy.UNKNOWN.code
    label = taxonomy.WENS.label(wish.code) if known else ""
    words = f"‘{wish.words}’" if wish.words else ""
    return ": ".join(part for part in (label, words) if part)


def _row(step: StepRow, today: date) -> ListRow:
    state = step.consent_state(today)
    icon, ink = _SIGNS[state]
    if state is ConsentState.NIET_NODIG and step.kind is StepKind.VERWIJZING:
        icon = "doorverwijzen"
    return ListRow(step.id, step.label, _consent(step, state, today), icon, ink)


def _consent(step: StepRow, state: ConsentState, today: date) -> str:
    """Return how a step stands in the few words that a narrow card has room for."""
    if state is ConsentState.NIET_NODIG:
        done = {StepState.OPEN: "gekozen", StepState.GEZET: "gezet", StepState.VERVALLEN: "gaat niet door"}[step.state]
        return f"{done}, {day_short(step.settled or step.chosen, today)}"
    if state is ConsentState.ZONDER or step.term is None:
        return state.value if state is ConsentState.ZONDER else "toestemming nog vragen"
    day = step.term.withdrawn if state is ConsentState.INGETROKKEN else step.term.on
    words = {
        ConsentState.GEGEVEN: "toestemming: ja",
        ConsentState.GEWEIGERD: "toestemming: nee",
        ConsentState.INGETROKKEN: "ingetrokken",
        ConsentState.VERLOPEN: "toestemming afgelopen",
    }[state]
    day = step.term.until if state is ConsentState.VERLOPEN else day
    return words if day is None else f"{words}, {day_short(day, today)}"


class WishDialog(CaseForm):
    """What the person wants, with the day on which it was said; what was said before stays."""

    topics = (Topic.CASES, Topic.STEPS)

    def __init__(self, context: Context, parent: QWidget, case: Case, wishes: tuple[Wish, ...] = ()) -> None:
        super().__init__(
            context,
            parent,
            case,
            "Wat wil de persoon?",
            "Bewaren",
            text="De persoon houdt de regie. Een wens mag veranderen; wat eerder gezegd is, blijft staan.",
        )
        self.wish = ComboBox.of_codes(taxonomy.WENS, case.wens)
        self.words = LineEdit(name="In eigen woorden")
        self.pair(Field("Wens van de persoon", self.wish), Field("Gezegd op", self.day))
        self.body.addWidget(Field("In eigen woorden, mag leeg", self.words))
        if wishes:
            before = "\n".join(f"{wording.long_date(wish.on)}: {_said(wish)}" for wish in reversed(wishes))
            self.body.addWidget(Label("Eerder gezegd", "label"))
            self.body.addWidget(Label(before, "body", "muted", wraps=True))
        self.wish.setFocus()
        self.verb.clicked.connect(self._keep_wish)

    def _keep_wish(self) -> None:
        number, code, on, words = self.case.id, self.wish.currentData(), self.day.day, self.words.text().strip()

        def operation(vault: "Vault") -> None:
            steps.say_wish(vault, case_id=number, wish=Wish(code, on, words))

        self.keep(operation)

    def _kept(self, result: object) -> None:
        super()._kept(result)
        number, context = self.case.id, self.context

        def take_back() -> None:
            context.worker.run(
                lambda vault: steps.take_back_wish(vault, case_id=number),
                lambda _: context.changes.tell(Topic.CASES, Topic.STEPS),
                context.failed,
            )

        context.message("De wens van de persoon is vastgelegd.", undo=take_back)
