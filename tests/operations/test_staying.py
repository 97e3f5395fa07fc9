"""A copy over the same vault that is older or went on elsewhere: what was withdrawn in either opens nothing."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.operations.test_restoring import publish, published
from tests.vault_kit import LONG_PHRASE, NOW, PHRASE, SMALL, Made, fingerprint, made
from vpdesk.domain.errors import (
    KeyringAbsentError,
    KeyringError,
    LedgerUnknownError,
    VaultError,
    VaultTooNewError,
    WrongSecretError,
)
from vpdesk.operations import access, reports
from vpdesk.operations.backups import make_backup, set_places, verify_backup
from vpdesk.operations.formers import former_vaults
from vpdesk.operations.older import NOTICED, OLDER
from vpdesk.operations.places import places
from vpdesk.operations.restoring import NEWEST_WORDS, OF_FOLDER, OF_MOMENT, WORDS_OF_COPY, restore_backup
from vpdesk.operations.standing import KeptKey, keep_key
from vpdesk.operations.staying import NEWER_IN_COPY, PHRASE_GONE, PHRASE_OF_COPY, SHEETS_GONE
from vpdesk.operations.vaults import enrol_device, open_vault
from vpdesk.store import generations, keyfile, keys, schema
from vpdesk.store import vault as store_vault
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.keys import SlotKind
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER
from vpdesk.store.words import decode_words, encode_secret

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")

GOLDEN = Path(__file__).parents[1] / "golden/keys/1"


class NoKeyring(MemoryKeychain):
    def backend_name(self) -> str:
        raise KeyringAbsentError("Er is geen sleutelbos.")


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def opened(kit: Made, number: int, **secrets: object) -> Vault:
    given = secrets or {"passphrase": PHRASE}
    return open_vault(kit.folder, keychain=kit.keychain, now=day(number), **given)  # type: ignore[arg-type]


def opens(kit: Made, **secrets: object) -> bool:
    try:
        opened(kit, 300, **secrets).close()
    except (VaultError, KeyringError):
        return False
    return True


def put_back(kit: Made, copy: Path, number: int, **given: object) -> Vault:
    return restore_backup(copy, folder=kit.folder, keychain=kit.keychain, now=day(number), kdf=SMALL, **given)  # type: ignore[arg-type]


def new_words(kit: Made, number: int, **secrets: object) -> tuple[str, ...]:
    new = access.new_words()
    with opened(kit, number, **secrets) as vault:
        access.replace_words(vault, new=new, typed=" ".join(new.words), now=day(number))
        with vault.transaction():
            vault.settings.put("proef", "na de nieuwe woorden")
    return new.words


def new_sheets(kit: Made, number: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    new = access.new_sheets()
    with opened(kit, number) as vault:
        typed = (" ".join(new.first), " ".join(new.second))
        access.set_emergency(vault, new=new, typed=typed, now=day(number))
    return new.first, new.second


def backed_up(kit: Made, place: Path, number: int, **secrets: object) -> Path:
    with opened(kit, number, **secrets) as vault:
        return make_backup(vault, places=(place,), now=day(number)).path


def older_folder_comes_back(kit: Made, kept_aside: Path) -> None:
    shutil.rmtree(kit.folder)
    shutil.copytree(kept_aside, kit.folder)


def elsewhere(kit: Made, copy: Path, folder: Path, number: int, keychain: MemoryKeychain | None = None) -> Made:
    """The same vault on another laptop, out of a copy, with a passphrase of its own."""
    other = Made(folder, kit.words, keychain or MemoryKeychain())
    put_back(other, copy, number, words=kit.words, passphrase=PHRASE, later_reports="none").close()
    return other


# An older folder in the place of the vault, and the newest copy over it


@pytest.mark.parametrize("with_key", [True, False])
def test_a_newer_copy_over_an_older_vault_revives_nothing(kit: Made, tmp_path: Path, *, with_key: bool) -> None:
    sheets = new_sheets(kit, 0)
    shutil.copytree(kit.folder, tmp_path / "eerder")
    with opened(kit, 3) as vault:
        access.remove_emergency(vault, now=day(3))
    words = new_words(kit, 3)
    copy = backed_up(kit, tmp_path / "stick", 4)
    older_folder_comes_back(kit, tmp_path / "eerder")
    kept = None
    if with_key:
        with opened(kit, 5) as vault:
            assert OLDER in vault.warnings
            kept = keep_key(vault)
        with pytest.raises(WrongSecretError, match="woorden uit de tijd"):
            put_back(kit, copy, 5, kept=kept)
    with put_back(kit, copy, 5, words=words, kept=kept) as vault:
        assert vault.settings.get("proef") == "na de nieuwe woorden"
        assert {NEWER_IN_COPY, SHEETS_GONE} <= set(vault.warnings)
        assert not {NEWEST_WORDS, WORDS_OF_COPY, PHRASE_GONE} & set(vault.warnings)
    assert not opens(kit, words=kit.words)
    assert not opens(kit, sheets=sheets)
    assert opens(kit, words=words)
    with opened(kit, 6) as vault:
        assert OLDER not in vault.warnings, "the newest copy was what it asked for"
        late = make_backup(vault, places=(tmp_path / "stick",), now=day(6)).path
    assert verify_backup(late, words=words).authentic
    with pytest.raises(WrongSecretError):
        verify_backup(late, words=kit.words)


@pytest.mark.parametrize("here", [True, False])
def test_a_passphrase_that_was_replaced_does_not_come_back_with_an_older_folder(
    kit: Made, tmp_path: Path, *, here: bool
) -> None:
    shutil.copytree(kit.folder, tmp_path / "eerder")
    with opened(kit, 1) as vault:
        enrol_device(vault, passphrase="een nieuwe zin", keychain=kit.keychain, now=day(1), kdf=SMALL)
    copy = backed_up(kit, tmp_path / "stick", 2, passphrase="een nieuwe zin")
    older_folder_comes_back(kit, tmp_path / "eerder")
    if not here:
        kit.keychain = MemoryKeychain()
    with put_back(kit, copy, 3, words=kit.words) as vault:
        assert vault.opened_with is (SlotKind.DAILY if here else SlotKind.RECOVERY)
        assert (PHRASE_OF_COPY.format("uw nieuwere wachtzin") if here else PHRASE_GONE) in vault.warnings
        assert set(vault.key_file.slots) == set(vault.access.right_slots(()))
    assert not opens(kit, passphrase=PHRASE)
    assert opens(kit, passphrase="een nieuwe zin") is here
    assert opens(kit, words=kit.words)


def test_a_laptop_without_a_keyring_goes_on_with_the_newer_phrase(kit: Made, tmp_path: Path) -> None:
    kit.keychain = NoKeyring()
    with opened(kit, 1, words=kit.words) as vault:
        enrol_device(vault, passphrase=LONG_PHRASE, keychain=kit.keychain, now=day(1), kdf=SMALL)
    shutil.copytree(kit.folder, tmp_path / "eerder")
    with opened(kit, 2, passphrase=LONG_PHRASE) as vault:
        enrol_device(vault, passphrase=LONG_PHRASE[::-1], keychain=kit.keychain, now=day(2), kdf=SMALL)
    copy = backed_up(kit, tmp_path / "stick", 3, passphrase=LONG_PHRASE[::-1])
    older_folder_comes_back(kit, tmp_path / "eerder")
    put_back(kit, copy, 3, words=kit.words).close()
    assert not opens(kit, passphrase=LONG_PHRASE)
    assert opens(kit, passphrase=LONG_PHRASE[::-1])


@pytest.mark.parametrize("stands_up_to_date", [True, False])
def test_words_of_a_vault_of_before_do_not_come_back(tmp_path: Path, *, stands_up_to_date: bool) -> None:
    """A folder of vpdesk 0.1 comes back: the vault that replaced its words could not note which those were."""
    secrets = json.loads((GOLDEN / "secrets.json").read_text(encoding="utf-8"))
    kit = Made(tmp_path / "kluis", tuple(secrets["words"].split()))
    for entry, secret in secrets["keyring"].items():
        kit.keychain.put(entry, secret)
    shutil.copytree(GOLDEN / "kluis", kit.folder)
    words = new_words(kit, 40)
    copy = backed_up(kit, tmp_path / "stick", 41)
    older_folder_comes_back(kit, GOLDEN / "kluis")
    if stands_up_to_date:
        assert opens(kit, words=kit.words), "its slots are noted now, later than the new words"
    with put_back(kit, copy, 302, words=words, passphrase=PHRASE) as vault:
        assert NEWER_IN_COPY in vault.warnings
    assert opens(kit, words=words)
    assert not opens(kit, words=kit.words)


# The same vault on two laptops


def test_a_copy_of_another_laptop_brings_its_newer_words_and_sheets_and_leaves_the_passphrase_here(
    kit: Made, tmp_path: Path
) -> None:
    other = elsewhere(kit, backed_up(kit, tmp_path / "stick", 0), tmp_path / "ander", 1)
    words, sheets = new_words(kit, 5), new_sheets(kit, 5)
    copy = backed_up(kit, tmp_path / "stick", 5)
    before = fingerprint(other.folder)
    with pytest.raises(VaultError, match=r"heeft andere herstelwoorden.*wachtzin van nu"):
        put_back(other, copy, 6, words=words)
    assert fingerprint(other.folder) == before
    put_back(other, copy, 6, words=words, passphrase=PHRASE).close()
    assert not opens(other, words=kit.words)
    assert opens(other, words=words)
    assert opens(other, sheets=sheets)
    assert opens(other)
    put_back(kit, backed_up(other, tmp_path / "terug", 7), 8, words=words).close()
    assert opens(kit), "that the other laptop lacked this passphrase withdrew nothing"
    assert opens(kit, sheets=sheets)


def test_sheets_of_another_laptop_are_withdrawn_by_nothing_but_their_withdrawal(kit: Made, tmp_path: Path) -> None:
    sheets = new_sheets(kit, 0)
    other = elsewhere(kit, backed_up(kit, tmp_path / "stick", 1), tmp_path / "ander", 1)
    assert not opens(other, sheets=sheets), "out of a copy alone the words are all there is"
    with put_back(kit, backed_up(other, tmp_path / "terug", 2), 3, words=kit.words) as vault:
        assert SHEETS_GONE not in vault.warnings
    assert opens(kit, sheets=sheets)
    with opened(kit, 4) as vault:
        access.remove_emergency(vault, now=day(4))
    put_back(kit, backed_up(other, tmp_path / "terug", 5), 6, words=kit.words).close()
    assert not opens(kit, sheets=sheets)


@pytest.mark.parametrize("later_here", [True, False])
def test_where_words_were_replaced_on_both_laptops_the_later_stay(
    kit: Made, tmp_path: Path, *, later_here: bool
) -> None:
    other = elsewhere(kit, backed_up(kit, tmp_path / "stick", 0), tmp_path / "ander", 1)
    here, there = new_words(kit, 5 if later_here else 3), new_words(other, 4)
    copy = backed_up(other, tmp_path / "stick", 6)
    with put_back(kit, copy, 7, words=there, passphrase=PHRASE) as vault:
        assert (NEWEST_WORDS in vault.warnings) is later_here
        assert (NEWER_IN_COPY in vault.warnings) is not later_here
    assert opens(kit, words=here) is later_here
    assert opens(kit, words=there) is not later_here
    assert not opens(kit, words=kit.words)
    with put_back(
        other, backed_up(kit, tmp_path / "terug", 8), 9, words=here if later_here else there, passphrase=PHRASE
    ) as vault:
        assert NEWEST_WORDS not in vault.warnings
    assert opens(other, words=here) is later_here
    assert opens(other, words=there) is not later_here


# What left the house


def two_laptops(kit: Made, tmp_path: Path) -> tuple[Made, Path]:
    """Another laptop with the vault of day 0, and a copy of day 10 of the vault here, where a report went out after."""
    with opened(kit, 0) as vault:
        publish(vault, "Gemeente Waterveen", "eerste")
    other = elsewhere(kit, backed_up(kit, tmp_path / "stick", 0), tmp_path / "ander", 1)
    with opened(other, 2) as vault:
        publish(vault, "Gemeente Waterveen", "op de andere laptop")
        for number in range(30):
            with vault.transaction():
                vault.settings.put("proef", str(number))
    copy = backed_up(kit, tmp_path / "stick", 10)
    with opened(kit, 11) as vault:
        publish(vault, "Gemeente Waterveen", "na de kopie")
    return other, copy


def test_over_a_vault_that_went_on_elsewhere_what_went_out_is_unknown_from_the_copy_on(
    kit: Made, tmp_path: Path
) -> None:
    """However often that one changed: its number of changes says nothing of the other laptop."""
    other, copy = two_laptops(kit, tmp_path)
    with put_back(other, copy, 12, words=kit.words) as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == day(10).isoformat()
        assert published(vault) == {("Gemeente Waterveen", "eerste"), ("Gemeente Waterveen", "op de andere laptop")}
        with pytest.raises(LedgerUnknownError):
            reports.refuse_unknown_ledger(vault)
        kept = keep_key(vault)
    with put_back(other, copy, 13, kept=kept) as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == day(10).isoformat(), "unknown stays unknown"
    with put_back(other, copy, 14, words=kit.words, later_reports="none") as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == ""
    with put_back(other, copy, 15, words=kit.words) as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == "", "this vault knows the copy by now"


def test_the_answer_counts_over_a_vault_that_went_on_elsewhere(kit: Made, tmp_path: Path) -> None:
    other, copy = two_laptops(kit, tmp_path)
    with put_back(other, copy, 12, words=kit.words, later_reports="none") as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == ""


def test_over_its_own_vault_an_older_copy_asks_nothing_whatever_was_replaced_since(kit: Made, tmp_path: Path) -> None:
    copy = backed_up(kit, tmp_path / "stick", 1)
    new_words(kit, 2)
    with opened(kit, 3) as vault:
        publish(vault, "Gemeente Waterveen", "later")
        kept = keep_key(vault)
    with put_back(kit, copy, 4, kept=kept) as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == ""
        assert published(vault) == {("Gemeente Waterveen", "later")}


def test_the_same_folder_on_two_laptops_is_told_by_a_report_that_one_of_them_lacks(kit: Made, tmp_path: Path) -> None:
    other = Made(tmp_path / "ander", kit.words, kit.keychain)
    shutil.copytree(kit.folder, other.folder)
    with opened(kit, 1) as vault:
        publish(vault, "Gemeente Waterveen", "hier")
    copy = backed_up(kit, tmp_path / "stick", 2)
    with opened(other, 2) as vault:
        for number in range(30):
            with vault.transaction():
                vault.settings.put("proef", str(number))
        vault.connection.execute("UPDATE vault SET backup_sequence = 9")
        kept = keep_key(vault)
    with put_back(other, copy, 3, kept=kept) as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == day(2).isoformat()


def test_where_the_ledger_of_the_vault_that_stood_here_is_broken_what_went_out_is_unknown(
    kit: Made, tmp_path: Path
) -> None:
    with opened(kit, 0) as vault:
        publish(vault, "Gemeente Waterveen", "eerste")
    copy = backed_up(kit, tmp_path / "stick", 1)
    with opened(kit, 2) as vault:
        publish(vault, "Gemeente Waterveen", "later")
        vault.connection.execute("DELETE FROM publications WHERE sha256 = 'later'")
        kept = keep_key(vault)
    with put_back(kit, copy, 3, kept=kept) as vault:
        assert vault.settings.get(LEDGER_UNKNOWN_AFTER) == day(1).isoformat()
    with opened(kit, 4) as vault:
        assert OLDER not in vault.warnings, "its changes could not be counted, and it is rightly older"


# Settings of another place and time


def test_the_vault_that_stood_here_is_kept_whatever_the_copy_says_was_superseded(kit: Made, tmp_path: Path) -> None:
    shutil.copytree(kit.folder, tmp_path / "eerder")
    words = new_words(kit, 1)
    copy = backed_up(kit, tmp_path / "stick", 2)
    older_folder_comes_back(kit, tmp_path / "eerder")
    with opened(kit, 3) as vault:
        stood, kept = vault.generation, keep_key(vault)
        with vault.transaction():
            vault.settings.put("proef", "alleen hier")
    with put_back(kit, copy, 4, words=words, kept=kept) as vault:
        assert [former.folder for former in former_vaults(vault)] == [stood]
    with opened(kit, 5) as vault:
        assert [former.folder for former in former_vaults(vault)] == [stood]
    assert stood.is_dir()


def test_settings_of_another_place_and_time_do_not_come_out_of_a_copy(kit: Made, tmp_path: Path) -> None:
    with opened(kit, 0) as vault:
        set_places(vault, [tmp_path / "toen"])
        with vault.transaction():
            for name in (*OF_FOLDER, *OF_MOMENT):
                vault.settings.put(name, "{}")
            vault.settings.drop("last_full_check")
        copy = make_backup(vault, places=(tmp_path / "stick",), now=day(0)).path
        set_places(vault, [tmp_path / "nu"])
        with vault.transaction():
            for name in OF_FOLDER:
                vault.settings.put(name, "van hier")
            vault.settings.drop(NOTICED)
        kept = keep_key(vault)
    with put_back(Made(tmp_path / "nieuw", kit.words), copy, 1, words=kit.words) as vault:
        assert {name for name in (*OF_FOLDER, *OF_MOMENT) if vault.settings.get(name)} == {"last_backup", "put_back"}
        assert places(vault) == (tmp_path / "toen",), "chosen by the user; the window says which are not there"
    with put_back(kit, copy, 2, kept=kept) as vault:
        assert {name for name in OF_MOMENT if vault.settings.get(name)} == {"last_backup"}
        assert {vault.settings.get(name) for name in OF_FOLDER} == {"van hier"}
        assert places(vault) == (tmp_path / "nu",)
        with vault.transaction():
            for name in OF_FOLDER:
                vault.settings.drop(name)


# A vault that is too damaged to say which words are in force


def spoilt(kit: Made) -> None:
    content = bytearray(kit.database.read_bytes())
    content[100] ^= 1
    kit.database.write_bytes(content)


@pytest.mark.parametrize("stranger", [False, True])
def test_over_a_damaged_vault_it_is_said_that_the_words_of_the_copy_hold(
    kit: Made, tmp_path: Path, *, stranger: bool
) -> None:
    """The key file could have been written by anybody: a recipient in it is given no key."""
    copy = backed_up(kit, tmp_path / "stick", 0)
    words = new_words(kit, 1)
    spoilt(kit)
    if stranger:
        key_file = keyfile.read(kit.key_file)
        own = keys.recovery_slot(key_file.vault_id, b"k" * 32, decode_words(words := encode_secret(b"v" * 20)))
        kit.key_file.write_bytes(keyfile.encode(key_file.with_slot(own)))
    with put_back(kit, copy, 2, words=kit.words, passphrase=PHRASE) as vault:
        assert WORDS_OF_COPY in vault.warnings
        assert not {NEWEST_WORDS, NEWER_IN_COPY} & set(vault.warnings)
    assert opens(kit, words=kit.words)
    assert opens(kit)
    assert not opens(kit, words=words)


def test_over_a_damaged_vault_with_the_same_words_nothing_is_said_of_them(kit: Made, tmp_path: Path) -> None:
    copy = backed_up(kit, tmp_path / "stick", 0)
    spoilt(kit)
    with put_back(kit, copy, 2, words=kit.words) as vault:
        assert WORDS_OF_COPY not in vault.warnings


@pytest.mark.parametrize("part", ["pointer", "keys", "database"])
def test_a_vault_of_a_later_vpdesk_is_left_to_that(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    copy = backed_up(kit, tmp_path / "stick", 0)
    if part == "pointer":
        (kit.folder / generations.POINTER).write_bytes(b"vpdesk 2 g-0000000000000000\n")
    elif part == "keys":
        content = json.loads(kit.key_file.read_text(encoding="ascii"))
        kit.key_file.write_text(json.dumps({**content, "format": 3}), encoding="ascii")
    else:
        with monkeypatch.context() as later:
            later.setattr(store_vault, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE later (a)"))
            opened(kit, 1).close()
    before = fingerprint(kit.folder)
    with pytest.raises(VaultTooNewError, match="Werk vpdesk bij"):
        put_back(kit, copy, 2, words=kit.words)
    assert fingerprint(kit.folder) == before


# A vault that the keyring opens alone


def test_over_a_vault_of_the_keyring_alone_no_passphrase_is_asked_and_its_newer_words_stay(
    kit: Made, tmp_path: Path
) -> None:
    copy = backed_up(kit, tmp_path / "stick", 0)
    with opened(kit, 1) as vault:
        enrol_device(vault, kind=SlotKind.KEYRING, keychain=kit.keychain, now=day(1), kdf=SMALL)
    words = new_words(kit, 1)
    with put_back(kit, copy, 2, words=kit.words) as vault:
        assert NEWEST_WORDS in vault.warnings
        assert {slot.kind for slot in vault.key_file.slots} == {SlotKind.RECOVERY, SlotKind.KEYRING}
    assert opens(kit, words=words)
    assert not opens(kit, words=kit.words)
    kit.keychain = MemoryKeychain()
    with pytest.raises(VaultError, match=r"nieuwere herstelwoorden.*andere map") as refused:
        put_back(kit, copy, 3, words=kit.words)
    assert "wachtzin" not in refused.value.sentence


def test_a_key_that_does_not_fit_leaves_the_words_of_the_copy(kit: Made, tmp_path: Path) -> None:
    copy = backed_up(kit, tmp_path / "stick", 0)
    spoilt(kit)
    with put_back(kit, copy, 1, words=kit.words, kept=KeptKey(b"k" * 32)) as vault:
        assert vault.opened_with is SlotKind.RECOVERY
    assert generations.current(kit.folder).is_dir()
