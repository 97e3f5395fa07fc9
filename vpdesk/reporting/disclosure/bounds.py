"""Bounds that follow from single rows, in Python integers: sound, not always tight."""

from collections.abc import Callable, Sequence
from typing import Final

from vpdesk.reporting.disclosure.block import UNBOUNDED, Block, Row

ROUNDS: Final = 60


def bounds(block: Block) -> tuple[list[int], list[int]]:
    """Return lower and upper bounds of every variable that follow row by row; sound, not always tight.

    An upper bound below its lower one shows that no world exists.
    """
    low, high = [0] * len(block.variables), [UNBOUNDED] * len(block.variables)
    for _ in range(ROUNDS):
        before = (tuple(low), tuple(high))
        for row in block.rows:
            _tighten(row, low, high)
        if before == (tuple(low), tuple(high)) or contradictory(low, high):
            break
    return low, high


def contradictory(low: Sequence[int], high: Sequence[int]) -> bool:
    """Return whether bounds show that no world exists."""
    return any(a > b for a, b in zip(low, high, strict=True))


def _tighten(row: Row, low: list[int], high: list[int]) -> None:
    least = sum(low[i] for i in row.plus) - sum(high[i] for i in row.minus)
    most = sum(high[i] for i in row.plus) - sum(low[i] for i in row.minus)
    for i in row.plus:
        old_low, old_high = low[i], high[i]
        low[i] = max(old_low, row.low - (most - old_high))
        high[i] = min(old_high, row.high - (least - old_low))
    for i in row.minus:
        old_low, old_high = low[i], high[i]
        low[i] = max(old_low, (least + old_high) - row.high)
        high[i] = min(old_high, (most + old_low) - row.low)


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

    def of(places: Sequence[int]) -> int:
        spread = frozenset(places)
        return min((number for members, number in exact if spread <= members), default=UNBOUNDED)

    return of
