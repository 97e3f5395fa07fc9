"""New words, emergency sheets, another passphrase: what was replaced opens nothing new, and nothing is lost on the way."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import LONG_PHRASE, NOW, PHRASE, SMALL, Made, Stop, Strike, fingerprint, made, make
from vpdesk.domain.errors import (
    CancelledError,
    InvalidValueError,
    KeyringAbsentError,
    KeyringEntryError,
    KeyringLockedError,
    VaultDamagedError,
    VaultError,
    WordsMistypedError,
    WrongSecretError,
)
from vpdesk.domain.rows import TodayItem, TodayKind
from vpdesk.operations import access
from vpdesk.operations.backups import make_backup, verify_backup
from vpdesk.operations.practice import make_practice_vault
from vpdesk.operations.restoring import restore_backup
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.standing import KeptKey, keep_key
from vpdesk.operations.today import today_items
from vpdesk.operations.vaults import enrol_device, open_vault
from vpdesk.store import generations, keyfile, sealing
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.keys import SlotKind
from vpdesk.store.words import encode_secret, load_words

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")

LATER = NOW + timedelta(days=30)
GOLDEN = Path(__file__).parents[1] / "golden/keys/1"


def never() -> MemoryKeychain:
    raise AssertionError


class OtherKeyring(MemoryKeychain):
    def backend_name(self) -> str:
        return "KWallet"


class NoKeyring(MemoryKeychain):
    def backend_name(self) -> str:
        raise KeyringAbsentError("Er is geen sleutelbos.")


class FullKeyring(MemoryKeychain):
    def put(self, _entry: str, _secret: str) -> None:
        raise KeyringLockedError("De sleutelbos is op slot.")


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def opened(kit: Made, **secrets: object) -> Vault:
    given = secrets or {"passphrase": PHRASE}
    return open_vault(kit.folder, keychain=kit.keychain, now=LATER, **given)  # type: ignore[arg-type]


def holds(vault: Vault) -> str:
    """What the vault holds, after every page and the structure were checked; closes it."""
    with vault:
        assert vault.integrity(full=True)
        return vault.settings.get("proef")


def with_new_words(kit: Made) -> tuple[str, ...]:
    new = access.new_words()
    with opened(kit) as vault:
        access.replace_words(vault, new=new, typed=" ".join(new.words), now=LATER)
        assert vault.settings.get("proef") == "eerste"
        with vault.transaction():
            vault.settings.put("proef", "na de nieuwe woorden")
    return new.words


# New words


def test_after_new_words_the_old_words_and_an_old_key_file_open_nothing_new(kit: Made, tmp_path: Path) -> None:
    old_key_file = kit.key_file.read_bytes()
    shutil.copytree(kit.folder, tmp_path / "toen")
    words = with_new_words(kit)
    assert holds(opened(kit, words=words)) == "na de nieuwe woorden"
    assert holds(opened(kit)) == "na de nieuwe woorden"
    with pytest.raises(WrongSecretError):
        opened(kit, words=kit.words)
    new_key_file = kit.key_file.read_bytes()
    kit.key_file.write_bytes(old_key_file)
    for secrets in ({"words": kit.words}, {"passphrase": PHRASE}):
        with pytest.raises(VaultDamagedError):
            opened(kit, **secrets)
    kit.key_file.write_bytes(new_key_file)
    assert holds(open_vault(tmp_path / "toen", words=kit.words, keychain=never, now=NOW)) == "eerste"


def test_the_generation_under_the_former_key_is_gone_afterwards(kit: Made) -> None:
    before = generations.current(kit.folder)
    with_new_words(kit)
    assert not before.exists()
    assert generations.former(kit.folder) == ()
    assert [path.name for path in kit.folder.glob("g-*")] == [generations.current(kit.folder).name]


@pytest.mark.parametrize("typed", ["", "appel " * 16, "de oude"])
def test_new_words_count_only_when_they_were_typed_back(kit: Made, typed: str) -> None:
    new = access.new_words()
    with opened(kit) as vault:
        before = fingerprint(kit.folder)
        with pytest.raises(WrongSecretError):
            access.replace_words(vault, new=new, typed=" ".join(kit.words) if typed == "de oude" else typed, now=LATER)
        assert fingerprint(kit.folder) == before
    opened(kit, words=kit.words).close()


def test_a_backup_of_before_opens_with_its_own_words_and_with_the_vault(kit: Made, tmp_path: Path) -> None:
    with opened(kit) as vault:
        early = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    words = with_new_words(kit)
    with opened(kit) as vault:
        late = make_backup(vault, places=(tmp_path / "kopieën",), now=LATER).path
        for path in (early, late):
            assert verify_backup(path, vault=vault).authentic
        by_slot = {verify_backup(path).slot_id: path for path in (early, late)}
        assert [access.words_of_copy(vault, slot) for slot in by_slot] == ["2026-01-20", ""]
        assert access.words_of_copy(vault, "onbekend") == "?"
    assert verify_backup(early, words=kit.words).authentic
    assert verify_backup(late, words=words).authentic
    for path, other in ((early, words), (late, kit.words)):
        with pytest.raises(WrongSecretError, match="uit de tijd"):
            verify_backup(path, words=other)


def test_a_key_file_with_a_strangers_recipient_gets_no_new_key(kit: Made) -> None:
    """Whoever can write the folder, but has no secret, must not be handed the key at the next rotation."""
    _, recipient = sealing.new_pair()
    key_file = keyfile.read(kit.key_file)
    with opened(kit) as vault:
        slot = key_file.slot(SlotKind.RECOVERY)
        assert slot is not None
        vault.key_file = key_file.with_slot(replace(slot, recipient=recipient))
        before = fingerprint(kit.folder)
        with pytest.raises(VaultDamagedError, match="buiten vpdesk veranderd"):
            enrol_device(vault, passphrase="een nieuwe zin", keychain=kit.keychain, kdf=SMALL, now=LATER)
        assert fingerprint(kit.folder) == before


def test_a_rotation_can_be_cancelled_and_changes_nothing(kit: Made) -> None:
    def stop(_done: int, _total: int) -> None:
        raise CancelledError("Gestopt.")

    new = access.new_words()
    with opened(kit) as vault:
        before = fingerprint(kit.folder)
        with pytest.raises(CancelledError):
            access.replace_words(vault, new=new, typed=" ".join(new.words), now=LATER, progress=stop)
        assert fingerprint(kit.folder) == before
        with vault.transaction():
            vault.settings.put("proef", "gaat door")
    assert holds(opened(kit)) == "gaat door"


def test_a_rotation_that_ends_anywhere_leaves_the_old_or_the_new(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process; the same with kill -9 and at the level of system calls stands in tests/faults."""
    shutil.copytree(kit.folder, tmp_path / "zoals het was")
    new = access.new_words()
    seen = set()
    for step in range(1, 80):
        shutil.rmtree(kit.folder)
        shutil.copytree(tmp_path / "zoals het was", kit.folder)
        vault = opened(kit)
        with monkeypatch.context() as patch:
            strike = Strike(patch, step)
            try:
                access.replace_words(vault, new=new, typed=" ".join(new.words), now=LATER)
                ended = strike.count >= step
            except Stop:
                ended = True
        vault.connection.close()
        vault._lock.release()  # type: ignore[union-attr]
        assert holds(opened(kit)) == "eerste"
        try:
            opened(kit, words=new.words).close()
            seen.add("new")
        except WrongSecretError:
            opened(kit, words=kit.words).close()
            seen.add("old")
        assert len(list(kit.folder.glob("g-*"))) == 1, "what was left went with the next opening"
        if not ended:
            break
    assert step > 8
    assert seen == {"old", "new"}


