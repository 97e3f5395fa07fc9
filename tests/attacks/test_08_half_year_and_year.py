"""Attack 8: the year less the half-year, the year less a quarter, and the year less a half-year that said nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, K, Solving, said, statements_of
from tests.attacks.worlds import Reporting
from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import HALF, QUARTER, SECOND_HALF, SECOND_QUARTER, YEAR
from vpdesk.domain.periods import Period

CODES = {"rol": kit.ROLES}
EARLY_COUNTS = (9, 8, 7, 6, 12)
NINE_MONTHS = Period(date(2025, 4, 1), date(2025, 12, 31))


@pytest.mark.parametrize("late", [(2, 9, 8, 7, 11), (0, 6, 6, 6, 6), (4, 0, 1, 9, 9)])
@pytest.mark.parametrize(("part", "rest"), [(HALF, SECOND_HALF), (QUARTER, NINE_MONTHS)])
def test_the_year_less_a_part(late: tuple[int, ...], part: Period, rest: Period) -> None:
    facts = kit.cases(dict(zip(kit.ROLES, EARLY_COUNTS, strict=True)))
    facts += kit.cases(dict(zip(kit.ROLES, late, strict=True)), opened=kit.LATE)
    naively = Solving(naive.report(facts, part, CODES) + naive.report(facts, YEAR, CODES), CODES)
    found = Solving(statements_of(kit.out(facts, part, YEAR)), CODES)
    for code, count in zip(kit.ROLES, late, strict=True):
        if count < K:
            assert set(naively.values(YEAR, less=part, rol=code)) == {count}
            assert set(found.values(YEAR, less=part, rol=code)) >= OPEN
            assert set(found.values(rest, rol=code)) >= OPEN


def test_two_quarters_and_the_year_after_them() -> None:
    quarters = ((kit.EARLY, (9, 7, 6, 6, 8)), (date(2025, 5, 6), (8, 6, 9, 7, 9)), (kit.LATE, (2, 9, 8, 0, 11)))
    facts = [f for day, row in quarters for f in kit.cases(dict(zip(kit.ROLES, row, strict=True)), opened=day)]
    periods = (QUARTER, SECOND_QUARTER, YEAR)
    naively = Solving([s for period in periods for s in naive.report(facts, period, CODES)], CODES, (SECOND_HALF,))
    assert set(naively.values(SECOND_HALF, rol="melder")) == {2}
    assert set(naively.values(SECOND_HALF, rol="naaste")) == {0}
    publications = kit.out(facts, *periods)
    found = Solving(statements_of(publications), CODES, (SECOND_HALF,))
    assert publications[-1].pattern
    assert set(found.values(SECOND_HALF, rol="melder")) >= OPEN
    assert set(found.values(SECOND_HALF, rol="naaste")) >= OPEN
    assert leaks(facts, publications, dimensions=CODES) == []


@pytest.mark.parametrize(
    ("k", "world"),
    [
        (5, ((2, 1, 1), (1, 0, 0))),
        (2, ((1, 0, 0), (1, 4, 4))),
        (2, ((1, 3, 3), (1, 1, 1))),
    ],
    ids=["a total", "a row", "a table left out"],
)
def test_the_year_less_what_the_half_year_kept_silent(k: int, world: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    reporting = Reporting(k)
    half, year = reporting.both(world, reporting.keys[0])
    assert half is not None
    assert not half.tables
    assert year is not None
    assert reporting.excluded(world, reporting.keys[0]) == []


def test_a_naive_year_less_what_the_half_year_kept_silent() -> None:
    facts = kit.several(4) + kit.several(1, kit.LATE)
    silent = said(HALF, 0, K - 1)  # how a reader of the method reads the fixed sentence
    year = naive.report(facts, YEAR, {})
    assert 0 not in Solving([silent, *year], {}).values(YEAR, less=HALF)
