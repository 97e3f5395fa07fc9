"""Reads a vault's database as it lies on disk: every page decrypted, free pages and the slack inside pages included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from vpdesk.store import generations, keys
from vpdesk.store.refusals import PAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vpdesk.store.vault import Vault

SALT: Final = 16
IV: Final = 16
RESERVED: Final = 80  # IV and HMAC at the end of a page


def decrypted(path: Path, raw_key: bytes) -> tuple[bytes, ...]:
    """Return the plaintext of every page of a database file, without its reserve; nothing of SQLite interprets it."""
    content = path.read_bytes()
    found = []
    for start in range(0, len(content), PAGE_BYTES):
        page = content[start : start + PAGE_BYTES]
        body = page[SALT if start == 0 else 0 : -RESERVED]
        aes = Cipher(algorithms.AES256(raw_key), modes.CBC(page[-RESERVED:][:IV])).decryptor()
        found.append(aes.update(body) + aes.finalize())
    return tuple(found)


def pages_of(vault: Vault) -> tuple[bytes, ...]:
    """Return the plaintext of every page of an open vault, as the file now holds them."""
    return decrypted(vault.generation / generations.DATABASE, keys.derive(vault.key, "database"))


def pages_with(pages: Iterable[bytes], *words: str) -> dict[str, list[int]]:
    """Return in which pages (from 1) each word stands, in UTF-8, whatever its case; words in no page are left out."""
    lowered = [page.lower() for page in pages]
    found = {
        word: [number for number, page in enumerate(lowered, 1) if word.lower().encode() in page] for word in words
    }
    return {word: numbers for word, numbers in found.items() if numbers}
