"""What a user asks for about the choices of a person: wishes, steps and referrals, consent before a step outward."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.wishes import wish_on
from vpdesk.operations.earlier import keep_result
from vpdesk.operations.step_words import step_entry

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.cases import Case
    from vpdesk.domain.consent import Consent
    from vpdesk.domain.ids import CaseId, StepId
    from vpdesk.domain.rows import TimelineEntry
    from vpdesk.domain.steps import Step, StepRow
    from vpdesk.domain.wishes import Wish
    from vpdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Regie:
    """What the person of a case wanted, oldest first, and the steps, oldest first; no content of any consent."""

    wishes: tuple[Wish, ...]
    steps: tuple[StepRow, ...]


def regie(vault: Vault, case_id: CaseId) -> Regie:
    """Return the wishes and steps of a case; two queries."""
    return Regie(vault.wishes.of_case(case_id), vault.steps.rows(case_id))


def step_entries(vault: Vault, case_id: CaseId, *, today: date) -> tuple[TimelineEntry, ...]:
    """Return the lines of the steps of a case for its timeline, newest first; one query.

    A step stands on the day on which it was taken, given up or, while it is open, chosen.
    """
    entries = [step_entry(step, today) for step in reversed(vault.steps.rows(case_id))]
    return tuple(sorted(entries, key=lambda entry: entry.on, reverse=True))


def say_wish(vault: Vault, *, case_id: CaseId, wish: Wish) -> None:
    """Write down what the person wants; earlier wishes stay, and the case shows the one of the latest day.

    Raises:
        NotFoundError: there is no such case.
    """
    with vault.transaction():
        case = vault.cases.get(case_id)
        vault.wishes.add(case_id, wish)
        _show_latest(vault, case)


def take_back_wish(vault: Vault, *, case_id: CaseId) -> None:
    """Take away the wish that was written last; the case shows the one before it."""
    with vault.transaction():
        case = vault.cases.get(case_id)
        vault.wishes.drop_last(case_id)
        _show_latest(vault, case)


def _show_latest(vault: Vault, case: Case) -> None:
    wishes = vault.wishes.of_case(case.id)
    latest = wish_on(wishes, max(wish.on for wish in wishes)) if wishes else None
    code = taxonomy.UNKNOWN.code if latest is None else latest.code
    vault.cases.put(replace(case, wens=code, wens_on=None if latest is None else latest.on))


def record_step(vault: Vault, step: Step) -> Step:
    """Write a new step and return it with its id.

    Raises:
        NotFoundError: there is no such case.
    """
    with vault.transaction():
        vault.cases.get(step.case)
        return vault.steps.add(step)


def get_step(vault: Vault, step_id: StepId) -> Step:
    """Return a step with all its consents; raises NotFoundError."""
    return vault.steps.get(step_id)


def note_consent(vault: Vault, *, step_id: StepId, consent: Consent) -> Step:
    """Write what the person answered; raises InvalidValueError when the step is not open or asks no consent."""
    with vault.transaction():
        return _put(vault, vault.steps.get(step_id).asked(consent))


def withdraw_consent(vault: Vault, *, step_id: StepId, on: date) -> Step:
    """Write that the person took a consent back on a day; what was done before stays as it was.

    Raises:
        InvalidValueError: there is no yes that stands, or the step was taken later than that day.
    """
    with vault.transaction():
        return _put(vault, vault.steps.get(step_id).withdrawn(on))


def take_step(vault: Vault, *, step_id: StepId, on: date, result: str = "", reason: str = "") -> Step:
    """Write that a step was taken on a day; without consent for that day it takes a reason, which stays.

    Raises:
        InvalidValueError: the step is not open, or consent is missing and no reason was given.
    """
    with vault.transaction():
        return _put(vault, vault.steps.get(step_id).taken(on, result=result, reason=reason))


def lapse_step(vault: Vault, *, step_id: StepId, on: date) -> Step:
    """Write that a step will not be taken; raises InvalidValueError when it is not open."""
    with vault.transaction():
        return _put(vault, vault.steps.get(step_id).lapsed(on))


def save_result(vault: Vault, *, step_id: StepId, result: str, today: date) -> Step:
    """Write what came of a step; under a bewaarstop what stood there is kept beside it."""
    with vault.transaction():
        step = vault.steps.get(step_id)
        keep_result(vault, step, result, today)
        return _put(vault, step.with_result(result))


def remove_step(vault: Vault, *, step_id: StepId) -> None:
    """Take away a step that was written by mistake, with its consents.

    Raises:
        HeldError: a bewaarstop lies on the case.
        InvalidValueError: it was taken without consent; that reason stays with the case.
    """
    with vault.transaction():
        step = vault.steps.get(step_id)
        vault.retention.refuse_held(step.case)
        if step.reason:
            raise InvalidValueError(
                "Deze stap is zonder toestemming gezet. De reden blijft bij de casus; er is niets weggehaald."
            )
        vault.steps.delete(step_id)


def _put(vault: Vault, step: Step) -> Step:
    vault.steps.put(step)
    return step
