"""The worlds that were found: only those that agree are given again, and none is checked against a row twice."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from vpdesk.reporting.disclosure.block import Block, Row, Variable
from vpdesk.reporting.disclosure.pool import Pool

if TYPE_CHECKING:
    import pytest

VARIABLES = tuple(Variable(0, "rol", code) for code in ("melder", "getuige", "betrokkene", "onbekend"))


def block(*rows: Row) -> Block:
    return Block(frozenset({"rol"}), VARIABLES, rows, ())


def test_the_worlds_given_are_those_that_agree_whatever_was_asked_before() -> None:
    rng = random.Random(4)  # noqa: S311 - invented worlds
    worlds = [[rng.randrange(4) for _ in VARIABLES] for _ in range(60)]
    rows = [
        Row(tuple(rng.sample(range(4), rng.randint(1, 3))), (), low := rng.randrange(4), low + rng.randrange(4))
        for _ in range(12)
    ]
    pool = Pool()
    assert not pool
    for number, world in enumerate(worlds):
        pool.add(block(), [world, world])
        asked = block(*rng.sample(rows, 3))
        expected = list(dict.fromkeys(tuple(w) for w in worlds[: number + 1] if asked.holds(w)))
        assert list(map(tuple, pool.of(asked))) == expected
    assert any(pool.of(block(row)) for row in rows)
    assert pool.of(Block(frozenset(), VARIABLES[:3], (), ())) == []
    pool.clear()
    assert not pool


def test_no_world_is_checked_against_a_row_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[tuple[Row, tuple[int, ...]]] = []
    real = Row.holds

    def holds(row: Row, world: list[int]) -> bool:
        checked.append((row, tuple(world)))
        return real(row, world)

    monkeypatch.setattr(Row, "holds", holds)
    few, all_ = Row((0,), (), 0, 1), Row((0, 1, 2, 3), (), 3, 6)
    pool = Pool()
    pool.add(block(), [[n, 1, 1, 1] for n in range(5)])
    assert [world[0] for world in pool.of(block(few, all_))] == [0, 1]
    assert [world[0] for world in pool.of(block(all_, few))] == [0, 1]
    assert len(checked) == len(set(checked))
    assert len(checked) < 2 * 2 * 5


def test_worlds_against_which_a_block_was_held_are_not_checked_against_its_rows_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = Row((0,), (), 1, 2), Row((1, 2), (), 0, 3)
    pool = Pool()
    pool.add(block(), [[9, 1, 1, 1], [2, 0, 0, 0]])
    pool.add(block(one), [[1, 2, 2, 0], [2, 0, 0, 0]], held=True)
    checked: list[tuple[Row, int]] = []
    real = Row.holds

    def holds(row: Row, world: list[int]) -> bool:
        checked.append((row, world[0]))
        return real(row, world)

    monkeypatch.setattr(Row, "holds", holds)
    assert pool.of(block(one, other)) == [[2, 0, 0, 0]]
    assert checked == [(one, 9), (other, 2), (other, 1)]
