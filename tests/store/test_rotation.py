"""Backups go by the rule of 7 days, 4 weeks and 12 months, and never the last ones that are known to be good."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.store.rotation import TERM, Copy, may_go

NEWEST = datetime(2026, 1, 20, 17, 0)  # noqa: DTZ001 - the product works in the laptop's local time


def copies(*moments: datetime, verified: bool = True) -> list[Copy]:
    return [Copy(f"kopie {n}", n, made, verified) for n, made in enumerate(moments)]


def test_two_years_of_daily_copies_come_down_to_days_weeks_and_months() -> None:
    daily = copies(*(NEWEST - timedelta(days=n) for n in reversed(range(730))))
    gone = set(may_go(daily))
    kept = [copy.made for copy in daily if copy not in gone]
    assert [made for made in kept if made > NEWEST - timedelta(days=7)] == [
        NEWEST - timedelta(days=n) for n in range(6, -1, -1)
    ]
    assert len({(made.year, made.month) for made in kept}) == 12
    assert len(kept) == 7 + 2 + 11  # 4 weeks, of which two lie in the 7 days; 12 months, of which one does


def test_of_one_day_the_newest_stays_and_three_in_all() -> None:
    day = copies(*(NEWEST - timedelta(hours=n) for n in reversed(range(5))))
    assert [copy.name for copy in may_go(day)] == ["kopie 0", "kopie 1"]


def test_a_copy_goes_when_it_is_a_year_older_than_three_days_agree_on() -> None:
    """Somebody who seldom writes would otherwise keep twelve months that reach back three years."""
    seldom = copies(*(NEWEST - timedelta(days=90 * n) for n in reversed(range(12))))
    kept = [copy.made for copy in seldom if copy not in may_go(seldom)]
    assert kept[0] == NEWEST - timedelta(days=540)  # the third last day, and a year before that
    assert NEWEST - timedelta(days=180) - kept[0] <= TERM


def test_no_copy_outlives_a_term_that_is_shorter_than_a_year() -> None:
    monthly = copies(*(NEWEST - timedelta(days=n) for n in (300, 200, 100, 62, 61, 2, 1, 0)))
    kept = [copy.made for copy in monthly if copy not in may_go(monthly, term=timedelta(days=93))]
    assert kept[0] == NEWEST - timedelta(days=62)
    assert len(kept) == 5


@pytest.mark.parametrize("jump", [timedelta(days=3652), timedelta(days=-3652)])
def test_a_clock_that_is_ten_years_off_for_a_day_throws_nothing_away(jump: timedelta) -> None:
    year = [NEWEST - timedelta(days=30 * n) for n in reversed(range(12))]
    wrong = [NEWEST + jump + timedelta(hours=n) for n in range(8)]
    right_again = [NEWEST + timedelta(days=n) for n in range(1, 4)]
    there = copies(*year, *wrong)
    assert {copy.made for copy in may_go(there)} <= {*wrong, year[0]}, "no more than one more month with copies takes"
    there = [copy for copy in there if copy not in may_go(there)]
    after = [*there, *(Copy(f"later {n}", 100 + n, made, verified=True) for n, made in enumerate(right_again))]
    gone = may_go(after)
    assert {copy.made for copy in gone} <= {*wrong, *year[:2]}
    assert not {copy.name for copy in gone} & {"later 0", "later 1", "later 2"}


def test_a_budget_takes_the_oldest_but_never_one_of_the_last_three() -> None:
    daily = [replace(copy, size=100) for copy in copies(*(NEWEST - timedelta(days=n) for n in reversed(range(7))))]
    assert may_go(daily, budget=700) == ()
    assert [copy.name for copy in may_go(daily, budget=500)] == ["kopie 0", "kopie 1"]
    assert [copy.name for copy in may_go(daily, budget=0)] == [f"kopie {n}" for n in range(4)]
    unread = replace(daily[0], name="onleesbaar", verified=False, size=300)
    assert [copy.name for copy in may_go([unread, *daily], budget=700)] == ["kopie 0", "kopie 1", "kopie 2"]


def test_what_can_not_be_read_is_never_thrown_away_and_never_counts() -> None:
    bad = copies(*(NEWEST - timedelta(hours=n) for n in range(5)), verified=False)
    good = [Copy(f"goed {n}", 10 + n, NEWEST - timedelta(days=900 + n), verified=True) for n in range(3)]
    assert may_go([*bad, *good]) == ()


@given(
    st.lists(
        st.tuples(st.datetimes(datetime(2016, 1, 1), datetime(2036, 1, 1)), st.booleans(), st.integers(1, 9)),  # noqa: DTZ001
        max_size=60,
    ),
    st.none() | st.integers(0, 300),
)
def test_three_good_ones_always_stay_also_when_the_clock_jumps_ten_years(
    made: list[tuple[datetime, bool, int]], budget: int | None
) -> None:
    there = [Copy(f"kopie {n}", n, moment, good, size) for n, (moment, good, size) in enumerate(made)]
    gone = may_go(there, budget=budget)
    good = [copy for copy in there if copy.verified]
    left = [copy for copy in good if copy not in gone]
    assert len(left) >= min(3, len(good))
    assert good[-1:] == [copy for copy in left if copy is good[-1]]  # the last that was made
    assert len(left) <= 7 + 4 + 12 + 6
    assert may_go([copy for copy in there if copy not in gone], budget=budget) == ()
    if budget is not None and len(left) > 6:
        assert sum(copy.size for copy in there if copy not in gone) <= budget
