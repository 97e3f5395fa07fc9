"""The file of a handover opens with its phrase and with nothing else, and says in a sentence what is wrong with it."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from typing import TYPE_CHECKING

import pytest

from vpdesk.domain.errors import HandoverError, OutputError
from vpdesk.store import handover_file, keys
from vpdesk.store.handover_file import MAGIC, NAME, opened, put, sealed
from vpdesk.store.keys import FRUGAL, PRACTICE, STANDARD, KdfParameters

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PHRASE = "kade molen wolk vijver tulp zwaan"
CONTENT = b'{"wat": "zonnebloempit"}'
WHOLE = sealed(CONTENT, PHRASE, kdf=PRACTICE)


def refusal(path: Path, content: bytes, phrase: str = PHRASE) -> str:
    """Return the sentence with which a file is refused."""
    path.write_bytes(content)
    with pytest.raises(HandoverError) as refused:
        opened(path, phrase)
    return refused.value.sentence


def with_header(**changed: object) -> bytes:
    """The file with another header, and a hash that fits it."""
    at = len(MAGIC) + 4
    length = int.from_bytes(WHOLE[len(MAGIC) : at], "big")
    header = {**json.loads(WHOLE[at : at + length]), **changed}
    text = json.dumps({name: value for name, value in header.items() if value is not None}).encode()
    body = MAGIC + len(text).to_bytes(4, "big") + text + WHOLE[at + length : -32]
    return body + hashlib.sha256(body).digest()


def test_it_opens_with_its_phrase_as_it_was_told_and_shows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.vpdesk"
    put(path, WHOLE)
    assert [opened(path, said).rstrip() for said in (PHRASE, "  KADE molen\nwolk  vijver tulp ZWAAN")] == [CONTENT] * 2
    assert b"zonnebloempit" not in WHOLE
    assert path.stat().st_mode & 0o077 == 0
    assert [found.name for found in tmp_path.iterdir()] == ["a.vpdesk"]
    assert len(sealed(CONTENT * 1000, PHRASE, kdf=PRACTICE)) == len(WHOLE)  # the length tells little
    assert sealed(CONTENT, PHRASE, kdf=PRACTICE) != WHOLE


def test_what_is_wrong_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.vpdesk"
    assert refusal(path, WHOLE, "kade molen wolk vijver tulp eend") == handover_file.WRONG_PHRASE
    assert refusal(path, b"") == handover_file.FOREIGN
    assert refusal(path, b"%PDF-1.7 " * 100) == handover_file.FOREIGN
    assert refusal(path, NAME + b"\x02" + WHOLE[len(MAGIC) :]) == handover_file.TOO_NEW
    assert refusal(path, NAME + b"\x00" + WHOLE[len(MAGIC) :]) == handover_file.DAMAGED
    assert refusal(path, MAGIC + b"\xff" * 4 + WHOLE) == handover_file.DAMAGED
    assert refusal(path, WHOLE + b"x") == handover_file.DAMAGED
    with pytest.raises(HandoverError, match="niet te lezen"):
        opened(tmp_path / "weg.vpdesk", PHRASE)


@pytest.mark.parametrize("kept", [5, len(MAGIC) + 2, len(MAGIC) + 30, len(WHOLE) // 2, len(WHOLE) - 1])
def test_a_file_that_is_cut_short_says_so(kept: int, tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.vpdesk", WHOLE[:kept]) == handover_file.CUT_SHORT


@pytest.mark.parametrize("place", [len(MAGIC) + 6, len(MAGIC) + 90, len(WHOLE) // 2, len(WHOLE) - 1])
def test_a_flipped_bit_is_found_before_any_memory_is_taken(
    place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "stretch", lambda *_: pytest.fail("the key was derived"))
    flipped = bytearray(WHOLE)
    flipped[place] ^= 1
    assert refusal(tmp_path / "a.vpdesk", bytes(flipped)) == handover_file.DAMAGED


@pytest.mark.parametrize(
    "changed",
    [
        {"memory_kib": 10**9},
        {"iterations": True},
        {"salt": "00"},
        {"salt": None},
        {"nonce": 12},
        {"format": 2},
        {"more": 1},
        {"sealed_bytes": 3},
        {"sealed_bytes": 10**12},
        {"sealed_bytes": "veel"},
    ],
    ids=str,
)
def test_a_header_that_can_not_be_is_refused(changed: dict[str, object], tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.vpdesk", with_header(**changed)) == handover_file.DAMAGED


def test_a_header_is_sealed_with_the_content(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.vpdesk", with_header()) == handover_file.WRONG_PHRASE  # other spaces, same meaning


def _without_memory(least: int) -> Callable[[str, bytes, KdfParameters], bytes]:
    def stretch(_phrase: str, _salt: bytes, kdf: KdfParameters) -> bytes:
        if kdf.memory_kib > least:
            raise MemoryError
        return b"k" * 32

    return stretch


def test_a_laptop_with_little_memory_takes_less_and_says_when_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.vpdesk"
    monkeypatch.setattr(keys, "stretch", _without_memory(FRUGAL.memory_kib))
    put(path, sealed(CONTENT, PHRASE, kdf=STANDARD))
    assert opened(path, PHRASE).rstrip() == CONTENT
    monkeypatch.setattr(keys, "stretch", _without_memory(0))
    with pytest.raises(HandoverError, match="geheugen"):
        opened(path, PHRASE)
    with pytest.raises(HandoverError, match="geheugen"):
        sealed(CONTENT, PHRASE)


def test_too_much_for_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover_file, "MAX_CONTENT_BYTES", 10)
    with pytest.raises(HandoverError, match="minder casussen"):
        sealed(CONTENT, PHRASE, kdf=PRACTICE)


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "vol"), (errno.EACCES, "niet worden geschreven")])
def test_a_disk_that_refuses_leaves_nothing(
    number: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(number, "refused")

    with pytest.raises(OutputError, match="is een map"):
        put(tmp_path, WHOLE)
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OutputError, match=said):
        put(tmp_path / "a.vpdesk", WHOLE)
    assert not list(tmp_path.iterdir())
