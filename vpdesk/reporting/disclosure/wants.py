"""What the audit asks of a number: the values that it must keep, and which of them it lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import crossed_parts
from vpdesk.reporting.disclosure.block import Target
from vpdesk.reporting.disclosure.definitions import tied
from vpdesk.reporting.disclosure.protect import plain
from vpdesk.reporting.disclosure.widths import Width


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a reader could be after, named so that it means the same however time is cut."""

    dimension: str
    code: str
    when: tuple[Period, ...]
    widened: bool


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """A value that a small number can't have any more: what a reader gained.

    `widened` tells that it is the count together with `onbekend`, and `between` that it is no hidden cell and only
    whoever runs the rule again knows that it can't have this value.
    """

    dimension: str
    code: str
    when: tuple[Period, ...]
    value: int
    by_draw: bool
    widened: bool = False
    between: bool = False

    @property
    def number(self) -> Number:
        """Return which number lost a value."""
        return Number(self.dimension, self.code, self.when, self.widened)


@dataclass(frozen=True, slots=True)
class Want:
    """Values that a target must show; `codes` are all for which it stands, since nothing tells them apart.

    `replayed` asks for worlds that a draw explains; `hidden` tells that the target is a hidden cell of a table, and
    `between` that it is another number of which no rule took care. Of a target with a `width` values far enough apart
    are enough, and `shown` are those that were seen; first worlds are asked for that reach its two ends or go beyond,
    and `reach` is the lower one. `final` tells that nothing excuses it when a value is impossible.
    """

    target: Target
    codes: tuple[str, ...]
    values: tuple[int, ...]
    replayed: bool
    hidden: bool
    width: Width | None = None
    shown: tuple[int, ...] = ()
    reach: int | None = None
    final: bool = False
    between: bool = False

    @property
    def settles(self) -> str:
        """Return whose tables are settled by a final loss: those of the dimensions that are tied to the target's.

        A two-way table stands for itself.
        """
        name = self.target.dimension
        return name if crossed_parts(name) else min(plain(other) for other in tied(name))

    @property
    def alone(self) -> bool:
        """Return whether the number is known to be large when one value is impossible: no other value matters then."""
        return self.between and not self.final

    @property
    def group(self) -> str:
        """Return the table that the target stands in; the child holds one target a table."""
        return f"{self.target.dimension}{self.target.region}"

    def seen(self, worlds: Iterable[Sequence[int]]) -> set[int]:
        """Return the values that the target has in these worlds."""
        spread = self.target.spread
        return {sum(map(world.__getitem__, spread)) for world in worlds}

    def open(self, worlds: Iterable[Sequence[int]]) -> "Want":
        """Return what is still wanted after these worlds."""
        if not self.values:
            return self
        spread, left, shown = self.target.spread, set(self.values), set(self.shown)
        for world in worlds:
            if not left:
                break
            value = sum(map(world.__getitem__, spread))
            if self.reach is None:
                left.discard(value)
            else:
                left -= {end for end in left if (value <= end if end == self.reach else value >= end)}
            if self.width is not None and value not in shown:
                shown.add(value)
                left = set() if self.width.kept_by(shown) else left
        if self.width is None and left.issuperset(self.values):
            return self
        ends = (min(shown), max(shown)) if shown else ()
        return replace(self, values=tuple(v for v in self.values if v in left), shown=ends)

    def each(self, least: int, most: int) -> "Want":
        """Return the same for each value from the least to the most that can matter."""
        last = most if self.width is None else min(most, self.width.last)
        return replace(self, values=tuple(range(max(0, least), last + 1)), reach=None)

    def lost(self, values: Iterable[int], when: tuple[Period, ...]) -> set[Missing]:
        """Return what is gained when these values are impossible."""
        by_draw, between = (self.replayed and kind for kind in (self.hidden, self.between))
        return {
            Missing(self.target.dimension, code, when, value, by_draw, self.target.widened, between)
            for code in self.codes
            for value in values
        }


def ends_of(least: int, most: int, highest: int) -> tuple[int, ...]:
    """Return the values that must stay possible for a number that was known to lie between two bounds.

    Zero and the highest; of a number that was narrowed down already every value that it could have.
    """
    if least <= 0 and most >= highest:
        return (0, highest)
    return tuple(range(max(0, least), min(most, highest) + 1))


def cell_values(least: int, most: int, threshold: int, highest: int) -> tuple[int, ...]:
    """Return the values that a cell of a printed two-way table must keep of those between which it was known before.

    Each one up to the threshold, and the highest.
    """
    last = min(most, highest)
    return tuple(sorted({*range(max(0, least), min(last, threshold) + 1), last}))
