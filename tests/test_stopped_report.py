"""A report on the command line that is stopped: the child that audits it ends at once, and no file is there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_children import alive

if TYPE_CHECKING:
    from collections.abc import Callable

HANGING = """
import os, time
with open({marker!r} + ".part", "w") as file:
    file.write(str(os.getpid()))
os.replace({marker!r} + ".part", {marker!r})
time.sleep(600)
"""
PATIENCE = 60


@pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc")
@pytest.mark.parametrize(
    ("how", "code"), [(signal.SIGINT, 1), (signal.SIGKILL, -signal.SIGKILL)], ids=["Ctrl+C", "killed"]
)
def test_stopping_the_command_ends_the_audit(
    how: signal.Signals, code: int, tmp_path: Path, clean_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker, vault = tmp_path / "child", tmp_path / "kluis"
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake" / "highspy.py").write_text(HANGING.format(marker=str(marker)))
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'fake'}{os.pathsep}{Path.cwd()}")
    command = [sys.executable, "-m", "vpdesk", "demo", "--no-window", "--vault", str(vault)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            wait(marker.exists)
            child = int(marker.read_text())
            assert child != running.pid, "the solver loads in the child only"
            assert alive(child)
            running.send_signal(how)
            _, said = running.communicate(timeout=PATIENCE)
            assert running.returncode == code
            assert how == signal.SIGKILL or "Gestopt." in said
            wait(lambda: not alive(child))
        finally:
            running.kill()
    assert not list(tmp_path.glob("*.pdf"))


def wait(for_what: Callable[[], bool]) -> None:
    """Let time pass until something holds."""
    end = time.monotonic() + PATIENCE
    while not for_what():
        assert time.monotonic() < end
        time.sleep(0.02)
