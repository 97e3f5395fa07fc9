"""Backups go by the rule of 7 days, 4 weeks and 12 months, and never the last ones that are known to be good."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vpdesk.store.rotation import Copy, may_go

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


def test_what_can_not_be_read_is_never_thrown_away_and_never_counts() -> None:
    bad = copies(*(NEWEST - timedelta(hours=n) for n in range(5)), verified=False)
    good = [Copy(f"goed {n}", 10 + n, NEWEST - timedelta(days=900 + n), verified=True) for n in range(3)]
    assert may_go([*bad, *good]) == ()


@given(
    st.lists(
        st.tuples(st.datetimes(datetime(2016, 1, 1), datetime(2036, 1, 1)), st.booleans()),  # noqa: DTZ001
        max_size=60,
    )
)
def test_three_good_ones_always_stay_also_when_the_clock_jumps_ten_years(made: list[tuple[datetime, bool]]) -> None:
    there = [Copy(f"kopie {n}", n, moment, good) for n, (moment, good) in enumerate(made)]
    gone = may_go(there)
    good = [copy for copy in there if copy.verified]
    left = [copy for copy in good if copy not in gone]
    assert len(left) >= min(3, len(good))
    assert good[-1:] == [copy for copy in left if copy is good[-1]]  # the last that was made
    assert len(left) <= 7 + 4 + 12 + 6
    assert may_go(left) == ()
