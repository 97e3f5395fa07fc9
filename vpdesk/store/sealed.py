"""A text outside the vault that only this vault opens: for when the vault itself can't take it."""

from __future__ import annotations

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vpdesk.domain.errors import BackupError

MAGIC: Final = b"vpdesk text\n\x00\x01"
NONCE_BYTES: Final = 12
MAX_BYTES: Final = 16 * 1024 * 1024
LABEL: Final = "text elsewhere"
NOT_OURS: Final = (
    "Dit is geen tekst die deze kluis ergens anders heeft bewaard, of het bestand is beschadigd. "
    "Er is niets veranderd. Kies een ander bestand."
)


def seal(key: bytes, content: bytes) -> bytes:
    """Return the content of a file that only this key opens: magic, nonce, AES-256-GCM bound to the magic."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return MAGIC + nonce + AESGCM(key).encrypt(nonce, content, MAGIC)


def unseal(key: bytes, untrusted: bytes) -> bytes:
    """Return what was sealed under this key; BackupError for anything else."""
    start = len(MAGIC) + NONCE_BYTES
    if len(untrusted) > MAX_BYTES or not untrusted.startswith(MAGIC) or len(untrusted) < start:
        raise BackupError(NOT_OURS)
    try:
        return AESGCM(key).decrypt(untrusted[len(MAGIC) : start], untrusted[start:], MAGIC)
    except InvalidTag:
        raise BackupError(NOT_OURS) from None
