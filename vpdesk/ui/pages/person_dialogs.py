"""Forms about the people of a case: a person, a matter that joins cases, and destroying a person alone."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain.cases import Case
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.ids import CaseId
from vpdesk.domain.people import (
    PART_LABELS,
    VOICEMAIL_LABELS,
    WORK_ADDRESS,
    Matter,
    Part,
    Person,
    Voicemail,
    aliases_in,
    looks_like_work,
)
from vpdesk.operations import people
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.drafts import Belongs
from vpdesk.ui.pages.destroy_dialog import FinalDialog
from vpdesk.ui.pages.weighed import WeighedForm
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.fields import ComboBox, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.operations.old_copies import Reach
    from vpdesk.operations.vaults import Vault

DESTROY_WORD: Final = "vernietigen"
_GOES: Final = (
    "De naam, andere namen, functie en alles over het bereiken van deze persoon, en wat u daarover in een klein "
    "venster aan het typen was. Een rolconflict met deze persoon vindt vpdesk daarna niet meer."
)
_STAYS: Final = "De casus. Staat de naam ook in een gesprek, een afspraak of een reden, dan blijft hij daar staan."


class PersonDialog(WeighedForm):
    """Who somebody is to the case, names, and how to reach her safely; all of it may stay empty but one thing."""

    def __init__(self, context: Context, parent: QWidget, case: Case, person: Person | None = None) -> None:
        super().__init__(
            context,
            parent,
            case,
            "Persoon toevoegen" if person is None else "Persoon wijzigen",
            "Bewaren",
            text="Eén gegeven is genoeg. De andere partij mag een functie of een letter blijven.",
        )
        self.setMinimumWidth(theme.px(560))
        self._number = people.NEW if person is None else person.id
        self.goes_with = Belongs.PERSOON.to(self._number)
        self.part = ComboBox("Wie is het in deze casus")
        for part, label in PART_LABELS.items():
            self.part.addItem(label, part.value)
        self.name, self.aliases, self.function = LineEdit(), LineEdit(), LineEdit()
        self.reach, self.hours = LineEdit(), LineEdit(placeholder="Bijvoorbeeld: na 18 uur, niet op dinsdag")
        self.voicemail = ComboBox("Voicemail")
        for answer, label in VOICEMAIL_LABELS.items():
            self.voicemail.addItem(label, answer.value)
        self.at_work = Message(WORK_ADDRESS, "warning")
        self._lay_out()
        if person is not None:
            self._fill(person)
        self.reach.textChanged.connect(self._warn)
        self._warn(self.reach.text())
        self.verb.clicked.connect(self._keep_person)
        self.name.setFocus()

    def _lay_out(self) -> None:
        self.pair(Field("Wie is het in deze casus", self.part), Field("Functie of letter", self.function))
        self.pair(
            Field("Naam", self.name),
            Field("Andere namen", self.aliases, hint="Ook een roepnaam, met een komma ertussen."),
        )
        self.pair(Field("Eigen nummer of adres", self.reach), Field("Wanneer", self.hours))
        self.body.addWidget(self.at_work)
        self.body.addWidget(Field("Voicemail", self.voicemail))
        self.body.addWidget(self.weighing)
        self.body.addStretch(1)

    def _fill(self, person: Person) -> None:
        self.part.choose(person.part.value)
        self.voicemail.choose(person.voicemail.value)
        for line, text in (
            (self.name, person.name),
            (self.aliases, ", ".join(person.aliases)),
            (self.function, person.function),
            (self.reach, person.reach),
            (self.hours, person.hours),
        ):
            line.setText(text)

    def offer_next(self, there: frozenset[Part]) -> None:
        """Choose the first of what nobody is yet: who comes, then the other party; unless the user chose already."""
        if not self.part.touched:
            self.part.choose(next((part for part in Part if part not in there), Part.VERDER).value)

    def _warn(self, reach: str) -> None:
        self.at_work.setVisible(looks_like_work(reach))
        self.fit()

    def _keep_person(self) -> None:
        try:
            person = Person(
                self._number,
                self.case.id,
                part=Part(self.part.currentData()),
                name=self.name.text().strip(),
                aliases=aliases_in(self.aliases.text()),
                function=self.function.text().strip(),
                reach=self.reach.text().strip(),
                hours=self.hours.text().strip(),
                voicemail=Voicemail(self.voicemail.currentData()),
            )
        except VpdeskError as error:  # what was typed stays
            self.failed(error)
            return
        today, going_on = self.context.clock().date(), self.going_on
        self.keep(lambda vault: people.save_person(vault, person, today=today, going_on=going_on))


class MatterDialog(WeighedForm):
    """A matter of the organisation that is there, or a new one by its name."""

    def __init__(self, context: Context, parent: QWidget, case: Case) -> None:
        super().__init__(
            context,
            parent,
            case,
            "Aan een kwestie koppelen",
            "Koppelen",
            text="Een kwestie is wat er achter één of meer casussen zit. De naam is alleen voor u.",
        )
        self.which = ComboBox("Kwestie")
        self.which.addItem("Nieuwe kwestie", None)
        self.name = LineEdit(placeholder="Bijvoorbeeld: overleg van september")
        self._named = Field("Naam van de kwestie", self.name, hint="Zonder namen van mensen.")
        self._chosen = Field("Kwestie", self.which)
        for widget in (self._chosen, self._named, self.weighing):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._chosen.hide()
        self.which.currentIndexChanged.connect(lambda _: self._named.setVisible(self.which.currentData() is None))
        self.verb.clicked.connect(self._join)
        self.name.setFocus()
        number = case.id
        context.worker.run(lambda vault: people.matters_of_client(vault, number), self._offer, self.failed)

    def _offer(self, found: tuple[Matter, ...]) -> None:
        for matter in found:
            self.which.addItem(matter.name, matter.name)
        self._chosen.setVisible(bool(found))
        self.fit()

    def _join(self) -> None:
        number, today, going_on = self.case.id, self.context.clock().date(), self.going_on
        name = str(self.which.currentData() or self.name.text())
        self.keep(lambda vault: people.join_matter(vault, case_id=number, name=name, today=today, going_on=going_on))


class RenameMatterDialog(FormDialog):
    """Another name for a matter; the cases stay in it. What is typed goes with `case`, which is one of them."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, case: CaseId, matter: Matter) -> None:
        super().__init__(parent, "Naam van de kwestie", "Bewaren", text="De casussen blijven erbij.")
        self._context, self._matter, self.about = context, matter, case
        self.name = LineEdit(matter.name, name="Naam van de kwestie")
        self.body.addWidget(Field("Naam van de kwestie", self.name, hint="Zonder namen van mensen."))
        self.body.addStretch(1)
        self.name.selectAll()
        self.name.setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        rename = partial(
            people.rename_matter, matter_id=self._matter.id, name=self.name.text(), today=self._context.clock().date()
        )
        self._context.worker.run(self.sending(rename), self._kept, self.failed)

    def _kept(self, _matter: Matter) -> None:
        back = partial(
            people.rename_matter,
            matter_id=self._matter.id,
            name=self._matter.name,
            today=self._context.clock().date(),
        )
        self._context.changes.tell(Topic.PEOPLE)
        self.accept()
        self._context.message("Naam gewijzigd.", undo=undoing(self._context, back, Topic.PEOPLE))


class DestroyPersonDialog(FinalDialog):
    """Destroys one person for good; the case stays."""

    touched = (Topic.PEOPLE, Topic.DRAFTS, Topic.BACKUPS)

    def __init__(self, context: Context, parent: QWidget, person: Person, reach: "Reach") -> None:
        super().__init__(
            context,
            parent,
            ("de persoon", "Persoon vernietigen"),
            word=DESTROY_WORD,
            said=(("Wat weggaat", _GOES), ("Wat blijft", _STAYS)),
            reach=reach,
        )
        self._number = person.id

    def carry_out(self, vault: "Vault") -> tuple[str, bool]:
        """Destroy the person."""
        from vpdesk.operations.destroying import destroy_person  # noqa: PLC0415 - seldom asked for

        return "De persoon is vernietigd.", destroy_person(vault, person_id=self._number, now=self.context.clock())
