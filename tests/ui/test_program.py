"""The program as a process on a practice vault: one window a vault, and a lock that leaves nothing in memory."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.program import Program
from tests.vault_kit import NOW
from vpdesk.domain.errors import VaultBusyError
from vpdesk.operations import conversations
from vpdesk.operations.vaults import open_vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.window

TYPED = "zonnebloempitten"
NOBODY = 65534


@pytest.fixture
def folder(practice_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(practice_folder, tmp_path / "oefenkluis"))


@pytest.fixture
def programs(qtbot: QtBot, folder: Path, tmp_path: Path) -> Iterator[list[Program]]:
    """What a test started; all of it is ended."""
    started: list[Program] = []
    yield started
    for program in started:
        program.end()


@pytest.fixture
def program(programs: list[Program], qtbot: QtBot, folder: Path, tmp_path: Path) -> Program:
    running = one(programs, qtbot, folder, tmp_path)
    running.until(lambda: running.windows)
    return running


def one(programs: list[Program], qtbot: QtBot, folder: Path, root: Path) -> Program:
    programs.append(Program(qtbot, root / "home", "demo", "--vault", str(folder)))
    return programs[-1]


def test_a_second_start_raises_the_first_window_and_ends(program: Program) -> None:
    second = program.start()
    assert second.wait(30) == 0
    assert program.process.poll() is None
    assert len(program.windows) == 1


def test_of_two_starts_at_the_same_instant_one_stays(
    programs: list[Program], qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    pair = [one(programs, qtbot, folder, tmp_path) for _ in range(2)]
    pair[0].until(lambda: any(program.process.poll() is not None for program in pair))
    (gone,) = [program for program in pair if program.process.poll() is not None]
    (stays,) = [program for program in pair if program.process.poll() is None]
    assert gone.process.returncode == 0
    stays.until(lambda: stays.windows)
    with pytest.raises(VaultBusyError):
        open_vault(folder, keychain=lambda: None, now=NOW)  # type: ignore[arg-type,return-value]


def test_after_kill_9_it_starts_at_once(
    programs: list[Program], program: Program, folder: Path, tmp_path: Path
) -> None:
    program.process.send_signal(signal.SIGKILL)
    program.process.wait(30)
    after = one(programs, program.qtbot, folder, tmp_path)
    after.until(lambda: after.windows)
    assert after.process.poll() is None
    assert after.start().wait(30) == 0, "and a next start finds it"


def test_a_start_beside_one_that_hangs_says_so_and_goes_on_when_it_is_gone(
    programs: list[Program], program: Program, folder: Path, tmp_path: Path
) -> None:
    program.process.send_signal(signal.SIGSTOP)
    second = one(programs, program.qtbot, folder, tmp_path)
    second.until(lambda: second.shows("maar het venster geeft geen antwoord"))
    assert not holds(second, folder)
    program.process.send_signal(signal.SIGKILL)
    program.process.wait(30)
    second.until(lambda: holds(second, folder))


def test_a_vault_that_another_user_has_open_is_said_and_left_alone(
    programs: list[Program], qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    """On a stick without owners two users reach the same vault; another process where the tests can be one user only."""
    other = NOBODY if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="vpd-") as stick:
        Path(stick).chmod(0o755)
        vault = Path(shutil.copytree(folder, Path(stick) / "kluis"))
        vault.chmod(0o755)
        lock = vault / "lock"
        lock.touch()
        lock.chmod(0o666)
        hold = ["flock", "--exclusive", str(lock), "sh", "-c", "echo held; exec cat"]
        with subprocess.Popen(hold, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, user=other) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            second = one(programs, qtbot, vault, tmp_path)
            second.until(lambda: second.windows)
            second.until(lambda: second.shows("of bij een andere gebruiker van deze laptop"))
            assert second.process.poll() is None
            assert not holds(second, vault)
        open_vault(vault, keychain=lambda: None, now=NOW).close()  # type: ignore[arg-type,return-value]


def holds(program: Program, folder: Path) -> bool:
    """Whether this process has the lock of the vault."""
    descriptors = Path(f"/proc/{program.process.pid}/fd")
    return (folder / "lock").resolve() in {descriptor.resolve() for descriptor in descriptors.iterdir()}


def test_locking_leaves_nothing_in_memory_and_loses_no_text(program: Program, folder: Path) -> None:
    program.focus()
    program.do("key", "ctrl+n")
    program.type_until_there(TYPED)
    number = program.process.pid
    program.do("key", "ctrl+l")
    program.until(lambda: "demo" not in program.command)
    program.until(lambda: program.windows)
    assert program.process.pid == number
    assert not program.remembers(TYPED)
    with open_vault(folder, keychain=lambda: None, now=NOW) as vault:  # type: ignore[arg-type,return-value]
        assert any(TYPED in draft.text for draft in conversations.drafts(vault))


@pytest.mark.parametrize("asked", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_program_that_the_system_asks_to_end_keeps_the_last_letters_and_closes_the_vault(
    programs: list[Program], qtbot: QtBot, folder: Path, tmp_path: Path, asked: str
) -> None:
    number = signal.Signals[asked]
    before = signal.signal(number, signal.SIG_DFL)  # a child ignores what whoever started it ignores
    try:
        program = one(programs, qtbot, folder, tmp_path)
    finally:
        signal.signal(number, before)
    program.focus()
    program.do("key", "ctrl+n")
    program.type_until_there(TYPED)
    program.type("kastanje")
    program.process.send_signal(number)
    assert program.process.wait(30) == 0
    with open_vault(folder, keychain=lambda: None, now=NOW) as vault:  # type: ignore[arg-type,return-value]
        assert any(f"{TYPED}kastanje" in draft.text for draft in conversations.drafts(vault))


def test_a_program_that_was_started_to_outlive_its_terminal_does(
    programs: list[Program], qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        program = one(programs, qtbot, folder, tmp_path)
        program.until(lambda: program.windows)
    finally:
        signal.signal(signal.SIGHUP, before)
    program.process.send_signal(signal.SIGHUP)
    program.focus()
    program.do("key", "ctrl+n")
    program.type_until_there(TYPED)
    assert program.process.poll() is None


def test_a_start_during_a_lock_does_not_take_its_place(program: Program) -> None:
    program.focus()
    program.do("key", "ctrl+l")
    others = []
    try:
        for _ in range(4):
            others.append(program.start())
            time.sleep(0.1)  # a moment each, over the whole of it: there is nothing to wait for in between
        program.until(lambda: all(other.poll() is not None for other in others))
        assert {other.returncode for other in others} == {0}
        assert program.process.poll() is None
        program.until(lambda: program.shows("is bewaard"))
    finally:
        for other in others:
            other.kill()
            other.wait()


def test_a_folder_whose_name_begins_with_a_dash_locks_too(
    programs: list[Program], qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.rename(tmp_path / "-x")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    programs.append(Program(qtbot, tmp_path / "home", "--vault=-x"))
    programs[-1].focus()
    programs[-1].until(lambda: holds(programs[-1], Path("-x")))
    programs[-1].do("key", "ctrl+l")
    programs[-1].until(lambda: programs[-1].locked)
    programs[-1].until(lambda: programs[-1].windows)
    assert programs[-1].process.poll() is None


def test_a_lock_file_that_is_removed_lets_no_second_program_in(
    programs: list[Program], program: Program, folder: Path, tmp_path: Path
) -> None:
    program.until(lambda: holds(program, folder))
    (folder / "lock").unlink()
    apart = tmp_path / "run"
    apart.mkdir(mode=0o700)
    environment = {"XDG_RUNTIME_DIR": str(apart)}
    programs.append(Program(program.qtbot, tmp_path / "elsewhere", "--vault", str(folder), environment=environment))
    second = programs[-1]
    second.until(lambda: second.shows("of bij een andere gebruiker van deze laptop"))
