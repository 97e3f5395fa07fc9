"""What a user asks for about keeping and destroying: terms, holds, and the list of cases to decide on."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import ImpossibleMoveError, InvalidValueError, NotFoundError
from vpdesk.domain.guided_questions import NAMES
from vpdesk.domain.ids import ConversationId, HoldId
from vpdesk.domain.retention import (
    Decision,
    Going,
    Hold,
    Kept,
    KeptLonger,
    Kind,
    Standing,
    covered,
    proposed,
    years_of,
)
from vpdesk.store import rotation
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vpdesk.domain.ids import CaseId, ClientId, GuidedId
    from vpdesk.domain.periods import Period
    from vpdesk.domain.retention import Earlier, HoldKind, Term
    from vpdesk.store.retention import Candidate
    from vpdesk.store.vault import Vault

_ORDER: Final = (Standing.TE_BESLISSEN, Standing.WACHT, Standing.BEWAARSTOP, Standing.LANGER)
_SHORTEST_MONTH: Final = timedelta(days=28)
_LONGEST_MONTH: Final = timedelta(days=31)
MOST_COUNTED: Final = 99
_BATCH: Final = 300


@dataclass(frozen=True, slots=True)
class Held:
    """What stops or postpones the destroying of something: holds and decisions, the last written first."""

    holds: tuple[Hold, ...]
    decisions: tuple[KeptLonger, ...]
    earlier: int = 0
    """How many versions are kept of what was changed meanwhile."""

    @property
    def in_force(self) -> tuple[Hold, ...]:
        """The holds that were not lifted."""
        return tuple(hold for hold in self.holds if hold.lifted is None)


def terms(vault: Vault, client_id: ClientId) -> tuple[Term, ...]:
    """Return how long each kind is kept at an organisation."""
    return vault.retention.terms(client_id)


def save_terms(vault: Vault, *, client_id: ClientId, terms: Iterable[Term]) -> None:
    """Write how long each kind is kept; raises NotFoundError."""
    with vault.transaction():
        vault.clients.get(client_id)
        for term in terms:
            vault.retention.put_term(client_id, term)


def longest_copy(vault: Vault) -> timedelta:
    """Return how long a copy of the vault may be kept: never longer than the shortest term of a case."""
    return min(rotation.TERM, vault.retention.shortest() * _LONGEST_MONTH)


def held(vault: Vault, case_id: CaseId | None, guided_id: GuidedId | None = None) -> Held:
    """Return the holds and decisions of a case, or of a guided record without one, and what only holds keep of it."""
    return Held(
        vault.retention.holds(case_id, guided_id)[::-1],
        vault.retention.decisions(case_id, guided_id)[::-1],
        vault.earlier.count(case_id, guided_id),
    )


def earlier(
    vault: Vault, case_id: CaseId | None, guided_id: GuidedId | None = None, *, names: bool = False
) -> tuple[Earlier, ...]:
    """Return what stood there before it was changed while a hold lay on it, the last changed first.

    Without `names` no text that tells who somebody is leaves the vault.
    """
    return vault.earlier.of(case_id, guided_id, names=names)


def refuse_held(vault: Vault, case_id: CaseId | None, guided_id: GuidedId | None = None) -> None:
    """Raise HeldError where a *bewaarstop* lies on it, before anybody is asked what to destroy."""
    vault.retention.refuse_held(case_id, guided_id)


def place_hold(
    vault: Vault,
    *,
    kind: HoldKind,
    since: date,
    reason: str,
    case_id: CaseId | None = None,
    guided_id: GuidedId | None = None,
) -> Hold:
    """Put a *bewaarstop* on a case, running or closed, or on a guided record without one.

    Raises:
        NotFoundError: there is no such case or record.
        InvalidValueError: the reason is empty, or the record stands on a case.
    """
    hold = Hold(HoldId(0), case_id, kind, since, reason.strip(), guided=guided_id)
    with vault.transaction():
        _refuse_unknown(vault, case_id, guided_id)
        return vault.retention.add_hold(hold)


def going_with(vault: Vault, hold_id: HoldId) -> Going:
    """Return what lifting a hold destroys: nothing while another hold stays; raises NotFoundError."""
    hold = vault.retention.hold(hold_id)
    in_force = [one.id for one in vault.retention.holds(hold.case, hold.guided) if one.lifted is None]
    return vault.earlier.kept_by_hold(hold.case, hold.guided) if in_force == [hold_id] else Going()


def lift_hold(vault: Vault, *, hold_id: HoldId, on: date, reason: str, going: Going | None = None) -> Hold:
    """Lift a *bewaarstop*; it stays in the history of the case, and what nothing else kept goes for good.

    `going` is what the user was told that goes.

    Raises:
        NotFoundError: there is no such hold.
        InvalidValueError: it was lifted before, the reason is empty, or something else would go than was told.
    """
    with vault.transaction():
        before = vault.retention.hold(hold_id)
        lifted = before.lift(on, reason.strip())
        goes = going_with(vault, hold_id)
        if goes != (going or Going()):
            raise InvalidValueError(
                "Er is intussen iets veranderd aan wat met de bewaarstop weggaat. De bewaarstop blijft staan en er is "
                "niets vernietigd. Kijk opnieuw wat er weggaat."
            )
        vault.retention.put_hold(lifted)
        if goes:
            for number in vault.earlier.notes_of(before.case):
                talk = vault.conversations.get(ConversationId(number))
                vault.conversations.put(replace(talk, working_note=""))
            vault.earlier.drop_of(before.case, before.guided)
            if before.case is not None and goes.attachments:
                vault.attachments.drop_of(before.case)
    if goes.attachments:
        vault.attachments.sweep()
    return lifted


def take_back_hold(vault: Vault, hold: Hold) -> None:
    """Undo what was just done with a hold: one that was lifted is in force again, a new one was never there."""
    with vault.transaction():
        before = vault.retention.hold(hold.id)
        if hold.lifted is None:
            vault.retention.drop_hold(before.id)
        else:
            vault.retention.put_hold(replace(before, lifted=None, why_lifted=""))


def keep_longer(
    vault: Vault,
    *,
    until: date,
    reason: str,
    today: date,
    case_id: CaseId | None = None,
    guided_id: GuidedId | None = None,
) -> KeptLonger:
    """Keep a closed case, or a guided record without one, until a later day.

    Raises:
        NotFoundError: there is no such case or record.
        ImpossibleMoveError: the case is still open.
        InvalidValueError: the day has passed, the reason is empty, or the record stands on a case.
    """
    decision = KeptLonger(today, until, reason.strip())
    with vault.transaction():
        _refuse_unknown(vault, case_id, guided_id)
        if case_id is not None and vault.cases.get(case_id).closed is None:
            raise ImpossibleMoveError("Deze casus loopt nog; er valt niets te bewaren. Er is niets veranderd.")
        vault.retention.keep_longer(decision, case_id, guided_id)
    return decision


def take_back_decision(vault: Vault, *, case_id: CaseId | None = None, guided_id: GuidedId | None = None) -> None:
    """Undo the last decision to keep something longer."""
    with vault.transaction():
        vault.retention.drop_last_decision(case_id, guided_id)


def _refuse_unknown(vault: Vault, case_id: CaseId | None, guided_id: GuidedId | None) -> None:
    if case_id is not None:
        vault.cases.get(case_id)
    elif guided_id is not None and vault.guided.get(guided_id).case is not None:
        raise InvalidValueError(
            "Deze vastlegging hoort bij een casus en wordt zo lang bewaard als die. Er is niets veranderd; kies wat u "
            "wilt bij de casus."
        )


def decision_list(
    vault: Vault, *, today: date, which: Standing | None = None, limit: int = -1, offset: int = 0
) -> tuple[Decision, ...]:
    """Return one page of the cases and of the guided records without one that are past their term or held.

    First what can be decided on, then what waits for a report, what is held and what was kept longer; of each what
    was closed or final longest ago. Five queries, however many there are.
    """
    found = [row for row in _decisions(vault, today) if which is None or row.standing is which]
    found.sort(key=lambda row: (_ORDER.index(row.standing), row.kept.closed or date.max))
    return tuple(found[offset : None if limit < 0 else offset + limit])


def number_due(vault: Vault, *, today: date) -> int:
    """Return how many cases can be decided on, at most `MOST_COUNTED` and one; reads on only until it knows that."""
    reported = vault.retention.reported()
    own = vault.retention.all_terms()
    # Nothing can be decided on that was closed in a year without a report: those before the first are not even read,
    # unless some were taken over, which wait for none.
    first = min((period.first for periods in reported.values() for period in periods), default=today)
    taken = vault.handovers.has_taken()
    due, offset, more = 0, 0, bool(reported) or taken
    while more and due <= MOST_COUNTED:
        rows = vault.retention.candidates(
            _soonest(own, today), closed_from=date.min if taken else first, limit=_BATCH, offset=offset
        )
        with understood():
            due += sum(row.standing is Standing.TE_BESLISSEN for row in _judged(rows, own, reported, today))
        offset, more = offset + _BATCH, len(rows) == _BATCH
    return min(due, MOST_COUNTED + 1)


def records_due(vault: Vault, *, today: date) -> int:
    """Return how many guided records without a case can be decided on."""
    with understood():
        found = _records(vault, vault.retention.all_terms(), today)
        return sum(row.standing is Standing.TE_BESLISSEN for row in found)


def decision_on(vault: Vault, case_id: CaseId, *, today: date) -> Decision:
    """Return where one case stands, also when its term is not over; raises NotFoundError."""
    vault.cases.get(case_id)
    found = _judged(
        vault.retention.candidates(today, case_id), vault.retention.all_terms(), vault.retention.reported(), today
    )
    with understood():
        return next(found)


def decision_on_record(vault: Vault, guided_id: GuidedId, *, today: date) -> Decision:
    """Return where a guided record without a case stands; raises NotFoundError, also for one that stands on a case."""
    with understood():
        found = next(_records(vault, vault.retention.all_terms(), today, guided_id), None)
    if found is None:
        raise NotFoundError("Deze vastlegging staat niet los in de kluis. Er is niets veranderd.")
    return found


def _soonest(own: Mapping[ClientId, tuple[Term, ...]], today: date) -> date:
    """Return a day before which a case is closed, or a record final, whose term is over, whichever that is."""
    every = [proposed(kind) for kind in Kind] + [term for several in own.values() for term in several]
    return today - min(term.months for term in every) * _SHORTEST_MONTH


def _decisions(vault: Vault, today: date) -> Iterator[Decision]:
    own = vault.retention.all_terms()
    reported = vault.retention.reported()
    with understood():  # a day without a month after it
        cases = _judged(vault.retention.candidates(_soonest(own, today)), own, reported, today)
        for decision in itertools.chain(cases, _records(vault, own, today)):
            if decision.standing is not Standing.NOG_NIET:
                yield decision


def _records(
    vault: Vault, own: Mapping[ClientId, tuple[Term, ...]], today: date, record: GuidedId | None = None
) -> Iterator[Decision]:
    for row in vault.retention.records(_soonest(own, today), record):
        terms = _terms_of(own, row.client)
        months = next(term.months for term in terms if term.kind is row.kind)
        kept = Kept(row.since, months, (), row.longer, bool(row.holds))
        yield Decision(
            case=None,
            code="",
            pseudonym=NAMES[row.guided],
            client=row.client,
            client_name=row.client_name,
            kind=row.kind,
            kept=kept,
            standing=kept.standing(today),
            holds=row.holds,
            guided=row.record,
        )


def _terms_of(own: Mapping[ClientId, tuple[Term, ...]], client: ClientId | None) -> tuple[Term, ...]:
    usual = tuple(proposed(kind) for kind in Kind)
    return usual if client is None else own.get(client, usual)


def _judged(
    candidates: Iterable[Candidate],
    own: Mapping[ClientId, tuple[Term, ...]],
    reported: Mapping[ClientId, tuple[Period, ...]],
    today: date,
) -> Iterator[Decision]:
    for case in candidates:
        terms = _terms_of(own, case.client)
        months = next(term.months for term in terms if term.kind is case.kind)
        out = reported.get(case.client, ())
        ran = years_of(case.opened, case.closed or case.opened, case.year_starts_in)
        kept = Kept(
            closed=case.closed,
            months=months,
            unreported=() if case.taken else tuple(year for year in ran if not covered(year, out)),
            longer=case.longer,
            held=bool(case.holds),
        )
        yield Decision(
            case=case.case,
            code=case.code,
            pseudonym=case.pseudonym,
            client=case.client,
            client_name=case.client_name,
            kind=case.kind,
            kept=kept,
            standing=kept.standing(today),
            holds=case.holds,
            taken=case.taken,
        )
