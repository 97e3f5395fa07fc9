"""Which stretches of time the rule of a table looks at, and what it knows of the tables that are out there."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from tests.reporting.disclosure.registry import HALF, QUARTER, SECOND_HALF, SECOND_QUARTER, YEAR
from vpdesk.domain.periods import Period
from vpdesk.reporting.disclosure import remainders
from vpdesk.reporting.disclosure.protect import Line, Past
from vpdesk.reporting.disclosure.remainders import Remainder, apart

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

MONTHS = [Period(date(2025, month, 1), date(2025, month, 28)) for month in range(1, 13)]


def line(
    period: Period, shown: Mapping[str, int], hidden: str = "", together: int = 0, threshold: int | None = None
) -> Line:
    return Line("rol", period, shown, frozenset(hidden), together, threshold=threshold)


def stretches(past: Past) -> set[tuple[Period, tuple[Period, ...]]]:
    return {(left.outer(past.period), left.inner(past.period)) for left in past.remainders}


def test_a_part_that_lies_beside_the_new_period_in_a_longer_one_is_subtracted_too() -> None:
    year, quarter = line(YEAR, {"a": 20, "b": 90}), line(QUARTER, {"a": 8, "b": 30})
    past = Past.of("rol", SECOND_QUARTER, 5, [year, quarter])
    assert stretches(past) == {(YEAR, (SECOND_QUARTER,)), (YEAR, (QUARTER, SECOND_QUARTER))}
    assert [past.tells("a", count) for count in (7, 8)] == [False, True]  # 5 or 4 in the second half
    assert past.leaves_room(frozenset("ab"), 65)
    assert not past.leaves_room(frozenset("ab"), 66)


def test_parts_that_fill_a_period_leave_nothing_and_others_are_not_subtracted() -> None:
    year, half = line(YEAR, {"a": 20}), line(HALF, {"a": 8})
    assert stretches(Past.of("rol", SECOND_HALF, 5, [year, half])) == {(YEAR, (SECOND_HALF,))}
    assert Past.of("rol", SECOND_HALF, 5, [half]).remainders == ()
    assert Past.of("relatie", YEAR, 5, [half]).remainders == ()


def test_as_many_parts_are_subtracted_as_there_are() -> None:
    months = [line(month, {"a": 6}) for month in MONTHS[:5]]
    past = Past.of("rol", YEAR, 5, months)
    assert Remainder(None, tuple(months)) in past.remainders
    assert past.tells("a", 34)
    assert not past.tells("a", 35)
    assert past.floor("a") == 30


def test_of_many_parts_the_fewest_are_subtracted(monkeypatch: pytest.MonkeyPatch) -> None:
    months = [line(month, {"a": 6}) for month in MONTHS]
    every = [parts for size in range(1, 13) for parts in combinations(months, size)]
    assert list(apart(months)) == every
    assert len(Past.of("rol", YEAR, 5, months).remainders) == remainders.MOST_SUBTRACTED
    monkeypatch.setattr(remainders, "MOST_SUBTRACTED", 12)
    assert {len(left.parts) for left in Past.of("rol", YEAR, 5, months).remainders} == {1}


def test_each_table_is_replayed_at_the_threshold_at_which_it_was_made() -> None:
    # Of two hidden rows with 30 together one counts at most 9: of 12 in the year 3 to 12 are left, and not 0 to 2.
    open_half = line(HALF, {"a": 15}, "cd", 30, threshold=10)
    assert Past.of("rol", YEAR, 5, [open_half]).tells("c", 12)
    assert not Past.of("rol", YEAR, 5, [line(HALF, {"a": 15}, "cd", 30, threshold=5)]).tells("c", 12)  # 8 and more
    assert not Past.of("rol", YEAR, 5, [line(HALF, {"a": 15}, "cd", 30)]).tells("c", 12)


def test_a_coarser_edition_hides_what_the_first_hid_and_lets_other_rows_join_as_drawn() -> None:
    first, open_half = line(HALF, {"a": 9, "b": 30}, "cd", 40, 5), line(HALF, {"b": 30}, "acd", 49, 10)
    past = Past.of("rol", YEAR, 5, [first, open_half])
    assert past._before_line(open_half)[1] == {"c", "d"}
    assert past._before_line(first)[1] == set()


def test_what_went_out_beside_a_longer_period_counts_for_the_rule_of_that_period() -> None:
    quarter, year = line(QUARTER, {"a": 9}, "cd", 12), line(YEAR, {"a": 30}, "cd", 40)
    past = Past.of("rol", SECOND_HALF, 5, [quarter, year])
    assert past._before_line(year)[0].near == (quarter,)
