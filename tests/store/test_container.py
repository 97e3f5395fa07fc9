"""Every bit of a backup counts: what was cut, flipped, swapped, appended or made by somebody else is found."""

from __future__ import annotations

import hashlib
import json
import os
import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault_kit import NOW
from vpdesk.domain.errors import BackupError
from vpdesk.store import container, keys
from vpdesk.store.container import MAGIC, Header
from vpdesk.store.keyfile import slot_to_json
from vpdesk.store.refusals import PAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAC_KEY = b"m" * 32
PAYLOAD = random.Random(7).randbytes(733 * PAGE_BYTES)  # noqa: S311 - any bytes will do
VAULT = "a" * 32


def header(payload: bytes = PAYLOAD) -> Header:
    return Header(
        vault_id=VAULT,
        sequence=7,
        made=NOW,
        salt=b"s" * 32,
        payload_bytes=len(payload),
        payload_sha256=hashlib.sha256(payload).digest(),
        slot=keys.recovery_slot(VAULT, b"k" * 32, b"w" * 20),
        key_check=b"c" * 16,
    )


def written(folder: Path, payload: bytes = PAYLOAD, name: str = "kopie.vpbackup") -> Path:
    (folder / "payload").write_bytes(payload)
    path = folder / name
    container.write(path, header(payload), folder / "payload", MAC_KEY)
    (folder / "payload").unlink()
    return path


def key(_: Header) -> bytes:
    return MAC_KEY


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert container.check(path).payload_sha256 == header().payload_sha256
    found = container.check(path, mac_key=key, payload_to=tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == PAYLOAD
    assert (found.vault_id, found.sequence, found.made) == (VAULT, 7, NOW)
    assert container.peek(path) == found
    assert [p.name for p in tmp_path.iterdir() if p.name != "out"] == ["kopie.vpbackup"]


def regions(path: Path) -> dict[str, range]:
    size = path.stat().st_size
    start = len(header().encoded())
    return {
        "magic": range(len(MAGIC)),
        "length": range(len(MAGIC), len(MAGIC) + 4),
        "header": range(len(MAGIC) + 4, start),
        "payload": range(start, size - 64),
        "mac": range(size - 64, size - 32),
        "hash": range(size - 32, size),
    }


@pytest.mark.parametrize("region", ["magic", "length", "header", "payload", "mac", "hash"])
def test_a_flipped_bit_in_each_region_is_found(tmp_path: Path, region: str) -> None:
    path = written(tmp_path, PAYLOAD[: 2 * PAGE_BYTES])
    good = path.read_bytes()
    places = regions(path)[region]
    dice = random.Random(region)  # noqa: S311 - the same places every run
    for place in {places[0], places[-1], *(dice.choice(places) for _ in range(20))}:
        bad = bytearray(good)
        bad[place] ^= 1 << dice.randrange(8)
        path.write_bytes(bad)
        with pytest.raises(BackupError):
            container.check(path)


@pytest.mark.parametrize("region", ["magic", "length", "header", "payload", "mac", "hash"])
def test_a_backup_cut_short_in_each_region_is_found(tmp_path: Path, region: str) -> None:
    path = written(tmp_path, PAYLOAD[: 2 * PAGE_BYTES])
    good = path.read_bytes()
    places = regions(path)[region]
    for size in (places[0], places[len(places) // 2], places[-1]):
        path.write_bytes(good[:size])
        with pytest.raises(BackupError, match="niet heel"):
            container.check(path)


def test_only_the_newest_format_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2"):
        replace(header(), key_check=None).encoded()


def test_something_appended_is_found(tmp_path: Path) -> None:
    path = written(tmp_path, PAYLOAD[: 2 * PAGE_BYTES])
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(BackupError, match="beschadigd"):
        container.check(path)


def rehashed(content: bytes) -> bytes:
    return content[:-32] + hashlib.sha256(content[:-32]).digest()


def test_a_changed_backup_with_a_new_hash_is_whole_and_not_authentic(tmp_path: Path) -> None:
    """Whoever changes a file can make the unkeyed hash fit, but not the HMAC."""
    path = written(tmp_path, PAYLOAD[: 2 * PAGE_BYTES])
    changed = path.read_bytes().replace(b'"sequence":7', b'"sequence":8')
    path.write_bytes(rehashed(changed))
    assert container.check(path).sequence == 8
    with pytest.raises(BackupError, match="niet door deze kluis gemaakt"):
        container.check(path, mac_key=key)


def test_the_header_of_another_backup_does_not_fit(tmp_path: Path) -> None:
    one, other = (
        written(tmp_path, PAYLOAD[: 2 * PAGE_BYTES], "een"),
        written(tmp_path, PAYLOAD[1 : 2 * PAGE_BYTES + 1], "twee"),
    )
    start = len(header().encoded())
    swapped = other.read_bytes()[:start] + one.read_bytes()[start:]
    one.write_bytes(rehashed(swapped))
    with pytest.raises(BackupError):
        container.check(one)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "niet heel"),
        (b"vpdesk", "niet heel"),
        (b"PK\x03\x04 something else" * 100, "geen reservekopie"),
        (MAGIC[:-1] + b"\x03" + bytes(200), "nieuwere vpdesk"),
        (MAGIC[:-1] + b"\x00" + bytes(200), "beschadigd"),
        (MAGIC + b"\xff\xff\xff\xff" + bytes(200), "beschadigd"),
        (MAGIC + b"\x00\x00\x00\x02{}" + bytes(200), "beschadigd"),
    ],
)
def test_something_else_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "brief").write_bytes(content)
    with pytest.raises(BackupError, match=sentence):
        container.check(tmp_path / "brief")


