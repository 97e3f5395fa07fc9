"""Taking back what was done a moment ago: a move of a case, a reminder settled, a step changed, a melding removed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from vpdesk.domain.cases import Case
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, MeldingId, ReminderId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.relay import RelayMessage
from vpdesk.domain.reminders import Reminder, ReminderState
from vpdesk.domain.steps import Step, StepState
from vpdesk.operations.aftercare import Skipped
from vpdesk.operations.meldingen import remove_melding
from vpdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Moved:
    """A case before and after a move, with what was open beside it and what the move planned.

    `attachments` is how many went for good: taking the move back does not bring them back.
    """

    before: Case
    after: Case
    reminders: tuple[Reminder, ...]
    steps: tuple[Step, ...]
    meldingen: tuple[Melding, ...]
    planned: tuple[ReminderId, ...]
    attachments: int


def moving(vault: Vault, case_id: CaseId, move: Callable[[Vault], Case]) -> Moved:
    """Move, close or reopen a case by that operation, and return what it takes to undo it."""
    before = vault.cases.get(case_id)
    reminders = vault.reminders.of_case(case_id)
    steps = tuple(vault.steps.get(row.id) for row in vault.steps.rows(case_id) if row.state is StepState.OPEN)
    meldingen = tuple(vault.meldingen.of_case(case_id))
    attachments = len(vault.attachments.of_case(case_id))
    after = move(vault)
    known = {reminder.id for reminder in reminders}
    planned = tuple(one.id for one in vault.reminders.of_case(case_id) if one.id not in known)
    gone = attachments - len(vault.attachments.of_case(case_id))
    return Moved(before, after, reminders, steps, meldingen, planned, gone)


def take_back_move(vault: Vault, moved: Moved) -> Case:
    """Undo a move: the phase and outcome of before, what it ended is open again, what it planned is gone.

    Raises:
        InvalidValueError: the case moved once more. Nothing was changed.
    """
    before, number = moved.before, moved.before.id
    with vault.transaction():
        now = vault.cases.get(number)
        if now.moves != moved.after.moves:
            raise InvalidValueError("De casus ging intussen nog eens naar een andere fase. Er is niets teruggezet.")
        restored = replace(
            now,
            moves=before.moves,
            outcomes=before.outcomes,
            closing_reason=before.closing_reason,
            phase_unknown=before.phase_unknown,
        )
        vault.cases.put(restored)
        lapsed = {one.id for one in vault.reminders.of_case(number) if one.state is ReminderState.VERVALLEN}
        for reminder in moved.reminders:
            if reminder.state is ReminderState.OPEN and reminder.id in lapsed:
                vault.reminders.put(reminder)
        for planned in moved.planned:
            vault.reminders.delete(planned)
        dropped = {row.id for row in vault.steps.rows(number) if row.state is StepState.VERVALLEN}
        for step in moved.steps:
            if step.id in dropped:
                vault.steps.put(step)
        watched = {melding.id: melding.watched for melding in moved.meldingen}
        for melding in vault.meldingen.of_case(number):
            vault.meldingen.put(replace(melding, watched=watched.get(melding.id, melding.watched)))
    return restored


def settling(vault: Vault, reminder_id: ReminderId, settle: Callable[[Vault], Reminder | None]) -> Skipped:
    """Settle or postpone a reminder by that operation; `aftercare.take_back_skip` undoes it."""
    before = vault.reminders.get(reminder_id)
    result = settle(vault)
    return Skipped(before, None if result is None or result.id == reminder_id else result)


def take_away_reminder(vault: Vault, reminder_id: ReminderId) -> None:
    """Take away what was planned a moment ago, as if it never was."""
    with vault.transaction():
        vault.reminders.delete(reminder_id)


def put_back_step(vault: Vault, before: Step) -> Step:
    """Write a step as it was, also when it was removed.

    Raises:
        InvalidValueError: it was taken without consent; the reason stays with the case.
    """
    with vault.transaction():
        rows = {row.id for row in vault.steps.rows(before.case)}
        if before.id not in rows:
            vault.cases.get(before.case)
            return vault.steps.add(before, again=True)
        if vault.steps.get(before.id).reason and not before.reason:
            raise InvalidValueError("Deze stap is zonder toestemming gezet. De reden blijft bij de casus.")
        vault.steps.put(before)
    return before


def take_away_melding(vault: Vault, melding_id: MeldingId) -> tuple[Melding, tuple[RelayMessage, ...]]:
    """Remove a melding as `remove_melding` does; return it with the messages that were prepared."""
    melding, messages = vault.meldingen.get(melding_id), vault.relay.of_melding(melding_id)
    remove_melding(vault, melding_id=melding_id)
    return melding, messages


def put_back_melding(vault: Vault, melding: Melding, messages: tuple[RelayMessage, ...]) -> Melding:
    """Undo `take_away_melding`: the melding keeps its reference."""
    with vault.transaction():
        vault.cases.get(melding.case)
        if any(one.id == melding.id for one in vault.meldingen.of_case(melding.case)):
            return melding  # put back already
        vault.meldingen.add(melding, again=True)
        for message in messages:
            vault.relay.add(message, again=True)
    return melding
