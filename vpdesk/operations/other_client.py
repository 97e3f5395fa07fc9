"""Moving a case to another organisation: see what it means, move it with all that hangs on it, take it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vpdesk.domain.clients import PROCEDURE_OUTCOME
from vpdesk.domain.conflicts import Level, Outcome
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.other_client import Bound, at_client, melding_at_client, refuse_bound
from vpdesk.operations.cases import check_unit
from vpdesk.operations.people import weigh
from vpdesk.operations.retention import decision_on
from vpdesk.reporting.quotations import with_quotations
from vpdesk.store.counted import CountedStore

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.cases import Case
    from vpdesk.domain.clients import Client, Unit
    from vpdesk.domain.ids import CaseId, ClientId, ConflictId, MatterId, UnitId
    from vpdesk.domain.meldingen import Melding
    from vpdesk.domain.people import Matter
    from vpdesk.domain.periods import Period
    from vpdesk.operations.people import GoingOn
    from vpdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What it would mean for a case to go to another organisation, before anything is done.

    `unit` and `matters` stay behind, as do the `terms` and `outcomes` of so many meldingen. `reported` are the periods
    that were reported there without this case. `months` is how long it is kept after closing, here and there.
    """

    client: Client
    units: tuple[Unit, ...]
    unit: Unit | None
    matters: tuple[Matter, ...]
    terms: int
    outcomes: int
    consents: int
    reported: tuple[Period, ...]
    months: tuple[int, int]


@dataclass(frozen=True, slots=True)
class AtClient:
    """A case before and after it went to another organisation, with what it takes to undo that.

    `beside` are the other cases in its `matters`: by those a matter is known again that got another name.
    """

    before: Case
    after: Case
    matters: tuple[Matter, ...]
    beside: frozenset[tuple[CaseId, MatterId]]
    meldingen: tuple[Melding, ...]
    reasons: frozenset[ConflictId]
    level: Level


def other_clients(vault: Vault, case_id: CaseId) -> tuple[Client, ...]:
    """Return the organisations to which a case could go.

    Raises:
        InvalidValueError: something ties it to its own.
    """
    case = vault.cases.get(case_id)
    refuse_bound(_bound(vault, case))
    return tuple(client for client in vault.clients.all() if client.id != case.client)


def elsewhere(vault: Vault, *, case_id: CaseId, client_id: ClientId, today: date) -> Elsewhere:
    """Return what it would mean for a case to go to an organisation."""
    case, client = vault.cases.get(case_id), vault.clients.get(client_id)
    meldingen = vault.meldingen.of_case(case_id)
    kept = PROCEDURE_OUTCOME in client.statistics
    after = [melding_at_client(melding, keeps_outcome=kept) for melding in meldingen]
    kind = decision_on(vault, case_id, today=today).kind
    here, there = (
        next(term.months for term in vault.retention.terms(one) if term.kind is kind)
        for one in (case.client, client_id)
    )
    steps = [vault.steps.get(row.id) for row in vault.steps.rows(case_id)]
    return Elsewhere(
        client=client,
        units=tuple(unit for unit in vault.clients.units(client_id) if unit.stands_on(case.opened)),
        unit=next((unit for unit in vault.clients.units(case.client) if unit.id == case.unit), None),
        matters=vault.matters.of_case(case_id),
        terms=sum(melding.scheme_term is not None for melding in meldingen),
        outcomes=sum(new.outcome != old.outcome for new, old in zip(after, meldingen, strict=True)),
        consents=sum(one.term.holds_from(today) for step in steps for one in step.consents),
        reported=tuple(
            period
            for period in vault.retention.reported().get(client_id, ())
            if period.first <= case.opened <= period.last
        ),
        months=(here, there),
    )


