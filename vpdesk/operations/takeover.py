"""What a user asks for about taking over: read the file of a colleague, see what it is, and take its cases in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from vpdesk.domain.checklists import taken_over
from vpdesk.domain.clients import PROCEDURE_OUTCOME, Client
from vpdesk.domain.conflicts import ConflictRecord
from vpdesk.domain.errors import AlreadyExistsError, HandoverError, InvalidValueError, RoleConflictError
from vpdesk.domain.handover import Takeover
from vpdesk.domain.ids import ClientId, ConflictId, ConversationId, HoldId
from vpdesk.domain.retention import Hold
from vpdesk.domain.taxonomy import UNKNOWN
from vpdesk.domain.wording import long_date
from vpdesk.exchange.handover_content import decoded
from vpdesk.operations.cases import draw_pseudonym
from vpdesk.operations.conflicts import Arriving, arrival, incoming
from vpdesk.operations.meldingen import referred
from vpdesk.operations.people import MAY_CONFLICT
from vpdesk.store import handover_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.domain.conflicts import Outcome
    from vpdesk.domain.handover import HandedCase, Package
    from vpdesk.operations.people import GoingOn
    from vpdesk.store.vault import Vault

    Progress = Callable[[int, int], None]  # cases done, cases in all; an exception from it cancels

REAL_IN_PRACTICE: Final = (
    "Dit is een echte overdracht, en dit is de oefenkluis. Er is niets overgenomen. Open uw eigen kluis."
)
PRACTICE_IN_REAL: Final = (
    "Deze overdracht komt uit een oefenkluis: de casussen zijn verzonnen. Er is niets overgenomen in uw eigen kluis."
)
MAY_CONFLICT_WITHIN: Final = (
    "Tussen casussen in dit bestand kan een rolconflict zijn. Er is nog niets overgenomen. Vraag uw collega een "
    "bestand waarin ze niet samen staan, of schrijf op waarom u doorgaat."
)
MAY_CONFLICT_BOTH: Final = (
    "Er kan een rolconflict zijn met een casus die u al hebt, en ook tussen casussen in dit bestand. Er is nog niets "
    "overgenomen. Vraag uw collega een ander bestand, of schrijf op waarom u doorgaat."
)
OWN: Final = (
    "Dit bestand hebt u zelf gemaakt: deze casussen staan al in uw kluis. Er is niets overgenomen. Geef het bestand "
    "aan "
    "uw collega."
)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What was taken over: the organisation it came to and the cases under their new names.

    `beside` says that some of them support somebody in a matter beside somebody else, which is no conflict.
    """

    client: Client
    cases: tuple[Case, ...]
    beside: bool = False


def read_package(path: Path, phrase: str) -> Package:
    """Return what a file holds; needs no vault, so that it can be done beside it.

    Raises:
        HandoverError: it can't be read, or the phrase is another.
    """
    return decoded(handover_file.opened(path, phrase))


def refuse_package(vault: Vault, package: Package) -> None:
    """Refuse what this vault can't take over, in a sentence.

    Raises:
        HandoverError: a real one in a practice vault or the other way round, or one that this vault made.
        AlreadyExistsError: the same file was taken over before.
    """
    if package.practice != vault.practice:
        raise HandoverError(REAL_IN_PRACTICE if vault.practice else PRACTICE_IN_REAL)
    if vault.handovers.made(package.id):
        raise HandoverError(OWN)
    before = vault.handovers.taken(package.id)
    if before is not None:
        raise AlreadyExistsError(
            f"Deze overdracht is al overgenomen, op {long_date(before.on)}. Er is niets veranderd: niets komt er "
            "dubbel in."
        )


def seem_taken(vault: Vault, package: Package) -> tuple[date, ...]:
    """Return for each case that seems to be here already the day on which it was taken over, as from an earlier file.

    Nothing in a file tells which case it is: one of the same day of opening with a talk in common is taken for the
    same, or of the same role and theme where one of both has no talks.
    """
    days = (_seems_taken(vault, one) for one in package.cases)
    return tuple(day for day in days if day is not None)


def _seems_taken(vault: Vault, one: HandedCase) -> date | None:
    theirs = {(talk.on, talk.channel, talk.minutes) for talk in one.talks}
    for case_id, on in vault.handovers.taken_opened(one.case.opened):
        case = vault.cases.get(case_id)
        ours = {(row.on, row.channel, row.minutes) for row in vault.conversations.rows(case=case_id, limit=-1)}
        alike = theirs & ours if theirs and ours else (case.rol, case.thema) == (one.case.rol, one.case.thema)
        if alike:
            return on
    return None


