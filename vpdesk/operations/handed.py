"""What a user asks for about a case that was handed over: when and to whom, and closing it again where it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.handover import COLLEAGUE, OVERGEDRAGEN, same_recipient
from vpdesk.domain.steps import HANDED_OVER, StepKind, StepState
from vpdesk.operations.cases import Lapse, close_within

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vpdesk.domain.handover import Given
    from vpdesk.domain.ids import CaseId
    from vpdesk.domain.steps import Step, StepRow
    from vpdesk.store.vault import Vault


def given_before(vault: Vault, case_id: CaseId) -> tuple[Given, ...]:
    """Return when and to whom a case was handed over, the latest first; empty where it never was."""
    return vault.handovers.given(case_id)


def is_handing_over(step: StepRow) -> bool:
    """Return whether a step is that by which a case goes to a colleague."""
    return step.kind is StepKind.VERWIJZING and step.code == COLLEAGUE and step.manner == HANDED_OVER


def close_again(vault: Vault, cases: Iterable[CaseId]) -> int:
    """Close cases that were handed over and run here, as on the day on which they went; return how many.

    The step by which a case went is taken where the person agreed to this colleague; whatever else was open lapses.

    Raises:
        InvalidValueError: none was chosen, or one was never handed over. Nothing was changed.
        ImpossibleMoveError: one is closed. Nothing was changed.
    """
    chosen = tuple(dict.fromkeys(cases))
    if not chosen:
        raise InvalidValueError("Kies minstens één casus. Er is niets veranderd.")
    with vault.transaction():
        for case_id in chosen:
            given = vault.handovers.given(case_id)
            if not given:
                raise InvalidValueError("Deze casus is niet overgedragen. Er is niets veranderd.")
            on = max(given[0].on, vault.cases.get(case_id).moves[-1].on)
            for row in vault.steps.rows(case_id):
                if row.state is StepState.OPEN and is_handing_over(row):
                    step = vault.steps.get(row.id)
                    if _agreed(step, given[0].to, on):
                        vault.steps.put(step.taken(on, result=f"Overgedragen aan {given[0].to}"))
            close_within(
                vault,
                case_id=case_id,
                outcome=OVERGEDRAGEN,
                reason=OVERGEDRAGEN,
                on=on,
                lapse=Lapse.STEPS | Lapse.TERMS,
            )
    vault.attachments.sweep()
    return len(chosen)


def _agreed(step: Step, to: str, on: date) -> bool:
    consent = step.consent
    return (
        consent is not None
        and consent.term.holds_from(on)
        and step.choice.on <= on
        and same_recipient(consent.recipient, to)
    )
