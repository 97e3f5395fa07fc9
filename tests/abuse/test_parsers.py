"""Whatever stands in a key file, a backup, the pointer, a mapping or a sheet, what comes out is a sentence."""

from __future__ import annotations

import json
import random
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.abuse.seeds import own_backup, own_key_file, seeds
from tests.abuse.shapes import ODD, sealed, text, variant
from tests.abuse.targets import TARGETS
from vpdesk.domain.errors import BackupError, ImportRefusedError, VaultDamagedError
from vpdesk.exchange.mapping import load_mapping
from vpdesk.store import container, keyfile
from vpdesk.store.keys import MAX_MEMORY_KIB

if TYPE_CHECKING:
    from pathlib import Path

GREEDY = [[60 * 1024 * 1024, 3, 4], [MAX_MEMORY_KIB + 1, 1, 1], [10**40, 1, 1], [8, 10**9, 1], [2**19, 1, 17]]


@pytest.mark.parametrize("target", TARGETS)
@given(drawn=st.randoms(use_true_random=False))
def test_changed_files_give_sentences(target: str, drawn: random.Random) -> None:
    TARGETS[target](variant(target, drawn.choice(seeds(target)), drawn))


@pytest.mark.long
@pytest.mark.parametrize("target", TARGETS)
def test_thousands_of_changed_files_give_sentences(target: str) -> None:
    drawn = random.Random(target)  # noqa: S311 - the same files every run
    for _ in range(4000):
        TARGETS[target](variant(target, drawn.choice(seeds(target)), drawn))


@pytest.mark.parametrize("target", TARGETS)
@given(data=st.binary(max_size=400))
@example(b"")
@example(b"\0" * 4096)
@example(b"\n" * 4096)
@example(b"[" * 60_000)
@example(b"{" * 60_000)
@example(b'{"a":' * 10_000)
@example(b"9" * 60_000)
@example(b"a = " + b"[" * 50_000)
@example(b"a = " + b"[\n" * 50_000)
@example(b"a = " + b"9" * 1_500 + b"e" + b"9" * 300)
@example(b"a = " + b"9" * 5_000)
@example(b"a = 9999-99-99")
@example(b".".join([b"a"] * 20_000) + b" = 1")
@example(b"\n".join([b"[" + b".".join([b"a"] * 500) + b"]", b".".join([b"a"] * 900) + b" = 1"] * 20))
@example(b"datum;minuten\n01-02-2021;" + b"9" * 5_000)
@example(b"datum\n" + b"9" * 9_000)
@example(b'"' * 60_000)
@example(b"\xff\xfe" + b"\x00\xd8" * 100)
@settings(max_examples=30)
def test_any_bytes_give_sentences(target: str, data: bytes) -> None:
    TARGETS[target](data)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:30])
@pytest.mark.parametrize(
    "field", ["format", "vault", "sequence", "made", "salt", "payload_bytes", "payload_sha256", "slot"]
)
def test_every_field_of_a_header_may_hold_anything(field: str, odd: object) -> None:
    whole = own_backup()
    length = int.from_bytes(whole[16:20], "big")
    content = {**keyfile.parse_json(whole[20 : 20 + length]), field: odd}
    written = text(content, random.Random(5))  # noqa: S311 - the same file every run
    TARGETS["kopie"](sealed(written, whole[20 + length : -64]))


@pytest.mark.parametrize("line", ["a." * 1_000 + "a = 1", "# " + "x" * 300_000], ids=["a dotted name", "a file"])
def test_a_mapping_has_a_bound_on_its_lines_since_toml_takes_the_square_of_them(line: str, tmp_path: Path) -> None:
    (tmp_path / "koppeling.toml").write_text(f"[kolommen]\n{line}\n", encoding="utf-8")
    with pytest.raises(ImportRefusedError, match=r"256 kB .* 2\.000 tekens"):
        load_mapping(tmp_path / "koppeling.toml")


def test_a_header_made_in_a_time_zone_is_refused_since_no_other_backup_compares_with_it(tmp_path: Path) -> None:
    path = tmp_path / "kopie"
    path.write_bytes(own_backup().replace(b"2026-01-20T10:00:00", b"2026-01-20T10:00:00+01:00"))
    whole = path.read_bytes()
    length = int.from_bytes(whole[16:20], "big") + len("+01:00")
    path.write_bytes(sealed(whole[20 : 20 + length], whole[20 + length : -64]))
    with pytest.raises(BackupError, match="beschadigd"):
        container.peek(path)


def asking(kdf: list[int]) -> tuple[bytes, bytes]:
    """Return a key file and a container that ask for this much Argon2id, and are otherwise as they should be."""
    content = keyfile.parse_json(own_key_file())
    for slot in content["slots"]:
        if slot["kdf"] is not None:
            slot["kdf"] = kdf
    daily = next(slot for slot in content["slots"] if slot["kdf"] is not None)
    whole = own_backup()
    length = int.from_bytes(whole[16:20], "big")
    header = {**keyfile.parse_json(whole[20 : 20 + length]), "slot": daily}
    return json.dumps(content).encode(), sealed(json.dumps(header).encode(), whole[20 + length : -64])


def test_what_may_be_asked_of_argon2_is_read(tmp_path: Path) -> None:
    keys, whole = asking([MAX_MEMORY_KIB, 10, 16])
    assert keyfile.parse(keys)
    (tmp_path / "kopie").write_bytes(whole)
    assert container.check(tmp_path / "kopie").slot.kdf is not None


@pytest.mark.parametrize("asked", GREEDY, ids=str)
def test_sixty_gigabytes_of_argon2_are_refused_before_any_memory_is_taken(asked: list[int], tmp_path: Path) -> None:
    keys, whole = asking(asked)
    (tmp_path / "kopie").write_bytes(whole)
    tracemalloc.start()
    try:
        with pytest.raises(VaultDamagedError):
            keyfile.parse(keys)
        with pytest.raises(BackupError):
            container.peek(tmp_path / "kopie")
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    finally:
        tracemalloc.stop()
