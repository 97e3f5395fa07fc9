"""What a user asks for about activities to come: plan one, see the next intervisie, and write down that it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vpdesk.domain.planned import INTERVISION, NEW, Planned
from vpdesk.domain.reminders import ReminderState
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.worklog import TASKS
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.ids import ReminderId
    from vpdesk.domain.worklog import Activity
    from vpdesk.store.vault import Vault


def plan_activity(vault: Vault, planned: Planned) -> Planned:
    """Write what is planned: a new one where it has no reminder yet, else the changed one; raises NotFoundError."""
    with vault.transaction():
        if planned.reminder == NEW:
            return replace(planned, reminder=vault.reminders.add(planned.written()).id)
        vault.reminders.put(planned.written())
        return planned


def get_planned(vault: Vault, reminder_id: ReminderId) -> Planned:
    """Return what is planned; raises NotFoundError."""
    reminder = vault.reminders.get(reminder_id)
    with understood():
        return Planned.read(reminder)


def unplan(vault: Vault, reminder_id: ReminderId) -> None:
    """Take away what was planned a moment ago; raises NotFoundError."""
    with vault.transaction():
        vault.reminders.delete(reminder_id)


def next_intervision(vault: Vault) -> Planned | None:
    """Return the intervisie that is planned first, None where there is none."""
    found = vault.reminders.first_open(TodayKind.ACTIVITEIT, TASKS.label(INTERVISION))
    with understood():
        return None if found is None else Planned.read(found)


def write_planned(vault: Vault, activity: Activity, *, reminder_id: ReminderId, on: date) -> Activity:
    """Write a new activity and that what was planned is done.

    Raises:
        InvalidValueError: it was done or dropped meanwhile.
        NotFoundError: it is not planned any more.
    """
    with vault.transaction():
        vault.reminders.put(vault.reminders.get(reminder_id).settle(ReminderState.GEDAAN, on))
        return vault.worklog.add(activity)


def take_back_planned(vault: Vault, activity: Activity, planned: Planned) -> None:
    """Undo `write_planned`: the activity is gone, and planned as it was."""
    with vault.transaction():
        vault.worklog.delete(activity.id)
        vault.reminders.put(planned.written())
