"""Role conflicts: whoever supports a melder does not also support who it is about, a witness or a colleague.

The rule is that of the Huis voor Klokkenluiders in its guide for advisors on integrity, 5.1; what vpdesk makes of it
is in docs/decisions/0014-role-conflicts.md.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from itertools import product
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ConflictId, MatterId
from vpdesk.domain.names import function_words, may_be_same, same_function, words_of
from vpdesk.domain.people import Part, Person

LONGEST_REASON: Final = 2000

NEUTRAL: Final = (
    "Ik kan u hierbij niet verder helpen en verwijs u graag naar een collega. "
    "Daar zit geen oordeel in, en ik zeg nooit waarom."
)
"""For every refusal, whatever its reason: declining may betray that somebody else came."""


class Level(IntEnum):
    """How two cases go together, or what somebody asks and a case; the higher, the worse."""

    GEEN = 0
    LET_OP = 1
    CONFLICT = 2


@dataclass(frozen=True, slots=True)
class Involved:
    """What the rule looks at: whom a case supports (`rol`), who is in it, and in which matters it is."""

    case: CaseId
    rol: str = taxonomy.UNKNOWN.code
    persons: tuple[Person, ...] = ()
    matters: frozenset[MatterId] = frozenset()


@dataclass(frozen=True, slots=True)
class Supported:
    """A case that a check meets: whom it supports, and what it is called where the advisor chooses to look at it."""

    case: CaseId
    rol: str
    code: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case goes together with others: the worst level, and the cases that are of that level or of any other."""

    level: Level = Level.GEEN
    conflicts: tuple[CaseId, ...] = ()
    warnings: tuple[CaseId, ...] = ()

    @property
    def cases(self) -> tuple[CaseId, ...]:
        """All cases that it is about, the conflicts first."""
        return (*self.conflicts, *self.warnings)

    def without(self, settled: frozenset[CaseId]) -> "Outcome":
        """Return the outcome less the conflicts beside which the advisor chose to go on."""
        left = tuple(case for case in self.conflicts if case not in settled)
        level = Level.CONFLICT if left else Level.LET_OP if self.warnings else Level.GEEN
        return Outcome(level, left, self.warnings)


_MELDER: Final = "melder"
_NOT_BESIDE_A_MELDER: Final = frozenset({"betrokkene", "getuige", "collega"})
_SEEN_AS: Final = {
    Part.ANDER: "betrokkene",
    Part.GETUIGE: "getuige",
    Part.COLLEGA: "collega",
    Part.VERDER: taxonomy.UNKNOWN.code,
}


def between_roles(one: str, other: str) -> Level:
    """Return how two people go together whom the advisor supports in one matter, by their roles."""
    pair = {one, other}
    return Level.CONFLICT if _MELDER in pair and pair & _NOT_BESIDE_A_MELDER else Level.LET_OP


def may_be_one(one: Person, other: Person) -> bool:
    """Return whether two entries may be the same person, by any of their names or by a telling function."""
    return same_function(one.function, other.function) or any(
        may_be_same(name, another) for name, another in product(one.names, other.names)
    )


def between(one: Involved, other: Involved) -> Level:
    """Return how two cases go together; symmetric. Whoever comes twice is no conflict with herself."""
    meetings = [(p, q) for p, q in product(one.persons, other.persons) if may_be_one(p, q)]
    if any(p.part is q.part is Part.KOMT for p, q in meetings):
        return Level.GEEN
    levels = [_meeting(one.rol, p.part, other.rol, q.part) for p, q in meetings]
    if one.matters & other.matters:
        levels.append(between_roles(one.rol, other.rol))
    return max(levels, default=Level.GEEN)


def _meeting(one: str, part: Part, other: str, another: Part) -> Level:
    """Return what it means that somebody stands in two cases, by the roles of those and what she is in each."""
    if Part.KOMT in {part, another}:
        seen, by = (another, other) if part is Part.KOMT else (part, one)
        if seen is Part.ANDER:
            return Level.CONFLICT
        return max(between_roles(_SEEN_AS[seen], by), between_roles(one, other))
    if part is another is Part.VERDER:
        return Level.GEEN  # such as somebody of HR, who is named in many cases
    return between_roles(one, other)


def with_others(one: Involved, others: tuple[Involved, ...]) -> Outcome:
    """Return how a case goes together with other cases."""
    levels = [(between(one, other), other.case) for other in others if other.case != one.case]
    return Outcome(
        level=max((level for level, _ in levels), default=Level.GEEN),
        conflicts=tuple(case for level, case in levels if level is Level.CONFLICT),
        warnings=tuple(case for level, case in levels if level is Level.LET_OP),
    )


def before_the_story(asked: Involved, others: tuple[Involved, ...]) -> Outcome:
    """Return the same for somebody who has not told anything yet: where the role is unknown, the worst one counts."""
    roles = taxonomy.ROL.codes if asked.rol == taxonomy.UNKNOWN.code else (asked.rol,)
    return max((with_others(replace(asked, rol=rol), others) for rol in roles), key=lambda outcome: outcome.level)


def search_words(persons: tuple[Person, ...]) -> frozenset[str]:
    """Return the words under which people are found: any two who may be one share a word."""
    names = (words_of(name) for person in persons for name in person.names)
    functions = (function_words(person.function) for person in persons)
    return frozenset().union(*names, *functions)


@dataclass(frozen=True, slots=True)
class ConflictRecord:
    """Why the advisor went on: kept with the case, with what she knew already; `others` are the cases it is about."""

    id: ConflictId
    case: CaseId
    on: date
    reason: str
    knowledge: str = ""
    others: tuple[CaseId, ...] = ()

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidValueError("Schrijf op waarom u doorgaat. Er is niets bewaard; wat u typte, staat er nog.")
        if max(len(self.reason), len(self.knowledge)) > LONGEST_REASON:
            raise InvalidValueError(f"Een reden is hoogstens {LONGEST_REASON} tekens. Er is niets bewaard.")
