"""A backup and the words are enough on any laptop; what stood there stays, and what left the house is never forgotten."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import LONG_PHRASE, NOW, PHRASE, SMALL, Made, fingerprint, made, make
from vpdesk.domain.clients import Client
from vpdesk.domain.errors import (
    BackupError,
    InvalidValueError,
    KeyringAbsentError,
    KeyringRefusedError,
    VaultBusyError,
    VaultError,
    WordsMistypedError,
    WrongSecretError,
)
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.operations import vaults
from vpdesk.operations.backups import backup_due, backup_state, make_backup, restore_backup
from vpdesk.operations.gone_on import older_than_vault
from vpdesk.operations.vaults import open_vault
from vpdesk.store import cipher, generations, keyfile, keys, schema
from vpdesk.store import vault as store_vault
from vpdesk.store.backup import copy_database
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.keys import SlotKind
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER
from vpdesk.store.words import encode_secret

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def publication(client: ClientId, sha256: str) -> Publication:
    statement = Statement(of=Of.CASES, box=Box(), period=YEAR, minimum=12, maximum=12)
    return Publication(
        id=PublicationId(0),
        client=client,
        period=YEAR,
        audience=Audience.WERKGEVER,
        exported=NOW,
        threshold=5,
        statements=(statement,),
        pattern=(),
        sha256=sha256,
        pdf=b"%PDF",
        title="Jaarverslag",
        author="",
    )


def publish(vault: Vault, name: str, sha256: str) -> None:
    with vault.transaction():
        known = vault.clients.by_name(name) or vault.clients.add(Client(id=ClientId(0), name=name))
        vault.ledger.add(publication(known.id, sha256))


def published(vault: Vault) -> set[tuple[str, str]]:
    return {(c.name, p.sha256) for c in vault.clients.all() for p in vault.ledger.publications(c.id)}


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def opened(kit: Made, passphrase: str = PHRASE) -> Vault:
    return open_vault(kit.folder, passphrase=passphrase, keychain=kit.keychain, now=NOW)


@pytest.fixture
def copy(kit: Made, tmp_path: Path) -> Path:
    """A backup of the vault, which changes afterwards."""
    with opened(kit) as vault:
        publish(vault, "Gemeente Waterveen", "eerste")
        path = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        with vault.transaction():
            vault.settings.put("proef", "tweede")
    return path


def restored(kit: Made, copy: Path, folder: Path | None = None, **named: object) -> Vault:
    arguments = {"words": kit.words, "keychain": kit.keychain, "now": NOW, "kdf": SMALL, **named}
    return restore_backup(copy, folder=folder or kit.folder, **arguments)  # type: ignore[arg-type]


def never() -> MemoryKeychain:
    raise AssertionError


def test_on_another_laptop_the_words_alone_are_enough(kit: Made, copy: Path, tmp_path: Path) -> None:
    laptop = tmp_path / "laptop" / "kluis"
    with opened(kit) as vault:
        draw = vault.derived_key("report-draw")
    with restored(kit, copy, laptop, keychain=never) as vault:
        assert vault.settings.get("proef") == "eerste"
        assert vault.opened_with is SlotKind.RECOVERY
        assert vault.derived_key("report-draw") == draw
        assert published(vault) == {("Gemeente Waterveen", "eerste")}
        assert vault.warnings == ()
    assert vaults.describe(laptop).slots == {SlotKind.RECOVERY}
    open_vault(laptop, words=kit.words, keychain=never, now=NOW).close()
    assert opened(kit).settings.get("proef") == "tweede"


def test_the_copy_that_was_put_back_is_the_last_one_known_and_the_next_lock_makes_another(
    kit: Made, copy: Path, tmp_path: Path
) -> None:
    with restored(kit, copy, tmp_path / "laptop") as vault:
        state = backup_state(vault, now=NOW)
        assert (state.made, state.place, state.verified) == (NOW, str(copy.parent), True)
        assert state.changed_since
        assert backup_due(vault, now=NOW + timedelta(hours=1))


def test_with_a_passphrase_the_laptop_is_enrolled(kit: Made, copy: Path, tmp_path: Path) -> None:
    chain = MemoryKeychain()
    restored(kit, copy, tmp_path / "laptop", keychain=chain, passphrase="een andere zin").close()
    with open_vault(tmp_path / "laptop", passphrase="een andere zin", keychain=chain, now=NOW) as vault:
        assert vault.settings.get("proef") == "eerste"
        assert vault.warnings == ()


def test_elsewhere_no_numbers_after_the_backup_until_it_is_known_what_went_out(
    kit: Made, copy: Path, tmp_path: Path
) -> None:
    with restored(kit, copy, tmp_path / "een") as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == NOW.isoformat()
        again = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW + timedelta(days=2)).path
    with restored(kit, copy, tmp_path / "twee", later_reports="none") as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == ""
    with restored(kit, again, tmp_path / "drie") as vault:  # the earliest doubt stands
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == NOW.isoformat()


def test_over_the_vault_its_newer_ledger_comes_along_and_the_old_generation_stays(kit: Made, copy: Path) -> None:
    with opened(kit) as vault:
        publish(vault, "Gemeente Waterveen", "later")
        publish(vault, "Nieuwe Stichting", "elders")
        revision = vault.revision
    before = fingerprint(kit.folder)
    with restored(kit, copy) as vault:
        assert vault.settings.get("proef") == "eerste"
        assert published(vault) == {
            ("Gemeente Waterveen", "eerste"),
            ("Gemeente Waterveen", "later"),
            ("Nieuwe Stichting", "elders"),
        }
        assert vault.revision > revision
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == ""
        assert vault.integrity(full=True)
    after = fingerprint(kit.folder)
    assert {name: digest for name, digest in after.items() if name in before and name != generations.POINTER} == {
        name: digest for name, digest in before.items() if name != generations.POINTER
    }


@pytest.mark.parametrize("name", ["work", "g-0123456789abcdef"])
def test_nothing_is_put_back_in_the_folder_of_another_vault(name: str, kit: Made, copy: Path) -> None:
    before = fingerprint(kit.folder)
    with pytest.raises(VaultError, match="in de map van een andere kluis"):
        restore_backup(copy, folder=kit.folder / name, words=kit.words, keychain=kit.keychain, now=NOW)
    assert fingerprint(kit.folder) == before
    assert not (kit.folder / name).exists()


def test_over_the_vault_with_a_passphrase_the_device_secret_stays(kit: Made, copy: Path) -> None:
    vault_id = vaults.describe(kit.folder).id
    secret = kit.keychain.get(vault_id)
    restored(kit, copy, passphrase="een andere zin").close()
    assert kit.keychain.get(vault_id) == secret
    with opened(kit, "een andere zin") as vault:
        assert vault.warnings == ()
        assert vault.settings.get("proef") == "eerste"


def test_over_a_vault_whose_key_file_is_damaged_what_went_out_is_unknown(kit: Made, copy: Path) -> None:
    kit.key_file.write_bytes(b"")
    with restored(kit, copy) as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == NOW.isoformat()


@pytest.mark.parametrize("offset", [-100, 5000, 100])
def test_over_a_vault_whose_database_is_damaged_it_restores_all_the_same(kit: Made, copy: Path, offset: int) -> None:
    content = bytearray(kit.database.read_bytes())
    content[offset] ^= 1
    kit.database.write_bytes(content)
    with restored(kit, copy) as vault:
        assert vault.settings.get("proef") == "eerste"
        assert vault.integrity(full=True)
    restored(kit, copy).close()


def test_over_a_vault_that_is_all_zeros_what_went_out_is_unknown(kit: Made, copy: Path) -> None:
    kit.database.write_bytes(bytes(kit.database.stat().st_size))
    with restored(kit, copy) as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == NOW.isoformat()


@pytest.mark.parametrize("pointer", [b"", None])
def test_over_a_vault_whose_pointer_is_lost_it_counts_again(kit: Made, copy: Path, pointer: bytes | None) -> None:
    (kit.folder / generations.POINTER).unlink()
    if pointer is not None:
        (kit.folder / generations.POINTER).write_bytes(pointer)
    with restored(kit, copy) as vault:
        assert vault.settings.get("proef") == "eerste"
    assert vaults.describe(kit.folder).problem == ""


def test_a_ledger_of_a_vault_with_another_key_comes_along_through_words_or_passphrase(
    kit: Made, copy: Path, tmp_path: Path
) -> None:
    """As after a key rotation: same vault, other key, other words."""
    with opened(kit) as vault:
        publish(vault, "Gemeente Waterveen", "later")
        old_key, vault_id, database = vault.key, vault.id, kit.database
    new_key = b"n" * 32
    connection = cipher.connect(database, keys.derive(old_key, "database"), mode="ro")
    copy_database(connection, tmp_path / "turned.db", keys.derive(new_key, "database"))
    connection.close()
    shutil.move(tmp_path / "turned.db", database)
    slots = (
        keys.recovery_slot(vault_id, new_key, b"andere woorden, ja!!"),
        keys.passphrase_slot(vault_id, new_key, passphrase=LONG_PHRASE, kdf=SMALL),
    )
    kit.key_file.write_bytes(keyfile.encode(keyfile.KeyFile(vault_id, slots)))
    with restored(kit, copy, passphrase=LONG_PHRASE) as vault:
        assert ("Gemeente Waterveen", "later") in published(vault)


def test_an_older_backup_is_a_warning_with_both_dates(kit: Made, copy: Path, tmp_path: Path) -> None:
    later = (NOW + timedelta(days=2)).timestamp()
    os.utime(kit.database, (later, later))
    today = NOW + timedelta(days=2)
    sentence = (
        "Deze kopie is van di 20 jan, uw kluis van vandaag. Wat daartussen ligt, staat niet in de kopie. "
        "De kluis van nu blijft bewaard."
    )
    assert older_than_vault(copy, folder=kit.folder, now=today) == sentence
    with restored(kit, copy, now=today) as vault:
        assert vault.warnings == (sentence,)
    same_day = (NOW + timedelta(hours=3)).timestamp()
    os.utime(kit.database, (same_day, same_day))
    said = older_than_vault(copy, folder=kit.folder, now=NOW + timedelta(hours=4))
    assert said.startswith("Deze kopie is van vandaag 10:00, uw kluis van vandaag 13:00.")
    for moments in (timedelta(days=-2), timedelta(minutes=1)):
        changed = (NOW + moments).timestamp()
        os.utime(kit.database, (changed, changed))
        assert older_than_vault(copy, folder=kit.folder, now=today) == ""
    assert older_than_vault(copy, folder=tmp_path / "nieuw", now=today) == ""


def test_wrong_missing_or_mistyped_words_change_nothing(kit: Made, copy: Path, tmp_path: Path) -> None:
    before = fingerprint(kit.folder)
    with pytest.raises(WrongSecretError, match="woorden uit de tijd"):
        restored(kit, copy, words=encode_secret(b"x" * 20))
    with pytest.raises(WordsMistypedError):
        restored(kit, copy, words="fiets bel")
    with pytest.raises(WrongSecretError, match="16 herstelwoorden nodig"):
        restored(kit, copy, words=None)
    with pytest.raises(WrongSecretError):
        restored(kit, copy, tmp_path / "nieuw", words=encode_secret(b"x" * 20))
    assert fingerprint(kit.folder) == before
    assert not (tmp_path / "nieuw").exists()


def test_a_damaged_backup_changes_nothing(kit: Made, copy: Path, tmp_path: Path) -> None:
    good, before = copy.read_bytes(), fingerprint(kit.folder)
    for bad in (good[:-1], good[:5000] + bytes([good[5000] ^ 1]) + good[5001:], b"brief"):
        copy.write_bytes(bad)
        with pytest.raises(BackupError):
            restored(kit, copy)
    assert fingerprint(kit.folder) == before
    with pytest.raises(BackupError, match="is er niet"):
        restored(kit, tmp_path / "geen kopie")


def test_a_backup_that_changes_between_check_and_use_is_not_used(
    kit: Made, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(kit) as vault:
        other = make_backup(vault, places=(copy.parent,), now=NOW).path
    real = generations.begin

    def swapped(folder: Path) -> Path:
        copy.write_bytes(other.read_bytes())
        return real(folder)

    monkeypatch.setattr(generations, "begin", swapped)
    before = fingerprint(kit.folder)
    with pytest.raises(BackupError, match="beschadigd"):
        restored(kit, copy)
    assert fingerprint(kit.folder) == before


def test_it_is_not_restored_over_something_else(kit: Made, copy: Path, tmp_path: Path) -> None:
    other, vault = make(tmp_path / "andere")
    vault.close()
    before = fingerprint(other.folder)
    with pytest.raises(VaultError, match="een andere kluis"):
        restored(kit, copy, other.folder)
    assert fingerprint(other.folder) == before
    with pytest.raises(VaultError, match="al andere bestanden"):
        restored(kit, copy, tmp_path)
    with opened(kit), pytest.raises(VaultBusyError):
        restored(kit, copy)


def test_a_weak_passphrase_or_a_refused_keyring_changes_nothing(kit: Made, copy: Path, tmp_path: Path) -> None:
    class Refused(MemoryKeychain):
        def backend_name(self) -> str:
            raise KeyringRefusedError("Niet veilig.")

    with pytest.raises(InvalidValueError):
        restored(kit, copy, tmp_path / "nieuw", passphrase="kort")
    with pytest.raises(KeyringRefusedError):
        restored(kit, copy, tmp_path / "nieuw", passphrase=PHRASE, keychain=Refused())
    assert not (tmp_path / "nieuw").exists()


def test_on_a_laptop_without_a_keyring_the_passphrase_holds_alone(kit: Made, copy: Path, tmp_path: Path) -> None:
    class Absent(MemoryKeychain):
        def backend_name(self) -> str:
            raise KeyringAbsentError("Geen sleutelbos.")

    restored(kit, copy, tmp_path / "nieuw", passphrase=LONG_PHRASE, keychain=Absent()).close()
    assert vaults.describe(tmp_path / "nieuw").slots == {SlotKind.RECOVERY, SlotKind.PASSPHRASE}


def test_a_practice_vault_is_restored_without_any_secret(tmp_path: Path) -> None:
    _, vault = make(tmp_path / "oefenkluis", practice=True)
    with vault:
        path = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    with restore_backup(path, folder=tmp_path / "nieuw", keychain=never, now=NOW, passphrase=PHRASE) as vault:
        assert vault.practice
        assert vault.opened_with is SlotKind.PRACTICE


def test_a_full_disk_leaves_the_vault_that_was(kit: Made, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(kit.folder)
    real, calls = os.fsync, [0]
    for at in range(1, 20):
        calls[0] = 0

        def failing(descriptor: int, at: int = at) -> None:
            calls[0] += 1
            if calls[0] == at:
                raise OSError(28, "full")
            real(descriptor)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", failing)
            try:
                restored(kit, copy).close()
            except VaultError:
                pass
            else:
                break
        assert fingerprint(kit.folder) == before
    assert at > 4


def test_an_older_schema_is_brought_up_to_date_on_restoring(
    kit: Made, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = (*schema.MIGRATIONS, "CREATE TABLE later (a)")
    monkeypatch.setattr(store_vault, "MIGRATIONS", more)
    with restored(kit, copy, tmp_path / "laptop") as vault:
        assert vault.connection.execute("PRAGMA user_version").fetchone() == (len(more),)
        assert vault.settings.get("proef") == "eerste"


def test_a_practice_vault_is_restored_over_one_that_can_not_be_read(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "oefenkluis", practice=True)
    with vault:
        path = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    kit.database.write_bytes(b"")
    with restore_backup(path, folder=kit.folder, keychain=never, now=NOW) as vault:
        assert vault.integrity(full=True)


def test_the_old_generation_stays_until_it_is_dropped(kit: Made, copy: Path) -> None:
    former = kit.database.parent
    with restored(kit, copy) as vault:
        assert vaults.former_generations(vault) == (former,)
        vaults.drop_former_generations(vault)
        assert vaults.former_generations(vault) == ()
    assert not former.exists()
    open_vault(kit.folder, words=kit.words, keychain=never, now=NOW).close()


def test_a_vault_that_went_on_within_a_minute_is_told_too(kit: Made, copy: Path) -> None:
    """The time of the file says nothing then; the number of changes does."""
    with restored(kit, copy, kept=None) as vault:
        assert [warning for warning in vault.warnings if "uw kluis van" in warning]


def test_the_answer_about_later_reports_can_be_given_the_second_time(kit: Made, copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nieuw"
    restored(kit, copy, folder).close()
    with restored(kit, copy, folder) as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == NOW.isoformat()
    with restored(kit, copy, folder, later_reports="none") as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == ""
    restored(kit, copy, folder).close()


def test_an_answer_about_a_later_copy_says_nothing_of_the_time_before_it(kit: Made, copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nieuw"
    with restored(kit, copy, folder) as vault:
        later = make_backup(vault, places=(tmp_path / "later",), now=NOW + timedelta(days=3)).path
    with restored(kit, later, folder, later_reports="none", now=NOW + timedelta(days=4)) as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == NOW.isoformat()


def test_a_folder_in_which_somebody_keeps_work_is_not_restored_into(kit: Made, tmp_path: Path) -> None:
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    work = tmp_path / "nieuw" / "work" / "h1.txt"
    work.parent.mkdir(parents=True)
    work.write_text("drie jaar werk")
    with pytest.raises(VaultError, match="al andere bestanden"):
        restore_backup(copy, folder=tmp_path / "nieuw", words=kit.words, keychain=kit.keychain, now=NOW)
    assert work.read_text() == "drie jaar werk"


def test_a_copy_of_a_day_to_come_that_the_vault_went_on_from_is_said_to_be_of_a_wrong_clock(
    kit: Made, tmp_path: Path
) -> None:
    with opened(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW + timedelta(days=3650)).path
        for value in ("tweede", "derde"):
            with vault.transaction():
                vault.settings.put("proef", value)
    with restored(kit, copy) as vault:
        (said,) = vault.warnings
    assert said.startswith("Deze kopie draagt de datum vr 18 jan 2036")
    assert "stond de klok van de laptop niet goed" in said
    assert "Wat daartussen ligt" not in said
