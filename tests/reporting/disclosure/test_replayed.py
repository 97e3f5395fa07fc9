"""Whole reports replayed: every world and every order of the draw, for a half-year and the year after it.

A reader who knows the method and not the key groups the worlds by what would have been published. In each group every
number that may be small must admit every value below the threshold.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.registry import CLIENT, DIMENSIONS, HALF, YEAR, case, published, report
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.reporting.disclosure.draw import drawn_order
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.reporting.statements import ProtectedReport

ROLES = ("melder", "getuige", "onbekend")
CODES = {**DIMENSIONS, "rol": ROLES}
World = tuple[int, ...]
"""Three roles in the first half, and three in the second."""


def keys() -> list[bytes]:
    """One key of the vault for each order of the three roles."""
    found: dict[tuple[str, ...], bytes] = {}
    for n in range(200):
        found.setdefault(drawn_order(bytes([n]), CLIENT, "rol", 2025, ROLES), bytes([n]))
    assert len(found) == 6
    return list(found.values())


def worlds(total: int, parts: int = 6) -> Iterator[World]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in worlds(total - first, parts - 1):
            yield (first, *rest)


def facts_of(world: World) -> list[CaseFacts]:
    days = [date(2025, 2, 3)] * 3 + [date(2025, 9, 1)] * 3
    return [case(day, rol=role) for day, role, n in zip(days, ROLES * 2, world, strict=True) for _ in range(n)]


def said(world: World, key: bytes, k: int, earlier: tuple[Publication, ...] = ()) -> ProtectedReport | None:
    period = YEAR if earlier else HALF
    try:
        return report(facts_of(world), period, earlier, threshold=k, wanted=("rol",), dimensions=CODES, key=key)
    except ReportRefusedError:
        return None


def numbers() -> dict[str, Callable[[World], int]]:
    """Every number that a reader could be after."""
    found: dict[str, Callable[[World], int]] = {
        "first half": lambda w: sum(w[:3]),
        "second half": lambda w: sum(w[3:]),
        "year": sum,
    }
    for i, role in enumerate(ROLES):
        found[f"{role}, first half"] = lambda w, i=i: w[i]  # type: ignore[misc]
        found[f"{role}, second half"] = lambda w, i=i: w[i + 3]  # type: ignore[misc]
        found[f"{role}, year"] = lambda w, i=i: w[i] + w[i + 3]  # type: ignore[misc]
    return found


def narrowed(k: int, most: int) -> tuple[list[tuple[str, set[int]]], int]:
    """The small numbers that replay narrows down, and how many kinds of publication there were.

    What a reader sees after a refusal is the half-year alone, and what says no more than that there are few or many may
    come from worlds larger than those tried here; neither is judged.
    """
    groups: dict[object, set[World]] = defaultdict(set)
    halves: dict[tuple[World, bytes], ProtectedReport | None] = {}
    for total in range(k, most + 1):
        for world in worlds(total):
            for key in keys():
                at = (world[:3], key)
                if at not in halves:
                    halves[at] = said((*world[:3], 0, 0, 0), key, k)
                half = halves[at]
                assert half is not None
                year = said(world, key, k, (published(half, HALF),))
                if year is not None and year.total is not None and year.total.maximum <= most:
                    groups[half.level, half.statements, year.level, year.statements].add(world)
    found = []
    for possible in groups.values():
        for name, number in numbers().items():
            values = {number(world) for world in possible}
            small = {value for value in values if value < k}
            if small and small != set(range(k)):
                found.append((name, values))
    return found, len(groups)


@pytest.mark.no_cover  # measured, it takes twice as long
@pytest.mark.parametrize(
    ("k", "most"),
    [(2, 4), pytest.param(2, 7, marks=pytest.mark.long), pytest.param(3, 8, marks=pytest.mark.long)],
)
def test_no_small_number_is_narrowed_by_replaying_whole_reports(k: int, most: int) -> None:
    found, groups = narrowed(k, most)
    assert found == []
    assert groups > 2


def test_a_year_that_counts_on_after_a_silence_falls_to_that_replay() -> None:
    # As it was before silence counted: a total goes out from k cases on, whatever was not said before.
    groups: dict[object, set[World]] = defaultdict(set)
    for world in worlds(3):
        half = said((*world[:3], 0, 0, 0), keys()[0], 3)
        assert half is not None
        groups[half.level].add(world)
    silent = {sum(world[3:]) for world in groups[Level.GEEN_GETALLEN]}
    assert silent == {1, 2, 3}  # a printed total of 3 would exclude none in the second half
