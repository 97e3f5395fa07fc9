"""Adding by hand what left the house in another form than a report: a letter, an invoice, what was said aloud."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.statements import Audience
from vpdesk.operations import ledger, ledger_check
from vpdesk.operations.ledger import Entry
from vpdesk.operations.ledger_clash import KINDS
from vpdesk.ui import theme
from vpdesk.ui.context import Context
from vpdesk.ui.models.report_periods import proposed
from vpdesk.ui.pages.ledger_number import Choices, NumberRow
from vpdesk.ui.pages.report_dialogs import AUDIENCES
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.fields import ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_ADD: Final = "Toevoegen"
_ANYWAY: Final = "Toch invoeren"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form begins with: hours of an invoice over a period, from and up to how many."""

    period: Period
    hours: tuple[str, str]


class EntryForm(FormDialog):
    """The form; `then(publication)` follows."""

    keeps_text = True

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        client: ClientId,
        then: Callable[[Publication], None],
        proposal: Proposal | None = None,
    ) -> None:
        super().__init__(
            parent,
            "Toevoegen wat naar buiten is gegaan",
            _ADD,
            text="Alleen getallen over mensen en casussen tellen: hoeveel het er waren, en waarover. Wist u het niet "
            "precies, vul dan ook ‘Tot en met’ in.",
        )
        self.setMinimumWidth(theme.px(660))  # a scroll bar takes nothing of the fields
        self._context, self._client, self._then = context, client, then
        self._choices: Choices = {}
        self._doubted: Entry | None = None
        self._proposal = proposal
        today = context.clock().date()
        usual = proposed(today, 1) if proposal is None else proposal.period
        self.kind = ComboBox("Wat")
        for kind, words in KINDS.items():
            if kind is not Kind.VERSLAG:
                self.kind.addItem(words, kind)
        if proposal is not None:
            self.kind.choose(Kind.FACTUUR)
        self.on = DateEdit(today, "Wanneer")
        self.recipient = LineEdit(name="Aan wie", placeholder="De directie")
        self.audience = ComboBox("Wie kan het hebben gezien")
        for words, audience in AUDIENCES:
            self.audience.addItem(words, audience)
        self.first, self.last = DateEdit(usual.first, "Over de dagen van"), DateEdit(usual.last, "Tot en met")
        self.pair(Field("Wat", self.kind), Field("Wanneer", self.on))
        self.pair(Field("Aan wie", self.recipient), Field("Wie kan het hebben gezien", self.audience))
        self.pair(Field("Over de dagen van", self.first), Field("Tot en met", self.last))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.numbers: list[NumberRow] = []
        self.more = Button("Nog een getal", QUIET, size=28)
        self.body.addLayout(self._rows)
        self.body.addWidget(self.more)
        self.more.clicked.connect(self._another)
        for box in (self.kind, self.audience):
            box.currentIndexChanged.connect(self._certain)
        for day in (self.on, self.first, self.last):
            day.dateChanged.connect(self._certain)
        self.recipient.textChanged.connect(self._certain)
        self.verb.setEnabled(False)
        self.verb.clicked.connect(self._keep)
        context.worker.run(lambda vault: ledger.choices(vault, client), self._offer, self.failed)

    def _offer(self, choices: Choices) -> None:
        self._choices = choices
        self._another()
        if self._proposal is not None:
            self.numbers[0].propose_hours(*self._proposal.hours)
        self.verb.setEnabled(True)
        self.kind.setFocus()

    def _another(self) -> None:
        row = NumberRow(self._choices)
        self.numbers.append(row)
        self._rows.addWidget(row)
        row.show()
        QWidget.setTabOrder(row.beside.together, self.more)
        row.of.setFocus()
        row.changed.connect(self.fit)
        row.changed.connect(self._certain)
        self.fit()

    def _certain(self) -> None:
        self._doubt(None, "")

    def _doubt(self, entry: Entry | None, doubts: str) -> None:
        """Say what is doubted of an entry, and offer to keep it all the same; None when something changed since."""
        if entry is None and self._doubted is None:
            return
        self._doubted = entry
        self.verb.setText(_ADD if entry is None else _ANYWAY)
        self.verb.setAccessibleName(self.verb.text())
        self.say_wrong(doubts)

    def _entry(self) -> Entry | None:
        """Return what the form holds; None with a sentence in the form where that is nothing."""
        try:
            return Entry(
                client=self._client,
                kind=Kind(self.kind.currentData()),
                on=self.on.day,
                recipient=self.recipient.text(),
                period=Period(self.first.day, self.last.day),
                said=tuple(row.said() for row in self.numbers if not row.empty),
                audience=Audience(self.audience.currentData()),
            )
        except InvalidValueError as error:
            self.failed(error)
            return None

    def _keep(self) -> None:
        entry = self._entry()
        if entry is None:
            return
        self.verb.setEnabled(False)
        today, sure = self._context.clock().date(), entry == self._doubted

        def keep(vault: "Vault") -> Publication | str:
            doubts = "" if sure else ledger_check.doubts(vault, entry)
            return doubts or ledger.enter(vault, entry, today=today, anyway=sure)

        self._context.worker.run(keep, partial(self._kept, entry), self.failed)

    def _kept(self, entry: Entry, answer: Publication | str) -> None:
        if isinstance(answer, str):
            self._doubt(entry, answer)
            self.verb.setFocus()
            return
        self.accept()
        self._then(answer)
