"""Statements: the only form in which a number about people, or of what the advisor did, exists outside the vault."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.periods import Period


class Of(StrEnum):
    """What a statement counts; the value is the word in the statements file."""

    CASES = "casussen"
    CASES_WITH_TALK = "casussen met gesprek"
    TALKS = "gesprekken"
    MINUTES = "minuten"
    REFERRALS = "doorverwijzingen"
    ACTIVITIES = "activiteiten"


TASK: Final = "taak"
TITLE: Final = "omschrijving"
"""The dimensions of what the advisor did: the codes of the work log, and what an activity is called in a report."""


class Audience(StrEnum):
    """For whom a report is made."""

    WERKGEVER = "werkgever"
    OR = "or"
    OPENBAAR = "openbaar"


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A part of the cube: for each named dimension the codes that count; a dimension left out means all.

    Dimension names are those of the import columns; `fase` and `afloop` carry the day on which they stood
    (`fase@2025-12-31`), since each such day is a dimension of its own. Sorted, so that equal boxes are equal.

    What the advisor did lies in boxes of TASK and TITLE instead.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __post_init__(self) -> None:
        names = [name for name, _ in self.where]
        if names != sorted(set(names)) or any(list(codes) != sorted(set(codes)) for _, codes in self.where):
            raise InvalidValueError("Een vak van de kubus is gesorteerd en noemt elke indeling een keer.")

    @classmethod
    def of(cls, **codes: str | frozenset[str]) -> "Box":
        """Return a box from keyword names, for dimensions without a date."""
        return cls.where_(dict(codes))

    @classmethod
    def where_(cls, codes: dict[str, str | frozenset[str]]) -> "Box":
        """Return a box from a mapping of dimension to one code or a set of codes."""
        as_tuples = ((n, (c,) if isinstance(c, str) else tuple(sorted(c))) for n, c in codes.items())
        return cls(tuple(sorted(as_tuples)))


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """Of what lies in the box, at least `minimum` and at most `maximum` in that period; equal when exact."""

    of: Of
    box: Box
    period: Period
    minimum: int
    maximum: int

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= self.maximum:
            raise InvalidValueError("Een uitspraak heeft een ondergrens van nul of meer en een bovengrens daarboven.")

    @property
    def exact(self) -> bool:
        """Return whether the number itself is published."""
        return self.minimum == self.maximum


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a report may know of one case: codes and days, no name, no text, no case code.

    `codes` maps thema, rol, relatie, werkgebied, onderdeel, verbonden and gevonden_via to a code; `phases` and
    `outcomes` give, for each day asked for, the code as it stood; `talks` are (day, minutes), imported sums included.
    """

    opened: date
    codes: dict[str, str]
    phases: dict[date, str] = field(default_factory=dict)
    outcomes: dict[date, str] = field(default_factory=dict)
    talks: tuple[tuple[date, int, int], ...] = ()  # day, number of talks, minutes in all

    def code(self, dimension: str) -> str:
        """Return the code in a dimension, dated ones included (`fase@2025-12-31`).

        Raises:
            KeyError: it is not known: of another day, or by an older list of the dimension.
        """
        name, _, day = dimension.partition("@")
        if not day:
            return self.codes[name]
        return {"fase": self.phases, "afloop": self.outcomes}[name][date.fromisoformat(day)]

    def lies_in(self, box: Box) -> bool:
        """Return whether this case counts in the box."""
        return all(self.code(name) in codes for name, codes in box.where)


def dated(dimension: str, day: date) -> str:
    """Return the name of `fase` or `afloop` as it stood on a day."""
    return f"{dimension}@{day.isoformat()}"


def undated(dimension: str) -> str:
    """Return the name of a dimension without its day, or without the list by which it was counted."""
    return dimension.partition("@")[0]
