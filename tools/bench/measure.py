"""Takes interleaved samples and says what they amount to: median, p95, ratio, goal."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class MeasureError(RuntimeError):
    """Something could not be measured; the text says what."""


@dataclass(frozen=True, slots=True)
class Samples:
    """What was measured of one variant, in the order of the rounds: seconds, or bytes."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the median."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """Return the 95th percentile, by rank: the largest of fewer than twenty samples."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


@dataclass(frozen=True, slots=True)
class Result:
    """One row: our samples, those of a peer where the goal is a ratio, and the goal itself."""

    name: str
    goal: float
    unit: str  # "×" for a ratio; "ms" or "s" for a time
    ours: Samples
    peer: Samples | None = None
    note: str = ""

    def _expressed(self, ours: float, peer: float | None) -> float:
        if peer is not None:
            return ours / peer
        return ours * (1000.0 if self.unit == "ms" else 1.0)

    @property
    def value(self) -> float:
        """Return the ratio of the medians, or our median in the row's unit."""
        return self._expressed(self.ours.median, self.peer.median if self.peer else None)

    @property
    def p95(self) -> float:
        """Return the ratio of the 95th percentiles, or ours in the row's unit."""
        return self._expressed(self.ours.p95, self.peer.p95 if self.peer else None)

    @property
    def reached(self) -> bool:
        """Return whether the goal is reached by the median, or where the name asks for it by the p95."""
        return (self.p95 if "p95" in self.name else self.value) <= self.goal


def interleaved(rounds: int, variants: dict[str, Callable[[], float]]) -> dict[str, Samples]:
    """Sample every variant once a round, in alternating order; the first round warms up and is dropped."""
    taken: dict[str, list[float]] = {name: [] for name in variants}
    for turn in range(rounds + 1):
        names = list(variants)
        for name in names if turn % 2 else reversed(names):
            value = variants[name]()
            if turn:
                taken[name].append(value)
    return {name: Samples(tuple(values)) for name, values in taken.items()}


def timed(work: Callable[[], object], times: int = 1) -> Callable[[], float]:
    """Return a function that does `work` so many times and returns the seconds for one."""

    def sample() -> float:
        begin = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - begin) / times

    return sample
