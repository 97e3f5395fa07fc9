"""How the number of cases itself is said: exactly, as an interval, or not at all.

Whoever runs the method again sees which of these it became. So the choice hangs on that number and on what is out, and
on nothing else; all numbers that would look alike are a *class*, and each class must leave every small number open to a
reader who knows it. Numbers of cases in stretches of time are differences of a number that only grows, so what ranges
say of them follows exactly from shortest paths, in whole numbers.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication, Why
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting.disclosure.block import UNBOUNDED, Region
from vpdesk.reporting.disclosure.family import apart
from vpdesk.reporting.disclosure.model import Told, told
from vpdesk.reporting.disclosure.stretches import Known, Range, Where

OPEN_THRESHOLD: Final = 10
MOST_WIDENED: Final = 6
"""How many multiples of the threshold an interval may be wide."""

Placed = tuple[Publication, tuple[int, ...]]
"""What went out about the family, and on which time lines the cases lie that its numbers count together."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a publication says of the number of cases in its period, none where it says nothing of it.

    `threshold` is the client's. Of a report that said nothing, or an interval, `chosen` tells that it is this module
    that made it so; otherwise nobody knows for which other numbers it would have been the same. `places` are the time
    lines of the organisations that are counted together: of the client 0, and others of its family.
    """

    period: Period
    said: Range | None
    threshold: int
    audience: Audience
    chosen: bool
    places: tuple[int, ...] = (0,)

    @property
    def where(self) -> Where:
        """Return the days that are counted, each on its own time line."""
        return tuple(sorted(apart(self.period, place) for place in self.places))

    @property
    def least_said(self) -> int:
        """Return the threshold of the report itself."""
        return effective(self.threshold, self.audience)


@dataclass(frozen=True, slots=True)
class Said:
    """How a number of cases is said: what is printed, none for nothing, and the class of all that look alike."""

    printed: Range | None
    alike: Range


@dataclass(frozen=True, slots=True)
class Choice:
    """How each number of cases of a period would be said: nothing up to `silent`, intervals for the `runs`."""

    possible: Range
    silent: int | None
    runs: tuple[tuple[Range, Range], ...]

    def of(self, number: int) -> Said | None:
        """Return how a number is said; None when what is out says that it can't be."""
        low, high = self.possible
        if not low <= number <= high:
            return None
        if self.silent is not None and number <= self.silent:
            return Said(None, (low, self.silent))
        for alike, printed in self.runs:
            if alike[0] <= number <= alike[1]:
                return Said(printed, alike)
        return Said((number, number), (number, number))


def effective(threshold: int, audience: Audience) -> int:
    """Return the threshold for an audience."""
    return max(threshold, OPEN_THRESHOLD) if audience is Audience.OPENBAAR else threshold


def heard(publications: Sequence[Publication], family: Sequence[Placed] = ()) -> tuple[Heard, ...]:
    """Return what publications say of numbers of cases, in the order in which they went out."""
    found = []
    for p, places in _in_order(publications, family):
        why = {w.why for w in p.withheld if not w.dimension}
        for said in p.statements:
            if said.of is Of.CASES and not said.box.where:
                ends = (said.minimum, said.maximum)
                found.append(Heard(said.period, ends, p.threshold, p.audience, Why.BEREIK in why, places))
        if Why.TE_KLEIN in why:
            found.append(Heard(p.period, None, p.threshold, p.audience, chosen=True, places=places))
    return tuple(found)


def _in_order(publications: Sequence[Publication], family: Sequence[Placed]) -> list[Placed]:
    """Return all in the order in which they went out; the client's own stay in the order that they have."""
    out: list[Placed] = [(publication, (0,)) for publication in publications]
    return sorted([*family, *out], key=lambda placed: placed[0].id) if family else out


def choice(
    publications: Sequence[Publication],
    period: Period,
    threshold: int,
    audience: Audience,
    family: Sequence[Placed] = (),
) -> Choice | None:
    """Return how each number of cases of a period is said after all this; None when what is out contradicts itself."""
    return _choice(_near(heard(publications, family), (period,)), period, threshold, audience)


def silent_up_to(
    publications: Sequence[Publication], family: Sequence[Placed] = (), place: int = 0
) -> dict[Period, int]:
    """Return of each period about which a report said nothing the most cases it has, for who knows the method.

    Of the reports about the organisation at this place.
    """
    chosen = _chosen(publications, family)
    return {h.period: ends[1] for h, ends in chosen if h.said is None and h.places == (place,)}


