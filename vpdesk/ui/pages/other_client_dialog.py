"""The form that moves a case to another organisation, and says beforehand what goes along and what stays behind."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.cases import Case
from vpdesk.domain.clients import Client
from vpdesk.domain.conflicts import Level
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.ids import ClientId, UnitId
from vpdesk.operations import other_client
from vpdesk.operations.other_client import AtClient, Elsewhere
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.report_periods import label
from vpdesk.ui.pages.conflict_check import BESIDE
from vpdesk.ui.pages.weighed import WeighedForm
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fields import ComboBox, Field
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vpdesk.operations.vaults import Vault

NO_OTHER = "Er is geen andere organisatie. Voeg die toe op de bladzijde Organisaties; de casus blijft waar hij is."


class OtherClientDialog(WeighedForm):
    """Which organisation, and which part of it; the rest follows."""

    topics = (
        Topic.CASES,
        Topic.CONVERSATIONS,
        Topic.REMINDERS,
        Topic.PEOPLE,
        Topic.MELDINGEN,
        Topic.GUIDED,
        Topic.CLIENTS,
    )

    def __init__(self, context: Context, parent: QWidget, case: Case) -> None:
        super().__init__(
            context,
            parent,
            case,
            "Naar een andere organisatie",
            "Verplaatsen",
            text="Voor een casus die bij de verkeerde organisatie staat. Gesprekken, personen, stappen, meldingen en "
            "herinneringen gaan mee; verslagen tellen hem voortaan daar.",
        )
        self.setMinimumWidth(520)
        self.to = ComboBox("Organisatie")
        self.unit = ComboBox("Organisatieonderdeel")
        self._unit_field = Field("Organisatieonderdeel, mag leeg", self.unit)
        self._unit_field.hide()
        self._said = QVBoxLayout()
        self._said.setSpacing(8)
        self.body.addWidget(Field("Naar organisatie", self.to))
        self.body.addWidget(self._unit_field)
        self.body.addLayout(self._said)
        self.body.addWidget(self.weighing)
        self.body.addStretch(1)
        self.verb.setEnabled(False)
        self.verb.clicked.connect(self._move)
        self.to.currentIndexChanged.connect(lambda _: self._look())
        self.to.setFocus()
        number = case.id
        context.worker.run(lambda vault: other_client.other_clients(vault, number), self._offer, self._bound)

    @property
    def told(self) -> str:
        """What the form says about the organisation that is chosen."""
        return "\n".join(part.accessibleName() for part in self.findChildren(Message) if not part.isHidden())

    def _offer(self, found: tuple[Client, ...]) -> None:
        if not found:
            self.say_wrong(NO_OTHER)
            self.verb.setEnabled(False)
        for client in found:
            self.to.addItem(client.listed(self.case.opened), client.id)

    def failed(self, error: VpdeskError) -> None:
        """Say it with the verb of this form."""
        super().failed(error)
        if self.going_on is not None:
            self._name_verb("Toch verplaatsen")

    def _bound(self, error: VpdeskError) -> None:
        self.failed(error)
        self.to.setEnabled(False)
        self.verb.setEnabled(False)

    def _look(self) -> None:
        chosen = self.to.currentData()
        self.verb.setEnabled(False)
        if chosen is None:
            return
        number, today = self.case.id, self.context.clock().date()
        look = partial(other_client.elsewhere, case_id=number, client_id=ClientId(chosen), today=today)
        self.context.worker.run(look, self._show, self.failed)

    def _show(self, found: Elsewhere) -> None:
        if found.client.id != self.to.currentData():
            return
        self.unit.clear()
        self.unit.addItem("Onbekend", None)
        for unit in found.units:
            self.unit.addItem(unit.name, unit.id)
        self._unit_field.setVisible(bool(found.units))
        clear(self._said)
        for start, text, kind in _consequences(found, self.case):
            self._said.addWidget(Message(text, kind, start=start))
        self.weighing.hide()
        self._name_verb("Verplaatsen")
        self.say_wrong("")
        self.fit()

    def _name_verb(self, words: str) -> None:
        self.verb.setText(words)
        self.verb.setAccessibleName(words)
        self.verb.updateGeometry()

    def _move(self) -> None:
        chosen, unit = self.to.currentData(), self.unit.currentData()
        if chosen is None:
            return
        move = partial(
            other_client.move_to_client,
            case_id=self.case.id,
            client_id=ClientId(chosen),
            unit_id=None if unit is None else UnitId(unit),
            today=self.context.clock().date(),
            going_on=self.going_on,
        )
        self.keep(move)

    def _kept(self, result: object) -> None:
        super()._kept(result)
        if isinstance(result, AtClient):
            said = f"De casus hoort nu bij {self.to.currentText()}."
            if result.level is Level.LET_OP:
                said = f"{said} {BESIDE}"

            def back(vault: "Vault") -> Case:
                return other_client.take_back(vault, result)

            self.context.message(said, undo=undoing(self.context, back, *self.topics))


def _consequences(found: Elsewhere, case: Case) -> "Iterator[tuple[str, str, str]]":
    behind = list(_behind(found))
    if behind:
        yield "Gaat niet mee:", f"{wording.joined(behind)}.", "warning"
    if found.consents:
        said = "Die geldt voor wie erin staat. Vraag het de persoon opnieuw voor iemand van de andere organisatie."
        yield "Toestemming:", said, "info"
    if found.client.agreed.ended_on(case.opened):
        yield "Aanstelling:", "Uw aanstelling daar was voorbij toen deze casus begon. Hij telt wel mee.", "warning"
    if found.reported:
        periods = wording.joined([label(period) for period in found.reported])
        yield (
            "Verslag:",
            f"Over {periods} ging daar al een verslag uit. Dat blijft zoals het is; deze casus telt er niet in mee.",
            "warning",
        )
    here, there = found.months
    if here != there:
        yield "Bewaren:", f"Daar is de termijn {there} maanden na het afsluiten, en niet {here}.", "info"


def _behind(found: Elsewhere) -> "Iterator[str]":
    if found.unit is not None:
        yield f"het onderdeel {found.unit.name}"
    for matter in found.matters:
        yield f"de kwestie ‘{matter.name}’"
    if found.terms:
        yield "de termijn uit de regeling hier"
    if found.outcomes:
        yield "de uitkomst van de procedure, die u daar niet vastlegt"
