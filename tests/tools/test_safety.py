"""The published table says what was measured, and a leak is not hidden in it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tools import safety
from tools.safety import Outcome, table

if TYPE_CHECKING:
    from pathlib import Path

OUTCOMES = [
    Outcome(14, (), 20, 0, 9, 0),
    Outcome(14, ("rol naaste: 2 in (2, 2)",), 0, 3, 11, 1),
    Outcome(60, (), 15, 60, 80, 0),
]


def test_every_size_has_a_row_and_there_is_one_of_all() -> None:
    assert table(OUTCOMES).splitlines()[2:] == [
        "| 14 | 1 | 1 of 2 | 20 | 15 % | 1 |",
        "| 60 | 0 | 1 of 1 | 15 | 75 % | 0 |",
        "| all | 1 | 2 of 3 | 35 | 63 % | 1 |",
    ]
    assert "nothing to show" in table([Outcome(3, (), 9, 0, 0, 0)])


def test_a_drawn_client_is_measured_from_its_reports(tmp_path: Path) -> None:
    out = tmp_path / "build/safety.json"
    command = [sys.executable, "-m", "tools.safety", "--clients", "1", "--sizes", "3", "14", "--jobs", "1"]
    done = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True, check=True)
    small, large = json.loads(out.read_text("utf-8"))
    assert small == {
        "cases": 3,
        "leaks": [],
        "naive_leaks": small["naive_leaks"],
        "shown": 0,
        "naive_shown": 0,
        "refused": 0,
    }
    assert small["naive_leaks"] > 0
    assert large["naive_shown"] > large["shown"] >= 0
    assert done.stdout.startswith(safety.HEAD)
    assert "No leak was found." in done.stdout
