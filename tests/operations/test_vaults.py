"""A vault opens with its passphrase on its laptop, with its words anywhere, and with nothing else."""

from __future__ import annotations

import base64
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import LONG_PHRASE, NOW, PHRASE, SMALL, Made, fingerprint, made, make
from vpdesk.domain.errors import (
    InvalidValueError,
    KeyringAbsentError,
    KeyringEntryError,
    KeyringLockedError,
    VaultDamagedError,
    VaultError,
    VaultMissingError,
    WordsMistypedError,
    WrongSecretError,
)
from vpdesk.operations import vaults
from vpdesk.operations.vaults import enrol_device, open_vault
from vpdesk.store import generations, keyfile
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.keys import SlotKind
from vpdesk.store.words import encode_secret

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault


class NoKeyring(MemoryKeychain):
    """A system without a keyring."""

    def backend_name(self) -> str:
        raise KeyringAbsentError("Geen sleutelbos.")

    def get(self, entry: str) -> str | None:
        raise KeyringAbsentError(f"Geen sleutelbos voor {entry}.")


@pytest.fixture(autouse=True)
def _home(clean_home: Path) -> None:
    """Wrong passphrases are counted in the home of a person who has nothing yet."""


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def opened(kit: Made, passphrase: str = PHRASE) -> Vault:
    return open_vault(kit.folder, passphrase=passphrase, keychain=kit.keychain, now=NOW)


def never() -> MemoryKeychain:
    raise AssertionError


def test_a_wrong_passphrase_is_told_and_changes_nothing(kit: Made) -> None:
    before = fingerprint(kit.folder)
    with pytest.raises(WrongSecretError, match=r"^Deze wachtzin past niet\. Let op hoofdletters en spaties\.$"):
        opened(kit, "een Kop koffie")
    assert fingerprint(kit.folder) == before


def test_wrong_passphrases_are_counted_slowed_down_and_reported(kit: Made) -> None:
    for _ in range(4):
        with pytest.raises(WrongSecretError, match="past niet"):
            opened(kit, "verkeerd")
    with pytest.raises(WrongSecretError, match="Vier keer niet gelukt"):
        opened(kit)
    later = NOW + timedelta(seconds=31)
    with open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=later) as vault:
        assert vault.warnings == ("Voor u deze kluis opende, is de wachtzin 4 keer verkeerd getypt.",)
    with opened(kit) as vault:
        assert vault.warnings == ()


def test_the_words_open_it_without_touching_a_keyring(kit: Made) -> None:
    with open_vault(kit.folder, words=kit.words, keychain=never, now=NOW) as vault:
        assert vault.opened_with is SlotKind.RECOVERY
        assert vault.settings.get("proef") == "eerste"


def test_wrong_and_mistyped_words_are_told_apart(kit: Made) -> None:
    with pytest.raises(WordsMistypedError):
        open_vault(kit.folder, words="fiets " * 16, keychain=never, now=NOW)
    with pytest.raises(WrongSecretError, match="openen deze kluis niet"):
        open_vault(kit.folder, words=encode_secret(b"x" * 20), keychain=never, now=NOW)


@pytest.mark.parametrize("entry", [None, "%%%", "AAAA", base64.b64encode(b"x" * 32).decode()])
def test_a_missing_or_changed_entry_asks_for_the_words_and_never_makes_a_new_key(kit: Made, entry: str | None) -> None:
    vault_id = vaults.describe(kit.folder).id
    before = fingerprint(kit.folder)
    kit.keychain.drop(vault_id)
    if entry is not None:
        kit.keychain.put(vault_id, entry)
    with pytest.raises(KeyringEntryError, match="16 herstelwoorden; daarna kiest u hier opnieuw"):
        opened(kit)
    assert fingerprint(kit.folder) == before
    assert kit.keychain.get(vault_id) == entry
    with open_vault(kit.folder, words=kit.words, keychain=never, now=NOW) as vault:
        assert (
            enrol_device(vault, passphrase="een nieuwe zin", keychain=kit.keychain, kdf=SMALL, now=NOW)
            is SlotKind.DAILY
        )
    opened(kit, "een nieuwe zin").close()


def test_where_the_vault_needs_a_keyring_and_there_is_none_it_says_so(kit: Made) -> None:
    with pytest.raises(KeyringAbsentError):
        open_vault(kit.folder, passphrase=PHRASE, keychain=NoKeyring(), now=NOW)


def test_a_new_passphrase_takes_the_place_of_the_old(kit: Made) -> None:
    with opened(kit) as vault:
        enrol_device(vault, passphrase="een nieuwe zin", keychain=kit.keychain, kdf=SMALL, now=NOW)
    with pytest.raises(WrongSecretError):
        opened(kit)
    with opened(kit, "een nieuwe zin") as vault:
        assert len(vault.key_file.slots) == 2


def test_a_passphrase_too_weak_changes_nothing(kit: Made) -> None:
    with opened(kit) as vault:
        before = fingerprint(kit.folder)
        with pytest.raises(InvalidValueError):
            enrol_device(vault, passphrase="kort", keychain=kit.keychain, kdf=SMALL, now=NOW)
        with pytest.raises(InvalidValueError):
            enrol_device(vault, passphrase=PHRASE, keychain=NoKeyring(), kdf=SMALL, now=NOW)
        assert fingerprint(kit.folder) == before


