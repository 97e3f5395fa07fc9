"""Which rows of a one-way table are hidden: the small ones, those that subtraction would find, and drawn others.

A row counts one code, or several together; it is named by `key_of`. Everything here is a function of counts by row, of
what is already published and of the drawn order, so that the audit can run it again on other worlds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial, reduce
from itertools import islice
from types import MappingProxyType
from typing import Final, NamedTuple

from vpdesk.domain import taxonomy
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine
from vpdesk.domain.report_choices import TOGETHER, codes_of, crossed_parts, key_of
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.block import UNBOUNDED
from vpdesk.reporting.disclosure.implied import differences, drawn_counts, just, sums, up_to
from vpdesk.reporting.disclosure.lists import older
from vpdesk.reporting.disclosure.remainders import MOST_SUBTRACTED, Remainder, apart, inside, remainders

MARGIN: Final = 2
"""A hidden sum is at least the threshold and this: whoever knows two of the records must not gain."""

FEWEST_HIDDEN: Final = 2
"""A hidden cell never stands alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """A published one-way table: exact counts by row, and the rows that are hidden with their sum.

    With `at_most` that sum was not said and is only an upper bound. Other tables of the dimension may part its codes
    into other rows. What was said of some codes only, as in a letter, is `partial`: it bounds no others. `threshold` is
    the one at which the table was made; None is that of the table which is looked at beside it.
    """

    dimension: str
    period: Period
    shown: Mapping[str, int]
    hidden: frozenset[str]
    hidden_sum: int
    at_most: bool = False
    partial: bool = False
    threshold: int | None = None
    _counts: tuple[tuple[frozenset[str], int], ...] = field(init=False, repr=False, compare=False)
    _hidden: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        counts = tuple((frozenset(codes_of(key)), n) for key, n in self.shown.items())
        object.__setattr__(self, "_counts", counts)  # the audit asks for bounds all the time
        object.__setattr__(self, "_hidden", codes_in(self.hidden))

    def least(self, codes: Iterable[str]) -> int:
        """Return how many cases the line puts in these codes at the very least: those of rows that lie inside them."""
        wanted = set(codes)
        whole = bool(self.hidden) and self._hidden <= wanted and not self.at_most
        return sum(n for row, n in self._counts if row <= wanted) + (self.hidden_sum if whole else 0)

    def most(self, codes: Iterable[str]) -> int:
        """Return how many cases the line puts in these codes at the very most: those of rows that touch them."""
        wanted = set(codes)
        some = not self._hidden.isdisjoint(wanted)
        if self.partial and not wanted <= self._hidden.union(*(row for row, _ in self._counts)):
            return UNBOUNDED
        return sum(n for row, n in self._counts if not row.isdisjoint(wanted)) + (self.hidden_sum if some else 0)

    def rows(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Return the rows in the order of the codes; a code that the table does not know has a row of its own."""
        row_of = {code: key for key in (*self.shown, *self.hidden) for code in codes_of(key)}
        return tuple(dict.fromkeys(row_of.get(code, code) for code in codes))


def codes_in(keys: Iterable[str]) -> frozenset[str]:
    """Return all codes that some rows count."""
    return frozenset(code for key in keys for code in codes_of(key))


def plain(dimension: str) -> str:
    """Return the name of a dimension without its day."""
    return dimension.partition("@")[0]


def published_lines(
    statements: Sequence[Statement],
    pattern: Sequence[HiddenLine],
    dimensions: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[Line, ...]:
    """Read the one-way tables of a publication back from its statements; a hidden set without its sum is no line.

    The rows of a table share no codes; unions that share some with another number, as a letter may name them, are
    statements and no rows. `dimensions` gives the order of codes in the name of a row.
    """
    said: dict[tuple[str, Period], dict[frozenset[str], int]] = {}
    for statement in statements:
        if statement.of is Of.CASES and len(statement.box.where) == 1 and statement.exact:
            ((dimension, codes),) = statement.box.where
            said.setdefault((dimension, statement.period), {})[frozenset(codes)] = statement.minimum
    one_way = (line for line in pattern if crossed_parts(line.dimension) is None)
    hidden = {(line.dimension, line.period): frozenset(line.codes) for line in one_way}
    lines = []
    for dimension, period in sorted(said.keys() | hidden.keys()):
        sums = said.get((dimension, period), {})
        together = hidden.get((dimension, period), frozenset())
        union = codes_in(together)
        if together and union not in sums:
            continue
        order = dimensions.get(plain(dimension), ())
        shown = {row_key(codes, order): n for codes, n in sums.items() if codes != union and _is_row(codes, sums)}
        if shown or together:
            lines.append(Line(dimension, period, shown, together, sums[union] if together else 0))
    return tuple(lines)


def _is_row(codes: frozenset[str], among: Iterable[frozenset[str]]) -> bool:
    return len(codes) == 1 or all(codes == other or codes.isdisjoint(other) for other in among)


def row_key(codes: frozenset[str], order: Sequence[str]) -> str:
    """Return the name of the row of these codes; those that are not in the order come last."""
    known = [code for code in order if code in codes]
    return key_of((*known, *sorted(codes.difference(known))))


class _Left(NamedTuple):
    """What is left of a row after subtraction: how its count adds to it, and the rest, at least and at most.

    `known` is how many of the cases left are known: none, or the formal complaints. `implied` are the numbers that the
    tables which are out can have for the row: those subtracted from it, or those of which it is subtracted.
    """

    sign: int
    least: int
    most: int
    known: frozenset[int]
    implied: int

    def replayed(self, count: int, threshold: int) -> int:
        """Return which numbers below the threshold can be left for whoever runs the rules of those tables again.

        As a set of bits, in either direction.
        """
        if self.sign < 0:
            return self.implied >> count & up_to(threshold - 1)
        return self.implied << (threshold - 1) >> count & up_to(threshold - 1)


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier tables of the same dimension let a reader subtract from the table of `period`.

    With `changing` the dimension may have changed between the days of two tables, so less than nothing can be left;
    then the reader knows that it did, and learns no more. `complaints` are the formal complaints, each with its day and
    its code in this table: others know those cases, and subtract them too. `near` are the lines whose period overlaps
    without being the same, and `remainders` the stretches of time that are looked at.
    """

    period: Period
    threshold: int
    lines: tuple[Line, ...] = ()
    changing: bool = False
    complaints: tuple[tuple[date, str], ...] = ()
    near: tuple[Line, ...] = field(init=False, repr=False, compare=False)
    remainders: tuple[Remainder, ...] = field(init=False, repr=False, compare=False)
    _left: dict[str, tuple["_Left", ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _told: dict[tuple[str, int], bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    _room: dict[frozenset[str], tuple[tuple[int, int], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _before: dict[int, tuple["Past", frozenset[str]]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        near = (x for x in self.lines if x.period.overlaps(self.period) and x.period != self.period)
        object.__setattr__(self, "near", tuple(near))  # the rule is run on thousands of worlds
        object.__setattr__(self, "remainders", tuple(remainders(self.period, self.lines)))

    @classmethod
    def of(
        cls,
        dimension: str,
        period: Period,
        threshold: int,
        lines: Sequence[Line],
        complaints: tuple[tuple[date, str], ...] = (),
    ) -> "Past":
        """Keep the lines of this dimension, in the order in which they went out.

        Phases and outcomes of other days too: a reader subtracts them as if nothing had changed in between.
        """
        same = tuple(x for x in lines if plain(x.dimension) == plain(dimension))
        return cls(period, threshold, same, changing="@" in dimension and not older(dimension), complaints=complaints)

    def tells(self, key: str, count: int) -> bool:
        """Return whether publishing this count of a row would, by subtraction, give a small count away.

        To whoever subtracts, or to whoever also runs the rule again: a small number is given away too when some values
        of it would have made a table that is out hide other rows.
        """
        if (key, count) not in self._told:
            self._told[key, count] = self._tells(key, count)
        return self._told[key, count]

    def _tells(self, key: str, count: int) -> bool:
        for left in self._left_of(key):
            if self.changing and left.sign * count + left.most < 0:
                continue
            for fewer in left.known:
                low, high = left.sign * count + left.least - fewer, left.sign * count + left.most - fewer
                if not (low >= self.threshold or (low <= 0 and high >= self.threshold)):
                    return True
            if left.replayed(count, self.threshold) not in {0, up_to(self.threshold - 1)}:
                return True
        return False

    def told_together(self, counts: Mapping[str, int]) -> Iterable[frozenset[str]]:
        """Yield rows whose sum gives a small count away: a table that is out counts just them as one row."""
        together = {key for line in self.near for key in line.shown if TOGETHER in key and key not in counts}
        for key in sorted(together):
            inside = frozenset(row for row in counts if set(codes_of(row)) <= set(codes_of(key)))
            if codes_in(inside) == set(codes_of(key)) and self.tells(key, sum(counts[row] for row in inside)):
                yield inside

    def _left_of(self, key: str) -> tuple["_Left", ...]:
        """Return what is left of a row in each remainder."""
        if key not in self._left:
            found, codes = [], codes_of(key)
            for whole, parts in self.remainders:
                least = (whole.least(codes) if whole else 0) - sum(x.most(codes) for x in parts)
                most = (whole.most(codes) if whole else 0) - sum(x.least(codes) for x in parts)
                known = frozenset({0, self._complaints(Remainder(whole, parts), frozenset({key}))})
                implied = reduce(sums, [self._implied(part, codes) for part in parts], just(0))
                implied = differences(self._implied(whole, codes), implied) if whole else implied
                found.append(_Left(-1 if whole else 1, least, most, known, implied))
            self._left[key] = tuple(dict.fromkeys(found))
        return self._left[key]

    def _implied(self, line: Line, codes: Sequence[str]) -> int:
        """Return the numbers of cases that a line can put in these codes for whoever runs its rule again."""
        wanted = frozenset(codes)
        found = just(0)
        for key, count in line.shown.items():
            row = set(codes_of(key))
            if row <= wanted:
                found = sums(found, just(count))
            elif row & wanted:
                found = sums(found, up_to(count))
        touched = [key for key in line.hidden if not wanted.isdisjoint(codes_of(key))]
        if not touched:
            return found
        if codes_in(line.hidden) <= wanted and not line.at_most:
            return sums(found, just(line.hidden_sum))
        if len(touched) == 1 and wanted.issuperset(codes_of(touched[0])) and not line.at_most:
            return sums(found, self._drawn(line, touched[0]))
        return sums(found, up_to(line.hidden_sum))

    def _drawn(self, line: Line, key: str) -> int:
        """Return the counts of a hidden row under which the rule can have hidden just what the line hides."""
        past, forced = self._before_line(line)
        threshold = past.threshold
        beside = next((other for other in line.hidden if other != key), key)

        def small(row: str, count: int) -> bool:
            return count < threshold or row in forced or past.tells(row, count)

        return drawn_counts(
            line.hidden_sum, len(line.hidden), threshold + MARGIN, partial(small, key), partial(small, beside)
        )

    def _before_line(self, line: Line) -> tuple["Past", frozenset[str]]:
        """Return what was out before a line, and the rows that it hides since those were hidden before.

        Of a coarser edition of a table these are the rows that the table hides.
        """
        place = next(number for number, other in enumerate(self.lines) if other is line)
        if place not in self._before:
            threshold = line.threshold or self.threshold
            past = replace(Past.of(line.dimension, line.period, threshold, self.lines[:place]), _before=self._before)
            same = [x for x in past.lines if (x.dimension, x.period) == (line.dimension, line.period)]
            codes = codes_in(code for other in same or past.near for code in other.hidden)
            first = frozenset(key for key in (*line.shown, *line.hidden) if not codes.isdisjoint(codes_of(key)))
            self._before[place] = past, first if first <= line.hidden else frozenset()
        return self._before[place]

    def _complaints(self, left: Remainder, keys: frozenset[str]) -> int:
        """Return how many formal complaints in these rows are known of what is left."""
        if not self.complaints:
            return 0
        outer, inner = left.outer(self.period), left.inner(self.period)
        others = codes_in(keys - {taxonomy.FORMAL_COMPLAINT})
        return sum(c in others and day in outer and not any(day in p for p in inner) for day, c in self.complaints)

    def leaves_room(self, hidden: frozenset[str], together: int) -> bool:
        """Return whether the hidden rows can still hold the threshold and the margin in what subtraction leaves."""
        rooms = (sign * together + rest for sign, rest in self._rooms(hidden))
        return not any(room < self.threshold + MARGIN and not (self.changing and room < 0) for room in rooms)

    def _rooms(self, hidden: frozenset[str]) -> tuple[tuple[int, int], ...]:
        """Return for each remainder how the sum of the hidden rows adds to what they can hold there, and the rest."""
        if hidden not in self._room:
            codes, found = codes_in(hidden), []
            for left in self.remainders:
                taken = sum(x.least(codes) for x in left.parts) + self._complaints(left, hidden)
                found.append((-1, left.whole.most(codes) - taken) if left.whole else (1, -taken))
            self._room[hidden] = tuple(dict.fromkeys(found))
        return self._room[hidden]

    def most_without_room(self, rows: frozenset[str]) -> int:
        """Return how many cases these rows can hold at most when they are not enough: another row must join them."""
        codes = codes_in(rows)
        if any(left.whole for left in self.remainders):
            return UNBOUNDED  # of a longer period that is out they may leave too little, the more they hold
        taken = [sum(x.least(codes) for x in left.parts) for left in self.remainders]
        return self.threshold + MARGIN - 1 + max(taken, default=0)

    def floor(self, key: str) -> int:
        """Return the least count that the earlier tables allow for this row in this period."""
        codes = codes_of(key)
        within = islice(apart(inside(self.period, self.lines)), MOST_SUBTRACTED)
        return max((sum(x.least(codes) for x in parts) for parts in within), default=0)


@dataclass(frozen=True, slots=True)
class Rule:
    """How one table hides: threshold, what is already hidden in overlapping periods, and what is already published.

    `first` are the rows hidden earlier in an overlapping period: they are the first to be hidden beside the small
    ones. With `forced` all of them are hidden, whether more is needed or not. `known` are the formal complaints by
    row: others know those cases, so what is left of a count without them must not be small either.
    """

    threshold: int
    first: frozenset[str]
    past: Past
    forced: bool = False
    known: Mapping[str, int] = field(default_factory=dict)
    _small: dict[tuple[str, int], bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def small(self, key: str, count: int) -> bool:
        """Return whether the count of a row must be hidden for its own sake."""
        if (key, count) not in self._small:
            small = count < self.threshold or self._leaves_few(key, count) or self.past.tells(key, count)
            self._small[key, count] = small
        return self._small[key, count]

    def _leaves_few(self, key: str, count: int) -> bool:
        """Return whether few cases are left that are no complaint; of those counted as complaints none ever is."""
        known = self.known.get(key, 0)
        return bool(known) and key != taxonomy.FORMAL_COMPLAINT and count - known < self.threshold

    def unknowing(self) -> "Rule":
        """Return the rule of a table in which the complaints stand where they change nothing."""
        past = replace(self.past, complaints=()) if self.past.complaints else self.past
        return replace(self, known={}, past=past)

    def hidden(self, counts: Mapping[str, int], order: Sequence[str]) -> frozenset[str]:
        """Return the rows to hide: none, or at least two whose sum is the threshold and the margin or more.

        A line that can't be protected comes back wholly hidden. Sizes play no part in which rows join, only in when
        it is enough.
        """
        hidden = {key for key, count in counts.items() if self.small(key, count)}
        for rows in self.past.told_together(counts):
            if hidden.isdisjoint(rows):
                hidden.add(next(key for key in order if key in rows))
        if self.forced:
            hidden |= self.first & counts.keys()
        if not hidden:
            return frozenset()
        rest = [key for key in order if key in counts and key not in hidden]
        queue = [k for k in rest if k in self.first] + [k for k in rest if k not in self.first]
        for key in queue:
            if self._enough(hidden, counts):
                break
            hidden.add(key)
        return frozenset(hidden)

    def _enough(self, hidden: set[str], counts: Mapping[str, int]) -> bool:
        together = sum(counts[key] for key in hidden)
        others = [key for key in hidden if key != taxonomy.FORMAL_COMPLAINT] if any(self.known.values()) else hidden
        return (
            len(others) >= FEWEST_HIDDEN
            and sum(counts[key] - self.known.get(key, 0) for key in others) >= self.threshold + MARGIN
            and self.past.leaves_room(frozenset(hidden), together)
        )

    def cap(self, key: str, limit: int) -> int:
        """Return up to which count, from the least possible on, a row is hidden for its own sake."""
        count = self.past.floor(key)
        while count <= limit and self.small(key, count):
            count += 1
        return count - 1

    def beyond(self, key: str, limit: int) -> list[tuple[int, int]]:
        """Return between which counts above its cap a row is hidden for its own sake: they tell what is left."""
        found: list[tuple[int, int]] = []
        for count in range(self.cap(key, limit) + 1, limit + 1) if self.past.remainders else ():
            if self.small(key, count):
                first = found.pop()[0] if found and found[-1][1] == count - 1 else count
                found.append((first, count))
        return found


def line_statements(
    dimension: str, period: Period, counts: Mapping[str, int], hidden: frozenset[str]
) -> list[Statement]:
    """Return what a table says: each shown count, and the sum of the hidden ones over the union of their codes."""

    def exactly(keys: Iterable[str], count: int) -> Statement:
        return Statement(Of.CASES, Box.where_({dimension: codes_in(keys)}), period, count, count)

    said = [exactly((key,), count) for key, count in counts.items() if key not in hidden]
    if hidden:
        said.append(exactly(hidden, sum(counts[key] for key in hidden)))
    return said
