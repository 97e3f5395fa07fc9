"""A disk on which no more files can be made is full too, and is said to be, with the vault whole."""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING

import pytest

from tests.faults import mounts
from tests.vault_kit import NOW, PHRASE, make
from vpdesk.domain.errors import OutputError, VaultError
from vpdesk.operations.backups import make_backup
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.vaults import open_vault

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("clean_home")


def test_a_disk_without_room_for_names_is_full(tmp_path: Path) -> None:
    def job() -> None:
        disk = tmp_path / "schijf"
        disk.mkdir()
        mounts.mount("-t", "tmpfs", "-o", "size=50m,nr_inodes=60", "tmpfs", disk)
        kit, vault = make(disk / "kluis")
        vault.close()
        with contextlib.suppress(OSError):
            for number in itertools.count():
                (disk / str(number)).touch()
        with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as opened:
            with pytest.raises(VaultError, match="De schijf is vol"), opened.transaction():
                opened.settings.put("proef", "nieuw")
            with pytest.raises(OutputError, match="te vol"):
                make_backup(opened, places=(tmp_path / "kopie",), now=NOW)
            assert opened.integrity(full=True)
        (disk / "0").unlink()  # room for a folder, and not for what comes in it
        with pytest.raises(VaultError, match="De schijf is vol"):
            begin_setup(disk / "nieuw", passphrase=PHRASE, keychain=kit.keychain, now=NOW)
        for left in disk.glob("[0-9]*"):
            left.unlink()
        with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as opened, opened.transaction():
            opened.settings.put("proef", "nieuw")

    mounts.with_own_mounts(job)
