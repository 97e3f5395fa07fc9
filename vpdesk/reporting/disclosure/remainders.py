"""What is left when published periods are taken from each other: the stretches of time that the rule of a table keeps.

The rule looks at these before a table is made; of every other stretch the audit asks under replay (`between.py`).
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.reporting.disclosure.protect import Line

MOST_SUBTRACTED: Final = 120
"""How many sets of parts the rule takes from one period, the fewest parts first; of the others the audit asks."""


class Remainder(NamedTuple):
    """A period less others that lie in it apart from each other: the table's own (`whole` is None) less `parts`.

    Or an earlier whole, in which the table's own period lies, less that and `parts`.
    """

    whole: Line | None
    parts: tuple[Line, ...]

    def outer(self, own: Period) -> Period:
        """Return from what is subtracted, for the table of this period."""
        return self.whole.period if self.whole else own

    def inner(self, own: Period) -> tuple[Period, ...]:
        """Return what is subtracted, for the table of this period."""
        return (*(part.period for part in self.parts), *((own,) if self.whole else ()))


def remainders(own: Period, lines: Sequence[Line]) -> Iterator[Remainder]:
    """Yield what is left between the table of a period and earlier ones; parts that fill the whole leave nothing."""
    for parts in islice(apart(inside(own, lines)), MOST_SUBTRACTED):
        if _days(parts) < _length(own):
            yield Remainder(None, parts)
    for whole in lines:
        if whole.period == own or not _within(own, whole.period):
            continue
        yield Remainder(whole, ())
        beside = [line for line in inside(whole.period, lines) if not line.period.overlaps(own)]
        for parts in islice(apart(beside), MOST_SUBTRACTED):
            if _days(parts) + _length(own) < _length(whole.period):
                yield Remainder(whole, parts)


def inside(period: Period, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of shorter periods in this one."""
    return [line for line in lines if line.period != period and _within(line.period, period)]


def apart(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the sets of lines of which no two periods overlap, the smallest sets first."""
    waiting: deque[tuple[tuple[Line, ...], int]] = deque([((), 0)])
    while waiting:
        parts, start = waiting.popleft()
        for place, line in enumerate(lines[start:], start + 1):
            if not any(line.period.overlaps(part.period) for part in parts):
                yield (*parts, line)
                waiting.append(((*parts, line), place))


def _within(part: Period, whole: Period) -> bool:
    return whole.first <= part.first and part.last <= whole.last


def _length(period: Period) -> int:
    return (period.last - period.first).days + 1


def _days(parts: Sequence[Line]) -> int:
    return sum(_length(part.period) for part in parts)