@pytest.mark.parametrize("number", [28, 5])
def test_a_disk_that_refuses_during_a_rotation_gives_a_sentence_and_keeps_the_old(
    kit: Made, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def failing(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    new = access.new_words()
    with opened(kit) as vault:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", failing)
            with pytest.raises(VaultError):
                access.replace_words(vault, new=new, typed=" ".join(new.words), now=LATER)
        assert vault.settings.get("proef") == "eerste"
    opened(kit, words=kit.words).close()


def test_a_new_key_that_does_not_open_the_vault_is_thrown_away(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    new = access.new_words()
    with opened(kit) as vault:
        real = keyfile.read
        monkeypatch.setattr(keyfile, "read", lambda path: keyfile.KeyFile(vault.id, real(path).slots[:1]))
        with pytest.raises(VaultError, match="weggegooid"):
            access.replace_words(vault, new=new, typed=" ".join(new.words), now=LATER)
        monkeypatch.undo()
    opened(kit, words=kit.words).close()


# Passphrase and keyring


def test_a_new_passphrase_gives_a_new_key(kit: Made) -> None:
    old = kit.key_file.read_bytes()
    with opened(kit) as vault:
        key = vault.key
        enrol_device(vault, passphrase="een nieuwe zin", keychain=kit.keychain, kdf=SMALL, now=LATER)
        assert vault.key != key
        assert vault.access.former_keys() == (key,)
    assert holds(opened(kit, passphrase="een nieuwe zin")) == "eerste"
    assert holds(opened(kit, words=kit.words)) == "eerste"
    kit.key_file.write_bytes(old)
    with pytest.raises(VaultDamagedError):
        opened(kit)


def test_with_the_keyring_alone_nothing_is_asked_and_back_again(kit: Made) -> None:
    with opened(kit) as vault:
        kind = enrol_device(vault, kind=SlotKind.KEYRING, keychain=kit.keychain, kdf=SMALL, now=LATER)
        assert kind is SlotKind.KEYRING
        vault_id = vault.id
    assert kit.keychain.get(vault_id) is None, "the half that took a passphrase is gone"
    with open_vault(kit.folder, keychain=kit.keychain, now=LATER) as vault:
        assert vault.opened_with is SlotKind.KEYRING
        enrol_device(vault, passphrase=PHRASE, keychain=kit.keychain, kdf=SMALL, now=LATER)
    assert kit.keychain.get(vault_id + ":sleutel") is None
    opened(kit).close()


def test_without_a_keyring_there_is_no_keyring_alone(kit: Made) -> None:
    with opened(kit) as vault:
        before = fingerprint(kit.folder)
        with pytest.raises(KeyringAbsentError):
            enrol_device(vault, kind=SlotKind.KEYRING, keychain=NoKeyring(), kdf=SMALL, now=LATER)
        assert fingerprint(kit.folder) == before


def test_a_keyring_that_does_not_keep_the_secret_changes_nothing(kit: Made) -> None:
    with opened(kit) as vault:
        before = fingerprint(kit.folder)
        with pytest.raises(KeyringLockedError):
            enrol_device(vault, kind=SlotKind.KEYRING, keychain=FullKeyring(), kdf=SMALL, now=LATER)
        assert fingerprint(kit.folder) == before
    opened(kit).close()


def test_a_passphrase_alone_is_the_users_choice_and_must_be_long(kit: Made) -> None:
    with opened(kit) as vault:
        with pytest.raises(InvalidValueError, match="20 tekens"):
            enrol_device(
                vault, passphrase=PHRASE, kind=SlotKind.PASSPHRASE, keychain=kit.keychain, kdf=SMALL, now=LATER
            )
        kind = enrol_device(
            vault, passphrase=LONG_PHRASE, kind=SlotKind.PASSPHRASE, keychain=kit.keychain, kdf=SMALL, now=LATER
        )
        assert kind is SlotKind.PASSPHRASE
        assert kit.keychain.get(vault.id) is None, "what opens nothing any more is not kept"
    assert holds(opened(replace(kit, keychain=NoKeyring()), passphrase=LONG_PHRASE)) == "eerste"
    with pytest.raises(WrongSecretError):
        opened(kit)


def test_with_a_keyring_that_is_gone_the_passphrase_is_not_left_alone_unasked(kit: Made) -> None:
    with opened(kit) as vault, pytest.raises(KeyringAbsentError):
        enrol_device(vault, passphrase=LONG_PHRASE, kind=SlotKind.DAILY, keychain=NoKeyring(), kdf=SMALL, now=LATER)
    assert holds(opened(kit)) == "eerste"


def test_another_keyring_than_then_is_told_apart_from_a_missing_entry(kit: Made) -> None:
    with pytest.raises(KeyringEntryError, match=r"andere sleutelbos \(KWallet\).*geheugen"):
        open_vault(kit.folder, passphrase=PHRASE, keychain=OtherKeyring(), now=LATER)
    with pytest.raises(KeyringEntryError, match="ontbreekt"):
        open_vault(kit.folder, passphrase=PHRASE, keychain=MemoryKeychain(), now=LATER)


# Emergency sheets


def with_sheets(kit: Made) -> access.NewSheets:
    new = access.new_sheets()
    with opened(kit) as vault:
        access.set_emergency(vault, new=new, typed=(" ".join(new.first), " ".join(new.second)), now=LATER)
    return new


def test_both_sheets_open_the_vault_and_the_owner_hears_of_it_until_it_was_acknowledged(kit: Made) -> None:
    sheets = with_sheets(kit)
    with opened(kit, sheets=(" ".join(sheets.second), " ".join(sheets.first))) as vault:
        assert vault.opened_with is SlotKind.EMERGENCY
        assert vault.settings.get("proef") == "eerste"
        assert not vault.announcements
    for _ in range(2):
        with opened(kit) as vault:
            (said,) = vault.announcements
            assert "geopend met de twee noodbladen" in said
            assert access.emergency_openings(vault) == (LATER,)
    with opened(kit) as vault:
        access.acknowledge_openings(vault)
    with opened(kit) as vault:
        assert not vault.announcements
        assert access.emergency_openings(vault) == (LATER,)


def test_one_sheet_or_a_wrong_one_opens_nothing(kit: Made) -> None:
    sheets = with_sheets(kit)
    first = " ".join(sheets.first)
    for other in (first, " ".join(kit.words)):
        with pytest.raises(WrongSecretError, match="noodbladen"):
            opened(kit, sheets=(first, other))
    with pytest.raises(WordsMistypedError, match="Noodblad 2"):
        opened(kit, sheets=(first, "appel"))


def test_a_vault_without_sheets_says_so(kit: Made) -> None:
    with pytest.raises(WrongSecretError, match="geen noodbladen"):
        opened(kit, sheets=(" ".join(kit.words), " ".join(kit.words)))


def test_sheets_that_were_replaced_or_withdrawn_open_nothing_new(kit: Made) -> None:
    first = with_sheets(kit)
    second = with_sheets(kit)
    with pytest.raises(WrongSecretError):
        opened(kit, sheets=(first.first, first.second))
    opened(kit, sheets=(second.first, second.second)).close()
    old = kit.key_file.read_bytes()
    with opened(kit) as vault:
        access.remove_emergency(vault, now=LATER)
        with pytest.raises(VaultError, match="geen noodbladen"):
            access.remove_emergency(vault, now=LATER)
        assert {way.kind for way in access.list_ways_in(vault)} == {SlotKind.DAILY, SlotKind.RECOVERY}
    kit.key_file.write_bytes(old)
    with pytest.raises(VaultDamagedError):
        opened(kit, sheets=(second.first, second.second))


def test_sheets_count_only_when_they_were_typed_back(kit: Made) -> None:
    new = access.new_sheets()
    with opened(kit) as vault:
        with pytest.raises(WrongSecretError, match="niet de nieuwe"):
            access.set_emergency(vault, new=new, typed=(" ".join(new.first), " ".join(new.first)), now=LATER)
        assert vault.key_file.slot(SlotKind.EMERGENCY) is None


# Checking the words


def test_a_year_after_they_were_typed_the_words_are_to_be_checked(kit: Made) -> None:
    with opened(kit) as vault:
        assert not access.words_check_due(vault, now=NOW + timedelta(days=364))
        assert access.words_check_due(vault, now=NOW + timedelta(days=365))
        assert access.words_check_due(vault, now=NOW - timedelta(days=3650)), "a clock that was set back"
        assert access.can_check_words(vault)
        places = access.places_to_check()
        assert len(set(places)) == 3
        assert all(1 <= place <= 16 for place in places)
        then = NOW + timedelta(days=400)
        access.check_some_words(vault, places=places, typed=[kit.words[p - 1] for p in places], now=then)
        assert not access.words_check_due(vault, now=then)


def test_vandaag_asks_for_the_words_from_the_day_a_year_has_passed(kit: Made) -> None:
    def asked(vault: Vault, days: int) -> list[TodayItem]:
        items = today_items(vault, today=(NOW + timedelta(days=days)).date())
        return [item for item in items if item.kind is TodayKind.HERSTELWOORDEN]

    with opened(kit) as vault:
        assert asked(vault, 364) == []
        (item,) = asked(vault, 365)
        assert (item.due, item.action) == ((NOW + timedelta(days=365)).date(), "Nu controleren")
        assert "20 januari 2026" in item.detail
        (late,) = asked(vault, 500)
        assert late.due == item.due, "it is late, and says by how much"
        assert asked(vault, -400)[0].due == (NOW - timedelta(days=400)).date(), "a clock that was set back"
        vault.read_only = True
        assert asked(vault, 500) == [], "what can't be noted is not asked"
        vault.read_only = False


def test_wrong_words_of_the_list_are_noticed(kit: Made) -> None:
    """Four bits a word: of many wrong triples about one in 4096 passes, so that hardly any of these does."""
    passed = 0
    with opened(kit) as vault:
        for start in range(0, 600, 3):
            try:
                access.check_some_words(vault, places=(1, 2, 3), typed=load_words()[start : start + 3], now=LATER)
                passed += 1
            except WrongSecretError:
                continue
        with pytest.raises(WordsMistypedError, match="Woord 2 staat niet") as caught:
            access.check_some_words(vault, places=(1, 2, 3), typed=(kit.words[0], "xyz", kit.words[2]), now=LATER)
        assert caught.value.position == 2
    assert passed <= 3


def test_the_marks_in_the_vault_are_too_few_to_find_the_words(kit: Made) -> None:
    with opened(kit) as vault:
        slot = vault.key_file.slot(SlotKind.RECOVERY)
        assert slot is not None
        marks = vault.access.marks(slot.id)
        assert marks is not None
        key = vault.derived_key("marks of words")
        fitting = [w for w in load_words() if access.ways_in.mark_of(1, w, key) == marks[0]]
    assert kit.words[0] in fitting
    assert 60 < len(fitting) < 220, "about one in sixteen of 2048"


def test_all_words_typed_over_count_as_a_check(kit: Made) -> None:
    with opened(kit) as vault:
        with pytest.raises(WrongSecretError):
            access.check_all_words(vault, typed=" ".join(encode_secret(b"x" * 20)), now=LATER)
        access.check_all_words(vault, typed=" ".join(kit.words), now=NOW + timedelta(days=500))
        assert not access.words_check_due(vault, now=NOW + timedelta(days=501))


def test_a_practice_vault_has_no_words_to_change_or_check(tmp_path: Path) -> None:
    new = access.new_words()
    with make_practice_vault(tmp_path / "oefenkluis", now=NOW) as vault:
        assert not access.words_check_due(vault, now=LATER)
        assert not access.can_check_words(vault)
        with pytest.raises(VaultError, match="oefenkluis"):
            access.replace_words(vault, new=new, typed=" ".join(new.words), now=LATER)


def test_a_vault_that_can_only_be_read_keeps_its_ways_in(kit: Made) -> None:
    with opened(kit) as vault:
        vault.read_only = True
        with pytest.raises(VaultError, match="alleen te lezen"):
            access.remove_emergency(vault, now=LATER)
        vault.read_only = False


# Vaults of vpdesk 0.1


@pytest.fixture
def of_before(tmp_path: Path) -> Made:
    """A vault as vpdesk 0.1 wrote it: slots without recipients, no table of slots."""
    secrets = json.loads((GOLDEN / "secrets.json").read_text(encoding="utf-8"))
    shutil.copytree(GOLDEN / "kluis", tmp_path / "toen")
    keychain = MemoryKeychain()
    for entry, secret in secrets["keyring"].items():
        keychain.put(entry, secret)
    return Made(tmp_path / "toen", tuple(secrets["words"].split()), keychain)


def test_a_vault_of_before_opens_and_learns_its_slots_when_what_opens_them_is_used(of_before: Made) -> None:
    with opened(of_before) as vault:
        assert vault.settings.get("proef") == "eerste"
        recipients = {slot.kind: slot.recipient is not None for slot in vault.key_file.slots}
        assert recipients == {SlotKind.DAILY: True, SlotKind.RECOVERY: False}
        assert access.words_check_due(vault, now=LATER)
        (item,) = today_items(vault, today=LATER.date())
        assert item.detail.startswith("Nog nooit gecontroleerd.")
        assert not access.can_check_words(vault)
        with pytest.raises(VaultError, match="alle zestien"):
            access.check_some_words(vault, places=(1, 2, 3), typed=of_before.words[:3], now=LATER)
        with pytest.raises(VaultError, match="eerdere vpdesk"):
            enrol_device(vault, passphrase="een nieuwe zin", keychain=of_before.keychain, kdf=SMALL, now=LATER)
        access.check_all_words(vault, typed=" ".join(of_before.words), now=LATER)
        assert access.can_check_words(vault)
        enrol_device(vault, passphrase="een nieuwe zin", keychain=of_before.keychain, kdf=SMALL, now=LATER)
    assert holds(opened(of_before, passphrase="een nieuwe zin")) == "eerste"
    assert holds(opened(of_before, words=of_before.words)) == "eerste"


def test_opening_a_vault_of_before_with_its_words_is_enough_too(of_before: Made) -> None:
    opened(of_before, words=of_before.words).close()
    with opened(of_before) as vault:
        assert access.can_check_words(vault)
        assert all(
            slot in vault.access.right_slots(vault.key_file.slots) and slot.recipient for slot in vault.key_file.slots
        )


def test_a_disk_that_refuses_the_new_form_still_opens_the_vault(
    of_before: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(of_before).close()

    def failing(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(generations, "write_durably", failing)
        opened(of_before, words=of_before.words).close()
    with opened(of_before, words=of_before.words) as vault:
        assert all(
            slot in vault.access.right_slots(vault.key_file.slots) and slot.recipient for slot in vault.key_file.slots
        )


def test_a_backup_of_before_opens_and_is_put_back(of_before: Made, tmp_path: Path) -> None:
    copy = GOLDEN / "kopie.vpbackup"
    assert verify_backup(copy, words=of_before.words).authentic
    opened(of_before).close()
    with opened(of_before, words=of_before.words) as vault:
        assert verify_backup(copy, vault=vault).authentic
        access.replace_words(vault, new=(new := access.new_words()), typed=" ".join(new.words), now=LATER)
        assert verify_backup(copy, vault=vault).authentic, "the former key is known"
    with restore_backup(
        copy, folder=tmp_path / "nieuw", words=of_before.words, keychain=never, now=LATER, later_reports="none"
    ) as vault:
        assert vault.settings.get("proef") == "eerste"
        assert access.can_check_words(vault)
        assert all(
            slot in vault.access.right_slots(vault.key_file.slots) and slot.recipient for slot in vault.key_file.slots
        )


# Putting back


def test_words_that_were_replaced_do_not_come_back_with_an_older_backup(kit: Made, tmp_path: Path) -> None:
    with opened(kit) as vault:
        early = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    words = with_new_words(kit)
    with restore_backup(
        early, folder=kit.folder, words=kit.words, passphrase=PHRASE, keychain=kit.keychain, now=LATER, kdf=SMALL
    ) as vault:
        assert vault.settings.get("proef") == "eerste"
        assert any("nieuwste woorden" in warning for warning in vault.warnings)
    assert holds(opened(kit, words=words)) == "eerste"
    with pytest.raises(WrongSecretError):
        opened(kit, words=kit.words)
    opened(kit).close()


def test_over_a_vault_that_was_open_a_backup_is_put_back_without_words(kit: Made, tmp_path: Path) -> None:
    with opened(kit) as vault:
        early = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    words = with_new_words(kit)
    with opened(kit) as vault:
        kept = keep_key(vault)
        late = make_backup(vault, places=(tmp_path / "kopieën",), now=LATER).path
    assert "key" not in str(kept).removeprefix("KeptKey"), "no key in a log"
    for path, there in ((early, "eerste"), (late, "na de nieuwe woorden")):
        with restore_backup(path, folder=kit.folder, kept=kept, keychain=never, now=LATER) as vault:
            assert vault.opened_with is SlotKind.DAILY
            assert vault.settings.get("proef") == there
            kept = keep_key(vault)
    assert holds(opened(kit, words=words)) == "na de nieuwe woorden"
    opened(kit).close()


def test_a_copy_of_a_key_that_the_vault_never_had_asks_for_its_words(kit: Made, tmp_path: Path) -> None:
    twin, vault = make(tmp_path / "ander")
    with vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    shutil.rmtree(twin.folder)
    kept = KeptKey(b"k" * 32)
    with pytest.raises(WrongSecretError, match="woorden uit de tijd"):
        restore_backup(copy, folder=twin.folder, kept=kept, keychain=never, now=LATER)
    with pytest.raises(VaultError, match="andere kluis"):
        restore_backup(copy, folder=kit.folder, kept=kept, keychain=never, now=LATER)


def test_a_restored_vault_has_a_key_of_its_own(kit: Made, tmp_path: Path) -> None:
    with opened(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        key = vault.key
    with restore_backup(
        copy, folder=tmp_path / "nieuw", words=kit.words, keychain=never, now=LATER, later_reports="none"
    ) as vault:
        assert vault.key != key
        assert key in vault.access.former_keys()
        assert verify_backup(copy, vault=vault).authentic
        (way,) = access.list_ways_in(vault)
        assert (way.kind, way.made) == (SlotKind.RECOVERY, NOW)
        (current,) = [slot for slot in vault.access.slots() if slot.replaced is None]
        assert current.kind is SlotKind.RECOVERY


def damaged_table(kit: Made, table: str) -> None:
    """Flip a bit in the page where a table begins."""
    with opened(kit) as vault:
        page = vault.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    content = bytearray(kit.database.read_bytes())
    content[(page - 1) * 4096 + 700] ^= 1
    kit.database.write_bytes(content)


@pytest.mark.parametrize("table", ["slots", "former_keys", "openings"])
def test_over_a_vault_that_lost_count_of_its_ways_in_the_words_of_the_copy_count(
    kit: Made, tmp_path: Path, table: str
) -> None:
    with opened(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        kept = keep_key(vault)
    damaged_table(kit, table)
    with restore_backup(
        copy,
        folder=kit.folder,
        words=kit.words,
        passphrase=PHRASE,
        kept=kept,
        keychain=kit.keychain,
        now=LATER,
        kdf=SMALL,
    ) as vault:
        assert vault.integrity(full=True)
        assert all(
            slot in vault.access.right_slots(vault.key_file.slots) and slot.recipient for slot in vault.key_file.slots
        )
    with opened(kit, words=kit.words) as vault:
        assert vault.settings.get("proef") == "eerste"
        kept = keep_key(vault)
    with restore_backup(copy, folder=kit.folder, kept=kept, keychain=never, now=LATER) as vault:
        assert vault.settings.get("proef") == "eerste"


def test_openings_come_along_when_a_copy_is_put_back(kit: Made, tmp_path: Path) -> None:
    sheets = with_sheets(kit)
    with opened(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    with opened(kit, sheets=(sheets.first, sheets.second)) as vault:
        kept = keep_key(vault)
    with restore_backup(copy, folder=kit.folder, kept=kept, keychain=never, now=LATER) as vault:
        assert access.emergency_openings(vault) == (LATER,)
    opened(kit, sheets=(sheets.first, sheets.second)).close()


def test_a_copy_put_back_in_another_folder_leaves_the_vault_here_its_way_in(kit: Made, tmp_path: Path) -> None:
    with opened(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    restore_backup(
        copy,
        folder=tmp_path / "ernaast",
        words=kit.words,
        passphrase="een nieuwe zin",
        keychain=kit.keychain,
        now=LATER,
        kdf=SMALL,
        later_reports="none",
    ).close()
    assert holds(opened(kit)) == "eerste"
    for day in range(2):
        there = open_vault(tmp_path / "ernaast", passphrase="een nieuwe zin", keychain=kit.keychain, now=LATER)
        with there, there.transaction():
            there.settings.put("proef", f"dag {day}")
        with opened(kit) as vault:
            assert vault.warnings == (), "this one was never as far as the other, and is not older for that"


def test_the_copy_made_before_an_update_opens_with_the_words_and_is_put_back(of_before: Made, tmp_path: Path) -> None:
    """A real vault of an earlier schema, with words: its copy is still of that schema, and of key file format 1."""
    opened(of_before).close()
    (copy,) = (of_before.folder / "before-update").glob("*.vpbackup")
    assert verify_backup(copy, words=of_before.words).authentic
    with pytest.raises(WrongSecretError):
        verify_backup(copy, words=encode_secret(b"x" * 20))
    with restore_backup(
        copy, folder=tmp_path / "nieuw", words=of_before.words, keychain=never, now=LATER, later_reports="none"
    ) as vault:
        assert vault.settings.get("proef") == "eerste"
        assert vault.integrity(full=True)
    assert holds(open_vault(tmp_path / "nieuw", words=of_before.words, keychain=never, now=LATER)) == "eerste"


# A key file that somebody else wrote in


def changed(kit: Made, **fields: object) -> None:
    """Change the recovery slot in the key file as whoever can write the folder can."""
    content = json.loads(kit.key_file.read_text(encoding="ascii"))
    (slot,) = [slot for slot in content["slots"] if slot["kind"] == "recovery"]
    slot.update(fields)
    kit.key_file.write_text(json.dumps(content), encoding="ascii")


@pytest.mark.parametrize(
    "change",
    [
        {"wrapped": "00" * 48},
        {"sealed": "00" * 80},
        {"recipient": "09" + "00" * 31},
        {"salt": "00" * 16},
        {"nonce": "00" * 12},
        {"id": "0" * 16},
    ],
)
def test_a_changed_recovery_slot_is_noticed_and_put_right_before_a_backup_carries_it(
    kit: Made, tmp_path: Path, change: dict[str, object]
) -> None:
    good = keyfile.read(kit.key_file)
    changed(kit, **change)
    with opened(kit) as vault:
        assert [warning for warning in vault.warnings if "sleutelbestand" in warning]
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    assert verify_backup(copy, words=kit.words).authentic
    assert set(keyfile.read(kit.key_file).slots) == set(good.slots)
    with opened(kit) as vault:
        assert vault.warnings == ()


def test_a_recovery_slot_that_was_taken_out_comes_back(kit: Made) -> None:
    content = json.loads(kit.key_file.read_text(encoding="ascii"))
    content["slots"] = [slot for slot in content["slots"] if slot["kind"] != "recovery"]
    kit.key_file.write_text(json.dumps(content), encoding="ascii")
    opened(kit).close()
    assert holds(opened(kit, words=kit.words)) == "eerste"


@pytest.mark.parametrize("kind", ["recovery", "emergency"])
def test_replaced_words_put_back_into_the_key_file_are_given_no_new_key(kit: Made, kind: str) -> None:
    """Also under another kind, and also at the next rotation."""
    old = json.loads(kit.key_file.read_text(encoding="ascii"))
    words = with_new_words(kit)
    content = json.loads(kit.key_file.read_text(encoding="ascii"))
    (slot,) = [slot for slot in old["slots"] if slot["kind"] == "recovery"]
    content["slots"] = [other for other in content["slots"] if other["kind"] != kind] + [{**slot, "kind": kind}]
    kit.key_file.write_text(json.dumps(content), encoding="ascii")
    with opened(kit) as vault:
        assert [warning for warning in vault.warnings if "sleutelbestand" in warning]
        enrol_device(vault, passphrase="een nieuwe zin", keychain=kit.keychain, kdf=SMALL, now=LATER)
        assert {slot.kind for slot in vault.key_file.slots} == {SlotKind.RECOVERY, SlotKind.DAILY}
    assert holds(opened(kit, words=words)) == "na de nieuwe woorden"
    for secrets in ({"words": kit.words}, {"sheets": (kit.words, kit.words)}):
        with pytest.raises(WrongSecretError):
            opened(kit, **secrets)


def test_a_changed_key_file_on_a_disk_that_takes_no_writes_is_told_and_not_used(
    kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(kit, wrapped="00" * 48)

    def failing(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(generations, "write_durably", failing)
    with opened(kit) as vault:
        assert [warning for warning in vault.warnings if "sleutelbestand" in warning]
        slot = vault.key_file.slot(SlotKind.RECOVERY)
        assert slot is not None
        assert slot.wrapped != bytes(48)


def test_an_older_copy_with_its_older_words_alone_does_not_take_the_place_of_newer_words(
    kit: Made, tmp_path: Path
) -> None:
    with opened(kit) as vault:
        early = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    words = with_new_words(kit)
    before = fingerprint(kit.folder)
    for passphrase in (None, "een andere zin dan die van nu"):
        with pytest.raises(VaultError, match="nieuwere herstelwoorden"):
            restore_backup(
                early,
                folder=kit.folder,
                words=kit.words,
                passphrase=passphrase,
                keychain=kit.keychain,
                now=LATER,
                kdf=SMALL,
            )
    assert fingerprint(kit.folder) == before
    restore_backup(
        early, folder=tmp_path / "ernaast", words=kit.words, keychain=never, now=LATER, later_reports="none"
    ).close()
    assert holds(opened(kit, words=words)) == "na de nieuwe woorden"


def test_who_came_in_with_the_sheets_stays_so_after_putting_a_copy_back(kit: Made, tmp_path: Path) -> None:
    sheets = with_sheets(kit)
    with opened(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    with opened(kit, sheets=(sheets.first, sheets.second)) as vault:
        kept = keep_key(vault)
    with restore_backup(copy, folder=kit.folder, kept=kept, keychain=never, now=LATER) as vault:
        assert vault.opened_with is SlotKind.EMERGENCY, "and so may not say for the owner that it is known"
        assert access.emergency_openings(vault, untold=True) == (LATER,)


class ForgetfulKeyring(MemoryKeychain):
    """A keyring that stops while the vault gets its new key."""

    stopped = False

    def put(self, entry: str, secret: str) -> None:
        if self.stopped:
            raise KeyringLockedError("De sleutelbos is gestopt. Er is niets veranderd.")
        super().put(entry, secret)


def test_a_keyring_that_stops_after_the_change_does_not_say_that_nothing_changed(tmp_path: Path) -> None:
    keychain = ForgetfulKeyring()
    setup = begin_setup(tmp_path / "kluis", passphrase=PHRASE, keychain=keychain, now=NOW, kdf=SMALL)
    with setup.confirm(setup.words) as vault:
        keychain.stopped = True
        enrol_device(vault, passphrase="een nieuwe zin", keychain=keychain, kdf=SMALL, now=LATER)
    open_vault(tmp_path / "kluis", passphrase="een nieuwe zin", keychain=keychain, now=LATER).close()


def test_a_practice_vault_put_back_twice_keeps_its_ledger(tmp_path: Path) -> None:
    with make_practice_vault(tmp_path / "oefenkluis", now=NOW) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    for _ in range(2):
        with restore_backup(copy, folder=tmp_path / "oefenkluis", keychain=never, now=LATER) as vault:
            assert vault.settings.get("ledger_unknown_after") == ""


def test_a_slot_from_before_the_vault_kept_them_whole_counts_as_it_stands_in_the_key_file(kit: Made) -> None:
    with opened(kit) as vault, vault.transaction():
        vault.connection.execute("UPDATE slots SET slot = NULL")
    with opened(kit) as vault:
        assert vault.warnings == ()
        enrol_device(vault, passphrase="een nieuwe zin", keychain=kit.keychain, kdf=SMALL, now=LATER)
        with vault.transaction():
            vault.connection.execute("UPDATE slots SET slot = NULL")
    changed(kit, recipient="09" + "00" * 31)
    with opened(kit, passphrase="een nieuwe zin") as vault:
        assert [warning for warning in vault.warnings if "sleutelbestand" in warning]
        assert [slot.kind for slot in vault.key_file.slots] == [SlotKind.DAILY], "no key for a stranger"


def test_words_that_nobody_typed_from_paper_are_still_to_be_checked(tmp_path: Path) -> None:
    setup = begin_setup(tmp_path / "kluis", passphrase=PHRASE, keychain=MemoryKeychain(), now=NOW, kdf=SMALL)
    with setup.confirm(setup.words, typed=False) as vault:
        assert access.words_check_due(vault, now=NOW)
        assert access.can_check_words(vault)


@pytest.mark.parametrize("first", [SlotKind.DAILY, SlotKind.KEYRING])
def test_the_keyring_alone_chosen_and_ended_before_it_counts_leaves_the_earlier_way_in(
    first: SlotKind, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise Stop

    with opened(kit) as vault:
        enrol_device(vault, passphrase=PHRASE, kind=first, keychain=kit.keychain, kdf=SMALL, now=LATER)
    for _ in range(2):  # what an end left behind is in nobody's way
        vault = opened(kit)
        with monkeypatch.context() as patched:
            patched.setattr(generations, "switch", stop)
            with pytest.raises(Stop):
                enrol_device(vault, kind=SlotKind.KEYRING, keychain=kit.keychain, kdf=SMALL, now=LATER)
        vault.close()
        opened(kit).close()
    with opened(kit) as vault:
        enrol_device(vault, kind=SlotKind.KEYRING, keychain=kit.keychain, kdf=SMALL, now=LATER)
    with open_vault(kit.folder, keychain=kit.keychain, now=LATER) as vault:
        assert holds(vault) == "eerste"


@pytest.mark.parametrize("then", [SlotKind.DAILY, SlotKind.PASSPHRASE, SlotKind.KEYRING])
@pytest.mark.parametrize("first", [SlotKind.DAILY, SlotKind.KEYRING])
def test_the_same_vault_in_another_folder_keeps_its_way_in(
    first: SlotKind, then: SlotKind, kit: Made, tmp_path: Path
) -> None:
    def enrol(vault: Vault, kind: SlotKind) -> None:
        phrase = LONG_PHRASE if kind is SlotKind.PASSPHRASE else PHRASE
        enrol_device(vault, passphrase=phrase, kind=kind, keychain=kit.keychain, kdf=SMALL, now=LATER)

    with opened(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    second = restore_backup(
        copy,
        folder=tmp_path / "tweede",
        words=kit.words,
        passphrase=PHRASE,
        keychain=kit.keychain,
        now=NOW,
        kdf=SMALL,
    )
    with second:
        enrol(second, first)
    with opened(kit) as vault:
        enrol(vault, SlotKind.KEYRING)
    with open_vault(tmp_path / "tweede", passphrase=PHRASE, keychain=kit.keychain, now=LATER) as second:
        enrol(second, then)
    opened(kit).close()
    phrase = LONG_PHRASE if then is SlotKind.PASSPHRASE else PHRASE
    open_vault(tmp_path / "tweede", passphrase=phrase, keychain=kit.keychain, now=LATER).close()


def test_what_a_way_in_no_longer_needs_is_not_kept_in_the_keyring(kit: Made) -> None:
    for kind in (SlotKind.KEYRING, SlotKind.KEYRING, SlotKind.KEYRING, SlotKind.DAILY, SlotKind.DAILY):
        with opened(kit) as vault:
            enrol_device(vault, passphrase=PHRASE, kind=kind, keychain=kit.keychain, kdf=SMALL, now=LATER)
            vault_id = vault.id
        assert len([entry for entry in kit.keychain._secrets if not entry.endswith(":stand")]) == 1
    assert kit.keychain.get(vault_id) is not None
