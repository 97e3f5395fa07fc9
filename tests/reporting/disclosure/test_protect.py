"""One line: what is hidden beside the small counts, by brute force over all worlds of small tables."""

from __future__ import annotations

from itertools import permutations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.disclosure.registry import CLIENT, HALF, KEY, QUARTER, SECOND_HALF, SECOND_QUARTER, YEAR
from vpdesk.domain.publications import HiddenLine
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.draw import drawn_order, reporting_year
from vpdesk.reporting.disclosure.protect import MARGIN, Line, Past, Rule, line_statements, published_lines

if TYPE_CHECKING:
    from vpdesk.domain.periods import Period

CODES = ("a", "b", "c", "d")
SMALL_K = 3


def rule(threshold: int = SMALL_K, first: frozenset[str] = frozenset(), *, forced: bool = False) -> Rule:
    return Rule(threshold, first, Past(YEAR, threshold), forced)


def worlds(codes: frozenset[str], together: int) -> list[dict[str, int]]:
    """Every way to spread a sum over the hidden codes: all that the statements leave possible."""
    names = sorted(codes)
    spreads = product(range(together + 1), repeat=len(names))
    return [dict(zip(names, spread, strict=True)) for spread in spreads if sum(spread) == together]


tables = st.lists(st.integers(0, 7), min_size=2, max_size=4).filter(lambda n: 2 * SMALL_K <= sum(n) <= 16)


@given(counts=tables, order=st.permutations(CODES))
def test_a_hidden_cell_may_hold_every_value_up_to_the_threshold(counts: list[int], order: list[str]) -> None:
    table = dict(zip(CODES, counts, strict=False))
    hidden = rule().hidden(table, [c for c in order if c in table])
    together = sum(table[c] for c in hidden)
    for code in hidden:
        assert {w[code] for w in worlds(hidden, together)} >= set(range(SMALL_K + 1))
    assert all(table[code] >= SMALL_K for code in table if code not in hidden)


@given(counts=tables, order=st.permutations(CODES))
def test_hidden_cells_are_two_or_more_and_sum_to_the_margin(counts: list[int], order: list[str]) -> None:
    table = dict(zip(CODES, counts, strict=False))
    hidden = rule().hidden(table, [c for c in order if c in table])
    assert not hidden or (len(hidden) >= 2 and sum(table[c] for c in hidden) >= SMALL_K + MARGIN)


@given(counts=tables, order=st.permutations(CODES))
def test_whoever_knows_two_records_gains_nothing(counts: list[int], order: list[str]) -> None:
    table = dict(zip(CODES, counts, strict=False))
    hidden = rule().hidden(table, [c for c in order if c in table])
    if not hidden:
        return
    together = sum(table[c] for c in hidden)
    for known in product(sorted(hidden), repeat=2):
        if any(known.count(code) > table[code] for code in known):
            continue
        others = worlds(hidden, together - 2)
        for code in hidden:
            assert {w[code] for w in others} >= set(range(SMALL_K + 1))


@given(counts=tables, order=st.permutations(CODES))
def test_replaying_the_rule_over_all_worlds_and_draws_excludes_no_small_value(
    counts: list[int], order: list[str]
) -> None:
    table = dict(zip(CODES, counts, strict=False))
    hidden = rule().hidden(table, [c for c in order if c in table])
    orders = list(permutations(table))
    for code in hidden:
        seen = set()
        for world in worlds(hidden, sum(table[c] for c in hidden)):
            if world[code] < SMALL_K and world[code] not in seen:
                whole = {**table, **world}
                if any(rule().hidden(whole, draw) == hidden for draw in orders):
                    seen.add(world[code])
        assert seen == set(range(SMALL_K))


