"""Runs the tests in a private session: temporary HOME, own bus with an unlocked keyring, own display."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

from tools.session import display, keyring_session, stop_on_signals

ROOT: Final = Path(__file__).resolve().parent.parent
RATCHET: Final = ROOT / "tools/coverage-ratchet.toml"
COVERAGE: Final = ROOT / "build/coverage.json"


def shares(coverage: dict[str, dict[str, dict[str, dict[str, int]]]], names: list[str]) -> dict[str, float]:
    """Share of covered lines and branches per room, in percent (0 to 100); `total` is everything.

    `coverage` is the JSON report of coverage.py; `names` are dotted packages.
    """
    result = {}
    for name in names:
        folder = "" if name == "total" else name.replace(".", "/") + "/"
        possible = covered = 0
        for path, entry in coverage["files"].items():
            if path.replace(os.sep, "/").startswith(folder):
                summary = entry["summary"]
                possible += summary["num_statements"] + summary.get("num_branches", 0)
                covered += summary["covered_lines"] + summary.get("covered_branches", 0)
        result[name] = 100.0 * covered / possible if possible else 100.0
    return result


def ratchet() -> bool:
    """Compare the coverage just measured with what was reached before; True when nothing fell."""
    minimum: dict[str, float] = tomllib.loads(RATCHET.read_text(encoding="utf-8"))["minimum"]
    reached = shares(json.loads(COVERAGE.read_text(encoding="utf-8")), list(minimum))
    holds = True
    for name, share in reached.items():
        floor = int(share * 10) / 10
        if share + 1e-9 < minimum[name]:
            holds = False
            print(f"Coverage of {name} fell to {share:.2f} % (at least {minimum[name]} % was reached before).")
        elif floor > minimum[name]:
            print(f"Coverage of {name} is {share:.2f} %: {RATCHET.relative_to(ROOT)} may be raised to {floor}.")
    return holds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="also the exhaustive series marked `long`")
    parser.add_argument("rest", nargs="*", help="arguments for pytest; with any, the coverage ratchet is left alone")
    options = parser.parse_args()
    stop_on_signals()
    COVERAGE.parent.mkdir(exist_ok=True)
    COVERAGE.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    if options.long:
        command.append("--hypothesis-profile=long")
    else:
        command += ["-m", "not long"]
    if options.rest:
        command += options.rest
    else:
        command += ["--cov", f"--cov-report=json:{COVERAGE}", "--cov-report="]
    with display() as screen, keyring_session() as environment:
        environment |= {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "VPDESK_TEST_SESSION": "1"}
        # Not in the checkout: a second run there would erase what this one has measured.
        environment["COVERAGE_FILE"] = str(Path(environment["HOME"]) / "coverage")
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if code == 0 and not options.rest and not ratchet():
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
