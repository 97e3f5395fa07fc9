"""Starting the clock of a task, and stopping it: with what it says, or what it really was where that is doubted."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain import wording
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.hours import as_clock
from vpdesk.domain.timer import Doubt, Timer
from vpdesk.domain.worklog import TASKS, Activity
from vpdesk.operations import timer, worklog
from vpdesk.operations.timer import Running
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
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
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.fields import Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.ids import ActivityId

GOES_ON: Final = "De klok loopt door als vpdesk op slot gaat of dicht is. Hij telt alleen de tijd; hij neemt niets op."
SET_BACK: Final = (
    "De tijd op deze laptop is teruggezet nadat de klok begon, dus vpdesk weet niet hoe lang het duurde. Vul zelf in "
    "hoe lang u bezig was, of gooi de meting weg."
)


def since(running: Running, today: "date") -> str:
    """Return `14:05`, or `gisteren 16:05` for a clock of another day."""
    if running.since.date() == today:
        return f"{running.since:%H:%M}"
    return wording.moment(running.since, today)


def doubtful(running: Running, today: "date") -> str:
    """Return why one asks how long it really took; empty where what the clock says can be true."""
    if running.doubt is Doubt.BACKWARDS:
        return SET_BACK
    if running.doubt is Doubt.LONG:
        return (
            f"De klok loopt sinds {since(running, today)}: {as_clock(running.minutes)} uur. Misschien bent u hem "
            "vergeten. Vul in hoe lang u echt bezig was, of gooi de meting weg."
        )
    return ""


class StartTimerDialog(FormDialog):
    """Which task begins now."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, "Klok starten", "Starten", text=GOES_ON)
        self._context = context
        self.task = task_choice("Taak")
        self.client = client_choice("Organisatie")
        self.what = LineEdit(name="Wat")
        self.pair(Field("Taak", self.task), Field("Organisatie", self.client))
        self.body.addWidget(Field("Wat, mag leeg", self.what, hint=NO_NAMES))
        ask_clients(context, self.client)
        self.task.setFocus()
        self.verb.clicked.connect(self._start)

    def _start(self) -> None:
        start = partial(
            timer.start_timer,
            now=self._context.clock(),
            task=task_of(self.task),
            client_id=client_of(self.client),
            title=self.what.text(),
        )
        self._context.worker.run(self.sending(start), self._started, self.failed)

    def _started(self, _running: Running) -> None:
        self._context.changes.tell(Topic.WORKLOG)
        self.accept()


class StopTimerDialog(FormDialog):
    """What the clock says, to be kept as an activity, changed, or thrown away; closing it lets the clock run."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, running: Running) -> None:
        super().__init__(parent, "Klok stoppen", "Stoppen en vastleggen")
        self._context, self._running = context, running
        self._today = context.clock().date()
        known = running.timer
        doubt = doubtful(running, self._today)
        if doubt:
            self.body.addWidget(Message(doubt, "warning"))
        self.task = task_choice("Taak", known.task)
        self.client = client_choice("Organisatie")
        self.time = LineEdit("" if doubt else as_clock(running.minutes), name="Tijd")
        self.what = LineEdit(known.title, name="Wat")
        self._time_field = Field("Tijd", self.time, hint=f"Begonnen {since(running, self._today)}. {TIME_HELP}")
        self.pair(Field("Taak", self.task), Field("Organisatie", self.client))
        self.body.addWidget(self._time_field)
        self.body.addWidget(Field("Wat, mag leeg", self.what, hint=NO_NAMES))
        self.away = Button("Meting weggooien", QUIET, size=28)
        self.body.addWidget(self.away)
        self.back.setText("Laten lopen")
        self.back.setAccessibleName("Laten lopen")
        ask_clients(context, self.client, known.client)
        self.time.setFocus()
        self.time.selectAll()
        self.verb.clicked.connect(self._stop)
        self.away.clicked.connect(self._throw_away)

    def _stop(self) -> None:
        self._time_field.show_error("")
        try:
            minutes = minutes_in(self.time)
            activity = Activity(
                worklog.NEW,
                self._running.timer.on,
                task_of(self.task),
                minutes,
                self.what.text().strip(),
                client_of(self.client),
            )
        except InvalidValueError as error:
            self._time_field.show_error(error.sentence)
            self.time.setFocus()
            return
        stop = partial(timer.stop_timer, activity=activity)
        self._context.worker.run(self.sending(stop), self._stopped, self.failed)

    def _stopped(self, done: tuple[Activity, Timer]) -> None:
        activity, ended = done
        self.accept()
        self._context.changes.tell(Topic.WORKLOG)
        said = f"Vastgelegd: {TASKS.label(activity.task).lower()}, {as_clock(activity.minutes)}."
        self._context.message(said, undo=partial(_resume, self._context, ended, activity.id))

    def _throw_away(self) -> None:
        self._context.worker.run(self.sending(timer.drop_timer), self._thrown, self.failed)

    def _thrown(self, ended: Timer) -> None:
        self.accept()
        self._context.changes.tell(Topic.WORKLOG)
        self._context.message("De meting is weggegooid.", undo=partial(_resume, self._context, ended, None))


def _resume(context: Context, ended: Timer, instead_of: "ActivityId | None") -> None:
    resume = partial(timer.resume_timer, timer=ended, instead_of=instead_of)
    context.worker.run(resume, lambda _: context.changes.tell(Topic.WORKLOG), context.failed)
