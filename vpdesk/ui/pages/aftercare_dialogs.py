"""The end of aftercare: the person wants no more, from which day and why."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from vpdesk.domain.cases import Case
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ReminderId
from vpdesk.domain.reminders import AftercareEnd, Reminder
from vpdesk.operations import aftercare
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.case_dialogs import CaseForm
from vpdesk.ui.widgets.fields import Field, LineEdit

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_TOPICS = (Topic.REMINDERS, Topic.CASES, Topic.MELDINGEN)


class EndAftercareDialog(CaseForm):
    """The form; with `done` the aftercare of that reminder was done, as the last time."""

    topics = _TOPICS

    def __init__(self, context: Context, parent: QWidget, case: Case, *, done: ReminderId | None = None) -> None:
        super().__init__(
            context,
            parent,
            case,
            "Nazorg beëindigen",
            "Nazorg beëindigen",
            text="De persoon bepaalt wanneer het genoeg is. Terugkomen kan altijd; u kunt later weer nazorg plannen.",
        )
        self._done = done
        self.why = LineEdit(name="Waarom", placeholder="Bijvoorbeeld: het gaat goed, wil het afronden")
        self.body.addWidget(Field("Waarom", self.why, hint="Kort. Dit staat in de tijdlijn."))
        self.body.addWidget(Field("Vanaf", self.day))
        self.body.addStretch(1)
        self.verb.clicked.connect(self._end)
        self.why.setFocus()

    def _end(self) -> None:
        try:
            end = AftercareEnd(self.day.day, self.why.text().strip())
        except InvalidValueError as error:
            self.failed(error)
            self.why.setFocus()
            return
        number, done = self.case.id, self._done

        def operation(vault: "Vault") -> tuple[Reminder, ...]:
            return aftercare.end_aftercare(vault, case_id=number, end=end, done=done)

        self.keep(operation)

    def _kept(self, result: object) -> None:
        super()._kept(result)
        planned = tuple(item for item in result if isinstance(item, Reminder)) if isinstance(result, tuple) else ()
        self.context.message("De nazorg is beëindigd.", undo=partial(_resume, self.context, self.case, planned))


def _resume(context: Context, case: Case, planned: tuple[Reminder, ...]) -> None:
    context.worker.run(
        lambda vault: aftercare.resume_aftercare(vault, case_id=case.id, planned=planned),
        lambda _: context.changes.tell(*_TOPICS),
        context.failed,
    )
