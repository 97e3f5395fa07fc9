"""The card of an organisation's units: those that are there, what became of others, and what can be done with them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout

from vpdesk.domain import wording
from vpdesk.domain.clients import Client, Unit
from vpdesk.domain.units import UnitChange, UnitEvent
from vpdesk.operations import clients, units
from vpdesk.operations.units import Reorganised
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.client_cards import UnitRow
from vpdesk.ui.pages.client_dialogs import UnitDialog
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.tab_order import follow_on

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

FEWEST: Final = 2
NONE: Final = "Geen onderdelen. Zonder onderdelen zijn mensen minder snel te herkennen."


@dataclass(frozen=True, slots=True)
class Units:
    """The units of an organisation with what became of them."""

    all: tuple[Unit, ...]
    done: tuple[Reorganised, ...]
    renamed: tuple[UnitEvent, ...]
    first_day: date | None


def units_of(vault: "Vault", client: Client) -> Units:
    """Read the units of an organisation."""
    return Units(
        clients.units(vault, client.id),
        units.what_became(vault, client.id),
        units.former_names(vault, client.id),
        units.first_day(vault, client.id),
    )


class UnitsCard(Card):
    """Units by name, with their history below."""

    def __init__(self, context: Context) -> None:
        super().__init__("Onderdelen")
        self._context = context
        self._client: Client | None = None
        self._units = Units((), (), (), None)
        self.add = Button("Toevoegen…", QUIET, size=28, name="Onderdeel toevoegen")
        self.merge = Button("Samenvoegen…", QUIET, size=28, name="Onderdelen samenvoegen")
        self.add.clicked.connect(self._add)
        self.merge.clicked.connect(self._merge)
        self.head.addWidget(self.merge)
        self.head.addWidget(self.add)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(6)
        self.body.addLayout(self.rows)

    def show_units(self, client: Client, found: Units) -> None:
        """Show the units of an organisation."""
        self._client, self._units = client, found
        today = self._context.clock().date()
        clear(self.rows)
        there = [unit for unit in found.all if unit.until is None or unit.until > today]
        self.merge.setVisible(len(self.there) >= FEWEST)
        rows = [self._row(unit) for unit in there]
        for row in rows:
            self.rows.addWidget(row)
        if not there:
            self.rows.addWidget(Label(NONE, "body", "muted", wraps=True))
        if found.done:
            self.rows.addSpacing(4)
            self.rows.addWidget(Rule())
            self.rows.addWidget(Label("Wat er veranderde", "label", "muted"))
        for done in found.done:
            words = said(done)
            back = ("Terugdraaien", f"Terugdraaien: {words}", partial(take_back, self._context, done))
            rows.append(UnitRow(words, "", back))
            self.rows.addWidget(rows[-1])
        follow_on(self.add, [button for row in rows for button in row.buttons])  # not after the cards below this one

    @property
    def there(self) -> tuple[Unit, ...]:
        """The units that go on for as far as is known."""
        return tuple(unit for unit in self._units.all if unit.until is None)

    def _row(self, unit: Unit) -> UnitRow:
        notes = [
            f"heette {event.was}" + (f" tot {wording.long_date(event.on)}" if event.on else "")
            for event in self._units.renamed
            if event.unit == unit.id
        ]
        if unit.since is not None:
            notes.append(f"vanaf {wording.long_date(unit.since)}")
        if unit.until is not None:
            notes.append(f"tot en met {wording.long_date(unit.until - timedelta(days=1))}")
        actions = [("Hernoemen…", f"{unit.name} hernoemen", lambda: self._rename(unit))]
        if unit.until is None:
            actions.append(("Beëindigen…", f"{unit.name} beëindigen", lambda: self._end(unit)))
        return UnitRow(unit.name, "; ".join(notes), *actions)

    def _add(self) -> None:
        if self._client is not None:
            UnitDialog(self._context, self, self._client).open()

    def _rename(self, unit: Unit) -> None:
        if self._client is not None:
            UnitDialog(self._context, self, self._client, unit).open()

    def _merge(self) -> None:
        from vpdesk.ui.pages.unit_dialogs import MergeDialog  # noqa: PLC0415 - loaded when used

        if self._client is not None:
            MergeDialog(self._context, self, self._client, self.there, self._units.first_day).open()

    def _end(self, unit: Unit) -> None:
        from vpdesk.ui.pages.unit_dialogs import EndDialog  # noqa: PLC0415 - loaded when used

        EndDialog(self._context, self, unit, self._units.first_day).open()


def take_back(context: Context, done: Reorganised) -> None:
    """Take back what was done with units, and say so."""

    def told(_result: object) -> None:
        context.changes.tell(Topic.CLIENTS, Topic.CASES)
        context.message("Teruggedraaid. De onderdelen zijn weer zoals zij waren.")

    context.worker.run(lambda vault: units.take_back(vault, done), told, context.failed)


def said(done: Reorganised) -> str:
    """Return what was done with units as one sentence: *Noord en West gingen op 1 juli 2025 op in Noordwest*."""
    going = [event for event in done.events if event.kind is not UnitChange.BEGONNEN]
    names = wording.joined([event.was for event in going])
    into = next((event.became for event in going if event.kind is UnitChange.SAMENGEVOEGD), "")
    day = wording.long_date(done.on)
    if not into:
        return f"{names}: geen onderdeel meer vanaf {day}"
    return f"{names}: vanaf {day} opgegaan in {into}"
