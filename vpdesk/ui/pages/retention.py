"""Bewaren en vernietigen: cases and records past their term, and for each the questions to answer before it goes."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from vpdesk.domain.retention import Decision, Standing
from vpdesk.domain.wording import counted, long_date
from vpdesk.operations import cases, retention
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models.paged import PagedModel, Taken
from vpdesk.ui.models.retention_words import STANDING_LABELS, columns, hold_line, report_answer, term_answer
from vpdesk.ui.pages.filtered import FilteredPage, instead
from vpdesk.ui.pages.retention_dialogs import HoldDialog, KeepDialog, LiftDialog
from vpdesk.ui.widgets.buttons import DANGER, PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, Scroll
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from vpdesk.domain.guided import GuidedRecord
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
    """The chosen case or record with what stops it and where copies of it are."""

    decision: Decision
    held: "Held"
    reach: "Reach"


class RetentionPage(FilteredPage):
    """The list, and the chosen case beside it."""

    title = "Bewaren en vernietigen"
    topics = frozenset({Topic.CASES, Topic.CLIENTS, Topic.REPORTS, Topic.BACKUPS, Topic.GUIDED})

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Casussen", PageName.CASUSSEN)
        self.about: _About | None = None
        self._wanted: object = None
        self.model = PagedModel[Decision](columns(self._today), self._ask, self)
        self.table = PagedTable(self.model, self.title, jump_column=1)
        self.which.offer("Tonen", [("Alles", None), *((STANDING_LABELS[s].capitalize(), s) for s in STANDING_LABELS)])
        self._build()
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
        self._empty = instead(
            "bewaartermijn",
            "Er is niets te beslissen",
            "Hier komt een casus waarvan de bewaartermijn voorbij is en het jaar verslagen, en een vastlegging zonder "
            "casus na haar termijn. U beslist dan zelf: vernietigen, langer bewaren of een bewaarstop. Er gaat nooit "
            "vanzelf iets weg.",
        )
        self._none_so = instead(
            "zoek",
            "Niets met deze stand",
            "Er is niets verdwenen: onder ‘alles’ staat de hele lijst.",
            self.show_all,
        )
        self.lay_out(self.which, self._both, self._empty, self._none_so)

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
        return self.way_back if self._empty.isVisible() else self.table

    def refresh(self) -> None:
        """Ask for the first rows; the chosen case follows from them."""
        row = self.table.value
        self._wanted = None if row is None else (row.case, row.guided)
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
        place = next((number for number, row in enumerate(rows) if (row.case, row.guided) == self._wanted), 0)
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

            return _About(row, retention.held(vault, row.case, row.guided), in_reach(vault))

        self.context.worker.run(asked, self._show, self.context.failed)

    def _show(self, about: _About) -> None:
        row = self.table.value
        if row is None or about.decision != row:
            return
        self.about = about
        decision = about.decision
        name = f"{decision.code} · {decision.pseudonym}" if decision.code else decision.pseudonym
        self._card.title.setText(name)
        self._card.setAccessibleName(f"Casus {name}" if decision.code else name)
        clear(self._lines)
        self._line("Organisatie", decision.client_name or "Geen organisatie")
        self._line("Termijn voorbij?", term_answer(decision, self._today()))
        self._line("Jaar verslagen?", report_answer(decision) if decision.kept.closed else "De casus loopt nog.")
        self._show_holds(about)
        if decision.kept.closed:
            if decision.guided is None:
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
            button.setAccessibleName(f"Casus {decision.code} {verb}" if decision.code else f"Vastlegging {verb}")
        self.open_case.setText("Casus openen" if decision.code else "Vastlegging openen")
        self.open_case.updateGeometry()

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
        if row is not None and row.guided is not None:
            self.context.navigate(Place(PageName.VASTLEGGING, guided=row.guided))
        elif row is not None:
            self.context.navigate(Place(PageName.CASUS, case=row.case))

    def _to_report(self) -> None:
        if self.about is not None:
            self.context.navigate(Place(PageName.JAARVERSLAG, client=self.about.decision.client))

    def _form(self, form: type[KeepDialog] | type[HoldDialog], _checked: object = None) -> None:
        if self.about is not None:
            decision = self.about.decision
            form(self.context, self, decision.case, decision.code, decision.guided).open()

    def _destroy(self) -> None:
        if self.about is None:
            return
        about, today = self.about, self._today()
        if about.decision.case is None:
            self._destroy_record(about)
            return
        from vpdesk.ui.pages.destroy_dialog import DestroyDialog  # noqa: PLC0415 - seldom asked for

        def ask(page: "CasePage") -> None:
            if self.about is about:
                DestroyDialog(self.context, self, page, about.reach, self.table.setFocus, about.decision).open()

        number = about.decision.case
        self.context.worker.run(lambda vault: cases.case_page(vault, number, today=today), ask, self.context.failed)

    def _destroy_record(self, about: _About) -> None:
        from vpdesk.operations.guided import get_guided  # noqa: PLC0415 - seldom asked for
        from vpdesk.ui.pages.guided_destroy import DestroyRecord  # noqa: PLC0415 - idem

        number = about.decision.guided

        def ask(record: "GuidedRecord") -> None:
            if self.about is about:
                DestroyRecord(self.context, self, record, about.reach, self.table.setFocus).open()

        if number is not None:
            self.context.worker.run(partial(get_guided, guided_id=number), ask, self.context.failed)


def _copies(reach: "Reach", decision: Decision) -> list[str]:
    """Return what copies within reach may hold the case and until when, and which places are away."""
    first = decision.opened or decision.kept.closed
    holding = [copy for copy in reach.copies if first is not None and copy.made.date() >= first]
    since = "het openen" if decision.guided is None else "die laatste dag"
    lines = [
        f"Binnen bereik {counted(len(holding), 'kopie', 'kopieën')} van na {since}. Oude kopieën vervallen "
        "vanzelf terwijl u nieuwe maakt, de laatste na ongeveer een jaar. Bij het vernietigen kunt u ze meteen opnieuw "
        "maken en de oude vernietigen."
        if holding
        else f"Binnen bereik geen kopie van na {since}."
    ]
    lines += [
        f"Nu buiten bereik: {place}. Wat daar staat, blijft staan tot u die plaats weer verbindt."
        for place in reach.away
    ]
    return lines