def alike(
    publications: Sequence[Publication],
    seen: Sequence[Publication],
    family: Sequence[Placed] = (),
    family_seen: Sequence[Placed] = (),
) -> list[Told]:
    """Return between which numbers the cases are of what said nothing, or an interval, as far as that was seen."""
    known = set(heard(seen, family_seen))
    chosen = _chosen(publications, family)
    return [Told(Statement(Of.CASES, Box(), h.period, *ends), h.where) for h, ends in chosen if h in known]


def ranges(pieces: Sequence[Period], statements: Sequence[Statement | Told]) -> Callable[[Region], Range]:
    """Return a function that tells how many cases a stretch of these pieces has at least and at most.

    It follows from what statements say of the number of cases alone; where they contradict each other, nothing does.
    """
    known: Known | None = Known(pieces)
    for said in map(told, statements):
        statement = said.statement
        if known is not None and statement.of is Of.CASES and not statement.box.where:
            known = known.and_(said.where, (statement.minimum, statement.maximum))
    return (lambda _: (0, UNBOUNDED)) if known is None else known.bounds


def _chosen(publications: Sequence[Publication], family: Sequence[Placed]) -> list[tuple[Heard, Range]]:
    out = heard(publications, family)
    both = zip(out, _classes(out), strict=True)
    return [(h, ends) for h, ends in both if h.chosen and ends[1] < UNBOUNDED]


@lru_cache(maxsize=512)
def _choice(out: tuple[Heard, ...], period: Period, threshold: int, audience: Audience) -> Choice | None:
    readers = _readers(out, period, threshold, audience)
    if readers is None:
        return None
    few = effective(threshold, audience)
    low, high = possible = readers[-1].knows.range((period,))
    bounded = sum(most for _, most in _classes(out) if most < UNBOUNDED)
    last = min(high, low + 2 * (bounded + few))  # twice any shortest path: what lies in one piece reaches no further
    bad = [n for n in range(max(low, few), last + 1) if not all(r.open((n, n), (n, n)) for r in readers)]
    runs: list[tuple[Range, Range]] = []
    silent = few - 1 if low < few else None
    stretches = list(_runs(bad, last, high))
    for first, end in stretches:
        if runs and end <= runs[-1][0][1]:
            continue  # an earlier one was stretched over it
        alike, said = (first, end), None
        while said is None:
            floor = max(
                few, low, *([runs[-1][0][1] + 1] if runs else []), *([silent + 1] if silent is not None else [])
            )
            said = next(
                (
                    (wider, printed)
                    for wider in _wider(alike, stretches, floor, min(high, last), few)
                    for printed in _around(wider, few)
                    if all(printed != taken for _, taken in runs) and all(r.open(wider, printed) for r in readers)
                ),
                None,
            )
            if said is None and not runs:
                break
            if said is None:
                alike = (runs.pop()[0][0], end)
        if said is None:
            silent = end
        else:
            runs.append(said)
    if silent is not None:
        silent = _enough(silent, [alike for alike, _ in runs], readers, (low, last, high))
    return Choice(possible, silent, tuple(run for run in runs if silent is None or run[0][0] > silent))


def _enough(silent: int, runs: Sequence[Range], readers: Sequence["_Reader"], ends: tuple[int, int, int]) -> int:
    """Return up to which number nothing is said, so that saying nothing leaves small numbers open too."""
    low, last, high = ends
    for most in range(silent, last):
        cut = any(first <= most < end for first, end in runs)
        if not cut and all(reader.open((low, most), None) for reader in readers):
            return most
    return high


def _runs(bad: Sequence[int], last: int, high: int) -> Iterator[Range]:
    """Yield the stretches of numbers that can't be said; one that reaches the last looked at goes on for ever."""
    numbers = set(bad)
    for first in bad:
        if first - 1 in numbers:
            continue
        end = next(n for n in range(first, last + 1) if n + 1 not in numbers)
        yield first, high if end == last else end


