"""The forms that merge and end units from a day on; no case changes, and both can be taken back."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.clients import Client, Unit
from vpdesk.domain.ids import UnitId
from vpdesk.operations import units
from vpdesk.operations.units import Reorganised
from vpdesk.operations.vaults import Vault
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.unit_cards import FEWEST, said, take_back
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog

MERGING: Final = (
    "Casussen houden het onderdeel waarmee zij zijn vastgelegd. Wat vanaf die dag is geopend, telt bij het nieuwe "
    "onderdeel. In een verslag over een periode waarin die dag valt, staan zij samen in één rij."
)
ENDING: Final = (
    "Casussen houden het onderdeel waarmee zij zijn vastgelegd. Wat vanaf die dag is geopend, telt als onbekend. In "
    "een verslag over een periode waarin die dag valt, staat het onderdeel samen met onbekend in één rij."
)


OUT: Final = "Over eerdere dagen zijn al aantallen per onderdeel uitgegeven. Kies {day} of later."


class _FromADay(FormDialog):
    """A form with the day from which something holds."""

    keeps_text = True

    def __init__(
        self, context: Context, parent: QWidget, title: str, verb: str, text: str, first_day: date | None
    ) -> None:
        super().__init__(parent, title, verb, text=text)
        self._context = context
        self.day = DateEdit(max(context.clock().date(), first_day or date.min), "Vanaf")
        hint = "" if first_day is None else OUT.format(day=wording.long_date(first_day))
        self._day_field = Field("Vanaf", self.day, hint=hint)

    def reorganise(self, operation: Callable[[Vault], Reorganised]) -> None:
        """Carry out the verb."""
        self._context.worker.run(self.sending(operation), self._kept, self.failed)

    def _kept(self, done: Reorganised) -> None:
        context = self._context
        context.changes.tell(Topic.CLIENTS, Topic.CASES)
        context.message(f"{said(done)}.", undo=partial(take_back, context, done))
        self.accept()


class MergeDialog(_FromADay):
    """Which units go on together, in which one, from which day on."""

    def __init__(
        self, context: Context, parent: QWidget, client: Client, there: Sequence[Unit], first_day: date | None
    ) -> None:
        super().__init__(context, parent, "Onderdelen samenvoegen", "Samenvoegen", MERGING, first_day)
        self._client = client
        self.boxes = {unit.id: CheckBox(unit.name) for unit in there}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for box in self.boxes.values():
            column.addWidget(box)
        self.body.addWidget(Field("Welke onderdelen", holder))
        self.into = ComboBox("Gaan op in")
        self.into.addItem("Een nieuw onderdeel", None)
        for unit in there:
            self.into.addItem(unit.name, unit.id)
        self.name = LineEdit(name="Naam van het nieuwe onderdeel")
        self._name = Field("Naam van het nieuwe onderdeel", self.name)
        self.body.addWidget(Field("Gaan op in", self.into))
        self.body.addWidget(self._name)
        self.body.addWidget(self._day_field)
        self.into.currentIndexChanged.connect(lambda _: self._name.setVisible(self.into.currentData() is None))
        self.verb.clicked.connect(self._merge)
        next(iter(self.boxes.values())).setFocus()

    def _merge(self) -> None:
        chosen = [number for number, box in self.boxes.items() if box.isChecked()]
        into = None if self.into.currentData() is None else UnitId(self.into.currentData())
        if len({*chosen, into} - {None}) < FEWEST:
            self.say_wrong("Kies twee of meer onderdelen om samen te voegen.")
            return
        name, on, number = self.name.text(), self.day.day, self._client.id
        self.reorganise(
            lambda vault: units.merge_units(vault, client_id=number, merged=chosen, into=into, name=name, on=on)
        )


class EndDialog(_FromADay):
    """From which day on a unit is there no more."""

    def __init__(self, context: Context, parent: QWidget, unit: Unit, first_day: date | None) -> None:
        super().__init__(context, parent, f"{unit.name} beëindigen", "Beëindigen", ENDING, first_day)
        self._unit = unit
        self.body.addWidget(self._day_field)
        self.day.setFocus()
        self.verb.clicked.connect(self._end)

    def _end(self) -> None:
        unit, on = self._unit, self.day.day
        self.reorganise(lambda vault: units.end_unit(vault, client_id=unit.client, unit_id=unit.id, on=on))
