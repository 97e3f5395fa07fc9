"""Kwesties: every matter that joins cases; which cases those are shows only when that is asked for."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.ids import MatterId
from vpdesk.domain.people import Matter
from vpdesk.domain.rows import MatterCase, MatterRow
from vpdesk.domain.wording import counted
from vpdesk.operations import people
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages.filtered import FilteredPage, instead
from vpdesk.ui.pages.person_dialogs import RenameMatterDialog
from vpdesk.ui.widgets.beside import Beside, FactLines
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.lists import ListRow, TwoLineList, choose_something
from vpdesk.ui.widgets.revealing import reveal_row

_LIST: Final = 420
_LOW_LIST: Final = 172


class MattersPage(FilteredPage):
    """The list by name; Enter shows the cases of a matter, Enter on one of those opens it."""

    title = "Kwesties"
    topics = frozenset({Topic.PEOPLE, Topic.CASES, Topic.CLIENTS})

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Casussen", PageName.CASUSSEN)
        self._rows: tuple[MatterRow, ...] = ()
        self._wanted: object = None
        self.matter: MatterRow | None = None
        self.open_matter: MatterId | None = None
        self.counted = Label("", "body", "muted")
        self.list = TwoLineList("Kwesties")
        self.cases = TwoLineList("Casussen in deze kwestie", grows=True)
        self._build()
        self.which.chosen.connect(lambda _: self._show_rows())
        self.list.chosen.connect(self._follow)
        self.list.opened.connect(lambda _: self.open_cases())
        self.look.clicked.connect(self.open_cases)
        self.rename.clicked.connect(self._rename)
        self.to_cases.clicked.connect(lambda: context.navigate(Place(PageName.CASUSSEN)))
        self.cases.opened.connect(lambda case: context.navigate(Place(PageName.CASUS, case=case)))

    def _build(self) -> None:
        self.to_cases = Button("Naar de casussen", PRIMARY, size=36)
        self._empty = instead(
            "lijst",
            "Hier komen uw kwesties",
            "Een kwestie is wat er achter één of meer casussen zit. U koppelt een casus eraan op de pagina van die "
            "casus, bij de personen. De naam is alleen voor u.",
            self.to_cases,
        )
        self._area = Beside(self.list, self._about(), self._cases_card(), width=_LIST, height=_LOW_LIST)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._area, 1)
        column.addWidget(self._empty, 1)
        self.lay_out(self.counted, held)

    def _about(self) -> Card:
        card = self._about_card = Card(" ")
        self.rename = Button("Naam wijzigen…", QUIET, size=28)
        card.title.setWordWrap(True)
        card.head.setStretch(0, 3)
        card.head.addWidget(self.rename)
        self._lines = FactLines()
        card.body.addLayout(self._lines)
        self.look = Button("Casussen tonen", icon="casussen")
        card.body.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _cases_card(self) -> Card:
        card = self._of_matter = Card("Casussen", flush=True)
        card.body.addWidget(self.cases)
        card.hide()
        return card

    def first_focus(self) -> QWidget | None:
        """Return the list, or the way to the cases where there is no matter."""
        return self.to_cases if self._empty.isVisible() else self.list

    def refresh(self) -> None:
        """Ask for the matters, and for the cases of the one that is open."""
        self.context.worker.run(people.matter_rows, self._show, self.context.failed)
        if self.open_matter is not None:
            self._ask_cases(self.open_matter)

    def open_cases(self) -> None:
        """Show the cases of the chosen matter."""
        if self.matter is not None:
            self.open_matter = self.matter.id
            self._ask_cases(self.matter.id, go_there=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take every name off the page when it is left or locked; coming back asks for them anew."""
        self._wanted = self.list.key
        self._close_cases()
        self._rows, self.matter = (), None
        self.list.show_rows([])
        self._about_card.title.setText("")
        self._about_card.setAccessibleName("")
        self._lines.clear()
        self._stale = True
        super().hideEvent(event)

    def _show(self, rows: tuple[MatterRow, ...]) -> None:
        self._rows = rows
        clients = sorted({(row.client_name, row.client) for row in rows})
        self.which.offer("Organisatie", [("Alle", None), *clients], self.which.value)
        if self.which.value not in {None, *(client for _, client in clients)}:
            self.which.set_value(None)
        self.which.setVisible(len(clients) > 1)
        self._empty.setVisible(not rows)
        self._area.setVisible(bool(rows))
        self._show_rows()
        if not rows and self.isVisible() and self.window().focusWidget() in {None, self.list, self}:
            self.to_cases.setFocus()

    def _show_rows(self) -> None:
        shown = [row for row in self._rows if self.which.value in {None, row.client}]
        self.counted.setText(counted(len(shown), "kwestie", "kwesties") if shown else "")
        key = self.list.key or self._wanted
        self.list.show_rows([_row(row) for row in shown])
        self._wanted = None
        if shown:
            self.list.choose(key if any(row.id == key for row in shown) else shown[0].id)
        self._follow(self.list.key)

    def _follow(self, key: object) -> None:
        self.matter = next((row for row in self._rows if row.id == key), None)
        if self.open_matter != key:
            self._close_cases()
        if (matter := self.matter) is None:
            return
        self._about_card.title.setText(matter.name)
        self._about_card.setAccessibleName(matter.name)
        self.rename.setAccessibleName(f"Naam van {matter.name} wijzigen")
        self.look.setAccessibleName(f"Casussen in {matter.name} tonen")
        self._lines.clear()
        self._lines.say("Organisatie", matter.client_name)
        self._lines.say("Casussen", str(matter.cases))

    def _close_cases(self) -> None:
        self.open_matter = None
        self.cases.show_rows([])
        self._of_matter.hide()
        self.look.show()

    def _ask_cases(self, number: MatterId, *, go_there: bool = False) -> None:
        def show(found: tuple[MatterCase, ...]) -> None:
            if number != self.open_matter:
                return
            self.cases.show_rows([_case_row(case) for case in found])
            self._of_matter.show()
            self.look.hide()
            if go_there:
                choose_something(self.cases)
                self.cases.setFocus()
                QTimer.singleShot(0, self.cases, self._reveal)  # once the list has its place

        self.context.worker.run(partial(people.cases_in_matter, matter_id=number), show, self.context.failed)

    def _reveal(self) -> None:
        reveal_row(self.cases)

    def _rename(self) -> None:
        if (row := self.matter) is not None:
            RenameMatterDialog(self.context, self, row.first, Matter(row.id, row.client, row.name)).open()


def _row(row: MatterRow) -> ListRow:
    return ListRow(row.id, row.name, row.client_name, "lijst", right=counted(row.cases, "casus", "casussen"))


def _case_row(case: MatterCase) -> ListRow:
    return ListRow(
        case.id, f"{case.code} · {case.pseudonym}", icon="casussen", state=(case.phase.value, case.phase.value)
    )
