"""Attack 18, on two-way tables of a holding and its subsidiary: a letter told one crossing of both together.

Whoever has the letter and both reports fills in every world, and runs the reports again over all of them. The naive
report protects each two-way table on its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Final

import pytest

from tests.attacks import kit
from tests.reporting.disclosure.registry import CLIENT, YEAR, frozen, published
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.publications import Kind
from vpdesk.domain.report_choices import crossing
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.draw import drawn_weights
from vpdesk.reporting.disclosure.family import Relative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vpdesk.reporting.statements import ProtectedReport

K: Final = 2
SIDES: Final = {"rol": ("melder", "getuige"), "relatie": ("collega", "klant", "groep")}
CELLS: Final = tuple(product(*SIDES.values()))
OTHER: Final = ClientId(2)

Counts = tuple[int, ...]
"""The cases of one organisation, by cell."""

Cells = frozenset[int]


@cache
def keys(hidden: Cells) -> tuple[bytes, ...]:
    """Return two keys of the vault that draw just these cells to be hidden for no reason."""
    names = {crossing(relation, role): number for number, (role, relation) in enumerate(CELLS)}
    found = []
    for number in range(200_000):
        weights = drawn_weights(number.to_bytes(4), CLIENT, ("relatie", "rol"), YEAR, dict.fromkeys(names, False))
        if {names[cell] for cell, weight in weights.items() if weight < 0} == hidden:
            found.append(number.to_bytes(4))
            if len(found) == 2:
                break
    return tuple(found)


class Reporting:
    """vpdesk's report of one of them, made once for what it counts, what the other told before, and the draw."""

    def __init__(self, *known: Relative) -> None:
        self.known = known
        self._made: dict[tuple[Counts, bytes], ProtectedReport | None] = {}

    def __call__(self, counts: Counts, key: bytes) -> ProtectedReport | None:
        if (counts, key) not in self._made:
            facts = [
                fact
                for (role, relation), n in zip(CELLS, counts, strict=True)
                for fact in kit.several(n, rol=role, relatie=relation)
            ]
            asked = {"codes": SIDES, "choices": kit.CROSSED, "threshold": K, "family": self.known}
            try:
                self._made[counts, key] = kit.ours(facts, YEAR, key=key, **asked)
            except ReportRefusedError:
                self._made[counts, key] = None
        return self._made[counts, key]

    def may_be_of(self, counts: Counts, report: ProtectedReport, key: bytes) -> bool:
        """Return whether some draw makes this very report of these counts."""
        return any(self(counts, other) == report for other in (key, *keys(hidden_in(report))))


def hidden_in(report: ProtectedReport) -> Cells:
    """Return the cells that a two-way table hides; none where there is no table."""
    dashes = {
        (row, column)
        for table in report.crossed
        for row, cells in zip(table.rows, table.cells, strict=True)
        for column, value in zip(table.columns, cells, strict=True)
        if value is None
    }
    return frozenset(number for number, pair in enumerate(CELLS) if pair in dashes)


def fitting(report: ProtectedReport) -> Iterator[Counts]:
    """Yield every table that fits what a report says."""
    said = []
    for statement in report.statements:
        where = dict(statement.box.where)
        there = [
            n for n, pair in enumerate(CELLS) if all(c in where.get(d, (c,)) for d, c in zip(SIDES, pair, strict=True))
        ]
        said.append((there, statement.minimum, statement.maximum))

    def fill(counts: Counts) -> Iterator[Counts]:
        here = len(counts)
        for there, least, most in said:
            n = sum(counts[i] for i in there if i < here)
            if n > most or (n < least and max(there) < here):
                return
        if here == len(CELLS):
            yield counts
            return
        for value in range(min(most for there, _, most in said if here in there) + 1):
            yield from fill((*counts, value))

    yield from fill(())


def around(counts: Counts, cell: int) -> int:
    """Return the smaller margin of a cell."""
    return min(
        sum(n for n, pair in zip(counts, CELLS, strict=True) if pair[side] == CELLS[cell][side]) for side in (0, 1)
    )


