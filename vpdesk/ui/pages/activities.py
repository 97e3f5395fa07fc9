"""Activiteiten: the log of what an advisor does, the balance of her three tasks, hours, advice and her certificate."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.ids import ActivityId, ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.worklog import Activity, TaskGroup, WorkFilter, WorkRow
from vpdesk.operations import certification, conversations, planning, worklog
from vpdesk.operations.certification import Certification
from vpdesk.operations.worklog import WorkOverview
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models.activity_table import activity_columns, everything, groups, periods
from vpdesk.ui.models.paged import PagedModel, Taken
from vpdesk.ui.pages.activity_cards import AdviceCard, BalanceCard, TimesCard
from vpdesk.ui.pages.activity_dialogs import ActivityDialog, FollowUpDialog, remove_activity
from vpdesk.ui.pages.activity_quick import KEY, QuickActivity
from vpdesk.ui.pages.certification_card import CertificationCard
from vpdesk.ui.pages.invoice_dialog import InvoiceDialog
from vpdesk.ui.pages.page import Page
from vpdesk.ui.pages.today_cards import stacked
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.cards import Card, EmptyState, Scroll
from vpdesk.ui.widgets.centred import Centred
from vpdesk.ui.widgets.chips import FilterChip
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.paged_table import HEAD, ROW, PagedTable

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.cases import Draft
    from vpdesk.domain.planned import Planned
    from vpdesk.operations.vaults import Vault

_SIDE: Final = 320
_BOTH: Final = 900  # the page, without the sidebar
_FEW_ROWS: Final = 6
_ANY: Final = 16777215


@dataclass(frozen=True, slots=True)
class _Found:
    overview: WorkOverview
    lines: int
    advice: tuple[Activity, ...]
    certification: Certification | None
    planned: "Planned | None"
    draft: "Draft | None"


class LogTable(PagedTable):
    """The log; `unwanted(row)` on Delete."""

    unwanted = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hear Delete too."""
        if event.key() == Qt.Key.Key_Delete and self.value is not None:
            self.unwanted.emit(self.value)
        else:
            super().keyPressEvent(event)


