"""Each line of the check is in order, or says what to do."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import LONG_PHRASE, NOW, PHRASE, SMALL, Made, made, make
from vpdesk.domain.errors import KeyringAbsentError, KeyringLockedError, WrongSecretError
from vpdesk.operations import backups, formers
from vpdesk.operations import doctor as doctor_room
from vpdesk.operations.access import acknowledge_openings
from vpdesk.operations.doctor import OPEN_ELSEWHERE, CheckLine, core_is_kept, doctor, examine
from vpdesk.operations.older import OLDER
from vpdesk.operations.places import MOVING, usual_place
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.vaults import open_vault
from vpdesk.operations.ways_in import untold_openings
from vpdesk.store import generations, keyfile, space
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.keys import SlotKind
from vpdesk.store.refusals import READ_ONLY

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


@pytest.mark.usefixtures("no_core")
def test_a_sound_vault_with_a_backup_is_in_order(kit: Made, vault: Vault, tmp_path: Path) -> None:
    backups.make_backup(vault, places=(tmp_path / "kopieën",), now=NOW)
    lines = doctor(vault, keychain=kit.keychain, now=NOW)
    assert [found.name for found in lines] == [
        "Sleutelbos",
        "Sleutels",
        "Versleuteling",
        "Map",
        "Cloud",
        "Ruimte",
        "Kluis",
        "Inhoud",
        "Reservekopieën",
        "Kopieën in ‘kopieën’",
        "Resten",
        "Narekenen",
        "Geheugen",
        "Versies",
    ]
    assert [found for found in lines if not found.ok] == []
    said = {found.name: found.sentence for found in lines}
    assert said["Reservekopieën"] == "De laatste is van vandaag 10:00, geopend en gecontroleerd."
    assert said["Kopieën in ‘kopieën’"] == f"1 kopie in {tmp_path / 'kopieën'}; de nieuwste is van vandaag en heel."
    assert said["Sleutels"] == (
        "Deze kluis gaat open met uw wachtzin samen met de sleutelbos, of met de 16 herstelwoorden."
    )
    assert "zojuist nagerekend en echt" in said["Inhoud"]
    assert "het laatst vandaag 10:00; ook op haar bouw vandaag 10:00" in said["Inhoud"]


@pytest.mark.usefixtures("no_core")
def test_without_a_secret_it_tells_what_can_be_told(kit: Made) -> None:
    lines = doctor(kit.folder, keychain=kit.keychain, now=NOW)
    assert {"Sleutelbos", "Sleutels", "Kluis", "Inhoud", "Resten", "Versies"} <= {found.name for found in lines}
    assert not [found for found in lines if "Kopie" in found.name]
    assert all(found.ok for found in lines)
    assert "niet nagekeken" in line(lines, "Inhoud").sentence


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
    assert not line(synced, "Cloud").ok
    assert "meeloopt met Nextcloud" in line(synced, "Cloud").sentence
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
    away = line(doctor(vault, keychain=kit.keychain, now=NOW + timedelta(days=1)), "Kopieën in ‘stick’")
    assert not away.ok
    assert "stick’ is er nu niet. Andere kopieën blijven goed." in away.sentence


def test_each_place_is_looked_at_by_itself(kit: Made, vault: Vault, tmp_path: Path) -> None:
    usual, stick, empty = usual_place(kit.folder), tmp_path / "stick", tmp_path / "leeg"
    backups.set_places(vault, [usual, stick, empty])
    _, other = make(tmp_path / "andere")
    with other:
        backups.make_backup(other, places=(empty,), now=NOW)
    for day in range(2):
        result = backups.make_backup(vault, places=(usual, stick), now=NOW + timedelta(days=day))
    newest = result.places[1].path
    assert newest is not None
    content = bytearray(newest.read_bytes())
    content[-100] ^= 1
    newest.write_bytes(content)
    lines = doctor(vault, keychain=kit.keychain, now=NOW + timedelta(days=1))
    said = {found.name: found for found in lines if found.name.startswith("Kopieën")}
    assert [(name, found.ok) for name, found in said.items()] == [
        ("Kopieën op deze laptop", True),
        ("Kopieën in ‘stick’", False),
        ("Kopieën in ‘leeg’", False),
    ]
    assert said["Kopieën op deze laptop"].sentence.startswith("2 kopieën in ")
    assert "van vandaag, is beschadigd" in said["Kopieën in ‘stick’"].sentence
    assert "nog geen kopie van deze kluis" in said["Kopieën in ‘leeg’"].sentence


def test_a_week_of_changes_without_a_copy_is_not_in_order(kit: Made, vault: Vault, tmp_path: Path) -> None:
    backups.make_backup(vault, places=(tmp_path / "kopie",), now=NOW)
    later = NOW + timedelta(days=8)
    assert line(doctor(vault, keychain=kit.keychain, now=later), "Reservekopieën").ok, "nothing changed"
    with vault.transaction():
        vault.settings.put("proef", "later")
    assert line(doctor(vault, keychain=kit.keychain, now=NOW + timedelta(days=6)), "Reservekopieën").ok
    for now in (later, NOW - timedelta(days=3650)):
        found = line(doctor(vault, keychain=kit.keychain, now=now), "Reservekopieën")
        assert not found.ok
        assert "daarna is er iets veranderd" in found.sentence


def test_a_vault_from_before_a_restore_is_told_and_after_a_month_asked_about(kit: Made, tmp_path: Path) -> None:
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        copy = backups.make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    changed = (NOW - timedelta(days=2)).timestamp()
    for path in kit.database.parent.iterdir():
        os.utime(path, (changed, changed))
    with backups.restore_backup(copy, folder=kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        fresh = line(doctor(vault, keychain=kit.keychain, now=NOW), "Vorige kluis")
        assert fresh.ok
        assert "tot zo 18 jan" in fresh.sentence
        old = line(doctor(vault, keychain=kit.keychain, now=NOW + timedelta(days=40)), "Vorige kluis")
        assert not old.ok
        assert "verwijder haar dan op de pagina Kluis" in old.sentence
        formers.drop_former_vault(vault, formers.former_vaults(vault)[0])
        assert line(doctor(vault, keychain=kit.keychain, now=NOW), "Resten").sentence == "Er is niets blijven liggen."


def test_a_laptop_that_has_only_the_words_is_asked_for_a_passphrase(kit: Made, vault: Vault, tmp_path: Path) -> None:
    copy = backups.make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    there = tmp_path / "laptop"
    with backups.restore_backup(copy, folder=there, words=kit.words, keychain=MemoryKeychain(), now=NOW) as restored:
        only_words = line(doctor(restored, keychain=MemoryKeychain(), now=NOW), "Sleutels")
    assert not only_words.ok
    assert "Kies op de pagina Kluis een wachtzin" in only_words.sentence


def test_what_an_interruption_left_is_told(kit: Made) -> None:
    for left in (kit.folder / "g-0123456789abcdef" / "unfinished", kit.folder / "work" / "0123456789abcdef.db"):
        left.parent.mkdir()
        left.write_bytes(b"")
        found = line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Resten")
        assert not found.ok
        assert "ruimt het op als u haar opent" in found.sentence
        open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW).close()
        assert line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Resten").ok


def test_a_move_of_which_something_is_left_is_told(kit: Made, vault: Vault) -> None:
    vault.settings.put(MOVING, "{}")
    assert not line(doctor(vault, keychain=kit.keychain, now=NOW), "Resten").ok


def test_a_vault_without_words_is_named(kit: Made) -> None:
    key_file = keyfile.read(kit.key_file)
    without = keyfile.KeyFile(key_file.vault_id, tuple(s for s in key_file.slots if s.kind.value != "recovery"))
    kit.key_file.write_bytes(keyfile.encode(without))
    found = line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Sleutels")
    assert not found.ok
    assert "Herstelwoorden zijn er niet" in found.sentence


def test_a_disk_that_is_nearly_full_is_named(kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "free", lambda _: 99_000_000)
    found = line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Ruimte")
    assert not found.ok
    assert found.sentence.startswith("Er is nog 99 MB vrij.")
    assert "is 100 MB nodig" in found.sentence
    monkeypatch.setattr(space, "free", lambda _: None)
    assert line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Ruimte").ok


@pytest.mark.parametrize(
    ("sqlite", "ok"),
    [("3.53.4", True), ("3.51.3", True), ("3.51.2", False), ("3.50.7", True), ("3.44.5", False), ("3.45.9", False)],
)
def test_an_sqlite_with_the_known_fault_is_named(
    kit: Made, monkeypatch: pytest.MonkeyPatch, sqlite: str, ok: bool
) -> None:
    monkeypatch.setattr(doctor_room, "cipher_versions", lambda: ("4.19.0 community", sqlite))
    found = line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Versies")
    assert found.ok is ok
    assert ("bekende fout" in found.sentence) is not ok


def test_an_old_cipher_is_named(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_room, "cipher_versions", lambda: ("3.4.2 community", "3.53.4"))
    found = line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Versleuteling")
    assert not found.ok
    assert "te oud" in found.sentence


CORE = """
import ctypes, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (int(sys.argv[1]), resource.getrlimit(resource.RLIMIT_CORE)[1]))
ctypes.CDLL(None).prctl(4, int(sys.argv[2]), 0, 0, 0)
from vpdesk.operations.doctor import core_is_kept
print(core_is_kept())
"""


@pytest.mark.parametrize(("dumpable", "kept"), [(0, "False"), (1, "True")])
def test_a_process_that_would_leave_its_memory_behind_says_so(dumpable: int, kept: str) -> None:
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        limit, kept = 0, "False"
    else:
        limit = 1_000_000
    done = subprocess.run(
        [sys.executable, "-c", CORE, str(limit), str(dumpable)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == kept


def test_a_system_that_keeps_an_image_of_the_memory_is_named(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    for kept in (True, False):
        monkeypatch.setattr(doctor_room, "core_is_kept", lambda kept=kept: kept)
        assert line(doctor(kit.folder, keychain=kit.keychain, now=NOW), "Geheugen").ok is not kept
    for platform, kept in (("win32", False), ("darwin", False)):
        monkeypatch.undo()
        monkeypatch.setattr(doctor_room.sys, "platform", platform)
        monkeypatch.setattr(resource, "getrlimit", lambda _: (0, 0))
        assert core_is_kept() is kept


def examined(kit: Made, **secrets: str) -> tuple[CheckLine, ...]:
    given = {"passphrase": None, "words": None, **secrets}
    return examine(kit.folder, keychain=kit.keychain, now=NOW, **given)


def test_with_a_secret_the_content_is_checked_too_and_the_vault_closed_again(kit: Made) -> None:
    assert "niet nagekeken" in line(examined(kit), "Inhoud").sentence
    for secrets in ({"passphrase": PHRASE}, {"words": " ".join(kit.words)}):
        lines = examined(kit, **secrets)
        assert "zojuist nagerekend" in line(lines, "Inhoud").sentence
        assert not line(lines, "Reservekopieën").ok
    with pytest.raises(WrongSecretError):
        examined(kit, passphrase="een heel andere zin")


def test_a_vault_that_is_open_or_damaged_is_told_beside_what_can_be_told(kit: Made) -> None:
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW):
        lines = examined(kit, passphrase=PHRASE)
        assert line(lines, "Inhoud") == OPEN_ELSEWHERE
        assert not OPEN_ELSEWHERE.looked
    kit.database.write_bytes(b"")
    lines = examined(kit, passphrase=PHRASE)
    assert not line(lines, "Inhoud").ok
    assert "leeg" in line(lines, "Inhoud").sentence
    assert line(lines, "Map").ok


def test_the_practice_vault_is_checked_without_a_secret(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "oefenkluis", practice=True)
    vault.close()
    assert "zojuist nagerekend" in line(examined(kit), "Inhoud").sentence


def test_an_older_vault_in_the_place_of_this_one_is_not_in_order(kit: Made, tmp_path: Path) -> None:
    """The bar above the window says so; the doctor and Kluis must not say the opposite below it."""
    shutil.copytree(kit.folder, tmp_path / "ouder")
    with open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW) as vault, vault.transaction():
        vault.settings.put("proef", "later")
    shutil.rmtree(kit.folder)
    shutil.copytree(tmp_path / "ouder", kit.folder)
    found = line(examined(kit, passphrase=PHRASE), "Openen")
    assert not found.ok
    assert found.sentence == OLDER


def test_what_opening_warns_of_is_a_line_each(kit: Made, vault: Vault) -> None:
    with vault.transaction():
        vault.access.opened(SlotKind.EMERGENCY, NOW)
    vault.warnings, vault.announcements = ("Een.", READ_ONLY), ("Geopend.",)

    def told() -> list[tuple[str, bool]]:
        lines = doctor(vault, keychain=kit.keychain, now=NOW)
        return [(found.sentence, found.ok) for found in lines if found.name == "Openen"]

    opened = untold_openings(vault, now=NOW)
    assert len(opened) == 1
    assert told() == [("Een.", False), (opened[0], False)], "that it can only be read stands with the folder"
    acknowledge_openings(vault)
    assert told() == [("Een.", False)]


@pytest.mark.parametrize("size", [None, 10_000_000_000])
def test_without_a_secret_a_vault_that_is_none_is_not_called_in_order(kit: Made, size: int | None) -> None:
    """Whether a file of the right length is encrypted or random can't be told; so that is not said."""
    if size is None:
        kit.database.write_bytes(os.urandom(kit.database.stat().st_size))
    else:
        os.truncate(kit.database, size - size % 4096)
    lines = examined(kit)
    content = line(lines, "Inhoud")
    assert content.sentence.startswith("De inhoud is niet nagekeken")
    assert "--passphrase-stdin" in content.sentence
    assert not content.looked
    assert "Meer is niet nagekeken" in line(lines, "Kluis").sentence
    if size is None:
        assert not line(examined(kit, passphrase=PHRASE), "Inhoud").ok


