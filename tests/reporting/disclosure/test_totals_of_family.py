"""How numbers of cases are said in a family: whoever runs the method over all worlds learns no small one of any part.

A letter counts a holding with its subsidiary; reports of vpdesk count one of them each.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.test_totals import EMPLOYER, H1, H2, YEAR, published, worlds
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import segments
from vpdesk.reporting.disclosure import totals
from vpdesk.reporting.disclosure.family import apart
from vpdesk.reporting.disclosure.stretches import Known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vpdesk.domain.periods import Period

Counts = tuple[int, ...]


@dataclass(frozen=True)
class Out:
    """A letter about all of these organisations, or a report about one."""

    parts: tuple[int, ...]
    period: Period

    @property
    def by_hand(self) -> bool:
        return len(self.parts) > 1


def letter(period: Period, *parts: int) -> Out:
    return Out(parts or (0, 1), period)


def holding(period: Period) -> Out:
    return Out((0,), period)


def subsidiary(period: Period) -> Out:
    return Out((1,), period)


class Family:
    """What comes of numbers of cases when these letters and reports go out in turn; each report at its own client."""

    def __init__(self, series: Sequence[Out], threshold: int) -> None:
        self.series = series
        self.threshold = threshold
        self.parts = sorted({part for out in series for part in out.parts})
        self.pieces = segments(sorted({out.period for out in series}))
        self._made: dict[tuple[object, ...], totals.Choice] = {}

    def count(self, world: Counts, out: Out) -> int:
        inside = [i for i, piece in enumerate(self.pieces) if piece.first in out.period]
        return sum(world[self.parts.index(part) * len(self.pieces) + i] for part in out.parts for i in inside)

    def read(self, world: Counts) -> Iterator[totals.Range | None]:
        """Yield what is printed of each number of a world, in turn."""
        before: list[totals.Said] = []
        for out in self.series:
            number = self.count(world, out)
            if out.by_hand:
                said = totals.Said((number, number), (number, number))
            else:
                found = self._choice(tuple(before)).of(number)
                assert found is not None, "a number that is true can be said"
                assert found.alike[0] <= number <= found.alike[1]
                assert found.printed is None or found.printed[0] <= number <= found.printed[1]
                said = found
            before.append(said)
            yield said.printed

    def _choice(self, before: tuple[totals.Said, ...]) -> totals.Choice:
        if before not in self._made:
            asked = self.series[len(before)]
            own, family = [], []
            for number, (out, said) in enumerate(zip(self.series, before, strict=False)):
                publication = published(out.period, EMPLOYER, self.threshold, said, number)
                if out.by_hand:
                    publication = replace(publication, withheld=(), pdf=b"")
                if out.parts == asked.parts:
                    own.append(publication)
                else:
                    family.append((replace(publication, client=ClientId(9)), self._places(asked, out)))
            made = totals.choice(own, asked.period, self.threshold, EMPLOYER, family)
            assert made is not None
            self._made[before] = made
        return self._made[before]

    def _places(self, asked: Out, out: Out) -> tuple[int, ...]:
        """Return the time lines as vpdesk numbers them: the own is the first."""
        order = [*asked.parts, *(part for part in self.parts if part not in asked.parts)]
        return tuple(sorted(order.index(part) for part in out.parts))


def narrowed(family: Family, most: int) -> list[tuple[object, ...]]:
    """Return which values of small numbers a report takes away that were possible before it went out.

    Of each stretch in one piece of each organisation, over all worlds with at most so many cases. What a letter gives
    away is its own.
    """
    small = set(range(family.threshold))
    pieces = len(family.pieces)
    read = {world: tuple(family.read(world)) for world in worlds(pieces * len(family.parts), most)}
    found: list[tuple[object, ...]] = []
    for step, out in enumerate(family.series):
        if out.by_hand:
            continue
        before: dict[object, list[Counts]] = defaultdict(list)
        after: dict[object, list[Counts]] = defaultdict(list)
        for world, said in read.items():
            before[said[:step]].append(world)
            after[said[: step + 1]].append(world)
        for said, alike in after.items():
            had = before[said[:-1]]
            if max(map(sum, had)) > most - family.threshold:
                continue  # worlds with more cases belong to it too
            for part, (first, last) in (
                (part, ends) for part in range(len(family.parts)) for ends in combinations(range(pieces + 1), 2)
            ):
                places = slice(part * pieces + first, part * pieces + last)
                values = {sum(world[places]) for world in alike}
                could = {sum(world[places]) for world in had} & small
                if values & small and not could <= values:
                    found.append((step, said, part, first, last, sorted(could), sorted(values)))
    return found


SERIES = {
    "the holding first": (letter(YEAR), holding(YEAR), subsidiary(YEAR)),
    "the letter last but one": (holding(YEAR), letter(YEAR), subsidiary(YEAR)),
    "half-years of the holding": (letter(YEAR), holding(H1), holding(YEAR)),
    "half-years of both": (letter(YEAR), holding(H1), subsidiary(H1), holding(YEAR), subsidiary(YEAR)),
    "the subsidiary's year first": (letter(YEAR), subsidiary(YEAR), holding(H1), subsidiary(H1)),
    "two letters": (letter(H1), letter(YEAR), holding(H1), subsidiary(YEAR), holding(YEAR)),
    "a letter of half a year beside years": (holding(YEAR), subsidiary(YEAR), letter(H1), holding(H1), subsidiary(H2)),
    "a letter after a half-year": (holding(H1), letter(YEAR), subsidiary(YEAR), holding(YEAR)),
}
OF_THREE = {
    "two subsidiaries": (letter(YEAR, 0, 1, 2), holding(YEAR), subsidiary(YEAR)),
    "two subsidiaries and a letter without the holding": (
        letter(YEAR, 0, 1, 2),
        letter(YEAR, 1, 2),
        holding(YEAR),
        subsidiary(YEAR),
    ),
}


@pytest.mark.parametrize("name", SERIES)
@pytest.mark.parametrize("threshold", [2, pytest.param(3, marks=pytest.mark.long)])
def test_no_small_number_of_a_family_is_narrowed_by_how_totals_were_said(name: str, threshold: int) -> None:
    assert narrowed(Family(SERIES[name], threshold), 5 * threshold + 2) == []


@pytest.mark.parametrize("name", OF_THREE)
@pytest.mark.parametrize("threshold", [2, 3])
def test_nor_of_a_family_of_three(name: str, threshold: int) -> None:
    assert narrowed(Family(OF_THREE[name], threshold), 5 * threshold + 2) == []


def test_a_choice_that_hears_nothing_of_the_family_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = totals.heard
    monkeypatch.setattr(totals, "heard", lambda publications, _family=(): heard(publications))
    assert narrowed(Family(SERIES["the holding first"], 2), 12)


def test_a_letter_of_a_part_is_no_more_than_the_letter_of_the_whole() -> None:
    """What two letters leave between them bounds each piece of it."""
    known = Known.of([(H1, apart(H1, 1)), (YEAR, apart(YEAR, 1))])
    both = known.and_((YEAR, apart(YEAR, 1)), (12, 12))
    assert both is not None
    assert both.range((H2,)) == (0, 12)
    half = both.and_((H1, apart(H1, 1)), (9, 9))
    assert half is not None
    assert half.range((H2,)) == (0, 3)
    assert half.range((H2, apart(H2, 1))) == (3, 3)
    assert half.and_((H1, apart(H1, 1)), (10, 10)) is None
    assert half.and_((H2,), (4, 4)) is None
