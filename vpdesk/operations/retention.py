"""What a user asks for about keeping and destroying: terms, holds, and the list of cases to decide on."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import ImpossibleMoveError
from vpdesk.domain.ids import HoldId
from vpdesk.domain.retention import (
    Decision,
    Hold,
    Kept,
    KeptLonger,
    Kind,
    Standing,
    covered,
    proposed,
    whole_years,
    years_of,
)
from vpdesk.store import rotation
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vpdesk.domain.ids import CaseId, ClientId
    from vpdesk.domain.periods import Period
    from vpdesk.domain.retention import HoldKind, Term
    from vpdesk.store.retention import Candidate
    from vpdesk.store.vault import Vault

_ORDER: Final = (Standing.TE_BESLISSEN, Standing.WACHT, Standing.BEWAARSTOP, Standing.LANGER)
_SHORTEST_MONTH: Final = timedelta(days=28)
_LONGEST_MONTH: Final = timedelta(days=31)
MOST_COUNTED: Final = 99


@dataclass(frozen=True, slots=True)
class Held:
    """What stops or postpones the destroying of a case: holds and decisions, the last written first."""

    holds: tuple[Hold, ...]
    decisions: tuple[KeptLonger, ...]

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


def held(vault: Vault, case_id: CaseId) -> Held:
    """Return the holds and decisions of a case."""
    return Held(vault.retention.holds(case_id)[::-1], vault.retention.decisions(case_id)[::-1])


def refuse_held(vault: Vault, case_id: CaseId) -> None:
    """Raise HeldError where a *bewaarstop* lies on a case, before anybody is asked what to destroy."""
    vault.retention.refuse_held(case_id)


def place_hold(vault: Vault, *, case_id: CaseId, kind: HoldKind, since: date, reason: str) -> Hold:
    """Put a *bewaarstop* on a case, running or closed.

    Raises:
        NotFoundError: there is no such case.
        InvalidValueError: the reason is empty.
    """
    hold = Hold(HoldId(0), case_id, kind, since, reason.strip())
    with vault.transaction():
        vault.cases.get(case_id)
        return vault.retention.add_hold(hold)


def lift_hold(vault: Vault, *, hold_id: HoldId, on: date, reason: str) -> Hold:
    """Lift a *bewaarstop*; it stays in the history of the case.

    Raises:
        NotFoundError: there is no such hold.
        InvalidValueError: it was lifted before, or the reason is empty.
    """
    with vault.transaction():
        lifted = vault.retention.hold(hold_id).lift(on, reason.strip())
        vault.retention.put_hold(lifted)
    return lifted


def take_back_hold(vault: Vault, hold: Hold) -> None:
    """Undo what was just done with a hold: one that was lifted is in force again, a new one was never there."""
    with vault.transaction():
        before = vault.retention.hold(hold.id)
        if hold.lifted is None:
            vault.retention.drop_hold(before.id)
        else:
            vault.retention.put_hold(Hold(before.id, before.case, before.kind, before.since, before.reason))


def keep_longer(vault: Vault, *, case_id: CaseId, until: date, reason: str, today: date) -> KeptLonger:
    """Keep a closed case until a later day.

    Raises:
        NotFoundError: there is no such case.
        ImpossibleMoveError: it is still open.
        InvalidValueError: the day has passed, or the reason is empty.
    """
    decision = KeptLonger(today, until, reason.strip())
    with vault.transaction():
        if vault.cases.get(case_id).closed is None:
            raise ImpossibleMoveError("Deze casus loopt nog; er valt niets te bewaren. Er is niets veranderd.")
        vault.retention.keep_longer(case_id, decision)
    return decision


def take_back_decision(vault: Vault, *, case_id: CaseId) -> None:
    """Undo the last decision to keep a case longer."""
    with vault.transaction():
        vault.retention.drop_last_decision(case_id)


def decision_list(
    vault: Vault, *, today: date, which: Standing | None = None, limit: int = -1, after: Decision | None = None
) -> tuple[Decision, ...]:
    """Return one page of the cases past their term or with a hold, from the one that follows on `after`.

    First what can be decided on, then what waits for a report, what is held and what was kept longer; of each what
    was closed longest ago. One query for each standing and four besides, that read no further than the page.
    """
    order = _ORDER if which is None else (which,)
    begun = 0 if after is None else order.index(after.standing)
    place = None if after is None else (after.kept.closed, after.client, after.case)
    reading = _Reading.of(vault, today)
    found = itertools.chain.from_iterable(
        reading.standing(standing, place if number == 0 else None) for number, standing in enumerate(order[begun:])
    )
    return tuple(itertools.islice(found, None if limit < 0 else limit))


def number_due(vault: Vault, *, today: date) -> int:
    """Return how many cases can be decided on, at most `MOST_COUNTED` and one; reads on only until it knows that."""
    due = _Reading.of(vault, today).standing(Standing.TE_BESLISSEN)
    return sum(1 for _ in itertools.islice(due, MOST_COUNTED + 1))


def decision_on(vault: Vault, case_id: CaseId, *, today: date) -> Decision:
    """Return where one case stands, also when its term is not over; raises NotFoundError."""
    vault.cases.get(case_id)
    reading = _Reading.of(vault, today)
    with understood():  # a day without a month after it
        return reading.judged(vault.retention.candidate(case_id))


@dataclass(frozen=True, slots=True)
class _Reading:
    """The list of one day, read from a vault: its terms and the reports that went out."""

    vault: Vault
    today: date
    terms: Mapping[ClientId, tuple[Term, ...]]
    reported: Mapping[ClientId, tuple[Period, ...]]
    years: Mapping[ClientId, tuple[Period, ...]]

    @classmethod
    def of(cls, vault: Vault, today: date) -> _Reading:
        reported = vault.retention.reported()
        starts = {client.id: client.year_starts_in for client in vault.clients.all()} if reported else {}
        with understood():  # a period without a day before or after it
            years = {client: whole_years(out, starts[client]) for client, out in reported.items()}
        return cls(vault, today, vault.retention.all_terms(), reported, years)

    def standing(
        self, standing: Standing, after: tuple[date | None, ClientId, CaseId] | None = None
    ) -> Iterator[Decision]:
        """Yield the cases that stand so, from the one that follows on a closing day, organisation and case."""
        with understood():  # a day without a month after it
            candidates = self.vault.retention.candidates(
                standing, closed_until=self._soonest(), today=self.today, reported=self.years, after=after
            )
            for decision in map(self.judged, candidates):
                if decision.standing is standing:
                    yield decision

    def _soonest(self) -> date:
        """Return a day before which a case must be closed for its term to be over, whichever that is."""
        every = [proposed(kind) for kind in Kind] + [term for several in self.terms.values() for term in several]
        return self.today - min(term.months for term in every) * _SHORTEST_MONTH

    def judged(self, case: Candidate) -> Decision:
        """Return where a case stands."""
        terms = self.terms.get(case.client, tuple(proposed(kind) for kind in Kind))
        months = next(term.months for term in terms if term.kind is case.kind)
        out = self.reported.get(case.client, ())
        ran = years_of(case.opened, case.closed or case.opened, case.year_starts_in)
        kept = Kept(
            closed=case.closed,
            months=months,
            unreported=() if case.taken else tuple(year for year in ran if not covered(year, out)),
            longer=case.longer,
            held=bool(case.holds),
        )
        return Decision(
            case=case.case,
            code=case.code,
            pseudonym=case.pseudonym,
            client=case.client,
            client_name=case.client_name,
            kind=case.kind,
            kept=kept,
            standing=kept.standing(self.today),
            holds=case.holds,
            taken=case.taken,
        )
