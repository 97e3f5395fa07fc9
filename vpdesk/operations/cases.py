"""What a user asks for about cases: open, change, move, close, find, and everything that the page of a case shows."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from enum import Flag, auto
from typing import TYPE_CHECKING, Final, TypedDict, Unpack

from vpdesk.domain import phases, taxonomy
from vpdesk.domain.cases import Case
from vpdesk.domain.checklists import CHECKLISTS, LIMITS, CheckedItem, ItemState, Who, item_of
from vpdesk.domain.errors import (
    AlreadyExistsError,
    AppointmentEndedError,
    HandedOverError,
    ImpossibleMoveError,
    InvalidValueError,
)
from vpdesk.domain.ids import CaseId, ClientId, ReminderId
from vpdesk.domain.phases import Phase
from vpdesk.domain.pseudonyms import free_pseudonyms
from vpdesk.domain.reminders import AFTERCARE_TITLE, Reminder, ReminderState, next_aftercare
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.steps import StepState
from vpdesk.domain.wishes import Wish
from vpdesk.domain.wording import long_date
from vpdesk.operations.meldingen import unwatch, watch
from vpdesk.operations.timeline import timeline

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.clients import Client, Unit
    from vpdesk.domain.guided import GuidedRow
    from vpdesk.domain.ids import UnitId
    from vpdesk.domain.meldingen import Melding
    from vpdesk.domain.rows import CaseFilter, CaseRow, ConversationRow, TimelineEntry
    from vpdesk.domain.steps import StepRow
    from vpdesk.domain.terms import Term
    from vpdesk.store.vault import Vault


class CaseFields(TypedDict, total=False):
    """What may be known of a case when it is opened; nothing of it has to be."""

    rol: str
    werkgebied: str
    thema: str
    further_themes: tuple[str, ...]
    relatie: str
    unit: UnitId | None
    verbonden: str
    gevonden_via: str
    wens: str
    wens_on: date | None
    misstand: str
    limits_discussed_on: date | None


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """From which day a case stood in a phase, and until which; `until` is None where it still stands."""

    phase: Phase
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page of a case shows, newest first where there is an order; no note text.

    `spans` is the last stay in each phase that was reached, `days_in_phase` counts from 1, `checklist` belongs to the
    phase of now, `reminders` are the open ones in order of time, `limits_missing` asks for the first-talk question.
    """

    case: Case
    client: Client
    unit: Unit | None
    timeline: tuple[TimelineEntry, ...]
    reminders: tuple[Reminder, ...]
    conversations: tuple[ConversationRow, ...]
    spans: tuple[PhaseSpan, ...]
    days_in_phase: int
    moves: tuple[Phase, ...]
    checklist: tuple[CheckedItem, ...]
    limits_missing: bool


