"""Publishes what the protection of reports costs: leaks and printed counts of drawn clients, beside the naive rule.

Each client is invented and gets a half-year, a correction, the year and the next year. An independent reader solves
what is out cell by cell, in whole numbers, phases and outcomes as histories. The table goes into docs/report-method.md.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tests.reporting.disclosure.series import SIZES, series

OUT: Final = Path(__file__).resolve().parent.parent / "build/safety.json"
HEAD: Final = (
    "| cases in the year | leaks | clients with a leak under the naive rule | leaks under it | shown | no file |\n"
    "|---|---|---|---|---|---|\n"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one drawn client showed: leaks of ours and of the naive rule, counts printed by each, reports refused."""

    cases: int
    leaks: tuple[str, ...]
    naive_leaks: int
    shown: int
    naive_shown: int
    refused: int


def measure(seed: int, cases: int) -> Outcome:
    """Draw a client and read everything that went out about it."""
    drawn = series(seed, cases)
    ours, theirs = drawn.shown()
    leaks = tuple(drawn.leaks(histories=True, whole=True))
    return Outcome(cases, leaks, len(drawn.naive_leaks()), ours, theirs, len(drawn.refused))


def table(outcomes: list[Outcome]) -> str:
    """Return the table by size, and the share of counts that are still printed in all."""
    sizes = sorted({outcome.cases for outcome in outcomes})
    rows = [_row(str(size), [outcome for outcome in outcomes if outcome.cases == size]) for size in sizes]
    return "".join([HEAD, *rows, _row("all", outcomes)])


def _row(name: str, some: list[Outcome]) -> str:
    naive = sum(outcome.naive_shown for outcome in some)
    share = f"{100 * sum(outcome.shown for outcome in some) // naive} %" if naive else "nothing to show"
    fallen = sum(outcome.naive_leaks > 0 for outcome in some)
    cells = (
        name,
        sum(len(outcome.leaks) for outcome in some),
        f"{fallen} of {len(some)}",
        sum(outcome.naive_leaks for outcome in some),
        share,
        sum(outcome.refused for outcome in some),
    )
    return f"| {' | '.join(map(str, cells))} |\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=20, help="drawn clients of each size")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="cases in a year")
    parser.add_argument("--jobs", type=int, default=2, help="processes side by side")
    parser.add_argument("--out", type=Path, default=OUT, help="where every outcome is written, as JSON")
    options = parser.parse_args()
    asked = [(seed, size) for size in options.sizes for seed in range(options.clients)]
    with ProcessPoolExecutor(options.jobs) as running:
        outcomes = list(running.map(_measured, asked))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps([asdict(outcome) for outcome in outcomes], indent=1), encoding="utf-8")
    print(table(outcomes))
    leaks = [f"{outcome.cases} cases: {leak}" for outcome in outcomes for leak in outcome.leaks]
    print("\n".join(leaks) or "No leak was found.")
    return 1 if leaks else 0


def _measured(asked: tuple[int, int]) -> Outcome:
    seed, cases = asked
    return measure(1000 * cases + seed, cases)


if __name__ == "__main__":
    raise SystemExit(main())