def move_to_client(
    vault: Vault,
    *,
    case_id: CaseId,
    client_id: ClientId,
    unit_id: UnitId | None = None,
    today: date,
    going_on: GoingOn | None = None,
) -> AtClient:
    """Move a case with its talks, reminders, records and meldingen; unit, matters and terms of the former stay behind.

    Raises:
        NotFoundError: there is no such case or organisation.
        InvalidValueError: something ties the case to its organisation, or the unit is not of the other.
        RoleConflictError: roles may conflict there and no reason was given. Nothing was moved.
    """
    with vault.transaction():
        before = vault.cases.get(case_id)
        refuse_bound(_bound(vault, before))
        client = vault.clients.get(client_id)
        matters, meldingen = vault.matters.of_case(case_id), vault.meldingen.of_case(case_id)
        beside = _beside(vault, matters, case_id)
        known = {record.id for record in vault.conflicts.of_case(case_id)}
        after = at_client(before, client_id, unit_id)
        check_unit(vault, after)
        _put(vault, after)
        kept = PROCEDURE_OUTCOME in client.statistics
        for melding in meldingen:
            vault.meldingen.put(melding_at_client(melding, keeps_outcome=kept))
        level = weigh(vault, case_id, Outcome(), today, going_on)
        reasons = frozenset(record.id for record in vault.conflicts.of_case(case_id)) - known
        return AtClient(before, after, matters, beside, meldingen, reasons, level)


def take_back(vault: Vault, moved: AtClient) -> Case:
    """Undo a move: unit, matters, terms and outcomes are as before, and the reason for going on there is gone.

    A matter that got another name meanwhile keeps it, with the case in it.

    Raises:
        InvalidValueError: the case went on to yet another organisation, or is tied to this one by now.
    """
    number, before = moved.before.id, moved.before
    with vault.transaction():
        now = vault.cases.get(number)
        if now.client != moved.after.client:
            raise InvalidValueError("De casus ging intussen naar nog een andere organisatie. Er is niets teruggezet.")
        refuse_bound(_bound(vault, now))
        restored = replace(now, client=before.client, unit=before.unit)
        _put(vault, restored)
        _into_matters(vault, moved)
        for reason in moved.reasons:
            vault.conflicts.delete(reason)
        then = {melding.id: melding for melding in moved.meldingen}
        for melding in vault.meldingen.of_case(number):
            if (old := then.get(melding.id)) is not None and old.kind == melding.kind:
                vault.meldingen.put(replace(melding, scheme_term=old.scheme_term, outcome=old.outcome))
    return restored


def _beside(vault: Vault, matters: tuple[Matter, ...], case_id: CaseId) -> frozenset[tuple[CaseId, MatterId]]:
    found = vault.matters.cases_in([matter.id for matter in matters])
    return frozenset((other.case, matter) for other, matter in found if other.case != case_id)


def _into_matters(vault: Vault, moved: AtClient) -> None:
    """Put a case that comes back in the matters in which it was, by the names that they have now.

    A number alone may have been given to another matter since: one is the same where a case of then is still in it.
    """
    number, client = moved.before.id, moved.before.client
    there = {matter for _, matter in _beside(vault, moved.matters, number) & moved.beside}
    names = {matter.id: matter.name for matter in vault.matters.of_client(client)}
    for matter in moved.matters:
        vault.matters.put_in(number, client, names[matter.id] if matter.id in there else matter.name)


def _put(vault: Vault, case: Case) -> None:
    vault.cases.put(case)
    vault.conversations.move_to_client(case.id, case.client)
    vault.reminders.move_to_client(case.id, case.client)
    vault.guided.move_to_client(case.id, case.client)
    vault.matters.take_out_of_others(case.id, case.client)


def _bound(vault: Vault, case: Case) -> frozenset[Bound]:
    passed = any(
        message.passed is not None
        for melding in vault.meldingen.of_case(case.id)
        for message in vault.relay.of_melding(melding.id)
    )
    found = {
        Bound.BEWAARSTOP: vault.retention.is_held(case.id),
        Bound.GETELD: CountedStore(vault.connection).is_out(case.id) or _is_quoted(vault, case),
        Bound.OVERGENOMEN: vault.handovers.taken_on(case.id) is not None,
        Bound.OVERGEDRAGEN: vault.handovers.handed(case.id),
        Bound.VASTLEGGING: vault.guided.is_final_at(case.id),
        Bound.DOORGEGEVEN: passed,
    }
    return frozenset(one for one, holds in found.items() if holds)


def _is_quoted(vault: Vault, case: Case) -> bool:
    """Return whether a number that a report quotes of one that was not sent may count a case."""
    out = with_quotations(vault.ledger.publications(case.client))
    return any(p.quotation and case.opened in p.period for p in out)
