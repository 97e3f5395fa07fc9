"""Only one at a time, and never a lock that outlives its process."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import types
from typing import TYPE_CHECKING

import pytest

from vpdesk.domain.errors import VaultBusyError, VaultError
from vpdesk.store import oslock
from vpdesk.store.oslock import OsLock

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from vpdesk.store.oslock import OsLock
lock = OsLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_holder_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    with OsLock(tmp_path / "lock") as lock:
        assert lock.writable
        with pytest.raises(VaultBusyError, match="vpdesk is al open"):
            OsLock(tmp_path / "lock")
    lock.release()
    OsLock(tmp_path / "lock").release()


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(VaultBusyError):
            OsLock(tmp_path / "lock")
        other.kill()
        other.wait(timeout=20)
        OsLock(tmp_path / "lock").release()


def test_a_lock_that_can_not_be_written_is_still_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lock").touch()

    real = os.open

    def read_only(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_RDWR:
            raise PermissionError(13, "read-only")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", read_only)
    with OsLock(tmp_path / "lock") as lock:
        assert not lock.writable
        with pytest.raises(VaultBusyError):
            OsLock(tmp_path / "lock")


def test_where_no_lock_can_be_made_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="niet schrijven"):
        OsLock(tmp_path / "no folder" / "lock")


def test_on_windows_one_byte_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    windows = types.ModuleType("msvcrt")
    windows.LK_NBLCK = 2  # type: ignore[attr-defined]
    windows.locking = lambda _, mode, number: asked.append((mode, number))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "win32")
        room = runpy.run_path(oslock.__file__)
    room["OsLock"](tmp_path / "lock").release()
    assert asked == [(2, 1)]


@pytest.mark.skipif(sys.platform == "win32", reason="there a file that is open can't be removed")
def test_removing_the_file_lets_nobody_in_while_it_is_held(tmp_path: Path) -> None:
    with OsLock(tmp_path / "lock"):
        (tmp_path / "lock").unlink()
        with pytest.raises(VaultBusyError):
            OsLock(tmp_path / "lock")
        with OsLock(tmp_path / "other", alone=True):
            pass
    OsLock(tmp_path / "lock").release()


def test_locks_that_share_a_folder_are_apart(tmp_path: Path) -> None:
    with OsLock(tmp_path / "one", alone=True), OsLock(tmp_path / "two", alone=True), pytest.raises(VaultBusyError):
        OsLock(tmp_path / "two", alone=True)


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not locked there")
@pytest.mark.parametrize("what", ["open", "lock"])
def test_where_folders_cannot_be_locked_the_file_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    real_open, real_seize = os.open, oslock._seize

    def opening(path: Path, flags: int, mode: int = 0o777) -> int:
        if what == "open" and flags & os.O_DIRECTORY:
            raise PermissionError(13, "not yours")
        return real_open(path, flags, mode)

    def seizing(descriptor: int) -> None:
        if what == "lock" and os.path.isdir(f"/dev/fd/{descriptor}"):  # noqa: PTH112 - no path of ours
            raise OSError(9, "not on this drive")
        real_seize(descriptor)

    monkeypatch.setattr(os, "open", opening)
    monkeypatch.setattr(oslock, "_seize", seizing)
    with OsLock(tmp_path / "lock"), pytest.raises(VaultBusyError):
        OsLock(tmp_path / "lock")


def test_a_lock_is_handed_over_to_what_replaces_the_process(tmp_path: Path) -> None:
    lock = OsLock(tmp_path / "lock", alone=True)
    descriptor = lock.hand_over()
    assert os.get_inheritable(descriptor)
    again = OsLock(tmp_path / "lock", alone=True, inherited=descriptor)
    assert not os.get_inheritable(descriptor), "what it starts does not get it"
    with pytest.raises(VaultBusyError):
        OsLock(tmp_path / "lock", alone=True)
    again.release()
    OsLock(tmp_path / "lock", alone=True).release()


def test_what_is_no_descriptor_of_that_file_is_not_taken_over(tmp_path: Path) -> None:
    with (tmp_path / "other").open("w") as other, OsLock(tmp_path / "lock"):
        for number in (other.fileno(), 10**6, -1):
            with pytest.raises(VaultBusyError):
                OsLock(tmp_path / "lock", inherited=number)
        other.write("still open")