def with_header(change: Callable[[dict[str, Any]], dict[str, Any]]) -> bytes:
    text = header().encoded()[len(MAGIC) + 4 :]
    changed = json.dumps(change(json.loads(text))).encode()
    return MAGIC + len(changed).to_bytes(4, "big") + changed


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"format": 3}, "nieuwere vpdesk"),
        ({"slot": {**slot_to_json(header().slot), "kind": "vingerafdruk"}}, "nieuwere vpdesk"),
        ({"format": 1}, "beschadigd"),
        ({"key_check": ""}, "beschadigd"),
        ({"key_check": 5}, "beschadigd"),
        ({"format": True}, "beschadigd"),
        ({"more": 1}, "beschadigd"),
        ({"made": 5}, "beschadigd"),
        ({"made": "gisteren"}, "beschadigd"),
        ({"vault": "x"}, "beschadigd"),
        ({"sequence": -1}, "beschadigd"),
        ({"sequence": 1.5}, "beschadigd"),
        ({"payload_bytes": 2**60}, "beschadigd"),
        ({"payload_bytes": 2**40}, "niet heel"),
        ({"payload_bytes": 2**40 + 1}, "beschadigd"),
        ({"payload_bytes": 0}, "beschadigd"),
        ({"salt": "00"}, "beschadigd"),
        ({"payload_sha256": None}, "beschadigd"),
        ({"slot": {}}, "beschadigd"),
    ],
)
def test_a_header_is_taken_as_hostile(tmp_path: Path, change: dict[str, object], sentence: str) -> None:
    (tmp_path / "kopie").write_bytes(with_header(lambda content: {**content, **change}) + bytes(100))
    with pytest.raises(BackupError, match=sentence):
        container.check(tmp_path / "kopie")


def test_a_payload_that_was_never_written_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = 10 * 10**9 // PAGE_BYTES * PAGE_BYTES
    path = tmp_path / "kopie"
    path.write_bytes(with_header(lambda content: {**content, "payload_bytes": size}))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size + size + 64)  # sparse, so it takes no room
    read, real = [], container._chunks

    def counted(file: BinaryIO, length: int) -> Iterator[bytes]:
        for chunk in real(file, length):
            read.append(len(chunk))
            yield chunk

    monkeypatch.setattr(container, "_chunks", counted)
    assert container.peek(path).payload_bytes == size
    with pytest.raises(BackupError, match="beschadigd"):
        container.check(path)
    assert read == [container.CHUNK_BYTES]


@given(st.binary(max_size=300))
def test_no_bytes_at_all_give_anything_but_a_sentence(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kopie"
        path.write_bytes(MAGIC + content)
        with pytest.raises(BackupError):
            container.check(path)


@pytest.mark.parametrize(
    ("path", "sentence"), [("is er niet", "is er niet of is niet te lezen"), (".", "geen gewoon bestand")]
)
def test_a_path_without_a_file_is_refused(tmp_path: Path, path: str, sentence: str) -> None:
    for question in (container.check, container.peek):
        with pytest.raises(BackupError, match=sentence):
            question(tmp_path / path)


def test_a_disk_that_keeps_something_else_is_caught_by_reading_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def worn(descriptor: int) -> None:
        real(descriptor)
        os.pwrite(descriptor, b"?", 5000)

    monkeypatch.setattr(os, "fsync", worn)
    with pytest.raises(BackupError, match="niet goed op de schijf gekomen"):
        written(tmp_path, PAYLOAD[: 2 * PAGE_BYTES])
    assert [p.name for p in tmp_path.iterdir()] == ["payload"]


def test_a_place_that_is_pulled_out_midway_leaves_no_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: int) -> None:
        raise OSError(5, "gone")

    monkeypatch.setattr(os, "fsync", gone)
    with pytest.raises(OSError, match="gone"):
        written(tmp_path, PAYLOAD[: 2 * PAGE_BYTES])
    assert [p.name for p in tmp_path.iterdir()] == ["payload"]


def test_a_payload_that_shrank_meanwhile_is_not_wrapped(tmp_path: Path) -> None:
    (tmp_path / "payload").write_bytes(PAYLOAD[:50])
    with pytest.raises(BackupError, match="niet heel"):
        container.write(tmp_path / "kopie", replace(header(), payload_bytes=51), tmp_path / "payload", MAC_KEY)


def test_a_disk_without_room_for_the_payload_is_told_apart_from_a_bad_backup(tmp_path: Path) -> None:
    path = written(tmp_path)
    with pytest.raises(BackupError, match="te weinig ruimte"):
        container.check(path, mac_key=key, payload_to=Full(tmp_path / "out"))


class Full(type(Path())):  # type: ignore[misc] # PosixPath or WindowsPath
    """A path on a disk that is full."""

    def open(self, *_: object, **__: object) -> BinaryIO:
        return Path("/dev/full").open("wb")
