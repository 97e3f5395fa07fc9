"""Adding by hand what left the house in another form than a report: a letter, an invoice, what was said aloud."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.statements import Audience
from vpdesk.operations import ledger
from vpdesk.operations.ledger import Entry, Said
from vpdesk.ui import theme
from vpdesk.ui.context import Context
from vpdesk.ui.models.report_periods import proposed
from vpdesk.ui.pages.report_dialogs import AUDIENCES
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.fields import ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

Choices = dict[str, tuple[tuple[str, str], ...]]

_ALL: Final = "Alle casussen"
_SUBJECTS: Final = {
    "thema": "Hoofdthema",
    "werkgebied": "Werkgebied",
    "rol": "Rol",
    "relatie": "Verhouding tot de ander",
    "fase": "Fase",
    "afloop": "Afloop",
    "verbonden": "Band met de organisatie",
    "gevonden_via": "Gevonden via",
    "onderdeel": "Onderdeel",
}
_A_NUMBER: Final = "Vul hele getallen in, bijvoorbeeld 12, of 10 tot en met 15 als u het niet precies weet."


class NumberRow(QWidget):
    """One number: what it was about, and from where to where it lies; without an end it is exact."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices = choices
        self.subject = ComboBox("Waarover")
        self.subject.addItem(_ALL, "")
        for name in choices:
            self.subject.addItem(_SUBJECTS[name], name)
        self.code = ComboBox("Welke")
        self.least = LineEdit(name="Getal")
        self.most = LineEdit(name="Tot en met, mag leeg")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Field("Waarover", self.subject), 3)
        row.addWidget(Field("Welke", self.code), 3)
        row.addWidget(Field("Getal", self.least), 1)
        row.addWidget(Field("Tot en met", self.most), 1)
        self.subject.currentIndexChanged.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        codes = self._choices.get(str(self.subject.currentData()), ())
        self.code.clear()
        for code, words in codes:
            self.code.addItem(words, code)
        self.code.setEnabled(bool(codes))

    @property
    def empty(self) -> bool:
        """Whether no number was filled in."""
        return not self.least.text().strip() and not self.most.text().strip()

    def said(self) -> Said:
        """Return the number; raises InvalidValueError where it is none."""
        least = self.least.text().strip()
        most = self.most.text().strip() or least
        if not (least.isdecimal() and most.isdecimal()):
            raise InvalidValueError(_A_NUMBER)
        dimension = str(self.subject.currentData())
        codes = (str(self.code.currentData()),) if dimension else ()
        return Said(int(least), int(most), dimension, codes)


class EntryForm(FormDialog):
    """The form; `then(publication)` follows."""

    keeps_text = True

    def __init__(
        self, context: Context, parent: QWidget, client: ClientId, then: Callable[[Publication], None]
    ) -> None:
        super().__init__(
            parent,
            "Toevoegen wat naar buiten is gegaan",
            "Toevoegen",
            text="Alleen getallen over mensen en casussen tellen: hoeveel het er waren, en waarover.",
        )
        self.setMinimumWidth(theme.px(620))
        self._context, self._client, self._then = context, client, then
        self._choices: Choices = {}
        today = context.clock().date()
        usual = proposed(today, 1)
        self.kind = ComboBox("Wat")
        for kind, words in ledger.KINDS.items():
            if kind is not Kind.VERSLAG:
                self.kind.addItem(words, kind)
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
        self.verb.setEnabled(False)
        self.verb.clicked.connect(self._keep)
        context.worker.run(lambda vault: ledger.choices(vault, client), self._offer, self.failed)

    def _offer(self, choices: Choices) -> None:
        self._choices = choices
        self._another()
        self.verb.setEnabled(True)
        self.kind.setFocus()

    def _another(self) -> None:
        row = NumberRow(self._choices)
        self.numbers.append(row)
        self._rows.addWidget(row)
        row.show()
        QWidget.setTabOrder(row.most, self.more)
        row.subject.setFocus()
        self.fit()

    def _keep(self) -> None:
        try:
            entry = Entry(
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
            return
        self.verb.setEnabled(False)
        today = self._context.clock().date()

        def keep(vault: "Vault") -> Publication:
            return ledger.enter(vault, entry, today=today)

        self._context.worker.run(keep, partial(self._kept), self.failed)

    def _kept(self, publication: Publication) -> None:
        self.accept()
        self._then(publication)
