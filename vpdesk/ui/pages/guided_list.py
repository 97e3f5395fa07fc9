"""Vastleggingen: the guided records with and without a case, what is not final first, and the ways to begin one."""

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.guided import GuidedRow
from vpdesk.domain.guided_questions import NAMES, OUTCOMES, GuidedKind
from vpdesk.operations import guided
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages.page import Page
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.cards import Card, EmptyState, Scroll
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.lists import ListRow, TwoLineList

ICONS: Final = {GuidedKind.DOORBREKEN: "slot", GuidedKind.INFORMATIE: "vraag", GuidedKind.AVG: "mens"}


class GuidedListPage(Page):
    """The list; Enter opens a record."""

    title = "Vastleggingen"
    topics = frozenset({Topic.GUIDED, Topic.CASES, Topic.CLIENTS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = TwoLineList("Vastleggingen", grows=True, middle_at=0.46)
        self._build()
        self.list.opened.connect(lambda key: context.navigate(Place(PageName.VASTLEGGING, guided=key)))

    def _build(self) -> None:
        actions = self.context.actions
        scroll = Scroll()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        scroll.body.addWidget(Label(self.title, "page"))
        scroll.body.addWidget(
            Label(
                "Wat u later moet kunnen verantwoorden: doorbreken van vertrouwelijkheid, wie om informatie vroeg en "
                "wat u antwoordde, en verzoeken volgens de AVG.",
                "body", "muted", wraps=True,
            )
        )  # fmt: skip
        self.request = Button.of(actions.guided_request, kind=PRIMARY)
        self.avg = Button.of(actions.guided_avg)
        self.break_ = Button.of(actions.guided_break)
        self.danger = Button.of(actions.danger)
        ways = Flow(gap=12)
        for button in (self.request, self.avg, self.break_, self.danger):
            ways.addWidget(button)
        held = QWidget()
        held.setLayout(ways)
        scroll.body.addWidget(held)
        self._card = Card(flush=True)
        self._card.body.addWidget(self.list)
        scroll.body.addWidget(self._card)
        self._empty = EmptyState(
            "lijst",
            "Hier komen uw vastleggingen",
            "Wie om namen vraagt, krijgt antwoord in één zin; hier blijft staan wat er gevraagd is. Elke vraag mag op "
            "onbekend, en pas wat definitief is, blijft zoals het is.",
        )
        self._empty.hide()
        scroll.body.addWidget(self._empty)
        scroll.body.addStretch(1)

    def first_focus(self) -> QWidget | None:
        """Return the list, or the first way to begin."""
        return self.request if self._card.isHidden() else self.list

    def refresh(self) -> None:
        """Ask for the records."""
        self.context.worker.run(partial(guided.guided_rows), self._show, self.context.failed)

    def _show(self, rows: tuple[GuidedRow, ...]) -> None:
        today = self.context.clock().date()
        self.list.show_rows([_row(row, today) for row in rows])
        self._card.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if self.list.key is None and rows:
            self.list.choose(rows[0].id)


def _row(row: GuidedRow, today: date) -> ListRow:
    final = row.finalised is not None
    detail = OUTCOMES[row.kind].label(row.outcome) if final else f"Begonnen {wording.short_date(row.begun, today)}"
    who = f"{row.case_code} · {row.pseudonym}" if row.case_code else "Zonder casus"
    right = "" if row.finalised is None else wording.short_date(row.finalised, today)
    return ListRow(
        row.id,
        NAMES[row.kind],
        detail,
        ICONS[row.kind],
        "muted" if final else "warning",
        who,
        row.client_name,
        right,
        state=None if final else ("nog niet definitief", "warning"),
    )
