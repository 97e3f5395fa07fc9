"""Keeping up a certificate: hours of three kinds over a period of years, what is still needed, and how it is spread.

The targets of 24, 32 and 16 hours in four years are those of the LVV as looked up; an older scheme had 32, 32 and 8. So
they are a proposal that the user changes, with the day on which she looked them up.
"""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.hours import MINUTES, as_clock
from vpdesk.domain.periods import Period
from vpdesk.domain.reminders import add_months
from vpdesk.domain.wording import counted, joined
from vpdesk.domain.worklog import UPKEEP, Activity

PROPOSED: Final[Mapping[str, int]] = {"bijscholing": 24, "intervisie": 32, "extra activiteit": 16}
USUAL_YEARS: Final = 4
MOST_YEARS: Final = 10
MOST_HOURS: Final = 999


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a register asks: hours of each kind of UPKEEP, over whole years from a day; `checked` is when she looked."""

    start: date
    years: int = USUAL_YEARS
    hours: tuple[int, int, int] = (PROPOSED[UPKEEP[0]], PROPOSED[UPKEEP[1]], PROPOSED[UPKEEP[2]])
    checked: date | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.years <= MOST_YEARS:
            raise InvalidValueError(f"Een periode duurt 1 tot {MOST_YEARS} jaar. Er is niets bewaard.")
        if any(not 0 <= hours <= MOST_HOURS for hours in self.hours):
            raise InvalidValueError(f"Een doel is 0 tot {MOST_HOURS} uur. Er is niets bewaard.")
        if self.start.year + self.years >= date.max.year:
            raise InvalidValueError("De periode loopt te ver door. Er is niets bewaard. Kies een eerder begin.")

    @property
    def target(self) -> int:
        """Minutes of all kinds together."""
        return MINUTES * sum(self.hours)

    @property
    def period(self) -> Period:
        """From the first day to the last."""
        return Period(self.start, add_months(self.start, 12 * self.years) - timedelta(days=1))

    def each_year(self) -> tuple[Period, ...]:
        """The years of the period, each from the day on which it begins; they join without a gap or an overlap."""
        starts = [add_months(self.start, 12 * number) for number in range(self.years + 1)]
        one = timedelta(days=1)
        return tuple(Period(first, after - one) for first, after in itertools.pairwise(starts))


@dataclass(frozen=True, slots=True)
class KindProgress:
    """Minutes done of one kind of upkeep, and minutes asked for."""

    task: str
    done: int
    target: int

    @property
    def needed(self) -> int:
        """What is still to be done."""
        return max(0, self.target - self.done)

    @property
    def counted(self) -> int:
        """What counts: more of one kind does not make up for another."""
        return min(self.done, self.target)


@dataclass(frozen=True, slots=True)
class YearProgress:
    """Minutes of all kinds in one year of the period."""

    year: Period
    minutes: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is in a scheme."""

    scheme: Scheme
    kinds: tuple[KindProgress, ...]
    years: tuple[YearProgress, ...]
    without_proof: int

    @classmethod
    def of(cls, scheme: Scheme, activities: Iterable[Activity]) -> "Progress":
        """Add up the activities that fall in the period and are upkeep."""
        inside = [a for a in activities if a.on in scheme.period and a.task in UPKEEP]
        kinds = tuple(
            KindProgress(task, sum(a.minutes for a in inside if a.task == task), MINUTES * hours)
            for task, hours in zip(UPKEEP, scheme.hours, strict=True)
        )
        years = tuple(YearProgress(year, sum(a.minutes for a in inside if a.on in year)) for year in scheme.each_year())
        return cls(scheme, kinds, years, sum(not a.proof for a in inside))

    @property
    def counted(self) -> int:
        """Minutes that count for the certificate."""
        return sum(kind.counted for kind in self.kinds)

    @property
    def needed(self) -> int:
        """Minutes still to be done."""
        return sum(kind.needed for kind in self.kinds)

    @property
    def share(self) -> int:
        """How far, in whole per cent, rounded down so that 100 means done."""
        return 100 if not self.needed else 100 * self.counted // self.scheme.target

    def still(self, today: date) -> str:
        """Return what is still needed and in which time, or that everything is there."""
        if not self.needed:
            return "Alle gevraagde uren staan er."
        hours = f"nog {as_clock(self.needed)} uur nodig"
        period = self.scheme.period
        if today > period.last:
            return f"De periode is voorbij; er was {hours}."
        if today < period.first:
            return f"De periode is nog niet begonnen; er is {hours}."
        months = _months_until(today, period.last + timedelta(days=1))
        if not months:
            return f"Er is {hours}, in minder dan een maand."
        each = -(-self.needed // months)
        return f"Er is {hours}, in {_time(months)}: ongeveer {as_clock(_up(each))} uur per maand."

    def spread(self, today: date) -> str:
        """Return which full years of the period had no hours, since they are to be spread; empty when all had."""
        bare = [str(y.year.first.year) for y in self.years if y.year.last < today and not y.minutes]
        return f"In {joined(bare)} staan geen uren. Uw register wil ze verspreid over de jaren zien." if bare else ""


def _months_until(today: date, end: date) -> int:
    """Return how many whole months lie between two days."""
    months = 12 * (end.year - today.year) + end.month - today.month
    return months if add_months(today, months) <= end else months - 1


def _time(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [f"{years} jaar"] if years else []
    return joined(parts + ([counted(rest, "maand", "maanden")] if rest else []))


def _up(minutes: int) -> int:
    """Round up to a quarter of an hour."""
    return -(-minutes // 15) * 15
