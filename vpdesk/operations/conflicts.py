"""Holds people and matters against the other cases for role conflicts; only reads, so that asking leaves no trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vpdesk.domain import conflicts, taxonomy
from vpdesk.domain.conflicts import Involved, Level, Outcome, Supported
from vpdesk.domain.ids import CaseId, MatterId, PersonId
from vpdesk.domain.names import same_matter
from vpdesk.domain.people import Part, Person

if TYPE_CHECKING:
    from vpdesk.domain.ids import ClientId
    from vpdesk.store.vault import Vault

_NO_CASE = CaseId(0)


@dataclass(frozen=True, slots=True)
class Question:
    """What a caller gives before the story is told; `client` None asks about every organisation.

    `caller` is a name, `other` the name of whom it is about, `function` that of the other, `matter` what it is about.
    """

    client: ClientId | None = None
    rol: str = taxonomy.UNKNOWN.code
    caller: str = ""
    other: str = ""
    function: str = ""
    matter: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is given that can be looked for."""
        return not any(text.strip() for text in (self.caller, self.other, self.function, self.matter))

    def persons(self) -> tuple[Person, ...]:
        """Return the people that are asked about; raises InvalidValueError for what no name can be."""
        given = ((Part.KOMT, self.caller, ""), (Part.ANDER, self.other, self.function))
        return tuple(
            Person(PersonId(0), _NO_CASE, part, name.strip(), function=function.strip())
            for part, name, function in given
            if name.strip() or function.strip()
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether roles may conflict; `cases` for whoever chooses to look, `vague` are names that say too little."""

    level: Level
    cases: tuple[Supported, ...] = ()
    vague: tuple[str, ...] = ()


def ask(vault: Vault, question: Question) -> Answer:
    """Answer before the story is told. Nothing is stored: not the question, not the answer, not that it was asked.

    Raises:
        InvalidValueError: a name that no name can be.
    """
    alike = [one.id for one in vault.matters.of_client(question.client) if same_matter(one.name, question.matter)]
    asked = Involved(_NO_CASE, question.rol, question.persons(), frozenset(alike))
    others, met = _others(vault, asked, question.client)
    outcome = conflicts.before_the_story(asked, others)
    return Answer(outcome.level, tuple(met[case] for case in outcome.cases), conflicts.too_little(asked))


def standing(vault: Vault, case_id: CaseId) -> Outcome:
    """Return how a case goes together with the others of its organisation, less where the advisor chose to go on."""
    outcome, _ = _standing(vault, case_id)
    return outcome


def standing_cases(vault: Vault, case_id: CaseId) -> tuple[Supported, ...]:
    """Return which cases that is about, for the advisor who chooses to look."""
    outcome, met = _standing(vault, case_id)
    return tuple(met[case] for case in outcome.cases)


def _standing(vault: Vault, case_id: CaseId) -> tuple[Outcome, dict[CaseId, Supported]]:
    case = vault.cases.get(case_id)
    matters = frozenset(matter.id for matter in vault.matters.of_case(case_id))
    one = Involved(case_id, case.rol, vault.people.of_case(case_id), matters)
    others, met = _others(vault, one, case.client)
    outcome, settled = conflicts.with_others(one, others), vault.conflicts.settled_with(case_id)
    return outcome.without(settled), met


def _others(
    vault: Vault, one: Involved, client: ClientId | None
) -> tuple[tuple[Involved, ...], dict[CaseId, Supported]]:
    """Return the cases that may be about the same people or matters, with only those; two queries."""
    met: dict[CaseId, Supported] = {}
    persons: dict[CaseId, list[Person]] = {}
    matters: dict[CaseId, set[MatterId]] = {}
    for person, case in vault.people.with_words(conflicts.search_words(one.persons), client):
        met[case.case] = case
        persons.setdefault(case.case, []).append(person)
    for case, matter in vault.matters.cases_in(one.matters):
        met[case.case] = case
        matters.setdefault(case.case, set()).add(matter)
    others = tuple(
        Involved(case.case, case.rol, tuple(persons.get(case.case, ())), frozenset(matters.get(case.case, ())))
        for case in met.values()
    )
    return others, met
