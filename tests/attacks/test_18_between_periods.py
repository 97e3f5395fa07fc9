"""Attack 18, between several reports: whoever knows the method replays them all, and looks at what is left between them.

The naive reports hide what is small and draw others beside it, each at its own threshold, as if nothing else was out.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.attacks.attackers import K
from tests.attacks.several import Out, Several, World
from tests.reporting.disclosure.registry import HALF, YEAR, frozen
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting.disclosure import remainders
from vpdesk.reporting.disclosure.family import Relative

if TYPE_CHECKING:
    from collections.abc import Sequence

CODES = ("melder", "getuige", "naaste", "onbekend")


def months(first: int, last: int) -> Period:
    return Period(date(2025, first, 1), date(2025, last, monthrange(2025, last)[1]))


class Series(NamedTuple):
    """Reports of a registry, and a small number of melders: those of its reports taken with these signs."""

    reports: Several
    world: World
    signs: tuple[int, ...]
    where: int
    """In which stretch of the year they lie."""

    def melders(self, world: World) -> int:
        return world[self.where][0]


def series(world: World, days: Sequence[date], signs: Sequence[int], where: int, *out: Out) -> Series:
    return Series(Several(CODES, days, out), world, tuple(signs), where)


FEB, MAY, AUG, NOV = (date(2025, month, 3) for month in (2, 5, 8, 11))
OPEN = Audience.OPENBAAR
SERIES = {
    "a half-year at 10, a year at 5": series(
        ((9, 21, 15, 16), (3, 30, 20, 20)), (FEB, AUG), (-1, 1), 1, Out(HALF, OPEN), Out(YEAR)
    ),
    "the threshold was raised": series(
        ((4, 14, 15, 16), (4, 40, 30, 30)), (FEB, AUG), (-1, 1), 1, Out(HALF), Out(YEAR, threshold=8)
    ),
    "a year, then two of its quarters": series(
        ((4, 12, 19, 14), (13, 15, 16, 17), (3, 20, 30, 20)), (FEB, MAY, AUG), (1, -1, -1), 2,
        Out(YEAR), Out(months(1, 3)), Out(months(4, 6)),
    ),
    "four months, then the year": series(
        ((4, 6, 19, 7),) * 4 + ((2, 30, 40, 30),), (*(date(2025, m, 3) for m in (1, 2, 3, 4)), NOV), (-1, -1, -1, -1, 1),
        4, *(Out(months(m, m)) for m in (1, 2, 3, 4)), Out(YEAR),
    ),
    "a year and two periods that overlap": series(
        ((5, 12, 14, 15), (4, 11, 13, 14), (2, 10, 20, 12)), (FEB, MAY, NOV), (-1, 1, 1), 1,
        Out(YEAR), Out(months(1, 9)), Out(months(4, 12)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SERIES)
def test_what_is_left_between_reports_falls_where_each_hides_for_itself(name: str) -> None:
    reports, world, signs, _ = SERIES[name]
    fallen = []
    for order in reports.keys:
        left = {0}
        for sign, counts in zip(signs, reports.alone(world, order, "melder"), strict=True):
            left = {rest + sign * count for rest in left for count in counts}
        fallen.append(0 < len(left & {*range(K)}) < K)
    assert any(fallen)


QUARTERS = "a year, then two of its quarters"
STANDS = [*((name, "naaste") for name in SERIES), (QUARTERS, "getuige")]
LONG = [(name, "getuige") for name in SERIES if name != QUARTERS]


@pytest.mark.parametrize(("name", "drawn"), [*STANDS, *(pytest.param(*each, marks=pytest.mark.long) for each in LONG)])
def test_what_is_left_between_reports_stays_open_to_whoever_runs_vpdesk_again(name: str, drawn: str) -> None:
    reports, world, _, _ = SERIES[name]
    key = next(key for order, key in reports.keys.items() if order[0] == drawn)
    assert reports.excluded(world, key, "melder", SERIES[name].melders) == set()


def test_the_audit_asks_of_what_the_rule_does_not_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remainders, "MOST_SUBTRACTED", 1)
    reports, world, _, _ = SERIES["four months, then the year"]
    key = next(key for order, key in reports.keys.items() if order[0] == "naaste")
    assert reports.excluded(world, key, "melder", SERIES["four months, then the year"].melders) == set()


def test_a_holding_less_a_subsidiary_stays_open_to_whoever_runs_vpdesk_again() -> None:
    # The subsidiary hides melder and one more; a letter says six melders of the holding with its subsidiary.
    said = Statement(Of.CASES, Box.of(rol="melder"), YEAR, 6, 6)
    letter = replace(frozen((said,), (), YEAR), client=ClientId(2), kind=Kind.BRIEF)
    family = (Relative(letter, frozenset({ClientId(1), ClientId(2)})),)
    world = ((4, 10, 12, 12),)
    naive = Several(CODES, (FEB,), (Out(YEAR),))
    left = [{6 - n for (counts,) in [naive.alone(world, order, "melder")] for n in counts} for order in naive.keys]
    assert any(0 < len(some & {*range(K)}) < K for some in left)
    reports = Several(CODES, (FEB,), (Out(YEAR),), family=family)
    for key in (key for order, key in reports.keys.items() if order[0] in {"getuige", "naaste"}):
        assert reports.excluded(world, key, "melder", lambda other: 6 - other[0][0]) == set()
