"""Which counts a hidden row can have for whoever replays the rule, as sets of whole numbers.

A set is an integer in which bit n is 1 when the set holds n: the rule runs on thousands of worlds, so this is quick.
"""

from collections.abc import Callable
from typing import Final

FEWEST_DRAWN: Final = 2
"""A set of just these two rows is a small one and one that joined it."""


def up_to(most: int) -> int:
    """Return the set of the numbers from 0 to the most."""
    return (1 << (most + 1)) - 1 if most >= 0 else 0


def just(count: int) -> int:
    """Return the set that holds one number."""
    return 1 << count


def sums(one: int, other: int) -> int:
    """Return the set of all sums of a number of one set and a number of the other."""
    found = 0
    while other:
        lowest = other & -other
        found |= one << (lowest.bit_length() - 1)
        other ^= lowest
    return found


def differences(one: int, other: int) -> int:
    """Return the set of what is left, 0 or more, of a number of one set less a number of the other."""
    found = 0
    while other:
        lowest = other & -other
        found |= one >> (lowest.bit_length() - 1)
        other ^= lowest
    return found


def drawn_counts(
    together: int, rows: int, enough: int, small: Callable[[int], bool], beside: Callable[[int], bool]
) -> int:
    """Return which counts of one of some hidden rows make the rule hide just these rows, under some order.

    `small` tells which counts of the row are hidden for their own sake, and `beside` the same of the other row where
    there are two. Of more rows the others must be small, or one that is not would have been drawn without need; that
    two rows were drawn beside next to nothing is left aside, so the set may be too narrow, and then more gets hidden.
    """
    found = 0
    for count in range(together + 1):
        rest = together - count
        if small(count) or (beside(rest) if rows == FEWEST_DRAWN else rest < enough):
            found |= just(count)
    return found
