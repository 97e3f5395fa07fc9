"""The periods that a report can be about: reporting years of an organisation, newest first."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from vpdesk.domain import wording
from vpdesk.domain.periods import Period

_ALWAYS: Final = 5


def reporting_year(year: int, starts_in: int) -> Period:
    """Return the reporting year that begins in a month of a year."""
    first = date(year, starts_in, 1)
    return Period(first, date(year + 1, starts_in, 1) - timedelta(days=1))


def label(period: Period) -> str:
    """Return `2025`, or the days of another period."""
    if period.is_calendar_year:
        return str(period.first.year)
    first, last = (f"{day.day} {wording.SHORT_MONTHS[day.month - 1]} {day.year}" for day in (period.first, period.last))
    return f"{first} – {last}"


def label_on(period: Period, today: date) -> str:
    """Return the label of a period, which says so when it has not ended yet."""
    return f"{label(period)}, loopt nog" if today <= period.last else label(period)


def proposed(today: date, starts_in: int) -> Period:
    """Return the last full reporting year."""
    return reporting_year(_running(today, starts_in) - 1, starts_in)


def offered(today: date, starts_in: int, years: Iterable[int] = ()) -> tuple[Period, ...]:
    """Return the running reporting year, the four before it and those that begin in `years`, newest first."""
    running = _running(today, starts_in)
    order = sorted({*range(running, running - _ALWAYS, -1), *years}, reverse=True)
    return tuple(reporting_year(year, starts_in) for year in order)


def _running(today: date, starts_in: int) -> int:
    return today.year if today >= date(today.year, starts_in, 1) else today.year - 1


def year_before(period: Period) -> Period:
    """Return the same days one year earlier, from which last year's text is taken over."""

    def back(day: date) -> date:
        return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)

    return Period(back(period.first), back(period.last))
