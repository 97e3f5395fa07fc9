"""A key file that was changed, cut, blown up or made by somebody else is refused with a sentence, whatever it holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault_kit import SMALL
from vpdesk.domain.errors import VaultDamagedError, VaultTooNewError, VpdeskError
from vpdesk.store import keyfile, keys, regular
from vpdesk.store.keyfile import KeyFile
from vpdesk.store.keys import SlotKind

if TYPE_CHECKING:
    from pathlib import Path

VAULT = "a" * 32
KEY = b"k" * 32
FILE = KeyFile(
    VAULT,
    (
        keys.daily_slot(VAULT, KEY, passphrase="een zin", device_secret=b"d" * 32, kdf=SMALL),
        keys.recovery_slot(VAULT, KEY, b"w" * 20),
    ),
)
BYTES = keyfile.encode(FILE)


def content() -> dict[str, Any]:
    return dict(json.loads(BYTES))


def test_what_was_written_is_read_back() -> None:
    assert keyfile.parse(BYTES) == FILE
    assert not FILE.practice


def test_a_slot_takes_the_place_of_others() -> None:
    slot = keys.passphrase_slot(VAULT, KEY, passphrase="een zin", kdf=SMALL)
    added = FILE.with_slot(slot)
    assert [s.kind for s in added.slots] == [SlotKind.DAILY, SlotKind.RECOVERY, SlotKind.PASSPHRASE]
    other = keys.passphrase_slot(VAULT, KEY, passphrase="nog een zin", kdf=SMALL)
    assert added.with_slot(other).slot(SlotKind.PASSPHRASE) == other
    assert len(added.with_slot(other).slots) == 3


def test_a_newer_format_is_told_apart_from_damage() -> None:
    with pytest.raises(VaultTooNewError, match="nieuwere vpdesk"):
        keyfile.parse(json.dumps({**content(), "format": 3}).encode())


def test_an_unknown_kind_of_slot_asks_for_an_update() -> None:
    changed = content()
    changed["slots"][0]["kind"] = "vingerafdruk"
    with pytest.raises(VaultTooNewError, match="niet kent"):
        keyfile.parse(json.dumps(changed).encode())


def test_a_practice_slot_in_the_key_file_of_a_real_vault_is_damage_of_that_vault() -> None:
    """Never a word of making a new practice vault: what stands here is somebody's work."""
    practice = keyfile.slot_to_json(keys.practice_slot(FILE.vault_id, b"k" * 32))
    changed = {**content(), "slots": [*content()["slots"], practice]}
    with pytest.raises(VaultDamagedError, match="reservekopie terug"):
        keyfile.parse(json.dumps(changed).encode())


@pytest.mark.parametrize("name", [5, "K" * 65, "K\n"])
def test_the_name_of_a_keyring_is_short_and_printable(name: object) -> None:
    changed = content()
    changed["slots"][0]["keyring"] = name
    with pytest.raises(VaultDamagedError):
        keyfile.parse(json.dumps(changed).encode())


def test_the_first_format_knows_neither_recipients_nor_the_later_kinds() -> None:
    old = {**content(), "format": 1}
    with pytest.raises(VaultDamagedError):
        keyfile.parse(json.dumps(old).encode())
    for slot in old["slots"]:
        for name in ("recipient", "sealed", "keyring"):
            del slot[name]
    read = keyfile.parse(json.dumps(old).encode())
    assert [slot.recipient for slot in read.slots] == [None, None]
    old["slots"][0]["kind"] = "keyring"
    with pytest.raises(VaultDamagedError, match="beschadigd"):
        keyfile.parse(json.dumps(old).encode())


def test_sixty_gigabytes_of_stretching_is_refused() -> None:
    changed = content()
    changed["slots"][0]["kdf"] = [60 * 1024 * 1024, 3, 4]
    with pytest.raises(VaultDamagedError, match="berekening"):
        keyfile.parse(json.dumps(changed).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"format": True},
        {"format": "1"},
        {"format": 0},
        {"vault": "A" * 32},
        {"vault": 7},
        {"slots": []},
        {"slots": {}},
        {"slots": ["x"]},
        {"slots": content()["slots"] * 9},
        {"slots": content()["slots"] * 2},
        {"more": 1},
    ],
)
def test_an_unexpected_content_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(VaultDamagedError):
        keyfile.parse(json.dumps({**content(), **change}).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"id": "x"},
        {"id": 5},
        {"kind": 5},
        {"salt": "0"},
        {"salt": None},
        {"nonce": "zz" * 12},
        {"wrapped": "00" * 47},
        {"kdf": [8, 1]},
        {"kdf": [8, 1, True]},
        {"kdf": [8.0, 1, 1]},
        {"kdf": "fast"},
        {"device_check": "00"},
        {"more": 1},
    ],
)
def test_an_unexpected_slot_is_refused(change: dict[str, object]) -> None:
    changed = content()
    changed["slots"][0] = {**changed["slots"][0], **change}
    with pytest.raises(VaultDamagedError):
        keyfile.parse(json.dumps(changed).encode())


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"\x00" * 100,
        b"[]",
        b"[" * 60_000,
        b'{"format": 1, "format": 1}',
        BYTES + b" " * keyfile.MAX_BYTES,
        BYTES[:-10],
        '{"é": 1}'.encode(),
        b'{"format": ' + b"9" * 5000 + b"}",
    ],
    ids=["empty", "zeros", "list", "deep", "twice", "long", "cut", "not ascii", "huge number"],
)
def test_something_else_is_refused(untrusted: bytes) -> None:
    with pytest.raises(VpdeskError):
        keyfile.parse(untrusted)


@given(st.binary(max_size=300))
def test_no_bytes_at_all_give_anything_but_a_sentence(untrusted: bytes) -> None:
    with pytest.raises(VpdeskError):
        keyfile.parse(untrusted)


@given(position=st.integers(0, len(BYTES) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_gives_a_sentence_or_a_slot_that_does_not_open(position: int, bit: int) -> None:
    flipped = bytearray(BYTES)
    flipped[position] ^= 1 << bit
    try:
        read = keyfile.parse(bytes(flipped))
    except VpdeskError:
        return
    assert read != FILE or json.loads(flipped) == json.loads(BYTES)


def test_a_missing_or_unreadable_file_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(VaultDamagedError, match="is er niet"):
        keyfile.read(tmp_path / "vault.keys")
    (tmp_path / "vault.keys").mkdir()
    with pytest.raises(VaultDamagedError, match="geen gewoon bestand"):
        keyfile.read(tmp_path / "vault.keys")

    def no_entry(_: Path) -> NoReturn:
        raise PermissionError(13, "no")

    monkeypatch.setattr(regular, "open_file", no_entry)
    with pytest.raises(VaultDamagedError, match="niet te lezen"):
        keyfile.read(tmp_path / "vault.keys")


def test_an_endless_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "vault.keys"
    with path.open("wb") as file:
        file.truncate(10**9)
    with pytest.raises(VaultDamagedError):
        keyfile.read(path)
