"""Files appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vpdesk.domain.errors import OutputError
from vpdesk.operations.output import Pending


def test_a_file_appears_only_at_the_end_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "verslag.pdf"
    out.write_bytes(b"oud")
    with Pending() as files:
        files.add(out, b"nieuw")
        assert out.read_bytes() == b"oud"
        files.appear()
    assert out.read_bytes() == b"nieuw"
    assert list(tmp_path.iterdir()) == [out]


def test_what_did_not_appear_is_removed(tmp_path: Path) -> None:
    def fail() -> None:
        with Pending() as files:
            files.add(tmp_path / "verslag.pdf", b"nieuw")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["nergens/verslag.pdf", "."])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    with Pending() as files, pytest.raises(OutputError, match="niets uitgegeven"):
        files.add(tmp_path / name, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with Pending() as files, pytest.raises(OutputError):
        files.add(tmp_path / "verslag.pdf", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_move_that_fails_says_that_the_report_is_frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError

    with Pending() as files:
        files.add(tmp_path / "verslag.pdf", b"x")
        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(OutputError, match="vastgelegd in de kluis"):
            files.appear()
    assert list(tmp_path.iterdir()) == []
