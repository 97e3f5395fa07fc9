"""An open vault: its database is checked to be that of the vault, and owned by the thread that opened it."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Final, Self

from vpdesk.domain.errors import VaultDamagedError, VaultError, VaultTooNewError
from vpdesk.store import disk, generations, keys, stored, traces
from vpdesk.store.access import AccessStore
from vpdesk.store.aftermath import AftercareStore, DetrimentStore
from vpdesk.store.attachments import AttachmentStore
from vpdesk.store.call_backs import CallBackStore
from vpdesk.store.cases import CaseStore
from vpdesk.store.cipher import DatabaseError, connect, in_memory, pragma
from vpdesk.store.clients import ClientStore
from vpdesk.store.conversations import ConversationStore
from vpdesk.store.directory import DirectoryStore
from vpdesk.store.disk import translated
from vpdesk.store.drafts import DraftStore
from vpdesk.store.earlier import EarlierStore
from vpdesk.store.findings import FindingStore
from vpdesk.store.generations import TOO_NEW
from vpdesk.store.guided import GuidedStore
from vpdesk.store.handovers import HandoverStore
from vpdesk.store.keyfile import encode, read
from vpdesk.store.ledger import LedgerStore
from vpdesk.store.matters import ConflictStore, MatterStore
from vpdesk.store.meldingen import MeldingStore, RelayStore
from vpdesk.store.people import PeopleStore
from vpdesk.store.refusals import CUT_SHORT, FOREIGN, HELD, PAGE_BYTES, READ_ONLY, UNREADABLE, check_file
from vpdesk.store.reminders import ReminderStore
from vpdesk.store.retention import RetentionStore
from vpdesk.store.schema import MIGRATIONS
from vpdesk.store.search import SearchIndex, search_agrees
from vpdesk.store.settings import SettingStore
from vpdesk.store.steps import StepStore
from vpdesk.store.wishes import WishStore
from vpdesk.store.worklog import WorklogStore
from vpdesk.store.written import WrittenStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path
    from sqlite3 import Connection as Connection  # noqa: PLC0414 - sqlcipher3 ships no types; its connection looks so

    from vpdesk.store.keyfile import KeyFile
    from vpdesk.store.keys import Slot, SlotKind
    from vpdesk.store.oslock import OsLock

APPLICATION_ID: Final = int.from_bytes(b"vpdk", "big")


@functools.cache
def _written(version: int) -> frozenset[tuple[object, ...]]:
    with in_memory() as connection:
        connection.executescript(";".join(MIGRATIONS[:version]))
        return stored.schema(connection)


def identify(connection: Connection, path: Path, vault_id: str) -> int:
    """Read first, then check that this is the database of that vault; return its schema version. Changes nothing.

    Raises:
        VaultDamagedError: it can't be read with this key, is another database, or has another length than it says.
        VaultTooNewError: a later vpdesk wrote it.
    """
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not pragma(connection, "cipher_version") or pragma(connection, "application_id") != APPLICATION_ID:
            raise VaultDamagedError(FOREIGN)
        version = int(pragma(connection, "user_version"))
        if version > len(MIGRATIONS):
            raise VaultTooNewError(TOO_NEW)
        if version < 1 or stored.schema(connection) != _written(version):
            raise VaultDamagedError(FOREIGN)
        if not stored.is_sound(connection, vault_id):
            raise VaultDamagedError(FOREIGN)
        beyond = path.stat().st_size - int(pragma(connection, "page_count")) * PAGE_BYTES
        if beyond and not (beyond > 0 and traces.unfinished(connection)):
            raise VaultDamagedError(CUT_SHORT)
    except DatabaseError as error:  # such as: no table of that name
        raise VaultDamagedError(FOREIGN) from error
    return version


def integrity(connection: Connection, *, full: bool) -> bool:
    """Return whether every page is authentic and, when `full`, whether SQLite's own structure holds too."""
    try:
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            return False
        return not full or (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and not connection.execute("PRAGMA foreign_key_check").fetchall()
        )
    except (VaultError, DatabaseError):
        return False


