"""A disk that can be full and a folder that takes no writes, made of whatever this system allows.

A small tmpfs and a read-only mount in a name space of the test's own; where a system allows no such thing, system calls
that strace lets fail, and another user.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL: Final = "VPDESK_TEST_SMALL_DISK"
_NOBODY: Final = 65534
_ANY_TRACER: Final = (0x59616D61, ctypes.c_ulong(-1))
_TOOLS: Final = ("unshare", "--user", "--map-root-user", "--mount")


def own_mounts() -> tuple[str, ...]:
    """Return the command that gives a process mounts of its own, () where this system allows none."""
    for command in (_TOOLS, ("unshare", "--mount")):
        tried = subprocess.run([*command, "mount", "-t", "tmpfs", "vpdesk", "/mnt"], check=False, capture_output=True)
        if tried.returncode == 0:
            return command
    return ()


def run_inside(tests: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a file of tests where `folder` is a disk of three megabytes, when this system allows it."""
    folder.mkdir()
    pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "--no-cov", str(tests)]
    environment = dict(os.environ)
    mounts = own_mounts()
    if mounts:
        environment[SMALL] = str(folder)
        script = 'mount -t tmpfs -o size=3m vpdesk "$0" && exec "$@"'
        pytest = [*mounts, "sh", "-c", script, str(folder), *pytest]
    root = Path(__file__).parent.parent.parent
    return subprocess.run(pytest, check=False, capture_output=True, text=True, env=environment, cwd=root)


class SmallDisk:
    """A folder on a disk that `fill` fills up and `free` makes room on again."""

    def __init__(self, folder: Path) -> None:
        self.real = SMALL in os.environ
        self.folder = Path(os.environ[SMALL]) / folder.name if self.real else folder
        self.folder.mkdir(exist_ok=True)
        self._strace: subprocess.Popen[bytes] | None = None

    def fill(self) -> None:
        """Leave no room."""
        if not self.real:
            ctypes.CDLL(None).prctl(*_ANY_TRACER)
            command = ["strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=pwrite64"]
            command += ["-e", "inject=pwrite64:error=ENOSPC", "-p", str(os.getpid())]
            self._strace = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            while f"TracerPid:\t{self._strace.pid}" not in Path("/proc/self/status").read_text(encoding="ascii"):
                assert self._strace.poll() is None
            return
        with (self.folder / "vol").open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))

    def free(self) -> None:
        """Make room again."""
        if self._strace is not None:
            self._strace.send_signal(signal.SIGINT)
            self._strace.wait()
            self._strace = None
        (self.folder / "vol").unlink(missing_ok=True)

    def clear(self) -> None:
        """Leave nothing."""
        self.free()
        shutil.rmtree(self.folder)


@contextlib.contextmanager
def read_only(path: Path) -> Iterator[Path]:
    """Give the path of a file or folder that takes no writes, whoever asks; it may be another path than was given."""
    if SMALL in os.environ:
        subprocess.run(["mount", "--bind", path, path], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", path], check=True)
        try:
            yield path
        finally:
            subprocess.run(["umount", path], check=True)
        return
    with _of_nobody(path) as other:
        yield other


@contextlib.contextmanager
def _of_nobody(path: Path) -> Iterator[Path]:
    """Take the writes away from a path; where the user is root, whom nothing is refused, be nobody meanwhile."""
    kept = path.stat().st_mode
    if os.geteuid():
        path.chmod(kept & ~0o222)
        yield path
        path.chmod(kept)
        return
    folder = Path(tempfile.mkdtemp(prefix="vpdesk-"))
    try:
        shutil.copytree(path, folder / path.name)
        for name in (folder, *folder.rglob("*")):
            os.chown(name, _NOBODY, _NOBODY)
            name.chmod(0o500 if name.is_dir() else 0o400)
        os.seteuid(_NOBODY)
        yield folder / path.name
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)


def is_full(folder: Path) -> bool:
    """Return whether nothing more can be written."""
    try:
        (folder / "nog iets").write_bytes(bytes(4096))
    except OSError as error:
        return error.errno == errno.ENOSPC
    return False
