"""A melding recorded or changed: what, to whom, how, when, and what came of it; nothing has to be known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import melding_lists as lists
from vpdesk.domain.cases import Case
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.meldingen import Melding, asks_own_term
from vpdesk.domain.terms import SchemeTerm, Unit
from vpdesk.operations import meldingen
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.drafts import Belongs
from vpdesk.ui.pages.case_dialogs import FormOfCase
from vpdesk.ui.pages.case_facts import Coded
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

RELAY: Final = (
    "Dan is de melding vertrouwelijk, niet anoniem: u weet wie het is, de organisatie niet. vpdesk trekt een "
    "willekeurig kenmerk. De inhoud kan al zeggen wie het is; bespreek dat."
)
_NUMBER: Final = "Een termijn is een heel getal, zoals 6. Er is niets bewaard."


class DayField(QWidget):
    """A thing that happened or not, with its day where it did; `changed` runs on every tick."""

    def __init__(self, words: str, day: date | None, offered: date, changed: Callable[[], None]) -> None:
        super().__init__()
        self.box = CheckBox(words)
        self.box.setChecked(day is not None)
        self.edit = DateEdit(day or offered, f"{words}, op")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self.edit)
        self.edit.setVisible(self.box.isChecked())
        self.box.toggled.connect(self.edit.setVisible)
        self.box.toggled.connect(lambda _: changed())

    @property
    def day(self) -> date | None:
        """The day, None where it did not happen."""
        return self.edit.day if self.box.isChecked() else None


class MeldingDialog(FormOfCase):
    """The form; begins with what is known of a melding, new or not."""

    topics = (Topic.MELDINGEN,)

    def __init__(self, context: Context, parent: QWidget, case: Case, known: Melding | None = None) -> None:
        known = known or meldingen.proposal(case)
        title = "Melding wijzigen" if known.id else "Melding vastleggen"
        super().__init__(
            context,
            parent,
            case,
            title,
            "Bewaren" if known.id else "Vastleggen",
            text="De persoon meldt; u denkt mee over de goede weg. Alles mag later worden ingevuld.",
        )
        self.setMinimumWidth(520)
        self._known, self._ready = known, False
        self.goes_with = Belongs.MELDING.to(known.id)
        today = context.clock().date()
        term = known.scheme_term
        self.kind = Coded("Soort melding", lists.SOORT, known.kind)
        self.recipient = ComboBox.of_codes(lists.ONTVANGER, known.recipient)
        self.relay = CheckBox("Alle contact loopt via mij (doorgeefluik)")
        self.relay.setChecked(known.relay)
        self.about_relay = Message(RELAY, "info", icon="relay")
        self.identity = Coded("Identiteit", lists.IDENTITEIT, known.identity)
        self.count = LineEdit("" if term is None else str(term.count), name="Termijn volgens de regeling")
        self.unit = ComboBox("Dagen, weken of maanden")
        for unit in Unit:
            self.unit.addItem(unit.value, unit.value)
        self.unit.choose((Unit.WEKEN if term is None else term.unit).value)
        self.lodged = DayField("De melding is gedaan", known.lodged, today, self._follow)
        self.confirmed = DayField("Ontvangst is bevestigd", known.confirmed, today, self._follow)
        self.feedback = DayField("Er is teruggekoppeld", known.feedback, today, self._follow)
        self.withdrawn = DayField("De persoon trok de melding in", known.withdrawn, today, self._follow)
        self.outcome = ComboBox.of_codes(lists.UITKOMST, known.outcome)
        self.watched = CheckBox("Termijnen van de werkgever volgen")
        self.watched.setChecked(known.watched)
        self._lay_out()
        self.relay.toggled.connect(lambda _: self._follow())
        self.kind.box.currentIndexChanged.connect(lambda _: self._follow())
        self.kind.box.currentIndexChanged.connect(lambda _: self._ask_term())
        self.verb.clicked.connect(self._keep)
        self._ready = True
        self._follow()
        self.kind.box.setFocus()
        context.worker.run(lambda vault: meldingen.keeps_outcome(vault, case.id), self._offer_outcome, self.failed)
        if not known.id:
            self._ask_term()

    def _lay_out(self) -> None:
        add = self.body.addWidget
        add(self.kind)
        add(Field("Ontvanger", self.recipient))
        add(self.relay)
        add(self.about_relay)
        add(self.identity)
        self._term = QWidget()
        row = QHBoxLayout(self._term)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Field("Termijn van de regeling, mag leeg", self.count), 2)
        row.addWidget(Field("In", self.unit), 1)
        add(self._term)
        for field in (self.lodged, self.confirmed, self.feedback, self.withdrawn):
            add(field)
        self._outcome = Field("Uitkomst van de procedure", self.outcome)
        self._outcome.hide()
        add(self._outcome)
        add(self.watched)

    def _ask_term(self) -> None:
        kind, number = self.kind.code, self.case.id
        if asks_own_term(kind) and not self.count.text():
            ask = partial(meldingen.usual_term, case_id=number, kind=kind)
            self.context.worker.run(ask, partial(self._offer_term, kind), self.failed)

    def _offer_term(self, kind: str, term: SchemeTerm | None) -> None:
        if term is not None and kind == self.kind.code and not self.count.text():
            self.count.setText(str(term.count))
            self.unit.choose(term.unit.value)

    def _offer_outcome(self, keeps: bool) -> None:
        self._outcome.setVisible(keeps or self._known.outcome != "onbekend")
        self.fit()

    def _follow(self) -> None:
        if not self._ready:
            return
        through_me = self.relay.isChecked()
        if through_me:
            self.identity.box.choose(lists.CONFIDENTIAL)
        self.identity.box.setEnabled(not through_me)
        self.about_relay.setVisible(through_me)
        own = asks_own_term(self.kind.code)
        self._term.setVisible(own)
        lodged = self.lodged.day is not None
        for field in (self.confirmed, self.feedback, self.withdrawn):
            field.setVisible(lodged)
        self.watched.setVisible(lodged and (own or self.kind.code == lists.WBK))
        self.fit()

    def melding(self) -> Melding:
        """Return the melding as the form says it; raises InvalidValueError with what can't be."""
        lodged = self.lodged.day
        confirmed, feedback, withdrawn = (
            None if lodged is None else field.day for field in (self.confirmed, self.feedback, self.withdrawn)
        )
        return replace(
            self._known,
            kind=self.kind.code,
            identity=self.identity.code,
            recipient=str(self.recipient.currentData()),
            lodged=lodged,
            relay=self.relay.isChecked(),
            reference=self._known.reference if self.relay.isChecked() else "",
            scheme_term=self._scheme_term(),
            confirmed=confirmed,
            feedback=feedback,
            withdrawn=withdrawn,
            outcome=str(self.outcome.currentData()),
            watched=self.watched.isChecked(),
        )

    def _scheme_term(self) -> SchemeTerm | None:
        typed = self.count.text().strip()
        if not typed or not asks_own_term(self.kind.code):
            return None
        if not typed.isdecimal():
            raise InvalidValueError(_NUMBER)
        return SchemeTerm(int(typed), Unit(self.unit.currentData()))

    def _keep(self) -> None:
        try:
            melding = self.melding()
        except InvalidValueError as error:
            self.failed(error)
            return
        today = self.context.clock().date()
        if melding.id:
            self.keep(lambda vault: meldingen.change_melding(vault, melding, today=today))
        else:
            self.keep(lambda vault: meldingen.record_melding(vault, melding))

    def _kept(self, result: object) -> None:
        super()._kept(result)
        if not isinstance(result, Melding):
            return
        context, before = self.context, self._known

        def undo() -> None:
            def operation(vault: "Vault") -> None:
                if before.id:
                    meldingen.change_melding(vault, before, today=context.clock().date())
                else:
                    meldingen.remove_melding(vault, melding_id=result.id)

            context.worker.run(operation, lambda _: context.changes.tell(Topic.MELDINGEN), context.failed)

        context.message("De melding is gewijzigd." if before.id else "De melding is vastgelegd.", undo=undo)
