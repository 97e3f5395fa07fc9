"""The form that plans an activity; it then stands on Vandaag, and the next intervisie beside the hours."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.planned import INTERVISION, Planned, time_of_day
from vpdesk.domain.wording import short_date
from vpdesk.operations import planning
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.activity_fields import ask_clients, client_choice, client_of, task_choice, task_of
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.fields import DateEdit, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_TOPICS: Final = (Topic.WORKLOG, Topic.REMINDERS)


class PlanningDialog(FormDialog):
    """Which task, on which day, at what time and for whom; changes what is planned where that is given."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, planned: Planned | None = None) -> None:
        super().__init__(
            parent,
            "Activiteit plannen" if planned is None else "Planning wijzigen",
            "Plannen" if planned is None else "Bewaren",
            text="Het staat op Vandaag, met alleen de taak. Daarna legt u daar vast hoe lang het duurde.",
        )
        self._context, self._before = context, planned
        known = planned or Planned(INTERVISION, context.clock().date())
        self.task = task_choice("Taak", known.task)
        self.client = client_choice("Organisatie")
        self.day = DateEdit(known.on, "Datum")
        self.time = LineEdit(known.at, name="Tijd", placeholder="13:30")
        self._time = Field("Tijd, mag leeg", self.time)
        self.pair(Field("Taak", self.task), Field("Organisatie", self.client))
        self.pair(Field("Datum", self.day), self._time)
        self.body.addStretch(1)
        ask_clients(context, self.client, known.client)
        (self.task if planned is None else self.day).setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        self._time.show_error("")
        try:
            at = time_of_day(self.time.text())
        except InvalidValueError as error:
            self._time.show_error(error.sentence)
            self.time.setFocus()
            return
        asked = Planned(task_of(self.task), self.day.day, at, client_of(self.client))
        if self._before is not None:
            asked = replace(asked, reminder=self._before.reminder)
        self._context.worker.run(self.sending(partial(planning.plan_activity, planned=asked)), self._kept, self.failed)

    def _kept(self, planned: Planned) -> None:
        self._context.changes.tell(*_TOPICS)
        self.accept()
        before = self._before

        def back(vault: "Vault") -> None:
            if before is None:
                planning.unplan(vault, planned.reminder)
            else:
                planning.plan_activity(vault, before)

        when = short_date(planned.on, self._context.clock().date())
        at = f" om {planned.at}" if planned.at else ""
        self._context.message(
            f"Gepland: {planned.title.lower()}, {when}{at}.", undo=undoing(self._context, back, *_TOPICS)
        )