def test_a_vault_that_is_open_for_reading_only_is_not_in_order_whatever_its_folder_allows(
    kit: Made, vault: Vault
) -> None:
    vault.read_only = True
    found = line(doctor(vault, keychain=kit.keychain, now=NOW), "Map")
    assert not found.ok
    assert "er wordt niets bewaard" in found.sentence


def test_a_lock_that_can_not_be_taken_is_told_beside_what_can_be_told(kit: Made) -> None:
    (kit.folder / generations.LOCK).unlink()
    (kit.folder / generations.LOCK).symlink_to(kit.folder / "is er niet" / "slot")
    lines = examined(kit, passphrase=PHRASE)
    assert not line(lines, "Inhoud").ok
    assert "geen gewoon bestand" in line(lines, "Inhoud").sentence
    assert line(lines, "Kluis").ok
    assert "Versies" in {found.name for found in lines}


@pytest.mark.parametrize("error", [KeyringAbsentError("Geen sleutelbos."), KeyringLockedError("Op slot.")])
def test_a_keyring_that_does_not_open_the_vault_is_told_beside_what_can_be_told(
    kit: Made, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def failing(_entry: str) -> str:
        raise error

    monkeypatch.setattr(kit.keychain, "get", failing)
    lines = examined(kit, passphrase=PHRASE)
    assert not line(lines, "Inhoud").ok
    assert not line(lines, "Sleutelbos").ok
    assert line(lines, "Kluis").ok
    assert "zojuist nagerekend" in line(examined(kit, words=" ".join(kit.words)), "Inhoud").sentence
