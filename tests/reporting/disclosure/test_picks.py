"""How the child searches: picks mended by turns, tables that are settled, worlds that no draw explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.reporting.disclosure.registry import HALF, QUARTER, YEAR, answered_here, drawn, published, report
from vpdesk.reporting.disclosure import audit, search
from vpdesk.reporting.disclosure.block import Block, Target
from vpdesk.reporting.disclosure.picks import Tables
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.disclosure.wants import Want

if TYPE_CHECKING:
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


@pytest.mark.parametrize(
    ("values", "picked"),
    [
        ([4.0, 4.0, 4.0], (0, 0, 0)),
        ([2.0, 8.0, 2.0], (0, 1, 0)),
        ([5.0, 0.0, 7.0], (0, 0, 1)),  # one at most, the one that exceeds most
    ],
)
def test_a_printed_table_drew_the_cell_that_is_not_small(values: list[float], picked: tuple[int, ...]) -> None:
    assert Tables([LINE], 3, 0).fitting(values) == picked


@pytest.mark.parametrize(
    ("values", "picked"),
    [
        ([3.0, 4.0, 5.0], (0, 0, 1)),  # one large, and all others small
        ([6.0, 6.0, 0.0], (1, 1, 0)),  # two large, and next to nothing beside them
        ([6.0, 3.0, 3.0], (1, 0, 0)),
    ],
)
def test_a_table_was_left_out_for_one_large_cell_or_for_two(values: list[float], picked: tuple[int, ...]) -> None:
    assert Tables([LEFT_OUT], 3, 0).fitting(values) == picked


def test_two_tables_of_one_draw_do_not_draw_what_the_other_shows() -> None:
    apart = Tables([{**LINE, "shown": ["d"]}, {**OTHER, "shown": ["a"]}], 5, 0)
    assert apart.fitting([8.0, 0.0, 0.0, 9.0, 0.0]) == (1, 0, 0, 0, 0)
    assert Tables([LINE, {**OTHER, "shown": ["a"], "group": "two"}], 5, 0).fitting([8.0, 0.0, 0.0, 9.0, 0.0]) == (
        1, 0, 0, 1, 0,
    )  # fmt: skip


MANY: dict[str, Any] = {**LINE, "beyond": {"a": [(9, 10)], "b": [], "c": [(7, 8), (11, 12)]}}


@pytest.mark.parametrize(
    ("values", "picked"),
    [
        ([10.0, 1.0, 1.0], (0, 1, 0, 0, 0, 0)),  # a column after its own for each stretch in which it is small
        ([0.0, 0.0, 12.0], (0, 0, 0, 0, 0, 1)),
        ([2.0, 0.0, 10.0], (0, 0, 0, 1, 0, 0)),  # between two of them it was drawn
        ([0.0, 5.0, 7.0], (0, 0, 1, 0, 1, 0)),
    ],
)
def test_a_cell_that_leaves_few_of_a_whole_was_not_drawn(values: list[float], picked: tuple[int, ...]) -> None:
    assert Tables([MANY], 3, 0, beyond=True).fitting(values) == picked
    assert Tables([MANY], 3, 0).picks == 3


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


def test_mended_picks_spare_most_integer_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    mending = True
    real, mended = search._Solver._whole, search._Solver._mended

    def whole(solver: search._Solver, held: Mapping[int, int], cost: list[float]) -> list[int] | None:
        asked.append(mending)
        return real(solver, held, cost)

    def mend(
        solver: search._Solver, held: Mapping[int, int], cost: list[float], corner: list[float]
    ) -> list[int] | None:
        return mended(solver, held, cost, corner) if mending else None

    monkeypatch.setattr(Solver, "worlds", answered_here)
    monkeypatch.setattr(search._Solver, "_whole", whole)
    monkeypatch.setattr(search._Solver, "_mended", mend)
    assert year_after_two(60, 420_000).tables
    mending = False
    assert year_after_two(60, 420_000).tables
    assert asked.count(True) < asked.count(False)


def test_values_whose_worlds_no_draw_explains_are_asked_for_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Solver, "worlds", answered_here)
    facts = drawn(150, 1_050_011)
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