def test_a_laptop_without_a_keyring_gets_the_passphrase_only_slot(kit: Made) -> None:
    with open_vault(kit.folder, words=kit.words, keychain=never, now=NOW) as vault:
        assert (
            enrol_device(vault, passphrase=LONG_PHRASE, keychain=NoKeyring(), kdf=SMALL, now=NOW) is SlotKind.PASSPHRASE
        )
    with open_vault(kit.folder, passphrase=LONG_PHRASE, keychain=never, now=NOW) as vault:
        assert vault.opened_with is SlotKind.PASSPHRASE
    with pytest.raises(WrongSecretError):
        open_vault(kit.folder, passphrase=PHRASE, keychain=never, now=NOW)


def test_without_any_secret_it_asks_for_one(kit: Made) -> None:
    with pytest.raises(VaultError, match="wachtzin of met uw 16 herstelwoorden"):
        open_vault(kit.folder, keychain=never, now=NOW)


def test_a_vault_that_only_has_words_says_so(kit: Made) -> None:
    key_file = keyfile.read(kit.key_file)
    only = tuple(slot for slot in key_file.slots if slot.kind is SlotKind.RECOVERY)
    kit.key_file.write_bytes(keyfile.encode(keyfile.KeyFile(key_file.vault_id, only)))
    with pytest.raises(KeyringEntryError, match="nog alleen open met de 16 herstelwoorden"):
        opened(kit)


def test_a_vault_whose_word_slot_was_taken_out_does_not_open_with_words(kit: Made) -> None:
    key_file = keyfile.read(kit.key_file)
    only = tuple(slot for slot in key_file.slots if slot.kind is SlotKind.DAILY)
    kit.key_file.write_bytes(keyfile.encode(keyfile.KeyFile(key_file.vault_id, only)))
    with pytest.raises(WrongSecretError):
        open_vault(kit.folder, words=kit.words, keychain=never, now=NOW)


@pytest.mark.parametrize("change", [b"", b"{}", b"\x00" * 500])
def test_a_damaged_key_file_is_refused_and_described_and_left(kit: Made, change: bytes) -> None:
    kit.key_file.write_bytes(change)
    before = fingerprint(kit.folder)
    with pytest.raises(VaultDamagedError, match="sleutelbestand"):
        opened(kit)
    found = vaults.describe(kit.folder)
    assert found.exists
    assert "sleutelbestand" in found.problem
    assert fingerprint(kit.folder) == before


@pytest.mark.parametrize("kind", ["missing", "empty", "folder", "file"])
def test_a_path_without_a_vault_is_refused_and_stays_as_it_was(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "kluis"
    if kind in {"empty", "folder"}:
        path.mkdir()
    if kind == "folder":
        (path / "brief.txt").write_text("tekst")
    if kind == "file":
        path.write_text("tekst")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(VaultMissingError):
        open_vault(path, passphrase=PHRASE, keychain=never, now=NOW)
    assert sorted(tmp_path.rglob("*")) == before
    foreign = kind in {"folder", "file"}
    assert vaults.describe(path) == vaults.VaultDescription(exists=False, foreign=foreign)


def test_an_older_vault_put_in_its_place_is_recognised(kit: Made, tmp_path: Path) -> None:
    older = tmp_path / "ouder"
    shutil.copytree(kit.folder, older)
    for _ in range(2):
        with opened(kit) as vault, vault.transaction():
            vault.settings.put("proef", "tweede")
    shutil.rmtree(kit.folder)
    shutil.copytree(older, kit.folder)
    for _ in range(2):  # a change in the older one does not make the warning go away
        with opened(kit) as vault:
            assert "ouder dan de kluis die op deze laptop het laatst open was" in vault.warnings[0]
            with vault.transaction():
                vault.settings.put("proef", "derde")


def test_the_keyring_may_be_gone_when_the_vault_closes(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = opened(kit)
    with vault.transaction():
        vault.settings.put("proef", "tweede")

    def gone(*_: str) -> None:
        raise KeyringLockedError("Op slot.")

    monkeypatch.setattr(kit.keychain, "put", gone)
    vault.close()
    with opened(kit) as again:
        assert again.settings.get("proef") == "tweede"
        assert again.warnings == ()


def test_opening_clears_what_an_interrupted_backup_left(kit: Made) -> None:
    work = kit.folder / generations.WORK
    work.mkdir()
    (work / "0123456789abcdef.db").write_bytes(b"x")
    opened(kit).close()
    assert not work.exists()


def test_a_practice_vault_with_a_changed_slot_is_damaged(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis", practice=True)
    vault.close()
    text = kit.key_file.read_text()
    kit.key_file.write_text(text.replace('"wrapped": "', '"wrapped": "ffff', 1).replace("ffff", "ffff", 1))
    with pytest.raises(VaultDamagedError):
        open_vault(kit.folder, keychain=never, now=NOW)


def test_the_vault_stands_in_local_data(clean_home: Path) -> None:
    folder = vaults.default_folder()
    assert folder.is_relative_to(clean_home.parent)
    assert folder.parts[-2:] == ("vpdesk", "kluis")


def test_asking_whether_there_is_a_keyring_asks_the_system() -> None:
    assert vaults.keyring_is_offered(MemoryKeychain())
    assert not vaults.keyring_is_offered(NoKeyring)
    assert vaults.system_keychain() is not vaults.system_keychain()


def test_what_somebody_keeps_in_a_folder_called_work_stays_at_every_opening(kit: Made) -> None:
    work = kit.folder / generations.WORK / "scriptie" / "h1.txt"
    work.parent.mkdir(parents=True)
    work.write_text("drie jaar werk")
    opened(kit).close()
    assert work.read_text() == "drie jaar werk"