def _wider(alike: Range, stretches: Sequence[Range], floor: int, most: int, few: int) -> Iterator[Range]:
    """Yield a class and ever wider ones, with numbers beside it that could be said themselves; none is cut in two."""
    seen = set()
    for more in range(4 * few + 1):
        for down in range(min(more, 2 * few) + 1):
            first, end = alike[0] - down, alike[1] + more - down
            first = next((low for low, high in stretches if low < first <= high), first)
            end = next((high for low, high in stretches if low <= end < high), end)
            if floor <= first and end <= max(most, alike[1]) and (first, end) not in seen:
                seen.add((first, end))
                yield first, end


def _around(alike: Range, few: int) -> Iterator[Range]:
    """Yield ever wider intervals around a class, between multiples of the threshold."""
    low, high = alike[0] // few * few, -(-alike[1] // few) * few
    for width in range(max(1, (high - low) // few), MOST_WIDENED + 1):
        for down in range(width - (high - low) // few + 1):
            if low - down * few >= few:
                yield low - down * few, low - down * few + width * few


@lru_cache(maxsize=512)
def _classes(out: tuple[Heard, ...]) -> tuple[Range, ...]:
    """Return which numbers each of these may be for a reader who knows the method."""
    if not out:
        return ()
    *before, last = out
    same = (last.where, last.said, last.least_said, last.chosen)
    known = [(h.where, h.said, h.least_said, h.chosen) for h in before]
    again = known.index(same) if same in known else None
    if again is not None:  # another edition says no more
        earlier = _classes(tuple(before))
        return (*earlier, earlier[again])
    near = _near(before, last.where)
    made = _choice(near, last.where[0], last.threshold, last.audience) if last.chosen else None
    found: Range = last.said or (0, last.least_said - 1)
    if made is not None and last.said is None and made.silent is not None:
        found = (made.possible[0], made.silent)
    elif made is not None:
        found = next((alike for alike, printed in made.runs if printed == last.said), found)
    return (*_classes(tuple(before)), found)


def _near(out: Sequence[Heard], where: Where) -> tuple[Heard, ...]:
    """Return what hangs together with some days through overlaps, in the order in which it went out."""
    reach = set(where)
    while more := {p for h in out if _meet(h.where, reach) for p in h.where} - reach:
        reach |= more
    return tuple(h for h in out if not reach.isdisjoint(h.where))


def _meet(where: Where, reach: Collection[Period]) -> bool:
    return any(period.overlaps(p) for period in where for p in reach)


class _Reader:
    """One reader's knowledge of numbers of cases before something is said, as printed and as classes."""

    def __init__(self, heard: Known, knows: Known, period: Period, threshold: int) -> None:
        self.heard, self.knows, self.period, self.threshold = heard, knows, period, threshold

    def open(self, alike: Range, printed: Range | None) -> bool:
        """Return whether every small number stays open, to who only reads and to who knows the method.

        What this reader takes to be impossible already tells him nothing.
        """
        after = self.knows.and_((self.period,), alike)
        if after is None:
            return True
        if not _keeps_open(self.knows, after, self.threshold, self.threshold - 1):
            return False
        read = None if printed is None else self.heard.and_((self.period,), printed)
        return read is None or _keeps_open(self.heard, read, self.threshold, self.threshold)


def _readers(out: tuple[Heard, ...], period: Period, threshold: int, audience: Audience) -> tuple[_Reader, ...] | None:
    """Return who reads: of everything, and of an open report the public; the last sees the least."""
    classes = _classes(out)
    groups = [(threshold, list(zip(out, classes, strict=True)))]
    if effective(threshold, audience) != threshold:
        groups.append((effective(threshold, audience), [(h, c) for h, c in groups[0][1] if _open(h)]))
    found = []
    for least, seen in groups:
        days = [*(h.where for h, _ in seen), (period,)]
        read: Known | None = Known.of(days)
        known = read
        for h, alike in seen:
            read = read.and_(h.where, h.said) if read is not None and h.said is not None else read
            known = known.and_(h.where, alike) if known is not None else None
        if read is None or known is None:
            return None
        found.append(_Reader(read, known, period, least))
    return tuple(found)


def _open(said: Heard) -> bool:
    return said.audience is Audience.OPENBAAR


def _keeps_open(before: Known, after: Known, threshold: int, highest: int) -> bool:
    """Return whether each number that is not proven to be large keeps what it could be up to the highest."""
    for region in before.regions:
        low, high = after.bounds(region)
        if low >= threshold:
            continue
        least, most = before.bounds(region)
        if low > max(0, least) or high < min(most, highest):
            return False
    return True
