"""Bounds that follow from rows: what a few of them say together, and the known numbers of which others are a part."""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

from tests.reporting.disclosure.registry import HALF, QUARTER, YEAR
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.block import TOTAL, UNBOUNDED, Block, Row, Variable
from vpdesk.reporting.disclosure.bounds import Around, bounds, narrowed, provable
from vpdesk.reporting.disclosure.model import Reader

if TYPE_CHECKING:
    from vpdesk.domain.periods import Period

ROLES = ("melder", "getuige", "collega", "onbekend")


def said(period: Period, count: int, *roles: str) -> Statement:
    box = Box.where_({"rol": frozenset(roles)}) if roles else Box()
    return Statement(Of.CASES, box, period, count, count)


def read(*statements: Statement) -> tuple[Reader, Block]:
    """Return the joint block of some statements of which the totals are not all known."""
    reader = Reader(statements, {"rol": ROLES})
    (block,) = reader.blocks(strict=True)
    return reader, block


def places(reader: Reader, block: Block, period: Period, *roles: str, less: Period | None = None) -> tuple[int, ...]:
    """Return the variables of some roles, of all cases when there are none, in a period or what is left of it."""
    region = [i for i in reader.region(period) if less is None or i not in reader.region(less)]
    at = block.index()
    if not roles:
        return tuple(at[Variable(i, TOTAL, "")] for i in region)
    return tuple(at[Variable(i, "rol", role)] for i in region for role in roles)


def test_a_table_and_a_letter_leave_less_together_than_each_alone() -> None:
    reader, block = read(
        said(QUARTER, 14), said(QUARTER, 8, "melder", "getuige", "collega"), said(HALF, 5, "melder", "getuige")
    )
    rest = places(reader, block, QUARTER, "collega")
    assert provable(block, *bounds(block))(rest)[0] == 0
    assert narrowed(block, *bounds(block))(rest)[0] == 3  # of eight at most five were melder or getuige


def test_there_are_as_many_cases_as_in_all_codes_together() -> None:
    reader, block = read(said(QUARTER, 8), said(QUARTER, 3, "melder", "getuige"), said(HALF, 9, "melder", "getuige"))
    later = places(reader, block, HALF, less=QUARTER)
    assert provable(block, *bounds(block))(later)[0] == 0
    assert narrowed(block, *bounds(block))(later) == (6, UNBOUNDED)


def test_a_code_holds_as_many_cases_as_its_cells_in_whichever_part_of_the_period() -> None:
    both = Statement(Of.CASES, Box.where_({"rol": "melder", "relatie": "klant"}), YEAR, 9, 9)
    reader = Reader((both, said(HALF, 20)), {"rol": ROLES, "relatie": ("klant", "onbekend")})
    block = next(block for block in reader.blocks(strict=True) if "rol" in block.dimensions)
    melders = places(reader, block, YEAR, "melder")
    assert len(melders) == 2
    assert provable(block, *bounds(block))(melders)[0] == 0
    assert narrowed(block, *bounds(block))(melders)[0] == 9


def test_no_world_lies_outside_what_a_few_rows_narrow() -> None:
    rng = random.Random(1)  # noqa: S311 - invented rows
    for _ in range(60):
        variables = tuple(Variable(i, "rol", role) for i in range(2) for role in ROLES[:2])
        world = [rng.randrange(4) for _ in variables]
        parts = [tuple(i for i in range(len(variables)) if rng.random() < 0.6) for _ in range(4)]
        sums = [sum(world[i] for i in part) for part in parts]
        rows = tuple(Row(part, (), n - rng.randrange(2), n) for part, n in zip(parts, sums, strict=True) if part)
        block = Block(frozenset({"rol"}), variables, rows, ())
        worlds = [w for w in product(range(8), repeat=len(variables)) if block.holds(w)]
        one, few = provable(block, *bounds(block)), narrowed(block, *bounds(block))
        for spread in ((0,), (0, 1), (1, 2), (0, 2, 3)):
            low, high = few(spread)
            assert one(spread)[0] <= low
            assert high <= one(spread)[1]
            assert all(low <= sum(world[i] for i in spread) <= high for world in worlds)


def test_what_is_left_of_a_printed_number_in_other_segments_is_known() -> None:
    reader, block = read(said(QUARTER, 9, "melder"), said(HALF, 3, "getuige", "collega"), said(YEAR, 15, "melder"))
    around = Around(block)
    second = places(reader, block, HALF, "melder", less=QUARTER)
    assert around.printed(second) == 15
    assert around.left(second) == 6
    assert around.left(places(reader, block, QUARTER, "melder")) == 9
    assert around.left(places(reader, block, QUARTER, "getuige")) == 3
    assert around.left(places(reader, block, YEAR, "getuige")) == UNBOUNDED


def test_codes_of_the_same_segment_are_not_taken_from_what_is_known() -> None:
    reader, block = read(said(HALF, 12, "melder", "getuige"), said(HALF, 9, "melder"), said(YEAR, 40, "collega"))
    getuige = places(reader, block, HALF, "getuige")
    assert Around(block).left(getuige) == 12
