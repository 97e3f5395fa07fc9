"""A copy is another file under another key, or there is none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import NOW, make
from vpdesk.domain.errors import BackupError, VaultError
from vpdesk.store import backup, disk, keys, space, vault
from vpdesk.store.cipher import DatabaseError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_copy_opens_under_its_own_key_only(tmp_path: Path) -> None:
    _, opened = make(tmp_path / "kluis")
    with opened:
        backup.copy_database(opened.connection, tmp_path / "copy.db", b"k" * 32)
        backup.check_database(tmp_path / "copy.db", b"k" * 32, opened.id, full=True)
        own = keys.derive(opened.key, "database")
        for key, vault_id in ((own, opened.id), (b"k" * 32, "0" * 32)):
            with pytest.raises(BackupError):
                backup.check_database(tmp_path / "copy.db", key, vault_id, full=False)
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_a_copy_never_comes_over_a_file(tmp_path: Path) -> None:
    _, opened = make(tmp_path / "kluis")
    (tmp_path / "copy.db").write_text("brief")
    with opened, pytest.raises(FileExistsError):
        backup.copy_database(opened.connection, tmp_path / "copy.db", b"k" * 32)
    assert (tmp_path / "copy.db").read_text() == "brief"


def test_a_disk_that_fills_up_while_copying_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, opened = make(tmp_path / "kluis")
    real = vault.connect

    def small(*arguments: object, **named: object) -> object:
        connection = real(*arguments, **named)  # type: ignore[arg-type]
        connection.execute("PRAGMA max_page_count = 2")
        return connection

    monkeypatch.setattr(backup, "connect", small)
    with opened, pytest.raises(VaultError, match="schijf is vol"):
        backup.Prepared(opened, NOW)
    assert not (tmp_path / "kluis" / "work").exists()


def test_copying_a_closed_vault_is_a_bug(tmp_path: Path) -> None:
    _, opened = make(tmp_path / "kluis")
    opened.close()
    with pytest.raises(DatabaseError, match="SQL logic error"):
        backup.copy_database(opened.connection, tmp_path / "copy.db", b"k" * 32)


def test_a_copy_is_made_ready_in_the_vault_s_own_folder_or_in_a_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit, opened = make(tmp_path / "kluis")
    with opened:
        assert backup.workroom(opened) == kit.folder
        for refusing in (kit.folder, opened.generation):
            monkeypatch.setattr(os, "access", lambda path, _, refusing=refusing: path != refusing)
            assert backup.workroom(opened) == space.temporary_folder()
            assert backup.takes_no_writes(opened) is (refusing != kit.folder)


def test_a_disk_that_is_full_is_not_called_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        in_transaction = False

        def execute(self, *_: object) -> None:
            raise disk.FullError("De schijf is vol.")

    _, opened = make(tmp_path / "kluis")
    with opened:
        monkeypatch.setattr(opened, "connection", Full())
        with pytest.raises(disk.FullError):
            backup.refuse_unread_pages(opened)
        monkeypatch.undo()
