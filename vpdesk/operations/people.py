"""What a user asks for about people and matters of a case; what is saved is first held against the other cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vpdesk.domain.conflicts import ConflictRecord, Level, Outcome
from vpdesk.domain.errors import HeldError, RoleConflictError
from vpdesk.domain.ids import ConflictId, PersonId
from vpdesk.operations.conflicts import standing
from vpdesk.operations.earlier import keep_matter
from vpdesk.operations.earlier import keep_person as keep_earlier

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.conflicts import Supported
    from vpdesk.domain.ids import CaseId, MatterId
    from vpdesk.domain.people import Matter, Part, Person
    from vpdesk.domain.rows import MatterCase, MatterRow
    from vpdesk.store.vault import Vault

NEW: Final = PersonId(0)
"""The id of a person who is not in the vault yet."""

MAY_CONFLICT: Final = (
    "Er kan een rolconflict zijn met een casus die u al hebt. Er is nog niets bewaard. Verwijs door, of schrijf op "
    "waarom u doorgaat."
)


@dataclass(frozen=True, slots=True)
class GoingOn:
    """Why the advisor goes on where roles may conflict, and what she knew already."""

    reason: str
    knowledge: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What may be shown of the people of a case to whoever passes by: numbers, and whether roles may conflict."""

    persons: int
    matters: int
    records: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Shown:
    """The people of a case, its matters, and why the advisor went on; the latest reason first."""

    persons: tuple[Person, ...]
    matters: tuple[Matter, ...]
    records: tuple[ConflictRecord, ...]


def hidden_people(vault: Vault, case_id: CaseId) -> Hidden:
    """Return what the card shows while names are hidden; no name leaves the vault thread."""
    persons, matters = vault.people.count(case_id), vault.matters.count(case_id)
    records = len(vault.conflicts.of_case(case_id))
    return Hidden(persons, matters, records, standing(vault, case_id))


def parts_in(vault: Vault, case_id: CaseId) -> frozenset[Part]:
    """Return what there is somebody for in a case, so that a form offers the next."""
    return frozenset(person.part for person in vault.people.of_case(case_id))


def people_of(vault: Vault, case_id: CaseId) -> Shown:
    """Return everything that the card shows when that is asked for."""
    return Shown(vault.people.of_case(case_id), vault.matters.of_case(case_id), vault.conflicts.of_case(case_id))


def matters_of_client(vault: Vault, case_id: CaseId) -> tuple[Matter, ...]:
    """Return the matters of the organisation of a case in which it is not yet, by name."""
    there = {matter.id for matter in vault.matters.of_case(case_id)}
    found = vault.matters.of_client(vault.cases.get(case_id).client)
    return tuple(matter for matter in found if matter.id not in there)


def cases_called(vault: Vault, cases: tuple[CaseId, ...]) -> tuple[Supported, ...]:
    """Return what other cases are called, where the advisor chooses to look."""
    return vault.conflicts.called(cases)


def save_person(vault: Vault, person: Person, *, today: date, going_on: GoingOn | None = None) -> Level:
    """Write a person, a new one when her id is `NEW`; return `Level.LET_OP` where others come in the same matter.

    Raises:
        RoleConflictError: roles may conflict and no reason was given. Nothing was saved.
        NotFoundError: the case or the person is not there.
        AlreadyExistsError: the case has somebody who comes.
        InvalidValueError: the reason is empty.
    """
    with vault.transaction():
        return keep_person(vault, person, today=today, going_on=going_on)


def keep_person(vault: Vault, person: Person, *, today: date, going_on: GoingOn | None = None) -> Level:
    """Do what `save_person` does as part of something larger, which is in a transaction."""
    vault.cases.get(person.case)
    before = standing(vault, person.case)
    if person.id == NEW:
        vault.people.add(person)
    else:
        keep_earlier(vault, vault.people.get(person.id), person, today)
        vault.people.put(person)
    return weigh(vault, person.case, before, today, going_on)


def join_matter(vault: Vault, *, case_id: CaseId, name: str, today: date, going_on: GoingOn | None = None) -> Level:
    """Put a case in a matter of its organisation, made when no matter has that name; errors as `save_person`."""
    with vault.transaction():
        case = vault.cases.get(case_id)
        before = standing(vault, case_id)
        vault.matters.put_in(case_id, case.client, name.strip())
        return weigh(vault, case_id, before, today, going_on)


def leave_matter(vault: Vault, *, case_id: CaseId, matter_id: MatterId) -> None:
    """Take a case out of a matter; a matter without cases goes.

    Raises:
        HeldError: a bewaarstop lies on the case, so that it stays where it is.
    """
    with vault.transaction():
        if vault.retention.is_held(case_id):
            raise HeldError(
                "Op deze casus ligt een bewaarstop. De casus blijft in de kwestie; er is niets veranderd. Hef de "
                "bewaarstop eerst op, met een reden, als die niet meer nodig is."
            )
        vault.matters.take_out(case_id, matter_id)


def rename_matter(vault: Vault, *, matter_id: MatterId, name: str, today: date) -> Matter:
    """Give a matter another name; its cases stay in it, and under a bewaarstop the earlier name is kept beside it.

    Raises:
        NotFoundError: there is no such matter.
        InvalidValueError: it is no name.
        AlreadyExistsError: another matter of the organisation has it.
    """
    with vault.transaction():
        before = next((one for one in vault.matters.of_client(None) if one.id == matter_id), None)
        renamed = vault.matters.rename(matter_id, name.strip())
        if before is not None:
            keep_matter(vault, before, renamed, today)
        return renamed


def others_in_matter(vault: Vault, *, matter_id: MatterId, case_id: CaseId) -> tuple[Supported, ...]:
    """Return the other cases in a matter, in the order in which they were opened."""
    return tuple(case for case, _ in vault.matters.cases_in([matter_id]) if case.case != case_id)


def matter_rows(vault: Vault) -> tuple[MatterRow, ...]:
    """Return the matters of all organisations by name."""
    return vault.matters.rows()


def cases_in_matter(vault: Vault, matter_id: MatterId) -> tuple[MatterCase, ...]:
    """Return what the cases in a matter are called and how far they are, where the advisor asks for them."""
    return vault.matters.cases_of(matter_id)


def go_on(vault: Vault, *, case_id: CaseId, today: date, going_on: GoingOn) -> None:
    """Keep why the advisor goes on where a conflict came up by itself, as by another role or a linked talk."""
    with vault.transaction():
        _keep(vault, case_id, standing(vault, case_id), today, going_on)


def weigh(vault: Vault, case_id: CaseId, before: Outcome, today: date, going_on: GoingOn | None) -> Level:
    """Hold a case as it is now against the others, within a transaction; new conflicts take a reason.

    Raises:
        RoleConflictError: there are new ones, and no reason.
    """
    after = standing(vault, case_id)
    if set(after.conflicts) - set(before.conflicts):
        if going_on is None:
            raise RoleConflictError(MAY_CONFLICT, after.conflicts)
        _keep(vault, case_id, after, today, going_on)
        return Level.CONFLICT
    return Level.LET_OP if set(after.warnings) - set(before.warnings) else Level.GEEN


def _keep(vault: Vault, case_id: CaseId, outcome: Outcome, today: date, going_on: GoingOn) -> None:
    record = ConflictRecord(
        ConflictId(0), case_id, today, going_on.reason.strip(), going_on.knowledge.strip(), outcome.conflicts
    )
    if record.others:
        vault.conflicts.add(record)
