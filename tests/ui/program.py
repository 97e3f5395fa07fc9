"""The program as a process of its own, worked from outside: keys through the display, memory through /proc."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.watching import watchable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

PLAIN: Final = ("-m", "vpdesk")


class Program:
    """A running vpdesk; `how` is what follows the interpreter, `arguments` what follows the program."""

    def __init__(
        self,
        qtbot: QtBot,
        home: Path,
        *arguments: str,
        how: tuple[str, ...] = PLAIN,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.qtbot, self.arguments, self.how = qtbot, arguments, how
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        kept |= {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
        self.environment = watchable(kept | (environment or {}))
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Start one more, in the same surroundings."""
        command = [sys.executable, *self.how, *self.arguments]
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)

    def end(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.wait()

    @property
    def windows(self) -> list[str]:
        """The windows it shows."""
        search = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", "^vpdesk$"]
        return subprocess.run(search, capture_output=True, text=True, check=False).stdout.split()

    @property
    def geometry(self) -> str:
        """Place and size of its window."""
        asked = ["xdotool", "getwindowgeometry", "--shell", *self.windows[:1]]
        told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        return " ".join(line for line in told.split() if line.startswith(("X=", "Y=", "WIDTH=", "HEIGHT=")))

    @property
    def command(self) -> list[str]:
        """The command line with which it was begun, or replaced."""
        return Path(f"/proc/{self.process.pid}/cmdline").read_text(encoding="utf-8").split("\0")

    @property
    def locked(self) -> str:
        """The reason with which the process was replaced, empty in one that was started."""
        given = Path(f"/proc/{self.process.pid}/environ").read_bytes().split(b"\0")
        name = b"VPDESK_LOCKED="
        return next((value.removeprefix(name).decode() for value in given if value.startswith(name)), "")

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(lambda: bool(holds()))

    def do(self, *what: str) -> None:
        """Have the display type, press or move something."""
        subprocess.run(["xdotool", *what], check=True, capture_output=True)

    def focus(self) -> None:
        """Give its window the keyboard; no window manager does that here."""
        self.until(lambda: self.windows)
        self.do("windowfocus", "--sync", self.windows[0])

    def type(self, text: str) -> None:
        """Type a text where the keyboard is, and wait until the process holds it."""
        self.do("type", "--delay", "1", text)
        self.until(lambda: self.remembers(text))

    def type_until_there(self, text: str) -> None:
        """Type a text until the process holds it: the page may not be there yet at first."""

        def there() -> bool:
            if not self.remembers(text):
                self.do("type", "--delay", "1", text)
            return self.remembers(text)

        self.until(there)

    def remembers(self, secret: str | bytes) -> bool:
        """Whether a text or a key stands anywhere in the writable memory of the process, in any of its forms."""
        needles = _forms(secret)
        return any(needle in content for content in self._memory() for needle in needles)

    def shows(self, text: str) -> bool:
        """Whether the window was given a text: Qt keeps it in UTF-16, the program's own literals are not."""
        return any(text.encode("utf-16-le") in content for content in self._memory())

    def _memory(self) -> Iterator[bytes]:
        with Path(f"/proc/{self.process.pid}/mem").open("rb", 0) as memory:
            for line in Path(f"/proc/{self.process.pid}/maps").read_text(encoding="utf-8").splitlines():
                span, rights, *_ = line.split()
                if not rights.startswith("rw"):
                    continue
                first, last = (int(part, 16) for part in span.split("-"))
                try:
                    memory.seek(first)
                    yield memory.read(last - first)
                except (OSError, ValueError):
                    continue


def _forms(secret: str | bytes) -> tuple[bytes, ...]:
    if isinstance(secret, str):
        return secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-32-le")
    written = secret.hex()
    return secret, written.encode(), written.upper().encode(), written.encode("utf-16-le")
