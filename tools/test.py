"""Runs the tests in private sessions: temporary HOME, own bus with an unlocked keyring, own display.

The whole suite runs in two sessions side by side, since those with a window mostly wait; a part of it in one. What
tests write is in memory where there is room: a disk that is synced at each write takes a good part of the time.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Final

from tools.session import display, keyring_session, stop_on_signals

ROOT: Final = Path(__file__).resolve().parent.parent
RATCHET: Final = ROOT / "tools/coverage-ratchet.toml"
COVERAGE: Final = ROOT / "build/coverage.json"
WAITING: Final = (
    "ui", "leaks", "faults", "attacks", "abuse", "test_command_warnings.py", "test_crash.py", "test_startup_modules.py",
)  # fmt: skip
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
ROOM: Final = 2 << 30
"""Bytes that must be free there for a run; the whole suite writes less than half of it."""

NO_TESTS: Final = {"data", "golden", "__pycache__", "readable"}


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


def tests_of(folder: Path) -> tuple[list[str], list[str]]:
    """Return the two halves of the suite, each about half of the time: what waits most of it, and what computes."""
    waiting = [str(folder / name) for name in WAITING]
    entries = sorted(path for path in folder.iterdir() if path.is_dir() or path.match("test_*.py"))
    return waiting, [str(path) for path in entries if str(path) not in waiting and path.name not in NO_TESTS]


def quick_folder() -> str | None:
    """Return where temporary files are written fastest: in memory, or where that has no room, in the usual place."""
    if not MEMORY.is_dir() or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:  # some tests start what they write
        return None
    return str(MEMORY) if shutil.disk_usage(MEMORY).free > ROOM else None


def run(arguments: list[str]) -> int:
    """Run pytest in a session of its own and return its exit code."""
    written = tempfile.TemporaryDirectory(prefix="vpdesk-tests-", dir=quick_folder(), ignore_cleanup_errors=True)
    with written as folder, display() as screen, keyring_session() as environment:
        Path(folder).chmod(0o711)  # some tests let another user reach what they name
        environment |= {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "VPDESK_TEST_SESSION": "1", "TMPDIR": folder}
        # Not in the checkout: a second run there would erase what this one has measured.
        environment["COVERAGE_FILE"] = str(Path(environment["HOME"]) / "coverage")
        kept_files = ("-o", "tmp_path_retention_policy=failed")  # or memory would hold them all until the end
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *kept_files, *arguments]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        kept = Path(environment["COVERAGE_FILE"])
        if kept.exists():
            shutil.copy(kept, COVERAGE.with_name(f"half-{os.getpid()}.coverage"))
    return code


def run_both(options: list[str]) -> int:
    """Run the halves side by side; the second says what it has to say when the first is done."""
    waiting, computing = tests_of(ROOT / "tests")
    with tempfile.TemporaryFile() as said:
        command = [sys.executable, "-m", "tools.test", "--part", "--", *options, *waiting]
        beside = subprocess.Popen(command, cwd=ROOT, stdout=said)
        try:
            codes = [run([*options, *computing]), beside.wait()]
        finally:
            beside.terminate()  # it stops what it started; once it has ended this does nothing
            beside.wait()
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout.buffer)
        sys.stdout.flush()
    return max(codes)


def measured() -> None:
    """Put what both halves measured together, as JSON."""
    halves = sorted(COVERAGE.parent.glob("half-*.coverage"))
    data = f"--data-file={COVERAGE.with_suffix('.data')}"
    for step in (["combine", "--quiet", data, *map(str, halves)], ["json", "--quiet", data, "-o", str(COVERAGE)]):
        subprocess.run([sys.executable, "-m", "coverage", *step], cwd=ROOT, check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="also the exhaustive series marked `long`")
    parser.add_argument("--part", action="store_true", help="take the arguments as they are")
    parser.add_argument("rest", nargs="*", help="arguments for pytest; with any, the coverage ratchet is left alone")
    options = parser.parse_args()
    stop_on_signals()
    COVERAGE.parent.mkdir(exist_ok=True)
    chosen = ["--hypothesis-profile=long"] if options.long else ["-m", "not long"]
    if options.part or options.rest:
        return run(options.rest if options.part else [*chosen, *options.rest])
    for left in (COVERAGE, *COVERAGE.parent.glob("half-*.coverage")):
        left.unlink(missing_ok=True)
    code = run_both([*chosen, "--cov", "--cov-report="])
    if code:
        return code
    measured()
    return 0 if ratchet() else 1


if __name__ == "__main__":
    sys.exit(main())
