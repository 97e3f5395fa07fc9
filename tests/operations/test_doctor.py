"""Each line of the check is in order, or says what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import LONG_PHRASE, NOW, SMALL, Made, made
from vpdesk.domain.errors import KeyringAbsentError, KeyringLockedError
from vpdesk.operations import backups
from vpdesk.operations import doctor as doctor_room
from vpdesk.operations.doctor import CheckLine, doctor
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.vaults import open_vault
from vpdesk.store import keyfile
from vpdesk.store.keychain import MemoryKeychain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


@pytest.fixture
def vault(kit: Made) -> Iterator[Vault]:
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as opened:
        yield opened


def line(lines: tuple[CheckLine, ...], name: str) -> CheckLine:
    return next(found for found in lines if found.name == name)


def test_a_sound_vault_with_a_backup_is_in_order(kit: Made, vault: Vault, tmp_path: Path) -> None:
    backups.make_backup(vault, places=(tmp_path / "kopieën",), now=NOW)
    lines = doctor(vault, keychain=kit.keychain, now=NOW)
    assert [found.name for found in lines] == [
        "Sleutelbos",
        "Versleuteling",
        "Map",
        "Kluis",
        "Inhoud",
        "Reservekopieën",
        "Versies",
    ]
    assert [found for found in lines if not found.ok] == []
    assert line(lines, "Reservekopieën").sentence == "De laatste is van vandaag, gecontroleerd."


def test_without_a_secret_it_tells_what_can_be_told(kit: Made) -> None:
    lines = doctor(kit.folder, keychain=kit.keychain, now=NOW)
    assert [found.name for found in lines] == ["Sleutelbos", "Versleuteling", "Map", "Kluis", "Versies"]
    assert all(found.ok for found in lines)


def test_a_keyring_without_the_secret_of_this_vault_is_not_in_order(kit: Made) -> None:
    keychain = MemoryKeychain()
    for entry in (None, "geen base64", "AAAA"):
        if entry is not None:
            keychain.put(keyfile.read(kit.key_file).vault_id, entry)
        found = line(doctor(kit.folder, keychain=keychain, now=NOW), "Sleutelbos")
        assert not found.ok
        assert "16 herstelwoorden" in found.sentence


def test_a_locked_keyring_is_named_although_it_is_there(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_entry: str) -> str:
        raise KeyringLockedError("Op slot.")

    monkeypatch.setattr(kit.keychain, "get", locked)
    assert line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Sleutelbos") == CheckLine(
        "Sleutelbos", ok=False, sentence="Op slot."
    )


@pytest.mark.parametrize("error", [KeyringAbsentError("Geen sleutelbos."), KeyringLockedError("Op slot.")])
def test_a_keyring_that_does_not_work_is_named(kit: Made, error: Exception) -> None:
    class Failing(MemoryKeychain):
        def backend_name(self) -> str:
            raise error

    found = line(doctor(kit.folder, keychain=Failing(), now=NOW), "Sleutelbos")
    assert not found.ok
    assert found.sentence == str(error)


def test_a_vault_that_needs_no_keyring_does_not_miss_it(tmp_path: Path) -> None:
    class Absent(MemoryKeychain):
        def backend_name(self) -> str:
            raise KeyringAbsentError("Geen sleutelbos.")

    setup = begin_setup(tmp_path / "kluis", passphrase=LONG_PHRASE, keychain=Absent(), now=NOW, kdf=SMALL)
    setup.confirm(setup.words).close()
    found = line(doctor(tmp_path / "kluis", keychain=Absent(), now=NOW), "Sleutelbos")
    assert found == CheckLine("Sleutelbos", ok=True, sentence="Niet aanwezig; deze kluis heeft hem niet nodig.")


def test_a_missing_cipher_is_named(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_room, "cipher_versions", lambda: ("", "3"))
    assert not line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Versleuteling").ok


def test_a_folder_in_the_cloud_or_open_to_others_is_named(kit: Made, tmp_path: Path) -> None:
    synced = doctor(tmp_path / "Nextcloud" / "kluis", keychain=kit.keychain, now=NOW)
    assert "met de cloud meeloopt" in line(synced, "Map").sentence
    missing = doctor(tmp_path / "nergens", keychain=kit.keychain, now=NOW)
    assert "er nog niet" in line(missing, "Map").sentence
    assert line(missing, "Kluis") == CheckLine("Kluis", ok=False, sentence="Hier staat nog geen kluis.")
    kit.folder.chmod(0o755)
    assert "Anderen op deze laptop" in line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Map").sentence


def test_a_damaged_vault_is_named(kit: Made, vault: Vault) -> None:
    content = bytearray(kit.database.read_bytes())
    content[-100] ^= 1
    kit.database.write_bytes(content)
    found = line(doctor(vault, keychain=kit.keychain, now=NOW), "Inhoud")
    assert not found.ok
    assert "beschadigd" in found.sentence
    kit.database.write_bytes(b"")
    assert "leeg" in line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Kluis").sentence


def test_backups_that_are_missing_or_away_are_named(kit: Made, vault: Vault, tmp_path: Path) -> None:
    none = line(doctor(vault, keychain=kit.keychain, now=NOW), "Reservekopieën")
    assert none == CheckLine(
        "Reservekopieën", ok=False, sentence="Er is nog geen reservekopie gemaakt. Kies een plaats en maak er een."
    )
    place = tmp_path / "stick"
    backups.set_places(vault, [place])
    copy = backups.make_backup(vault, places=(place,), now=NOW).path
    copy.unlink()
    place.rmdir()
    away = line(doctor(vault, keychain=kit.keychain, now=NOW + timedelta(days=1)), "Reservekopieën")
    assert not away.ok
    assert away.sentence.startswith("De laatste is van gisteren, gecontroleerd. ‘")
    assert "stick’ is er niet." in away.sentence
