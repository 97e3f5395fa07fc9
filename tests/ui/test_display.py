"""Without a display that answers there is one Dutch sentence and no abort."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tools.session import home_environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.window


def started(root: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = home_environment(root)
    for name in ("DISPLAY", "QT_QPA_PLATFORM"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-m", "vpdesk", "--quit-after-paint"],
        env=environment | changed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"DISPLAY": ":97"},
        {"DISPLAY": "geen scherm"},
        {"DISPLAY": ":97", "QT_QPA_PLATFORM": "xcb"},
        {"WAYLAND_DISPLAY": "wayland-97"},
        {"WAYLAND_DISPLAY": "wayland-97", "QT_QPA_PLATFORM": "wayland;xcb"},
    ],
)
def test_a_display_that_does_not_answer_is_one_sentence(tmp_path: Path, changed: dict[str, str]) -> None:
    answer = started(tmp_path, **changed)
    assert answer.returncode == 1, answer.stderr
    assert answer.stderr.startswith("vpdesk kan hier geen venster tonen: er is geen beeldscherm dat antwoordt")
    assert answer.stderr.count("\n") == 1
    assert not any(tmp_path.rglob("kluis"))


@pytest.mark.parametrize("changed", [{}, {"QT_QPA_PLATFORM": "xcb"}, {"WAYLAND_DISPLAY": "wayland-97"}])
def test_a_display_that_answers_is_used(tmp_path: Path, changed: dict[str, str]) -> None:
    answer = started(tmp_path, **({"DISPLAY": os.environ["DISPLAY"]} | changed))
    assert answer.returncode == 0, answer.stderr


def test_another_platform_is_left_to_qt(tmp_path: Path) -> None:
    answer = started(tmp_path, QT_QPA_PLATFORM="offscreen")
    assert answer.returncode == 0, answer.stderr
