"""Hours for the certificate: per kind against targets that can be changed, over years that fit together."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.certification import PROPOSED, Progress, Scheme
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ActivityId
from vpdesk.domain.worklog import UPKEEP, Activity

SCHEME = Scheme(date(2024, 1, 1))


def done(task: str, on: date, hours: int, proof: str = "") -> Activity:
    return Activity(ActivityId(0), on, task, 60 * hours, proof=proof)


def test_the_proposal_is_seventy_two_hours_of_three_kinds() -> None:
    assert tuple(PROPOSED) == UPKEEP
    assert SCHEME.target == 72 * 60


@pytest.mark.parametrize(
    "wrong",
    [
        {"years": 0},
        {"years": 11},
        {"hours": (24, -1, 16)},
        {"hours": (24, 32, 1000)},
        {"start": date(9996, 1, 1)},
    ],
)
def test_a_scheme_that_could_not_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        Scheme(**({"start": date(2024, 1, 1)} | wrong))  # type: ignore[arg-type] # fields by name


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 10))
def test_the_years_join_without_gap_or_overlap_leap_days_included(start: date, years: int) -> None:
    scheme = Scheme(start, years)
    each = scheme.each_year()
    assert len(each) == years
    assert (each[0].first, each[-1].last) == (scheme.period.first, scheme.period.last)
    assert all(before.last + timedelta(days=1) == after.first for before, after in pairwise(each))


ACTIVITIES = st.lists(
    st.builds(
        lambda task, days, hours: done(task, date(2023, 6, 1) + timedelta(days=days), hours),
        st.sampled_from((*UPKEEP, "artikel")),
        st.integers(0, 2500),
        st.integers(0, 40),
    ),
    max_size=20,
)


@given(ACTIVITIES)
def test_what_counts_and_what_is_needed_make_the_target(activities: list[Activity]) -> None:
    progress = Progress.of(SCHEME, activities)
    assert progress.counted + progress.needed == SCHEME.target
    assert (progress.share == 100) is (progress.needed == 0)
    inside = [a for a in activities if a.task in UPKEEP and a.on in SCHEME.period]
    assert sum(year.minutes for year in progress.years) == sum(a.minutes for a in inside)
    assert progress.without_proof == len(inside)


def test_more_of_one_kind_does_not_make_up_for_another() -> None:
    progress = Progress.of(SCHEME, [done("bijscholing", date(2024, 5, 1), 100, "In de map")])
    assert (progress.counted, progress.needed, progress.without_proof) == (24 * 60, 48 * 60, 0)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 1, 20), "Er is nog 72:00 uur nodig, in 1 jaar en 11 maanden: ongeveer 3:15 uur per maand."),
        (date(2026, 1, 1), "Er is nog 72:00 uur nodig, in 2 jaar: ongeveer 3:00 uur per maand."),
        (date(2027, 11, 30), "Er is nog 72:00 uur nodig, in 1 maand: ongeveer 72:00 uur per maand."),
        (date(2027, 12, 2), "Er is nog 72:00 uur nodig, in minder dan een maand."),
        (date(2028, 1, 1), "De periode is voorbij; er was nog 72:00 uur nodig."),
        (date(2023, 12, 31), "De periode is nog niet begonnen; er is nog 72:00 uur nodig."),
    ],
)
def test_what_is_still_needed_is_said_with_the_time_that_is_left(today: date, said: str) -> None:
    assert Progress.of(SCHEME, []).still(today) == said


def test_nothing_is_needed_once_all_is_done() -> None:
    everything = [done(task, date(2025, 3, 1), hours) for task, hours in PROPOSED.items()]
    assert Progress.of(SCHEME, everything).still(date(2026, 1, 20)) == "Alle gevraagde uren staan er."
    assert Progress.of(Scheme(date(2024, 1, 1), hours=(0, 0, 0)), []).share == 100


def test_full_years_without_hours_are_named_and_running_ones_are_not() -> None:
    progress = Progress.of(SCHEME, [done("intervisie", date(2025, 5, 1), 2)])
    assert progress.spread(date(2027, 6, 1)).startswith("In 2024 en 2026 staan geen uren.")
    assert progress.spread(date(2024, 12, 31)) == ""