def take_over(
    vault: Vault,
    package: Package,
    *,
    organisation: str,
    today: date,
    going_on: GoingOn | None = None,
    progress: Progress | None = None,
) -> TakenOver:
    """Take all cases of a file into the vault under an organisation, made where no one has that name; or none.

    Each case gets a code and a pseudonym of this vault. It counts in the reports of who handed it over, not in those of
    this vault; the talks that come along count in no hours.

    Raises:
        HandoverError, AlreadyExistsError: as `refuse_package`.
        RoleConflictError: roles may conflict with an own case or within the file and no reason was given; its cases are
            the own ones.
        InvalidValueError: the organisation has no name, or something that no case can be.
        CancelledError: from `progress`. In each case nothing was taken over.
    """
    if not organisation.strip():
        raise InvalidValueError("Kies eerst een organisatie. Er is nog niets overgenomen.")
    with vault.transaction():
        refuse_package(vault, package)
        name = organisation.strip()
        client = vault.clients.by_name(name) or vault.clients.add(Client(id=ClientId(0), name=name))
        outcomes = incoming(
            vault,
            client=client.id,
            arriving=tuple(Arriving(one.case.rol, one.persons, one.matters) for one in package.cases),
        )
        if going_on is None:
            _refuse_conflicts(outcomes)
        vault.handovers.take(Takeover(today, package.id, client.id, len(package.cases)))
        cases = []
        for place, one in enumerate(package.cases):
            if progress is not None:
                progress(place, len(package.cases))
            cases.append(_taken(vault, one, client, package.id))
        came = {arrival(place): case.id for place, case in enumerate(cases)}
        for case, outcome in zip(cases, outcomes, strict=True):
            if outcome.conflicts and going_on is not None:
                others = tuple(came.get(other, other) for other in outcome.conflicts)
                reason, knowledge = going_on.reason.strip(), going_on.knowledge.strip()
                vault.conflicts.add(ConflictRecord(ConflictId(0), case.id, today, reason, knowledge, others))
    return TakenOver(client, tuple(cases), beside=any(outcome.warnings for outcome in outcomes))


def _refuse_conflicts(outcomes: tuple[Outcome, ...]) -> None:
    found = {case for outcome in outcomes for case in outcome.conflicts}
    own = tuple(sorted(case for case in found if case > 0))
    if found:
        within = len(own) < len(found)
        raise RoleConflictError((MAY_CONFLICT_BOTH if own else MAY_CONFLICT_WITHIN) if within else MAY_CONFLICT, own)


def _taken(vault: Vault, one: HandedCase, client: Client, package: str) -> Case:
    """Write one case with everything that belongs to it; within a transaction."""
    units = {unit.name.casefold(): unit.id for unit in vault.clients.units(client.id)}
    case = vault.cases.add(
        replace(
            one.case,
            client=client.id,
            pseudonym=draw_pseudonym(vault),
            unit=units.get(one.unit.casefold()),
            verbonden=one.case.verbonden if "verbonden" in client.statistics else UNKNOWN.code,
        )
    )
    number: dict[ConversationId, ConversationId] = {}
    for talk in one.talks:
        number[talk.id] = vault.conversations.add(replace(talk, client=client.id, case=case.id)).id
    vault.handovers.take_case(package, case.id, number.values())
    for checked in one.checked:
        vault.cases.check(case.id, checked.phase, checked.item, checked.state, checked.on, taken_over(checked.who))
    for wish in one.wishes:
        vault.wishes.add(case.id, wish)
    for step in one.steps:
        vault.steps.add(replace(step, case=case.id))
    _take_aftermath(vault, one, case, client)
    for reminder in one.reminders:
        talk_id = None if reminder.conversation is None else number[reminder.conversation]
        vault.reminders.add(replace(reminder, client=client.id, case=case.id, conversation=talk_id))
    for hold in one.holds:
        vault.retention.add_hold(Hold(HoldId(0), case.id, hold.kind, hold.since, hold.reason))
    for person in one.persons:
        vault.people.add(replace(person, case=case.id))
    for matter in one.matters:
        vault.matters.put_in(case.id, client.id, matter.strip())
    return case


def _take_aftermath(vault: Vault, one: HandedCase, case: Case, client: Client) -> None:
    keeps_outcome = PROCEDURE_OUTCOME in client.statistics
    for handed in one.meldingen:
        melding = replace(handed.melding, case=case.id)
        if not keeps_outcome:
            melding = replace(melding, outcome=UNKNOWN.code)
        if vault.meldingen.is_taken(melding.reference):
            melding = replace(melding, reference="")
        written = vault.meldingen.add(referred(vault, melding))
        for message in handed.messages:
            vault.relay.add(replace(message, melding=written.id))
    for detriment in one.detriments:
        vault.detriments.add(replace(detriment, case=case.id))
    for end in one.aftercare_ends:
        vault.aftercare.add(case.id, end)
