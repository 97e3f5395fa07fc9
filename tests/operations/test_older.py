"""An older whole vault in the place of this one is told, however it was opened, and a copy put back on purpose is not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import NOW, PHRASE, SMALL, Made, made
from vpdesk.domain.errors import KeyringLockedError
from vpdesk.operations.backups import make_backup
from vpdesk.operations.older import (
    NOTICED,
    OLDER,
    PUT_BACK,
    counter_entry,
    look_after_words,
    miss_nothing,
    seen_further,
    stand_at_opening,
)
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


def warned(kit: Made) -> list[bool]:
    """Return whether an opening with the passphrase and one with the words warn of an older vault."""
    found = []
    for how in (by_passphrase, by_words):
        with how(kit) as vault:
            found.append(OLDER in vault.warnings)
    return found


def test_the_warning_comes_back_however_much_is_written_in_an_older_vault(kit: Made, tmp_path: Path) -> None:
    """As when a backup by the clock opens it first, and nobody reads what that says."""
    put_older(kit, tmp_path)
    for number in range(5):
        go_on(kit, f"in de oude {number}")
        assert warned(kit) == [True, True]


def test_the_warning_ends_where_the_newer_vault_stands_again(kit: Made, tmp_path: Path) -> None:
    go_on(kit, "eerste")
    shutil.copytree(kit.folder, tmp_path / "eerder")
    go_on(kit, "tweede")
    kit.folder.rename(tmp_path / "later")
    shutil.copytree(tmp_path / "eerder", kit.folder)
    go_on(kit, "in de oude")
    assert warned(kit) == [True, True]
    shutil.rmtree(kit.folder)
    (tmp_path / "later").rename(kit.folder)
    assert warned(kit) == [False, False]


@pytest.mark.parametrize("of_the_older", [False, True])
def test_the_warning_ends_where_a_copy_is_put_back(kit: Made, tmp_path: Path, of_the_older: bool) -> None:
    with by_passphrase(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    for value in ("a", "b", "c"):
        go_on(kit, value)
    put_older(kit, tmp_path)
    with by_passphrase(kit) as vault:
        assert vault.settings.get(NOTICED)
        if of_the_older:
            copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    put_back(kit, copy)
    assert warned(kit) == [False, False]


@pytest.mark.parametrize("passphrase", [None, PHRASE])
def test_a_copy_put_back_over_the_newest_vault_is_not_called_older(
    kit: Made, tmp_path: Path, passphrase: str | None
) -> None:
    with by_passphrase(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    for value in ("a", "b", "c", "d"):
        go_on(kit, value)
    put_back(kit, copy, passphrase)
    assert warned(kit) == [False, False]


def put_back(kit: Made, copy: Path, passphrase: str | None = None) -> None:
    with restore_backup(
        copy, folder=kit.folder, words=kit.words, passphrase=passphrase, keychain=kit.keychain, now=NOW, kdf=SMALL
    ) as vault:
        assert OLDER not in vault.warnings


def test_the_warning_ends_where_its_owner_misses_nothing(kit: Made, tmp_path: Path) -> None:
    put_older(kit, tmp_path)
    with by_passphrase(kit) as vault:
        miss_nothing(vault)
        assert OLDER not in vault.warnings
    assert warned(kit) == [False, False]
    shutil.copytree(kit.folder, tmp_path / "daarvoor")
    go_on(kit, "daarna")
    shutil.rmtree(kit.folder)
    shutil.copytree(tmp_path / "daarvoor", kit.folder)
    assert warned(kit) == [True, True], "and tells an older one again"
