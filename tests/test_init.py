"""Making a vault on the command line says that it is done when it is done, and otherwise that there is none."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.keyring_session import keyring_session
from tests.vault_kit import NOW, make
from vpdesk.operations.backups import make_backup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSPHRASE = "zeven stille schapen"
PATIENCE = 60.0

pytestmark = pytest.mark.keyring


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_with_a_locked_keyring_nothing_is_said_to_be_done(tmp_path: Path, form: tuple[str, ...]) -> None:
    with keyring_session(unlocked=False) as locked:
        answer = subprocess.run(
            [sys.executable, "-m", "vpdesk", "init", "--vault", str(tmp_path / "kluis"), "--passphrase-stdin", *form],
            input=PASSPHRASE + "\n",
            env=locked,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "op slot" in answer.stderr
    assert not (tmp_path / "kluis").exists()


class Terminal:
    """The program at a terminal, answered prompt by prompt."""

    def __init__(self, environment: dict[str, str], *arguments: object) -> None:
        self.screen = ""
        self._seen = 0
        self._person, program = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "vpdesk", *map(str, arguments)],
            env=environment,
            stdin=program,
            stdout=program,
            stderr=program,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - one thread, and getpass asks the terminal that it controls
        )
        os.close(program)

    def answer(self, prompt: str, line: str) -> None:
        """Type a line once a prompt stands there."""
        while prompt not in self.screen[self._seen :]:
            assert self._read(), self.screen
        self._seen = self.screen.index(prompt, self._seen) + len(prompt)
        os.write(self._person, line.encode() + b"\n")

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._read():
            pass
        os.close(self._person)
        return self._process.wait(PATIENCE)

    def words(self) -> str:
        """Return the sixteen words as they stand on the screen."""
        found = dict(re.findall(r"(\d+)\. ([a-z]+)", self.screen))
        return " ".join(found[str(number)] for number in range(1, 17))

    def _read(self) -> bool:
        ready, _, _ = select.select([self._person], [], [], PATIENCE)
        assert ready, self.screen
        try:
            part = os.read(self._person, 4096)
        except OSError:  # Linux says so when the program has gone
            return False
        self.screen += part.decode()
        return bool(part)


def _take_terminal() -> None:
    os.close(os.open(os.ttyname(0), os.O_RDWR))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with keyring_session() as environment:
        made = Terminal(environment, "init", "--vault", tmp_path / "kluis")
        made.answer("Kies een wachtzin: ", PASSPHRASE)
        made.answer("Nog een keer: ", PASSPHRASE)
        yield made


def test_a_mistyped_word_can_be_typed_again(terminal: Terminal, tmp_path: Path) -> None:
    terminal.answer("Typ de 16 woorden over: ", "kastanje fietsbelletje")
    terminal.answer("Typ de 16 woorden over: ", terminal.words())
    assert terminal.end() == 0
    assert "Er is nog geen kluis. U kunt het nog 2 keer proberen." in terminal.screen
    assert f"De kluis staat in {tmp_path / 'kluis'}" in " ".join(terminal.screen.split())
    assert (tmp_path / "kluis" / "current").exists()


@pytest.mark.parametrize("last", ["kastanje", "\x04", "\x03"])
def test_whoever_gives_up_is_told_that_there_is_no_vault(terminal: Terminal, tmp_path: Path, last: str) -> None:
    terminal.answer("Typ de 16 woorden over: ", "kastanje")
    terminal.answer("Typ de 16 woorden over: ", "kastanje")
    terminal.answer("Typ de 16 woorden over: ", last)
    assert terminal.end() == 1
    assert "Er is geen kluis gemaakt." in terminal.screen
    assert "De kluis staat in" not in terminal.screen
    assert "Traceback" not in terminal.screen
    assert not (tmp_path / "kluis").exists()


def test_restoring_asks_for_the_words_before_the_passphrase(tmp_path: Path) -> None:
    _, vault = make(tmp_path / "eerder")
    copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    vault.close()
    with keyring_session() as environment:
        made = Terminal(environment, "restore", copy, "--vault", tmp_path / "kluis", "--passphrase-stdin")
        made.answer("Uw 16 herstelwoorden: ", "kastanje")
        made.answer("\n", PASSPHRASE)
        assert made.end() == 1
