"""Gesprekken: the list of talks, and the search through notes, whose hits show a line only after it was asked for."""

from datetime import date
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.rows import ConversationRow, SearchHit
from vpdesk.operations import conversations
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models.conversation_table import conversation_columns
from vpdesk.ui.models.paged import PagedModel, Taken
from vpdesk.ui.pages import found
from vpdesk.ui.pages.page import Page
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.cards import Card, EmptyState
from vpdesk.ui.widgets.centred import Centred
from vpdesk.ui.widgets.chips import FilterChip
from vpdesk.ui.widgets.fields import SearchEdit
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.lists import TwoLineList
from vpdesk.ui.widgets.paged_table import PagedTable

_SHORTEST: Final = 2


class ConversationsPage(Page):
    """The list of conversations."""

    title = "Gesprekken"
    topics = frozenset({Topic.CONVERSATIONS, Topic.CASES, Topic.CLIENTS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.model = PagedModel[ConversationRow](conversation_columns(self._today), self._ask, self)
        self.table = PagedTable(self.model, "Gesprekken", sorted_column=0)
        self.hits = TwoLineList("Gevonden", middle_at=0.6)
        self.counted = Label("", "body", "muted")
        self.search = SearchEdit("Zoek in casussen en notities", "Ctrl+F", name="Zoeken in alles wat u schreef")
        self.unlinked = FilterChip("Nog niet gekoppeld", checkable=True)
        self._total = 0
        self._asked = 0
        self._build()
        self._connect()

    def _build(self) -> None:
        self.new_button = Button.of(self.context.actions.new_conversation, "Gesprek", PRIMARY, icon="plus")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Label(self.title, "page"))
        head.addWidget(self.counted)
        head.addStretch(1)
        head.addWidget(self.new_button)
        theme.measure(self.search, "setFixedWidth", 300)
        self._filters = QWidget()
        filters = QHBoxLayout(self._filters)
        filters.setContentsMargins(0, 0, 0, 0)
        filters.setSpacing(8)
        filters.addWidget(self.search)
        filters.addWidget(self.unlinked)
        filters.addStretch(1)
        self._card = Card(flush=True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.hits)
        self._nothing = Label("", "intro", "muted", wraps=True)
        self._nothing.setContentsMargins(20, 20, 20, 20)
        self.clear_button = Button("Filters wissen")
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(20, 20, 20, 20)
        column.addWidget(self._nothing)
        column.addWidget(self.clear_button)
        column.addStretch(1)
        self._stack.addWidget(empty)
        self._card.body.addLayout(self._stack)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addLayout(head)
        outer.addWidget(self._filters)
        outer.addWidget(self._card, 1)
        talk = self.context.actions.new_conversation
        first = Button.of(talk, "Eerste gesprek vastleggen", PRIMARY, icon="plus", size=36)
        self._empty = Centred(
            EmptyState(
                "gesprek",
                "Hier komen uw gesprekken",
                "Elk contact is een gesprek, ook een kort telefoontje. U schrijft eerst op wat er gezegd is; "
                "koppelen aan een casus mag later.",
                [first],
            )
        )
        outer.addWidget(self._empty, 1)
        self._empty.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._look())
        self.unlinked.toggled.connect(lambda _: self.model.reload())
        self.clear_button.clicked.connect(self.clear_filters)
        self.table.opened_row.connect(self._open_row)
        self.hits.opened.connect(self._open_hit)
        self.model.reloaded.connect(self._after_reload)

    def open(self, place: Place) -> None:
        """Show the list; the text of the place is searched for."""
        if place.text:
            self.search.setText(place.text)
            self.search.setFocus()

    def search_field(self) -> QWidget:
        """Return the field that Ctrl+F leads to."""
        return self.search

    def first_focus(self) -> QWidget | None:
        """Return what is shown of list and hits."""
        return self.hits if self._stack.currentWidget() is self.hits else self.table

    def refresh(self) -> None:
        """Ask for the number and the first rows."""
        self.context.worker.run(conversations.count_conversations, self._show_number, self.context.failed)
        self.model.reload()

    def clear_filters(self) -> None:
        """Show every conversation."""
        self.unlinked.setChecked(False)
        self.search.clear()
        self.table.setFocus()

    def _ask(self, limit: int, offset: int, taken: Taken[ConversationRow]) -> None:
        unlinked = self.unlinked.isChecked()
        self.context.worker.run(
            lambda vault: conversations.list_conversations(vault, limit=limit, offset=offset, unlinked=unlinked),
            taken,
            self.context.failed,
        )

    def _show_number(self, total: int) -> None:
        self._total = total
        self.counted.setText(wording.counted(total, "gesprek", "gesprekken") if total else "")
        self._empty.setVisible(total == 0)
        self._filters.setVisible(total > 0)
        self._card.setVisible(total > 0)
        self.new_button.setVisible(total > 0)

    def _after_reload(self) -> None:
        if self.search.text().strip():
            self._look()
            return
        if self.model.rows():
            self._stack.setCurrentWidget(self.table)
            self.table.choose_row(max(0, self.table.row))
        elif self._total:
            self._nothing.setText("Er zijn geen gesprekken zonder casus.")
            self._stack.setCurrentIndex(2)

    def _look(self) -> None:
        text = self.search.text().strip()
        self._asked += 1
        asked = self._asked
        if len(text) < _SHORTEST:
            self._stack.setCurrentWidget(self.table)
            if not text:
                self._after_reload()
            return
        self.context.worker.run(
            # Of fast typing only the newest question is answered.
            lambda vault: conversations.search(vault, text) if asked == self._asked else (),
            lambda hits: self._show_hits(hits, text) if asked == self._asked else None,
            self.context.failed,
        )

    def _show_hits(self, hits: tuple[SearchHit, ...], text: str) -> None:
        if not hits:
            self._nothing.setText(f"Niets gevonden voor ‘{text}’. Ook gezocht in notities, berichten en vastleggingen.")
            self._stack.setCurrentIndex(2)
            return
        self.hits.show_rows([found.row(hit, self._today()) for hit in hits])
        if self.hits.key is None:
            self.hits.choose(self.hits.rows.rows[0].key)
        self._stack.setCurrentWidget(self.hits)

    def _open_row(self, row: ConversationRow | None) -> None:
        if row is not None:
            self.context.navigate(Place(PageName.GESPREK, conversation=row.id, case=row.case))

    def _open_hit(self, hit: SearchHit) -> None:
        self.context.navigate(found.place(hit))

    def _today(self) -> date:
        return self.context.clock().date()
