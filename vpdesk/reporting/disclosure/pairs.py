"""Two readers who know a case each and put them together: what they leave open of the small numbers of all others.

A world of all cases in which both of the known ones have room, less those two, is a world of the others. So a number
of the others may still have a value when a world is found in which it has that value and what it holds of the two.
Which two: a record at any two places, a code in a segment of time, that statements leave possible. So what is asked
depends on statements alone, and that a report passed tells nobody where cases are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any, Final

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.report_choices import CROSSED, codes_of
from vpdesk.reporting.disclosure.asking import joined
from vpdesk.reporting.disclosure.beside import KNOWN, Beside, Budget, taken
from vpdesk.reporting.disclosure.block import TOTAL, UNBOUNDED, Block, Row, Target, Variable
from vpdesk.reporting.disclosure.bounds import bounds, contradictory, provable
from vpdesk.reporting.disclosure.classes import alike
from vpdesk.reporting.disclosure.lists import list_of
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.request import NOT_READY
from vpdesk.reporting.disclosure.solver import AskedTooMuchError, Solver
from vpdesk.reporting.disclosure.wants import Missing, Number, ends_of

LIKE: Final = 2
"""Of how many codes that nothing tells apart, and of which a number holds all or none, the records can matter to it."""


MOST_TRIED: Final = 60
"""Of how many pairs of one dimension that no world has room for it is looked up what was known beside them before."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A number of one dimension, the codes for which it stands, what is open of it, and whether nothing excuses it.

    `near` are known numbers around it, so small that they bound what two known records leave: where they count.
    """

    target: Target
    codes: tuple[str, ...]
    near: tuple[tuple[frozenset[int], int], ...]
    beside: Beside
    final: bool = True

    def most(self, places: Sequence[int], threshold: int) -> int:
        """Return the highest value that the other cases must keep beside records at these places."""
        around = (number - sum([place in members for place in places]) for members, number in self.near)
        return min([threshold - 1, *around])


class Pairs:
    """What is asked about the numbers of one dimension of a block, given what was known in its variables before."""

    def __init__(self, block: Block, before: Block, dimension: str, reader: Reader, threshold: int) -> None:
        self.block = block
        self.before = before
        self.dimension = dimension
        self.reader = reader
        self.threshold = threshold
        self.low, self.high = bounds(block)
        index = block.index()
        codes = list_of(reader.dimensions, dimension)
        spots = [Variable(i, dimension, code) for i in reader.covered[dimension] for code in codes]
        spots = [spot for spot in spots if self.high[index[spot]]]
        self.places = tuple(index[spot] for spot in spots)
        self.codes = tuple(spot.code for spot in spots)
        self.pieces = tuple(spot.segment for spot in spots)
        self.asked: list[_Asked] = []

    def ask(self, excused: Callable[[Number], bool]) -> "Pairs":
        """Want the ends of each number that can be small; `excused` tells which may become known in part."""
        leader = alike(self.block, (), self.reader)
        proven = provable(self.block, self.low, self.high)
        earlier = provable(self.before, *bounds(self.before))
        mine = [t for t in self.block.targets if t.dimension == self.dimension and not (t.widened or t.margins)]
        like: dict[str, dict[str, None]] = {}
        for target in mine:
            like.setdefault(leader(target), {})[target.code] = None
        like_code = {code: leader(Target(self.dimension, code, (), ())) for code in self.codes}
        for target in mine:
            if leader(target) != target.code or proven(target.spread)[0] >= self.threshold:
                continue
            codes = tuple(like[target.code])
            when = joined(self.reader.segments, target)
            final = not all(excused(Number(self.dimension, code, when, widened=False)) for code in codes)
            near = self._near(target, proven(target.region)[1])
            asked = _Asked(target, codes, near, Beside(target.spread, self.places), final)
            self._want(asked, like_code, earlier(target.spread))
            self.asked.append(asked)
        return self

    def _near(self, target: Target, most: int) -> tuple[tuple[frozenset[int], int], ...]:
        """Return the known numbers that hold the target and that two records may take below the threshold.

        `most` is how many cases there are in its stretch of time at most.
        """
        spread = frozenset(target.spread)
        exact = [(frozenset(r.plus), r.high) for r in self.block.rows if not r.minus and r.low == r.high]
        there = frozenset(place for place, i in zip(self.places, self.pieces, strict=True) if i in target.region)
        around = (*((m, n) for m, n in exact if spread <= m), (there, most))
        return tuple((m, n) for m, n in around if n < self.threshold - 1 + KNOWN)

    def _want(self, asked: _Asked, like: dict[str, str], earlier: tuple[int, int]) -> None:
        """Want the ends of a number beside each two places; of codes that are alike two of each kind."""
        spread = set(asked.target.spread)
        kinds: dict[tuple[str, bool], list[str]] = {}
        for code in dict.fromkeys(self.codes):
            kinds.setdefault((like[code], code in codes_of(asked.target.code)), []).append(code)
        some = {code for codes in kinds.values() for code in codes[:LIKE]}
        groups: dict[tuple[bool, ...], int] = {}
        for number, (code, place) in enumerate(zip(self.codes, self.places, strict=True)):
            if code in some:
                group = (place in spread, *(place in members for members, _ in asked.near))
                groups[group] = groups.get(group, 0) | 1 << number
        for (one, first), (other, second) in product(groups.items(), repeat=2):
            known = one[0] + other[0]
            sample = [self.places[mask.bit_length() - 1] for mask in (first, second)]
            most = asked.most(sample, self.threshold)
            values = ends_of(earlier[0] - known, earlier[1] - known, most) if most >= 0 else ()
            for a, place in enumerate(self.places):
                if first >> a & 1:
                    twice = self.high[place] >= KNOWN
                    asked.beside.want(a, second >> (a + (not twice)) << (a + (not twice)), values)

    def seen(self, worlds: Sequence[Sequence[int]]) -> None:
        """Take off what these worlds show."""
        for world in worlds:
            room = taken(world, self.places)
            for asked in self.asked:
                asked.beside.seen(world, room)

    def open(self) -> list[_Asked]:
        """Return the numbers of which something is open."""
        return [asked for asked in self.asked if asked.beside.open]

    def payload(self, some: Sequence[_Asked], budget: Budget) -> dict[str, Any]:
        """Return the question about some numbers as the child reads it."""
        return {
            "n": len(self.block.variables),
            "low": self.low,
            "high": self.high,
            "rows": [(row.plus, row.minus, row.low, row.high) for row in self.block.rows],
            "wants": (),
            "places": self.places,
            "beside": [asked.beside for asked in some],
            "final": {n for n, asked in enumerate(some) if asked.final},
            "budget": budget,
        }

    def narrowed(self) -> list[_Asked]:
        """Take pairs off that can't be, and values that were excluded beside a pair before.

        Of what was narrowed down before every value that was left is wanted; returns the numbers of which there are.
        """
        more: list[_Asked] = []
        tried = 0
        for asked in self.open():
            wanted = False
            for value, a, b in list(asked.beside.pairs()):
                tried += 1
                before = self._before(asked, value, a, b) if tried <= MOST_TRIED else None
                if before is None and asked.final:
                    return []  # it is lost, and all the rest with it
                if before is None:
                    break
                asked.beside.drop(value, a, b)
                known = asked.beside.known(a, b)
                last = min(before.stop - 1 - known, asked.most(self._at(a, b), self.threshold))
                values = range(max(0, before.start - known), last + 1)  # what was left may have had no end
                asked.beside.want(a, 1 << b, values)
                wanted = wanted or bool(values)
            if wanted:
                more.append(asked)
        return more

    def _before(self, asked: _Asked, value: int, a: int, b: int) -> range | None:
        """Return what was left of a number beside two records before, None when this value was and they can be.

        Nothing is left where they can't.
        """
        rows = _records(*self._at(a, b))
        if contradictory(*bounds(replace(self.block, rows=(*self.block.rows, *rows), targets=()))):
            return range(0)
        before = replace(self.before, rows=(*self.before.rows, *rows), targets=())
        least, most = provable(before, *bounds(before))(asked.target.spread)
        return None if least <= value <= most else range(least, most + 1)

    def _at(self, a: int, b: int) -> tuple[int, int]:
        return self.places[a], self.places[b]

    def lost(self) -> Iterator[Missing]:
        """Yield for each number of which something is open one value that is."""
        for asked in self.asked:
            when = joined(self.reader.segments, asked.target)
            for value, a, b in islice(asked.beside.pairs(), 1):
                for code in asked.codes:
                    yield Missing(self.dimension, code, when, value - asked.beside.known(a, b), by_draw=False)


def _records(a: int, b: int) -> tuple[Row, ...]:
    """Return what it says of a world that two records lie at these places."""
    if a == b:
        return (Row((a,), (), KNOWN, UNBOUNDED),)
    return (Row((a,), (), 1, UNBOUNDED), Row((b,), (), 1, UNBOUNDED))


def lost_to_two(
    parts: Sequence[tuple[Block, Block]],
    reader: Reader,
    threshold: int,
    excused: Callable[[Number], bool],
    solver: Solver,
) -> frozenset[Missing]:
    """Return what two readers with a known case each gain about the other cases, one value of each number.

    Of blocks, each with what was known in its variables before; those with cells of two-way tables are not asked, nor
    those in which the number of cases of a segment is open.

    Raises:
        AskedTooMuchError: more would be asked than may be.
        ReportRefusedError: a proposed world breaks a statement.
    """
    lost: dict[tuple[object, ...], set[Missing]] = {}
    asked: list[tuple[tuple[object, ...], Pairs]] = []
    for block, before in parts:
        words: tuple[object, ...] = ("pairs", threshold, block, before)
        if words not in solver.settled and _is_asked(block):
            lost[words] = set()
            known = solver.pool.of(block)
            for dimension in sorted(block.dimensions):
                pairs = Pairs(block, before, dimension, reader, threshold).ask(excused)
                pairs.seen(known)
                asked.append((words, pairs))
    _search([(pairs, pairs.open()) for _, pairs in asked], solver)
    _search([(pairs, pairs.narrowed()) for _, pairs in asked], solver)
    for words, pairs in asked:
        lost[words].update(pairs.lost())
    solver.settled |= {words: frozenset(found) for words, found in lost.items()}
    return frozenset().union(*(solver.settled.get(("pairs", threshold, *part), frozenset()) for part in parts))


def _is_asked(block: Block) -> bool:
    """Return whether a block has margins only, and the number of cases of each segment is known."""
    low, high = bounds(block)
    exact = all(low[i] == high[i] for i, variable in enumerate(block.variables) if variable.dimension == TOTAL)
    return exact and not any(CROSSED in variable.dimension for variable in block.variables)


def _search(questions: Sequence[tuple[Pairs, list[_Asked]]], solver: Solver) -> None:
    """Look for worlds that show what is open of these numbers, check them, and take off what they show."""
    budget = Budget(solver.most - solver.asked)
    payload = [(pairs, pairs.payload(some, budget)) for pairs, some in questions if some]
    answers = solver.worlds([question for _, question in payload]) if payload else []
    solver.asked += budget.spent
    for (pairs, _), worlds in zip(payload, answers, strict=True):
        if not isinstance(worlds, list) or not all(isinstance(w, list) and pairs.block.holds(w) for w in worlds):
            raise ReportRefusedError(NOT_READY)
        solver.pool.add(pairs.block, worlds, held=True)
        pairs.seen(worlds)
    if budget.over:
        raise AskedTooMuchError
