"""The display is there when it is promised, and gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tools.session import SessionError, display, home_environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.window


def size_of(screen: str) -> str:
    asked = subprocess.run(
        ["xdotool", "getdisplaygeometry"],
        env={**os.environ, "DISPLAY": screen},
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip()


@pytest.mark.parametrize("turn", range(4))
def test_a_display_answers_as_soon_as_it_has_a_name(turn: int) -> None:
    with display("800x600x24") as screen:
        assert size_of(screen) == "800 600"
    assert size_of(screen) != "800 600"


def test_two_displays_do_not_meet() -> None:
    with display() as one, display() as other:
        assert one != other


def test_a_missing_xvfb_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SessionError, match="Xvfb is not installed"), display():
        pass


def test_a_new_home_knows_nothing_of_this_one(tmp_path: Path) -> None:
    made = home_environment(tmp_path, {"PATH": "/bin", "SECRET": "x", "HOME": "/elsewhere"})
    assert "SECRET" not in made
    assert made["HOME"].startswith(str(tmp_path))


def test_what_was_started_is_stopped_when_the_runner_is_terminated() -> None:
    runner = subprocess.Popen(
        [sys.executable, "-m", "tools.session", "--", "sh", "-c", 'echo "$DISPLAY"; exec sleep 60'],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert runner.stdout is not None
    with runner.stdout as said:
        screen = said.readline().strip()
        assert size_of(screen) == "1600 1000"
        runner.send_signal(signal.SIGTERM)
        assert runner.wait(20) == 128 + signal.SIGTERM
    assert size_of(screen) == ""
