"""An older whole vault in the place of this one is told, however it was opened, and a copy put back on purpose is not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import NOW, PHRASE, SMALL, Made, made
from vpdesk.domain.errors import KeyringLockedError
from vpdesk.operations.backups import make_backup
from vpdesk.operations.older import OLDER, PUT_BACK, counter_entry, look_after_words, seen_further, stand_at_opening
from vpdesk.operations.restoring import restore_backup
from vpdesk.operations.vaults import enrol_device, open_vault
from vpdesk.store import generations
from vpdesk.store.keychain import MemoryKeychain

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault


class Locked(MemoryKeychain):
    """Answers, after a prompt that nobody asked for."""

    def unlocked(self) -> bool:
        return False


class Gone(MemoryKeychain):
    def unlocked(self) -> bool:
        raise KeyringLockedError("Gestopt.")


@pytest.fixture(autouse=True)
def _home(clean_home: Path) -> None:
    """Wrong passphrases are counted in the home of a person who has nothing yet."""


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def by_words(kit: Made) -> Vault:
    return open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW)


def by_passphrase(kit: Made) -> Vault:
    return open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW)


def go_on(kit: Made, value: str) -> None:
    with by_passphrase(kit) as vault, vault.transaction():
        vault.settings.put("proef", value)


def put_older(kit: Made, tmp_path: Path) -> None:
    """Put the whole of an earlier day in the place of the vault."""
    go_on(kit, "eerste")
    shutil.copytree(kit.folder, tmp_path / "eerder")
    go_on(kit, "tweede")
    shutil.rmtree(kit.folder)
    shutil.copytree(tmp_path / "eerder", kit.folder)


def test_opened_with_the_words_it_is_told_by_a_keyring_that_asks_nothing(kit: Made, tmp_path: Path) -> None:
    put_older(kit, tmp_path)
    with by_words(kit) as vault:
        assert OLDER not in vault.warnings, "the words ask no keyring"
        look_after_words(vault, Locked())
        look_after_words(vault, Gone())
        look_after_words(vault, MemoryKeychain())
        assert OLDER not in vault.warnings
        for _ in range(2):
            look_after_words(vault, kit.keychain)
            assert vault.warnings.count(OLDER) == 1


def test_the_vault_itself_is_not_called_older(kit: Made) -> None:
    go_on(kit, "eerste")
    with by_words(kit) as vault:
        with vault.transaction():
            vault.settings.put("proef", "tweede")
        look_after_words(vault, kit.keychain)
        assert OLDER not in vault.warnings


@pytest.mark.parametrize("said", ["x", "-3", "", "9" * 5, "²"])
def test_a_count_that_is_no_number_tells_nothing(kit: Made, said: str) -> None:
    with by_words(kit) as vault:
        kit.keychain.put(counter_entry(vault), said)
        stand = stand_at_opening(vault)
        assert stand is not None
        assert seen_further(stand, kit.keychain) is (said == "99999")


def test_choosing_a_passphrase_in_an_older_vault_warns_and_leaves_the_count(kit: Made, tmp_path: Path) -> None:
    put_older(kit, tmp_path)
    with by_words(kit) as vault:
        counted = kit.keychain.get(counter_entry(vault))
        for _ in range(2):
            enrol_device(vault, passphrase="een Kop thee 12", keychain=kit.keychain, now=NOW, kdf=SMALL)
            assert OLDER in vault.warnings
        assert kit.keychain.get(counter_entry(vault)) == counted


def test_choosing_a_passphrase_twice_calls_nothing_older(kit: Made) -> None:
    with by_words(kit) as vault:
        for _ in range(2):
            enrol_device(vault, passphrase="een Kop thee 12", keychain=kit.keychain, now=NOW, kdf=SMALL)
        assert OLDER not in vault.warnings
        assert kit.keychain.get(counter_entry(vault)) == str(vault.revision)


@pytest.mark.parametrize("state", ["spoilt", "removed"])
def test_a_copy_put_back_over_what_can_not_be_read_is_rightly_older(kit: Made, tmp_path: Path, state: str) -> None:
    with by_passphrase(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    for value in ("eerste", "tweede", "derde"):
        go_on(kit, value)
    if state == "removed":
        shutil.rmtree(kit.folder)
    else:
        (generations.current(kit.folder) / generations.DATABASE).write_bytes(bytes(8192))
    restore_backup(
        copy, folder=kit.folder, words=kit.words, keychain=kit.keychain, now=NOW, later_reports="none", kdf=SMALL
    ).close()
    with by_words(kit) as vault:
        assert stand_at_opening(vault) is None
        look_after_words(vault, kit.keychain)
        enrol_device(vault, passphrase=PHRASE, keychain=kit.keychain, now=NOW, kdf=SMALL)
        assert OLDER not in vault.warnings
        assert not vault.settings.get(PUT_BACK), "the keyring counts on from here"
    shutil.copytree(kit.folder, tmp_path / "eerder")
    go_on(kit, "daarna")
    with by_passphrase(kit) as vault:
        assert OLDER not in vault.warnings
    shutil.rmtree(kit.folder)
    shutil.copytree(tmp_path / "eerder", kit.folder)
    with by_passphrase(kit) as vault:
        assert OLDER in vault.warnings, "and tells an older one again"
