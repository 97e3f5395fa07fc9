"""Which counts a hidden row can have for whoever runs the rule again, against the rule itself under every order."""

from __future__ import annotations

from functools import partial
from itertools import permutations
from operator import gt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.attacks.attackers import spreads
from tests.reporting.disclosure.registry import HALF, QUARTER, YEAR
from vpdesk.domain.report_choices import key_of
from vpdesk.reporting.disclosure.implied import differences, drawn_counts, just, sums, up_to
from vpdesk.reporting.disclosure.protect import MARGIN, Line, Past, Rule

few = st.frozensets(st.integers(0, 12), max_size=6)


def bits(numbers: frozenset[int]) -> int:
    return sum(just(n) for n in numbers)


def members(found: int) -> set[int]:
    return {n for n in range(found.bit_length()) if found >> n & 1}


@given(one=few, other=few)
def test_sums_and_differences_are_those_of_all_pairs(one: frozenset[int], other: frozenset[int]) -> None:
    assert members(sums(bits(one), bits(other))) == {a + b for a in one for b in other}
    assert members(differences(bits(one), bits(other))) == {a - b for a in one for b in other if a >= b}


def test_numbers_up_to_the_most() -> None:
    assert [members(up_to(most)) for most in (-1, 0, 3)] == [set(), {0}, {0, 1, 2, 3}]


@pytest.mark.parametrize("k", [2, 3, 5])
@pytest.mark.parametrize("rows", [2, 3, 4])
def test_a_count_is_implied_if_some_order_makes_the_rule_hide_just_these_rows(k: int, rows: int) -> None:
    codes = tuple("abcd"[:rows])
    shown = {"x": 3 * k, "y": 4 * k}
    rule = Rule(k, frozenset(), Past(YEAR, k))
    small = partial(gt, k)
    for together in range(k + MARGIN, 3 * k + 1):
        made = {
            table["a"]
            for table in spreads(codes, together)
            if any(rule.hidden(table | shown, (*order, *shown)) == set(codes) for order in permutations(codes))
        }
        implied = members(drawn_counts(together, rows, k + MARGIN, small, small))
        assert implied <= made
        # Two rows that were drawn beside next to nothing: the first of them is hardly more than the threshold.
        assert all(rows > 2 and k <= count < k + MARGIN for count in made - implied)


def half(together: int, *more: str, **shown: int) -> Line:
    return Line("rol", HALF, shown, frozenset({"c", *more}), together)


@pytest.mark.parametrize(
    ("count", "together", "tells"),
    [
        (5, 10, True),  # none in the second half would make the half-year's 5 and 5, of which neither is small
        (14, 10, True),  # at most 4 in the half-year, or 6 and more
        (15, 10, False),  # whatever it was, 5 or more are left
        (5, 7, False),  # of two rows with 7 together one is small, whichever numbers they have
        (11, 7, True),
    ],
)
def test_a_count_tells_when_some_remainders_would_have_hidden_other_rows(
    count: int, together: int, *, tells: bool
) -> None:
    assert Past(YEAR, 5, (half(together, "d", a=10, b=6),)).tells("c", count) is tells


def test_a_half_year_tells_beside_a_year_that_is_out() -> None:
    year = Line("rol", YEAR, {"a": 20}, frozenset("cd"), 10)
    past = Past(HALF, 5, (year,))
    assert past.tells("c", 5)  # with none in the second half the year would hide nothing
    assert not Past(HALF, 5, (Line("rol", YEAR, {"a": 20}, frozenset("cde"), 40),)).tells("c", 6)


def test_rows_that_were_hidden_before_explain_themselves() -> None:
    line = half(20, "d", a=10)
    assert Past(YEAR, 5, (line,)).tells("c", 18)
    quarter = Line("rol", QUARTER, {"a": 5}, frozenset("cd"), 12)
    assert not Past(YEAR, 5, (quarter, line)).tells("c", 18)
    other = Line("rol", QUARTER, {"c": 0, "d": 0}, frozenset("ab"), 12)
    assert Past(YEAR, 5, (other, line)).tells("c", 18)  # the half-year shows a: not all of them were hidden again


def test_rows_of_several_codes_may_hold_what_a_row_leaves_them() -> None:
    both = key_of(("b", "c"))
    line = Line("rol", HALF, {both: 9, "a": 6}, frozenset("de"), 10)
    past = Past(YEAR, 5, (line,))
    assert not past.tells("c", 9)  # from 0 to 9 of the row
    assert past.tells(both, 10)  # just 1 is left
    assert not past.tells(key_of(("d", "e")), 15)  # 5 are left
    assert not past.tells(key_of(("c", "d")), 14)  # from 0 to 19 of both rows
    silent = Line("rol", HALF, {}, frozenset("abcde"), 4, at_most=True)
    assert not Past(YEAR, 5, (silent,)).tells("a", 9)
    assert not Past(YEAR, 5, (half(14, "d", "e"),)).tells(key_of(("c", "d")), 14)


def test_what_rows_may_hold_at_most_when_another_must_join_them() -> None:
    assert Past(YEAR, 5).most_without_room(frozenset("cd")) == 6
    quarters = Line("rol", QUARTER, {"c": 8, "d": 5}, frozenset(), 0), half(9, "e", d=2)
    past = Past(YEAR, 5, quarters)
    most = past.most_without_room(frozenset("cd"))
    assert most == 8 + 5 + 6
    assert [past.leaves_room(frozenset("cd"), together) for together in (most, most + 1)] == [False, True]
    assert Past(HALF, 5, (Line("rol", YEAR, {}, frozenset("cd"), 30),)).most_without_room(frozenset("cd")) > 30