def test_hiding_the_smallest_next_falls_to_a_replay_and_a_drawn_order_stands() -> None:
    # a = 2 is small; b = 4 is the smallest of the rest and joins. Whoever replays that rule knows more than the sum 6:
    # with a = 0 the others would be 6 and 5, and c would have joined, not b.
    table = {"a": 2, "b": 4, "c": 5, "d": 9}

    def by_size(whole: dict[str, int]) -> frozenset[str]:
        return rule().hidden(whole, sorted(whole, key=lambda code: (whole[code], code)))

    hidden = by_size(table)
    assert hidden == {"a", "b"}
    spreads = worlds(hidden, 6)
    naive = {w["a"] for w in spreads if by_size({**table, **w}) == hidden}
    assert not naive & {0}
    drawn = {w["a"] for w in spreads if any(rule().hidden({**table, **w}, o) == hidden for o in permutations(table))}
    assert drawn >= set(range(SMALL_K))
    assert rule().hidden(table, ("b", "d", "c", "a")) == hidden  # the same table, as a draw may make it


def test_naive_hiding_of_a_lone_small_cell_falls_and_the_rule_stands() -> None:
    table = {"a": 2, "b": 9, "c": 8}
    naive = {code for code, n in table.items() if n < 5}
    assert naive == {"a"}
    assert 19 - sum(n for code, n in table.items() if code not in naive) == 2  # subtraction finds it
    assert len(rule(5).hidden(table, ("c", "b", "a"))) == 2


@pytest.mark.parametrize(
    ("table", "hidden"),
    [
        ({"a": 10, "b": 0}, {"a", "b"}),  # everything in one category
        ({"a": 4, "b": 4, "c": 9}, {"a", "b"}),  # together 8: enough for 5 and 2
        ({"a": 4, "b": 2, "c": 9}, {"a", "b", "c"}),  # together 6: a third joins
        ({"a": 0, "b": 0, "c": 20}, {"a", "b", "c"}),  # only zeros: they must not be seen
        ({"a": 1, "b": 1, "c": 1, "d": 9}, {"a", "b", "c", "d"}),  # only ones
        ({"a": 9, "b": 8, "c": 5}, set()),
    ],
)
def test_lines_at_the_edge(table: dict[str, int], hidden: set[str]) -> None:
    assert rule(5).hidden(table, sorted(table)) == hidden


def test_codes_hidden_before_come_first() -> None:
    table = {"a": 1, "b": 9, "c": 9, "d": 9}
    assert rule(5, frozenset({"d"})).hidden(table, ("a", "b", "c", "d")) == {"a", "d"}


def test_forced_hides_all_that_was_hidden_before() -> None:
    table = {"a": 1, "b": 9, "c": 9, "d": 9}
    assert rule(5, frozenset({"c", "d"}), forced=True).hidden(table, sorted(table)) == {"a", "c", "d"}


def line(period: Period, shown: dict[str, int], hidden: str = "", together: int = 0) -> Line:
    return Line("rol", period, shown, frozenset(hidden), together)


def test_a_count_whose_rest_is_small_is_hidden() -> None:
    past = Past.of("rol", YEAR, 5, [line(HALF, {"a": 5}, "bc", 12)])
    assert past.tells("a", 7)  # 2 in the second half
    assert past.tells("a", 5)  # none in the second half
    assert not past.tells("a", 10)
    assert past.tells("b", 14)  # at least 2 in the second half
    assert not past.tells("b", 12)
    assert past.floor("a") == 5


def test_a_part_of_a_year_already_out_is_compared_with_that_year() -> None:
    past = Past.of("rol", HALF, 5, [line(YEAR, {"a": 12}, "bc", 20)])
    assert past.tells("a", 9)
    assert not past.tells("a", 7)
    assert past.leaves_room(frozenset("bc"), 12)
    assert not past.leaves_room(frozenset("bc"), 16)


def test_two_parts_are_subtracted_together() -> None:
    past = Past.of("rol", YEAR, 5, [line(QUARTER, {"a": 6}), line(SECOND_QUARTER, {"a": 7})])
    assert past.tells("a", 15)
    assert past.tells("a", 13)
    assert not past.tells("a", 18)


