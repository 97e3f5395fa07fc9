"""Margins of a cube that hang together: variables, the rows that everything published puts on them, and targets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

TOTAL: Final = ""
"""The name under which the segment totals stand beside the dimensions."""

UNBOUNDED: Final = 10**6
"""More cases than any client has: an upper bound for what no statement bounds."""

Region = tuple[int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Variable:
    """How many cases of a segment have a code; the segment's total when the dimension is TOTAL."""

    segment: int
    dimension: str
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """Between `low` and `high` lies the sum of the variables `plus` less the variables `minus`.

    A `tie` says only that joint cells add up to margins and to each other: nobody published it.
    """

    plus: tuple[int, ...]
    minus: tuple[int, ...]
    low: int
    high: int
    tie: bool = False

    def holds(self, world: Sequence[int]) -> bool:
        """Return whether a world keeps this row, in Python integers."""
        count = world.__getitem__
        return self.low <= sum(map(count, self.plus)) - sum(map(count, self.minus)) <= self.high


@dataclass(frozen=True, slots=True)
class Target:
    """A number that a reader could be after: a code, or all, in a region of time; `spread` are its variables.

    `widened` adds what is `onbekend` in a tied dimension: a reader may believe that nothing ever is. A cell of a
    two-way table lies in two `margins`, one of which may be a recognisable `group`, and `printed` tells that a table of
    it is out for just this region.
    """

    dimension: str
    code: str
    region: Region
    spread: tuple[int, ...]
    widened: bool = False
    margins: tuple[tuple[int, ...], ...] = ()
    group: tuple[int, ...] = ()
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Margins that hang together, with everything published about them."""

    dimensions: frozenset[str]
    variables: tuple[Variable, ...]
    rows: tuple[Row, ...]
    targets: tuple[Target, ...]
    _hash: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        """Return the hash, worked out once: a block is looked up again and again, and has thousands of parts."""
        if not self._hash:
            self._hash.append(hash((self.dimensions, self.variables, self.rows, self.targets)))
        return self._hash[0]

    def index(self) -> dict[Variable, int]:
        """Return the place of each variable in a world."""
        return {variable: place for place, variable in enumerate(self.variables)}

    def holds(self, world: Sequence[int]) -> bool:
        """Return whether a proposed world is whole, not negative, and agrees with everything published."""
        return (
            len(world) == len(self.variables)
            and set(map(type, world)) <= {int}
            and min(world, default=0) >= 0
            and all(row.holds(world) for row in self.rows)
        )
