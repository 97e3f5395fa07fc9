"""How the child searches: picks that fit a world, tables that are settled, worlds that no draw explains."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from tests.reporting.disclosure.registry import HALF, QUARTER, YEAR, answered_here, drawn, published, report
from vpdesk.reporting.disclosure import audit, search
from vpdesk.reporting.disclosure.block import Block, Target
from vpdesk.reporting.disclosure.picks import Tables
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.disclosure.wants import Want

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from vpdesk.reporting.statements import ProtectedReport

LINE: dict[str, Any] = {
    "cells": {"a": [0], "b": [1], "c": [2]},
    "sum": 12,
    "least": 6,
    "caps": {"a": 4, "b": 4, "c": 4},
    "free": ["a", "b", "c"],
    "group": "one",
    "shown": ["d"],
}
OTHER: dict[str, Any] = {**LINE, "cells": {"d": [3], "e": [4]}, "caps": {"d": 4, "e": 4}, "free": ["d", "e"]}
LEFT_OUT: dict[str, Any] = {**LINE, "free": [], "few": 1}


def picked(tables: Tables, values: list[int]) -> set[tuple[int, ...]]:
    """Return all picks that the rows allow in a world of these values."""

    def fits(picks: tuple[int, ...]) -> bool:
        world = [*values, *picks]
        sums = (
            (sum(w * world[i] for i, w in zip(places, ws, strict=True)), *ends) for places, ws, *ends in tables.rows
        )
        return all(low <= total <= high for total, low, high in sums)

    return {picks for picks in product((0, 1), repeat=tables.picks) if fits(picks)}


@pytest.mark.parametrize(
    ("values", "allowed"),
    [
        ([4, 4, 4], {(0, 0, 0)}),
        ([2, 8, 2], {(0, 1, 0)}),
        ([0, 5, 7], set()),  # one at most
        ([2, 5, 5], set()),
        ([3, 4, 5], set()),  # whoever draws has room for six
        ([3, 3, 6], {(0, 0, 1)}),
    ],
)
def test_a_printed_table_drew_the_cell_that_is_not_small(values: list[int], allowed: set[tuple[int, ...]]) -> None:
    assert picked(Tables([LINE], 3), values) == allowed


@pytest.mark.parametrize(
    ("values", "allowed"),
    [
        ([3, 4, 5], {(0, 0, 1)}),  # one large, and all others small
        ([6, 6, 0], {(1, 1, 0)}),  # two large, and next to nothing beside them
        ([6, 3, 3], {(1, 0, 0)}),
        ([6, 5, 1], {(1, 1, 0)}),
        ([5, 5, 2], set()),
    ],
)
def test_a_table_was_left_out_for_one_large_cell_or_for_two(values: list[int], allowed: set[tuple[int, ...]]) -> None:
    assert picked(Tables([LEFT_OUT], 3), values) == allowed


def test_two_tables_of_one_draw_do_not_draw_what_the_other_shows() -> None:
    values = [8, 0, 0, 9, 0]
    assert picked(Tables([{**LINE, "shown": ["d"]}, {**OTHER, "shown": ["a"]}], 5), values) == set()
    assert picked(Tables([LINE, {**OTHER, "shown": ["a"], "group": "two"}], 5), values) == {(1, 0, 0, 1, 0)}
    assert picked(Tables([LINE, {**OTHER, "shown": ["b"]}], 5), values) == {(1, 0, 0, 1, 0)}


MANY: dict[str, Any] = {**LINE, "beyond": {"a": [(9, 10)], "b": [], "c": [(7, 8), (11, 12)]}}


@pytest.mark.parametrize(
    ("values", "allowed"),
    [
        ([10, 1, 1], {(0, 1, 0, 0, 0, 0), (1, 0, 0, 0, 0, 0)}),  # a column after its own for each stretch
        ([0, 0, 12], {(0, 0, 0, 0, 0, 1), (0, 0, 0, 1, 0, 0)}),
        ([2, 0, 10], {(0, 0, 0, 1, 0, 0)}),  # between two of them it was drawn
        ([0, 6, 7], {(0, 0, 1, 0, 1, 0)}),
    ],
)
def test_a_cell_that_leaves_few_of_a_whole_was_not_drawn(values: list[int], allowed: set[tuple[int, ...]]) -> None:
    assert picked(Tables([MANY], 3, beyond=True), values) == allowed
    assert Tables([MANY], 3).picks == 3


@pytest.mark.parametrize(("value", "found"), [(4, True), (8, False), (9, True), (10, True), (11, False)])
def test_where_no_world_is_small_enough_a_cell_may_be_small_for_what_it_leaves(value: int, *, found: bool) -> None:
    asked = {
        "n": 3, "low": [0] * 3, "high": [12] * 3, "rows": [[[0, 1, 2], [], 12, 12]], "forced": [], "final": [],
        "lines": [{**MANY, "free": []}], "wants": [[[0], [value], True, ""]],
    }  # fmt: skip
    worlds = search._Search(asked, 100, lambda: None).run()
    assert (value in {world[0] for world in worlds}) is found


def block(final: list[list[list[int]]]) -> dict[str, Any]:
    """Two numbers with the sum 3, of which the first would have to be 9."""
    wants = [[[0], [9], False, "first"], [[1], [0, 1, 2, 3], False, "second"]]
    rows = [[[0, 1], [], 3, 3]]
    return {"n": 2, "low": [0, 0], "high": [3, 3], "rows": rows, "wants": wants, "lines": [], "forced": []} | {
        "final": final
    }


def test_a_final_loss_settles_its_tables_and_no_others() -> None:
    def found(final: list[list[list[int]]]) -> set[int]:
        return {world[1] for world in search._Search(block(final), 100, lambda: None).run()}

    assert found([[[0], [0, 1]]]) == set()
    assert found([[[], [0, 1]]]) == {0, 1, 2, 3}
    assert found([[[0], [0]], [[1], [1]]]) == {0, 1, 2, 3}


def test_another_taste_gives_other_worlds() -> None:
    many = {
        "n": 6, "low": [0] * 6, "high": [9] * 6, "rows": [[list(range(6)), [], 9, 9]], "lines": [], "forced": [],
        "wants": [[[0], [1, 2], False, ""]],
    }  # fmt: skip
    one, other = (search._Search({**many, "taste": taste}, 100, lambda: None).run() for taste in (1, 2))
    assert one != other
    assert one == search._Search(many, 100, lambda: None).run()


def year_after_two(cases: int, seed: int) -> ProtectedReport:
    facts = drawn(cases, seed)
    quarter = published(report(facts, QUARTER), QUARTER)
    half = published(report(facts, HALF, (quarter,)), HALF, 2)
    return report(facts, YEAR, (quarter, half))


def test_other_corners_with_picks_that_fit_spare_most_integer_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    turning = True
    real, turned = search._Solver._whole, search._Solver._turned

    def whole(solver: search._Solver, held: Mapping[int, int], cost: list[float]) -> list[int] | None:
        asked.append(turning)
        return real(solver, held, cost)

    def turn(
        solver: search._Solver, held: Mapping[int, int], taste: random.Random, picked: tuple[int, ...]
    ) -> list[int] | None:
        return turned(solver, held, taste, picked) if turning else None

    monkeypatch.setattr(Solver, "worlds", answered_here)
    monkeypatch.setattr(search._Solver, "_whole", whole)
    monkeypatch.setattr(search._Solver, "_turned", turn)
    assert year_after_two(60, 420_000).tables
    turning = False
    assert year_after_two(60, 420_000).tables
    assert asked.count(True) < asked.count(False) / 2


def test_values_whose_worlds_no_draw_explains_are_asked_for_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Solver, "worlds", answered_here)
    facts = drawn(150, 1_050_016)
    quarter = published(report(facts, QUARTER), QUARTER)
    twice = report(facts, HALF, (quarter,))
    monkeypatch.setattr(audit, "ATTEMPTS", 1)
    assert len(report(facts, HALF, (quarter,)).tables) < len(twice.tables)


def test_values_that_were_not_looked_for_are_not_counted() -> None:
    def want(place: int, *, final: bool) -> Want:
        return Want(
            Target("rol", "melder", (0,), (place,)), ("melder",), (0, 4), replayed=False, hidden=False, final=final
        )

    block = Block(frozenset({"rol"}), (), (), ())
    settled = audit.Inquiry(block, (want(0, final=True), want(1, final=False)), ())
    assert settled.spared([[0, 1], [4, 1]]) == 0
    assert settled.spared([[0, 1]]) == 2  # 4 of the first was looked for in vain, and then 0 and 4 of the second not
    assert audit.Inquiry(block, (want(0, final=False), want(1, final=False)), ()).spared([]) == 0