@dataclass(frozen=True)
class Family:
    """The cases of a holding and its subsidiary, the cell of which the letter tells, and the draw of each vault."""

    holding: Counts
    subsidiary: Counts
    cell: int
    draws: tuple[int, int]

    @property
    def told(self) -> int:
        """How many cases of both have the role and the relation of the cell."""
        return self.holding[self.cell] + self.subsidiary[self.cell]

    @property
    def letter(self) -> Relative:
        role, relation = CELLS[self.cell]
        box = Box.where_({"rol": role, "relatie": relation})
        letter = frozen((Statement(Of.CASES, box, YEAR, self.told, self.told),), (), YEAR, 0)
        return Relative(replace(letter, client=OTHER, kind=Kind.BRIEF), frozenset({CLIENT, OTHER}))


FAMILIES: Final = {
    "a small cell of the holding": Family((6, 5, 5, 5, 8, 0), (5, 5, 7, 7, 8, 5), 5, (13, 67)),
    "with the same dashes": Family((8, 5, 7, 5, 0, 4), (5, 5, 8, 2, 5, 7), 4, (54, 446)),
    "a small cell of the subsidiary too": Family((8, 4, 7, 5, 7, 1), (6, 8, 7, 5, 9, 2), 5, (288, 36983)),
}


def read(one: ProtectedReport, two: ProtectedReport, family: Family) -> list[tuple[Counts, Counts]]:
    """Return every world that fits both reports and the letter."""
    found = product(fitting(one), fitting(two))
    return [world for world in found if sum(counts[family.cell] for counts in world) == family.told]


def narrowed(counts: Counts, values: list[set[int]], family: Family) -> list[int]:
    """Return the small cells that can't have every value from 0 to the threshold, given their values by cell."""
    small = [cell for cell, n in enumerate(counts) if n < K]
    return [cell for cell in small if not values[cell] >= set(range(min(K, most(counts, cell, family)) + 1))]


def most(counts: Counts, cell: int, family: Family) -> int:
    """Return the most that a cell can be by its margins and the letter alone."""
    return min(around(counts, cell), family.told if cell == family.cell else sum(counts))


@pytest.mark.parametrize("name", FAMILIES)
def test_what_both_print_beside_the_letter_leaves_every_small_cell_open(name: str) -> None:
    family = FAMILIES[name]
    both, draws = (family.holding, family.subsidiary), [draw.to_bytes(4) for draw in family.draws]
    first = Reporting(family.letter)
    one = first(family.holding, draws[0])
    assert one is not None
    assert hidden_in(one)
    second = Reporting(family.letter, Relative(replace(published(one, YEAR), client=OTHER), frozenset({OTHER})))
    two = second(family.subsidiary, draws[1])
    assert two is not None
    assert hidden_in(two)
    worlds = read(one, two, family)
    assert both in worlds
    again = [
        {mine for mine in {world[who] for world in worlds} if reporting.may_be_of(mine, report, draw)}
        for who, (reporting, report, draw) in enumerate(zip((first, second), (one, two), draws, strict=True))
    ]
    alike = [world for world in worlds if all(counts in made for counts, made in zip(world, again, strict=True))]
    for who, report in enumerate((one, two)):
        values = [{world[who][cell] for world in worlds} for cell in range(len(CELLS))]
        assert narrowed(both[who], values, family) == []
        for cell in (cell for cell in hidden_in(report) if both[who][cell] < K):
            replayed = {world[who][cell] for world in alike}
            assert replayed >= {value for value in range(K) if value <= most(both[who], cell, family)}


@pytest.mark.parametrize("name", FAMILIES)
def test_tables_that_are_protected_each_for_itself_give_a_small_cell_away(name: str) -> None:
    family, alone = FAMILIES[name], Reporting()
    fallen = []
    for draw in (keys(frozenset())[0], *(draw.to_bytes(4) for draw in family.draws)):
        one, two = alone(family.holding, draw), alone(family.subsidiary, draw)
        assert one is not None
        assert two is not None
        worlds = read(one, two, family)
        for who, counts in enumerate((family.holding, family.subsidiary)):
            values = [{world[who][cell] for world in worlds} for cell in range(len(CELLS))]
            fallen += narrowed(counts, values, family)
    assert fallen
