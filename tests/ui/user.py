"""A user at the real program on a chosen day: a keyboard, a screen, and a vault that is read back once it is closed."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from tests.ui.program import Program
from vpdesk.domain.wording import full_date
from vpdesk.operations.vaults import open_vault, system_keychain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from vpdesk.operations.vaults import Vault

PASSPHRASE: Final = "zevenstilleschapen"
MORNING: Final = time(9, 30)

# The program, except that it takes the day from its first argument; the hours go on as they do. The program itself has
# no option for this: a clock that could be set from outside would decide when the desk locks and which copy is due.
ON_A_DAY: Final = """
import runpy, sys
from datetime import datetime
from vpdesk import app
day, begun = datetime.fromisoformat(sys.argv.pop(1)), datetime.now()
app.now = lambda: day + (datetime.now() - begun)
runpy.run_module("vpdesk", run_name="__main__", alter_sys=True)
"""


class User:
    """Somebody at the keyboard of one laptop, whose vault lies in `folder`; no control is touched but by its keys."""

    def __init__(self, qtbot: QtBot, folder: Path, home: Path) -> None:
        self.qtbot, self.folder, self.home = qtbot, folder, home
        self._program: Program | None = None
        self._before: list[str] = []

    @property
    def program(self) -> Program:
        """The program that runs."""
        assert self._program is not None
        return self._program

    @contextmanager
    def at_the_desk(self, day: date) -> Iterator[None]:
        """Start on a day and unlock; afterwards leave by Ctrl+Q, which closes the vault."""
        moment = datetime.combine(day, MORNING).isoformat()
        how = ("-c", ON_A_DAY, moment)
        self._program = Program(self.qtbot, self.home, "--vault", str(self.folder), how=how)
        try:
            self.program.focus()
            self.program.type(PASSPHRASE)
            self.press("Return")
            self.sees(full_date(day))
            self._before = self._windows
            yield
            self.press("ctrl+q")
            self.program.until(lambda: self.program.process.poll() is not None)
            assert self.program.process.returncode == 0
        finally:
            self.program.end()

    @contextmanager
    def vault(self, day: date) -> Iterator[Vault]:
        """Open the vault that was closed, as the program does: with the passphrase and the keyring of the system."""
        now = datetime.combine(day, MORNING)
        with open_vault(self.folder, passphrase=PASSPHRASE, keychain=system_keychain, now=now) as vault:
            yield vault

    def press(self, *keys: str) -> None:
        """Press keys one after another; `3*Tab` presses it three times."""
        each: list[str] = []
        for key in keys:
            times, star, name = key.partition("*")
            each += [name] * int(times) if star else [key]
        self.program.do("key", "--delay", "12", *each)

    def type(self, text: str) -> None:
        """Type a text, and see it on the screen."""
        self.program.type(text)

    def sees(self, *texts: str) -> None:
        """Wait until the window shows each of these."""
        for text in texts:
            self.program.until(lambda text=text: self.program.shows(text))  # type: ignore[misc]

    def command(self, words: str) -> None:
        """Do something by the palette."""
        self.press("ctrl+k")
        self.program.do("type", "--delay", "8", words)
        self.press("Return")

    def choose(self, words: str) -> None:
        """Choose out of a list by the first letters of what is wanted."""
        self.program.do("type", "--delay", "8", words)

    def open_case(self, code: str, pseudonym: str, client: str) -> None:
        """Find a case by its code, wait until it stands below the field, and open it."""
        self.press("ctrl+k")
        self.choose(code)
        self.sees(f"{code} · {pseudonym}, {client}")
        self.press("Return")
        self.sees(f"Casus {code} · {pseudonym}")

    @contextmanager
    def form(self) -> Iterator[None]:
        """Wait for the form that was asked for, fill it in, and press its verb; it closes when the vault has it."""
        self.opened()
        yield
        self.press("ctrl+Return")
        self.gone()

    def opened(self) -> None:
        """Wait until something opens before what was there; it then has the keyboard."""
        before = len(self._before)
        self.program.until(lambda: len(self._windows) > before)
        self._before = self._windows
        self.program.do("windowfocus", "--sync", self._before[-1])

    def gone(self) -> None:
        """Wait until the form is gone; what stood below it then has the keyboard again."""
        before = len(self._before)
        self.program.until(lambda: len(self._windows) < before)
        self._before = self._windows
        self.program.do("windowfocus", "--sync", self._before[-1])

    @property
    def copied(self) -> str:
        """What a paste would give."""
        asked = ["xclip", "-selection", "clipboard", "-o"]
        return subprocess.run(asked, capture_output=True, text=True, check=False, timeout=20).stdout

    @property
    def _windows(self) -> list[str]:
        """What it shows, in the order in which it was opened: a window that opens later has a higher number."""
        search = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.program.process.pid), ""]
        return sorted(subprocess.run(search, capture_output=True, text=True, check=False).stdout.split(), key=int)
