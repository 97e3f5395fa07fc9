"""Seals a vault key to a slot without knowing what opens it: HPKE (RFC 9180) with X25519 and AES-256-GCM.

Key rotation needs this. It gives every way in that stays a new vault key, while the words lie in a drawer and nobody
has typed the passphrase. What can be read here (a public key) lets nobody in.
"""

from __future__ import annotations

from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

RECIPIENT_BYTES: Final = 32
SEALED_BYTES: Final = 32 + 32 + 16  # the ephemeral public key, the vault key, the tag

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def new_pair() -> tuple[bytes, bytes]:
    """Return a secret of 32 bytes, which opens what is sealed, and the recipient of 32 bytes to whom one seals."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def seal(recipient: bytes, key: bytes, about: bytes) -> bytes:
    """Return 80 bytes that give `key` (32 bytes) to the holder of the secret; `about` is bound to them."""
    return _SUITE.encrypt(key, X25519PublicKey.from_public_bytes(recipient), info=about)


def unseal(secret: bytes, sealed: bytes, about: bytes) -> bytes:
    """Return the key; InvalidTag when it was sealed to another, about something else, or changed."""
    return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(secret), info=about)
