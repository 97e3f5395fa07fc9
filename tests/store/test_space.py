"""Room on a disk is asked for before anything is written."""

from __future__ import annotations

import errno
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from vpdesk.store import space


def test_a_folder_that_is_not_there_yet_has_the_room_of_the_disk_it_comes_on(tmp_path: Path) -> None:
    there, coming = space.free(tmp_path), space.free(tmp_path / "nog" / "niet")
    assert there is not None
    assert coming is not None
    assert there > 0 < coming


def test_too_little_room_fails_as_writing_would(tmp_path: Path) -> None:
    there = space.free(tmp_path)
    assert there is not None
    space.require(tmp_path, 1)
    with pytest.raises(OSError, match=r".") as caught:
        space.require(tmp_path, there * 2)
    assert caught.value.errno == errno.ENOSPC


def test_a_system_that_does_not_tell_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(total=0, used=0, free=0))
    space.require(tmp_path, 2**60)

    def refused(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(shutil, "disk_usage", refused)
    space.require(tmp_path, 2**60)
    assert space.free(Path("ergens")) is None


def test_where_no_disk_takes_a_temporary_file_there_is_no_folder_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "is er niet")])
    assert space.temporary_folder() is None
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path)])
    assert space.temporary_folder() == tmp_path
