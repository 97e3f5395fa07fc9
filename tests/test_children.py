"""A child process ends when it is told to, and when its parent does, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

from tests.reporting.disclosure.registry import YEAR, drawn, request
from vpdesk import children
from vpdesk.reporting.disclosure import wire
from vpdesk.reporting.disclosure.request import Request

# Something else keeps the pipe to the child open, so that nothing but the end of its parent can end it.
PARENT = """
import fcntl, os, subprocess, sys, threading
from vpdesk import children
started = []
request = sys.stdin.buffer.readline()
def start():
    child = children.start(children.command("--audit-child"))
    fcntl.fcntl(child.stdout.fileno(), fcntl.F_SETPIPE_SZ, 4096)  # less than a report, which nobody takes
    child.stdin.write(request)
    child.stdin.flush()
    os.read(child.stdout.fileno(), 1)
    os.set_inheritable(child.stdin.fileno(), True)
    started.append(child)
    ready.set()
    threading.Event().wait()
ready = threading.Event()
threading.Thread(target=start, daemon=True).start()
ready.wait()
other = subprocess.Popen(["sleep", "60"], close_fds=False)
print(started[0].pid, other.pid, flush=True)
sys.stdin.readline()
os.execv("/bin/sleep", ["sleep", "60"])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc")
@pytest.mark.parametrize("how", ["killed", "replaced"])
def test_a_child_does_not_outlive_what_started_it(how: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        parent.stdin.write(wire.encode(Request, request(drawn(60, 1), YEAR)).decode())
        parent.stdin.flush()
        child, other = map(int, parent.stdout.readline().split())
        try:
            assert alive(child)
            if how == "killed":
                parent.kill()
            else:
                parent.stdin.write("\n")
                parent.stdin.flush()
            end = time.monotonic() + 20
            while alive(child):
                assert time.monotonic() < end
                time.sleep(0.02)
        finally:
            os.kill(other, signal.SIGKILL)
            parent.kill()


def alive(number: int) -> bool:
    """Whether a process runs; one that ended and was not collected does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_every_child_is_ended_whatever_it_does() -> None:
    running = [children.start([sys.executable, "-c", "import time; time.sleep(600)"]) for _ in range(2)]
    children.end_all(20)
    assert all(child.returncode is not None for child in running)
    children.end_all()
    for child in running:
        child.communicate()


def test_where_no_system_tells_it_the_child_looks_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    parents, ended = iter([1234, 1234, 1234, 1]), []
    system = types.SimpleNamespace(getppid=lambda: next(parents), _exit=ended.append)
    monkeypatch.setattr(children, "os", system)
    monkeypatch.setattr(children, "_LOOK", 0.001)
    monkeypatch.setattr(children, "sys", types.SimpleNamespace(platform="darwin"))
    children.end_with_parent()
    end = time.monotonic() + 20
    while not ended:
        assert time.monotonic() < end
        time.sleep(0.001)
    assert ended == [1]
