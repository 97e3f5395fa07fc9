"""Attachments: what is known of each in the vault's database, its bytes sealed chunk by chunk in the one beside it."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vpdesk.domain.attachments import LARGEST, TOO_LARGE, Attachment, LeftOver
from vpdesk.domain.errors import InvalidValueError, NotFoundError, VaultDamagedError, VaultError
from vpdesk.domain.ids import AttachmentId, CaseId
from vpdesk.store.chunks import ChunkFile
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from vpdesk.store.vault import Connection

CHUNK_BYTES: Final = 256 * 1024
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12  # a counter: no key seals more than one attachment
NOT_READ: Final = (
    "vpdesk kan dit bestand niet lezen. Er is niets bewaard. Kijk of het er nog is en of het een gewoon bestand is."
)
BROKEN: Final = (
    "Deze bijlage is beschadigd of staat niet in deze kluis, zoals na het terugzetten van een kopie zonder bijlagen. "
    "Er is niets veranderd. Zet zo nodig een andere reservekopie terug."
)


class Sealing:
    """A file on its way in: gives its chunks sealed, and knows size and hash when they are through."""

    def __init__(self, number: AttachmentId, file: BinaryIO, tell: Callable[[int], object]) -> None:
        self.number = number
        self.key = secrets.token_bytes(_KEY_BYTES)
        self.size = 0
        self._file = file
        self._tell = tell
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The hash of what went through."""
        return self._hash.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """Return the sealed chunks; raises InvalidValueError when the file can't be read on or turns out too large."""
        aead = AESGCM(self.key)
        position = 0
        while chunk := self._read():
            self.size += len(chunk)
            if self.size > LARGEST:
                raise InvalidValueError(TOO_LARGE)
            self._hash.update(chunk)
            yield aead.encrypt(_nonce(position), chunk, _bound(self.number, position))
            position += 1
            self._tell(self.size)

    def _read(self) -> bytes:
        try:
            return self._file.read(CHUNK_BYTES)
        except OSError as error:
            raise InvalidValueError(NOT_READ) from error


class AttachmentStore:
    """Attachments by number and by case."""

    def __init__(self, connection: Connection, generation: Path, key: Callable[[], bytes]) -> None:
        self._connection = connection
        self.file = ChunkFile(generation, key)

    def put_in(self, sealing: Sealing) -> None:
        """Write the bytes of a new attachment; until `add` nothing knows of them, and `sweep` takes them away."""
        self.file.write(sealing.number, sealing.chunks())

    def add(self, attachment: Attachment, key: bytes) -> None:
        """Write what is known of an attachment. Within a transaction."""
        self._connection.execute(
            """
            INSERT INTO attachments (id, case_id, name, size, sha256, stored, reason, key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                attachment.id,
                attachment.case,
                attachment.name,
                attachment.size,
                attachment.sha256,
                attachment.stored.isoformat(),
                attachment.reason,
                key,
            ),
        )

    @understood()
    def get(self, number: AttachmentId) -> Attachment:
        """Return an attachment; raises NotFoundError."""
        row = self._connection.execute(
            "SELECT id, case_id, name, size, sha256, stored, reason FROM attachments WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            raise NotFoundError("Deze bijlage staat niet in de kluis.")
        return _attachment(row)

    @understood()
    def of_case(self, case: CaseId) -> tuple[Attachment, ...]:
        """Return the attachments of a case in the order in which they were stored."""
        rows = self._connection.execute(
            "SELECT id, case_id, name, size, sha256, stored, reason FROM attachments WHERE case_id = ?"
            " ORDER BY stored, name, id",
            (case,),
        )
        return tuple(_attachment(row) for row in rows)

    @understood()
    def left_over(self, limit: int) -> tuple[LeftOver, ...]:
        """Return the closed cases with attachments on which no hold lies, the longest closed or let go of first."""
        rows = self._connection.execute(
            """
            SELECT c.id, c.code, c.pseudonym, o.name,
                   max(c.closed, coalesce((SELECT max(h.lifted) FROM holds AS h WHERE h.case_id = c.id), '')) AS since,
                   count(*)
            FROM attachments AS a JOIN cases AS c ON c.id = a.case_id JOIN clients AS o ON o.id = c.client
            WHERE c.closed IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM holds AS h WHERE h.case_id = c.id AND h.lifted IS NULL)
            GROUP BY c.id ORDER BY since, c.id LIMIT ?
            """,
            (limit,),
        )
        return tuple(
            LeftOver(CaseId(case), code, pseudonym, client, date.fromisoformat(since), count)
            for case, code, pseudonym, client, since, count in rows
        )

    def numbers(self) -> frozenset[str]:
        """Return the numbers of all attachments."""
        return frozenset(str(number) for (number,) in self._connection.execute("SELECT id FROM attachments"))

    def lacking(self) -> int:
        """Return how many attachments have no bytes here, as after a copy without them was put back."""
        there = self.numbers()
        return len(there - self.file.numbers()) if there else 0

    def drop(self, number: AttachmentId) -> None:
        """Remove what is known of an attachment, its key too: from here on nobody can open its bytes."""
        self._connection.execute("DELETE FROM attachments WHERE id = ?", (number,))

    def drop_of(self, case: CaseId) -> None:
        """Remove what is known of the attachments of a case."""
        self._connection.execute("DELETE FROM attachments WHERE case_id = ?", (case,))

    def opens(self, number: AttachmentId) -> bool:
        """Return whether every byte of an attachment is there as it was stored; reads all of it."""
        try:
            for _ in self.content(self.get(number)):
                pass
        except VaultError:
            return False
        return True

    def sweep(self) -> None:
        """Remove the bytes of attachments of which nothing is known; what the disk refuses now goes another time."""
        with suppress(VaultError):
            self.file.keep_only(self.numbers())

    def content(self, attachment: Attachment) -> Iterator[bytes]:
        """Return the bytes of an attachment chunk by chunk.

        Raises:
            VaultDamagedError: something is missing or changed, known at the latest after the last chunk.
        """
        with understood():
            (key,) = self._connection.execute("SELECT key FROM attachments WHERE id = ?", (attachment.id,)).fetchone()
            aead = AESGCM(bytes(key))
        whole, size = hashlib.sha256(), 0
        for position, sealed in enumerate(self.file.read(attachment.id)):
            try:
                chunk = aead.decrypt(_nonce(position), sealed, _bound(attachment.id, position))
            except InvalidTag:
                raise VaultDamagedError(BROKEN) from None
            size += len(chunk)
            whole.update(chunk)
            yield chunk
        if (size, whole.hexdigest()) != (attachment.size, attachment.sha256):
            raise VaultDamagedError(BROKEN)


def new_number() -> AttachmentId:
    """Return a number for a new attachment; random, so that it counts nothing."""
    return AttachmentId(secrets.token_hex(16))


def _nonce(position: int) -> bytes:
    return position.to_bytes(_NONCE_BYTES, "big")


def _bound(number: str, position: int) -> bytes:
    return f"vpdesk attachment {number} {position}".encode()


def _attachment(row: Sequence[Any]) -> Attachment:
    number, case, name, size, sha256, stored, reason = row
    return Attachment(AttachmentId(number), CaseId(case), name, size, sha256, date.fromisoformat(stored), reason)
