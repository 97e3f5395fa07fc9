"""Two known records between periods: what the audit says is lost, against every world of a small half-year and year."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations_with_replacement, pairwise, product
from typing import TYPE_CHECKING, Any

import pytest

from tests.reporting.disclosure.registry import HALF, SECOND_HALF, YEAR
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure import pairs, search
from vpdesk.reporting.disclosure.audit import AskedTooMuchError, Promise, audit
from vpdesk.reporting.disclosure.beside import Beside, Budget, taken
from vpdesk.reporting.disclosure.company import Company
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.solver import Solver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.reporting.disclosure.block import Block
    from vpdesk.reporting.disclosure.wants import Missing

K = 3
CODES = ("a", "b", "c", "d")
ROLES = {"rol": CODES}
WHEN = {(0,): (HALF,), (1,): (SECOND_HALF,), (0, 1): (YEAR,)}
Place = tuple[int, str]
"""A half of the year, and a code."""

World = tuple[dict[str, int], ...]
Lost = set[tuple[str, tuple["Period", ...]]]


def said(period: Period, count: int, *codes: str) -> Statement:
    box = Box.where_({"rol": frozenset(codes)}) if codes else Box()
    return Statement(Of.CASES, box, period, count, count)


def line(period: Period, counts: dict[str, int], hidden: str) -> list[Statement]:
    """Return a table that hides these codes."""
    shown = [said(period, n, code) for code, n in counts.items() if code not in hidden]
    together = [said(period, sum(counts[code] for code in hidden), *hidden)] if hidden else []
    return [said(period, sum(counts.values())), *shown, *together]


def drawn(seed: int) -> list[Statement]:
    """Return the tables of a half-year and a year, each of which hides two codes or more."""
    rng = random.Random(seed)  # noqa: S311 - invented cases
    half = {code: rng.randrange(3) for code in CODES}
    year = {code: half[code] + rng.randrange(3) for code in CODES}
    hidden = ["".join(rng.sample(CODES, rng.randrange(2, len(CODES) + 1))) for _ in range(2)]
    return [*line(HALF, half, hidden[0]), *line(YEAR, year, hidden[1])]


def worlds(statements: Sequence[Statement]) -> list[World]:
    """Return every pair of tables, of both half-years, that fits what is said."""

    def fits(some: Sequence[Statement], *world: dict[str, int]) -> bool:
        for s in some:
            over = [code for _, named in s.box.where for code in named] or CODES
            if not s.minimum <= sum(table[code] for table in world for code in over) <= s.maximum:
                return False
        return True

    def tables(total: int) -> Iterator[dict[str, int]]:
        for bars in combinations_with_replacement(range(total + 1), len(CODES) - 1):
            yield {c: b - a for c, (a, b) in zip(CODES, pairwise((0, *bars, total)), strict=True)}

    totals = {s.period: s.minimum for s in statements if not s.box.where}
    early, whole = ([s for s in statements if s.period == period] for period in (HALF, YEAR))
    first = [table for table in tables(totals[HALF]) if fits(early, table)]
    later = list(tables(totals[YEAR] - totals[HALF]))
    return [world for world in product(first, later) if fits(whole, *world)]


def highest(statements: Sequence[Statement], region: tuple[int, ...], code: str, two: Sequence[Place]) -> int:
    """Return up to which value the others must keep, beside two known records, as far as printed counts leave it."""
    totals = {s.period: s.minimum for s in statements if not s.box.where}
    around = [
        s.minimum - sum((s.period == YEAR or i == 0) and (not s.box.where or c in s.box.where[0][1]) for i, c in two)
        for s in statements
        if (s.period == YEAR or region == (0,)) and (not s.box.where or code in s.box.where[0][1])
    ]
    late = [totals[YEAR] - totals[HALF] - sum(i == 1 for i, _ in two)] if region == (1,) else []
    return min(K - 1, *around, *late)


def left(every: Sequence[World], region: tuple[int, ...], code: str, two: Sequence[Place]) -> set[int]:
    """Return what a number of the others can be in the worlds in which two records have room."""
    mine = sum(i in region and c == code for i, c in two)
    room = (w for w in every if all(w[i][c] >= two.count((i, c)) for i, c in two))
    return {sum(w[i][code] for i in region) - mine for w in room}


def by_force(statements: Sequence[Statement], before: Sequence[Statement] = ()) -> Lost:
    """Return of what numbers two readers exclude what they must keep, of the other cases: in every world, of each two.

    What could not be before need not be kept.
    """
    every, earlier = worlds(statements), worlds(before) if before else None
    found: Lost = set()
    for two in combinations_with_replacement(list(product((0, 1), CODES)), 2):
        for code, region in product(CODES, WHEN):
            values = left(every, region, code, two)
            if not values or min(sum(w[i][code] for i in region) for w in every) >= K:
                continue
            most = highest(statements, region, code, two)
            kept = {0, most}
            if earlier is not None:
                had = left(earlier, region, code, two)
                kept = kept if kept <= had else {value for value in had if value <= most}
            if not kept <= values:
                found.add((code, WHEN[region]))
    return found


def block_of(statements: Sequence[Statement], dimensions: dict[str, tuple[str, ...]]) -> tuple[Block, Reader]:
    reader = Reader(statements, dimensions)
    return reader.blocks(strict=True)[-1], reader


def lost(
    statements: Sequence[Statement], before: Sequence[Statement] = (), *, excused: bool = True, **how: Any
) -> frozenset[Missing]:
    """Return what the audit finds; where each number could be excused none is skipped for another."""
    block, reader = block_of(statements, ROLES)
    known = Reader(before, ROLES, [HALF, YEAR]).like(block, reader, strict=True)
    with Solver(**how) as solver:
        return pairs.lost_to_two([(block, known)], reader, K, lambda _: excused, solver)


@pytest.mark.parametrize("seed", range(25))
def test_what_two_known_records_exclude_is_what_no_world_has(seed: int) -> None:
    statements = drawn(seed)
    assert {(m.code, m.when) for m in lost(statements)} == by_force(statements)
    assert bool(lost(statements, excused=False)) == bool(by_force(statements))


def test_the_drawn_tables_tell_two_readers_something_and_nothing() -> None:
    assert {bool(by_force(drawn(seed))) for seed in (16, 17)} == {True, False}


@pytest.mark.parametrize("seed", range(25))
def test_what_two_readers_had_excluded_before_is_not_gained_again(seed: int) -> None:
    before = drawn(seed)
    counts = random.Random(seed).choice(worlds(before))  # noqa: S311 - invented cases
    now = [*before, said(YEAR, sum(table[code] for table in counts for code in "ab"), "a", "b")]
    assert by_force(now, before) <= {(m.code, m.when) for m in lost(now, before)}


def test_less_is_lost_where_more_was_excluded_before() -> None:
    some = [(drawn(seed), [*drawn(seed), said(HALF, 0, "a")]) for seed in range(8)]
    assert sum(len(lost(now, before)) for before, now in some) < sum(len(lost(now)) for _, now in some)


def known_before() -> tuple[list[Statement], list[Statement]]:
    """Return what was out, by which two readers exclude that there are no others, and what adds nothing to that."""
    before = [*line(HALF, {"a": 1, "b": 0, "c": 4, "d": 6}, "ab"), *line(YEAR, {"a": 3, "b": 0, "c": 8, "d": 9}, "ab")]
    return before, [*before, said(YEAR, 17, "c", "d")]


def test_only_so_many_pairs_are_held_against_what_was_known_before(monkeypatch: pytest.MonkeyPatch) -> None:
    before, now = known_before()
    assert by_force(now, before) == set()
    assert lost(now, before) == frozenset()
    monkeypatch.setattr(pairs, "MOST_TRIED", 0)
    assert lost(now, before) == lost(now) != frozenset()


def test_two_readers_beside_a_printed_count_of_the_threshold_know_how_many_others_there_are() -> None:
    year = line(YEAR, {"a": K, "b": 9, "c": 9, "d": 9}, "")  # of a, two of them leave one: none or one in the half-year
    assert lost([*year, said(HALF, 18)]) == frozenset()
    assert "a" in {m.code for m in lost([*year, said(HALF, 18), said(HALF, 1, "a")])}


def test_that_two_put_their_cases_together_is_asked_of_those_two_only() -> None:
    # With no d in the second half nine of the ten who are hidden in the first are d: not when two are known to be a.
    told = [*line(HALF, {"a": 4, "b": 0, "c": 3, "d": 6}, "abd"), *line(YEAR, {"a": 8, "b": 2, "c": 7, "d": 9}, "abc")]
    with Solver() as solver:
        assert audit(told, (), Promise(K, ROLES, margin=2), solver) == frozenset()
        found = audit(told, (), Promise(K, ROLES, margin=2, pairs=True), solver)
        assert {(m.code, m.when, m.value) for m in found} == {("d", (SECOND_HALF,), 0)}
        large = Promise(K, ROLES, truth=lambda *_: K, margin=2, pairs=True)
        assert audit(told, (), large, solver) == frozenset(), "what is large may become known in part"


def test_a_world_that_breaks_a_statement_is_refused() -> None:
    with pytest.raises(ReportRefusedError):
        lost(drawn(1), propose=lambda *_: [[[0] * 10]])
    with pytest.raises(ReportRefusedError):
        lost(drawn(1), propose=lambda *_: [None])


def of_lines(statements: Sequence[Statement], solver: Solver) -> frozenset[Missing]:
    block, reader = block_of(statements, ROLES)
    known = Reader((), ROLES, [HALF, YEAR]).like(block, reader, strict=True)
    return pairs.lost_to_two([(block, known)], reader, K, lambda _: False, solver)


def test_no_more_is_asked_than_may_be() -> None:
    with Solver() as solver:
        solver.most = 3
        with pytest.raises(AskedTooMuchError):
            of_lines(drawn(1), solver)
        assert solver.asked == 3


def test_only_values_that_are_looked_for_are_counted_and_the_same_is_not_asked_twice() -> None:
    roomy = line(YEAR, {"a": 2, "b": 6, "c": 9, "d": 1}, "abd")
    with Solver() as solver:
        assert of_lines(roomy, solver) == frozenset()
        asked = solver.asked
        assert asked > 0
        assert of_lines(roomy, solver) == frozenset()
        assert solver.asked == asked
        solver.settled.clear()
        assert of_lines(roomy, solver) == frozenset()
        assert solver.asked == asked, "worlds that were found for it serve again"


def test_what_worlds_show_is_taken_off() -> None:
    beside = Beside((0, 1), (0, 1, 2))
    beside.want(0, 0b010, (0, 2))
    beside.want(0, 0b100, (0, 2))
    beside.want(2, 0b100, (1,))
    beside.want(1, 0, (7,))
    assert sorted(beside.pairs()) == [(1, 0, 2), (1, 2, 2), (2, 0, 1), (3, 0, 2), (4, 0, 1)]
    for world, left_open in (
        ([1, 1, 1], 4), ([1, 1, 0], 4), ([0, 1, 2], 3), ([1, 0, 1], 2), ([2, 2, 0], 1), ([3, 0, 5], 0),
    ):  # fmt: skip
        beside.seen(world, taken(world, beside.places))
        assert len(list(beside.pairs())) == left_open


def block(rows: list[Any], high: list[int], final: set[int], *wanted: Beside) -> dict[str, Any]:
    return {
        "n": len(high), "low": [0] * len(high), "high": high, "rows": rows, "places": tuple(range(len(high))),
        "beside": wanted, "wants": (), "final": final, "budget": Budget(100),
    }  # fmt: skip


@pytest.mark.parametrize(("final", "found"), [({0}, []), (set(), [[3, 1]])])
def test_the_search_ends_where_nothing_excuses_what_two_exclude(final: set[int], found: list[list[int]]) -> None:
    # Four cases, at most three in the first place: beside a record in each there can't be four in it, nor none.
    one, other = Beside((0,), (0, 1)), Beside((0,), (0, 1))
    one.want(0, 0b10, (3,))
    other.want(0, 0b10, (2,))
    assert search.propose([block([((0, 1), (), 4, 4)], [3, 9], final, one, other)], 100, print) == [found]
    assert one.open, "what is looked for is worked on apart"


def test_a_pair_that_can_not_be_is_passed_over_and_one_that_can_be_is_not() -> None:
    one = Beside((2,), (0, 1, 2))
    one.want(0, 0b010, (0,))  # one case lies in the first two places
    one.want(0, 0b001, (0,))
    one.want(0, 0b100, (3,))  # the third holds three: not four with a record besides, though there is room for one
    either = [((0, 1), (), 1, 1), ((0, 1, 2), (), 4, 4)]
    assert search.propose([block(either, [9, 9, 9], set(), one)], 100, print) == [[]]
    other = Beside((2,), (0, 1, 2))
    other.want(0, 0b011, (3,))
    other.want(0, 0b100, (2,))
    found = search.propose([block(either, [9, 9, 9], {0}, other)], 100, print)[0]
    assert {tuple(world) for world in found} == {(1, 0, 3)}


def test_a_pair_without_room_beside_a_value_is_lost() -> None:
    one = Beside((2,), (0, 1, 2))
    one.want(0, 0b010, (0, 2))
    split = [((0, 1, 2), (), 3, 3)]  # two of three are known, so two others can't be in the third place
    asked = block(split, [9, 9, 9], {0}, one)
    found = search.propose([asked], 100, print)[0]
    assert [world[2] for world in found] == [0, 2]


def test_a_corner_that_is_not_whole_is_looked_for_in_whole_numbers() -> None:
    rows = [((0, 1), (), 3, 3), ((1, 2), (), 3, 3), ((0, 2), (), 3, 3)]
    one = Beside((0, 1), (0, 1, 2))
    one.want(2, 0b100, (3,))
    assert search.propose([block(rows, [9, 9, 9], {0}, one)], 1000, print) == [[]]


def test_no_more_is_looked_for_than_the_budget_allows() -> None:
    one = Beside((0,), (0, 1))
    one.want(1, 0b10, (0, 1, 2))
    asked = block([((0, 1), (), 9, 9)], [9, 9], {0}, one)
    asked["budget"] = Budget(2)
    assert search.propose([asked], 100, print) == [[[0, 9], [1, 8]]]
    assert (asked["budget"].spent, asked["budget"].over) == (2, True)


def test_a_company_tells_how_much_is_left() -> None:
    one = Beside((0,), (0, 1))
    one.want(0, 0b10, (0, 1))
    assert Company(block([], [9, 9], set(), one), lambda _: pytest.fail("not asked"), lambda: None).waiting == 2


def test_where_the_number_of_cases_is_open_nothing_is_asked() -> None:
    open_ = replace(said(HALF, 9), maximum=11)
    assert lost([open_, *line(YEAR, {"a": 9, "b": 9, "c": 9, "d": 9}, ""), said(HALF, 1, "a")]) == frozenset()
    assert lost([said(HALF, 9), *line(YEAR, {"a": 9, "b": 9, "c": 9, "d": 9}, ""), said(HALF, 1, "a")])


def test_cells_of_two_way_tables_are_not_asked() -> None:
    both = {"rol": CODES, "relatie": ("x", "y")}
    cell = Statement(Of.CASES, Box.where_({"rol": "a", "relatie": "x"}), YEAR, 4, 4)
    joint, reader = block_of([*line(YEAR, {"a": 9, "b": 9, "c": 9, "d": 9}, ""), cell], both)
    with Solver() as solver:
        assert pairs.lost_to_two([(joint, joint)], reader, K, lambda _: False, solver) == frozenset()
        assert not solver.asked
