"""A text that the vault has no room for is kept in a file that only this vault opens, its restored copies included."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, new_vault
from vpdesk.domain.errors import BackupError, OutputError
from vpdesk.operations.elsewhere import SUFFIX, read_elsewhere, save_elsewhere

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

TEXT = "Zij belt volgende week terug, ‘als het kan’."


def saved(vault: Vault, folder: Path) -> Path:
    return save_elsewhere(vault, folder=folder, key="gesprek", text=TEXT, now=NOW)


def test_the_text_comes_back_as_it_was(vault: Vault, tmp_path: Path) -> None:
    draft = read_elsewhere(vault, saved(vault, tmp_path))
    assert (draft.key, draft.text, draft.saved) == ("gesprek", TEXT, NOW)


def test_the_file_tells_nothing_and_is_for_this_user_alone(vault: Vault, tmp_path: Path) -> None:
    path = saved(vault, tmp_path)
    assert path.name == f"vpdesk-2026-01-20-100000{SUFFIX}"
    assert TEXT[:10].encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_a_second_one_in_the_same_second_gets_its_own_name(vault: Vault, tmp_path: Path) -> None:
    first, second = saved(vault, tmp_path), saved(vault, tmp_path)
    assert first != second
    assert read_elsewhere(vault, first) == read_elsewhere(vault, second)


def test_another_vault_does_not_open_it(vault: Vault, tmp_path: Path) -> None:
    path = saved(vault, tmp_path)
    with new_vault(tmp_path / "andere") as other, pytest.raises(BackupError, match="deze kluis"):
        read_elsewhere(other, path)


def test_a_place_that_is_not_there_is_told_and_nothing_is_made(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="staat nog in het venster"):
        saved(vault, tmp_path / "weg")
    with pytest.raises(BackupError, match="niet te lezen"):
        read_elsewhere(vault, tmp_path / "weg")


def test_a_place_without_room_is_told(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="geen ruimte"):
        saved(vault, folder)
    assert not list(folder.iterdir())