class ActivitiesPage(Page):
    """The page; its period and organisation hold for the balance and the log alike."""

    title = "Activiteiten"
    topics = frozenset({Topic.WORKLOG, Topic.CONVERSATIONS, Topic.CASES, Topic.CLIENTS, Topic.REMINDERS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._first: date | None = None
        self._offered: object = None
        self._not_taken = False
        self._led: Place | None = None
        self.model = PagedModel[WorkRow](activity_columns(self._today), self._ask, self)
        self.table = LogTable(self.model, "Logboek", sorted_column=0)
        self.period, self.client, self.group = FilterChip(""), FilterChip(""), FilterChip("")
        self.quick = QuickActivity(context)
        self.balance, self.times, self.advice = BalanceCard(), TimesCard(), AdviceCard()
        self.certification = CertificationCard(context)
        self._build()
        self._connect()

    def _build(self) -> None:
        actions = self.context.actions
        self.new_button = Button.of(actions.new_activity, "Activiteit", PRIMARY, icon="plus")
        self.new_button.keys = ""
        self.clock_button = Button(actions.timer.text(), icon="activiteiten")
        self.clock_button.setToolTip(actions.timer.toolTip())
        head = Flow(gap=12)
        for widget in (Label(self.title, "page"), self.period, self.client):
            head.addWidget(widget)
        head.add_end(self.clock_button)
        head.add_end(self.new_button)
        self._scroll = Scroll()
        self._scroll.body.addLayout(head)
        self._both = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        main = QVBoxLayout()
        main.setSpacing(16)
        main.addWidget(self.balance)
        main.addWidget(self._built_log(), 1)
        self._columns.addLayout(main, 1)
        self._side = stacked(self.times, self.certification, self.advice)
        self._columns.addWidget(self._side)
        self._scroll.body.addWidget(self._both, 1)
        self._empty = Centred(
            EmptyState(
                "activiteiten",
                "Hier komt uw werk naast de gesprekken",
                "Voorlichting, overleg, een signaal, intervisie: leg vast hoeveel tijd het kost. Gesprekken tellen "
                "vanzelf mee. Zo ziet u of de balans klopt, en hebt u uw uren bij elkaar.",
                [Button.of(actions.new_activity, "Eerste activiteit vastleggen", PRIMARY, icon="plus", size=36)],
            )
        )
        self._empty.hide()
        self._scroll.body.addWidget(self._empty, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _built_log(self) -> Card:
        card = Card("Logboek", flush=True)
        self._counted = Label("", "small", "muted")
        card.head.addWidget(self._counted)
        card.head.addWidget(self.group)
        card.body.addWidget(self.quick)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        theme.measure(self.table, "setMinimumHeight", HEAD + _FEW_ROWS * ROW)
        nothing = QWidget()
        column = QVBoxLayout(nothing)
        column.setContentsMargins(20, 16, 20, 16)
        self._nothing = Label("Niets vastgelegd dat hierbij past.", "body", "muted", wraps=True)
        self.clear_button = Button("Filters wissen")
        column.addWidget(self._nothing)
        column.addWidget(self.clear_button)
        column.addStretch(1)
        self._stack.addWidget(nothing)
        card.body.addLayout(self._stack, 1)
        return card

    def _connect(self) -> None:
        self.group.offer("Taak", groups())
        for chip in (self.period, self.client, self.group):
            chip.chosen.connect(lambda _value: self.refresh())
        self.clear_button.clicked.connect(self.clear_filters)
        self.table.opened_row.connect(self.open_row)
        self.table.unwanted.connect(self.remove_row)
        self.model.reloaded.connect(self._after_reload)
        self.times.invoice.clicked.connect(self.ask_hours)
        self.advice.wanted.connect(lambda item: FollowUpDialog(self.context, self, item).open())
        self.certification.wanted.connect(lambda item: ActivityDialog(self.context, self, item).open())
        self.quick.refused.connect(self.not_taken)
        self.quick.taken.connect(self._taken)
        timer = self.context.actions.timer
        self.clock_button.clicked.connect(timer.trigger)
        timer.changed.connect(self._name_clock)
        self._offer_choices(None)

    def _name_clock(self) -> None:
        words = self.context.actions.timer.text()
        self.clock_button.setText(words)
        self.clock_button.setAccessibleName(words)
        self.clock_button.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the right column under the left one where there is no room for both."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(_BOTH)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._side.setMinimumWidth(theme.px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(theme.px(_SIDE) if beside else _ANY)

    def first_focus(self) -> QWidget | None:
        """Return the task of the quick line, or the first step where there is nothing yet."""
        return self._empty.findChild(Button) if not self._empty.isHidden() else self.quick.task

    def unsaved(self) -> tuple[str, str] | None:
        """Return what stands in the quick line."""
        return (KEY, self.quick.draft) if self.quick.draft else None

    @property
    def refused(self) -> bool:
        """Whether the quick line holds what the vault did not take."""
        return self._not_taken and self.unsaved() is not None

    def not_taken(self, error: VpdeskError) -> None:
        """Say that the line is nowhere but on the screen."""
        self._not_taken = True
        self.context.failed(error)

    def _taken(self) -> None:
        self._not_taken = False

    @property
    def filter(self) -> WorkFilter:
        """What the log shows."""
        client, group = self.client.value, self.group.value
        return WorkFilter(
            self._period(),
            ClientId(client) if isinstance(client, int) else None,
            group if isinstance(group, TaskGroup) else None,
        )

    def refresh(self) -> None:
        """Ask for everything on the page, and for the first lines of the log."""
        shown = self.filter
        period = self._period()

        def asked(vault: "Vault") -> _Found:
            return _Found(
                worklog.overview(vault, period=period, client_id=shown.client),
                worklog.count_lines(vault, shown),
                worklog.advice_given(vault, client_id=shown.client),
                certification.certification(vault),
                planning.next_intervision(vault),
                conversations.draft(vault, KEY),
            )

        self.context.worker.run(asked, partial(self._show, shown), self.context.failed)
        self.model.reload()

    def clear_filters(self) -> None:
        """Show every activity of every organisation and year."""
        self.period.set_value(everything())
        self.client.set_value(None)
        self.group.set_value(None)
        self.refresh()
        self.table.setFocus()

    def open(self, place: Place) -> None:
        """Show the page, and the activity that the place is about; but not again on the way back."""
        if place.activity is not None and place is not self._led:
            self._led = place
            self._with(place.activity, lambda found: ActivityDialog(self.context, self, found).open())

    def open_row(self, row: WorkRow | None) -> None:
        """Change an activity; the talks of a day stand on Gesprekken."""
        if row is None:
            return
        if row.activity is None:
            self.context.navigate(Place(PageName.GESPREKKEN))
            return
        self._with(row.activity, lambda found: ActivityDialog(self.context, self, found).open())

    def ask_hours(self) -> None:
        """Offer the hours of what is shown for an invoice; of a period that is over, else of the last quarter."""
        period = self._period()
        over = period != everything() and period.last < self._today()
        InvoiceDialog(self.context, self, client=self.filter.client, period=period if over else None).open()

    def remove_row(self, row: WorkRow) -> None:
        """Remove an activity; the talks of a day are not removed here."""
        if row.activity is not None:
            self._with(row.activity, lambda found: remove_activity(self.context, found))

    def _with(self, number: ActivityId, then: Callable[[Activity], None]) -> None:
        self.context.worker.run(partial(worklog.get_activity, activity_id=number), then, self.context.failed)

    def _ask(self, limit: int, offset: int, taken: Taken[WorkRow]) -> None:
        shown = self.filter
        self.context.worker.run(
            lambda vault: worklog.work_log(vault, shown, limit=limit, offset=offset), taken, self.context.failed
        )

    def _show(self, shown: WorkFilter, found: _Found) -> None:
        if shown != self.filter:
            return
        overview = found.overview
        some = overview.first is not None or found.certification is not None or found.planned is not None
        self._empty.setVisible(not some)
        self._both.setVisible(some)
        for widget in (self.period, self.client, self.clock_button, self.new_button):
            widget.setVisible(some)
        if (overview.first, overview.clients) != self._offered:
            self._offered = (overview.first, overview.clients)
            self._first = overview.first
            self._offer_choices(self.period.value)
            names = [(client.name, client.id) for client in overview.clients]
            self.client.offer("", [("Alle organisaties", None), *names], self.client.value)
        self._counted.setText(f"{wording.counted(found.lines, 'regel', 'regels')}. Gesprekken tellen vanzelf mee")
        self.balance.show_balance(overview)
        self.times.show_times(overview.times)
        self.advice.show_advice(found.advice, self.context)
        self.certification.show_progress(found.certification)
        self.certification.show_next(found.planned)
        self.quick.offer(overview.clients, found.draft)

    def _after_reload(self) -> None:
        if self.model.rows():
            self._stack.setCurrentIndex(0)
            self.table.choose_row(max(0, self.table.row))
        else:
            self._stack.setCurrentIndex(1)

    def _offer_choices(self, chosen: object) -> None:
        self.period.offer("", periods(self._today(), self._first), chosen)

    def _period(self) -> Period:
        chosen = self.period.value
        return chosen if isinstance(chosen, Period) else Period.year(self._today().year)

    def _today(self) -> "date":
        return self.context.clock().date()
