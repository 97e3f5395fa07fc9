"""Two-way tables made by hand, and every cube of small numbers: what the audit of crossings is compared with."""

from __future__ import annotations

from collections import Counter
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

from vpdesk.domain.report_choices import codes_of, crossed_parts
from vpdesk.domain.statements import Box, Of, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.reporting.disclosure.block import Target

Case = dict[str, str]
World = tuple[tuple[Case, ...], ...]
"""The cases of each segment."""


def said(period: Period, low: int, high: int | None = None, **where: str | frozenset[str]) -> Statement:
    """Return a statement; `fase_op_2025-12-31` is written with an `@` in a name that is no keyword."""
    box = Box.where_({name.replace("_op_", "@").replace("_", "-"): codes for name, codes in where.items()})
    return Statement(Of.CASES, box, period, low, low if high is None else high)


def two_way(
    period: Period, down: str, across: str, counts: Mapping[tuple[str, str], int], hidden: Collection[tuple[str, str]]
) -> list[Statement]:
    """Return the printed cells of a two-way table."""
    return [
        Statement(Of.CASES, Box.where_({down: row, across: column}), period, count, count)
        for (row, column), count in counts.items()
        if (row, column) not in hidden
    ]


def cubes(kinds: Sequence[Case], totals: Sequence[int]) -> Iterator[World]:
    """Yield every world with so many cases in each segment, each of one of these kinds."""
    yield from product(*(tuple(combinations_with_replacement(kinds, total)) for total in totals))


def kinds_of(codes: Mapping[str, Sequence[str]], possible: Callable[[Case], bool] = lambda _: True) -> list[Case]:
    """Return every combination of codes that is possible."""
    every = (dict(zip(codes, some, strict=True)) for some in product(*codes.values()))
    return [case for case in every if possible(case)]


def holds(statement: Statement, world: World, region: Sequence[int]) -> bool:
    """Return whether a world keeps a statement over these segments."""
    where = dict(statement.box.where)
    count = sum(all(case[name] in codes for name, codes in where.items()) for i in region for case in world[i])
    return statement.minimum <= count <= statement.maximum


def value(target: Target, world: World) -> int:
    """Return what a world has for a target."""
    names = crossed_parts(target.dimension) or (target.dimension,)
    keys = crossed_parts(target.code) or (target.code,)
    asked = [(name, codes_of(key)) for name, key in zip(names, keys, strict=True) if name]
    return sum(all(case[name] in codes for name, codes in asked) for i in target.region for case in world[i])


def drawn_counts(cases: Sequence[Case], down: str, across: str) -> Counter[tuple[str, str]]:
    """Return the counts of a two-way table, without the cells in which there is nobody."""
    return Counter((case[down], case[across]) for case in cases)
