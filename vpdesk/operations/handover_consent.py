"""By which step and with which consent a case goes to a colleague: the yes is for one recipient, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.handover import COLLEAGUE, same_recipient
from vpdesk.domain.ids import StepId
from vpdesk.domain.seen import says_something
from vpdesk.domain.steps import HANDED_OVER, Choice, Step, StepKind, StepState
from vpdesk.operations.handed import is_handing_over

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.ids import CaseId
    from vpdesk.operations.handover import Chosen
    from vpdesk.store.vault import Vault

FOR_ANOTHER: Final = (
    "De toestemming die er is, is voor {}. Er is niets overgedragen. Vraag de persoon opnieuw, schrijf op waarom u "
    "zonder toestemming overdraagt, of zeg erbij dat het dezelfde collega is."
)


def consent_now(*, to: str, named: bool, on: date) -> Consent:
    """Return the yes of somebody who was asked whether her case may go to a colleague."""
    content = "De casus met de verslagen, " + ("met namen" if named else "zonder de namen bij de casus")
    return Consent(ConsentTerm(Answer.JA, on), content, to.strip())


def standing(vault: Vault, case: CaseId, today: date) -> Consent | None:
    """Return the yes to being handed over that stands on a day, None where there is none."""
    last = last_asked(vault, case)
    return _standing(last, today)


def last_asked(vault: Vault, case: CaseId) -> Step | None:
    """Return the last step by which a case goes to a colleague, of those that did not lapse."""
    ours = [row for row in vault.steps.rows(case) if is_handing_over(row) and row.state is not StepState.VERVALLEN]
    return vault.steps.get(ours[-1].id) if ours else None


def settled(vault: Vault, one: Chosen, to: str, today: date) -> Step:
    """Return the step by which a case goes, taken: the one that was open, one that was taken before, or a new one.

    A step whose yes is for another colleague stays as it is: it may still be taken, and this is another one.

    Raises:
        InvalidValueError: nobody agreed that it goes to this colleague, and there is no reason.
    """
    last = last_asked(vault, one.case)
    consent = _standing(last, today)
    answered = one.consent is not None or says_something(one.reason)
    for_another = consent is not None and not one.same and not same_recipient(consent.recipient, to)
    if for_another and not answered and consent is not None:
        raise InvalidValueError(FOR_ANOTHER.format(consent.recipient.strip()))
    if last is not None and last.state is StepState.OPEN and not for_another:
        step = last if one.consent is None else last.asked(one.consent)
        return step.taken(today, result=f"Overgedragen aan {to}", reason=one.reason)
    if last is not None and consent is not None and not answered:
        return last
    fresh = Step(
        id=StepId(0),
        case=one.case,
        kind=StepKind.VERWIJZING,
        choice=Choice(today if one.consent is None else min(today, one.consent.term.on)),
        code=COLLEAGUE,
        to=to,
        manner=HANDED_OVER,
        consents=() if one.consent is None else (one.consent,),
    )
    return fresh.taken(today, result=f"Overgedragen aan {to}", reason=one.reason)


def _standing(step: Step | None, today: date) -> Consent | None:
    consent = None if step is None else step.consent
    return consent if consent is not None and consent.term.holds_from(today) else None
