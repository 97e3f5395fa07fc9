"""Drawn clients with half-year, correction, year and next year, read by an independent reader; what is still shown."""

from __future__ import annotations

import pytest

from tests.reporting.disclosure.series import SIZES, series

pytestmark = pytest.mark.no_cover  # measured, they take twice as long


def read(seed: int, cases: int, wanted: tuple[str, ...] | None = None) -> tuple[list[str], int, int]:
    """The leaks of a drawn client, read in whole numbers and as histories; the numbers shown, and the naive rule's."""
    made = series(seed, cases) if wanted is None else series(seed, cases, wanted)
    return made.leaks(histories=True, whole=True), *made.shown()


@pytest.mark.parametrize(
    "seeds", [range(20), pytest.param(range(20, 60), marks=pytest.mark.long)], ids=["first", "others"]
)
def test_drawn_registries_with_half_year_correction_and_years_give_nobody_away(seeds: range) -> None:
    results = [read(seed, (5, 12, 26, 45)[seed % 4], ("thema", "werkgebied", "rol")) for seed in seeds]
    assert [found for found, _, _ in results if found] == []


def test_phases_and_outcomes_of_drawn_registries_give_nobody_away() -> None:
    results = [read(seed, (28, 60)[seed % 2], ("fase", "afloop")) for seed in range(4)]
    assert [found for found, _, _ in results if found] == []


def test_the_naive_rule_falls_on_nearly_all_drawn_registries() -> None:
    fallen = [bool(series(seed, (5, 12, 26, 45)[seed % 4]).naive_leaks()) for seed in range(8)]
    assert sum(fallen) >= 7


def test_large_registries_keep_most_of_their_numbers() -> None:
    results = [read(seed, (150, 300)[seed % 2]) for seed in range(3)]
    assert [found for found, _, _ in results if found] == []
    assert sum(ours for _, ours, _ in results) > 0.6 * sum(theirs for _, _, theirs in results)


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, 1000, 100))
def test_a_thousand_drawn_registries_give_nobody_away(first: int) -> None:
    results = [read(seed, SIZES[seed % len(SIZES)]) for seed in range(first, first + 100)]
    assert [found for found, _, _ in results if found] == []
    assert sum(ours for _, ours, _ in results) > 0.5 * sum(theirs for _, _, theirs in results)
