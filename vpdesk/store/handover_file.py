"""The file of a handover: sealed under a phrase that travels another way; whatever is read is taken as hostile.

Magic, length, header as JSON, AES-256-GCM of the padded content, SHA-256 of all before it. The hash tells a damaged
file from another phrase; only the seal proves anything.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vpdesk.domain.errors import HandoverError, OutputError, VaultDamagedError
from vpdesk.store import disk, generations, keys, regular
from vpdesk.store.keyfile import parse_json
from vpdesk.store.keys import FRUGAL, STANDARD, KdfParameters

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = 1
NAME: Final = b"vpdesk handover\n\x00"
MAGIC: Final = NAME + bytes([FORMAT])
SUFFIX: Final = ".vpdesk"
LABEL: Final = "handover"
LENGTH_BYTES: Final = 4
DIGEST_BYTES: Final = 32
TAG_BYTES: Final = 16
MAX_HEADER_BYTES: Final = 4 * 1024
MAX_CONTENT_BYTES: Final = 32 * 1024 * 1024
BLOCK_BYTES: Final = 64 * 1024
_FIELDS: Final = {"format", "memory_kib", "iterations", "lanes", "salt", "nonce", "sealed_bytes"}

MISSING: Final = "Dit bestand is er niet of is niet te lezen. Er is niets overgenomen. Kies een ander bestand."
FOREIGN: Final = "Dit bestand is geen overdracht van vpdesk. Er is niets overgenomen. Kies een ander bestand."
CUT_SHORT: Final = (
    "Deze overdracht is niet heel: er ontbreekt een stuk. Er is niets overgenomen. Vraag uw collega het bestand "
    "opnieuw "
    "te geven."
)
DAMAGED: Final = (
    "Deze overdracht is beschadigd of veranderd. Er is niets overgenomen. Vraag uw collega het bestand opnieuw te "
    "geven."
)
TOO_NEW: Final = (
    "Deze overdracht is gemaakt met een nieuwere vpdesk. Er is niets overgenomen. Werk vpdesk bij en probeer het "
    "opnieuw."
)
WRONG_PHRASE: Final = (
    "Deze woorden passen niet bij dit bestand. Er is niets overgenomen. Vraag uw collega de woorden nog eens te zeggen."
)
NO_MEMORY: Final = (
    "Er is te weinig geheugen vrij om de wachtzin na te rekenen. Er is niets veranderd. "
    "Sluit andere programma's en probeer het opnieuw."
)
TOO_LARGE: Final = (
    "Dit is te veel voor één bestand. Er is niets overgedragen. Kies minder casussen en maak meer dan één bestand."
)


def _secret(phrase: str, salt: bytes, kdf: KdfParameters) -> bytes:
    """Return the key of a file; capitals and spaces in a phrase that was told make no difference."""
    return keys.derive(keys.stretch(" ".join(phrase.casefold().split()), salt, kdf), LABEL)


def sealed(content: bytes, phrase: str, *, kdf: KdfParameters = STANDARD) -> bytes:
    """Return a whole file; its length tells the content's to 64 KiB.

    Raises:
        HandoverError: the content is too large, or there is no memory for the key derivation.
    """
    if len(content) > MAX_CONTENT_BYTES:
        raise HandoverError(TOO_LARGE)
    salt, nonce = secrets.token_bytes(keys.SALT_BYTES), secrets.token_bytes(keys.NONCE_BYTES)
    padded = content + b" " * (-len(content) % BLOCK_BYTES)  # JSON does not mind
    for tried in (kdf, FRUGAL):
        with contextlib.suppress(MemoryError):
            secret = _secret(phrase, salt, tried)
            start = _start(tried, salt, nonce, len(padded) + TAG_BYTES)
            whole = start + AESGCM(secret).encrypt(nonce, padded, start)
            return whole + hashlib.sha256(whole).digest()
    raise HandoverError(NO_MEMORY)


def _start(kdf: KdfParameters, salt: bytes, nonce: bytes, size: int) -> bytes:
    header = {
        "format": FORMAT,
        "memory_kib": kdf.memory_kib,
        "iterations": kdf.iterations,
        "lanes": kdf.lanes,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "sealed_bytes": size,
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    return MAGIC + len(text).to_bytes(LENGTH_BYTES, "big") + text


def put(path: Path, whole: bytes) -> None:
    """Write a file beside its place, durable, and move it there; only its owner may read it.

    Raises:
        OutputError: it can't be written there; nothing stands there that did not before.
    """
    room = _room(path, mark_of(whole))
    try:
        if path.is_dir():
            raise OutputError(f"{path} is een map. Er is niets overgedragen. Geef het bestand een naam.")
        descriptor = os.open(room, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        room.replace(path)
        generations.sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            room.unlink(missing_ok=True)
        full = error.errno in disk.NO_ROOM_LEFT
        why = f"De schijf van {path.parent} is vol." if full else f"In {path.parent} kan niet worden geschreven."
        raise OutputError(f"{why} Er is niets overgedragen. Kies een andere map.") from error


def mark_of(whole: bytes) -> str:
    """Return what tells a file from any other: its hash, which says nothing of what is in it."""
    return whole[-DIGEST_BYTES:].hex()


def _room(path: Path, mark: str) -> Path:
    """Return where a file is written before it is moved to its place."""
    return path.with_name(f".vpdesk-{mark[:16]}.part")


def take_away(path: Path, mark: str) -> bool | None:
    """Remove the file with that mark from its place and from beside it; return whether there was one.

    None where that can't be told, as of a stick that is not there. What stands there besides is left alone.
    """
    stood = False
    try:
        if not path.parent.is_dir():
            return None
        if path.is_file() and path.read_bytes()[-DIGEST_BYTES:].hex() == mark:
            path.unlink()
            stood = True
        room = _room(path, mark)  # the name is that of this file, however much of it was written
        if room.is_file():
            room.unlink()
            stood = True
    except OSError:
        return None
    return stood


def opened(path: Path, phrase: str) -> bytes:
    """Return the content of a file, with the spaces behind it.

    Raises:
        HandoverError: missing, foreign, cut short, changed, from a later vpdesk, or sealed with another phrase.
    """
    most = len(MAGIC) + LENGTH_BYTES + MAX_HEADER_BYTES + MAX_CONTENT_BYTES + BLOCK_BYTES + TAG_BYTES + DIGEST_BYTES
    try:
        untrusted = regular.read(path, most + 1)
    except OSError:
        raise HandoverError(MISSING) from None
    kdf, header, begin = _header(untrusted)
    end = begin + header["sealed_bytes"]
    if len(untrusted) != end + DIGEST_BYTES:
        raise HandoverError(CUT_SHORT if len(untrusted) < end + DIGEST_BYTES else DAMAGED)
    if hashlib.sha256(untrusted[:end]).digest() != untrusted[end:]:
        raise HandoverError(DAMAGED)
    try:
        secret = _secret(phrase, bytes.fromhex(header["salt"]), kdf)
        return AESGCM(secret).decrypt(bytes.fromhex(header["nonce"]), untrusted[begin:end], untrusted[:begin])
    except MemoryError:
        raise HandoverError(NO_MEMORY) from None
    except InvalidTag:
        raise HandoverError(WRONG_PHRASE) from None


def _header(untrusted: bytes) -> tuple[KdfParameters, dict[str, Any], int]:
    """Return what the key is made with, the header, and where the sealed content begins."""
    start = untrusted[: len(NAME)]
    if not start or not NAME.startswith(start):
        raise HandoverError(FOREIGN)
    at = len(MAGIC) + LENGTH_BYTES
    if len(untrusted) < at:
        raise HandoverError(CUT_SHORT)
    if untrusted[len(NAME)] != FORMAT:
        raise HandoverError(TOO_NEW if untrusted[len(NAME)] > FORMAT else DAMAGED)
    length = int.from_bytes(untrusted[len(MAGIC) : at], "big")
    if length > MAX_HEADER_BYTES:
        raise HandoverError(DAMAGED)
    if len(untrusted) < at + length:
        raise HandoverError(CUT_SHORT)
    try:
        header: dict[str, Any] = parse_json(untrusted[at : at + length])
        numbers = [header.get(name) for name in ("format", "memory_kib", "iterations", "lanes", "sealed_bytes")]
        if set(header) != _FIELDS or any(type(number) is not int for number in numbers) or header["format"] != FORMAT:
            raise HandoverError(DAMAGED)
        if not TAG_BYTES <= header["sealed_bytes"] <= MAX_CONTENT_BYTES + BLOCK_BYTES + TAG_BYTES:
            raise HandoverError(DAMAGED)
        if not (_is_hex(header["salt"], keys.SALT_BYTES) and _is_hex(header["nonce"], keys.NONCE_BYTES)):
            raise HandoverError(DAMAGED)
        kdf = KdfParameters(header["memory_kib"], header["iterations"], header["lanes"])
    except VaultDamagedError:  # no JSON, or a derivation that no laptop should begin
        raise HandoverError(DAMAGED) from None
    return kdf, header, at + length


def _is_hex(untrusted: object, size: int) -> bool:
    return isinstance(untrusted, str) and re.fullmatch(rf"[0-9a-f]{{{2 * size}}}", untrusted) is not None
