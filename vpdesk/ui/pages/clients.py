"""Organisaties: who appointed the advisor, what was agreed on, the parts of each, and what comes in by spreadsheet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.checklists import CheckedItem, ItemState
from vpdesk.domain.clients import Client
from vpdesk.domain.ids import ClientId
from vpdesk.domain.rows import CaseFilter, ClientRow
from vpdesk.operations import cases, clients
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages.client_agreed import AgreementsDialog, AppointmentDialog, RulesDialog
from vpdesk.ui.pages.client_cards import AgreedCard, AppointmentCard, ItemsCard, RulesCard
from vpdesk.ui.pages.client_dialogs import STATISTICS_LABELS, THRESHOLD_HELP, ClientDialog
from vpdesk.ui.pages.client_terms import TermsCard
from vpdesk.ui.pages.import_dialog import ImportDialog
from vpdesk.ui.pages.page import Page
from vpdesk.ui.pages.unit_cards import Units, UnitsCard, units_of
from vpdesk.ui.widgets.beside import Beside, FactLines
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, EmptyState
from vpdesk.ui.widgets.centred import Centred
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.lists import ListRow, TwoLineList

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

IMPORTING: Final = "importeren"


@dataclass(frozen=True, slots=True)
class _Shown:
    """Everything that the page shows of one organisation; `whole` is what it is part of."""

    client: Client
    whole: str
    units: Units
    items: tuple[CheckedItem, ...]
    running: int


class ClientsPage(Page):
    """The list of organisations, and the page of the chosen one beside it."""

    title = "Organisaties"
    topics = frozenset({Topic.CLIENTS, Topic.CASES})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.client: Client | None = None
        self._wanted: ClientId | None = None
        self.list = TwoLineList("Organisaties")
        self._build()
        self.list.chosen.connect(self._follow)
        self.list.opened.connect(lambda _: self.change.setFocus())
        self.new_button.clicked.connect(self.new_client)
        self.import_button.clicked.connect(self.import_sheet)
        self.first.clicked.connect(self.new_client)
        self.change.clicked.connect(self._change)
        self.add_unit = self.units.add
        self.to_cases.clicked.connect(self._to_cases)
        self.to_report.clicked.connect(self._to_report)
        context.actions.new_client.triggered.connect(self._new_from_menu)

    def _build(self) -> None:
        self.import_button = Button("Importeren…", icon="importeren")
        self.directory = Button.of(self.context.actions.directory)
        self.new_button = Button("Nieuwe organisatie", PRIMARY, icon="plus")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Label(self.title, "page"))
        head.addStretch(1)
        head.addWidget(self.directory)
        head.addWidget(self.import_button)
        head.addWidget(self.new_button)
        self.appointment = AppointmentCard(lambda: self._open(AppointmentDialog), self._to_cases)
        self.agreed = AgreedCard(lambda: self._open(AgreementsDialog))
        self.rules = RulesCard(lambda: self._open(RulesDialog), self.context.message)
        self.items = ItemsCard(self._check)
        self.units = UnitsCard(self.context)
        self.terms = TermsCard(self.context)
        self.beside = Beside(
            self.list,
            self._about(),
            self.appointment,
            self.agreed,
            self.units,
            self.terms,
            self.items,
            self.rules,
        )
        self.first = Button("Eerste organisatie toevoegen", PRIMARY, icon="plus", size=36)
        self._empty = Centred(
            EmptyState(
                "organisatie",
                "Hier komen uw organisaties",
                "Een organisatie heeft u aangesteld als vertrouwenspersoon. Bent u intern, dan is dat er een. "
                "Elke organisatie krijgt haar eigen jaarverslag.",
                [self.first],
            )
        )
        self._empty.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addLayout(head)
        outer.addWidget(self.beside, 1)
        outer.addWidget(self._empty, 1)

    def _about(self) -> Card:
        card = Card(" ")
        self._about_card = card
        self.change = Button("Wijzigen", QUIET, size=28)
        card.head.addWidget(self.change)
        card.title.setWordWrap(True)
        card.head.setStretch(0, 1)
        self._lines = FactLines()
        card.body.addLayout(self._lines)
        card.body.addWidget(Rule())
        self.to_cases = Button("Casussen van deze organisatie", icon="casussen")
        self.to_report = Button("Jaarverslag", icon="rapport")
        row = Flow(12)
        row.addWidget(self.to_cases)
        row.addWidget(self.to_report)
        ways = QWidget()
        ways.setLayout(row)
        card.body.addSpacing(4)
        card.body.addWidget(ways)
        return card

    def open(self, place: Place) -> None:
        """Show an organisation, or begin an import."""
        if place.client is not None:
            self._wanted = place.client
            self.list.choose(place.client)
        if place.text == IMPORTING:
            self.import_sheet()

    def first_focus(self) -> QWidget | None:
        """Return the list, or the first step where there is none."""
        return self.first if self._empty.isVisible() else self.list

    def refresh(self) -> None:
        """Ask for the list; the chosen organisation follows from it."""
        self.context.worker.run(clients.client_rows, self._show_list, self.context.failed)

    def new_client(self) -> None:
        """Add an organisation."""
        ClientDialog(self.context, self, self._made).open()

    def _new_from_menu(self) -> None:
        if self.isVisible():
            self.new_client()

    def import_sheet(self) -> None:
        """Take in a spreadsheet of registrations."""
        ImportDialog(self.context, self, self.client.name if self.client else "").open()

    def _made(self, client: Client) -> None:
        self._wanted = client.id
        self.list.choose(client.id)
        self.list.setFocus()

    def _show_list(self, rows: tuple[ClientRow, ...]) -> None:
        self._empty.setVisible(not rows)
        self.beside.setVisible(bool(rows))
        self.import_button.setVisible(bool(rows))
        self.new_button.setVisible(bool(rows))
        if self._wanted is None and self.client is not None:
            self._wanted = self.client.id
        self.list.show_rows([_row(row) for row in rows])
        self.list.choose(self._wanted)
        self._wanted = None
        if self.list.key is None and rows:
            self.list.choose(rows[0].id)
        self._follow(self.list.key)

    def _follow(self, key: object) -> None:
        number = key
        if not isinstance(number, int):
            return
        client_id = ClientId(number)

        def asked(vault: "Vault") -> _Shown:
            client = clients.get_client(vault, client_id)
            whole = None if client.part_of is None else clients.get_client(vault, client.part_of)
            return _Shown(
                client,
                "" if whole is None else whole.name,
                units_of(vault, client),
                clients.agreements(vault, client_id),
                cases.count_cases(vault, CaseFilter(client=client_id, open_only=True)),
            )

        self.context.worker.run(asked, self._show_client, self.context.failed)

    def _show_client(self, shown: "_Shown") -> None:
        client, today = shown.client, self.context.clock().date()
        if client.id != self.list.key:
            return
        self.client = client
        self.terms.show_client(client)
        self._about_card.title.setText(client.name)
        self._about_card.setAccessibleName(client.name)
        self.change.setAccessibleName(f"{client.name} wijzigen")
        lines = self._lines
        lines.clear()
        lines.say("Soort aanstelling", client.appointment.capitalize())
        lines.say("Contact", client.contact)
        lines.say("Drempelwaarde", str(client.threshold), THRESHOLD_HELP)
        lines.say("Verslagjaar begint in", wording.MONTHS[client.year_starts_in - 1].capitalize())
        lines.say("Onderdeel van", shown.whole or "Geen andere organisatie")
        on = [STATISTICS_LABELS[code] for code in client.statistics]
        lines.say("Ook in het verslag", wording.joined(on) or "Niets extra")
        lines.say("Overige afspraken", client.agreements)
        self.appointment.show_client(client, today, shown.running)
        self.agreed.show_client(client)
        self.rules.show_client(client)
        self.items.show_items(shown.items, today)
        self.units.show_units(client, shown.units)

    def _check(self, code: str, state: ItemState) -> None:
        if self.client is None:
            return
        number, on = self.client.id, self.context.clock().date()
        self.context.worker.run(
            lambda vault: clients.check_agreement(vault, client_id=number, code=code, state=state, on=on),
            lambda _: self._follow(number),
            self.context.failed,
        )

    def _open(self, dialog: "type[AppointmentDialog | AgreementsDialog | RulesDialog]") -> None:
        if self.client is not None:
            buttons = {AppointmentDialog: self.appointment, AgreementsDialog: self.agreed, RulesDialog: self.rules}
            dialog(self.context, self, self.client, buttons[dialog].change.setFocus).open()

    def _change(self) -> None:
        if self.client is not None:
            ClientDialog(self.context, self, lambda _: self.change.setFocus(), self.client).open()

    def _to_cases(self) -> None:
        if self.client is not None:
            self.context.navigate(Place(PageName.CASUSSEN, client=self.client.id))

    def _to_report(self) -> None:
        if self.client is not None:
            self.context.navigate(Place(PageName.JAARVERSLAG, client=self.client.id))


def _row(row: ClientRow) -> ListRow:
    parts = f", {wording.counted(row.units, 'onderdeel', 'onderdelen')}" if row.units else ""
    return ListRow(
        row.id,
        row.name,
        f"{row.appointment.capitalize()}{parts}",
        "organisatie",
        right=f"{wording.number(row.open_cases)} open",
    )
