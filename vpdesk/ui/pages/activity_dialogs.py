"""The forms of the work log: an activity, new or changed, and what was done with advice."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain.errors import InvalidValueError, VpdeskError
from vpdesk.domain.hours import as_clock
from vpdesk.domain.worklog import ADVICE, TASKS, UPKEEP, Activity, FollowUp, FollowUpState, TaskGroup, group_of
from vpdesk.operations import planning, worklog
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.drafts import Belongs
from vpdesk.ui.pages.activity_fields import (
    NO_NAMES,
    TIME_HELP,
    ask_clients,
    client_choice,
    client_of,
    minutes_in,
    task_choice,
    task_of,
)
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.fields import ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from vpdesk.domain.planned import Planned
    from vpdesk.operations.vaults import Vault

NO_NUMBER: Final = "Vul een heel getal in, of laat het leeg."
_DIGITS: Final = 6


class ActivityDialog(FormDialog):
    """Everything that is kept about an activity; without one it asks for a new one."""

    keeps_text = True

    def __init__(
        self, context: Context, parent: QWidget, activity: Activity | None = None, planned: "Planned | None" = None
    ) -> None:
        """Show an activity to change, or a new one: as it was planned, where it was."""
        new = activity is None
        super().__init__(
            parent,
            "Activiteit vastleggen" if new else "Activiteit wijzigen",
            "Vastleggen" if new else "Bewaren",
            text="Gesprekken hoeft u niet vast te leggen: die tellen vanzelf mee." if new else "",
        )
        self._context, self._before, self._planned = context, activity, planned
        self.goes_with = "" if activity is None else Belongs.ACTIVITEIT.to(activity.id)
        today = context.clock().date()
        known = activity or Activity(worklog.NEW, today, "voorlichting", 0)
        if planned is not None:
            known = Activity(worklog.NEW, min(planned.on, today), planned.task, 0, client=planned.client)
        self.task = task_choice("Taak", known.task)
        self.client = client_choice("Organisatie")
        self.day = DateEdit(known.on, "Datum")
        self.time = LineEdit(as_clock(known.minutes) if known.minutes else "", name="Tijd")
        self.what = LineEdit(known.title, name="Wat", placeholder="Bijvoorbeeld: introductie nieuwe medewerkers")
        self.reached = LineEdit("" if known.reached is None else str(known.reached), name="Hoeveel mensen bereikt")
        self.proof = LineEdit(known.proof, name="Waar ligt het bewijs", placeholder="Bijvoorbeeld: in de map thuis")
        self._time_field = Field("Tijd", self.time, hint=TIME_HELP)
        self._reached_field = Field("Hoeveel mensen bereikt, mag leeg", self.reached)
        self._proof_field = Field("Waar ligt het bewijs, mag later", self.proof)
        self.pair(Field("Taak", self.task), Field("Organisatie", self.client))
        self.pair(Field("Datum", self.day), self._time_field)
        self.body.addWidget(Field("Wat, mag leeg", self.what, hint=NO_NAMES))
        self.body.addWidget(self._reached_field)
        self.body.addWidget(self._proof_field)
        self.remove = Button("Verwijderen", QUIET, size=28)
        self.remove.setVisible(not new)
        self.body.addWidget(self.remove)
        self.body.addStretch(1)
        self.task.currentIndexChanged.connect(self._fit_task)
        self.remove.clicked.connect(self._remove)
        self.verb.clicked.connect(self._keep)
        ask_clients(context, self.client, known.client)
        self._fit_task()
        (self.task if new and planned is None else self.time).setFocus()

    def _fit_task(self) -> None:
        """Show what goes with the task only."""
        task = task_of(self.task)
        self._reached_field.setVisible(group_of(task) is TaskGroup.INFORMEREN)
        self._proof_field.setVisible(task in UPKEEP)
        self.fit()

    def _reached(self) -> int | None:
        written = self.reached.text().strip()
        if self._reached_field.isHidden() or not written:
            return None
        if not (written.isascii() and written.isdecimal() and len(written) <= _DIGITS):
            self._reached_field.show_error(NO_NUMBER)
            self.reached.setFocus()
            raise InvalidValueError(NO_NUMBER)
        return int(written)

    def _written(self) -> Activity | None:
        """Return what the form holds; None with a sentence at the field where that is nothing."""
        for field in (self._time_field, self._reached_field):
            field.show_error("")
        try:
            minutes = minutes_in(self.time)
        except InvalidValueError as error:
            self._time_field.show_error(error.sentence)
            self.time.setFocus()
            return None
        task = task_of(self.task)
        before = self._before
        try:
            return Activity(
                id=worklog.NEW if before is None else before.id,
                on=self.day.day,
                task=task,
                minutes=minutes,
                title=self.what.text().strip(),
                client=client_of(self.client),
                reached=self._reached(),
                follow_up=before.follow_up if before is not None and task in ADVICE else None,
                proof=self.proof.text().strip() if task in UPKEEP else "",
            )
        except InvalidValueError as error:
            if error.sentence != NO_NUMBER:
                self.failed(error)
            return None

    def _keep(self) -> None:
        written = self._written()
        if written is None:
            return
        new, planned, today = self._before is None, self._planned, self._context.clock().date()

        def keep(vault: "Vault") -> Activity:
            if planned is not None:
                return planning.write_planned(vault, written, reminder_id=planned.reminder, on=today)
            return worklog.write_activity(vault, written) if new else worklog.change_activity(vault, written)

        self._context.worker.run(self.sending(keep), self._kept, self.failed)

    def _kept(self, activity: Activity) -> None:
        self.accept()
        say_kept(self._context, activity, self._before, self._planned)

    def _remove(self) -> None:
        if self._before is not None:
            self.accept()
            remove_activity(self._context, self._before)


def say_kept(
    context: Context, activity: Activity, before: Activity | None = None, planned: "Planned | None" = None
) -> None:
    """Tell that an activity was written, and offer to take that back."""
    topics = (Topic.WORKLOG,) if planned is None else (Topic.WORKLOG, Topic.REMINDERS)

    def undo() -> None:
        def back(vault: "Vault") -> None:
            if planned is not None:
                planning.take_back_planned(vault, activity, planned)
            elif before is None:
                worklog.delete_activity(vault, activity_id=activity.id)
            else:
                worklog.change_activity(vault, before)

        context.worker.run(back, lambda _: context.changes.tell(*topics), context.failed)

    context.changes.tell(*topics)
    done = "Vastgelegd" if before is None else "Gewijzigd"
    context.message(f"{done}: {TASKS.label(activity.task).lower()}, {as_clock(activity.minutes)}.", undo=undo)


def remove_activity(context: Context, activity: Activity) -> None:
    """Remove an activity, and offer to put it back."""

    def removed(gone: Activity) -> None:
        context.changes.tell(Topic.WORKLOG)
        context.message("De activiteit is verwijderd.", undo=partial(_put_back, context, gone))

    remove = partial(worklog.delete_activity, activity_id=activity.id)
    context.worker.run(remove, removed, context.failed)


def _put_back(context: Context, activity: Activity) -> None:
    back = partial(worklog.write_activity, activity=activity)
    context.worker.run(back, lambda _: context.changes.tell(Topic.WORKLOG), context.failed)


class FollowUpDialog(FormDialog):
    """What an organisation did with advice or a signal, since when, in a few words."""

    keeps_text = True

    def __init__(
        self, context: Context, parent: QWidget, activity: Activity, then: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(
            parent,
            "Wat is ermee gedaan?",
            "Bewaren",
            text=f"{activity.title or TASKS.label(activity.task)}. De ondernemingsraad vraagt hier vaak naar.",
        )
        self.goes_with = Belongs.ACTIVITEIT.to(activity.id)
        self._context, self._activity, self._then = context, activity, then
        known = activity.follow_up
        today = context.clock().date()
        self.state = ComboBox("Stand")
        for state in FollowUpState:
            self.state.addItem(state.value.capitalize(), state)
        self.state.choose(FollowUpState.OPEN if known is None else known.state)
        self.day = DateEdit(max(today, activity.on) if known is None else known.on, "Sinds")
        self.note = LineEdit("" if known is None else known.note, name="In een paar woorden")
        self.pair(Field("Stand", self.state), Field("Sinds", self.day))
        self.body.addWidget(Field("In een paar woorden, mag leeg", self.note, hint=NO_NAMES))
        self.state.setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        number = self._activity.id
        try:
            noted = FollowUp(FollowUpState(self.state.currentData()), self.day.day, self.note.text().strip())
            replace(self._activity, follow_up=noted)  # refuses a day before the advice here, so that the form stays
        except VpdeskError as error:
            self.failed(error)
            return
        keep = partial(worklog.note_follow_up, activity_id=number, follow_up=noted)
        self._context.worker.run(self.sending(keep), self._kept, self.failed)

    def _kept(self, _activity: Activity) -> None:
        self._context.changes.tell(Topic.WORKLOG)
        self.accept()
        back = partial(worklog.change_activity, activity=self._activity)
        self._context.message("Bewaard.", undo=undoing(self._context, back, Topic.WORKLOG))
        self._then()
