"""What ranges say of the number of cases in stretches of time, which are differences of a number that only grows.

Where organisations belong together each has a count of its own, on its own time line.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise, permutations
from typing import Final

from vpdesk.domain.periods import Period, segments
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.block import UNBOUNDED, Region
from vpdesk.reporting.disclosure.family import CENTURIES
from vpdesk.reporting.disclosure.model import Reader, Told

MOST_PIECES: Final = 4
"""Of how many pieces a stretch of time may consist that is looked at; the audit asks for the others."""

NOWHERE: Final = 10**9
"""How far apart two counts lie of which nothing is known; what a few ranges take off leaves it above UNBOUNDED."""

ROUNDS: Final = 60
"""How often sums are gone over; what they would still tell after that is left to the audit."""

Range = tuple[int, int]
Where = tuple[Period, ...]
Ends = tuple[tuple[int, int], ...]
"""Between which counts the pieces of a stretch of time lie."""

Sum = tuple[Region, Range]


class Known:
    """Ranges of numbers of cases in stretches of time.

    Of a stretch in one piece a range says how far two counts may lie apart, and what follows are shortest paths. Of
    pieces that are counted together only (a holding with its subsidiary) it bounds each by what the others leave.
    """

    def __init__(
        self,
        pieces: Sequence[Period],
        regions: Sequence[Region] = (),
        far: list[list[int]] | None = None,
        sums: tuple[Sum, ...] = (),
    ) -> None:
        self._pieces = pieces
        self._counts = _counts(pieces)
        self._far = _far(self._counts[-1] + 2 if pieces else 0) if far is None else far
        self._sums = sums
        self.regions = regions

    @classmethod
    def of(cls, days: Sequence[Where]) -> "Known":
        """Return what is known of these days before anything is said."""
        pieces = segments(sorted({period for where in days for period in where}))
        said = [Told(Statement(Of.CASES, Box(), where[0], 0, UNBOUNDED), where) for where in dict.fromkeys(days)]
        reader = Reader(said, {})
        wholes = [frozenset(reader.region(*where)) for where in days]
        counts = _counts(pieces)
        found = {frozenset(region) for region in reader.regions()}
        found |= {
            frozenset(range(first, end))
            for first, end in combinations(range(len(pieces) + 1), 2)
            if len(_ends(range(first, end), counts)) == 1
        }
        found |= {whole - part for whole in wholes for part in wholes if whole - part}
        regions = sorted(tuple(sorted(region)) for region in found)
        return cls(pieces, [region for region in regions if len(_ends(region, counts)) <= MOST_PIECES])

    def and_(self, where: Where, said: Range) -> "Known | None":
        """Return what is known with this too; None when it can't be."""
        region, far, sums = self._region(where), self._far, self._sums
        ends = self._ends(region)
        if len(ends) == 1:
            far = _between(far, *ends[0], said)
        else:
            less = (_less((region, said), known) for known in sums)
            sums = tuple(dict.fromkeys((*sums, (region, said), *(left for left in less if left is not None))))
        settled = _settled(far, [(self._ends(stretch), ends) for stretch, ends in sums])
        return None if settled is None else Known(self._pieces, self.regions, settled, sums)

    def range(self, where: Where) -> Range:
        """Return the least and the most on some days."""
        return self.bounds(self._region(where))

    def bounds(self, region: Region) -> Range:
        """Return the least and the most in a stretch of time; where it lies apart, as its pieces and sums tell."""
        least, most = self._matched(region)
        if len(self._ends(region)) > 1:
            for whole, (low, high) in self._sums:
                short = self._matched(tuple(i for i in whole if i not in region))
                extra = self._matched(tuple(i for i in region if i not in whole))
                least, most = max(least, low - short[1] + extra[0]), min(most, high - short[0] + extra[1])
        return least, most

    def _region(self, where: Where) -> Region:
        return tuple(i for i, piece in enumerate(self._pieces) if any(piece.first in period for period in where))

    def _ends(self, region: Region) -> Ends:
        return _ends(region, self._counts)

    def _matched(self, region: Region) -> Range:
        """Return the same as the paths alone tell: of several pieces by matching their ends."""
        ends, far = self._ends(region), self._far
        if len(ends) > MOST_PIECES:
            return 0, UNBOUNDED
        orders = list(permutations(last for _, last in ends))
        most = min(sum(far[first][last] for (first, _), last in zip(ends, order, strict=True)) for order in orders)
        least = min(sum(far[last][first] for (first, _), last in zip(ends, order, strict=True)) for order in orders)
        return max(0, -least), min(UNBOUNDED, most)


def _less(one: Sum, other: Sum) -> Sum | None:
    """Return what the larger of two sums leaves without the smaller; None when it does not hold all of it."""
    (small, few), (large, many) = sorted((one, other), key=lambda known: len(known[0]))
    if not set(small) < set(large):
        return None
    return tuple(i for i in large if i not in small), (max(0, many[0] - few[1]), many[1] - few[0])


def _settled(far: list[list[int]], sums: Sequence[tuple[Ends, Range]]) -> list[list[int]] | None:
    """Return how far counts may lie apart when each piece of a sum is what the others leave; None when nothing fits."""
    for _ in range(ROUNDS):
        before = far
        for ends, (low, high) in sums:
            known = [(-far[last][first], far[first][last]) for first, last in ends]
            least, most = sum(few for few, _ in known), sum(many for _, many in known)
            for (first, last), (few, many) in zip(ends, known, strict=True):
                far = _between(far, first, last, (low - (most - many), high - (least - few)))
        if any(far[i][i] < 0 for i in range(len(far))):
            return None
        if far is before:
            break
    return far


def _between(far: list[list[int]], first: int, last: int, said: Range) -> list[list[int]]:
    """Return how far all may lie apart when so many cases lie between two counts."""
    return _nearer(_nearer(far, first, last, said[1]), last, first, -said[0])


def _counts(pieces: Sequence[Period]) -> list[int]:
    """Return which count stands before each piece; between time lines one more is left that nobody knows."""
    found = [0] * len(pieces)
    for number, (one, other) in enumerate(pairwise(pieces), start=1):
        found[number] = found[number - 1] + (2 if other.first.year - one.first.year >= CENTURIES // 2 else 1)
    return found


def _far(counts: int) -> list[list[int]]:
    """Return how far so many counts may lie apart when nothing is known: they never go back."""
    return [[0 if to <= of else NOWHERE for to in range(counts)] for of in range(counts)]


def _nearer(far: list[list[int]], of: int, to: int, most: int) -> list[list[int]]:
    """Return how far all may lie apart when one pair lies at most so far apart: again the shortest paths."""
    if most >= far[of][to]:
        return far
    onward = far[to]
    return [[min(direct, row[of] + most + onward[j]) for j, direct in enumerate(row)] for row in far]


def _ends(region: Iterable[int], counts: Sequence[int]) -> Ends:
    """Return between which counts the pieces of a stretch of time lie."""
    found: list[tuple[int, int]] = []
    for place in sorted(region):
        first = counts[place]
        if found and found[-1][1] == first:
            found[-1] = (found[-1][0], first + 1)
        else:
            found.append((first, first + 1))
    return tuple(found)
