"""What was sealed opens with its key and as it was; everything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.errors import BackupError
from vpdesk.store import sealed

KEY = bytes(range(32))


@given(content=st.binary(max_size=200))
def test_what_was_sealed_comes_out_as_it_was(content: bytes) -> None:
    assert sealed.unseal(KEY, sealed.seal(KEY, content)) == content


def test_each_time_it_looks_different() -> None:
    assert sealed.seal(KEY, b"tekst") != sealed.seal(KEY, b"tekst")


def test_any_flipped_bit_cut_or_other_key_is_refused() -> None:
    good = sealed.seal(KEY, b"tekst")
    for bit in range(len(good) * 8):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BackupError):
            sealed.unseal(KEY, bytes(bad))
    for size in range(len(good)):
        with pytest.raises(BackupError):
            sealed.unseal(KEY, good[:size])
    with pytest.raises(BackupError):
        sealed.unseal(bytes(32), good)


@given(untrusted=st.binary(max_size=300))
def test_what_is_not_sealed_is_refused(untrusted: bytes) -> None:
    for content in (untrusted, sealed.MAGIC + untrusted):
        with pytest.raises(BackupError):
            sealed.unseal(KEY, content)


def test_too_long_a_file_is_not_decrypted() -> None:
    with pytest.raises(BackupError):
        sealed.unseal(KEY, sealed.seal(KEY, bytes(sealed.MAX_BYTES)))
