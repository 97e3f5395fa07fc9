"""Where tests write: in memory where there is room for it."""

from __future__ import annotations

import os
import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tools import test as runner

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("free", "there"), [(runner.ROOM + 1, True), (runner.ROOM, False)])
def test_temporary_files_are_in_memory_only_where_it_has_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, *, there: bool
) -> None:
    monkeypatch.setattr(runner, "MEMORY", tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert runner.quick_folder() == (str(tmp_path) if there else None)


def test_a_folder_from_which_nothing_may_be_started_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "MEMORY", tmp_path)
    monkeypatch.setattr(runner, "ROOM", 0)
    assert runner.quick_folder()
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_NOEXEC))
    assert runner.quick_folder() is None


def test_a_system_without_such_a_folder_has_the_usual_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "MEMORY", tmp_path / "not there")
    assert runner.quick_folder() is None
