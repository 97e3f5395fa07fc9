"""A number told by hand about several codes together, between a quarter and its year: the other tables stay."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import (
    DIMENSIONS,
    HALF,
    QUARTER,
    SECOND_QUARTER,
    WANTED,
    YEAR,
    drawn,
    frozen,
    published,
    report,
)
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Box, Of, Statement

if TYPE_CHECKING:
    from collections.abc import Collection

    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.reporting.statements import ProtectedReport

pytestmark = pytest.mark.no_cover  # measured, they take twice as long

NINE = Period(date(2025, 1, 1), date(2025, 9, 30))
FEW = ("rol", "relatie", "fase", "gevonden_via")


def letter(facts: list[CaseFacts], period: Period, roles: Collection[str]) -> Publication:
    """A letter that tells truly how many cases have one of these roles."""
    count = sum(fact.opened in period and fact.codes["rol"] in roles for fact in facts)
    said = Statement(Of.CASES, Box.where_({"rol": frozenset(roles)}), period, count, count)
    return replace(frozen((said,), (), period, 2), kind=Kind.BRIEF)


def beside(
    seed: int, period: Period, wanted: tuple[str, ...]
) -> tuple[list[CaseFacts], tuple[Publication, ...], ProtectedReport, ProtectedReport]:
    """Return the cases, what went out before the year, and the year without and with the letter beside it."""
    facts = drawn(100, seed)
    roles = random.Random(seed).sample(DIMENSIONS["rol"], 2)  # noqa: S311 - an invented letter
    quarter = published(report(facts, QUARTER, wanted=wanted), QUARTER, 1)
    out = (quarter, letter(facts, period, roles))
    return facts, out, report(facts, YEAR, (quarter,), wanted=wanted), report(facts, YEAR, out, wanted=wanted)


def others(said: ProtectedReport) -> list[object]:
    return [table for table in said.tables if table.dimension != "rol"]


def narrowed_down(facts: list[CaseFacts], out: tuple[Publication, ...], year: ProtectedReport) -> list[str]:
    """Return the small numbers that the year narrows down, of codes and of what letter and dashes share."""
    everything = [*out, published(year, YEAR, 3)]
    together = {codes for s in out[1].statements for _, codes in s.box.where}
    dashes = [set(line.codes) for p in everything for line in p.pattern if line.dimension == "rol"]
    for row in [set(codes) for codes in together]:
        parts = [set(DIMENSIONS["rol"]) - row, *(part for d in dashes for part in (row & d, row - d, d - row))]
        together |= {tuple(sorted(part)) for part in parts if len(part) > 1}
    return leaks(facts, everything, whole=True, unions={"rol": sorted(together)}, given=out)


@pytest.mark.parametrize(("seed", "period"), [(2, HALF), (4, NINE), (5, HALF), (10, NINE)])
def test_a_true_number_about_several_roles_leaves_the_year_its_other_tables(seed: int, period: Period) -> None:
    facts, out, alone, year = beside(seed, period, FEW)
    assert others(year) == others(alone) != []
    assert narrowed_down(facts, out, year) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(30))
def test_whatever_was_told_of_roles_the_year_says_the_rest_and_gives_nothing_away(seed: int) -> None:
    period = (HALF, NINE, YEAR, SECOND_QUARTER, Period(date(2025, 4, 1), YEAR.last))[seed % 5]
    facts, out, alone, year = beside(seed, period, WANTED)
    assert narrowed_down(facts, out, year) == []
    assert len(others(year)) >= len(others(alone)) - 1
