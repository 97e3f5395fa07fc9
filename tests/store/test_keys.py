"""The vault key comes out of a slot for the right secret only, and a file can't ask for the impossible."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from tests.vault_kit import SMALL
from vpdesk.domain.errors import KeyringEntryError, VaultDamagedError, VaultError, WrongSecretError
from vpdesk.store import keys, sealing
from vpdesk.store.keys import KdfParameters, SlotKind

VAULT = "0" * 32
KEY = bytes(range(32))
DEVICE = b"d" * 32
WORDS = b"w" * 20


def daily() -> keys.Slot:
    return keys.daily_slot(VAULT, KEY, passphrase="een zin", device_secret=DEVICE, kdf=SMALL)


def test_the_daily_slot_takes_passphrase_and_device_secret_together() -> None:
    assert keys.open_daily(daily(), VAULT, passphrase="een zin", device_secret=DEVICE).vault_key == KEY


def test_a_wrong_passphrase_and_a_changed_keyring_are_told_apart() -> None:
    slot = daily()
    with pytest.raises(WrongSecretError, match="Deze wachtzin past niet"):
        keys.open_daily(slot, VAULT, passphrase="Een zin", device_secret=DEVICE)
    for other, said in ((None, "ontbreekt het geheim"), (b"x" * 32, "ander geheim"), (b"", "ander geheim")):
        with pytest.raises(KeyringEntryError, match=said):
            keys.open_daily(slot, VAULT, passphrase="een zin", device_secret=other)


def test_a_passphrase_means_the_same_however_its_accents_are_typed() -> None:
    slot = keys.passphrase_slot(VAULT, KEY, passphrase="café au lait", kdf=SMALL)
    assert keys.open_passphrase(slot, VAULT, passphrase="cafe\u0301 au lait").vault_key == KEY
    with pytest.raises(WrongSecretError):
        keys.open_passphrase(slot, VAULT, passphrase="cafe au lait")


def test_the_words_open_the_recovery_slot_and_other_words_do_not() -> None:
    slot = keys.recovery_slot(VAULT, KEY, WORDS)
    assert keys.open_recovery(slot, VAULT, WORDS).vault_key == KEY
    with pytest.raises(WrongSecretError, match="herstelwoorden"):
        keys.open_recovery(slot, VAULT, b"v" * 20)


def test_a_practice_slot_opens_by_itself_and_tells_when_it_was_changed() -> None:
    slot = keys.practice_slot(VAULT, KEY)
    assert keys.open_practice(slot, VAULT).vault_key == KEY
    with pytest.raises(VaultDamagedError, match="oefenkluis"):
        keys.open_practice(replace(slot, wrapped=bytes(48)), VAULT)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "f" * 16},
        {"salt": b"s" * 16},
        {"nonce": b"n" * 12},
        {"wrapped": b"k" * 48},
        {"kdf": KdfParameters(16, 1, 1)},
    ],
)
def test_whatever_stands_in_a_slot_is_authenticated(change: dict[str, object]) -> None:
    slot = keys.passphrase_slot(VAULT, KEY, passphrase="een zin", kdf=SMALL)
    with pytest.raises(WrongSecretError):
        keys.open_passphrase(replace(slot, **change), VAULT, passphrase="een zin")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change", [{"recipient": sealing.new_pair()[1]}, {"keyring": "KWallet"}, {"device_check": b"c" * 32}]
)
def test_recipient_and_keyring_of_a_slot_are_authenticated_too(change: dict[str, object]) -> None:
    changed = replace(daily(), **change)  # type: ignore[arg-type]
    with pytest.raises((WrongSecretError, KeyringEntryError)):
        keys.open_daily(changed, VAULT, passphrase="een zin", device_secret=DEVICE)


def test_a_changed_seal_is_damage_and_not_a_wrong_secret() -> None:
    slot = keys.recovery_slot(VAULT, KEY, WORDS)
    for sealed in (b"s" * 80, keys.recovery_slot(VAULT, KEY, WORDS).sealed):
        with pytest.raises(VaultDamagedError, match="veranderd of beschadigd"):
            keys.open_recovery(replace(slot, sealed=sealed), VAULT, WORDS)


def test_another_vault_key_goes_in_without_what_opens_the_slot() -> None:
    slot = keys.recovery_slot(VAULT, KEY, WORDS)
    again = keys.resealed(slot, VAULT, b"n" * 32)
    assert keys.open_recovery(again, VAULT, WORDS).vault_key == b"n" * 32
    assert keys.open_recovery(slot, VAULT, WORDS).vault_key == KEY
    assert (again.id, again.wrapped, again.recipient) == (slot.id, slot.wrapped, slot.recipient)


def test_a_recipient_that_nobody_can_have_been_given_is_damage() -> None:
    for recipient in (bytes(32), b"\x01" + bytes(31)):
        slot = replace(keys.recovery_slot(VAULT, KEY, WORDS), recipient=recipient)
        with pytest.raises(VaultDamagedError):
            keys.resealed(slot, VAULT, KEY)


def test_a_key_is_not_shown_where_an_entry_is() -> None:
    entry = keys.open_recovery(keys.recovery_slot(VAULT, KEY, WORDS), VAULT, WORDS)
    assert str(entry.vault_key) not in repr(entry)
    assert "vault_key" not in repr(entry)


def test_who_has_the_old_vault_key_learns_nothing_of_the_new() -> None:
    """The former key and the whole slot are known; what is sealed is under a secret that only the words give."""
    slot = keys.recovery_slot(VAULT, KEY, WORDS)
    again = keys.resealed(slot, VAULT, b"n" * 32)
    assert again.sealed is not None
    for guess in (KEY, WORDS.ljust(32, b"\0"), slot.recipient or b""):
        with pytest.raises(InvalidTag):
            sealing.unseal(guess, again.sealed, keys._about(VAULT, again))


def test_a_slot_of_the_first_version_holds_the_key_itself_until_it_is_brought_up_to_date() -> None:
    blank = keys._blank(SlotKind.RECOVERY)
    opener = keys.derive(WORDS, "slot recovery", salt=blank.salt)
    old = replace(blank, wrapped=AESGCM(opener).encrypt(blank.nonce, KEY, keys._associated(VAULT, blank)))
    entry = keys.open_recovery(old, VAULT, WORDS)
    assert (entry.vault_key, entry.opener) == (KEY, opener)
    with pytest.raises(ValueError, match="recovery"):
        keys.resealed(old, VAULT, KEY)
    new = keys.upgraded(old, VAULT, opener=entry.opener, vault_key=KEY)
    assert new.recipient is not None
    assert keys.open_recovery(new, VAULT, WORDS).vault_key == KEY


def test_the_keyring_alone_opens_where_the_user_chose_so() -> None:
    slot = keys.keyring_slot(VAULT, KEY, device_secret=DEVICE, keyring="Secret Service")
    assert keys.open_keyring(slot, VAULT, device_secret=DEVICE).vault_key == KEY
    assert slot.keyring == "Secret Service"
    with pytest.raises(KeyringEntryError, match="ontbreekt"):
        keys.open_keyring(slot, VAULT, device_secret=None)
    with pytest.raises(KeyringEntryError, match="ander geheim"):
        keys.open_keyring(slot, VAULT, device_secret=b"x" * 32)
    with pytest.raises(VaultDamagedError):
        keys.open_keyring(replace(slot, wrapped=bytes(48)), VAULT, device_secret=DEVICE)


def test_both_sheets_open_in_either_order_and_neither_opens_alone() -> None:
    first, second = b"1" * 20, b"2" * 20
    slot = keys.emergency_slot(VAULT, KEY, (first, second))
    assert keys.open_emergency(slot, VAULT, (first, second)).vault_key == KEY
    assert keys.open_emergency(slot, VAULT, (second, first)).vault_key == KEY
    for pair in ((first, first), (second, second), (first, b"3" * 20), (b"", second)):
        with pytest.raises(WrongSecretError, match="noodbladen"):
            keys.open_emergency(slot, VAULT, pair)


def test_a_slot_of_another_vault_does_not_open() -> None:
    with pytest.raises(WrongSecretError):
        keys.open_recovery(keys.recovery_slot(VAULT, KEY, WORDS), "1" * 32, WORDS)


def test_the_device_secret_alone_gives_an_administrator_nothing() -> None:
    slot = daily()
    for guess in ("", "een", "een zin "):
        with pytest.raises(WrongSecretError):
            keys.open_daily(slot, VAULT, passphrase=guess, device_secret=DEVICE)


@pytest.mark.parametrize(
    ("memory", "iterations", "lanes"),
    [
        (60 * 1024 * 1024, 3, 4),
        (keys.MAX_MEMORY_KIB + 1, 1, 1),
        (1024, 11, 1),
        (1024, 0, 1),
        (1024, 1, 17),
        (1024, 1, 0),
        (7, 1, 1),
        (31, 1, 4),
        (-5, 1, 1),
    ],
)
def test_parameters_beyond_the_caps_are_refused_before_any_memory_is_taken(
    memory: int, iterations: int, lanes: int
) -> None:
    with pytest.raises(VaultDamagedError, match="berekening"):
        KdfParameters(memory, iterations, lanes)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (SlotKind.RECOVERY, {"kdf": SMALL}),
        (SlotKind.PASSPHRASE, {"kdf": None}),
        (SlotKind.DAILY, {"device_check": None}),
        (SlotKind.PASSPHRASE, {"device_check": b"c" * 32}),
        (SlotKind.DAILY, {"device_check": b"short"}),
        (SlotKind.RECOVERY, {"salt": b"short"}),
        (SlotKind.RECOVERY, {"nonce": b"short"}),
        (SlotKind.RECOVERY, {"wrapped": b"short"}),
        (SlotKind.RECOVERY, {"recipient": None}),
        (SlotKind.RECOVERY, {"sealed": None}),
        (SlotKind.RECOVERY, {"recipient": b"short"}),
        (SlotKind.RECOVERY, {"sealed": b"short"}),
        (SlotKind.RECOVERY, {"keyring": "KWallet"}),
        (SlotKind.DAILY, {"keyring": "K" * 65}),
    ],
)
def test_a_slot_of_the_wrong_shape_can_not_exist(kind: SlotKind, change: dict[str, object]) -> None:
    made = {
        SlotKind.DAILY: daily(),
        SlotKind.RECOVERY: keys.recovery_slot(VAULT, KEY, WORDS),
        SlotKind.PASSPHRASE: keys.passphrase_slot(VAULT, KEY, passphrase="een zin", kdf=SMALL),
    }[kind]
    with pytest.raises(VaultDamagedError, match="juiste vorm"):
        replace(made, **change)  # type: ignore[arg-type]


def test_opening_a_slot_as_what_it_is_not_is_a_bug() -> None:
    with pytest.raises(ValueError, match="recovery"):
        keys.open_passphrase(keys.recovery_slot(VAULT, KEY, WORDS), VAULT, passphrase="een zin")


def test_where_memory_is_short_a_slot_is_made_with_less(monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = keys.stretch, []

    def stretch(passphrase: str, salt: bytes, kdf: KdfParameters) -> bytes:
        asked.append(kdf)
        if kdf.memory_kib > keys.FRUGAL.memory_kib:
            raise MemoryError
        return real(passphrase, salt, SMALL)

    monkeypatch.setattr(keys, "stretch", stretch)
    slot = keys.passphrase_slot(VAULT, KEY, passphrase="een zin", kdf=keys.STANDARD)
    assert (asked, slot.kdf) == ([keys.STANDARD, keys.FRUGAL], keys.FRUGAL)


def test_where_even_that_does_not_fit_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    slot = keys.passphrase_slot(VAULT, KEY, passphrase="een zin", kdf=SMALL)

    def stretch(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(keys, "stretch", stretch)
    with pytest.raises(VaultError, match="te weinig geheugen"):
        keys.passphrase_slot(VAULT, KEY, passphrase="een zin", kdf=SMALL)
    with pytest.raises(VaultError, match="te weinig geheugen"):
        keys.open_passphrase(slot, VAULT, passphrase="een zin")


def test_the_standard_parameters_are_what_the_design_says_and_work_here() -> None:
    assert (keys.STANDARD.memory_kib, keys.STANDARD.iterations, keys.STANDARD.lanes) == (262144, 3, 4)
    assert keys.stretch("een zin", b"s" * 16, keys.STANDARD) != keys.stretch("een zin", b"t" * 16, keys.FRUGAL)


@given(label=st.text(max_size=20), other=st.text(max_size=20))
def test_each_purpose_has_its_own_key(label: str, other: str) -> None:
    assert (keys.derive(KEY, label) == keys.derive(KEY, other)) == (label == other)
    assert keys.derive(KEY, label) != keys.derive(KEY, label, salt=b"x")


def test_the_strongest_that_vpdesk_writes_itself_is_the_most_that_it_reads() -> None:
    assert keys.STANDARD.memory_kib == keys.MAX_MEMORY_KIB


def test_a_practice_slot_that_asks_for_more_than_vpdesk_writes_is_refused() -> None:
    slot = keys.practice_slot(VAULT, keys.new_key())
    for asked in (keys.STANDARD, KdfParameters(16, 1, 1), KdfParameters(8, 2, 1)):
        with pytest.raises(VaultDamagedError, match="berekening"):
            replace(slot, kdf=asked)
