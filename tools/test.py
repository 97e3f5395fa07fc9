"""Runs the tests in private sessions: temporary HOME, own bus with an unlocked keyring, own display.

The whole suite runs in pieces, some at a time, since those with a window wait for part of theirs; a part of it in one
session. What tests write is in memory where there is room: a disk that is synced at each write takes a good part of the
time.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import IO, Final

from tools.session import display, keyring_session, stop_on_signals

ROOT: Final = Path(__file__).resolve().parent.parent
RATCHET: Final = ROOT / "tools/coverage-ratchet.toml"
COVERAGE: Final = ROOT / "build/coverage.json"
PIECES: Final = (
    ("ui/pages",), ("reporting/disclosure",), ("operations",), ("ui",), ("faults", "leaks"), ("attacks", "abuse"),
    ("reporting",), ("store",),
)  # fmt: skip
"""Folders of tests that run in one session, the longest first, so that none is left over at the end.

A folder that has a piece of its own is not in that of the folder around it. What is not named is one more piece.
"""

AT_ONCE: Final = (os.cpu_count() or 1) + 1
"""Pieces that run side by side; one more than there are processors, for the time in which one waits."""

PART: Final = (sys.executable, "-m", "tools.test", "--part", "--")
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


def pieces_of(folder: Path) -> list[list[str]]:
    """Return for each piece of the suite what pytest is given for it."""
    named = [name for piece in PIECES for name in piece]
    pieces = []
    for piece in PIECES:
        inside = [other for other in named for name in piece if other.startswith(f"{name}/")]
        pieces.append([*(str(folder / name) for name in piece), *(f"--ignore={folder / other}" for other in inside)])
    entries = sorted(path for path in folder.iterdir() if path.is_dir() or path.match("test_*.py"))
    return [*pieces, [str(path) for path in entries if path.name not in NO_TESTS | set(named)]]


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
            shutil.copy(kept, COVERAGE.with_name(f"piece-{os.getpid()}.coverage"))
    return code


def run_pieces(options: list[str]) -> int:
    """Run all pieces, some side by side; each says what it has to say when it is done."""
    waiting = pieces_of(ROOT / "tests")
    running: dict[subprocess.Popen[bytes], IO[bytes]] = {}
    code = 0
    with contextlib.ExitStack() as ended:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                said = ended.enter_context(tempfile.TemporaryFile())
                piece = subprocess.Popen([*PART, *options, *waiting.pop(0)], cwd=ROOT, stdout=said)
                ended.callback(piece.wait)
                ended.callback(piece.terminate)  # it stops what it started; once it has ended this does nothing
                running[piece] = said
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
            for piece in [each for each in running if each.poll() is not None]:
                code = max(code, abs(piece.returncode))  # negative where a signal ended it
                heard = running.pop(piece)
                heard.seek(0)
                shutil.copyfileobj(heard, sys.stdout.buffer)
                sys.stdout.flush()
    return code


def measured() -> None:
    """Put what the pieces measured together, as JSON."""
    pieces = sorted(COVERAGE.parent.glob("piece-*.coverage"))
    data = f"--data-file={COVERAGE.with_suffix('.data')}"
    for step in (["combine", "--quiet", data, *map(str, pieces)], ["json", "--quiet", data, "-o", str(COVERAGE)]):
        subprocess.run([sys.executable, "-m", "coverage", *step], cwd=ROOT, check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="also the exhaustive series marked `long`")
    parser.add_argument("--measure", action="store_true", help="measure coverage, and hold it to the ratchet")
    parser.add_argument("--part", action="store_true", help="take the arguments as they are")
    parser.add_argument("rest", nargs="*", help="arguments for pytest; with any, nothing is measured")
    options = parser.parse_args()
    stop_on_signals()
    COVERAGE.parent.mkdir(exist_ok=True)
    chosen = ["--hypothesis-profile=long"] if options.long else ["-m", "not long"]
    if options.part or options.rest:
        return run(options.rest if options.part else [*chosen, *options.rest])
    for left in (COVERAGE, *COVERAGE.parent.glob("piece-*.coverage")):
        left.unlink(missing_ok=True)
    code = run_pieces([*chosen, *(["--cov", "--cov-report="] if options.measure else [])])
    if code or not options.measure:
        return code
    measured()
    return 0 if ratchet() else 1


if __name__ == "__main__":
    sys.exit(main())
