"""The layout of charts over years as plain numbers, shared by the file and the screen: x to the right, y downwards.

The scale begins at nothing and comes from published numbers only: a year without one has a place on the axis and no
height.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vpdesk.reporting.document import Bar

_STEPS: Final = (1, 2, 5, 10, 15, 20, 25, 30, 40, 50)
_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class YearPoint:
    """A year on the axis; `y` is None where it has no number."""

    bar: Bar
    x: float
    y: float | None


@dataclass(frozen=True, slots=True)
class YearLineLayout:
    """The points, the pairs of neighbours that a line joins, and the quiet lines with their value, from 0 up."""

    points: tuple[YearPoint, ...]
    joined: tuple[tuple[YearPoint, YearPoint], ...]
    grid: tuple[tuple[int, float], ...]


def step_of(bars: Iterable[Bar]) -> int:
    """Return the distance between the quiet lines: round, and such that three of them reach the highest number."""
    highest = max((bar.value for bar in bars if bar.value is not None), default=0)
    tens = 1
    while True:
        for step in _STEPS:
            if _LINES * step * tens >= highest:
                return step * tens
        tens *= 10


def year_line(bars: Sequence[Bar], *, width: float, height: float, step: int, margin: float) -> YearLineLayout:
    """Lay out years over a width with a margin at both sides; `step` as `step_of` gives, the same for charts alike."""
    apart = (width - 2 * margin) / max(1, len(bars) - 1)
    unit = height / (_LINES * step)
    points = tuple(
        YearPoint(bar, margin + n * apart, None if bar.value is None else height - unit * bar.value)
        for n, bar in enumerate(bars)
    )
    joined = tuple(
        (left, right) for left, right in itertools.pairwise(points) if left.y is not None and right.y is not None
    )
    grid = tuple((step * n, height - unit * step * n) for n in range(_LINES + 1))
    return YearLineLayout(points, joined, grid)
