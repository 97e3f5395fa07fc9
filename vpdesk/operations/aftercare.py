"""What a user asks for after a melding: detriment with what followed, and aftercare that goes on until it is ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.reminders import AftercareEnd, ReminderState
from vpdesk.domain.rows import TodayKind
from vpdesk.operations.earlier import keep_detriment
from vpdesk.operations.today import plan_aftercare

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.detriments import Detriment, DetrimentEntry
    from vpdesk.domain.ids import CaseId, DetrimentId, ReminderId
    from vpdesk.domain.reminders import Reminder
    from vpdesk.store.vault import Vault


def record_detriment(vault: Vault, detriment: Detriment) -> Detriment:
    """Write detriment down, in a closed case too; raises NotFoundError where there is no such case."""
    with vault.transaction():
        vault.cases.get(detriment.case)
        return vault.detriments.add(detriment)


def get_detriment(vault: Vault, detriment_id: DetrimentId) -> Detriment:
    """Return detriment with what followed; raises NotFoundError."""
    return vault.detriments.get(detriment_id)


def change_detriment(vault: Vault, detriment: Detriment, *, today: date) -> Detriment:
    """Write changed detriment; what followed stays. Under a bewaarstop what was told before is kept beside it.

    Raises:
        NotFoundError: it is gone.
        InvalidValueError: it would begin after what followed.
    """
    with vault.transaction():
        before = vault.detriments.get(detriment.id)
        changed = replace(detriment, case=before.case, entries=before.entries)
        keep_detriment(vault, before, changed, today)
        vault.detriments.put(changed)
        return changed


def note_what_followed(vault: Vault, *, detriment_id: DetrimentId, entry: DetrimentEntry) -> Detriment:
    """Write what happened next; raises InvalidValueError for a day before the first."""
    with vault.transaction():
        changed = vault.detriments.get(detriment_id).followed_by(entry)
        vault.detriments.put(changed)
        return changed


def take_back_entry(vault: Vault, *, detriment_id: DetrimentId, entry: DetrimentEntry) -> Detriment:
    """Take away one line of what followed that was written by mistake; nothing happens where it is not there.

    Raises:
        HeldError: a bewaarstop lies on the case.
    """
    with vault.transaction():
        before = vault.detriments.get(detriment_id)
        vault.retention.refuse_held(before.case)
        entries = list(before.entries)
        if entry in entries:
            entries.remove(entry)
        changed = replace(before, entries=tuple(entries))
        vault.detriments.put(changed)
        return changed


def remove_detriment(vault: Vault, *, detriment_id: DetrimentId) -> None:
    """Take away detriment that was written by mistake; raises NotFoundError, or HeldError where a bewaarstop lies."""
    with vault.transaction():
        vault.retention.refuse_held(vault.detriments.get(detriment_id).case)
        vault.detriments.delete(detriment_id)


def end_aftercare(
    vault: Vault, *, case_id: CaseId, end: AftercareEnd, done: ReminderId | None = None
) -> tuple[Reminder, ...]:
    """End aftercare because the person wants no more: what was planned lapses, the reason stays with the case.

    `done` is the one that was done on that day, as the last time.

    Returns what was planned. Nothing plans it again but a user, or another nafase.

    Raises:
        InvalidValueError: no aftercare is planned.
    """
    with vault.transaction():
        planned = [
            reminder
            for reminder in vault.reminders.of_case(case_id)
            if reminder.kind is TodayKind.NAZORG and reminder.state is ReminderState.OPEN
        ]
        if not planned:
            raise InvalidValueError("Bij deze casus staat geen nazorg gepland. Er is niets veranderd.")
        for reminder in planned:
            state = ReminderState.GEDAAN if reminder.id == done else ReminderState.VERVALLEN
            vault.reminders.put(reminder.settle(state, end.on))
        vault.aftercare.add(case_id, end)
        return tuple(planned)


def resume_aftercare(vault: Vault, *, case_id: CaseId, planned: tuple[Reminder, ...]) -> None:
    """Undo `end_aftercare`: what it let lapse is open again."""
    with vault.transaction():
        for reminder in planned:
            vault.reminders.put(reminder)
        vault.aftercare.drop_last(case_id)


@dataclass(frozen=True, slots=True)
class Skipped:
    """An aftercare that was left out, as it was, and the next one, None in a closed case."""

    before: Reminder
    following: Reminder | None


def skip_aftercare(vault: Vault, *, reminder_id: ReminderId, on: date) -> Skipped:
    """Leave one aftercare out and plan the next; in a closed case nothing is planned."""
    with vault.transaction():
        reminder = vault.reminders.get(reminder_id)
        vault.reminders.put(reminder.settle(ReminderState.VERVALLEN, on))
        following = plan_aftercare(vault, reminder, max(on, reminder.due), detail="De vorige keer is overgeslagen")
        return Skipped(reminder, following)


def take_back_skip(vault: Vault, skipped: Skipped) -> None:
    """Undo `skip_aftercare`: what was left out is to be done again, and the next one is not planned yet."""
    with vault.transaction():
        if skipped.following is not None:
            vault.reminders.delete(skipped.following.id)
        vault.reminders.put(skipped.before)
