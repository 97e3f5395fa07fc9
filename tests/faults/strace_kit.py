"""Runs a job in a child under strace: records what it asks of the disk, or lets one of those calls fail or kill it.

The child is forked while everything is loaded, waits until strace holds it, and tells over a socket what happened,
since a failing `write` must not take the telling with it.
"""

from __future__ import annotations

import ctypes
import os
import re
import socket
import subprocess
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VpdeskError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SYSCALLS: Final = (
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "mkdir",
    "mkdirat",
)
LOOKING: Final = ("openat", "newfstatat", "getdents64", "close")
"""Calls that change nothing: a failing disk, or another user's, fails them too."""
KILL, FULL, FAILS = "signal=SIGKILL", "error=ENOSPC", "error=EIO"
FAULTS: Final = (KILL, FULL, FAILS)
_ANY_TRACER: Final = (0x59616D61, ctypes.c_ulong(-1))  # PR_SET_PTRACER: where only parents may trace, a sibling may too
_CALL: Final = re.compile(r"(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+|\?)")
_RANDOM: Final = re.compile(r"[0-9a-f]{8,}")


@dataclass(frozen=True)
class Point:
    """A call on the disk: the n-th of its name in this job, on a path."""

    syscall: str
    number: int
    path: str

    @property
    def place(self) -> str:
        """The path without what differs from run to run."""
        return _RANDOM.sub("*", self.path)


@dataclass
class Told:
    """What a child told: the sentences of its failures, whether its work was acknowledged, and how it ended."""

    sentences: list[str] = field(default_factory=list)
    acknowledged: bool = False
    bug: str = ""
    killed: bool = False
    trace: str = ""


class Voice:
    """What a job in the child speaks with; each word is one message of the socket."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def acknowledge(self) -> None:
        """Tell that the work was done, as the window would."""
        self._line.send(b"done")

    def say(self, error: VpdeskError) -> None:
        """Tell what the user would read."""
        self._line.send(b"said" + error.sentence.encode())


def _child(job: Callable[[Voice], None], line: socket.socket) -> None:
    try:
        ctypes.CDLL(None).prctl(*_ANY_TRACER)
        line.send(b"here")
        line.recv(1)
        voice = Voice(line)
        try:
            job(voice)
        except VpdeskError as error:
            voice.say(error)
        except BaseException:  # noqa: BLE001 - whatever else comes out is what the test looks for
            line.send(b"bug " + traceback.format_exc()[-3000:].encode())
    finally:
        os._exit(0)  # the test run must not go on a second time


def traced(job: Callable[[Voice], None], log: Path, *options: str) -> Told:
    """Run a job in a child under strace with these options and return what it told; its calls are in the trace."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    child = os.fork()
    if child == 0:
        here.close()
        _child(job, there)
    there.close()
    assert here.recv(4) == b"here"
    command = ["strace", "-f", "-y", "-p", str(child), "-o", str(log), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        first = strace.stderr.readline()
        here.send(b"!")
        told = _hear(here)
        _, status = os.waitpid(child, 0)
        rest = strace.stderr.read()
    here.close()
    assert "attached" in first, first + rest
    told.killed = os.WIFSIGNALED(status)
    told.trace = log.read_text(encoding="utf-8", errors="replace")
    return told


def _hear(line: socket.socket) -> Told:
    told = Told()
    while word := line.recv(65536):
        kind, text = word[:4], word[4:].decode()
        if kind == b"done":
            told.acknowledged = True
        elif kind == b"said":
            told.sentences.append(text)
        else:
            told.bug = text
    return told


def calls(trace: str) -> list[tuple[str, str, str]]:
    """Return name, arguments and result of every call in a trace."""
    return [match.groups() for line in trace.splitlines() if (match := _CALL.match(line))]  # type: ignore[misc]


def points(
    job: Callable[[Voice], None], log: Path, watched: Path, syscalls: tuple[str, ...] = SYSCALLS
) -> tuple[list[Point], Told]:
    """Run a job unharmed and return its calls under a folder, each of which may fail the next time."""
    told = traced(job, log, "-s", "0", "-e", f"trace={','.join(syscalls)}")
    counted: dict[str, int] = {}
    found = []
    for name, arguments, _ in calls(told.trace):
        counted[name] = counted.get(name, 0) + 1
        if (at := arguments.find(str(watched))) >= 0:
            found.append(Point(name, counted[name], re.split(r'[">]', arguments[at:], maxsplit=1)[0]))
    return found, told


def injected(job: Callable[[Voice], None], log: Path, point: Point, fault: str, *, lasting: bool = False) -> Told:
    """Run a job in which that one call fails or ends the process; fails itself when the fault did not strike there.

    A `lasting` fault strikes every later call of that name too, as a disk that failed and goes on failing.
    """
    told = traced(
        job,
        log,
        "-s",
        "0",
        "-e",
        f"trace={point.syscall}",
        "-e",
        f"inject={point.syscall}:{fault}:when={point.number}{'+' if lasting else ''}",
    )
    if fault == KILL:
        assert told.killed, point
    else:
        hit = [line for line in told.trace.splitlines() if "(INJECTED)" in line]
        assert len(hit) == 1 or (hit and lasting), (point, hit)
        assert point.place in _RANDOM.sub("*", hit[0]), (point, hit)
        assert not told.killed
    return told