def migrate(connection: Connection, version: int) -> None:
    """Bring the schema from a version to the newest, each step in a transaction of its own."""
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        count = "UPDATE vault SET revision = revision + 1" if number > 1 else ""  # as every transaction does
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {count}; {script}; PRAGMA user_version = {number}; COMMIT;")
        except DatabaseError as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise translated(error) or error from error


def _settle(connection: Connection) -> None:
    """Set what holds per connection: durable, nothing left behind in free pages, references checked."""
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")


def create_database(
    generation: Path, vault_key: bytes, *, vault_id: str, practice: bool, now: datetime, root: bytes
) -> None:
    """Make the database of a new vault, durable on return; `root` is the 32-byte secret behind `derived_key`."""
    path = generation / generations.DATABASE
    path.touch(mode=0o600, exist_ok=False)
    with contextlib.closing(connect(path, keys.derive(vault_key, "database"), mode="rw")) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _settle(connection)
        migrate(connection, 0)
        connection.execute(
            "INSERT INTO vault (one, id, practice, created, root) VALUES (1, ?, ?, ?, ?)",
            (vault_id, practice, now.isoformat(), root),
        )
    generations.sync_file(path)


class Vault:
    """An open vault; the thread that opened it owns it."""

    def __init__(
        self, generation: Path, connection: Connection, *, key_file: KeyFile, vault_key: bytes, opened_with: SlotKind
    ) -> None:
        """Take over a connection that `open` has checked."""
        self.folder = generation.parent
        self.opened_with = opened_with
        self.read_only = False
        self.held = False  # two generations may count; the next opening settles it
        self.counted_at = 0  # the revision when it opened, or when the keyring was told later
        self.warnings: tuple[str, ...] = ()
        self.announcements: tuple[str, ...] = ()  # said at every opening until the owner acknowledges them
        self._lock: OsLock | None = None
        self._on_close: Callable[[], None] | None = None
        self._take(generation, connection, key_file, vault_key)

    def _take(self, generation: Path, connection: Connection, key_file: KeyFile, vault_key: bytes) -> None:
        self.generation = generation
        self.key_file = key_file
        self.connection = connection
        self.key = vault_key
        self.access = AccessStore(connection)
        self.clients = ClientStore(connection)
        self.cases = CaseStore(connection)
        self.conversations = ConversationStore(connection)
        self.reminders = ReminderStore(connection)
        self.worklog = WorklogStore(connection)
        self.steps = StepStore(connection)
        self.wishes = WishStore(connection)
        self.guided = GuidedStore(connection)
        self.directory = DirectoryStore(connection)
        self.drafts = DraftStore(connection)
        self.settings = SettingStore(connection)
        self.ledger = LedgerStore(connection)
        self.findings = FindingStore(connection)
        self.search = SearchIndex(connection)
        self.written = WrittenStore(connection)
        self.people = PeopleStore(connection)
        self.matters = MatterStore(connection)
        self.conflicts = ConflictStore(connection)
        self.meldingen = MeldingStore(connection)
        self.relay = RelayStore(connection)
        self.detriments = DetrimentStore(connection)
        self.aftercare = AftercareStore(connection)
        self.retention = RetentionStore(connection)
        self.earlier = EarlierStore(connection)
        self.attachments = AttachmentStore(connection, generation, lambda: self.derived_key("attachments"))
        self.call_backs = CallBackStore(connection)
        self.handovers = HandoverStore(connection)

    @classmethod
    def open(
        cls,
        generation: Path,
        vault_key: bytes,
        *,
        key_file: KeyFile,
        opened_with: SlotKind,
        lock: OsLock,
        before_migration: Callable[[Vault], object] | None = None,
    ) -> Self:
        """Open a generation with its key; takes over the lock when it succeeds.

        `before_migration` gets the vault in its old schema, to make a backup; it runs only where there is a migration.

        Raises:
            VaultDamagedError, VaultTooNewError: refused, and left untouched byte for byte.
            VaultError: the disk or the rights of this user do not allow it now; idem.
        """
        with disk.sentences(generation.parent, refused=disk.NOT_READABLE):
            path = generation / generations.DATABASE
            check_file(path)
            raw_key = keys.derive(vault_key, "database")
            writable = lock.writable and generations.takes_writes(generation)
            crashed = path.with_name(path.name + "-journal")
            if crashed.exists() and (writable or crashed.stat().st_size):  # an empty one holds nothing to play
                from vpdesk.store import journal  # noqa: PLC0415 - only after a crash

                if not writable:
                    raise VaultError(journal.NOT_HERE)
                journal.rehearse(path, raw_key, key_file.vault_id)
            try:
                connection = connect(path, raw_key, mode="rw" if writable else "ro")
            except VaultError as error:
                raise VaultDamagedError(UNREADABLE) from error
            try:
                version = identify(connection, path, key_file.vault_id)
                if writable:
                    with contextlib.suppress(OSError):  # that reading played it back, or it holds nothing to play
                        crashed.unlink(missing_ok=True)
                vault = cls(generation, connection, key_file=key_file, vault_key=vault_key, opened_with=opened_with)
                vault.read_only = not writable
                vault._make_ready(version, before_migration)
                vault.counted_at = vault.revision
            except BaseException:
                connection.close()
                raise
            vault._lock = lock
            return vault

    def _make_ready(self, version: int, before_migration: Callable[[Vault], object] | None) -> None:
        practice = self.connection.execute("SELECT practice FROM vault").fetchone()[0]
        if bool(practice) != self.practice:
            raise VaultDamagedError(FOREIGN)
        if self.read_only:
            if version < len(MIGRATIONS):
                raise VaultError(
                    "Deze kluis moet eerst worden bijgewerkt, en vpdesk mag hier niet schrijven. "
                    "Er is niets veranderd. Kijk of de map van u is en of de schijf niet op slot staat."
                )
            self.connection.execute("PRAGMA query_only = ON")
            self.warnings += (READ_ONLY,)
            return
        _settle(self.connection)
        if version < len(MIGRATIONS):
            if before_migration is not None:
                before_migration(self)
            migrate(self.connection, version)
        if traces.unfinished(self.connection):
            with contextlib.suppress(VaultError):  # as on a full disk: the vault is whole, and the next opening tries
                traces.rewrite_pages(self.connection)

    def opened_elsewhere(self, generation: Path, lock: OsLock) -> Vault:
        """Open another generation that has the key of this one, such as its copy in another folder."""
        key_file = read(generation / generations.KEYS)
        return Vault.open(generation, self.key, key_file=key_file, opened_with=self.opened_with, lock=lock)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT, or ROLLBACK when anything is raised; not nested.

        Raises:
            VaultError: the disk is full, failing or read-only, or the vault is held; nothing was changed.
                CancelledError: it was `stoppable`, and stopped; nothing was changed.
        """
        self.refuse_held()
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            for step in (1, -1):  # there and back, so that any journal holds the revision: `journal.rehearse` asks
                connection.execute("UPDATE vault SET revision = revision + ?", (step,))
            before = connection.total_changes
            yield
            if connection.total_changes == before:
                connection.execute("ROLLBACK")
                return
            connection.execute("UPDATE vault SET revision = revision + 1")
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            sentence = translated(error) if isinstance(error, DatabaseError) else None
            if sentence is None:
                raise
            raise sentence from error

    @property
    def id(self) -> str:
        """Return the id of the vault, which its restored copies share."""
        return self.key_file.vault_id

    @property
    def practice(self) -> bool:
        """Return whether this is a practice vault."""
        return self.key_file.practice

    @property
    def revision(self) -> int:
        """Return the number of transactions that ever changed this vault; it never goes back."""
        return int(self.connection.execute("SELECT revision FROM vault").fetchone()[0])

    @property
    def backups_made(self) -> int:
        """Return the number of the last backup of this vault."""
        return int(self.connection.execute("SELECT backup_sequence FROM vault").fetchone()[0])

    def note_backup(self, sequence: int) -> None:
        """Note that a backup with this number exists. Within a transaction."""
        self.connection.execute("UPDATE vault SET backup_sequence = max(backup_sequence, ?)", (sequence,))

    def derived_key(self, label: str) -> bytes:
        """Return 32 secret bytes for a purpose, the same for as long as the vault lives, restored ones included."""
        root = self.connection.execute("SELECT root FROM vault").fetchone()[0]
        return keys.derive(bytes(root), label)

    def key_for(self, label: str, *, salt: bytes) -> bytes:
        """Return 32 bytes derived from the vault key itself: what opens backups."""
        return keys.derive(self.key, label, salt=salt)

    def give_way_in(self, slot: Slot, *, now: datetime, marks: bytes | None = None) -> None:
        """Put a slot in the key file, in the place of one of its kind, under the key that the vault has.

        The vault knows the slot before the key file holds it, so that an end in between leaves no stranger there.

        Raises:
            UnsettledError: the slot may count now, or will from the next opening on.
            VaultError, OSError: nothing was changed.
        """
        known = any(there.id == slot.id for there in self.access.slots())
        with self.transaction():
            self.access.add(slot, now, marks=marks)
        key_file = self.key_file.with_slot(slot)
        try:
            generations.replace_durably(self.generation / generations.KEYS, encode(key_file))
        except disk.UnsettledError:
            self.key_file = key_file
            raise
        except OSError as error:
            if not known:
                self._forget_slot(slot, now, error)
            raise
        self.key_file = key_file

    def _forget_slot(self, slot: Slot, made: datetime, error: OSError) -> None:
        try:
            with self.transaction():
                self.access.forget(slot, made)
        except VaultError:
            raise disk.UnsettledError(str(error)) from error

    def successor(self, generation: Path, vault_key: bytes, key_file: KeyFile) -> Self:
        """Return this vault in its next generation, checked; both hold the one lock."""
        lock = self._lock
        assert lock is not None, "a closed vault has no successor"  # noqa: S101 - a bug of the caller
        return type(self).open(generation, vault_key, key_file=key_file, opened_with=self.opened_with, lock=lock)

    def become(self, successor: Vault) -> None:
        """Go on in the next generation; the connection to this one is closed."""
        self.connection.close()
        self._take(successor.generation, successor.connection, successor.key_file, successor.key)

    def hold(self) -> None:
        """Take no more writes until the vault is opened anew."""
        self.connection.execute("PRAGMA query_only = ON")
        self.read_only = self.held = True

    def refuse_held(self) -> None:
        """Raise VaultError, which says what to do, where the vault takes no more writes until it is opened anew."""
        if self.held:
            raise VaultError(HELD)

    def integrity(self, *, full: bool) -> bool:
        """Return whether every page is authentic and, when `full`, whether structure, index and attachments hold."""
        sound = integrity(self.connection, full=full)
        return sound and (
            not full or ((self.read_only or search_agrees(self.connection)) and self.attachments.file.sound())
        )

    @contextlib.contextmanager
    def stoppable(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Within the block statements raise CancelledError once `stopped` holds, those that are running too."""
        self.connection.set_progress_handler(stopped, 2_000)  # steps of SQLite, less than a millisecond
        try:
            yield
        finally:
            self.connection.set_progress_handler(None, 0)

    def on_close(self, tell: Callable[[], None]) -> None:
        """Have something done when the vault closes, after the last change."""
        self._on_close = tell

    def close(self) -> None:
        """Close the database and let go of the lock; a second time does nothing."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        try:
            if self._on_close is not None:
                self._on_close()
        finally:
            self.connection.close()
            self.key = b""
            lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
