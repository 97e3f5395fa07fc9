"""Real disks and rights for a test: small, read-only, pulled out or refused, where only a child process sees them."""

from __future__ import annotations

import ctypes
import os
import subprocess
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_NEW_MOUNTS: Final = 0x00020000
_NEW_USER: Final = 0x10000000
_CAPABILITY_VERSION: Final = 0x20080522
_PAST_RIGHTS: Final = 1 << 1 | 1 << 2 | 1 << 3  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER


def mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True, capture_output=True)


def small_disk(folder: Path, kilobytes: int) -> None:
    """Mount an empty disk of this size on a new folder."""
    folder.mkdir()
    mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder)


def read_only(folder: Path) -> None:
    """Make a folder a disk of its own that takes no writes."""
    mount("--bind", folder, folder)
    mount("-o", "remount,ro,bind", folder)


def pull_out(folder: Path) -> None:
    """Take a mounted disk away, also while something on it is open."""
    subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


def with_own_mounts(job: Callable[[], None]) -> None:
    """Run a job in a child process that may mount and whose mounts nobody else sees; fails when the job does."""
    _in_a_child(_leave, job)


def as_an_ordinary_user(job: Callable[[], None]) -> None:
    """Run a job in a child process for which the rights of files count, as they do for whoever is not root."""
    _in_a_child(_give_up_rights, job)


def _in_a_child(prepare: Callable[[], None], job: Callable[[], None]) -> None:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            prepare()
            job()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told to the parent, in full
            os.write(write, traceback.format_exc().encode()[-60_000:])
        finally:
            os._exit(1)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        said = told.read().decode()
    _, status = os.waitpid(child, 0)
    assert status == 0, said or f"the child ended with {status}"


def _leave() -> None:
    """Go to a mount namespace of our own; whoever is not root becomes it there."""
    user, group, root = os.getuid(), os.getgid(), os.geteuid() == 0
    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_MOUNTS | (0 if root else _NEW_USER)):
        raise OSError(ctypes.get_errno(), "unshare")
    if not root:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1", encoding="ascii")
    mount("--make-rprivate", "/")


def _give_up_rights() -> None:
    """Drop what lets root pass by the rights of files; docs: https://man7.org/linux/man-pages/man2/capset.2.html."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets) == 0:
        for number in range(3):  # effective, permitted, inheritable, of the first 32
            sets[number] &= ~_PAST_RIGHTS
        if libc.capset(header, sets) == 0:
            return
    raise OSError(ctypes.get_errno(), "capset")
