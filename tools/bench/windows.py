"""Start-up and memory of whole programs: vpdesk, a bare PySide6 window, KeePassXC at its lock screen."""

from __future__ import annotations

import contextlib
import mmap
import os
import re
import shutil
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools.bench.measure import MeasureError, Result, interleaved
from tools.session import display, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE: Final = 60.0
STILL: Final = 0.4  # less than half the period of a blinking caret

# What any PySide6 program has to pay: an application, a window, text, one paint.
BARE: Final = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("vpdesk"))
window.resize(1180, 760)
window.show()
sys.exit(application.exec())
"""


def vpdesk(vault: Path) -> list[str]:
    return [sys.executable, "-m", "vpdesk", "demo", "--vault", str(vault)]


def bare() -> list[str]:
    return [sys.executable, "-c", BARE]


def _wait(condition: Callable[[], bool], pause: float) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise MeasureError("A window did not appear.")
        time.sleep(pause)


def _visible(process: subprocess.Popen[bytes]) -> bool:
    asked = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)], capture_output=True, check=False
    )
    return bool(asked.stdout.strip())


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


class Screen:
    """A private display whose picture can be watched, so that every program is timed by the same eye."""

    def __init__(self, name: str, framebuffer: Path) -> None:
        self.name = name
        with framebuffer.open("rb") as file:
            self._pixels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def _seen(self) -> int:
        return zlib.crc32(self._pixels)

    def until_settled(self, command: list[str]) -> Callable[[], float]:
        """Return a sample of the seconds from start to the last change of the picture, then still for a while."""

        def sample() -> float:
            _wait(self._is_still, 0.0)
            empty = picture = self._seen()
            begin = changed = time.perf_counter()
            process = _started(command)
            try:
                while picture == empty or time.perf_counter() - changed < STILL:
                    now = self._seen()
                    if now != picture:
                        picture, changed = now, time.perf_counter()
                    if time.perf_counter() - begin > PATIENCE or process.poll() is not None:
                        raise MeasureError(f"{' '.join(command[:4])} showed no window.")
                    time.sleep(0.003)
                return changed - begin
            finally:
                stop(process)

        return sample

    def _is_still(self) -> bool:
        before = self._seen()
        time.sleep(0.1)
        return self._seen() == before


def _processor_time(process: subprocess.Popen[bytes]) -> int:
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _quiet(process: subprocess.Popen[bytes]) -> bool:
    before = _processor_time(process)
    time.sleep(1.0)
    return _processor_time(process) - before <= 1


def at_rest(command: list[str]) -> Callable[[], float]:
    """Return a sample of the memory in bytes (proportional set size) once a window is shown and idle."""

    def sample() -> float:
        process = _started(command)
        try:
            _wait(lambda: _visible(process), 0.05)
            _wait(lambda: _quiet(process), 0.0)
            rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
            found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
            return int(found[1]) * 1024.0 if found else 0.0
        finally:
            stop(process)

    return sample


def keepassxc(folder: Path) -> list[str] | None:
    """Return the command that shows KeePassXC locked on a new database; None when it is not installed."""
    if shutil.which("keepassxc") is None or shutil.which("keepassxc-cli") is None:
        return None
    database, settings = folder / "peer.kdbx", folder / "keepassxc.ini"
    subprocess.run(
        ["keepassxc-cli", "db-create", "-p", str(database)],
        input="drie stille schapen\ndrie stille schapen\n",
        text=True,
        check=True,
        capture_output=True,
    )
    settings.write_text(
        "[General]\nSingleInstance=false\nUpdateCheckMessageShown=true\n[GUI]\nCheckForUpdates=false\n", "utf-8"
    )
    return ["keepassxc", "--config", str(settings), "--localconfig", str(settings), str(database)]


@contextlib.contextmanager
def on_display(name: str) -> Iterator[None]:
    """Let what is started meanwhile show its windows there."""
    before = os.environ.get("DISPLAY", "")
    os.environ["DISPLAY"] = name
    try:
        yield
    finally:
        os.environ["DISPLAY"] = before


def rows(rounds: int, folder: Path, vault: Path) -> Iterator[Result]:
    """Yield start and memory of vpdesk with the open vault at `vault`, beside the peers."""
    with display("1280x800x24", folder) as name, on_display(name):
        screen = Screen(name, folder / "Xvfb_screen0")
        start = {"ours": screen.until_settled(vpdesk(vault)), "bare": screen.until_settled(bare())}
        peer = keepassxc(folder)
        if peer:
            start["peer"] = screen.until_settled(peer)
        taken = interleaved(rounds, start)
        yield Result("start to painted Vandaag ÷ bare window", 1.3, "×", taken["ours"], taken["bare"])
        if peer:
            yield Result("start ÷ KeePassXC to its locked window", 0.8, "×", taken["ours"], taken["peer"])
        rest = interleaved(rounds, {"ours": at_rest(vpdesk(vault)), "bare": at_rest(bare())})
        yield Result("idle memory ÷ bare window", 1.35, "×", rest["ours"], rest["bare"])
