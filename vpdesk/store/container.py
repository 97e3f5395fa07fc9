"""The file of a backup: magic, header, encrypted payload, HMAC, SHA-256; whatever it reads is taken as hostile."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from vpdesk.domain.errors import BackupError, VaultDamagedError, VaultTooNewError
from vpdesk.store import disk, generations, regular
from vpdesk.store.keyfile import parse_json, slot_from_json, slot_to_json, vault_id_from_json
from vpdesk.store.refusals import PAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vpdesk.store.keys import Slot

FORMAT: Final = 2  # 1 had no `key_check`, and slots without recipients; it is still read
_NAME: Final = b"vpdesk backup\n\x00"
MAGIC: Final = _NAME + bytes([FORMAT])
MAX_HEADER_BYTES: Final = 16 * 1024
LENGTH_BYTES: Final = 4
DIGEST_BYTES: Final = 32
CHUNK_BYTES: Final = 1024 * 1024
SUFFIX: Final = ".vpbackup"
KEY_CHECK_BYTES: Final = 16
_FIELDS: Final = {"format", "vault", "sequence", "made", "salt", "payload_bytes", "payload_sha256", "slot"}

MISSING: Final = "Deze reservekopie is er niet of is niet te lezen. Er is niets veranderd. Kies een ander bestand."
NOT_REGULAR: Final = (
    "Dit is geen gewoon bestand, en dus geen reservekopie. Er is niets veranderd. Kies een ander bestand."
)
NOT_A_BACKUP: Final = "Dit bestand is geen reservekopie van vpdesk. Er is niets veranderd. Kies een ander bestand."
CUT_SHORT: Final = (
    "Deze reservekopie is niet heel: er ontbreekt een stuk. Er is niets veranderd. Kies een andere kopie."
)
DAMAGED: Final = "Deze reservekopie is beschadigd. Er is niets veranderd. Kies een andere kopie."
NOT_AUTHENTIC: Final = (
    "Deze reservekopie is heel, maar niet door deze kluis gemaakt of later veranderd. Er is niets veranderd. "
    "Kies een andere kopie."
)
NO_ROOM: Final = (
    "Er is op deze laptop te weinig ruimte om de reservekopie te openen. Er is niets veranderd. "
    "Maak ruimte vrij en probeer het opnieuw."
)
NOT_OPENED: Final = (
    "De schijf van deze laptop geeft een fout, dus de reservekopie is niet geopend. Er is niets veranderd. "
    "Probeer het opnieuw, of zet de kopie terug op een andere schijf."
)
TOO_NEW: Final = (
    "Deze reservekopie is gemaakt met een nieuwere vpdesk. Er is niets veranderd. "
    "Werk vpdesk bij en probeer het opnieuw."
)


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup tells without a secret: `slot` gives the vault key, of which `salt` makes the keys of this file.

    `key_check` (16 bytes) tells whoever has several vault keys which of them it is; backups of vpdesk 0.1 lack it.
    """

    vault_id: str
    sequence: int
    made: datetime
    salt: bytes
    payload_bytes: int
    payload_sha256: bytes
    slot: Slot
    key_check: bytes | None

    def encoded(self) -> bytes:
        """Return magic, length and header as they stand at the start of the file; written in the newest format only."""
        if self.key_check is None:
            raise ValueError(FORMAT)
        content = {
            "format": FORMAT,
            "vault": self.vault_id,
            "sequence": self.sequence,
            "made": self.made.isoformat(timespec="seconds"),
            "salt": self.salt.hex(),
            "payload_bytes": self.payload_bytes,
            "payload_sha256": self.payload_sha256.hex(),
            "slot": slot_to_json(self.slot),
            "key_check": self.key_check.hex(),
        }
        text = json.dumps(content, separators=(",", ":")).encode()
        return MAGIC + len(text).to_bytes(LENGTH_BYTES, "big") + text


def _digest(untrusted: object) -> bytes:
    if not isinstance(untrusted, str) or re.fullmatch(r"[0-9a-f]{64}", untrusted) is None:
        raise BackupError(DAMAGED)
    return bytes.fromhex(untrusted)


