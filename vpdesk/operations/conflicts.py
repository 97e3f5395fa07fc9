"""Holds people and matters against the other cases for role conflicts; only reads, so that asking leaves no trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vpdesk.domain import conflicts, taxonomy
from vpdesk.domain.conflicts import Involved, Level, Outcome, Supported
from vpdesk.domain.ids import CaseId, MatterId, PersonId
from vpdesk.domain.names import function_words, matter_words, same_matter, says_enough
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
    def given(self) -> tuple[str, ...]:
        """What there is to look for."""
        return tuple(text.strip() for text in (self.caller, self.other, self.function, self.matter) if text.strip())

    @property
    def vague(self) -> tuple[str, ...]:
        """What of that can point at nobody and nothing, such as a common surname alone."""
        known = ((self.caller, says_enough), (self.other, says_enough), (self.function, function_words))
        told = (*known, (self.matter, matter_words))
        return tuple(text.strip() for text, tells in told if text.strip() and not tells(text))

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
    """Whether roles may conflict; `cases` for whoever chooses to look."""

    level: Level
    cases: tuple[Supported, ...] = ()


def ask(vault: Vault, question: Question) -> Answer:
    """Answer before the story is told. Nothing is stored: not the question, not the answer, not that it was asked.

    Raises:
        InvalidValueError: a name that no name can be.
    """
    alike = [one.id for one in vault.matters.of_client(question.client) if same_matter(one.name, question.matter)]
    asked = Involved(_NO_CASE, question.rol, question.persons(), frozenset(alike))
    others, met = _others(vault, asked, question.client)
    outcome = conflicts.before_the_story(asked, others)
    return Answer(outcome.level, tuple(met[case] for case in outcome.cases))


def standing(vault: Vault, case_id: CaseId) -> Outcome:
    """Return how a case goes together with the others of its organisation, less where the advisor chose to go on."""
    case = vault.cases.get(case_id)
    matters = frozenset(matter.id for matter in vault.matters.of_case(case_id))
    one = Involved(case_id, case.rol, vault.people.of_case(case_id), matters)
    others, _ = _others(vault, one, case.client)
    return conflicts.with_others(one, others).without(vault.conflicts.settled_with(case_id))


@dataclass(frozen=True, slots=True)
class Arriving:
    """A case that is not in the vault yet, as far as the rule looks at it."""

    rol: str
    persons: tuple[Person, ...]
    matters: tuple[str, ...]


def arrival(place: int) -> CaseId:
    """Return the number by which a case goes that is not in the vault yet, from its place among those that arrive."""
    return CaseId(-1 - place)


def incoming(vault: Vault, *, client: ClientId, arriving: tuple[Arriving, ...]) -> tuple[Outcome, ...]:
    """Return how cases that arrive together go with those of an organisation and with each other; nothing is stored.

    A case that arrives goes by `arrival` of its place.
    """
    known = vault.matters.of_client(client)
    named = tuple(dict.fromkeys(matter for one in arriving for matter in one.matters))
    asked = []
    for place, one in enumerate(arriving):
        alike = {there.id for there in known if any(same_matter(there.name, matter) for matter in one.matters)}
        alike |= {
            MatterId(-1 - at)
            for at, name in enumerate(named)
            if name in one.matters or any(same_matter(name, matter) for matter in one.matters)
        }
        asked.append(Involved(arrival(place), one.rol, one.persons, frozenset(alike)))
    together = tuple(asked)
    return tuple(conflicts.with_others(one, (*_others(vault, one, client)[0], *together)) for one in together)


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
