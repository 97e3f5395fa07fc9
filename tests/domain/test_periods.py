"""Periods are whole days, and segments cut them without losing or doubling a day."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.periods import Period, segments

days = st.dates(date(2020, 1, 1), date(2021, 12, 31))
periods = st.builds(lambda first, length: Period(first, first + timedelta(days=length)), days, st.integers(0, 400))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        Period(date(2025, 1, 2), date(2025, 1, 1))


def test_a_period_holds_both_its_ends() -> None:
    period = Period(date(2025, 1, 1), date(2025, 1, 3))
    assert date(2025, 1, 1) in period
    assert date(2025, 1, 3) in period
    assert date(2025, 1, 4) not in period


@given(a=periods, b=periods)
def test_periods_overlap_exactly_when_they_share_a_day(a: Period, b: Period) -> None:
    shared = any(a.first + timedelta(days=n) in b for n in range((a.last - a.first).days + 1))
    assert a.overlaps(b) is b.overlaps(a) is shared


def test_a_period_without_a_day_after_it_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="eerdere einddatum"):
        Period(date.min, date.max)


def test_only_one_whole_year_is_a_calendar_year() -> None:
    assert Period.year(2025).is_calendar_year
    assert not Period(date(2025, 1, 1), date(2026, 12, 31)).is_calendar_year
    assert not Period(date(2025, 9, 1), date(2026, 8, 31)).is_calendar_year


@given(period=periods)
def test_a_code_reads_back(period: Period) -> None:
    assert Period.from_code(period.code()) == period


@pytest.mark.parametrize("code", ["2025", "2025-01-01/2025-02-30", "a/b"])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is Python's own
        Period.from_code(code)


@given(given_periods=st.lists(periods, max_size=5))
def test_segments_cover_every_day_once_and_cross_no_boundary(given_periods: list[Period]) -> None:
    pieces = segments(given_periods)
    assert pieces == sorted(pieces)
    assert all(a.last < b.first for a, b in itertools.pairwise(pieces))
    covered = {p.first + timedelta(days=n) for p in given_periods for n in range((p.last - p.first).days + 1)}
    assert sum((piece.last - piece.first).days + 1 for piece in pieces) == len(covered)
    for piece in pieces:
        for period in given_periods:
            assert (piece.first in period and piece.last in period) or not piece.overlaps(period)


def test_years_before_keep_their_days_and_the_last_of_february_stays_the_last() -> None:
    assert Period.year(2025).years_before(3) == Period.year(2022)
    broken = Period(date(2024, 3, 1), date(2025, 2, 28))
    assert broken.years_before(1) == Period(date(2023, 3, 1), date(2024, 2, 29))
    assert broken.years_before(1).years_before(1) == Period(date(2022, 3, 1), date(2023, 2, 28))
