"""Hours for an invoice: chosen by organisation and period, shown as the lines to copy, without any day of work.

What goes on an invoice leaves the house. So the form of the ledger is one step away, filled in; nothing is written in
it unless the user does.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.clients import Client
from vpdesk.domain.errors import InvalidValueError, VpdeskError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.reminders import add_months
from vpdesk.operations import clients
from vpdesk.operations.invoicing import STEPS, InvoiceHours, invoice_hours
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.clipboard import marked_text
from vpdesk.ui.context import Context
from vpdesk.ui.pages.ledger_entry import EntryForm, Proposal
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fields import ComboBox, DateEdit, Field
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.writing import PlainText

ABOUT: Final = (
    "Uren zeggen iets over het aantal gesprekken. Noem daarom een getal over een heel kwartaal, zonder data. Gaat dit "
    "getal de deur uit, zet het dan in het register: dan telt het mee in elk volgend verslag."
)
TO_LEDGER: Final = "In het register van uitgegeven cijfers zetten…"


def last_quarter(today: date) -> Period:
    """Return the last calendar quarter that is over."""
    first = date(today.year, today.month - (today.month - 1) % 3, 1)
    return Period(add_months(first, -3), first - timedelta(days=1))


class InvoiceDialog(FormDialog):
    """The choice and the lines; with `period` it begins there, otherwise with the last quarter that is over."""

    def __init__(
        self, context: Context, parent: QWidget, *, client: ClientId | None = None, period: Period | None = None
    ) -> None:
        super().__init__(parent, "Uren voor een factuur", "Kopiëren", text=ABOUT)
        self._context, self._wanted = context, client
        self._hours: InvoiceHours | None = None
        self._asked = 0
        usual = period or last_quarter(context.clock().date())
        self.client = ComboBox("Organisatie")
        self.step = ComboBox("Afronden")
        for words, step in STEPS.items():
            self.step.addItem(words, step)
        self.first, self.last = DateEdit(usual.first, "Van"), DateEdit(usual.last, "Tot en met")
        self.text = PlainText()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Regels voor de factuur")
        self.text.setFixedHeight(theme.px(104))
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(8)
        self.to_ledger = Button(TO_LEDGER, size=28)
        self.pair(Field("Organisatie", self.client), Field("Afronden", self.step))
        self.pair(Field("Van", self.first), Field("Tot en met", self.last))
        self.body.addWidget(Field("Regels voor de factuur", self.text))
        self.body.addLayout(self._warnings)
        row = Flow()
        row.addWidget(self.to_ledger)
        self.body.addLayout(row)
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self._ready(None)
        for box in (self.client, self.step):
            box.currentIndexChanged.connect(self._ask)
        for day in (self.first, self.last):
            day.dateChanged.connect(self._ask)
        self.verb.clicked.connect(self._copy)
        self.to_ledger.clicked.connect(self._enter)
        context.worker.run(clients.clients, self._offer, self.failed)

    def _offer(self, found: Sequence[Client]) -> None:
        for client in found:
            self.client.addItem(client.name, client.id)
        if self._wanted is not None:
            self.client.choose(self._wanted)
        if not found:
            self.say_wrong("Er is nog geen organisatie. Voeg er eerst een toe op de bladzijde Organisaties.")
            self.verb.setEnabled(False)
        self.client.setFocus()

    def _ask(self) -> None:
        self._asked += 1
        self._ready(None)
        if self.client.currentData() is None:
            return
        try:
            period = Period(self.first.day, self.last.day)
        except InvalidValueError as error:
            self._not_ready(error)
            return
        client, step = ClientId(self.client.currentData()), int(self.step.currentData())
        ask = partial(invoice_hours, client_id=client, period=period, step=step)
        self._context.worker.run(ask, partial(self._show, self._asked), self._not_ready)

    def _show(self, asked: int, hours: InvoiceHours) -> None:
        if asked == self._asked:
            self.say_wrong("")
            self._ready(hours)

    def _not_ready(self, error: VpdeskError) -> None:
        self.failed(error)
        self._ready(None)

    def _ready(self, hours: InvoiceHours | None) -> None:
        self._hours = hours
        self.text.setPlainText("" if hours is None else hours.text)
        for button in (self.verb, self.to_ledger):
            button.setEnabled(hours is not None)
        clear(self._warnings)
        for warning in () if hours is None else hours.warnings:
            self._warnings.addWidget(Message(warning, "warning"))
        self.fit()

    def _copy(self) -> None:
        if self._hours is not None:
            QGuiApplication.clipboard().setMimeData(marked_text(self._hours.text))
            self._context.message("Gekopieerd. vpdesk wist het klembord vanzelf.")

    def _enter(self) -> None:
        if self._hours is not None:
            proposal = Proposal(self._hours.period, self._hours.bounds)
            client = ClientId(self.client.currentData())
            EntryForm(self._context, self, client, self._entered, proposal).open()

    def _entered(self, _publication: Publication) -> None:
        self._context.changes.tell(Topic.REPORTS)
        self._context.message("Het getal staat in het register en telt mee in elk volgend verslag.")
        self.accept()
