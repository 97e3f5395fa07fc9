"""Sociale kaart: where people can turn to, found as one types, with the day on which it was last looked over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain import taxonomy, wording
from vpdesk.domain.directory import DirectoryEntry
from vpdesk.domain.ids import DirectoryId
from vpdesk.operations import clients, directory
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages.directory_dialog import EntryDialog
from vpdesk.ui.pages.filtered import FilteredPage, instead
from vpdesk.ui.widgets.beside import Beside, FactLines
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.fields import SearchEdit
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.lists import ListRow, TwoLineList
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_LIST: Final = 420
_LOW_LIST: Final = 172
ALL, OWN, LATE, HIDDEN = "alles", "eigen", "nakijken", "verborgen"
_SHOWN: Final = (("Alles", ALL), ("Eigen adressen", OWN), ("Nog nakijken", LATE), ("Verborgen", HIDDEN))
_Found = tuple[tuple[DirectoryEntry, ...], dict[int, str]]


class DirectoryPage(FilteredPage):
    """The list with its search field, and the chosen entry beside it."""

    title = "Sociale kaart"
    topics = frozenset({Topic.DIRECTORY, Topic.CLIENTS})

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Organisaties", PageName.ORGANISATIES)
        self._entries: tuple[DirectoryEntry, ...] = ()
        self._clients: dict[int, str] = {}
        self.entry: DirectoryEntry | None = None
        self._wanted: object = None
        self.list = TwoLineList("Sociale kaart")
        self._build()
        self.search.textChanged.connect(lambda _: self._show_rows())
        self.which.chosen.connect(lambda _: self._show_rows())
        self.list.chosen.connect(self._follow)
        self.list.opened.connect(lambda _: self.change.click())
        self.new_button.clicked.connect(self.new_entry)
        self.change.clicked.connect(self._change)
        self.checked.clicked.connect(self._check)
        self.hide_button.clicked.connect(self._hide)
        self.remove.clicked.connect(self._remove)
        self.clear_filters.clicked.connect(self._clear)

    def _build(self) -> None:
        self.new_button = Button("Nieuw adres", PRIMARY, icon="plus")
        self.search = SearchEdit("Zoeken op naam, soort hulp of wanneer", name="Adressen zoeken")
        self.which.offer("Tonen", _SHOWN)
        tools = Flow()
        self.search.setMinimumWidth(theme.px(340))
        tools.addWidget(self.search)
        tools.addWidget(self.which)
        bar = QWidget()
        bar.setLayout(tools)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._area = Beside(self.list, self._about(), width=_LIST, height=_LOW_LIST)
        self.clear_filters = Button("Filters wissen", size=36)
        self._empty = instead("zoek", "Niets gevonden", "Geen adres past bij wat u zoekt.", self.clear_filters)
        column.addWidget(bar)
        column.addSpacing(12)
        column.addWidget(self._area, 1)
        column.addWidget(self._empty, 1)
        self.lay_out(self.new_button, held)

    def _about(self) -> Card:
        card = self._about_card = Card(" ")
        self.change = Button("Wijzigen", QUIET, size=28)
        card.title.setWordWrap(True)
        card.head.setStretch(0, 1)
        card.head.addWidget(self.change)
        self.late = Message("", "warning")
        self.late.hide()
        card.body.addWidget(self.late)
        self._lines = FactLines()
        card.body.addLayout(self._lines)
        self.checked = Button("Vandaag nagekeken", icon="vink")
        self.hide_button = Button("Verbergen", icon="oogdicht")
        self.remove = Button("Weghalen")
        ways = Flow()
        for button in (self.checked, self.hide_button, self.remove):
            ways.addWidget(button)
        held = QWidget()
        held.setLayout(ways)
        card.body.addSpacing(4)
        card.body.addWidget(held)
        return card

    def open(self, place: Place) -> None:
        """Show what is there, with `text` only what it finds."""
        if place.text:
            self.which.set_value(ALL)
            self.search.setText(place.text)

    def first_focus(self) -> QWidget | None:
        """Return the search field: one comes here to find somebody."""
        return self.search

    def search_field(self) -> QWidget | None:
        """Return the field in which one types what to find."""
        return self.search

    def refresh(self) -> None:
        """Ask for everything; finding goes in memory, since there are a few dozen."""

        def asked(vault: "Vault") -> _Found:
            names = {int(client.id): client.name for client in clients.clients(vault)}
            return directory.directory(vault), names

        self.context.worker.run(asked, self._show, self.context.failed)

    def new_entry(self) -> None:
        """Add an entry of the user's own."""
        EntryDialog(self.context, self, self._made).open()

    def _made(self, entry: DirectoryEntry) -> None:
        self._wanted = _key(entry)
        self.list.setFocus()

    def _show(self, found: _Found) -> None:
        self._entries, self._clients = found
        self._show_rows()

    def _passes(self, entry: DirectoryEntry) -> bool:
        today, which = self.context.clock().date(), self.which.value
        if entry.hidden is not (which == HIDDEN):
            return False
        if which == OWN and entry.shipped:
            return False
        if which == LATE and entry.checked is not None and not entry.overdue(today):
            return False
        return entry.found_by(self.search.text())

    def _show_rows(self) -> None:
        today = self.context.clock().date()
        shown = [entry for entry in self._entries if self._passes(entry)]
        self._area.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        self.list.show_rows([self._row_of(entry, today) for entry in shown])
        self.list.choose(self._wanted)
        self._wanted = None
        if self.list.key is None and shown:
            self.list.choose(_key(shown[0]))
        self._follow(self.list.key)

    def _row_of(self, entry: DirectoryEntry, today: date) -> ListRow:
        known = entry.kind != taxonomy.UNKNOWN.code
        of = self._clients.get(entry.client or 0, "")
        detail = entry.when or (taxonomy.VERWIJZING.label(entry.kind) if known else "")
        return ListRow(
            _key(entry),
            entry.name,
            " · ".join(part for part in (of, detail) if part),
            "boek" if entry.shipped else "organisatie" if entry.client else "plek",
            state=("nakijken", "warning") if entry.overdue(today) else None,
        )

    def _follow(self, key: object) -> None:
        self.entry = next((entry for entry in self._entries if _key(entry) == key), None)
        if self.entry is not None:
            self._show_entry(self.entry)

    def _show_entry(self, entry: DirectoryEntry) -> None:
        today = self.context.clock().date()
        self._about_card.title.setText(entry.name)
        self._about_card.setAccessibleName(entry.name)
        self.change.setAccessibleName(f"{entry.name} wijzigen")
        self._lines.clear()
        known = entry.kind != taxonomy.UNKNOWN.code
        self._lines.say("Soort hulp", taxonomy.VERWIJZING.label(entry.kind) if known else "")
        self._lines.say("Wanneer verwijzen", entry.when)
        self._lines.say("Hoe te bereiken", entry.reach)
        if entry.note:
            self._lines.say("Notitie", entry.note)
        client = self._clients.get(entry.client or 0, "Alle organisaties")
        if not entry.shipped:
            self._lines.say("Voor", client)
        self._lines.say("Nagekeken op", "" if entry.checked is None else wording.long_date(entry.checked))
        self.late.setVisible(entry.overdue(today))
        if entry.overdue(today):
            self.late.show_text("Meer dan een jaar niet nagekeken. Klopt het nog?", "warning")
        self.hide_button.setText("Weer tonen" if entry.hidden else "Verbergen")
        self.hide_button.setAccessibleName(f"{entry.name}: {self.hide_button.text().lower()}")
        self.hide_button.updateGeometry()
        self.remove.setText("Terug naar het origineel" if entry.shipped else "Weghalen")
        self.remove.setAccessibleName(f"{entry.name}: {self.remove.text().lower()}")
        self.remove.updateGeometry()
        self.remove.setVisible(bool(entry.id))

    def _change(self) -> None:
        if self.entry is not None:
            EntryDialog(self.context, self, self._made, self.entry).open()

    def _check(self) -> None:
        if (entry := self.entry) is not None:
            on = self.context.clock().date()
            self._run(lambda vault: directory.looked_over(vault, entry, on=on), "Nagekeken.")

    def _hide(self) -> None:
        if (entry := self.entry) is not None:
            hidden = not entry.hidden
            said = "Verborgen. U vindt het adres terug onder Tonen: verborgen." if hidden else "Weer te vinden."
            undo = partial(
                self._run, lambda vault: directory.hide_entry(vault, entry, hidden=not hidden), "Teruggezet."
            )
            self._run(lambda vault: directory.hide_entry(vault, entry, hidden=hidden), said, undo)

    def _remove(self) -> None:
        if (entry := self.entry) is not None:
            again = entry if entry.shipped else replace(entry, id=DirectoryId(0))
            undo = partial(self._run, lambda vault: directory.save_entry(vault, again), "Teruggezet.")
            self._run(lambda vault: directory.remove_entry(vault, entry), "Weggehaald.", undo)

    def _clear(self) -> None:
        self.search.clear()
        self.which.set_value(ALL)
        self._show_rows()
        self.search.setFocus()

    def _run(self, operation: "Callable[[Vault], object]", said: str, undo: Callable[[], None] | None = None) -> None:
        def told(_result: object) -> None:
            self.context.changes.tell(Topic.DIRECTORY)
            self.context.message(said, undo=undo)

        self.context.worker.run(operation, told, self.context.failed)


def _key(entry: DirectoryEntry) -> object:
    return entry.shipped or entry.id
