"""How wide the values of a crossing must lie apart where no table of it is out, and how little of a group is forced."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LEAST_WIDTH: Final = 3
"""How far apart the least and the most of a small crossing lie at the least."""

LEAST_SHARE: Final = 4
"""At most one in so many of a recognisable group may be forced to share something."""


@dataclass(frozen=True, slots=True)
class Width:
    """What a crossing must keep: the reader knew it between `least` and `most` before, inside a number of `around`.

    At most `forced` of it may be certain.
    """

    least: int
    most: int
    around: int
    forced: int

    @property
    def last(self) -> int:
        """Return the highest value that can matter: so far from the most that may be forced as the width asks."""
        return max(self.forced, self.least) + LEAST_WIDTH

    def kept(self, low: int, high: int) -> bool:
        """Return whether values so far apart are enough."""
        wide = high - low >= min(LEAST_WIDTH, self.around, self.most - self.least)
        return wide and low <= max(self.forced, self.least)

    def kept_by(self, values: Iterable[int]) -> bool:
        """Return whether these values of the crossing in worlds are enough."""
        seen = set(values)
        return bool(seen) and self.kept(min(seen), max(seen))

    def ends(self, low: int, high: int) -> tuple[int, ...]:
        """Return two values that are enough when worlds reach them or go beyond; the crossing lies in these bounds."""
        least = max(low, self.least, 0)
        most = min(high, least + min(LEAST_WIDTH, self.around, self.most - self.least))
        return (least, most) if most > least else (least,)
