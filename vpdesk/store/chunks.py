"""The database beside that of the vault in which the bytes of attachments lie, as sealed chunks; opened when needed.

Its key comes from the root secret of the vault, which outlives key rotations and restores, so that the file is copied
as it stands. That gives nobody anything: each attachment is sealed with a key of its own, which stands in the vault's
database and goes with its row. What SQLite leaves behind of a chunk here can't be opened any more.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultDamagedError, VaultError
from vpdesk.store import disk, generations, stored
from vpdesk.store.cipher import DatabaseError, connect, in_memory, pragma

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path
    from sqlite3 import Connection

APPLICATION_ID: Final = int.from_bytes(b"vpda", "big")
NAME: Final = "attachments.db"
_SCHEMA: Final = """
CREATE TABLE chunks (
    attachment TEXT NOT NULL,
    position INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (attachment, position)
) STRICT;
"""
DAMAGED: Final = (
    "De bijlagen van deze kluis zijn beschadigd of horen bij een andere kluis. Er is niets veranderd; uw gesprekken en "
    "casussen staan er nog. Zet de nieuwste goede reservekopie terug."
)


class ChunkFile:
    """The chunks of attachments by number and position."""

    def __init__(self, generation: Path, key: Callable[[], bytes]) -> None:
        self.path = generation / NAME
        self._key = key

    @property
    def there(self) -> bool:
        """Whether there is such a database: it is made with the first attachment.

        Raises:
            VaultError: the disk does not tell.
        """
        with disk.sentences(self.path.parent):
            return self.path.exists()

    def write(self, number: str, chunks: Iterable[bytes]) -> None:
        """Write the chunks of one attachment, all or none; what the iterable raises undoes it.

        Raises:
            VaultError: the disk is full, failing or read-only; nothing was written.
        """
        if not self.there:
            self._make()
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")  # whatever is raised closes the connection, which undoes it
            for position, sealed in enumerate(chunks):
                connection.execute(
                    "INSERT INTO chunks (attachment, position, sealed) VALUES (?, ?, ?)",
                    (number, position, sealed),
                )
            connection.execute("COMMIT")

    def read(self, number: str) -> Iterator[bytes]:
        """Return the chunks of one attachment in order, none where it is not there."""
        if not self.there:
            return
        with self._open() as connection:
            for (sealed,) in connection.execute(
                "SELECT sealed FROM chunks WHERE attachment = ? ORDER BY position", (number,)
            ):
                yield bytes(sealed)

    def numbers(self) -> frozenset[str]:
        """Return the numbers of the attachments that have chunks here."""
        if not self.there:
            return frozenset()
        with self._open() as connection:
            return frozenset(str(number) for (number,) in connection.execute("SELECT DISTINCT attachment FROM chunks"))

    def keep_only(self, numbers: Collection[str]) -> None:
        """Remove the chunks of every other attachment, and the file with the last of them.

        Raises:
            VaultError: the disk refuses; what is left can't be opened without the row that went, and goes later.
        """
        gone = self.numbers().difference(numbers)
        if not self.there:
            return
        if not numbers:
            with disk.sentences(self.path.parent):
                self.path.unlink()
                generations.sync_folder(self.path.parent)
            return
        if gone:
            with self._open() as connection:
                for number in sorted(gone):
                    connection.execute("DELETE FROM chunks WHERE attachment = ?", (number,))
                connection.execute("PRAGMA incremental_vacuum").fetchall()

    def sound(self) -> bool:
        """Return whether every page is authentic; True where there is no attachment."""
        if not self.there:
            return True
        try:
            with self._open() as connection:
                return not connection.execute("PRAGMA cipher_integrity_check").fetchall()
        except (VaultError, DatabaseError):
            return False

    def copy_to(self, generation: Path) -> None:
        """Copy the file as it stands into another generation, durably; nothing where there is no attachment.

        Raises:
            OSError: the disk is full or failing.
        """
        if not self.there:
            return
        with self._open():  # what a crash left half done is undone first
            target = generation / NAME
            shutil.copyfile(self.path, target)
            target.chmod(0o600)
        generations.sync_file(target)

    @contextlib.contextmanager
    def _open(self) -> Iterator[Connection]:
        """Open to write, as SQLite does where it can: only then a transaction that a crash cut off is undone."""
        with contextlib.closing(connect(self.path, self._key(), mode="rw")) as connection:
            self._identify(connection)
            _settle(connection)
            yield connection

    def _identify(self, connection: Connection) -> None:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            known = pragma(connection, "application_id") == APPLICATION_ID and stored.schema(connection) == _written()
        except (VaultDamagedError, DatabaseError) as error:
            raise VaultDamagedError(DAMAGED) from error
        if not known:
            raise VaultDamagedError(DAMAGED)

    def _make(self) -> None:
        """Make an empty database beside its place and give it its name when it is whole."""
        beside = self.path.with_name(f".{NAME}.new")
        beside.unlink(missing_ok=True)
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with contextlib.closing(connect(beside, self._key(), mode="rw")) as connection:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _settle(connection)
            connection.executescript(_SCHEMA)
        generations.sync_file(beside)
        beside.replace(self.path)
        generations.sync_folder(self.path.parent)


def _settle(connection: Connection) -> None:
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA secure_delete = ON")


def _written() -> frozenset[tuple[object, ...]]:
    with in_memory() as connection:
        connection.executescript(_SCHEMA)
        return stored.schema(connection)
