"""The program as a process: one window a vault, and a lock that leaves nothing in memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import NOW
from tests.watching import watchable
from vpdesk.operations import conversations
from vpdesk.operations.practice import make_practice_vault
from vpdesk.operations.vaults import open_vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.window

TYPED = "zonnebloempitten"
SHIFTED = {"control": "ctrl"}


class Program:
    """A running vpdesk on a practice vault."""

    def __init__(self, qtbot: QtBot, folder: Path, home: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        environment |= {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
        self.environment = watchable(environment)
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "vpdesk", "demo", "--vault", str(self.folder)]
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)

    @property
    def windows(self) -> list[str]:
        search = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", "^vpdesk$"]
        found = subprocess.run(search, capture_output=True, text=True, check=False)
        return found.stdout.split()

    @property
    def command(self) -> list[str]:
        return Path(f"/proc/{self.process.pid}/cmdline").read_text(encoding="utf-8").split("\0")

    def until(self, holds: object) -> None:
        assert callable(holds)
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=30_000)

    def do(self, *what: str) -> None:
        subprocess.run(["xdotool", *what], check=True, capture_output=True)

    def remembers(self, text: str) -> bool:
        """Whether a text stands anywhere in the writable memory of the process."""
        needles = (text.encode(), text.encode("utf-16-le"))
        with Path(f"/proc/{self.process.pid}/mem").open("rb", 0) as memory:
            for line in Path(f"/proc/{self.process.pid}/maps").read_text(encoding="utf-8").splitlines():
                span, rights, *_ = line.split()
                if not rights.startswith("rw"):
                    continue
                first, last = (int(part, 16) for part in span.split("-"))
                try:
                    memory.seek(first)
                    content = memory.read(last - first)
                except (OSError, ValueError):
                    continue
                if any(needle in content for needle in needles):
                    return True
        return False


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    folder = tmp_path / "oefenkluis"
    make_practice_vault(folder, now=NOW).close()
    running = Program(qtbot, folder, tmp_path / "home")
    running.until(lambda: running.windows)
    yield running
    running.process.kill()
    running.process.wait()


def test_a_second_start_raises_the_first_window_and_ends(program: Program) -> None:
    second = program.start()
    assert second.wait(30) == 0
    assert program.process.poll() is None
    assert len(program.windows) == 1


def test_locking_leaves_nothing_in_memory_and_loses_no_text(program: Program) -> None:
    window = program.windows[0]
    program.do("windowfocus", "--sync", window)
    program.do("key", "ctrl+n")
    program.until(lambda: TYPED in typed_after(program))
    assert program.remembers(TYPED), "this test would not see text that stays behind"
    number = program.process.pid
    program.do("key", "ctrl+l")
    program.until(lambda: "demo" not in program.command)
    program.until(lambda: program.windows)
    assert program.process.pid == number
    assert not program.remembers(TYPED)
    with open_vault(program.folder, keychain=lambda: None, now=NOW) as vault:  # type: ignore[arg-type,return-value]
        assert any(TYPED in draft.text for draft in conversations.drafts(vault))


def typed_after(program: Program) -> str:
    """Type the word and return what the process holds of it; typed again while the page was not there yet."""
    if not program.remembers(TYPED):
        program.do("type", "--delay", "1", TYPED + " ")
    return TYPED if program.remembers(TYPED) else ""
