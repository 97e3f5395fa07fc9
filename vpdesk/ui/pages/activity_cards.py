"""The cards around the log: the balance of three tasks, hours for each organisation, and what became of advice."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.balance import Balance
from vpdesk.domain.hours import as_clock
from vpdesk.domain.worklog import BALANCED, TASKS, Activity, FollowUpState
from vpdesk.operations.worklog import ClientTime, WorkOverview
from vpdesk.ui.context import Context
from vpdesk.ui.models.activity_table import COLOURS
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.widgets.bars import BarRow, BarRows, Legend, Part, ShareBar
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.lists import ListRow, TwoLineList
from vpdesk.ui.widgets.messages import Message

LEAVING: Final = "Gaan uren de deur uit, bijvoorbeeld op een factuur? Dan tellen ze mee als een gepubliceerd getal."
MOST_ADVICE: Final = 4
MOST_ORGANISATIONS: Final = 8
_SIGNS: Final = {
    FollowUpState.OPEN: ("vraag", "muted"),
    FollowUpState.BUSY: ("termijn", "accent"),
    FollowUpState.DONE: ("vink", "ok"),
    FollowUpState.PARTLY: ("vink", "muted"),
    FollowUpState.NOT_DONE: ("kruis", "warning"),
}
_ASKED: Final = {"signaal": "signaal", "gevraagd advies": "gevraagd", "ongevraagd advies": "ongevraagd"}


def parts_of(balance: Balance) -> tuple[Part, ...]:
    """Return the three tasks as parts of a bar."""
    return tuple(Part(minutes, COLOURS[group]) for group, minutes in balance.parts)


class BalanceCard(Card):
    """One bar for the whole period, a sentence only where the balance is lost, and a bar for each quarter."""

    def __init__(self) -> None:
        super().__init__("Balans van de drie taken")
        self._total = Label("", "small", "muted")
        self.head.addWidget(self._total)
        self.bar = ShareBar("Balans van de drie taken")
        self.legends = [Legend(group.value.capitalize(), COLOURS[group]) for group in BALANCED]
        row = Flow()
        for legend in self.legends:
            row.addWidget(legend)
        self._words = QWidget()
        self._words.setLayout(row)
        self.advice = Message("")
        self._none = Label("In deze periode is aan de drie taken nog geen tijd besteed.", "body", "muted", wraps=True)
        self._under = QWidget()
        under = QVBoxLayout(self._under)
        under.setContentsMargins(0, 4, 0, 0)
        under.setSpacing(8)
        self.quarters = BarRows("Per kwartaal")
        under.addWidget(Rule())
        under.addWidget(self.quarters)
        for part in (self.bar, self._words, self._none, self.advice, self._under):
            self.body.addWidget(part)

    def show_balance(self, overview: WorkOverview) -> None:
        """Show what was found."""
        balance = overview.balance
        some = bool(balance.total)
        self._total.setText(f"{as_clock(balance.total)} uur" if some else "")
        for part in (self.bar, self._words):
            part.setVisible(some)
        self._none.setVisible(not some)
        said = []
        for legend, (group, minutes), share in zip(self.legends, balance.parts, balance.shares, strict=True):
            legend.say(as_clock(minutes), f"{share} %")
            said.append(f"{group.value} {as_clock(minutes)}, {share} %")
        self.bar.show_parts(parts_of(balance), "; ".join(said))
        self.advice.setVisible(bool(balance.advice))
        if balance.advice and self.advice.accessibleName() != balance.advice:
            self.advice.show_text(balance.advice)
        self._under.setVisible(len(overview.quarters) > 1)
        self.quarters.show_rows(
            [
                BarRow(f"{number}e kwartaal", parts_of(of_quarter), as_clock(of_quarter.total))
                for number, of_quarter in overview.quarters
            ]
        )


class TimesCard(Card):
    """Hours for each organisation, those with the most unless all are asked for, and the way to an invoice."""

    def __init__(self) -> None:
        super().__init__("Uren per organisatie")
        self._times: tuple[ClientTime, ...] = ()
        self._all = False
        self.more = Button("Alle tonen", QUIET, size=28)
        self.more.clicked.connect(self._turn)
        self.bars = BarRows("Uren per organisatie", row_height=32, thick=9, beside=False)
        self._none = Label("Nog geen uren in deze periode.", "body", "muted", wraps=True)
        self.invoice = Button("Uren voor een factuur…", QUIET, size=28)
        self.body.addWidget(self.bars)
        self.body.addWidget(self._none)
        self.body.addWidget(self.more)
        self.body.addWidget(Label(LEAVING, "small", "muted", wraps=True))
        self.body.addWidget(self.invoice)

    def show_times(self, times: Sequence[ClientTime]) -> None:
        """Show what was found; where there are many, those with the most hours in the order in which they came."""
        self._times = tuple(times)
        most = sorted(times, key=lambda time: -time.minutes)[:MOST_ORGANISATIONS]
        many = len(times) > MOST_ORGANISATIONS
        self.more.setVisible(many)
        self.more.setText("Alleen de meeste uren tonen" if self._all else f"Alle {len(times)} tonen")
        self.more.setAccessibleName(f"Uren per organisatie: {self.more.text().lower()}")
        self.bars.setVisible(bool(times))
        self._none.setVisible(not times)
        self.bars.show_rows(
            [
                BarRow(time.name or "Geen organisatie", (Part(time.minutes, _colour(time)),), as_clock(time.minutes))
                for time in times
                if self._all or time in most
            ]
        )

    def _turn(self) -> None:
        self._all = not self._all
        self.show_times(self._times)


def _colour(time: ClientTime) -> str:
    return "chart_1" if time.name else "sunken"


class AdviceCard(Card):
    """Signals and advice, the latest first, with what was done with them; `wanted(Activity)` to write that down."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Advies en opvolging", flush=True)
        self.list = TwoLineList("Advies en opvolging", grows=True)
        self._found: tuple[Activity, ...] = ()
        self._all = False
        self._none = Label(
            "Leg een signaal of advies vast. Hier schrijft u op wat ermee is gedaan.", "body", "muted", wraps=True
        )
        self._none.setContentsMargins(16, 0, 16, 4)
        self.more = Button("Alle tonen", QUIET, size=28)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(15, 0, 15, 0)
        foot.addWidget(self.more)
        self.body.setContentsMargins(0, 0, 0, 8)
        self.body.addWidget(self.list)
        self.body.addWidget(self._none)
        self.body.addWidget(self._foot)
        self.list.opened.connect(self._open)
        self.more.clicked.connect(self._turn)

    def show_advice(self, found: Sequence[Activity], context: Context) -> None:
        """Show what was found; a few unless the user asked for all."""
        self._found = tuple(found)
        today = context.clock().date()
        shown = self._found if self._all else self._found[:MOST_ADVICE]
        self.list.show_rows([_advice_row(item, today) for item in shown])
        self.list.setVisible(bool(shown))
        self._none.setVisible(not shown)
        self._foot.setVisible(len(self._found) > MOST_ADVICE)
        self.more.setText("Alleen de laatste tonen" if self._all else f"Alle {len(self._found)} tonen")
        self.more.setAccessibleName(self.more.text())
        self._context = context

    def _turn(self) -> None:
        self._all = not self._all
        self.show_advice(self._found, self._context)

    def _open(self, key: object) -> None:
        found = next((item for item in self._found if item.id == key), None)
        if found is not None:
            self.wanted.emit(found)


def _advice_row(item: Activity, today: date) -> ListRow:
    """Return how it stands and since when, then what it was and of which day, since that is what may be cut."""
    heard = item.follow_up
    state = FollowUpState.OPEN if heard is None else heard.state
    since = "" if heard is None else f", {day_short(heard.on, today)}"
    icon, ink = _SIGNS[state]
    return ListRow(
        item.id,
        item.title or TASKS.label(item.task),
        f"{state.value.capitalize()}{since} · {_ASKED[item.task]}, {day_short(item.on, today)}",
        icon,
        ink,
    )
