"""Two known records in a two-way table: each moves an end of what a hidden cell can be by one at the most."""

from __future__ import annotations

import random
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Cells = tuple[tuple[int, int], ...]
World = tuple[int, ...]


def worlds(cells: Cells, rows: Sequence[int], columns: Sequence[int]) -> Iterator[World]:
    """Yield every way to fill the hidden cells so that the lines have these sums."""
    if not cells:
        if not any(rows) and not any(columns):
            yield ()
        return
    (row, column), *rest = cells
    last_of_row = not any(r == row for r, _ in rest)
    least = rows[row] if last_of_row else 0
    for n in range(least, min(rows[row], columns[column]) + 1):
        left = [m - n * (i == row) for i, m in enumerate(rows)]
        above = [m - n * (i == column) for i, m in enumerate(columns)]
        for others in worlds(tuple(rest), left, above):
            yield (n, *others)


def drawn(seed: int) -> tuple[Cells, list[World]]:
    """Return the hidden cells of a drawn table of three by three, and all that they can be."""
    rng = random.Random(seed)  # noqa: S311 - drawn tables
    cells = tuple(pair for pair in product(range(3), range(3)) if rng.random() < 0.8)
    truth = [rng.choice((0, 0, 1, 2, 4, 6)) for _ in cells]
    rows = [sum(n for (r, _), n in zip(cells, truth, strict=True) if r == i) for i in range(3)]
    columns = [sum(n for (_, c), n in zip(cells, truth, strict=True) if c == i) for i in range(3)]
    return cells, list(worlds(cells, rows, columns))


@pytest.mark.parametrize("seed", [*range(25), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(25, 300))])
def test_a_known_record_moves_each_end_by_one_at_the_most(seed: int) -> None:
    cells, possible = drawn(seed)
    for cell, known in product(range(len(cells)), range(len(cells))):
        with_it = [world for world in possible if world[known]]
        if not with_it:
            continue
        before = [world[cell] for world in possible]
        others = [world[cell] - (cell == known) for world in with_it]
        assert max(others) >= max(before) - 1
        assert min(others) <= min(before) + 1


@pytest.mark.parametrize("k", [3, 5])
@pytest.mark.parametrize("seed", [*range(25), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(25, 300))])
def test_room_for_two_more_than_the_threshold_leaves_a_width_when_two_are_known(seed: int, k: int) -> None:
    cells, possible = drawn(seed)
    for cell in range(len(cells)):
        values = [world[cell] for world in possible]
        if min(values) > 0 or max(values) < k + 2:
            continue
        for pair in combinations_with_replacement(range(len(cells)), 2):
            known = [pair.count(i) for i in range(len(cells))]
            fits = [w for w in possible if all(n >= m for n, m in zip(w, known, strict=True))]
            others = [world[cell] - known[cell] for world in fits]
            assert not others or max(others) - min(others) >= k - 2
