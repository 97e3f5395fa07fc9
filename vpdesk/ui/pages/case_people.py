"""The card *Personen*: hidden until asked for and again by itself; hidden, its widgets hold no name."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from vpdesk.domain.cases import Case
from vpdesk.domain.conflicts import Level
from vpdesk.domain.people import PART_LABELS, VOICEMAIL_LABELS, Matter, Person, Voicemail
from vpdesk.domain.wording import counted, joined, long_date
from vpdesk.operations import people
from vpdesk.operations.people import Hidden, Shown
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.conflict_check import BESIDE, FOUND
from vpdesk.ui.pages.other_cases import OtherCases
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.operations.old_copies import Reach
    from vpdesk.operations.vaults import Vault

SHOW: Final = "Persoonsgegevens tonen"
HIDE: Final = "Persoonsgegevens verbergen"
OTHERS: Final = "Andere casussen in deze kwestie"
NO_OTHERS: Final = "Er is geen andere casus in deze kwestie."
_SECOND: Final = 1000


class PeopleCard(Card):
    """Who is in a case, its matters, and why the advisor went on."""

    def __init__(self, context: Context) -> None:
        super().__init__("Personen")
        self._context = context
        self.case: Case | None = None
        self._hidden: Hidden | None = None
        self._until = QDeadlineTimer(0)
        self.shows = False
        """Whether names are on the screen, or on their way to it."""
        self.summary = Label("", "body", "muted", wraps=True)
        self.left = Label("", "small", "muted", wraps=True)
        self.explain = Button("Vastleggen…", size=28, name="Vastleggen waarom u doorgaat")
        self.conflict = Message(FOUND, "warning", button=self.explain)
        self.beside = Label(BESIDE, "small", "warning", wraps=True)
        self.toggle = Button(SHOW, QUIET, icon="oogdicht", size=28)
        self.add_person = Button("Persoon…", size=28, icon="plus", name="Persoon toevoegen")
        self.add_matter = Button("Kwestie…", size=28, icon="plus", name="Aan een kwestie koppelen")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._build()
        self._connect()

    def _build(self) -> None:
        adding = Flow()
        adding.addWidget(self.add_person)
        adding.addWidget(self.add_matter)
        for widget in (self.conflict, self.beside, self.summary, self.toggle, self.left):
            self.body.addWidget(widget)
        self.body.addLayout(self._rows)
        self.body.addLayout(adding)
        for widget in (self.conflict, self.beside, self.left):
            widget.hide()

    def _connect(self) -> None:
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND)
        self._timer.timeout.connect(self._tick)
        self.toggle.clicked.connect(self.turn)
        self._last = self.toggle
        self.add_person.clicked.connect(self.new_person)
        self.add_matter.clicked.connect(self.new_matter)
        self.explain.clicked.connect(self._explain)
        self._context.changes.changed.connect(self._on_change)
        actions = self._context.actions
        for action, do in (
            (actions.case_people, self.turn),
            (actions.case_person, self.new_person),
            (actions.case_matter, self.new_matter),
        ):
            action.triggered.connect(lambda _=False, do=do: do() if self.isVisible() else None)

    def show_case(self, case: Case | None) -> None:
        """Be about a case; names of another one go at once."""
        if case is None or self.case is None or case.id != self.case.id:
            self.hide_names()
            self.summary.setText("")
        self.case = case
        self._ask()

    def turn(self) -> None:
        """Show the names for a while, or hide them."""
        if self.shows:
            self.hide_names()
        elif self.case is not None:
            self.shows = True
            self._until = QDeadlineTimer(self._context.preferences.names_seconds * _SECOND)
            self._timer.start()
            self._tick()
            self._name_toggle(HIDE, "oog")
            self._ask()

    def hide_names(self) -> None:
        """Take every name off the screen and out of the widgets."""
        self.shows = False
        self._timer.stop()
        clear(self._rows)
        self.left.hide()
        self._name_toggle(SHOW, "oogdicht")

    def hideEvent(self, event: QHideEvent) -> None:
        """Hide the names with the page: on leaving it and on locking."""
        self.hide_names()
        super().hideEvent(event)

    def new_person(self) -> None:
        """Ask who else is in the case; first who comes, then the other party."""
        if self.case is None:
            return
        from vpdesk.ui.pages.person_dialogs import PersonDialog  # noqa: PLC0415 - loaded when used

        number = self.case.id
        dialog = PersonDialog(self._context, self, self.case)
        self._context.worker.run(lambda vault: people.parts_in(vault, number), dialog.offer_next, dialog.failed)
        dialog.open()

    def new_matter(self) -> None:
        """Ask which matter the case is part of."""
        if self.case is not None:
            from vpdesk.ui.pages.person_dialogs import MatterDialog  # noqa: PLC0415 - loaded when used

            MatterDialog(self._context, self, self.case).open()

    def _explain(self) -> None:
        if self.case is not None and self._hidden is not None:
            from vpdesk.ui.pages.weighed import GoOnDialog  # noqa: PLC0415 - loaded when used

            GoOnDialog(self._context, self, self.case, self._hidden.outcome.conflicts).open()

    def _name_toggle(self, text: str, icon: str) -> None:
        self.toggle.setText(text)
        self.toggle.setAccessibleName(text)
        self.toggle.icon_name = icon
        self.toggle.updateGeometry()

    def _tick(self) -> None:
        seconds = -(-self._until.remainingTime() // _SECOND)
        if seconds <= 0:
            self.hide_names()
            return
        self.left.setText(f"Namen zichtbaar, nog {counted(seconds, 'seconde', 'seconden')}")
        self.left.show()

    def _on_change(self, topics: frozenset[Topic]) -> None:
        if Topic.PEOPLE in topics and self.isVisible():
            self._ask()

    def _ask(self) -> None:
        if self.case is None:
            return
        case, run = self.case.id, self._context.worker.run
        run(lambda vault: people.hidden_people(vault, case), partial(self._show_hidden, case), self._context.failed)
        if self.shows:
            run(lambda vault: people.people_of(vault, case), partial(self._show_names, case), self._context.failed)

    def _show_hidden(self, case: int, found: Hidden) -> None:
        if self.case is None or case != self.case.id:
            return
        self._hidden = found
        self.conflict.setVisible(found.outcome.level is Level.CONFLICT)
        self.beside.setVisible(found.outcome.level is Level.LET_OP)
        said = [
            *([counted(found.persons, "persoon", "personen")] if found.persons else []),
            *([counted(found.matters, "kwestie", "kwesties")] if found.matters else []),
            *([counted(found.records, "reden om door te gaan", "redenen om door te gaan")] if found.records else []),
        ]
        self.summary.setText(f"{joined(said)}." if said else "Nog niemand. Een naam hoeft niet.")
        self.toggle.setVisible(bool(said))
        if not said:
            self.hide_names()

    def _show_names(self, case: int, found: Shown) -> None:
        if not self.shows or self.case is None or case != self.case.id:
            return  # hidden meanwhile
        clear(self._rows)
        self._last = self.toggle
        for person in found.persons:
            self._add_person(person)
        for matter in found.matters:
            self._add_matter(matter)
        for record in found.records:
            self._rows.addSpacing(6)
            self._line(f"Doorgegaan op {long_date(record.on)}", "small", "muted")
            self._line(record.reason)
            if record.knowledge:
                self._line(f"Wist al: {record.knowledge}", "small", "muted")
            self._rows.addWidget(Rule())

    def _line(self, text: str, role: str = "body", ink: str = "text") -> None:
        if text:
            self._rows.addWidget(Label(text, role, ink, wraps=True))

    def _add_person(self, person: Person) -> None:
        aliases, part = joined(list(person.aliases)), PART_LABELS[person.part]
        called = person.name or person.function or aliases or part
        message = "" if person.voicemail is Voicemail.ONBEKEND else VOICEMAIL_LABELS[person.voicemail].lower()
        self._rows.addSpacing(6)
        self._line(part, "small", "muted")
        self._line(called, "strong")
        self._line(person.function if person.name else "")
        self._line(f"Ook: {aliases}" if aliases and called != aliases else "")
        self._line(", ".join(text for text in (person.reach, person.hours, message) if text))
        change = Button("Wijzigen", QUIET, size=28, name=f"{called} wijzigen")
        destroy = Button("Vernietigen…", QUIET, size=28, name=f"{called} vernietigen")
        change.clicked.connect(lambda: self._change(person))
        destroy.clicked.connect(lambda: self._destroy(person))
        self._add_buttons(change, destroy)

    def _add_matter(self, matter: Matter) -> None:
        self._rows.addSpacing(6)
        self._line("Kwestie", "small", "muted")
        self._line(matter.name, "strong")
        case = self.case
        if case is not None:
            others = OtherCases(self._context, lambda: None, look=OTHERS, none=NO_OTHERS)
            others.look.setAccessibleName(f"{OTHERS}: {matter.name}")
            others.about(partial(people.others_in_matter, matter_id=matter.id, case_id=case.id))
            self._rows.addWidget(others)
            self.setTabOrder(self._last, others.look)
            self._last = others.look
        rename = Button("Naam wijzigen…", QUIET, size=28, name=f"Naam van {matter.name} wijzigen")
        leave = Button("Loskoppelen", QUIET, size=28, name=f"Loskoppelen van {matter.name}")
        rename.clicked.connect(lambda: self._rename(matter))
        leave.clicked.connect(lambda: self._leave(matter))
        self._add_buttons(rename, leave)

    def _add_buttons(self, *buttons: Button) -> None:
        row = QWidget()
        flow = Flow(16)
        row.setLayout(flow)
        for button in buttons:
            button.setToolTip("")  # the name is read out, and stands above already
            flow.addWidget(button)
        self._rows.addWidget(row)
        for button in buttons:  # made last, but they stand before the buttons below
            self.setTabOrder(self._last, button)
            self._last = button
        self._rows.addWidget(Rule())

    def _change(self, person: Person) -> None:
        if self.case is not None:
            from vpdesk.ui.pages.person_dialogs import PersonDialog  # noqa: PLC0415 - loaded when used

            PersonDialog(self._context, self, self.case, person).open()

    def _destroy(self, person: Person) -> None:
        from vpdesk.operations.retention import refuse_held  # noqa: PLC0415 - seldom asked for
        from vpdesk.ui.pages.destroy_dialog import look  # noqa: PLC0415 - idem
        from vpdesk.ui.pages.person_dialogs import DestroyPersonDialog  # noqa: PLC0415 - idem

        def ask(reach: "Reach") -> None:
            dialog: QDialog = DestroyPersonDialog(self._context, self, person, reach)
            dialog.open()

        def asked(vault: "Vault") -> "Reach":
            refuse_held(vault, person.case)
            return look(vault)

        self._context.worker.run(asked, ask, self._context.failed)

    def _rename(self, matter: Matter) -> None:
        from vpdesk.ui.pages.person_dialogs import RenameMatterDialog  # noqa: PLC0415 - loaded when used

        if self.case is not None:
            RenameMatterDialog(self._context, self, self.case.id, matter).open()

    def _leave(self, matter: Matter) -> None:
        if self.case is not None:
            case, context = self.case.id, self._context
            back = partial(people.join_matter, case_id=case, name=matter.name, today=context.clock().date())

            def told(_result: object) -> None:
                context.changes.tell(Topic.PEOPLE)
                context.message("Losgekoppeld van de kwestie.", undo=undoing(context, back, Topic.PEOPLE))

            context.worker.run(partial(people.leave_matter, case_id=case, matter_id=matter.id), told, context.failed)