class Lapse(Flag):
    """What closing a case ends beside it."""

    REMINDERS = 0
    STEPS = auto()
    TERMS = auto()


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What of a case is not finished, each in order of time; terms are those of the employer.

    `meldingen` wait for something without a term: to be made, or for an answer. `messages` counts those not passed on,
    `guided` is not final.
    """

    reminders: tuple[Reminder, ...]
    steps: tuple[StepRow, ...]
    terms: tuple[Term, ...]
    meldingen: tuple[Melding, ...] = ()
    messages: int = 0
    guided: tuple[GuidedRow, ...] = ()

    @property
    def lapsing(self) -> tuple[Reminder, ...]:
        """Return the reminders that lapse when the case is closed."""
        return tuple(item for item in self.reminders if item.kind in _LAPSE_ON_CLOSING)


_LAPSE_ON_CLOSING: Final = frozenset({TodayKind.NAZORG, TodayKind.STAP, TodayKind.GRENZEN, TodayKind.TERUGBELLEN})


def draw_pseudonym(vault: Vault) -> str:
    """Return a pseudonym that no case has, drawn at random and never derived from anything."""
    return secrets.choice(free_pseudonyms(vault.cases.pseudonyms_in_use()))


def next_code(vault: Vault, *, opened: date) -> str:
    """Return the code that a case opened on that day would get now."""
    return vault.cases.next_code(opened.year)


def open_case(
    vault: Vault,
    *,
    client: ClientId,
    opened: date,
    pseudonym: str = "",
    although_ended: bool = False,
    **facts: Unpack[CaseFields],
) -> Case:
    """Open a case in the voorfase; vpdesk gives the code and, unless one is given, the pseudonym.

    With `although_ended` the user knows that the appointment was over on that day.

    Raises:
        AppointmentEndedError: it was, and the user was not asked yet.
        AlreadyExistsError: the pseudonym is in use.
        InvalidValueError: a code that is not in its list, or a unit of another organisation.
    """
    with vault.transaction():
        of = vault.clients.get(client)
        if of.agreed.until is not None and of.agreed.ended_on(opened) and not although_ended:
            raise AppointmentEndedError(
                f"Uw aanstelling bij {of.name} eindigde op {long_date(of.agreed.until)}. Er is niets bewaard. Verwijs "
                "naar wie nu is aangesteld, of maak de casus toch: dan telt hij mee in het verslag."
            )
        return add_case(vault, client=client, opened=opened, pseudonym=pseudonym, **facts)


def add_case(vault: Vault, *, client: ClientId, opened: date, pseudonym: str = "", **facts: Unpack[CaseFields]) -> Case:
    """Do the work of `open_case` inside a transaction that the caller has opened."""
    vault.clients.get(client)
    pseudonym = pseudonym.strip()
    if not pseudonym:
        pseudonym = draw_pseudonym(vault)
    elif pseudonym in vault.cases.pseudonyms_in_use():
        raise AlreadyExistsError(
            f"Het pseudoniem ‘{pseudonym}’ is al in gebruik. Kies of trek een ander; er is niets bewaard."
        )
    case = Case(
        id=CaseId(0),
        client=client,
        code="",
        pseudonym=pseudonym,
        opened=opened,
        moves=phases.begin(opened),
        **facts,
    )
    check_unit(vault, case)
    added = vault.cases.add(case)
    if added.wens != taxonomy.UNKNOWN.code:
        vault.wishes.add(added.id, Wish(added.wens, added.wens_on or opened))
    return added


def change_case(vault: Vault, case: Case) -> Case:
    """Write changed facts of a case; what has operations of its own stays: phases, outcomes, wishes, organisation.

    Raises:
        NotFoundError, AlreadyExistsError, InvalidValueError: nothing was changed.
    """
    with vault.transaction():
        before = vault.cases.get(case.id)
        if _of_itself(before) != _of_itself(case):
            raise InvalidValueError("Deze casus is intussen veranderd. Er is niets bewaard; open de casus opnieuw.")
        if case.pseudonym != before.pseudonym and case.pseudonym in vault.cases.pseudonyms_in_use():
            raise AlreadyExistsError(f"Het pseudoniem ‘{case.pseudonym}’ is al in gebruik. Er is niets bewaard.")
        check_unit(vault, case)
        case = replace(case, wens=before.wens, wens_on=before.wens_on)
        vault.cases.put(case)
    return case


def move_case(
    vault: Vault, *, case_id: CaseId, to: Phase, on: date, reason: str = "", although_handed: bool = False
) -> Case:
    """Move a case to another phase, or reopen it; entering the nafase plans the first aftercare.

    With reopening, terms of the employer that were not followed any more are followed again. With `although_handed` the
    user knows that a colleague has it.

    Raises:
        HandedOverError: it was handed over, would be reopened, and the user was not asked yet.
        ImpossibleMoveError: the phases do not follow each other, or closing was asked for, which needs an outcome.
        InvalidValueError: the day lies before the last move.
    """
    if to is Phase.AFGESLOTEN:
        raise ImpossibleMoveError("Een casus afsluiten gaat met een afloop en een reden. De casus is niet veranderd.")
    with vault.transaction():
        before = vault.cases.get(case_id)
        given = () if before.closed is None or although_handed else vault.handovers.given(case_id)
        if given:
            raise HandedOverError(
                f"Deze casus is {given[0].said}. Er is niets veranderd. Spreek eerst met uw collega af wie verdergaat."
            )
        moved = before.moved_to(to, on, reason)
        vault.cases.put(moved)
        if before.closed is not None:
            watch(vault, case_id)
        if to is Phase.NAFASE:
            _plan_aftercare(vault, moved, on)
    return moved


def close_case(
    vault: Vault, *, case_id: CaseId, outcome: str, reason: str, on: date, lapse: Lapse = Lapse.REMINDERS
) -> Case:
    """Close a case with the outcome as the person sees it; reminders of call-backs, talks and aftercare lapse.

    Where asked, `lapse` also ends the open steps of the person and the following of terms.

    Attachments go for good, unless a bewaarstop lies on the case.

    Raises:
        ImpossibleMoveError: the case was closed already.
        InvalidValueError: the day lies before the last move, or a code is not in its list.
    """
    with vault.transaction():
        closed = close_within(vault, case_id=case_id, outcome=outcome, reason=reason, on=on, lapse=lapse)
    vault.attachments.sweep()
    return closed


def close_within(vault: Vault, *, case_id: CaseId, outcome: str, reason: str, on: date, lapse: Lapse) -> Case:
    """Do what `close_case` does as part of something larger, which is in a transaction and sweeps after it."""
    closed = vault.cases.get(case_id).closed_with(outcome, reason, on)
    vault.cases.put(closed)
    for reminder in vault.reminders.of_case(case_id):
        if reminder.state is ReminderState.OPEN and reminder.kind in _LAPSE_ON_CLOSING:
            vault.reminders.put(reminder.settle(ReminderState.VERVALLEN, on))
    if Lapse.STEPS in lapse:
        for row in vault.steps.rows(case_id):
            if row.state is StepState.OPEN:
                vault.steps.put(vault.steps.get(row.id).lapsed(max(on, row.chosen)))
    if Lapse.TERMS in lapse:
        unwatch(vault, case_id)
    if not vault.retention.is_held(case_id):
        vault.attachments.drop_of(case_id)
    return closed


def left_open(vault: Vault, case_id: CaseId) -> LeftOpen:
    """Return what is not finished in a case: what closing it ends, or leaves; five queries."""
    meldingen = vault.meldingen.of_case(case_id)
    return LeftOpen(
        tuple(item for item in vault.reminders.of_case(case_id) if item.state is ReminderState.OPEN),
        tuple(step for step in vault.steps.rows(case_id) if step.state is StepState.OPEN),
        tuple(term for melding in meldingen for term in melding.awaited),
        tuple(one for one in meldingen if not (one.terms or one.withdrawn or one.feedback)),
        sum(passed is None for *_, passed in vault.relay.days_of_case(case_id)),
        tuple(row for row in vault.guided.rows(case_id) if row.finalised is None),
    )


def get_case(vault: Vault, case_id: CaseId) -> Case:
    """Return a case; raises NotFoundError."""
    return vault.cases.get(case_id)


def list_cases(vault: Vault, which: CaseFilter, limit: int, offset: int = 0) -> tuple[CaseRow, ...]:
    """Return one page of the list: running cases first, then by next step, then the newest code."""
    return vault.cases.rows(which, limit=limit, offset=offset)


def count_cases(vault: Vault, which: CaseFilter) -> int:
    """Return how many cases the filter lets through."""
    return vault.cases.count(which)


def check_item(
    vault: Vault, *, case_id: CaseId, phase: Phase, code: str, state: ItemState, on: date, who: Who = Who.U
) -> None:
    """Write the state of an item of a checklist; the item on the limits of confidentiality also dates the case.

    `who` chose or did it.

    Raises:
        NotFoundError: there is no such case.
        InvalidValueError: the list of that phase has no such item.
    """
    item_of(phase, code)
    with vault.transaction():
        case = vault.cases.get(case_id)
        vault.cases.check(case_id, phase, code, state, on, who)
        if code == LIMITS:
            vault.cases.put(case.with_limits(on if state is ItemState.GEDAAN else None))


def limits_discussed(vault: Vault, *, case_id: CaseId, on: date) -> None:
    """Write that the limits of confidentiality were discussed on that day."""
    check_item(vault, case_id=case_id, phase=Phase.VOORFASE, code=LIMITS, state=ItemState.GEDAAN, on=on)


def case_page(vault: Vault, case_id: CaseId, *, today: date) -> CasePage:
    """Return everything that the page of a case shows; six queries, none of which reads note text."""
    case = vault.cases.get(case_id)
    client = vault.clients.get(case.client)
    units = vault.clients.units(case.client)
    conversations = vault.conversations.rows(case=case_id, limit=-1)
    reminders = vault.reminders.of_case(case_id)
    checked = vault.cases.checked(case_id, case.phase)
    if case.limits_discussed_on is not None:
        checked.setdefault(LIMITS, (ItemState.GEDAAN, case.limits_discussed_on, Who.ONBEKEND))
    return CasePage(
        case=case,
        client=client,
        unit=next((unit for unit in units if unit.id == case.unit), None),
        timeline=timeline(case, conversations, reminders),
        reminders=tuple(reminder for reminder in reminders if reminder.state is ReminderState.OPEN),
        conversations=conversations,
        spans=_spans(case),
        days_in_phase=max(1, (today - case.moves[-1].on).days + 1),
        moves=tuple(phase for phase in Phase if phase in phases.MOVES[case.phase]),
        checklist=tuple(CheckedItem(item, *checked.get(item.code, ())) for item in CHECKLISTS[case.phase]),
        limits_missing=bool(conversations) and case.limits_discussed_on is None and case.closed is None,
    )


def years_with_cases(vault: Vault, client_id: ClientId) -> tuple[int, ...]:
    """Return the years in which a reporting year with cases of an organisation begins, the newest first."""
    return vault.cases.reporting_years(client_id)


def check_unit(vault: Vault, case: Case) -> None:
    """Raise InvalidValueError for a unit of another organisation."""
    if case.unit is not None and all(unit.id != case.unit for unit in vault.clients.units(case.client)):
        raise InvalidValueError("Dit onderdeel hoort bij een andere organisatie. Er is niets bewaard.")


def _of_itself(case: Case) -> tuple[object, ...]:
    """Return what only operations of its own change."""
    return case.moves, case.outcomes, case.code, case.client


def _spans(case: Case) -> tuple[PhaseSpan, ...]:
    ends = [move.on for move in case.moves[1:]]
    spans = {move.to: PhaseSpan(move.to, move.on, until) for move, until in zip(case.moves, [*ends, None], strict=True)}
    return tuple(spans[phase] for phase in Phase if phase in spans)


def _plan_aftercare(vault: Vault, case: Case, start: date) -> None:
    planned = vault.reminders.of_case(case.id)
    if any(item.kind is TodayKind.NAZORG and item.state is ReminderState.OPEN for item in planned):
        return
    vault.reminders.add(
        Reminder(
            id=ReminderId(0),
            kind=TodayKind.NAZORG,
            due=next_aftercare(start, start),
            title=AFTERCARE_TITLE,
            detail="Eerste keer na vier weken",
            client=case.client,
            case=case.id,
        )
    )
