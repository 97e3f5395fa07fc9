"""Which cells of a one-way table are hidden: the small ones, those that subtraction would find, and drawn others.

Everything here is a function of counts, of what is already published and of the drawn order, so that the audit can run
it again on other worlds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine
from vpdesk.domain.statements import Box, Of, Statement

MARGIN: Final = 2
"""A hidden sum is at least the threshold and this: whoever knows two of the records must not gain."""

FEWEST_HIDDEN: Final = 2
"""A hidden cell never stands alone."""

MOST_SUBTRACTED: Final = 3
"""How many earlier periods are subtracted together before a table is made; the audit subtracts all of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A published one-way table: exact counts, and the codes that are hidden with their sum.

    With `at_most` that sum was not said and is only an upper bound.
    """

    dimension: str
    period: Period
    shown: Mapping[str, int]
    hidden: frozenset[str]
    hidden_sum: int
    at_most: bool = False

    def least(self, codes: Iterable[str]) -> int:
        """Return how many cases the line puts in these codes at the very least."""
        wanted = set(codes)
        whole = bool(self.hidden) and self.hidden <= wanted and not self.at_most
        return sum(n for code, n in self.shown.items() if code in wanted) + (self.hidden_sum if whole else 0)

    def most(self, codes: Iterable[str]) -> int:
        """Return how many cases the line puts in these codes at the very most."""
        wanted = set(codes)
        some = bool(self.hidden & wanted)
        return sum(n for code, n in self.shown.items() if code in wanted) + (self.hidden_sum if some else 0)


def plain(dimension: str) -> str:
    """Return the name of a dimension without its day."""
    return dimension.partition("@")[0]


def published_lines(statements: Sequence[Statement], pattern: Sequence[HiddenLine]) -> tuple[Line, ...]:
    """Read the one-way tables of a publication back from its statements; a hidden set without its sum is no line."""
    shown: dict[tuple[str, Period], dict[str, int]] = {}
    sums: dict[tuple[str, Period, frozenset[str]], int] = {}
    for statement in statements:
        if statement.of is not Of.CASES or len(statement.box.where) != 1 or not statement.exact:
            continue
        ((dimension, codes),) = statement.box.where
        sums[dimension, statement.period, frozenset(codes)] = statement.minimum
        if len(codes) == 1:
            shown.setdefault((dimension, statement.period), {})[codes[0]] = statement.minimum
    hidden = {(line.dimension, line.period): frozenset(line.codes) for line in pattern}
    lines = []
    for dimension, period in sorted(shown.keys() | hidden.keys()):
        together = hidden.get((dimension, period), frozenset())
        if together and (dimension, period, together) not in sums:
            continue
        total = sums.get((dimension, period, together), 0)
        lines.append(Line(dimension, period, shown.get((dimension, period), {}), together, total))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier tables of the same dimension let a reader subtract from the table of `period`.

    With `changing` the dimension may have changed between the days of two tables, so less than nothing can be left;
    then the reader knows that it did, and learns no more. `complaints` are the formal complaints, each with its day and
    its code in this table: others know those cases, and subtract them too.
    """

    period: Period
    threshold: int
    lines: tuple[Line, ...] = ()
    changing: bool = False
    complaints: tuple[tuple[date, str], ...] = ()
    _stretches: list[tuple[Line | None, tuple[Line, ...], bool]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )
    _left: dict[str, tuple[tuple[int, int, int, frozenset[int]], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(
        cls,
        dimension: str,
        period: Period,
        threshold: int,
        lines: Sequence[Line],
        complaints: tuple[tuple[date, str], ...] = (),
    ) -> "Past":
        """Keep the lines of this dimension whose period overlaps without being the same.

        Phases and outcomes of other days too: a reader subtracts them as if nothing had changed in between.
        """
        same = (x for x in lines if plain(x.dimension) == plain(dimension))
        near = (x for x in same if x.period.overlaps(period) and x.period != period)
        return cls(period, threshold, tuple(near), changing="@" in dimension, complaints=complaints)

    def _remainders(self) -> Sequence[tuple[Line | None, tuple[Line, ...], bool]]:
        """Return what `_subtracted` yields; kept, since the rule is run on thousands of worlds."""
        if not self._stretches:
            self._stretches.extend(self._subtracted())
        return self._stretches

    def _subtracted(self) -> Iterable[tuple[Line | None, tuple[Line, ...], bool]]:
        """Yield (whole, parts, whether this table is the whole): what is left is the whole minus the parts.

        Parts that fill the whole leave nothing, and so tell nothing.
        """
        inside = [line for line in self.lines if _within(line.period, self.period)]
        for parts in _disjoint(inside):
            if _days(parts) < _length(self.period):
                yield None, parts, True
        for whole in self.lines:
            if not _within(self.period, whole.period):
                continue
            yield whole, (), False
            beside = [x for x in self.lines if _within(x.period, whole.period) and not x.period.overlaps(self.period)]
            for parts in _disjoint(beside):
                if _days(parts) + _length(self.period) < _length(whole.period):
                    yield whole, parts, False

    def tells(self, code: str, count: int) -> bool:
        """Return whether publishing this count would, by subtraction, give a small count away."""
        for sign, least, most, known in self._left_of(code):
            if self.changing and sign * count + most < 0:
                continue
            for fewer in known:
                low, high = sign * count + least - fewer, sign * count + most - fewer
                if not (low >= self.threshold or (low <= 0 and high >= self.threshold)):
                    return True
        return False

    def _left_of(self, code: str) -> tuple[tuple[int, int, int, frozenset[int]], ...]:
        """Return for each remainder how a count adds to it, what else is left at least and at most, and what is known.

        Known are no cases, or the formal complaints.
        """
        if code not in self._left:
            found = []
            for whole, parts, is_whole in self._remainders():
                least = (0 if is_whole else _least(whole, code)) - sum(x.most((code,)) for x in parts)
                most = (0 if is_whole else _most(whole, code)) - sum(x.least((code,)) for x in parts)
                known = frozenset({0, self._complaints(whole, parts, frozenset({code}))})
                found.append((1 if is_whole else -1, least, most, known))
            self._left[code] = tuple(found)
        return self._left[code]

    def _complaints(self, whole: Line | None, parts: Sequence[Line], codes: frozenset[str]) -> int:
        """Return how many formal complaints in these codes are known of what is left."""
        outer = whole.period if whole else self.period
        inner = [part.period for part in parts] + ([self.period] if whole else [])
        others = codes - {taxonomy.FORMAL_COMPLAINT}
        return sum(c in others and day in outer and not any(day in p for p in inner) for day, c in self.complaints)

    def leaves_room(self, hidden: frozenset[str], together: int) -> bool:
        """Return whether the hidden cells can still hold the threshold and the margin in what subtraction leaves."""
        for whole, parts, is_whole in self._remainders():
            most = together if is_whole else (whole.most(hidden) if whole else 0) - together
            room = most - sum(x.least(hidden) for x in parts)
            room -= self._complaints(whole, parts, hidden)
            if room < self.threshold + MARGIN and not (self.changing and room < 0):
                return False
        return True

    def floor(self, code: str) -> int:
        """Return the least count that the earlier tables allow for this code in this period."""
        inside = [line for line in self.lines if _within(line.period, self.period)]
        return max((sum(x.least((code,)) for x in parts) for parts in _disjoint(inside)), default=0)


def _least(line: Line | None, code: str) -> int:
    return line.least((code,)) if line else 0


def _most(line: Line | None, code: str) -> int:
    return line.most((code,)) if line else 0


def _within(part: Period, whole: Period) -> bool:
    return whole.first <= part.first and part.last <= whole.last


def _length(period: Period) -> int:
    return (period.last - period.first).days + 1


def _days(parts: Sequence[Line]) -> int:
    return sum(_length(part.period) for part in parts)


def _disjoint(lines: Sequence[Line]) -> Iterable[tuple[Line, ...]]:
    for size in range(1, MOST_SUBTRACTED + 1):
        for parts in combinations(lines, size):
            if not any(a.period.overlaps(b.period) for a, b in combinations(parts, 2)):
                yield parts


@dataclass(frozen=True, slots=True)
class Rule:
    """How one table hides: threshold, what is already hidden in overlapping periods, and what is already published.

    `first` are the codes hidden earlier in an overlapping period: they are the first to be hidden beside the small
    ones. With `forced` all of them are hidden, whether more is needed or not. `known` are the formal complaints by
    code: others know those cases, so what is left of a count without them must not be small either.
    """

    threshold: int
    first: frozenset[str]
    past: Past
    forced: bool = False
    known: Mapping[str, int] = field(default_factory=dict)

    def small(self, code: str, count: int) -> bool:
        """Return whether a count must be hidden for its own sake."""
        return count < self.threshold or self._leaves_few(code, count) or self.past.tells(code, count)

    def _leaves_few(self, code: str, count: int) -> bool:
        """Return whether few cases are left that are no complaint; of those counted as complaints none ever is."""
        known = self.known.get(code, 0)
        return bool(known) and code != taxonomy.FORMAL_COMPLAINT and count - known < self.threshold

    def unknowing(self) -> "Rule":
        """Return the rule of a table in which the complaints stand where they change nothing."""
        return replace(self, known={}, past=replace(self.past, complaints=()))

    def hidden(self, counts: Mapping[str, int], order: Sequence[str]) -> frozenset[str]:
        """Return the codes to hide: none, or at least two whose sum is the threshold and the margin or more.

        A line that can't be protected comes back wholly hidden. Sizes play no part in which cells join, only in when
        it is enough.
        """
        hidden = {code for code, count in counts.items() if self.small(code, count)}
        if self.forced:
            hidden |= self.first & counts.keys()
        if not hidden:
            return frozenset()
        rest = [code for code in order if code not in hidden]
        queue = [c for c in rest if c in self.first] + [c for c in rest if c not in self.first]
        for code in queue:
            if self._enough(hidden, counts):
                break
            hidden.add(code)
        return frozenset(hidden)

    def _enough(self, hidden: set[str], counts: Mapping[str, int]) -> bool:
        together = sum(counts[code] for code in hidden)
        others = [code for code in hidden if code != taxonomy.FORMAL_COMPLAINT] if any(self.known.values()) else hidden
        return (
            len(others) >= FEWEST_HIDDEN
            and sum(counts[code] - self.known.get(code, 0) for code in others) >= self.threshold + MARGIN
            and self.past.leaves_room(frozenset(hidden), together)
        )

    def cap(self, code: str, limit: int) -> int:
        """Return up to which count, from the least possible on, a code is hidden for its own sake."""
        count = self.past.floor(code)
        while count <= limit and self.small(code, count):
            count += 1
        return count - 1


def line_statements(
    dimension: str, period: Period, counts: Mapping[str, int], hidden: frozenset[str]
) -> list[Statement]:
    """Return what a table says: each shown count, and the sum of the hidden ones over the union of their codes."""

    def exactly(codes: frozenset[str], count: int) -> Statement:
        return Statement(Of.CASES, Box.where_({dimension: codes}), period, count, count)

    said = [exactly(frozenset({code}), count) for code, count in counts.items() if code not in hidden]
    if hidden:
        said.append(exactly(hidden, sum(counts[code] for code in hidden)))
    return said
