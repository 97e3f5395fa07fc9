"""What a user asks for about meldingen: record one with what it asks, hear of the recipient, and end terms."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vpdesk.domain.clients import PROCEDURE_OUTCOME
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import MeldingId
from vpdesk.domain.melding_lists import CONFIDENTIAL, KIND_OF_ROUTE, OWN_SCHEME, RECIPIENT_OF_ROUTE, WBK
from vpdesk.domain.meldingen import REFERENCE_LETTERS, Melding
from vpdesk.domain.steps import Actor, StepKind
from vpdesk.domain.taxonomy import UNKNOWN
from vpdesk.operations.earlier import keep_melding

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.cases import Case
    from vpdesk.domain.detriments import Detriment
    from vpdesk.domain.ids import CaseId
    from vpdesk.domain.reminders import AftercareEnd
    from vpdesk.domain.steps import Step
    from vpdesk.domain.terms import SchemeTerm, TermKind
    from vpdesk.store.vault import Vault

_SUSPECTED = "de melder vermoedt het"


@dataclass(frozen=True, slots=True)
class Aftermath:
    """The meldingen of a case and what came of them, each in order of time."""

    meldingen: tuple[Melding, ...]
    detriments: tuple[Detriment, ...]
    ended: tuple[AftercareEnd, ...]


def aftermath(vault: Vault, case_id: CaseId) -> Aftermath:
    """Return the meldingen and the detriment of a case, and when aftercare ended; four queries."""
    return Aftermath(
        vault.meldingen.of_case(case_id), vault.detriments.of_case(case_id), vault.aftercare.of_case(case_id)
    )


def get_melding(vault: Vault, melding_id: MeldingId) -> Melding:
    """Return a melding; raises NotFoundError."""
    return vault.meldingen.get(melding_id)


def proposal(case: Case) -> Melding:
    """Return what a form for a new melding begins with: a suspected misstand is usually a Wbk-melding."""
    return Melding(id=MeldingId(0), case=case.id, kind=WBK if case.misstand == _SUSPECTED else UNKNOWN.code)


def of_step(case: Case, step: Step) -> Melding | None:
    """Return the melding that a step is, for a form to begin with; None where the step is another route."""
    kind = KIND_OF_ROUTE.get(step.code) if step.kind is StepKind.ROUTE else None
    if kind is None:
        return None
    if kind == OWN_SCHEME and case.misstand == _SUSPECTED:
        kind = WBK
    through_me = step.actor is Actor.VERTROUWENSPERSOON and kind in {WBK, OWN_SCHEME}
    return Melding(
        id=MeldingId(0),
        case=case.id,
        kind=kind,
        identity=CONFIDENTIAL if through_me else UNKNOWN.code,
        recipient=RECIPIENT_OF_ROUTE.get(step.code, UNKNOWN.code),
        lodged=step.settled,
        relay=through_me,
    )


def keeps_outcome(vault: Vault, case_id: CaseId) -> bool:
    """Return whether the organisation of a case chose to have the outcome of procedures kept."""
    return PROCEDURE_OUTCOME in vault.clients.get(vault.cases.get(case_id).client).statistics


def usual_term(vault: Vault, *, case_id: CaseId, kind: str) -> SchemeTerm | None:
    """Return the term that the scheme of the organisation of a case gave the last time, None where none is known."""
    return vault.meldingen.last_term(vault.cases.get(case_id).client, kind)


def record_melding(vault: Vault, melding: Melding) -> Melding:
    """Write a new melding; one that goes through the advisor gets a random reference.

    Raises:
        NotFoundError: there is no such case.
        InvalidValueError: the outcome of the procedure is not kept for this organisation.
    """
    with vault.transaction():
        vault.cases.get(melding.case)
        _refuse_outcome(vault, melding)
        return vault.meldingen.add(referred(vault, replace(melding, reference="")))


def change_melding(vault: Vault, melding: Melding, *, today: date) -> Melding:
    """Write a changed melding; its reference stays, and what is passed on about it too.

    Under a bewaarstop what was known before is kept beside it.

    Raises:
        NotFoundError: there is no such melding.
        InvalidValueError: there are messages and it would not go through the advisor any more, or the outcome of the
            procedure is not kept for this organisation.
    """
    with vault.transaction():
        before = vault.meldingen.get(melding.id)
        if before.relay and not melding.relay and vault.relay.of_melding(melding.id):
            raise InvalidValueError(
                "Bij deze melding staan berichten die via u gingen. Zij blijft via u lopen; er is niets veranderd."
            )
        if melding.outcome != before.outcome:
            _refuse_outcome(vault, melding)
        kept = referred(vault, replace(melding, case=before.case, reference=before.reference if melding.relay else ""))
        keep_melding(vault, before, kept, today)
        vault.meldingen.put(kept)
        return kept


def heard(vault: Vault, *, melding_id: MeldingId, kind: TermKind, on: date) -> Melding:
    """Write on which day confirmation or feedback came; raises InvalidValueError for a day before the melding."""
    with vault.transaction():
        melding = vault.meldingen.get(melding_id).heard(kind, on)
        vault.meldingen.put(melding)
        return melding


def remove_melding(vault: Vault, *, melding_id: MeldingId) -> None:
    """Take away a melding that was written by mistake, with what was prepared for it.

    Raises:
        HeldError: a bewaarstop lies on the case.
        InvalidValueError: a message about it was passed on; that stays with the case.
    """
    with vault.transaction():
        vault.retention.refuse_held(vault.meldingen.get(melding_id).case)
        if any(message.passed is not None for message in vault.relay.of_melding(melding_id)):
            raise InvalidValueError(
                "Over deze melding zijn berichten doorgegeven. Die blijven bij de casus; er is niets weggehaald."
            )
        vault.meldingen.delete(melding_id)


def watch(vault: Vault, case_id: CaseId) -> None:
    """Follow the terms of a case again. Within a transaction."""
    for melding in vault.meldingen.of_case(case_id):
        if not melding.watched:
            vault.meldingen.put(replace(melding, watched=True))


def unwatch(vault: Vault, case_id: CaseId) -> None:
    """Follow the terms of a case no more. Within a transaction."""
    for melding in vault.meldingen.of_case(case_id):
        if melding.awaited:
            vault.meldingen.put(replace(melding, watched=False))


def referred(vault: Vault, melding: Melding) -> Melding:
    """Return a melding with a random reference where it goes through the advisor and has none."""
    if not melding.relay or melding.reference:
        return melding
    drawn = _draw()
    while vault.meldingen.is_taken(drawn):
        drawn = _draw()
    return replace(melding, reference=drawn)


def _draw() -> str:
    four, more = ("".join(secrets.choice(REFERENCE_LETTERS) for _ in range(4)) for _ in range(2))
    return f"{four}-{more}"


def _refuse_outcome(vault: Vault, melding: Melding) -> None:
    if melding.outcome != UNKNOWN.code and not keeps_outcome(vault, melding.case):
        raise InvalidValueError(
            "Voor deze organisatie legt u geen uitkomst van procedures vast. Er is niets bewaard. U zet dit aan bij de "
            "organisatie."
        )
