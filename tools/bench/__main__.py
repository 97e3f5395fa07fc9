"""Runs the measurements, prints a table and writes build/bench.json."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools.bench.measure import MeasureError, Result
from tools.session import stop_on_signals

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent.parent
OUT: Final = ROOT / "build/bench.json"
SMALL: Final = 10_000
LARGE: Final = 100_000
GROUPS: Final = ("windows", "storage", "growth", "interaction", "sheets", "reports", "quiet")


def measured(group: str, rounds: int, folder: Path, large: int) -> Iterator[Result]:
    """Yield the rows of one group; its module, and so the code it measures, is loaded only now."""
    module = importlib.import_module(f"tools.bench.{group}")
    if group in {"sheets", "reports", "quiet"}:
        yield from module.rows(rounds, folder)
        return
    fixtures = importlib.import_module("tools.bench.fixtures")
    vault = fixtures.filled_vault(folder / "kluis", SMALL if group == "windows" else large)
    try:
        if group != "windows":
            yield from module.rows(rounds, folder, vault)
            return
    finally:
        vault.close()
    yield from module.rows(rounds, folder, folder / "kluis")


def line(result: Result) -> str:
    mark = "reached" if result.reached else "MISSED"
    goal = f"≤ {result.goal:g} {result.unit}"
    values = f"{result.value:8.2f} {result.unit:2}  p95 {result.p95:8.2f} {result.unit:2}"
    return f"{result.name:62} {values}  goal {goal:9} {mark}" + (f"  ({result.note})" if result.note else "")


def as_json(result: Result) -> dict[str, object]:
    return {
        "name": result.name,
        "unit": result.unit,
        "goal": result.goal,
        "median": result.value,
        "p95": result.p95,
        "reached": result.reached,
        "ours": result.ours.values,
        "peer": result.peer.values if result.peer else None,
        "note": result.note,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="samples of each variant, after one to warm up")
    parser.add_argument("--only", choices=GROUPS, action="append", help="one group; may be given more than once")
    parser.add_argument("--large", type=int, default=LARGE, help="conversations in the large vault")
    options = parser.parse_args()
    stop_on_signals()
    OUT.parent.mkdir(exist_ok=True)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    print(f"{options.rounds} rounds on {machine['cores']} cores, Python {machine['python']}", flush=True)
    results, failures = [], []
    for group in options.only or GROUPS:
        # Beside the checkout and not in the system's temporary folder, which may be memory: saving has to cost.
        with tempfile.TemporaryDirectory(prefix="bench-", dir=OUT.parent) as folder:
            try:
                for result in measured(group, options.rounds, Path(folder), options.large):
                    print(line(result), flush=True)
                    results.append(result)
            except MeasureError as problem:
                failures.append(f"{group}: {problem}")
                print(f"NOT MEASURED  {failures[-1]}", flush=True)
    rows = [as_json(result) for result in results]
    OUT.write_text(
        json.dumps({"machine": machine, "rows": rows, "failures": failures}, ensure_ascii=False, indent=1) + "\n",
        "utf-8",
    )
    missed = sum(not result.reached for result in results)
    print(f"{len(results) - missed} of {len(results)} goals reached; samples in {OUT.relative_to(ROOT)}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
