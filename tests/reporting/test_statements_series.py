"""Drawn registries with half-year, correction and year, read by an independent reader; and what is still shown."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import HALF, WANTED, YEAR, drawn, naive, published, report

if TYPE_CHECKING:
    from vpdesk.reporting.statements import ProtectedReport


def shown(said: ProtectedReport) -> int:
    return sum(value is not None for table in said.tables for _, value in table.rows)


def year_of_reports(
    seed: int, sizes: tuple[int, ...], wanted: tuple[str, ...] = WANTED, *, whole: bool = False
) -> tuple[list[str], int, int]:
    """A drawn client: half-year, one correction, year; the leaks, the numbers shown, and those of the naive rule."""
    rng = random.Random(seed)  # noqa: S311 - invented cases
    facts = drawn(rng.choice(sizes), seed)
    half = report(facts, HALF, wanted=wanted)
    out = published(half, HALF)
    facts = [*facts, replace(facts[0], opened=date(2025, 1, 5) + timedelta(days=rng.randrange(300)))]
    year = report(facts, YEAR, (out,), wanted=wanted)
    publications = [out, published(year, YEAR, 2)]
    naively = [s for p in (HALF, YEAR) for s in naive(facts, p, wanted).statements]
    cells = sum(len(codes) == 1 for s in naively for _, codes in s.box.where)
    return leaks(facts, publications, whole=whole), shown(half) + shown(year), cells


@pytest.mark.parametrize(
    "seeds", [range(20), pytest.param(range(20, 60), marks=pytest.mark.long)], ids=["first", "others"]
)
def test_drawn_registries_with_half_year_correction_and_year_give_nobody_away(seeds: range) -> None:
    results = [year_of_reports(seed, (12, 26, 45), ("thema", "werkgebied", "rol")) for seed in seeds]
    assert [found for found, _, _ in results if found] == []


def test_large_registries_keep_most_of_their_numbers() -> None:
    results = [year_of_reports(seed, (150, 300)) for seed in range(3)]
    assert [found for found, _, _ in results if found] == []
    assert sum(ours for _, ours, _ in results) > 0.6 * sum(theirs for _, _, theirs in results)


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, 1000, 100))
def test_a_thousand_drawn_registries_give_nobody_away(first: int) -> None:
    sizes = (8, 14, 22, 35, 60, 110, 200, 300)
    results = [year_of_reports(seed, sizes, whole=True) for seed in range(first, first + 100)]
    assert [found for found, _, _ in results if found] == []
    assert sum(ours for _, ours, _ in results) > 0.5 * sum(theirs for _, _, theirs in results)
