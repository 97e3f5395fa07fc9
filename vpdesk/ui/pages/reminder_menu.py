"""What can be done with a reminder besides the one obvious thing: done, another day, or not needed any more."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from vpdesk.domain import wording
from vpdesk.domain.checklists import LIMITS, ItemState
from vpdesk.domain.ids import CaseId, ReminderId
from vpdesk.domain.phases import Phase
from vpdesk.operations import aftercare, cases, taking_back, today
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.today_keys import ANOTHER_DAY, DONE, NOT_NEEDED, TOMORROW
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.fields import DateEdit, Field
from vpdesk.ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from vpdesk.domain.reminders import Reminder
    from vpdesk.operations.vaults import Vault

_LATER: Final = (
    ("Morgen", timedelta(days=1)),
    ("Over drie dagen", timedelta(days=3)),
    ("Over een week", timedelta(weeks=1)),
)


class DayDialog(FormDialog):
    """Asks for another day."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, "Naar een andere dag", "Verplaatsen")
        self.day = DateEdit(context.clock().date() + timedelta(weeks=1), "Nieuwe dag")
        self.body.addWidget(Field("Nieuwe dag", self.day))


class PostponeDialog(DayDialog):
    """Another day for a reminder."""

    def __init__(self, context: Context, parent: QWidget, reminder: ReminderId) -> None:
        super().__init__(context, parent)
        self.verb.clicked.connect(lambda: self._move(context, reminder))

    def _move(self, context: Context, reminder: ReminderId) -> None:
        postpone(context, reminder, self.day.day, self.accept)


def done(context: Context, reminder: ReminderId, *, again: bool = True) -> None:
    """Write that something was done today; aftercare returns by itself unless `again` is false."""
    on = context.clock().date()

    _run(context, reminder, lambda vault: today.do_reminder(vault, reminder_id=reminder, on=on, again=again), "Gedaan.")


def postpone(context: Context, reminder: ReminderId, due: date, then: Callable[[], None] | None = None) -> None:
    """Move a reminder to another day."""
    _run(
        context,
        reminder,
        lambda vault: today.postpone_reminder(vault, reminder_id=reminder, due=due),
        f"Verplaatst naar {wording.short_date(due, context.clock().date())}.",
        then,
    )


def drop(context: Context, reminder: ReminderId) -> None:
    """Write that something need not be done any more."""
    on = context.clock().date()
    _run(context, reminder, lambda vault: today.drop_reminder(vault, reminder_id=reminder, on=on), "Vervallen.")


def skip(context: Context, reminder: ReminderId) -> None:
    """Leave one aftercare out; the next one is planned."""
    on = context.clock().date()

    def told(skipped: aftercare.Skipped) -> None:
        context.changes.tell(Topic.REMINDERS, Topic.CASES)
        context.message(f"Overgeslagen.{_next(context, skipped)}", undo=_back(context, skipped))

    context.worker.run(partial(aftercare.skip_aftercare, reminder_id=reminder, on=on), told, context.failed)


def _back(context: Context, skipped: aftercare.Skipped) -> Callable[[], None]:
    return undoing(context, partial(aftercare.take_back_skip, skipped=skipped), Topic.REMINDERS, Topic.CASES)


def limits_discussed(context: Context, case: CaseId) -> None:
    """Write that the limits of confidentiality were discussed today."""
    on, topics = context.clock().date(), (Topic.CASES, Topic.REMINDERS)

    def told(_result: object) -> None:
        context.changes.tell(*topics)
        context.message("Vastgelegd: de grenzen zijn besproken.", undo=undoing(context, back, *topics))

    def back(vault: "Vault") -> None:
        cases.check_item(vault, case_id=case, phase=Phase.VOORFASE, code=LIMITS, state=ItemState.NOG_NIET, on=on)

    context.worker.run(lambda vault: cases.limits_discussed(vault, case_id=case, on=on), told, context.failed)


def ask_end(context: Context, parent: QWidget, case: CaseId, *, done: ReminderId | None = None) -> None:
    """Ask why the person wants no more aftercare."""
    from vpdesk.ui.pages.aftercare_dialogs import EndAftercareDialog  # noqa: PLC0415 - seldom asked for

    context.worker.run(
        lambda vault: cases.get_case(vault, case),
        lambda found: EndAftercareDialog(context, parent, found, done=done).open(),
        context.failed,
    )


def _run(
    context: Context,
    reminder: ReminderId,
    operation: "Callable[[Vault], Reminder | None]",
    said: str,
    then: Callable[[], None] | None = None,
) -> None:
    def told(done: aftercare.Skipped) -> None:
        context.changes.tell(Topic.REMINDERS, Topic.CASES)
        context.message(f"{said}{_next(context, done)}", undo=_back(context, done))
        if then is not None:
            then()

    context.worker.run(lambda vault: taking_back.settling(vault, reminder, operation), told, context.failed)


def _next(context: Context, done: aftercare.Skipped) -> str:
    day = context.clock().date()
    following = done.following
    return "" if following is None else f" De volgende keer is {wording.short_date(following.due, day)}."


def keyed(action: QAction, key: Qt.Key) -> None:
    """Let an entry of a menu say which key of the list does the same; the menu itself hears it while it is open."""
    action.setShortcut(QKeySequence(key))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.setShortcutVisibleInContextMenu(True)


def _unkeyed(_action: QAction, _key: Qt.Key) -> None:
    pass


class ReminderMenu(QMenu):
    """The menu of one reminder; aftercare comes again when it is left out, until the person ends it.

    `aftercare_of` is the case whose aftercare it is; `keys` says that the keys of Vandaag hold where it was asked for.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        reminder: ReminderId,
        *,
        aftercare_of: CaseId | None = None,
        keys: bool = False,
    ) -> None:
        super().__init__(parent)
        hint = keyed if keys else _unkeyed
        hint(self.addAction("Gedaan", lambda: done(context, reminder)), DONE)
        if aftercare_of is not None:
            self.addAction(
                "Gedaan, en dit was de laatste keer…", lambda: ask_end(context, parent, aftercare_of, done=reminder)
            )
        self.addSeparator()
        day = context.clock().date()
        moved = [self.addAction(words, partial(postpone, context, reminder, day + later)) for words, later in _LATER]
        hint(moved[0], TOMORROW)
        hint(self.addAction("Andere dag…", lambda: PostponeDialog(context, parent, reminder).open()), ANOTHER_DAY)
        self.addSeparator()
        if aftercare_of is None:
            hint(self.addAction("Niet meer nodig", lambda: drop(context, reminder)), NOT_NEEDED)
        else:
            hint(self.addAction("Deze keer overslaan", lambda: skip(context, reminder)), NOT_NEEDED)
            self.addAction("Nazorg beëindigen…", lambda: ask_end(context, parent, aftercare_of))
