"""Copies the database of a vault under a key of its own, checks the copy by opening it, and puts it in a container."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import secrets
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import BackupError, VaultDamagedError, VaultError
from vpdesk.store import container, disk, generations, keys, space
from vpdesk.store.cipher import DatabaseError, connect
from vpdesk.store.container import Header
from vpdesk.store.disk import translated
from vpdesk.store.keys import SlotKind
from vpdesk.store.vault import identify, integrity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path
    from sqlite3 import Connection

    from vpdesk.store.vault import Vault

    Progress = Callable[[int, int], None]  # pages done, pages in all; an exception from it cancels

PAGES_A_STEP: Final = 256
DATABASE_LABEL: Final = "backup database"
MAC_LABEL: Final = "backup mac"
BEFORE_UPDATE: Final = "before-update"
KEPT_BEFORE_UPDATE: Final = 2
VAULT_DAMAGED: Final = (
    "De kluis is beschadigd, dus is er geen reservekopie gemaakt. Eerdere kopieën blijven staan. "
    "Zet de nieuwste goede terug; de kluis van nu blijft bewaard."
)


def file_name(now: datetime, folder: Path, suffix: str = container.SUFFIX) -> Path:
    """Return a path for a new backup, telling nothing but product and time, that does not exist yet."""
    stem = f"vpdesk-{now:%Y-%m-%d-%H%M%S}"
    names = (f"{stem}{number}{suffix}" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(folder / name for name in names if not (folder / name).exists())


def copy_database(source: Connection, target: Path, raw_key: bytes, progress: Progress | None = None) -> None:
    """Copy a database under another key into a new file, not yet durable; an exception from `progress` cancels."""
    target.touch(mode=0o600, exist_ok=False)

    def told(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    try:
        with contextlib.closing(connect(target, raw_key, mode="rw")) as copy:
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy, pages=PAGES_A_STEP, progress=told)
    except DatabaseError as error:
        raise translated(error) or error from error


def check_database(path: Path, raw_key: bytes, vault_id: str, *, full: bool) -> None:
    """Open a copy and check that it is this vault's and that every page is authentic; `full` checks structure too.

    Raises:
        BackupError: it is not.
        VaultTooNewError: it has a schema of a later vpdesk.
    """
    try:
        with contextlib.closing(connect(path, raw_key, mode="ro")) as connection:
            identify(connection, path, vault_id)
            sound = integrity(connection, full=full)
    except (VaultDamagedError, DatabaseError):
        sound = False
    if not sound:
        raise BackupError(container.DAMAGED)


def takes_no_writes(vault: Vault) -> bool:
    """Return whether the vault can only be read, or its disk has turned read-only since it was opened."""
    return vault.read_only or not generations.takes_writes(vault.generation)


def workroom(vault: Vault) -> Path | None:
    """Return the folder on whose disk a copy is made ready: that of the vault, or a temporary one if it can't be.

    None where there is no such folder on this laptop at all.
    """
    if not takes_no_writes(vault) and os.access(vault.folder, os.W_OK | os.X_OK):
        return vault.folder
    return space.temporary_folder()


def refuse_unread_pages(vault: Vault) -> None:
    """Refuse a copy during which a page of the vault did not prove authentic.

    SQLCipher hands the backup API an empty page then, which the copy would hold as if it were genuine. The only trace
    is that the connection takes no more writes; a test flips a bit in every page to hold this. Where nothing can be
    written anyway, every page of the vault is read once more instead.
    """
    if takes_no_writes(vault):
        if not vault.integrity(full=False):
            raise VaultDamagedError(VAULT_DAMAGED)
        return
    try:
        vault.connection.execute("BEGIN IMMEDIATE")
        vault.connection.execute("UPDATE vault SET backup_sequence = backup_sequence")
    except disk.FullError:
        raise
    except VaultError as error:
        raise VaultDamagedError(VAULT_DAMAGED) from error
    finally:
        if vault.connection.in_transaction:
            vault.connection.execute("ROLLBACK")


class Prepared:
    """A checked, encrypted copy of the vault in its work folder, to be put in one or more places, then dropped."""

    def __init__(
        self,
        vault: Vault,
        now: datetime,
        progress: Progress | None = None,
        *,
        full_check: bool = False,
        room: Path | None = None,
    ) -> None:
        """Copy and check, in the vault's own folder or in `room`.

        Nothing is written in the vault: whoever puts the copy somewhere notes its number there.
        """
        slot = vault.key_file.slot(SlotKind.RECOVERY) or vault.key_file.slot(SlotKind.PRACTICE)
        if slot is None:
            raise BackupError("Deze kluis heeft geen herstelwoorden, dus zou geen kopie weer open kunnen.")
        salt = secrets.token_bytes(keys.KEY_BYTES)
        raw_key = vault.key_for(DATABASE_LABEL, salt=salt)
        self.full_check = full_check
        self._mac_key = vault.key_for(MAC_LABEL, salt=salt)
        room = room or vault.folder
        self._work = room / generations.WORK if room == vault.folder else room / f"vpdesk-{secrets.token_hex(8)}"
        self._payload = self._work / f"{secrets.token_hex(8)}.db"
        self._work.mkdir(mode=0o700, exist_ok=room == vault.folder)
        try:
            copy_database(vault.connection, self._payload, raw_key, progress)
            refuse_unread_pages(vault)
            check_database(self._payload, raw_key, vault.id, full=full_check)
            with self._payload.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").digest()
        except BaseException:
            self.drop()
            raise
        self.header = Header(
            vault_id=vault.id,
            sequence=vault.backups_made + 1,
            made=now.replace(microsecond=0),
            salt=salt,
            payload_bytes=self._payload.stat().st_size,
            payload_sha256=digest,
            slot=slot,
            key_check=key_check(vault.key, salt),
        )

    def put(self, folder: Path) -> Path:
        """Write the container in a folder; OSError or BackupError when that fails, and nothing is left."""
        for left in folder.glob(f".vpdesk-*{container.SUFFIX}.part"):
            left.unlink()
        path = file_name(self.header.made, folder)
        container.write(path, self.header, self._payload, self._mac_key)
        return path

    def drop(self) -> None:
        """Remove the copy from the work folder; what the disk keeps there goes with the next opening."""
        with contextlib.suppress(OSError):
            self._payload.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # another copy may still stand there
            self._work.rmdir()


def before_migration(vault: Vault, *, now: datetime) -> Path:
    """Back up a vault in its old schema beside its generations, keeping the newest two; return the file."""
    folder = vault.folder / BEFORE_UPDATE
    generations.make_folder(folder)
    prepared = Prepared(vault, now)
    try:
        path = prepared.put(folder)
    finally:
        prepared.drop()
    for old in sorted(folder.glob(f"*{container.SUFFIX}"))[:-KEPT_BEFORE_UPDATE]:
        old.unlink()
    return path


def mac_key(vault_key: bytes, header: Header) -> bytes:
    """Return the key under which a container is authentic, from the vault key that its slot wraps."""
    return keys.derive(vault_key, MAC_LABEL, salt=header.salt)


def database_key(vault_key: bytes, header: Header) -> bytes:
    """Return the raw key of the payload, from the vault key that the slot wraps."""
    return keys.derive(vault_key, DATABASE_LABEL, salt=header.salt)


def key_check(vault_key: bytes, salt: bytes) -> bytes:
    """Return 16 bytes that tell which vault key made a backup, to whoever has that key."""
    return keys.derive(vault_key, "backup key check", salt=salt)[: container.KEY_CHECK_BYTES]


def fitting_keys(header: Header, vault_keys: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the vault keys that can have made a backup: one or none, or all of them for a backup of vpdesk 0.1."""
    return tuple(
        key for key in vault_keys if header.key_check is None or key_check(key, header.salt) == header.key_check
    )


def key_that_made(path: Path, header: Header, vault_keys: Iterable[bytes]) -> bytes | None:
    """Return the one of these keys that made a backup, None when it is none of them; the MAC is still to be checked.

    Only for a backup of vpdesk 0.1 the file is read to find out.
    """
    for key in fitting_keys(header, vault_keys):
        if header.key_check is not None:
            return key
        with contextlib.suppress(BackupError):
            container.check(path, mac_key=functools.partial(mac_key, key))
            return key
    return None
