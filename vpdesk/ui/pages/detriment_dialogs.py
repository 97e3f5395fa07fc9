"""Detriment recorded and looked at: its forms, since when, against whom, what followed, and the way to the Huis."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain import melding_lists as lists
from vpdesk.domain.cases import Case
from vpdesk.domain.detriments import WAYS, Against, Detriment, DetrimentEntry
from vpdesk.domain.directory import DirectoryEntry
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import DetrimentId
from vpdesk.domain.phases import MOVES, Phase
from vpdesk.domain.steps import StepKind
from vpdesk.domain.taxonomy import UNKNOWN
from vpdesk.domain.wording import long_date
from vpdesk.operations import aftercare, directory
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.drafts import Belongs
from vpdesk.ui.pages.case_dialogs import CaseForm, FormOfCase, ReopenDialog
from vpdesk.ui.pages.case_view import LookedAt, RemoveForm
from vpdesk.ui.pages.step_record import RecordStep
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.fact_lines import fill, grid
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, Field
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_HOUSE: Final = "huis advies"


class DetrimentDialog(CaseForm):
    """The form, new or not."""

    topics = (Topic.MELDINGEN,)

    def __init__(self, context: Context, parent: QWidget, case: Case, known: Detriment | None = None) -> None:
        super().__init__(
            context,
            parent,
            case,
            "Benadeling vastleggen" if known is None else "Benadeling wijzigen",
            "Vastleggen" if known is None else "Bewaren",
            text="Nadeel omdat iemand meldde of hielp. Schrijf wat er gebeurde; u beoordeelt het niet.",
        )
        self.setMinimumWidth(520)
        self._known = known
        self.goes_with = "" if known is None else Belongs.BENADELING.to(known.id)
        self.forms = {term.code: CheckBox(term.shown) for term in lists.BENADELING.terms if term.code != UNKNOWN.code}
        for code, box in self.forms.items():
            box.setChecked(known is not None and code in known.forms)
        self.against = ComboBox("Tegen wie")
        for one in Against:
            self.against.addItem(one.value[:1].upper() + one.value[1:], one.value)
        if known is not None:
            self.against.choose(known.against.value)
            self.day.set_day(known.since)
        self.told = PlainText("" if known is None else known.told)
        theme.measure(self.told, "setFixedHeight", 88)
        self.body.addWidget(Label("Welke vorm, meer mag", "label"))
        for box in self.forms.values():
            self.body.addWidget(box)
        self.pair(Field("Sinds", self.day), Field("Tegen wie", self.against))
        self.body.addWidget(
            Field("Wat gebeurde er, mag leeg", self.told, hint="Feiten en data. De stukken bewaart de persoon zelf.")
        )
        self.verb.clicked.connect(self._keep)
        next(iter(self.forms.values())).setFocus()

    def detriment(self) -> Detriment:
        """Return it as the form says; raises InvalidValueError with what is missing."""
        made = Detriment(
            id=DetrimentId(0),
            case=self.case.id,
            forms=tuple(code for code, box in self.forms.items() if box.isChecked()),
            since=self.day.day,
            against=Against(self.against.currentData()),
            told=self.told.toPlainText().strip(),
        )
        known = self._known
        return made if known is None else replace(made, id=known.id, entries=known.entries)

    def _keep(self) -> None:
        try:
            detriment = self.detriment()
        except InvalidValueError as error:
            self.failed(error)
            return
        today = self.context.clock().date()
        if self._known:
            self.keep(lambda vault: aftercare.change_detriment(vault, detriment, today=today))
        else:
            self.keep(lambda vault: aftercare.record_detriment(vault, detriment))

    def _kept(self, result: object) -> None:
        super()._kept(result)
        if not isinstance(result, Detriment):
            return
        before, context = self._known, self.context

        def operation(vault: "Vault") -> None:
            if before is None:
                aftercare.remove_detriment(vault, detriment_id=result.id)
            else:
                aftercare.change_detriment(vault, before, today=context.clock().date())

        context.message(
            "De benadeling is vastgelegd." if before is None else "De benadeling is gewijzigd.",
            undo=lambda: context.worker.run(operation, _tell(context), context.failed),
        )
        if before is None:
            DetrimentView(context, self.parentWidget() or self, self.case, result.id).open()


class FollowedDialog(CaseForm):
    """What happened next, on a day."""

    topics = (Topic.MELDINGEN,)

    def __init__(self, context: Context, parent: QWidget, case: Case, detriment: Detriment) -> None:
        super().__init__(context, parent, case, "Wat volgde", "Vastleggen")
        self._id = detriment.id
        self.goes_with = Belongs.BENADELING.to(detriment.id)
        self.told = PlainText()
        theme.measure(self.told, "setFixedHeight", 88)
        self.body.addWidget(Field("Op", self.day))
        self.body.addWidget(Field("Wat gebeurde er", self.told))
        self.verb.clicked.connect(self._note)
        self.told.setFocus()

    def _note(self) -> None:
        number = self._id
        try:
            entry = self._entry = DetrimentEntry(self.day.day, self.told.toPlainText().strip())
        except InvalidValueError as error:
            self.failed(error)
            return
        self.keep(lambda vault: aftercare.note_what_followed(vault, detriment_id=number, entry=entry))

    def _kept(self, result: object) -> None:
        super()._kept(result)
        number, entry, context = self._id, self._entry, self.context

        def take_back() -> None:
            context.worker.run(
                lambda vault: aftercare.take_back_entry(vault, detriment_id=number, entry=entry),
                _tell(context),
                context.failed,
            )

        context.message("Vastgelegd.", undo=take_back)


class RemoveDetrimentDialog(RemoveForm):
    """Asks once more before it goes."""

    topics = (Topic.MELDINGEN,)
    said = "De benadeling is weggehaald."

    def __init__(self, context: Context, parent: QWidget, case: Case, detriment: Detriment) -> None:
        text = "De benadeling en wat erover is vastgelegd, gaan weg. Doe dit alleen bij een vergissing."
        super().__init__(context, parent, case, "Benadeling weghalen", text)
        self._before = detriment

    def remove(self, vault: "Vault") -> object:
        """Take it away."""
        aftercare.remove_detriment(vault, detriment_id=self._before.id)
        return None

    def put_back(self, vault: "Vault", gone: object) -> object:
        """Record it anew, with what followed."""
        del gone
        return aftercare.record_detriment(vault, self._before)


class DetrimentView(LookedAt):
    """What is known, and where the person can turn to; a closed case can be reopened from here."""

    topics = (Topic.MELDINGEN,)

    def __init__(self, context: Context, parent: QWidget, case: Case, number: DetrimentId) -> None:
        super().__init__(context, parent, case, "Benadeling", "Wat volgde…")
        self.setMinimumWidth(540)
        self._id = number
        self.detriment: Detriment | None = None
        self.reopen = Button("Heropenen…", size=28, name="Casus heropenen in de nafase")
        self.reopen.setText("Heropenen…")
        self.closed = Message("Voor nazorg opent u haar weer.", "info", start="De casus is dicht.", button=self.reopen)
        self.closed.setVisible(Phase.NAFASE in MOVES[case.phase])
        self._lines = grid()
        self.house = Label("", "body", wraps=True)
        held = QWidget()
        flow = Flow()
        held.setLayout(flow)
        self.refer = Button("Verwijzing vastleggen…", size=28)
        self.change = Button("Wijzigen…", size=28)
        self.remove = Button("Weghalen…", size=28)
        for button in (self.refer, self.change, self.remove):
            flow.addWidget(button)
        self.body.addWidget(self.closed)
        self.body.addLayout(self._lines)
        self.body.addWidget(Label("Waar de persoon terechtkan", "section"))
        self.body.addWidget(self.house)
        for way in WAYS:
            self.body.addWidget(Label(f"· {way}", "body", "muted", wraps=True))
        self.body.addWidget(held)
        self.body.addStretch(1)
        self.reopen.clicked.connect(self._reopen)
        self.refer.clicked.connect(self._refer)
        self.change.clicked.connect(lambda: self._open(DetrimentDialog))
        self.remove.clicked.connect(lambda: self._open(RemoveDetrimentDialog))
        self.verb.clicked.connect(lambda: self._open(FollowedDialog))
        self.follow()

    def look(self) -> None:
        """Ask for it, and for the Huis as the directory has it."""
        number = self._id

        def asked(vault: "Vault") -> tuple[Detriment, DirectoryEntry | None]:
            found = (entry for entry in directory.directory(vault) if entry.shipped == _HOUSE)
            return aftercare.get_detriment(vault, number), next(found, None)

        self.context.worker.run(asked, self._show, self.not_there)

    def _show(self, found: tuple[Detriment, DirectoryEntry | None]) -> None:
        self.detriment, house = found
        detriment = self.detriment
        lines = [
            ("Vorm", detriment.label),
            ("Sinds", long_date(detriment.since)),
            ("Tegen", detriment.against.value.capitalize()),
        ]
        if detriment.told:
            lines.append(("Wat gebeurde er", detriment.told))
        lines += [(long_date(entry.on), entry.text) for entry in detriment.entries]
        fill(self._lines, lines)
        if house is not None:
            checked = "nog niet nagekeken" if house.checked is None else f"nagekeken op {long_date(house.checked)}"
            said = " ".join(part for part in (f"{house.name}.", house.when, house.reach) if part)
            self.house.setText(f"{said} ({checked})")
        self.house.setVisible(house is not None)
        self.fit()

    def _refer(self) -> None:
        form = RecordStep(self.context, self, self.case, StepKind.VERWIJZING)
        form.whom.setEditText("Huis voor Klokkenluiders, afdeling Advies")
        form.target.choose("huis voor klokkenluiders")
        form.open()

    def _reopen(self) -> None:
        form = ReopenDialog(self.context, self, self.case)
        form.to.choose(Phase.NAFASE.value)
        form.reason.setText("Benadeling")
        form.accepted.connect(self.closed.hide)
        form.open()

    def _open(self, dialog: Callable[[Context, QWidget, Case, Detriment], FormOfCase]) -> None:
        if self.detriment is not None:
            dialog(self.context, self, self.case, self.detriment).open()


def _tell(context: Context) -> Callable[[object], None]:
    return lambda _result: context.changes.tell(Topic.MELDINGEN)