def _key_check(untrusted: object) -> bytes:
    if not isinstance(untrusted, str) or re.fullmatch(r"[0-9a-f]{32}", untrusted) is None:
        raise BackupError(DAMAGED)
    return bytes.fromhex(untrusted)


def _count(untrusted: object) -> int:
    if type(untrusted) is not int or not 0 <= untrusted < 2**48:
        raise BackupError(DAMAGED)
    return untrusted


def _whole_pages(untrusted: object) -> int:
    """Return the length of a database, which is never empty and never ends inside a page."""
    size = _count(untrusted)
    if not size or size % PAGE_BYTES:
        raise BackupError(DAMAGED)
    return size


def _header(untrusted: bytes, magic: int) -> Header:
    try:
        content: dict[str, Any] = parse_json(untrusted)
        version = content.get("format")
        if type(version) is int and version > FORMAT:
            raise BackupError(TOO_NEW)
        fields = _FIELDS | ({"key_check"} if magic > 1 else set())
        if (
            type(version) is not int
            or version != magic
            or set(content) != fields
            or not isinstance(content["made"], str)
        ):
            raise BackupError(DAMAGED)
        made = datetime.fromisoformat(content["made"])
        if made.tzinfo is not None:  # it could not be compared with any other backup
            raise BackupError(DAMAGED)
        return Header(
            vault_id=vault_id_from_json(content["vault"]),
            sequence=_count(content["sequence"]),
            made=made,
            salt=_digest(content["salt"]),
            payload_bytes=_whole_pages(content["payload_bytes"]),
            payload_sha256=_digest(content["payload_sha256"]),
            slot=slot_from_json(content["slot"], version),
            key_check=_key_check(content["key_check"]) if version > 1 else None,
        )
    except VaultTooNewError:
        raise BackupError(TOO_NEW) from None
    except (VaultDamagedError, ValueError):
        raise BackupError(DAMAGED) from None


def looks_like_backup(path: Path) -> bool:
    """Return whether a file starts as a backup does, whole or not. Raises OSError."""
    return regular.read(path, len(MAGIC)).startswith(_NAME)


def _read_header(file: BinaryIO, size: int) -> Header:
    start = file.read(len(MAGIC) + LENGTH_BYTES)
    if not start.startswith(_NAME) and not _NAME.startswith(start):
        raise BackupError(NOT_A_BACKUP)
    if len(start) < len(MAGIC) + LENGTH_BYTES:
        raise BackupError(CUT_SHORT)
    magic = start[len(_NAME)]
    if not 1 <= magic <= FORMAT:
        raise BackupError(TOO_NEW if magic > FORMAT else DAMAGED)
    length = int.from_bytes(start[len(MAGIC) :], "big")
    if length > MAX_HEADER_BYTES:
        raise BackupError(DAMAGED)
    text = file.read(length)
    if len(text) < length:
        raise BackupError(CUT_SHORT)
    header = _header(text, magic)
    expected = len(start) + length + header.payload_bytes + 2 * DIGEST_BYTES
    if size != expected:
        raise BackupError(CUT_SHORT if size < expected else DAMAGED)
    return header


