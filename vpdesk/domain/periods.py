"""Periods of whole days."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from vpdesk.domain.errors import InvalidValueError


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidValueError("De periode eindigt voor zij begint. Kies een latere einddatum.")
        if self.last == date.max:  # no day follows it, and periods are cut on the day after
            raise InvalidValueError("De periode loopt te ver door. Kies een eerdere einddatum.")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: "Period") -> bool:
        """Return whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def cuts(self, other: "Period") -> bool:
        """Return whether this holds a part of the other and not the whole of it."""
        return self.overlaps(other) and not (self.first <= other.first and other.last <= self.last)

    @property
    def is_calendar_year(self) -> bool:
        """Return whether this is 1 January to 31 December of one year."""
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31) and (
            self.first.year == self.last.year
        )

    def years_before(self, years: int) -> "Period":
        """Return the same days some years before; the last of February stays the last."""
        return Period(_years_before(self.first, years), _years_before(self.last, years))

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def code(self) -> str:
        """Return `2025-01-01/2025-12-31`, the form of the statements file."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @classmethod
    def from_code(cls, code: str) -> "Period":
        """Read what `code` wrote; raises ValueError on anything else."""
        first, last = code.split("/")
        return cls(date.fromisoformat(first), date.fromisoformat(last))


def _years_before(day: date, years: int) -> date:
    year = day.year - years
    if (day.month, day.day) not in {(2, 28), (2, 29)}:
        return day.replace(year=year)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, 2, 29 if leap else 28)


def segments(periods: list[Period]) -> list[Period]:
    """Cut the days covered by the periods at every boundary, in order of time."""
    starts = sorted({p.first for p in periods} | {p.last + timedelta(days=1) for p in periods})
    pieces = [Period(a, b - timedelta(days=1)) for a, b in itertools.pairwise(starts)]
    return [piece for piece in pieces if any(piece.first in p for p in periods)]


def reporting_year_of(day: date, starts_in: int) -> Period:
    """Return the reporting year in which a day lies, for years that begin on the first of a month."""
    year = day.year if day.month >= starts_in else day.year - 1
    return Period(date(year, starts_in, 1), date(year + 1, starts_in, 1) - timedelta(days=1))


def hull(periods: Iterable[Period]) -> Period:
    """Return the days from the first of all to the last of all."""
    every = tuple(periods)
    return Period(min(p.first for p in every), max(p.last for p in every))