def test_room_is_what_is_left_after_the_hidden_sum_that_is_out() -> None:
    past = Past.of("rol", YEAR, 5, [line(HALF, {"c": 9}, "ab", 7)])
    assert not past.leaves_room(frozenset("ab"), 9)
    assert past.leaves_room(frozenset("ab"), 14)
    assert rule(5).cap("a", 40) == 4
    assert Rule(5, frozenset(), past).cap("c", 40) == 13


def test_a_count_is_small_too_where_it_leaves_few_of_a_longer_period() -> None:
    past = Past.of("rol", HALF, 5, [line(YEAR, {"a": 20, "b": 90})])
    assert Rule(5, frozenset(), past).cap("a", 20) == 4
    assert Rule(5, frozenset(), past).beyond("a", 20) == [(16, 20)]
    assert Rule(5, frozenset(), past).beyond("a", 15) == []
    assert rule(5).beyond("a", 20) == []
    quarter = line(QUARTER, {"b": 60}, "ac", 16)  # a was 0 to 4 there, or 12 to 16
    beside = Rule(5, frozenset(), Past.of("rol", SECOND_QUARTER, 5, [line(YEAR, {"a": 30, "b": 90, "c": 60}), quarter]))
    assert beside.cap("a", 30) == 4
    assert beside.beyond("a", 30) == [(10, 13), (15, 18), (22, 30)]


def test_lines_are_read_back_from_statements() -> None:
    table = {"a": 2, "b": 9, "c": 8}
    said = line_statements("rol", YEAR, table, frozenset("ac"))
    pattern = (HiddenLine("rol", YEAR, ("a", "c")),)
    assert published_lines(said, pattern) == (Line("rol", YEAR, {"b": 9}, frozenset("ac"), 10),)
    assert published_lines(said[:1], pattern) == ()
    other = (Statement(Of.TALKS, Box(), YEAR, 5, 9), Statement(Of.CASES, Box.of(rol="a"), YEAR, 1, 2))
    assert published_lines(other, ()) == ()


def test_the_draw_hangs_on_key_client_dimension_and_year_only() -> None:
    codes = tuple("abcdefgh")
    order = drawn_order(KEY, CLIENT, "rol", 2025, codes)
    assert sorted(order) == list(codes)
    assert order == drawn_order(KEY, CLIENT, "rol", 2025, codes[::-1])
    assert order != drawn_order(KEY, CLIENT, "rol", 2026, codes)
    assert order != drawn_order(KEY, CLIENT, "thema", 2025, codes)
    assert order != drawn_order(b"another key", CLIENT, "rol", 2025, codes)
    assert [c for c in order if c != "d"] == list(drawn_order(KEY, CLIENT, "rol", 2025, tuple("abcefgh")))


def test_a_reporting_year_is_named_after_the_year_it_began_in() -> None:
    assert reporting_year(YEAR) == 2025
    assert reporting_year(HALF, 9) == 2024
    assert reporting_year(SECOND_HALF, 9) == 2025


def test_parts_that_fill_the_whole_leave_nothing_to_tell() -> None:
    halves = [line(HALF, {"a": 6, "b": 9}), line(SECOND_HALF, {"a": 7, "b": 8})]
    assert not Past.of("rol", YEAR, 5, halves).tells("a", 13)
    assert rule(5).hidden({"a": 13, "b": 17}, ("a", "b")) == set()
    assert not Past.of("rol", SECOND_HALF, 5, [halves[0], line(YEAR, {"a": 13, "b": 17})]).tells("a", 7)


def test_a_code_of_another_years_list_never_joins() -> None:
    rule = Rule(5, frozenset(), Past(YEAR, 5))
    assert rule.hidden({"a": 3, "b": 9, "c": 9}, ("gone", "b", "a", "c")) == {"a", "b"}