def _chunks(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length:
        chunk = file.read(min(CHUNK_BYTES, length))
        if not chunk:
            raise BackupError(CUT_SHORT)
        length -= len(chunk)
        yield chunk


def peek(path: Path) -> Header:
    """Return the header of a file that has the length it says; its content has not been checked."""
    try:
        with regular.open_file(path) as file:
            return _read_header(file, os.fstat(file.fileno()).st_size)
    except regular.NotRegularError:
        raise BackupError(NOT_REGULAR) from None
    except OSError:
        raise BackupError(MISSING) from None


def check(path: Path, *, mac_key: Callable[[Header], bytes] | None = None, payload_to: Path | None = None) -> Header:
    """Read the whole file once and return its header.

    Without `mac_key` this tells that the file is whole; with it, that who holds the vault key made it so. `payload_to`
    receives the payload, still encrypted; when an error is raised, what stands there is not to be used.

    Raises:
        BackupError: missing, foreign, cut short, changed, from a later vpdesk, or not of this vault.
    """
    try:
        with regular.open_file(path) as file:
            header = _read_header(file, os.fstat(file.fileno()).st_size)
            start = header_bytes(file)
            whole, payload = hashlib.sha256(start), hashlib.sha256()
            mac = None if mac_key is None else hmac.new(mac_key(header), start, "sha256")
            target = None if payload_to is None else payload_to.open("xb")
            try:
                for number, chunk in enumerate(_chunks(file, header.payload_bytes)):
                    if not number and not any(chunk[:PAGE_BYTES]):  # never written, so there is no need to read it all
                        raise BackupError(DAMAGED)
                    whole.update(chunk)
                    payload.update(chunk)
                    if mac is not None:
                        mac.update(chunk)
                    if target is not None:
                        _unpack(target, chunk)
            finally:
                if target is not None:
                    target.close()
            kept_mac, kept_whole = file.read(DIGEST_BYTES), file.read(DIGEST_BYTES)
    except regular.NotRegularError:
        raise BackupError(NOT_REGULAR) from None
    except OSError:
        raise BackupError(MISSING) from None
    whole.update(kept_mac)
    if whole.digest() != kept_whole or payload.digest() != header.payload_sha256:
        raise BackupError(DAMAGED)
    if mac is not None and not hmac.compare_digest(mac.digest(), kept_mac):
        raise BackupError(NOT_AUTHENTIC)
    return header


def _unpack(target: BinaryIO, chunk: bytes) -> None:
    try:
        target.write(chunk)
        target.flush()
    except OSError as error:
        raise BackupError(NO_ROOM if error.errno in disk.NO_ROOM_LEFT else NOT_OPENED) from None


def header_bytes(file: BinaryIO) -> bytes:
    """Return everything before the place where the file now stands, and stay there."""
    here = file.tell()
    file.seek(0)
    return file.read(here)


def write(
    path: Path, header: Header, payload: Path, mac_key: bytes, tell: Callable[[int], object] | None = None
) -> None:
    """Write a container beside its final name, sync, close, read it back, compare, and only then give it its name.

    `tell` hears how many bytes of the payload were written; an exception from it leaves nothing.

    Raises:
        OSError: the place can't be written; nothing stands under the final name.
        BackupError: what was read back differs from what was written.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            written = _write_into(file, header, payload, mac_key, tell)
            file.flush()
            os.fsync(file.fileno())
        _compare(temporary, written)
        temporary.replace(path)
        temporary = path  # from here on that is what a failure takes back
        generations.sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):  # what can't go now goes before the next copy
            temporary.unlink(missing_ok=True)
        raise


def _write_into(
    file: BinaryIO, header: Header, payload: Path, mac_key: bytes, tell: Callable[[int], object] | None
) -> bytes:
    start = header.encoded()
    mac, whole = hmac.new(mac_key, start, "sha256"), hashlib.sha256(start)
    file.write(start)
    with payload.open("rb") as source:
        for number, chunk in enumerate(_chunks(source, header.payload_bytes), 1):
            mac.update(chunk)
            whole.update(chunk)
            file.write(chunk)
            if tell is not None:
                tell(min(number * CHUNK_BYTES, header.payload_bytes))
    file.write(mac.digest())
    whole.update(mac.digest())
    file.write(whole.digest())
    return whole.digest()


def _compare(path: Path, written: bytes) -> None:
    """Read a container back, from the disk and not from memory where the system allows it, and compare its hash."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        with contextlib.suppress(AttributeError):  # Linux only
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        for chunk in _chunks(file, size - DIGEST_BYTES):
            whole.update(chunk)
        if not whole.digest() == file.read() == written:
            raise BackupError(
                "De reservekopie is niet goed op de schijf gekomen en is weggehaald. Uw kluis is in orde. "
                "Kies een andere plaats voor de kopie."
            )
