"""Bounds that follow from single rows, in Python integers: sound, not always tight."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from vpdesk.reporting.disclosure.block import UNBOUNDED, Block, Row

ROUNDS: Final = 60
KEPT: Final = 64
"""Of how many blocks bounds are kept: those of one report, asked again and again."""


def bounds(block: Block) -> tuple[list[int], list[int]]:
    """Return lower and upper bounds of every variable that follow row by row; sound, not always tight.

    An upper bound below its lower one shows that no world exists.
    """
    low, high = _bounds(block)
    return list(low), list(high)


@lru_cache(maxsize=KEPT)
def _bounds(block: Block) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Go over the rows until nothing changes, each time over those in which something did."""
    low, high = [0] * len(block.variables), [UNBOUNDED] * len(block.variables)
    rows_of: list[list[int]] = [[] for _ in block.variables]
    for number, row in enumerate(block.rows):
        for i in (*row.plus, *row.minus):
            rows_of[i].append(number)
    stirred = set(range(len(block.rows)))
    for _ in range(ROUNDS):
        now, stirred = stirred, set()
        for number, row in enumerate(block.rows):
            if number not in now and number not in stirred:
                continue
            stirred.discard(number)
            stirred.update(other for i in _tighten(row, low, high) for other in rows_of[i])
        if not stirred or contradictory(low, high):
            break
    return tuple(low), tuple(high)


def contradictory(low: Sequence[int], high: Sequence[int]) -> bool:
    """Return whether bounds show that no world exists."""
    return any(a > b for a, b in zip(low, high, strict=True))


def _tighten(row: Row, low: list[int], high: list[int]) -> list[int]:
    """Narrow the bounds of the variables in a row, and return those whose bounds changed."""
    least = sum([low[i] for i in row.plus]) - sum([high[i] for i in row.minus])
    most = sum([high[i] for i in row.plus]) - sum([low[i] for i in row.minus])
    changed = []
    for i in row.plus:
        old_low, old_high = low[i], high[i]
        new_low, new_high = row.low - (most - old_high), row.high - (least - old_low)
        if new_low > old_low or new_high < old_high:
            low[i], high[i] = max(old_low, new_low), min(old_high, new_high)
            changed.append(i)
    for i in row.minus:
        old_low, old_high = low[i], high[i]
        new_low, new_high = (least + old_high) - row.high, (most + old_low) - row.low
        if new_low > old_low or new_high < old_high:
            low[i], high[i] = max(old_low, new_low), min(old_high, new_high)
            changed.append(i)
    return changed


def provable(block: Block, low: Sequence[int], high: Sequence[int]) -> Callable[[Sequence[int]], tuple[int, int]]:
    """Return a function that gives bounds of a sum of variables, provable from single rows, in Python integers."""
    sums = [(frozenset(row.plus), row) for row in block.rows if not row.minus]
    of_variable: dict[int, list[int]] = {}
    for number, (members, _) in enumerate(sums):
        for i in members:
            of_variable.setdefault(i, []).append(number)

    def of(places: Sequence[int]) -> tuple[int, int]:
        spread = frozenset(places)
        least, most = sum(low[i] for i in spread), sum(high[i] for i in spread)
        for number in {n for i in spread for n in of_variable.get(i, ())}:
            members, row = sums[number]
            extra, short = members - spread, spread - members
            least = max(least, row.low - sum(high[i] for i in extra) + sum(low[i] for i in short))
            most = min(most, row.high - sum(low[i] for i in extra) + sum(high[i] for i in short))
        return least, most

    return of


def smallest_around(block: Block) -> Callable[[Sequence[int]], int]:
    """Return a function that gives the smallest known number of which some variables are a part."""
    exact = [(frozenset(row.plus), row.high) for row in block.rows if not row.minus and row.low == row.high]

    found: dict[tuple[int, ...], int] = {}

    def of(places: Sequence[int]) -> int:
        key = tuple(places)
        if key not in found:
            spread = frozenset(places)
            found[key] = min((number for members, number in exact if spread <= members), default=UNBOUNDED)
        return found[key]

    return of
