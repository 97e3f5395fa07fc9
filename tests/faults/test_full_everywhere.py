"""One disk for everything, and it is full: no temporary file can be made, and copies are verified and made all the same."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from tests.faults import mounts
from tests.vault_kit import NOW, Made, fingerprint, made, make
from vpdesk import cli
from vpdesk.domain.errors import BackupError, OutputError
from vpdesk.operations.backups import make_backup, restore_backup, verify_backup
from vpdesk.operations.doctor import examine
from vpdesk.operations.vaults import open_vault
from vpdesk.store import container, space
from vpdesk.store.keychain import MemoryKeychain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vpdesk.store.vault import Vault

    Full = Callable[[Callable[[], None]], None]


@pytest.fixture(autouse=True)
def _home(clean_home: Path) -> None:
    """What the command line finds in the home of a person is not there yet."""


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Full:
    """Return what runs a job where temporary files could only come on a disk that is full."""
    disk = tmp_path / "schijf"

    def run(job: Callable[[], None]) -> None:
        def on_it() -> None:
            mounts.small_disk(disk, 64)
            with (disk / "vol").open("wb", buffering=0) as file, contextlib.suppress(OSError):
                while True:
                    file.write(bytes(4096))
            monkeypatch.setattr(tempfile, "tempdir", None)
            monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(disk)])
            assert space.temporary_folder() is None
            job()

        mounts.with_own_mounts(on_it)

    return run


def opened(kit: Made) -> Vault:
    return open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW)


def test_a_copy_is_opened_where_it_stands(kit: Made, stick: Path, full: Full) -> None:
    with opened(kit) as vault:
        copy = make_backup(vault, places=(stick,), now=NOW).path

    def job() -> None:
        assert verify_backup(copy, words=kit.words).authentic
        with opened(kit) as vault:
            assert verify_backup(copy, vault=vault).authentic
        assert os.listdir(stick) == [copy.name]  # noqa: PTH208

    full(job)


def test_a_copy_that_stands_on_the_full_disk_too_says_so(
    kit: Made, stick: Path, full: Full, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with opened(kit) as vault:
        copy = make_backup(vault, places=(stick,), now=NOW).path
    monkeypatch.setattr(sys, "stdin", io.StringIO(" ".join(kit.words) + "\n"))

    def job() -> None:
        mounts.read_only(stick)
        with pytest.raises(BackupError, match="te weinig ruimte"):
            verify_backup(copy, words=kit.words)
        assert cli.main(["verify", str(copy), "--words-stdin"]) == 1

    full(job)
    assert container.NO_ROOM in capfd.readouterr().err


def test_the_check_tells_its_lines_of_a_practice_vault(tmp_path: Path, stick: Path, full: Full) -> None:
    kit, vault = make(tmp_path / "oefenkluis", practice=True)
    with vault:
        make_backup(vault, places=(stick,), now=NOW)

    def job() -> None:
        mounts.read_only(stick)
        lines = examine(kit.folder, passphrase=None, words=None, keychain=kit.keychain, now=NOW)
        found = next(line for line in lines if line.name == "Kopieën in ‘stick’")
        assert "de nieuwste is van vandaag en heel" in found.sentence

    full(job)


def test_a_vault_that_takes_no_writes_is_made_ready_on_the_stick_itself(kit: Made, stick: Path, full: Full) -> None:
    before = fingerprint(kit.folder)

    def job() -> None:
        mounts.read_only(kit.folder)
        with opened(kit) as vault:
            assert vault.read_only
            result = make_backup(vault, places=(kit.folder / "kan niet", stick), now=NOW)
        assert os.listdir(stick) == [result.path.name]  # noqa: PTH208

    full(job)
    assert fingerprint(kit.folder) == before
    copy = next(stick.iterdir())
    restore_backup(copy, folder=stick.with_name("nieuw"), words=kit.words, keychain=MemoryKeychain(), now=NOW).close()


def test_without_room_on_the_stick_either_it_is_said(kit: Made, stick: Path, full: Full) -> None:
    def job() -> None:
        mounts.read_only(kit.folder)
        mounts.small_disk(stick, 64)
        with opened(kit) as vault, pytest.raises(OutputError, match="Deze laptop is te vol"):
            make_backup(vault, places=(stick,), now=NOW)
        assert not os.listdir(stick)  # noqa: PTH208

    full(job)
