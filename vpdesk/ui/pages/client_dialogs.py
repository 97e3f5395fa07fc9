"""The forms about organisations: a new one, a changed one, a part of one."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.clients import PROCEDURE_OUTCOME, Client, Unit
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.ids import ClientId
from vpdesk.operations import clients, units
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

THRESHOLD_HELP = (
    "Het verslag noemt geen aantal mensen onder dit getal. Vijf is het minimum; hoger mag altijd, lager kan niet meer."
)
STATISTICS_HELP = (
    "Met zo’n gegeven erbij zijn mensen eerder te herkennen. Alleen aanzetten als het verslag het nodig heeft."
)
PART_OF_HELP = "Wie over de een leest, kan ook de verslagen van de ander hebben. vpdesk rekent ze daarom samen na."
STATISTICS_LABELS = {
    "onderdeel": "Aantallen per onderdeel",
    "verbonden": "Hoe mensen verbonden zijn",
    PROCEDURE_OUTCOME: "Uitkomst van procedures vastleggen (komt in geen verslag)",
}
_HIGHEST = 20


class ClientDialog(FormDialog):
    """Everything that is kept about an organisation; `then(client)` follows."""

    keeps_text = True

    def __init__(
        self, context: Context, parent: QWidget, then: Callable[[Client], None], client: Client | None = None
    ) -> None:
        title = "Nieuwe organisatie" if client is None else "Organisatie wijzigen"
        super().__init__(parent, title, "Toevoegen" if client is None else "Bewaren")
        self._context = context
        self._then = then
        self._client = client
        known = client or Client(ClientId(0), "nieuw")
        self.name = LineEdit("" if client is None else client.name, name="Naam")
        self._name_field = Field("Naam", self.name)
        self.appointment = ComboBox("Aanstelling")
        self.appointment.addItem("Extern", "extern")
        self.appointment.addItem("Intern", "intern")
        self.appointment.choose(known.appointment)
        self.year = ComboBox("Verslagjaar begint in")
        for number, month in enumerate(wording.MONTHS, 1):
            self.year.addItem(month.capitalize(), number)
        self.year.choose(known.year_starts_in)
        self.threshold = ComboBox("Drempelwaarde")
        for number in range(known.threshold, max(_HIGHEST, known.threshold) + 1):
            self.threshold.addItem(str(number), number)
        self.part_of = ComboBox("Onderdeel van")
        self.part_of.addItem("Geen andere organisatie", None)
        self.contact = LineEdit(known.contact, name="Contact", placeholder="Functie en hoe u die bereikt")
        self.agreements = PlainText(known.agreements)
        self.agreements.setFixedHeight(theme.px(88))
        self.statistics = {code: CheckBox(label) for code, label in STATISTICS_LABELS.items()}
        for code, box in self.statistics.items():
            box.setChecked(code in known.statistics)
            box.setAccessibleDescription(STATISTICS_HELP)
        self.body.addWidget(self._name_field)
        self.pair(Field("Aanstelling", self.appointment), Field("Verslagjaar begint in", self.year))
        self.body.addWidget(Field("Drempelwaarde", self.threshold, hint=THRESHOLD_HELP))
        self.body.addWidget(Field("Onderdeel van", self.part_of, hint=PART_OF_HELP))
        self.body.addWidget(Field("Contact, mag later", self.contact))
        self.body.addWidget(
            Field(
                "Overige afspraken, mag later",
                self.agreements,
                hint="Wat begint met Bereikbaar: of Verslag aan: komt zo in het verslag.",
            )
        )
        self.body.addWidget(Field("Ook in het verslag", self._boxes(), hint=STATISTICS_HELP))
        self.name.setFocus()
        self.verb.clicked.connect(self._keep)
        context.worker.run(clients.clients, self._offer_wholes, self.failed)

    def _offer_wholes(self, found: tuple[Client, ...]) -> None:
        known = self._client
        for client in found:
            if known is None or client.id != known.id:
                self.part_of.addItem(client.name, client.id)
        if known is not None and known.part_of is not None:
            self.part_of.choose(known.part_of)

    def _boxes(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for box in self.statistics.values():
            column.addWidget(box)
        return holder

    def _keep(self) -> None:
        name = self.name.text().strip()
        if not name:
            self._name_field.show_error("Een organisatie heeft een naam nodig.")
            self.name.setFocus()
            return
        appointment, year = str(self.appointment.currentData()), int(self.year.currentData())
        threshold, contact = int(self.threshold.currentData()), self.contact.text().strip()
        agreements, before = self.agreements.toPlainText().strip(), self._client
        statistics = tuple(code for code, box in self.statistics.items() if box.isChecked())
        whole = self.part_of.currentData()
        part_of = None if whole is None else ClientId(whole)

        def keep(vault: "Vault") -> Client:
            if before is None:
                return clients.add_client(
                    vault,
                    name=name,
                    appointment=appointment,
                    threshold=threshold,
                    year_starts_in=year,
                    contact=contact,
                    agreements=agreements,
                    statistics=statistics,
                    part_of=part_of,
                )
            changed = replace(before, name=name, appointment=appointment, threshold=threshold, statistics=statistics)
            changed = replace(changed, part_of=part_of)
            return clients.change_client(
                vault, replace(changed, year_starts_in=year, contact=contact, agreements=agreements)
            )

        self._context.worker.run(self.sending(keep), self._kept, self.failed)

    def failed(self, error: VpdeskError) -> None:
        """Say a taken name at the field."""
        super().failed(error)
        self.name.setFocus()

    def _kept(self, client: Client) -> None:
        self._context.changes.tell(Topic.CLIENTS)
        self.accept()
        if (before := self._client) is not None:
            back = undoing(self._context, lambda vault: clients.change_client(vault, before), Topic.CLIENTS)
            rose = client.threshold > before.threshold  # which stays, since people may have been told so
            self._context.message("De organisatie is gewijzigd.", undo=None if rose else back)
        self._then(client)


class UnitDialog(FormDialog):
    """A part of an organisation: a new one, or another name for one that is there."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, client: Client, unit: Unit | None = None) -> None:
        super().__init__(
            parent,
            "Onderdeel hernoemen" if unit else "Onderdeel toevoegen",
            "Bewaren" if unit else "Toevoegen",
            text="Het blijft hetzelfde onderdeel: de casussen blijven erbij horen, en in nieuwe verslagen staat de "
            "nieuwe naam. Verslagen die al zijn uitgegeven, veranderen niet."
            if unit
            else "Met een onderdeel erbij zijn mensen eerder te herkennen. Alleen nodig als het verslag ernaar vraagt.",
        )
        self._context = context
        self._client = client
        self._unit = unit
        self.name = LineEdit(unit.name if unit else "", name="Naam van het onderdeel")
        self.body.addWidget(Field("Naam", self.name))
        self.name.setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        number, unit, name = self._client.id, self._unit, self.name.text()
        today = self._context.clock().date()

        def keep(vault: "Vault") -> Unit:
            if unit is None:
                return clients.add_unit(vault, client_id=number, name=name)
            return clients.rename_unit(vault, unit, name=name, on=today)

        self._context.worker.run(self.sending(keep), self._kept, self.failed)

    def _kept(self, unit: Unit) -> None:
        context, before = self._context, self._unit
        context.changes.tell(Topic.CLIENTS)
        if before is not None and before.name != unit.name:

            def undo() -> None:
                context.worker.run(
                    lambda vault: units.take_back_name(vault, unit),
                    lambda _: context.changes.tell(Topic.CLIENTS),
                    context.failed,
                )

            context.message(f"{before.name} heet nu {unit.name}.", undo=undo)
        self.accept()
