"""The child processes of this program: started through its own door, ended when it locks, and never outliving it."""

import contextlib
import os
import subprocess
import sys
import threading
import time
import weakref
from typing import Any, Final

_PR_SET_PDEATHSIG: Final = 1
_SIGKILL: Final = 9
_LOOK: Final = 0.5

_running: "weakref.WeakSet[subprocess.Popen[Any]]" = weakref.WeakSet()
_guard: Final = threading.Lock()


def command(flag: str) -> list[str]:
    """Return the command line that starts a child, through the program's own door, in a frozen program too."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "vpdesk"]
    return [*program, flag]


def start(command_line: list[str], *, text: bool = False) -> "subprocess.Popen[Any]":
    """Start a child with a pipe to and from it; raises OSError.

    What it says besides is thrown away, since a library that complains may quote what it reads.
    """
    process = subprocess.Popen(  # noqa: S603 - our own program, no argument from outside
        command_line,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=text,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no console beside the window
    )
    with _guard:
        _running.add(process)
    return process


def end_all(patience: float = 0) -> None:
    """End every child at once, whatever it is doing, and wait at most so many seconds for each to be gone.

    They hold what they were given, and a process that is replaced when it locks goes on being their parent.
    """
    with _guard:
        running = tuple(_running)
    for process in running:
        process.kill()
    if patience:
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)


def end_with_parent() -> None:
    """In a child: end when the parent does, also when that was killed."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only where it is needed

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    elif sys.platform != "win32":  # Windows tells nobody; there a child ends at its next word to a parent that is gone
        threading.Thread(target=_end_when_orphaned, args=(os.getppid(),), daemon=True).start()


def _end_when_orphaned(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
