"""Bewaren en vernietigen: the cases past their term, and for each the questions to answer before it goes."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from vpdesk.domain.retention import Decision, Standing
from vpdesk.domain.wording import counted, long_date
from vpdesk.operations import cases, retention
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models.paged import PagedModel, Taken
from vpdesk.ui.models.retention_words import STANDING_LABELS, columns, hold_line, report_answer, term_answer
from vpdesk.ui.pages.page import Page
from vpdesk.ui.pages.retention_dialogs import HoldDialog, KeepDialog, LiftDialog
from vpdesk.ui.widgets.buttons import DANGER, PLAIN, PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, EmptyState, Scroll
from vpdesk.ui.widgets.centred import Centred
from vpdesk.ui.widgets.chips import FilterChip
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from vpdesk.operations.cases import CasePage
    from vpdesk.operations.old_copies import Reach
    from vpdesk.operations.retention import Held
    from vpdesk.operations.vaults import Vault

_PANE: Final = 400
_LOW_LIST: Final = 172
_LOW_PANE: Final = 280
_THREE_ROWS: Final = 140
_ROOM_FOR_BOTH: Final = 900
_ANY: Final = 16777215
_ASK: Final = "Vraag het, als dat kan en veilig is. Lees anders het laatste verslag na."
_ELSEWHERE: Final = "Loop het na: vpdesk ziet alleen wat in de kluis staat."


@dataclass(frozen=True, slots=True)
class _About:
    """The chosen case with what stops it and where copies of it are."""

    decision: Decision
    held: "Held"
    reach: "Reach"


class RetentionPage(Page):
    """The list, and the chosen case beside it."""

    title = "Bewaren en vernietigen"
    topics = frozenset({Topic.CASES, Topic.CLIENTS, Topic.REPORTS, Topic.BACKUPS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.about: _About | None = None
        self._wanted: object = None
        self.model = PagedModel[Decision](columns(self._today), self._ask, self)
        self.table = PagedTable(self.model, self.title, jump_column=1)
        self.which = FilterChip("")
        self.which.offer("Tonen", [("Alles", None), *((STANDING_LABELS[s].capitalize(), s) for s in STANDING_LABELS)])
        self._build()
        self.to_cases.clicked.connect(lambda: context.navigate(Place(PageName.CASUSSEN)))
        self.which.chosen.connect(lambda _: self.model.reload())
        self.show_all.clicked.connect(self._show_all)
        self.table.opened_row.connect(self._open_row)
        self.table.rested.connect(self._follow)
        self.model.reloaded.connect(self._after_reload)
        self.final.clicked.connect(self._destroy)
        self.keep.clicked.connect(partial(self._form, KeepDialog))
        self.hold.clicked.connect(partial(self._form, HoldDialog))
        self.open_case.clicked.connect(lambda: self._open_row(self.table.value))
        self.to_report.clicked.connect(self._to_report)

    def _build(self) -> None:
        self.to_cases = Button("Casussen", PLAIN, size=24)
        crumb = QHBoxLayout()
        crumb.addWidget(self.to_cases)
        crumb.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Label(self.title, "page"))
        head.addStretch(1)
        head.addWidget(self.which)
        self.show_all = Button("Alles tonen", size=36)
        self._list_card = Card(flush=True)
        self._stack = QStackedLayout()
        self._list_card.body.addLayout(self._stack)
        self._stack.addWidget(self.table)
        self._both = QWidget()
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._list_card, 1)
        self._scroll = Scroll(margins=(0, 0, 0, 0))
        self._scroll.body.addWidget(self._pane())
        self._scroll.body.addStretch(1)
        row.addWidget(self._scroll)
        nothing = EmptyState(
            "bewaartermijn",
            "Er is niets te beslissen",
            "Hier komt een casus waarvan de bewaartermijn voorbij is en het jaar verslagen. U beslist dan zelf: "
            "vernietigen, langer bewaren of een bewaarstop. Er gaat nooit vanzelf iets weg.",
        )
        none_so = EmptyState(
            "zoek",
            "Geen casus met deze stand",
            "Er is niets verdwenen: onder ‘alles’ staat de hele lijst.",
            [self.show_all],
        )
        self._empty, self._none_so = Centred(nothing), Centred(none_so)
        self._empty.hide()
        self._none_so.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 20)
        outer.setSpacing(0)
        outer.addLayout(crumb)
        outer.addLayout(head)
        outer.addSpacing(12)
        outer.addWidget(self._both, 1)
        outer.addWidget(self._empty, 1)
        outer.addWidget(self._none_so, 1)

    def _pane(self) -> Card:
        card = self._card = Card(" ")
        card.title.setWordWrap(True)
        card.head.setStretch(0, 1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        card.body.addLayout(self._lines)
        card.body.addWidget(Rule())
        self.final = Button("Vernietigen…", DANGER)
        self.keep = Button("Langer bewaren…")
        self.hold = Button("Bewaarstop…")
        self.to_report = Button("Naar het jaarverslag", PRIMARY)
        self.open_case = Button("Casus openen", keys="Enter")
        ways = Flow()
        for button in (self.to_report, self.final, self.keep, self.hold, self.open_case):
            ways.addWidget(button)
        holder = QWidget()
        holder.setLayout(ways)
        card.body.addSpacing(4)
        card.body.addWidget(holder)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the case under the list where there is no room beside it."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(_ROOM_FOR_BOTH)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._row.setStretch(0, 1 if beside else 0)
        self._row.setStretch(1, 0 if beside else 1)
        self._list_card.setMinimumHeight(0 if beside else theme.px(_THREE_ROWS))
        self._list_card.setMaximumHeight(_ANY if beside else theme.px(_LOW_LIST))
        self._scroll.setMinimumHeight(0 if beside else theme.px(_LOW_PANE))
        self._scroll.setMinimumWidth(theme.px(_PANE) if beside else 0)
        self._scroll.setMaximumWidth(theme.px(_PANE) if beside else _ANY)

    def first_focus(self) -> QWidget | None:
        """Return the list, or the way back where it is empty."""
        if self._none_so.isVisible():
            return self.show_all
        return self.to_cases if self._empty.isVisible() else self.table

    def refresh(self) -> None:
        """Ask for the first rows; the chosen case follows from them."""
        row = self.table.value
        self._wanted = None if row is None else row.case
        self.model.reload()

    def _today(self) -> date:
        return self.context.clock().date()

    def _ask(self, limit: int, offset: int, taken: Taken[Decision]) -> None:
        today, which = self._today(), self.which.value
        shown = which if isinstance(which, Standing) else None
        after = self.model.rows()[offset - 1] if offset else None
        self.context.worker.run(
            lambda vault: retention.decision_list(vault, today=today, which=shown, limit=limit, after=after),
            taken,
            self.context.failed,
        )

    def _after_reload(self) -> None:
        rows = self.model.rows()
        self._both.setVisible(bool(rows))
        self._empty.setVisible(not rows and self.which.value is None)
        self._none_so.setVisible(not rows and self.which.value is not None)
        place = next((number for number, row in enumerate(rows) if row.case == self._wanted), 0)
        self.table.choose_row(place)
        self._follow(self.table.value)

    def _show_all(self) -> None:
        self.which.set_value(None)
        self.model.reload()

    def _follow(self, row: Decision | None) -> None:
        if row is None:
            self.about = None
            return

        def asked(vault: "Vault") -> _About:
            from vpdesk.operations.old_copies import in_reach  # noqa: PLC0415 - only this page looks

            return _About(row, retention.held(vault, row.case), in_reach(vault))

        self.context.worker.run(asked, self._show, self.context.failed)

    def _show(self, about: _About) -> None:
        row = self.table.value
        if row is None or about.decision.case != row.case:
            return
        self.about = about
        decision = about.decision
        name = f"{decision.code} · {decision.pseudonym}"
        self._card.title.setText(name)
        self._card.setAccessibleName(f"Casus {name}")
        clear(self._lines)
        self._line("Organisatie", decision.client_name)
        self._line("Termijn voorbij?", term_answer(decision, self._today()))
        self._line("Jaar verslagen?", report_answer(decision) if decision.kept.closed else "De casus loopt nog.")
        self._show_holds(about)
        if decision.kept.closed:
            self._line("Wil de persoon eerst iets terug?", _ASK)
            self._line("Welke reservekopieën bevatten dit nog?", *_copies(about.reach, decision))
            self._line("Papier, mail, agenda en telefoon ook leeg?", _ELSEWHERE)
        waits = decision.standing is Standing.WACHT
        free = decision.kept.closed is not None and not decision.kept.held
        self.to_report.setVisible(waits)
        self.final.setVisible(free and not waits)
        self.keep.setVisible(free and not waits)
        for button, verb in (
            (self.final, "vernietigen"),
            (self.keep, "langer bewaren"),
            (self.hold, "bewaarstop zetten"),
            (self.open_case, "openen"),
        ):
            button.setAccessibleName(f"Casus {decision.code} {verb}")

    def _show_holds(self, about: _About) -> None:
        self._lines.addWidget(Label("Bewaarstop?", "small", "muted"))
        if not about.held.in_force:
            self._lines.addWidget(Label("Nee.", "body"))
        for hold in about.held.in_force:
            self._lines.addWidget(Label(hold_line(hold), "body", wraps=True))
            lift = Button("Opheffen…", QUIET, size=28, name="Bewaarstop opheffen")
            lift.setToolTip("")
            lift.clicked.connect(lambda _=False, hold=hold: LiftDialog(self.context, self, hold).open())
            self._lines.addWidget(lift)
        kept = next(iter(about.held.decisions), None)
        if kept is not None:
            self._lines.addSpacing(8)
            self._lines.addWidget(Label("Langer bewaard?", "small", "muted"))
            words = f"Tot {long_date(kept.until)}, besloten op {long_date(kept.decided)}: {kept.reason}"
            self._lines.addWidget(Label(words, "body", wraps=True))
        self._lines.addSpacing(8)

    def _line(self, label: str, *values: str) -> None:
        self._lines.addWidget(Label(label, "small", "muted", wraps=True))
        for value in values:
            self._lines.addWidget(Label(value, "body", wraps=True))
        self._lines.addSpacing(8)

    def _open_row(self, row: Decision | None) -> None:
        if row is not None:
            self.context.navigate(Place(PageName.CASUS, case=row.case))

    def _to_report(self) -> None:
        if self.about is not None:
            self.context.navigate(Place(PageName.JAARVERSLAG, client=self.about.decision.client))

    def _form(self, form: type[KeepDialog] | type[HoldDialog], _checked: object = None) -> None:
        if self.about is not None:
            form(self.context, self, self.about.decision.case, self.about.decision.code).open()

    def _destroy(self) -> None:
        if self.about is None:
            return
        from vpdesk.ui.pages.destroy_dialog import DestroyDialog  # noqa: PLC0415 - seldom asked for

        about, today = self.about, self._today()

        def ask(page: "CasePage") -> None:
            if self.about is about:
                DestroyDialog(self.context, self, page, about.reach, self.table.setFocus, about.decision).open()

        number = about.decision.case
        self.context.worker.run(lambda vault: cases.case_page(vault, number, today=today), ask, self.context.failed)


def _copies(reach: "Reach", decision: Decision) -> list[str]:
    """Return what copies within reach may hold the case and until when, and which places are away."""
    holding = (
        [copy for copy in reach.copies if copy.made.date() >= decision.kept.closed] if decision.kept.closed else []
    )
    lines = [
        f"Binnen bereik {counted(len(holding), 'kopie', 'kopieën')} van na het afsluiten. Oude kopieën vervallen "
        "vanzelf terwijl u nieuwe maakt, de laatste na ongeveer een jaar. Bij het vernietigen kunt u ze meteen opnieuw "
        "maken en de oude vernietigen."
        if holding
        else "Binnen bereik geen kopie van na het afsluiten."
    ]
    lines += [
        f"Nu buiten bereik: {place}. Wat daar staat, blijft staan tot u die plaats weer verbindt."
        for place in reach.away
    ]
    return lines
