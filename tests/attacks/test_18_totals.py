"""Attack 18, on the number of cases itself: what became of it, and of other periods, is run again over all worlds.

The naive report prints a number unless it is small, or less a printed number it holds: a choice that hangs on what
nobody may know.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.registry import HALF, QUARTER, YEAR, case, published, report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication

K = 3
DAYS = (date(2025, 2, 3), date(2025, 5, 3), date(2025, 9, 1))
"""In the first quarter, the second, and the second half."""

Counts = tuple[int, ...]
Read = tuple[tuple[int, int] | None, ...]

SERIES = {"in order of time": (QUARTER, HALF, YEAR), "the year first": (YEAR, HALF, QUARTER)}


def naive(counts: Counts, series: Sequence[Period]) -> Read:
    printed: dict[Period, int] = {}
    found: list[tuple[int, int] | None] = []
    for period in series:
        number = sum(n for n, day in zip(counts, DAYS, strict=True) if day in period)
        tells = number < K or any(0 < abs(number - other) < K for other in printed.values())
        found.append(None if tells else (number, number))
        if not tells:
            printed[period] = number
    return tuple(found)


def ours(counts: Counts, series: Sequence[Period]) -> Read:
    facts = [case(day) for n, day in zip(counts, DAYS, strict=True) for _ in range(n)]
    out: list[Publication] = []
    for number, period in enumerate(series, start=1):
        out.append(published(report(facts, period, tuple(out), threshold=K, wanted=()), period, number))
    return tuple(next(((s.minimum, s.maximum) for s in p.statements), None) for p in out)


def learned(
    reads: Callable[[Counts, Sequence[Period]], Read], series: Sequence[Period], most: int
) -> Iterator[tuple[object, ...]]:
    """Yield what whoever runs the reports over all worlds with at most so many cases sees that a small number can't be.

    What worlds with more cases read as well is left aside.
    """
    worlds: dict[Read, list[Counts]] = defaultdict(list)
    for counts in itertools.product(range(most + 1), repeat=len(DAYS)):
        if sum(counts) <= most:
            worlds[reads(counts, series)].append(counts)
    for read, alike in worlds.items():
        if max(map(sum, alike)) > most - K:
            continue
        for first, last in itertools.combinations(range(len(DAYS) + 1), 2):
            values = {sum(counts[first:last]) for counts in alike}
            if values & set(range(K)) and not set(range(K)) <= values:
                yield read, first, last, sorted(values)


@pytest.mark.parametrize("name", SERIES)
def test_what_became_of_a_number_of_cases_tells_no_small_one(name: str) -> None:
    assert list(learned(ours, SERIES[name], 10)) == []


@pytest.mark.parametrize("name", SERIES)
def test_the_naive_report_tells(name: str) -> None:
    assert list(learned(naive, SERIES[name], 10))
