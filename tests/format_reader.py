"""Reads a backup, or a vault, without vpdesk: written from docs/vault-format.md and nothing else.

Needs `cryptography` and `sqlcipher3`. Whatever does not hold raises ValueError.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from pathlib import Path

# What changes from format to format stands together here.
MAGIC = b"vpdesk backup\n\x00"
HEADER_NAMES_1 = {"format", "vault", "sequence", "made", "salt", "payload_bytes", "payload_sha256", "slot"}
HEADER_NAMES = {1: HEADER_NAMES_1, 2: HEADER_NAMES_1 | {"key_check"}}
MOST_HEADER_BYTES = 16 * 1024
DIGEST_BYTES = 32


def derive(key: bytes, label: str, salt: bytes | None = None) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"vpdesk 1 " + label.encode()).derive(key)


def need(holds: object, what: str) -> None:
    if not holds:
        raise ValueError(what)


def secret_of_words(text: str, word_list: Path) -> bytes:
    known = {word[:4]: number for number, word in enumerate(word_list.read_text(encoding="ascii").split())}
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    typed = re.findall(r"[^\W\d_]+", plain)
    need(len(typed) == 16, "sixteen words")
    number = 0
    for word in typed:
        need(word[:4] in known, f"a word of the list: {word}")
        number = number << 11 | known[word[:4]]
    whole = number.to_bytes(22, "big")
    need(hashlib.sha256(b"vpdesk herstelwoorden 1\0" + whole[:20]).digest()[:2] == whole[20:], "checksum of the words")
    return whole[:20]


def stretched(passphrase: str, slot: dict[str, Any]) -> bytes:
    memory, iterations, lanes = slot["kdf"]
    argon = Argon2id(
        salt=bytes.fromhex(slot["salt"]), length=32, iterations=iterations, lanes=lanes, memory_cost=memory
    )
    return argon.derive(unicodedata.normalize("NFC", passphrase).encode())


def vault_key(slot: dict[str, Any], vault: str, *, secret: bytes | None = None, passphrase: str = "") -> bytes:
    """Return the key that a slot wraps: of kind recovery with the secret of the words, of the others with a phrase."""
    material = secret if secret is not None else stretched(passphrase, slot)
    key = derive(material, f"slot {slot['kind']}", bytes.fromhex(slot["salt"]))
    bound = [vault, slot["id"], slot["kind"], slot["salt"], slot["kdf"], slot["device_check"]]
    if slot.get("recipient") is None:
        return unwrapped(key, slot, ["vpdesk slot 1", *bound])
    private = unwrapped(key, slot, ["vpdesk slot 2", *bound, slot["recipient"], slot["keyring"]])
    info = compact(["vpdesk seal 2", vault, slot["id"], slot["kind"]])
    return unsealed(private, bytes.fromhex(slot["recipient"]), bytes.fromhex(slot["sealed"]), info)


def compact(content: list[Any]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode("ascii")


def unwrapped(key: bytes, slot: dict[str, Any], bound: list[Any]) -> bytes:
    try:
        return AESGCM(key).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), compact(bound))
    except InvalidTag:
        raise ValueError("the slot does not open") from None


def unsealed(private: bytes, public: bytes, sealed: bytes, info: bytes) -> bytes:
    """Open HPKE in base mode as RFC 9180 says, step by step: sections 4, 4.1, 5.1 and 5.2."""
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"

    def extract(which: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
        return hmac.new(salt or bytes(32), b"HPKE-v1" + which + label + material, "sha256").digest()

    def expand(which: bytes, key: bytes, label: bytes, context: bytes, length: int) -> bytes:
        asked = length.to_bytes(2, "big") + b"HPKE-v1" + which + label + context
        return HKDFExpand(algorithm=SHA256(), length=length, info=asked).derive(key)

    encapsulated, ciphertext = sealed[:32], sealed[32:]
    shared_point = X25519PrivateKey.from_private_bytes(private).exchange(
        X25519PublicKey.from_public_bytes(encapsulated)
    )
    shared = expand(kem, extract(kem, b"", b"eae_prk", shared_point), b"shared_secret", encapsulated + public, 32)
    context = b"\x00" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    secret = extract(suite, shared, b"secret", b"")
    key, nonce = expand(suite, secret, b"key", context, 32), expand(suite, secret, b"base_nonce", context, 12)
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, b"")
    except InvalidTag:
        raise ValueError("the seal does not open") from None


def database(path: Path, raw_key: bytes, vault: str) -> Any:
    """Return an open connection to a database that is what it must be, and whole."""
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{raw_key.hex()}'\"")
        connection.execute("PRAGMA cipher_compatibility = 4")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        need(connection.execute("PRAGMA application_id").fetchone() == (0x7670646B,), "application id")
        need(connection.execute("SELECT id FROM vault").fetchall() == [(vault,)], "vault id")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        need(pages * 4096 == path.stat().st_size, "length of the database")
        need(connection.execute("PRAGMA cipher_integrity_check").fetchall() == [], "authentic pages")
        need(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "structure")
    except dbapi2.DatabaseError:
        connection.close()
        raise ValueError("the database does not open") from None
    except ValueError:
        connection.close()
        raise
    return connection


@dataclass
class Backup:
    """A backup that is whole; `header` can be read by anybody."""

    header: dict[str, Any]
    payload: bytes
    before_mac: bytes
    mac: bytes

    def opened(self, key: bytes, work: Path) -> Any:
        """Return its database, open, with the vault key; `work` is a path for the payload, which stays encrypted."""
        salt = bytes.fromhex(self.header["salt"])
        if "key_check" in self.header:
            need(derive(key, "backup key check", salt)[:16].hex() == self.header["key_check"], "made by this vault")
        made_by = hmac.new(derive(key, "backup mac", salt), self.before_mac, "sha256").digest()
        need(hmac.compare_digest(made_by, self.mac), "made by this vault")
        work.write_bytes(self.payload)
        return database(work, derive(key, "backup database", salt), self.header["vault"])


def read_backup(path: Path) -> Backup:
    content = path.read_bytes()
    need(content[: len(MAGIC)] == MAGIC, "magic and format")
    form, start = content[len(MAGIC)], len(MAGIC) + 5
    need(form in HEADER_NAMES, "magic and format")
    length = int.from_bytes(content[start - 4 : start], "big")
    need(length <= MOST_HEADER_BYTES, "length of the header")
    header = json.loads(content[start : start + length].decode("ascii"))
    need(set(header) == HEADER_NAMES[form] and header["format"] == form, "names in the header")
    end = start + length + header["payload_bytes"]
    need(len(content) == end + 2 * DIGEST_BYTES, "length of the file")
    payload, mac = content[start + length : end], content[end : end + DIGEST_BYTES]
    need(hashlib.sha256(content[: end + DIGEST_BYTES]).digest() == content[end + DIGEST_BYTES :], "the file is whole")
    need(hashlib.sha256(payload).hexdigest() == header["payload_sha256"], "the payload is whole")
    return Backup(header, payload, content[:end], mac)


def read_vault(folder: Path, secret: bytes) -> Any:
    """Return the database of a vault that nobody has open, with the secret of its words."""
    pointer = re.fullmatch(rb"vpdesk 1 (g-[0-9a-f]{16})\n", (folder / "current").read_bytes())
    if pointer is None:
        raise ValueError("pointer")
    generation = folder / pointer[1].decode()
    keys = json.loads((generation / "vault.keys").read_bytes().decode("ascii"))
    slot = next(slot for slot in keys["slots"] if slot["kind"] == "recovery")
    key = vault_key(slot, keys["vault"], secret=secret)
    return database(generation / "vault.db", derive(key, "database"), keys["vault"])
