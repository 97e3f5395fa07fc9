"""Bounds that follow from single rows, in Python integers: sound, not always tight."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from vpdesk.reporting.disclosure.block import UNBOUNDED, Block, Row

ROUNDS: Final = 60
A_FEW: Final = 2
"""How many rows after each other bound what was given away."""

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
    by_rows = _by_rows(block, low, high)
    return lambda places: by_rows(frozenset(places), 1)


def narrowed(block: Block, low: Sequence[int], high: Sequence[int]) -> Callable[[Sequence[int]], tuple[int, int]]:
    """Return the same, provable from a few rows: of what was given away before, which a letter and a table may share.

    What a row counts besides, or leaves out, is bounded by other rows in its turn. All cases are also the sum of each
    dimension, and a code the sum of its cells where two dimensions are counted jointly.
    """
    by_rows, same = _by_rows(block, low, high), _same_sums(block)

    def of(places: Sequence[int]) -> tuple[int, int]:
        found = [by_rows(spread, A_FEW) for spread in same(frozenset(places))]
        return max(least for least, _ in found), min(most for _, most in found)

    return of


def _by_rows(block: Block, low: Sequence[int], high: Sequence[int]) -> Callable[[frozenset[int], int], tuple[int, int]]:
    """Return a function that bounds a sum by so many rows after each other."""
    sums = [(frozenset(row.plus), row) for row in block.rows if not row.minus]
    of_variable: dict[int, list[int]] = {}
    for number, (members, _) in enumerate(sums):
        for i in members:
            of_variable.setdefault(i, []).append(number)

    @cache
    def of(spread: frozenset[int], rows: int) -> tuple[int, int]:
        least, most = sum(map(low.__getitem__, spread)), sum(map(high.__getitem__, spread))
        for number in {n for i in spread for n in of_variable.get(i, ())} if rows else ():
            members, row = sums[number]
            extra, short = of(members - spread, rows - 1), of(spread - members, rows - 1)
            least = max(least, row.low - extra[1] + short[0])
            most = min(most, row.high - extra[0] + short[1])
        return least, most

    return of


def _same_sums(block: Block) -> Callable[[frozenset[int]], list[frozenset[int]]]:
    """Return a function that gives with some variables all others that add up to the same.

    Totals of segments are sums of codes, and codes are sums of joint cells.
    """
    parts: dict[str, dict[int, tuple[int, ...]]] = {}
    for row in block.rows:
        if len(row.minus) == 1 and row.low == row.high == 0:
            parts.setdefault(block.variables[row.plus[0]].dimension, {})[row.minus[0]] = row.plus

    def finer(spread: frozenset[int]) -> list[frozenset[int]]:
        whole = [known for known in parts.values() if spread <= known.keys()]
        return [frozenset(i for one in spread for i in known[one]) for known in whole]

    def of(spread: frozenset[int]) -> list[frozenset[int]]:
        codes = finer(spread)
        return [spread, *codes, *(cells for some in codes for cells in finer(some))]

    return of


class Around:
    """The smallest known number of which some variables are a part; variables are bits of a whole number."""

    def __init__(self, block: Block) -> None:
        exact = [(_bits(row.plus), row.high) for row in block.rows if not row.minus and row.low == row.high]
        exact.sort(key=lambda known: known[0].bit_count(), reverse=True)
        there: dict[int, int] = {}
        for place, variable in enumerate(block.variables):
            there[variable.segment] = there.get(variable.segment, 0) | 1 << place
        self._exact = [
            (members, number, sum(of for of in there.values() if of & members) & ~members) for members, number in exact
        ]
        self._printed: dict[tuple[int, ...], int] = {}
        self._left: dict[tuple[int, ...], int] = {}

    def printed(self, places: Sequence[int]) -> int:
        """Return the smallest printed number."""
        key = tuple(places)
        if key not in self._printed:
            spread = _bits(key)
            self._printed[key] = min((n for members, n, _ in self._exact if not spread & ~members), default=UNBOUNDED)
        return self._printed[key]

    def left(self, places: Sequence[int]) -> int:
        """Return the smallest, of those too that are left of a printed one without what is known of other segments."""
        key = tuple(places)
        if key not in self._left:
            spread = _bits(key)
            around = (known for known in self._exact if not spread & ~known[0])
            self._left[key] = min((self._less(known[0], known[1], spread) for known in around), default=UNBOUNDED)
        return self._left[key]

    def _less(self, left: int, count: int, spread: int) -> int:
        for members, number, beside in self._exact:
            inside = not members & ~left and members != left
            if inside and not spread & members and not left & beside:  # it has all that is left in its segments
                left, count = left & ~members, count - number
        return count


def _bits(places: Iterable[int]) -> int:
    """Return these places as bits of a whole number."""
    return sum(1 << place for place in set(places))
