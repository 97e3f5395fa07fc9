"""Role conflicts: whoever supports a melder does not also support who it is about, a witness or a colleague.

The rule is that of the Huis voor Klokkenluiders in its guide for advisors on integrity, 5.1; what vpdesk makes of it
is in docs/decisions/0014-role-conflicts.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import product
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ConflictId, MatterId
from vpdesk.domain.names import Name, function_words, words_of
from vpdesk.domain.people import Part, Person
from vpdesk.domain.seen import says_something

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


@dataclass(frozen=True, slots=True)
class _Known:
    """A person as she is compared, read once for all comparisons."""

    part: Part
    names: tuple[Name, ...]
    function: frozenset[str]

    @classmethod
    def of(cls, person: Person) -> "_Known":
        return cls(person.part, tuple(map(Name.of, person.names)), function_words(person.function))

    def may_be(self, other: "_Known") -> bool:
        return bool(self.function and self.function == other.function) or any(
            name.may_be(another) for name, another in product(self.names, other.names)
        )


def may_be_one(one: Person, other: Person) -> bool:
    """Return whether two entries may be the same person, by any of their names or by a telling function."""
    return _Known.of(one).may_be(_Known.of(other))


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Where two cases meet, apart from roles: what the same people are in each, and whether a matter is shared."""

    parts: tuple[tuple[Part, Part], ...]
    matter: bool

    @classmethod
    def of(cls, people: tuple[_Known, ...], matters: frozenset[MatterId], other: Involved) -> "_Meeting":
        pairs = product(people, map(_Known.of, other.persons))
        return cls(tuple((p.part, q.part) for p, q in pairs if p.may_be(q)), bool(matters & other.matters))

    def level(self, one: str, other: str) -> Level:
        """Return how the cases go together, by their roles."""
        if (Part.KOMT, Part.KOMT) in self.parts:
            return Level.GEEN
        levels = [_meeting(one, part, other, another) for part, another in self.parts]
        return max([*levels, between_roles(one, other) if self.matter else Level.GEEN])


def _meetings(one: Involved, others: Iterable[Involved]) -> Iterator[tuple[_Meeting, Involved]]:
    people = tuple(map(_Known.of, one.persons))
    return ((_Meeting.of(people, one.matters, other), other) for other in others)


def between(one: Involved, other: Involved) -> Level:
    """Return how two cases go together; symmetric. Whoever comes twice is no conflict with herself."""
    return next(meeting.level(one.rol, other.rol) for meeting, _ in _meetings(one, (other,)))


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
    met = _meetings(one, (other for other in others if other.case != one.case))
    return _outcome((meeting.level(one.rol, other.rol), other.case) for meeting, other in met)


def before_the_story(asked: Involved, others: tuple[Involved, ...]) -> Outcome:
    """Return the same for somebody who has not told anything yet: where the role is unknown, the worst one counts."""
    roles = taxonomy.ROL.codes if asked.rol == taxonomy.UNKNOWN.code else (asked.rol,)
    met = _meetings(asked, (other for other in others if other.case != asked.case))
    return _outcome((max(meeting.level(rol, other.rol) for rol in roles), other.case) for meeting, other in met)


def _outcome(found: Iterable[tuple[Level, CaseId]]) -> Outcome:
    levels = tuple(found)
    return Outcome(
        level=max((level for level, _ in levels), default=Level.GEEN),
        conflicts=tuple(case for level, case in levels if level is Level.CONFLICT),
        warnings=tuple(case for level, case in levels if level is Level.LET_OP),
    )


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
        if not says_something(self.reason):
            raise InvalidValueError("Schrijf op waarom u doorgaat. Er is niets bewaard; wat u typte, staat er nog.")
        if max(len(self.reason), len(self.knowledge)) > LONGEST_REASON:
            raise InvalidValueError(f"Een reden is hoogstens {LONGEST_REASON} tekens. Er is niets bewaard.")
