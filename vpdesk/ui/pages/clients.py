"""Organisaties: who appointed the advisor, what was agreed on, the parts of each, and what comes in by spreadsheet."""

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.cases import Client, Unit
from vpdesk.domain.ids import ClientId
from vpdesk.domain.rows import ClientRow
from vpdesk.operations import clients
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages.client_dialogs import THRESHOLD_HELP, ClientDialog, UnitDialog
from vpdesk.ui.pages.client_terms import TermsCard
from vpdesk.ui.pages.import_dialog import ImportDialog
from vpdesk.ui.pages.page import Page
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, EmptyState, Scroll
from vpdesk.ui.widgets.centred import Centred
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.lists import ListRow, TwoLineList

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_LIST: Final = 380
_LOW_LIST: Final = 116
_ROOM_FOR_BOTH: Final = 800
_ANY: Final = 16777215
IMPORTING: Final = "importeren"


class ClientsPage(Page):
    """The list of organisations, and the page of the chosen one beside it."""

    title = "Organisaties"
    topics = frozenset({Topic.CLIENTS, Topic.CASES})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._client: Client | None = None
        self._wanted: ClientId | None = None
        self.list = TwoLineList("Organisaties")
        self._build()
        self.list.chosen.connect(self._follow)
        self.list.opened.connect(lambda _: self.change.setFocus())
        self.new_button.clicked.connect(self.new_client)
        self.import_button.clicked.connect(self.import_sheet)
        self.first.clicked.connect(self.new_client)
        self.change.clicked.connect(self._change)
        self.add_unit.clicked.connect(self._add_unit)
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
        card = Card(flush=True)
        card.body.addWidget(self.list)
        self._both = QWidget()
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._list_card = card
        row.addWidget(card)
        scroll = Scroll(margins=(0, 0, 0, 0))
        scroll.body.addWidget(self._about())
        scroll.body.addWidget(self._parts())
        self.terms = TermsCard(self.context)
        scroll.body.addWidget(self.terms)
        scroll.body.addStretch(1)
        row.addWidget(scroll, 1)
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
        outer.addWidget(self._both, 1)
        outer.addWidget(self._empty, 1)

    def _about(self) -> Card:
        card = Card(" ")
        self._about_card = card
        self.change = Button("Wijzigen", QUIET, size=28)
        card.head.addWidget(self.change)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        card.body.addLayout(self._lines)
        card.body.addWidget(Rule())
        self.to_cases = Button("Casussen van deze organisatie", icon="casussen")
        self.to_report = Button("Jaarverslag", icon="rapport")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.to_cases)
        row.addWidget(self.to_report)
        row.addStretch(1)
        card.body.addSpacing(4)
        card.body.addLayout(row)
        return card

    def _parts(self) -> Card:
        card = Card("Onderdelen")
        self.add_unit = Button("Onderdeel toevoegen…", QUIET, size=28)
        card.head.addWidget(self.add_unit)
        self._units = QVBoxLayout()
        self._units.setSpacing(6)
        card.body.addLayout(self._units)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the organisation under the list where there is no room beside it."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(_ROOM_FOR_BOTH)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._list_card.setMinimumWidth(theme.px(_LIST) if beside else 0)
        self._list_card.setMaximumWidth(theme.px(_LIST) if beside else _ANY)
        self._list_card.setMaximumHeight(_ANY if beside else theme.px(_LOW_LIST))

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
        ImportDialog(self.context, self, self._client.name if self._client else "").open()

    def _made(self, client: Client) -> None:
        self._wanted = client.id
        self.list.choose(client.id)
        self.list.setFocus()

    def _show_list(self, rows: tuple[ClientRow, ...]) -> None:
        self._empty.setVisible(not rows)
        self._both.setVisible(bool(rows))
        self.import_button.setVisible(bool(rows))
        self.new_button.setVisible(bool(rows))
        if self._wanted is None and self._client is not None:
            self._wanted = self._client.id
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

        def asked(vault: "Vault") -> tuple[Client, tuple[Unit, ...]]:
            return clients.get_client(vault, client_id), clients.units(vault, client_id)

        self.context.worker.run(asked, self._show_client, self.context.failed)

    def _show_client(self, found: tuple[Client, tuple[Unit, ...]]) -> None:
        client, units = found
        if client.id != self.list.key:
            return
        self._client = client
        self.terms.show_client(client)
        self._about_card.title.setText(client.name)
        self._about_card.setAccessibleName(client.name)
        self.change.setAccessibleName(f"{client.name} wijzigen")
        clear(self._lines)
        self._line("Aanstelling", client.appointment.capitalize())
        self._line("Drempelwaarde", str(client.threshold), THRESHOLD_HELP)
        self._line("Verslagjaar begint in", wording.MONTHS[client.year_starts_in - 1].capitalize())
        self._line("Contact", client.contact or "nog niet ingevuld", known=bool(client.contact))
        self._line("Afspraken", client.agreements or "nog niet ingevuld", known=bool(client.agreements))
        clear(self._units)
        for unit in units:
            self._units.addLayout(self._unit(unit))
        if not units:
            self._units.addWidget(
                Label("Geen onderdelen. Zonder onderdelen zijn mensen minder snel te herkennen.", "body", "muted")
            )

    def _unit(self, unit: Unit) -> QHBoxLayout:
        rename = Button("Hernoemen…", QUIET, size=28)
        rename.setAccessibleName(f"{unit.name} hernoemen")
        rename.clicked.connect(lambda: self._rename_unit(unit))
        row = QHBoxLayout()
        row.addWidget(Label(unit.name, "body", wraps=True), 1)
        row.addWidget(rename)
        return row

    def _line(self, label: str, value: str, note: str = "", *, known: bool = True) -> None:
        self._lines.addWidget(Label(label, "small", "muted"))
        shown = Label(value, "body", "text" if known else "muted", wraps=True)
        self._lines.addWidget(shown)
        if note:
            self._lines.addWidget(Label(note, "small", "muted", wraps=True))
        self._lines.addSpacing(8)

    def _change(self) -> None:
        if self._client is not None:
            ClientDialog(self.context, self, lambda _: self.change.setFocus(), self._client).open()

    def _add_unit(self) -> None:
        if self._client is not None:
            UnitDialog(self.context, self, self._client).open()

    def _rename_unit(self, unit: Unit) -> None:
        if self._client is not None:
            UnitDialog(self.context, self, self._client, unit).open()

    def _to_cases(self) -> None:
        if self._client is not None:
            self.context.navigate(Place(PageName.CASUSSEN, client=self._client.id))

    def _to_report(self) -> None:
        if self._client is not None:
            self.context.navigate(Place(PageName.JAARVERSLAG, client=self._client.id))


def _row(row: ClientRow) -> ListRow:
    parts = f", {wording.counted(row.units, 'onderdeel', 'onderdelen')}" if row.units else ""
    return ListRow(
        row.id,
        row.name,
        f"{row.appointment.capitalize()}{parts}",
        "organisatie",
        right=f"{wording.number(row.open_cases)} open",
    )
