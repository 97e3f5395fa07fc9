"""What a user asks for about keeping and destroying: terms, holds, and the list of cases to decide on."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import ImpossibleMoveError, InvalidValueError, NotFoundError
from vpdesk.domain.guided_questions import NAMES
from vpdesk.domain.ids import CaseId, ClientId, ConversationId, HoldId
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
    whole_years,
    years_of,
)
from vpdesk.store import rotation
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vpdesk.domain.ids import GuidedId
    from vpdesk.domain.periods import Period
    from vpdesk.domain.retention import Earlier, HoldKind, Term
    from vpdesk.store.retention import Candidate
    from vpdesk.store.vault import Vault

_ORDER: Final = (Standing.TE_BESLISSEN, Standing.WACHT, Standing.BEWAARSTOP, Standing.LANGER)
_SHORTEST_MONTH: Final = timedelta(days=28)
_LONGEST_MONTH: Final = timedelta(days=31)
MOST_COUNTED: Final = 99
_LAST_CLIENT: Final = ClientId(2**63 - 1)


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
    vault: Vault, *, today: date, which: Standing | None = None, limit: int = -1, after: Decision | None = None
) -> tuple[Decision, ...]:
    """Return one page of the cases and of the guided records without one that are past their term or held.

    The page begins with the one that follows on `after`. First what can be decided on, then what waits for a report,
    what is held and what was kept longer; of each what was closed or final longest ago, and cases before records. One
    query for each standing and five besides, that read no further in the cases than the page.
    """
    order = _ORDER if which is None else (which,)
    begun = 0 if after is None else order.index(after.standing)
    reading = _Reading.of(vault, today)
    records = tuple(reading.records())
    found = itertools.chain.from_iterable(
        _both(reading, records, standing, after if number == 0 else None)
        for number, standing in enumerate(order[begun:])
    )
    return tuple(itertools.islice(found, None if limit < 0 else limit))


def _both(
    reading: _Reading, records: Iterable[Decision], standing: Standing, after: Decision | None
) -> Iterator[Decision]:
    """Yield the cases and records that stand so, from the one that follows on `after`."""
    own = sorted((row for row in records if row.standing is standing), key=_place)
    if after is not None:
        own = [row for row in own if _place(row) > _place(after)]
    return heapq.merge(reading.cases(standing, after), own, key=_place)


def _place(row: Decision) -> tuple[date, bool, int, int]:
    return row.kept.closed or date.max, row.case is None, row.client or 0, row.case or row.guided or 0


def number_due(vault: Vault, *, today: date) -> int:
    """Return how many cases can be decided on, at most `MOST_COUNTED` and one; reads on only until it knows that."""
    due = _Reading.of(vault, today).cases(Standing.TE_BESLISSEN)
    return sum(1 for _ in itertools.islice(due, MOST_COUNTED + 1))


def records_due(vault: Vault, *, today: date) -> int:
    """Return how many guided records without a case can be decided on."""
    return sum(row.standing is Standing.TE_BESLISSEN for row in _Reading.of(vault, today).records())


def decision_on(vault: Vault, case_id: CaseId, *, today: date) -> Decision:
    """Return where one case stands, also when its term is not over; raises NotFoundError."""
    vault.cases.get(case_id)
    reading = _Reading.of(vault, today)
    with understood():  # a day without a month after it
        return reading.judged(vault.retention.candidate(case_id))


def decision_on_record(vault: Vault, guided_id: GuidedId, *, today: date) -> Decision:
    """Return where a guided record without a case stands; raises NotFoundError, also for one that stands on a case."""
    found = next(_Reading.of(vault, today).records(guided_id), None)
    if found is None:
        raise NotFoundError("Deze vastlegging staat niet los in de kluis. Er is niets veranderd.")
    return found


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

    def cases(self, standing: Standing, after: Decision | None = None) -> Iterator[Decision]:
        """Yield the cases that stand so, from the one that follows on another decision."""
        place = None
        if after is not None:
            place = (after.kept.closed, after.client or ClientId(0), after.case or CaseId(0))
            if after.case is None:  # a record stands behind every case of its day
                place = (after.kept.closed, _LAST_CLIENT, CaseId(0))
        with understood():  # a day without a month after it
            candidates = self.vault.retention.candidates(
                standing, closed_until=self._soonest(), today=self.today, reported=self.years, after=place
            )
            for decision in map(self.judged, candidates):
                if decision.standing is standing:
                    yield decision

    def records(self, record: GuidedId | None = None) -> Iterator[Decision]:
        """Yield the guided records without a case that are past their term or held; with a record that one alone."""
        with understood():  # a day without a month after it
            for row in self.vault.retention.records(self._soonest(), record):
                months = self._months(row.client, row.kind)
                kept = Kept(row.since, months, (), row.longer, bool(row.holds))
                standing = kept.standing(self.today)
                if record is not None or standing is not Standing.NOG_NIET:
                    yield Decision(
                        case=None,
                        code="",
                        pseudonym=NAMES[row.guided],
                        client=row.client,
                        client_name=row.client_name,
                        kind=row.kind,
                        kept=kept,
                        standing=standing,
                        holds=row.holds,
                        guided=row.record,
                    )

    def _soonest(self) -> date:
        """Return a day before which a case is closed, or a record final, whose term is over, whichever that is."""
        every = [proposed(kind) for kind in Kind] + [term for several in self.terms.values() for term in several]
        return self.today - min(term.months for term in every) * _SHORTEST_MONTH

    def _months(self, client: ClientId | None, kind: Kind) -> int:
        own = () if client is None else self.terms.get(client, ())
        return next((term.months for term in own if term.kind is kind), proposed(kind).months)

    def judged(self, case: Candidate) -> Decision:
        """Return where a case stands."""
        out = self.reported.get(case.client, ())
        ran = years_of(case.opened, case.closed or case.opened, case.year_starts_in)
        kept = Kept(
            closed=case.closed,
            months=self._months(case.client, case.kind),
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
            opened=case.opened,
        )
