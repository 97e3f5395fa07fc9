"""Attack 18, on a holding with its subsidiary: a letter counts both, and what became of either's numbers is run again.

The naive report prints a number unless it is small or leaves a small one of the letter; then it prints the narrowest
interval between multiples of the threshold that leaves none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.registry import CLIENT, HALF, YEAR, case, frozen, published, report
from tests.reporting.disclosure.test_totals import worlds
from vpdesk.domain.ids import ClientId
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.family import Relative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.reporting.statements import ProtectedReport

K = 3
MOST = 10
HOLDING, SUBSIDIARY = 0, 1
OTHER = ClientId(2)
DAYS = (date(2025, 2, 3), date(2025, 9, 1))

Counts = tuple[int, ...]
"""The cases of the holding in either half of the year, and those of the subsidiary."""

Range = tuple[int, int]
Asked = tuple[int, "Period"]
SERIES: dict[str, tuple[Asked, ...]] = {
    "the holding, then the subsidiary": ((HOLDING, YEAR), (SUBSIDIARY, YEAR)),
    "the holding's half-year first": ((HOLDING, HALF), (HOLDING, YEAR)),
    "half-years of both": ((HOLDING, HALF), (SUBSIDIARY, HALF), (SUBSIDIARY, YEAR)),
}


def of(counts: Counts, who: int, period: Period) -> int:
    mine = counts[2 * who : 2 * who + 2]
    return sum(n for n, day in zip(mine, DAYS, strict=True) if day in period)


def naive(counts: Counts, series: Sequence[Asked]) -> tuple[Range | None, ...]:
    found: list[Range | None] = []
    for who, period in series:
        number, left = of(counts, who, period), sum(counts) - of(counts, who, period)
        if number >= K and not (period == YEAR and left < K):
            found.append((number, number))
        elif number >= K:
            low = number // K * K
            found.append((low, low + K) if number > low else (low - K, low + K))
        else:
            found.append(None)
    return tuple(found)


class Ours:
    """vpdesk's reports of the two; each is made once for what its own organisation holds and what was out before."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Publication] = {}

    def __call__(self, counts: Counts, series: Sequence[Asked]) -> tuple[Range | None, ...]:
        found: list[Range | None] = []
        out: list[tuple[int, Publication]] = []
        for number, (who, period) in enumerate(series, start=1):
            mine = counts[2 * who : 2 * who + 2]
            key = (tuple(series), sum(counts), *found, mine)
            if key not in self._made:
                self._made[key] = published(self._report(who, period, sum(counts), mine, out), period, number)
            out.append((who, self._made[key]))
            found.append(next(((s.minimum, s.maximum) for s in self._made[key].statements), None))
        return tuple(found)

    def _report(
        self, who: int, period: Period, total: int, mine: Counts, out: Sequence[tuple[int, Publication]]
    ) -> ProtectedReport:
        """Return the report of one of them, for whom the other is a part of the family as it is the other way around."""
        letter = frozen((Statement(Of.CASES, Box(), YEAR, total, total),), (), YEAR, 0)
        family = [Relative(replace(letter, client=OTHER, kind=Kind.BRIEF), frozenset({CLIENT, OTHER}))]
        family += [Relative(replace(p, client=OTHER), frozenset({OTHER})) for other, p in out if other != who]
        facts = [case(day) for n, day in zip(mine, DAYS, strict=True) for _ in range(n)]
        own = tuple(p for other, p in out if other == who)
        return report(facts, period, own, threshold=K, wanted=(), family=tuple(family))


def learned(
    reads: Callable[[Counts, Sequence[Asked]], tuple[Range | None, ...]], series: Sequence[Asked]
) -> Iterator[tuple[object, ...]]:
    """Yield what whoever has the letter, and runs the reports over all worlds, sees that a small number can't be.

    Of either organisation, in either half of the year and in the year. What the letter says by itself, its own size, is
    given away by whoever wrote it.
    """
    alike: dict[tuple[object, ...], list[Counts]] = defaultdict(list)
    for counts in worlds(4, MOST):
        alike[sum(counts), reads(counts, series)].append(counts)
    for read, group in alike.items():
        for who in (HOLDING, SUBSIDIARY):
            for days in (slice(2 * who, 2 * who + 1), slice(2 * who + 1, 2 * who + 2), slice(2 * who, 2 * who + 2)):
                values = {sum(counts[days]) for counts in group}
                open_ = set(range(min(K, sum(group[0]) + 1)))
                if values & open_ and not open_ <= values:
                    yield read, who, days, sorted(values)


@pytest.mark.parametrize("name", SERIES)
def test_what_became_of_either_tells_no_small_number_of_the_other(name: str) -> None:
    assert list(learned(Ours(), SERIES[name])) == []


@pytest.mark.parametrize("name", SERIES)
def test_the_naive_report_tells(name: str) -> None:
    assert list(learned(naive, SERIES[name]))
