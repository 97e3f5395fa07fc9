"""Casussen: the dense list with its filters, and the pane that follows the choice."""

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from vpdesk.domain import taxonomy, wording
from vpdesk.domain.clients import Client
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import CaseFilter, CaseRow
from vpdesk.operations import cases, clients
from vpdesk.operations.cases import CasePage
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models.case_table import case_columns
from vpdesk.ui.models.paged import PagedModel, Taken
from vpdesk.ui.pages.case_pane import CasePane
from vpdesk.ui.pages.import_dialog import ImportDialog
from vpdesk.ui.pages.new_case import NewCaseDialog
from vpdesk.ui.pages.page import Page
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, Button, popup_under
from vpdesk.ui.widgets.cards import Card, EmptyState
from vpdesk.ui.widgets.centred import Centred, OtherWay
from vpdesk.ui.widgets.chips import FilterChip
from vpdesk.ui.widgets.fields import SearchEdit
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from vpdesk.domain.ids import CaseId

_ROOM_FOR_PANE: Final = 896
_NEXT: Final = 5


class CasesPage(Page):
    """The list of cases."""

    title = "Casussen"
    topics = frozenset({Topic.CASES, Topic.CONVERSATIONS, Topic.REMINDERS, Topic.CLIENTS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: CaseId | None = None
        self._wanted: CaseId | None = None
        self.model = PagedModel[CaseRow](case_columns(self._today), self._ask, self)
        self.table = PagedTable(self.model, "Casussen", sorted_column=_NEXT, jump_column=1)
        self.counted = Label("", "body", "muted")
        self.search = SearchEdit("Zoek op code of pseudoniem", "Ctrl+F", name="Casussen zoeken")
        self.open_only = FilterChip("Alleen open", checkable=True)
        self.open_only.setChecked(True)
        self.by_client = FilterChip("")
        self.by_phase = FilterChip("")
        self.by_theme = FilterChip("")
        self.matters = Button.of(context.actions.matters, kind=QUIET)
        self.handing = Button("Overdragen of overnemen", QUIET, icon="exporteren")
        self.pane = CasePane()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.import_button = Button("Importeren…", icon="importeren")
        self.new_button = Button("Nieuwe casus", PRIMARY, icon="plus")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Label(self.title, "page"))
        head.addWidget(self.counted)
        head.addStretch(1)
        head.addWidget(self.import_button)
        head.addWidget(self.new_button)
        theme.measure(self.search, "setFixedWidth", 262)
        self.by_client.offer("Organisatie", [("Alle", None)])
        self.by_phase.offer("Fase", [("Alle", None), *((phase.value.capitalize(), phase) for phase in Phase)])
        themes = [(term.shown, term.code) for term in taxonomy.THEMA.terms]
        self.by_theme.offer("Thema", [("Alle", None), *themes])
        filters = Flow()
        for widget in (
            self.search,
            self.open_only,
            self.by_client,
            self.by_phase,
            self.by_theme,
            self.matters,
            self.handing,
        ):
            filters.addWidget(widget)
        self._list = QWidget()
        self._stack = QStackedLayout()
        card = Card(flush=True)
        card.body.addLayout(self._stack)
        self._stack.addWidget(self.table)
        self.clear_button = Button("Filters wissen")
        self._stack.addWidget(self._no_result())
        row = QHBoxLayout(self._list)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.pane)
        self._filters = QWidget()
        self._filters.setLayout(filters)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addLayout(head)
        outer.addWidget(self._filters)
        outer.addWidget(self._list, 1)
        self._empty = self._empty_state()
        outer.addWidget(self._empty, 1)
        self._empty.hide()

    def _no_result(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addWidget(
            EmptyState(
                "zoek", "Geen casus past bij deze filters", "Er is niets verdwenen: zonder filters ziet u alles.",
                [self.clear_button],
            )
        )  # fmt: skip
        column.addStretch(1)
        return inside

    def _empty_state(self) -> QWidget:
        self.first_talk = Button.of(
            self.context.actions.new_conversation, "Eerste gesprek vastleggen", PRIMARY, icon="plus", size=36
        )
        self.first_case = Button("Casus zonder gesprek", size=36)
        self.first_import = Button("Importeren…")
        state = EmptyState(
            "casussen",
            "Hier komen uw casussen",
            "Een casus is wat één persoon met u bespreekt. Meestal begint het met een gesprek. "
            "U schrijft eerst op wat er gezegd is en maakt daarna de casus.",
            [self.first_talk, self.first_case],
        )
        return Centred(
            state,
            OtherWay(
                "importeren",
                "Hebt u al een overzicht in een spreadsheet?",
                "vpdesk leest CSV, XLSX en ODS. U ziet eerst wat er gebeurt.",
                self.first_import,
            ),
        )

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self.model.reload())
        self.open_only.toggled.connect(lambda _: self.model.reload())
        for chip in (self.by_client, self.by_phase, self.by_theme):
            chip.chosen.connect(lambda _: self.model.reload())
        self.clear_button.clicked.connect(self.clear_filters)
        self.handing.clicked.connect(self._open_handing)
        self.new_button.clicked.connect(self.new_case)
        self.first_case.clicked.connect(self.new_case)
        for button in (self.import_button, self.first_import):
            button.clicked.connect(lambda: ImportDialog(self.context, self).open())
        self.table.opened_row.connect(self._open_row)
        self.table.rested.connect(self._follow)
        self.pane.open_button.clicked.connect(lambda: self._open_row(self.table.value))
        self.pane.talk_button.clicked.connect(self._talk)
        self.model.reloaded.connect(self._after_reload)

    def open(self, place: Place) -> None:
        """Show the list, with the filter that was asked for."""
        if place.text:
            self.search.setText(place.text)
        if place.client is not None:
            self.by_client.set_value(place.client)
            self.model.reload()

    def _open_handing(self) -> None:
        menu, actions = QMenu(self), self.context.actions
        for action in (actions.hand_over, actions.take_over, actions.handovers):
            menu.addAction(action)
        menu.popup(popup_under(self.handing))

    def search_field(self) -> QWidget:
        """Return the field that Ctrl+F leads to."""
        return self.search

    def first_focus(self) -> QWidget | None:
        """Return the list, or the first step where there is none."""
        return self.first_talk if self._empty.isVisible() else self.table

    def refresh(self) -> None:
        """Ask for organisations, numbers and the first rows."""
        run, failed = self.context.worker.run, self.context.failed
        run(clients.clients, self._offer_clients, failed)
        run(
            lambda vault: tuple(cases.count_cases(vault, CaseFilter(open_only=only)) for only in (True, False)),
            self._show_numbers,
            failed,
        )
        self._wanted = self.table.value.id if self.table.value is not None else None
        self.model.reload()

    @property
    def filter(self) -> CaseFilter:
        """What the chips and the field say."""
        phase, theme_code = self.by_phase.value, self.by_theme.value
        return CaseFilter(
            client=self.by_client.value,  # type: ignore[arg-type] # offered by this page
            phases=frozenset({phase}) if isinstance(phase, Phase) else frozenset(),
            themes=frozenset({theme_code}) if isinstance(theme_code, str) else frozenset(),
            text=self.search.text(),
            open_only=self.open_only.isChecked(),
        )

    def clear_filters(self) -> None:
        """Show every case."""
        for chip in (self.by_client, self.by_phase, self.by_theme):
            chip.set_value(None)
        self.open_only.setChecked(False)
        self.search.clear()
        self.model.reload()
        self.table.setFocus()

    def new_case(self) -> None:
        """Make a case without a talk."""
        dialog = NewCaseDialog(
            self.context, self, lambda case: self.context.navigate(Place(PageName.CASUS, case=case.id))
        )
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the pane out where there is no room; Enter opens the page of the case."""
        super().resizeEvent(event)
        self.pane.setVisible(self._shown is not None and self.width() >= theme.px(_ROOM_FOR_PANE))

    def _today(self) -> date:
        return self.context.clock().date()

    def _ask(self, limit: int, offset: int, taken: Taken[CaseRow]) -> None:
        asked, wanted = self.filter, self.model.wanted()
        self.context.worker.run(
            lambda vault: cases.list_cases(vault, asked, limit, offset) if wanted() else (), taken, self.context.failed
        )

    def _offer_clients(self, found: tuple[Client, ...]) -> None:
        choices = [("Alle", None), *((client.name, client.id) for client in found)]
        self.by_client.offer("Organisatie", choices, self.by_client.value)

    def _show_numbers(self, numbers: tuple[int, ...]) -> None:
        running, total = numbers
        self.counted.setText(f"{wording.number(running)} open, {wording.number(total)} in totaal" if total else "")
        self._empty.setVisible(total == 0)
        self._list.setVisible(total > 0)
        self._filters.setVisible(total > 0)
        self.new_button.setVisible(total > 0)
        self.import_button.setVisible(total > 0)

    def _after_reload(self) -> None:
        rows = self.model.rows()
        self._stack.setCurrentIndex(0 if rows else 1)
        place = next((number for number, row in enumerate(rows) if row.id == self._wanted), 0)
        self.table.choose_row(place)
        if not rows:
            self._follow(None)

    def _follow(self, row: CaseRow | None) -> None:
        self._shown = None if row is None else row.id
        if row is None:
            self.pane.hide()
            return
        number, today = row.id, self._today()
        self.context.worker.run(
            lambda vault: cases.case_page(vault, number, today=today), self._show_pane, self.context.failed
        )

    def _show_pane(self, page: CasePage) -> None:
        if page.case.id == self._shown:
            self.pane.show_case(page, self._today())
            self.pane.setVisible(self.width() >= theme.px(_ROOM_FOR_PANE))

    def _open_row(self, row: CaseRow | None) -> None:
        if row is not None:
            self.context.navigate(Place(PageName.CASUS, case=row.id))

    def _talk(self) -> None:
        if self._shown is not None:
            self.context.navigate(Place(PageName.GESPREK, case=self._shown))
