"""Trends: the years side by side for the advisor's own eyes, and as reports said them; nothing can be taken out."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.balance import Balance
from vpdesk.domain.clients import Client
from vpdesk.domain.hours import as_clock
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.worklog import BALANCED
from vpdesk.operations import clients
from vpdesk.operations.trends import Seen, Trends, trends
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models import report_periods
from vpdesk.ui.models.activity_table import COLOURS
from vpdesk.ui.pages.activity_cards import parts_of
from vpdesk.ui.pages.page import Page
from vpdesk.ui.widgets.bars import Legend, ShareBar
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.cards import Card, EmptyState, Scroll
from vpdesk.ui.widgets.centred import Centred
from vpdesk.ui.widgets.chips import FilterChip
from vpdesk.ui.widgets.fields import CheckBox
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.phase_chart import PhaseChart
from vpdesk.ui.widgets.year_chart import YearChart, YearPanels

OWN: Final = (
    "Alleen voor u. Deze getallen zijn niet beschermd en nergens nagerekend: laat ze niet zien en neem ze niet over. "
    "Wat naar buiten mag, staat in een verslag."
)
SAID: Final = (
    "Zo staat het in de verslagen die zijn uitgegeven, van elk jaar de laatste uitgave. Een streepje betekent dat het "
    "verslag dit niet noemt, of dat er over dat jaar geen verslag is."
)


class TrendsPage(Page):
    """The page; its organisation holds for every chart, its year for the phases and the balance."""

    title = "Trends"
    topics = frozenset({Topic.CASES, Topic.CONVERSATIONS, Topic.WORKLOG, Topic.CLIENTS, Topic.REPORTS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._clients: tuple[Client, ...] = ()
        self._wanted: ClientId | None = None
        self._found: Trends | None = None
        self.by_client, self.by_year = FilterChip(""), FilterChip("")
        self.by_client.setToolTip("Organisatie")
        self.by_year.setToolTip("Jaar van de fasen en de balans")
        self.switch = CheckBox("Wat zou naar buiten mogen")
        self.note = Message(OWN, "warning")
        self.line, self.panels = YearChart("Casussen per jaar"), YearPanels("Casussen per jaar naar thema")
        self.phases, self.bar = PhaseChart("Hoever het kwam"), ShareBar("Balans van de drie taken")
        self.legends = [Legend(group.value.capitalize(), COLOURS[group]) for group in BALANCED]
        self._build()
        self.switch.toggled.connect(self._show)
        self.by_client.chosen.connect(lambda _: self.refresh())
        self.by_year.chosen.connect(lambda _: self.refresh())

    def _build(self) -> None:
        head = Flow(gap=12)
        for widget in (Label(self.title, "page"), self.by_client, self.by_year):
            head.addWidget(widget)
        head.add_end(self.switch)
        self._line_card, self._line_none = _card(self.line, "Van deze jaren is er geen getal.")
        self._panels_card, self._panels_none = _card(self.panels, "")
        self._phases_card, self._phases_none = _card(self.phases, "")
        words = QWidget()
        row = Flow()
        for legend in self.legends:
            row.addWidget(legend)
        words.setLayout(row)
        self._balance = QWidget()
        balance = QVBoxLayout(self._balance)
        balance.setContentsMargins(0, 0, 0, 0)
        balance.addWidget(self.bar)
        balance.addWidget(words)
        self._balance.setAccessibleName("Balans van de drie taken")
        self._balance_card, self._balance_none = _card(self._balance, "")
        self._charts = QWidget()
        column = QVBoxLayout(self._charts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self.note, self._line_card, self._panels_card, self._phases_card, self._balance_card):
            column.addWidget(part)
        column.addStretch(1)
        self.to_clients = Button("Naar Organisaties", PRIMARY, size=36)
        self.to_clients.clicked.connect(lambda: self.context.navigate(Place(PageName.ORGANISATIES)))
        text = "Zodra er een organisatie is met casussen, ziet u hier wat verandert en wat blijft. Alleen u ziet dit."
        self._empty = Centred(EmptyState("trend", "Hier staan de jaren naast elkaar", text, [self.to_clients]))
        self._empty.hide()
        self._charts.hide()
        scroll = Scroll()
        scroll.body.addLayout(head)
        scroll.body.addWidget(self._charts, 1)
        scroll.body.addWidget(self._empty, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def open(self, place: Place) -> None:
        """Show the organisation that was asked for."""
        if place.client is not None and place.client != self.by_client.value:
            self._wanted = place.client
            self._stale = True

    def first_focus(self) -> QWidget | None:
        """Return the choice of an organisation, or the way to make one."""
        return self.by_client if self._clients else self.to_clients

    def refresh(self) -> None:
        """Ask for the organisations, then for the charts of the one that is chosen."""
        self.context.worker.run(clients.clients, self._offer, self.context.failed)

    def _offer(self, found: tuple[Client, ...]) -> None:
        self._clients = found
        for widget in (self.by_client, self.by_year, self.switch, self._charts):
            widget.setVisible(bool(found))
        self._empty.setVisible(not found)
        if not found:
            return
        known = [client.id for client in found]
        chosen = self._wanted or self.by_client.value
        self._wanted = None
        self.by_client.offer("", [(c.name, c.id) for c in found], chosen if chosen in known else known[0])
        year = self.by_year.value
        self.context.worker.run(
            partial(
                trends,
                client_id=ClientId(int(str(self.by_client.value))),
                today=self.context.clock().date(),
                year=year if isinstance(year, Period) else None,
            ),
            self._arrived,
            self.context.failed,
        )

    def _arrived(self, found: Trends) -> None:
        self._found = found
        today = self.context.clock().date()
        years = [(report_periods.label_on(span, today), span) for span in reversed(found.spans)]
        self.by_year.offer("", list(years), found.year)
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        out = self.switch.isChecked()
        seen = self._found.said if out else self._found.own
        self.note.show_text(SAID if out else self._own_note(), "info" if out else "warning")
        self._show_years(seen)
        year = report_periods.label(self._found.year)
        self._phases_card.title.setText(f"Hoever het kwam: {year}")
        self._balance_card.title.setText(f"Balans van de drie taken: {year}")
        self.phases.setVisible(seen.phases is not None)
        self._phases_none.setVisible(seen.phases is None)
        self._phases_none.setText(
            "Geen verslag noemt de fasen van dit jaar." if out else "Er is in dit jaar geen casus begonnen."
        )
        self.phases.show_flow(seen.phases)
        self._balance_none.setText(
            "Geen verslag noemt de uren van dit jaar." if out else "In dit jaar is aan de taken nog geen tijd besteed."
        )
        self._show_balance(seen.balance)

    def _own_note(self) -> str:
        running = self._found.spans[-1] if self._found is not None else None
        goes_on = running is not None and self.context.clock().date() <= running.last
        return f"{OWN} {report_periods.label(running)} loopt nog." if running is not None and goes_on else OWN

    def _show_years(self, seen: Seen) -> None:
        some = any(bar.value for bar in seen.years)
        self.line.setVisible(some)
        self._line_none.setVisible(not some)
        self.line.show_years(seen.years)
        self.panels.setVisible(bool(seen.panels))
        self._panels_none.setVisible(not seen.panels)
        self._panels_none.setText(
            "Geen verslag noemt een getal bij een thema." if self.switch.isChecked() else "Er is nog geen thema."
        )
        self.panels.show_panels(seen.panels)

    def _show_balance(self, balance: Balance | None) -> None:
        self._balance.setVisible(balance is not None)
        self._balance_none.setVisible(balance is None)
        if balance is None:
            self.bar.show_parts((), "")
            for legend in self.legends:
                legend.say("", "")
            return
        said = []
        for legend, (group, minutes), share in zip(self.legends, balance.parts, balance.shares, strict=True):
            legend.say(as_clock(minutes), f"{share} %")
            said.append(f"{group.value} {as_clock(minutes)}, {share} %")
        self.bar.show_parts(parts_of(balance), "; ".join(said))


def _card(chart: QWidget, none: str) -> tuple[Card, Label]:
    """Return a card under the name of its chart, and the sentence that stands there where there is nothing."""
    card = Card(chart.accessibleName())
    sentence = Label(none, "body", "muted", wraps=True)
    card.body.addWidget(chart)
    card.body.addWidget(sentence)
    return card, sentence
