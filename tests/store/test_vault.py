"""A vault opens only when it proves to be that vault; whatever else stands there is left byte for byte as it was."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import sqlite3
import threading
from typing import TYPE_CHECKING, BinaryIO

import pytest

from tests.vault_kit import LONG_PHRASE, NOW, PHRASE, SMALL, Made, fingerprint, made, make
from vpdesk.domain.errors import (
    CancelledError,
    VaultBusyError,
    VaultDamagedError,
    VaultError,
    VaultTooNewError,
)
from vpdesk.operations.vaults import open_vault
from vpdesk.store import disk, generations, keyfile, keys, regular, schema, stored, vault
from vpdesk.store.cipher import DatabaseError, IntegrityError
from vpdesk.store.keys import SlotKind
from vpdesk.store.oslock import OsLock
from vpdesk.store.refusals import PAGE_BYTES
from vpdesk.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def opened(kit: Made) -> Vault:
    return open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW)


def raw_key(kit: Made) -> bytes:
    with opened(kit) as open_one:
        return keys.derive(open_one.key, "database")


def test_what_was_written_is_there_again(kit: Made) -> None:
    with opened(kit) as again:
        assert again.settings.get("proef") == "eerste"
        assert again.opened_with is SlotKind.DAILY
        assert not again.read_only
        assert not again.practice
        assert again.folder == kit.folder
        assert again.warnings == ()


def test_nothing_of_it_can_be_read_on_the_disk(kit: Made) -> None:
    everything = b"".join(path.read_bytes() for path in kit.folder.rglob("*") if path.is_file())
    assert b"eerste" not in everything
    assert b"SQLite format 3" not in everything
    assert b"CREATE TABLE" not in everything


def test_files_are_for_this_user_alone(kit: Made) -> None:
    for path in kit.folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def cut(size: int) -> Callable[[bytes], bytes]:
    return lambda content: content[:size]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda _: b"", "leeg"),
        (cut(1), "niet heel"),
        (cut(PAGE_BYTES - 1), "niet heel"),
        (cut(PAGE_BYTES), "beschadigd|niet heel|niet dat van"),
        (cut(3 * PAGE_BYTES), "beschadigd|niet heel"),
        (lambda content: content[:-PAGE_BYTES], "beschadigd|niet heel"),
        (lambda content: content[:-1], "niet heel"),
        (lambda content: content + b"x", "niet heel"),
        (lambda content: content + bytes(PAGE_BYTES), "niet heel"),
        (lambda content: bytes(len(content)), "beschadigd"),
        (lambda content: content[:100] + bytes([content[100] ^ 1]) + content[101:], "beschadigd"),
        (lambda content: b"brief".ljust(len(content)), "beschadigd"),
    ],
)
def test_a_damaged_database_is_refused_and_left_untouched(
    kit: Made, change: Callable[[bytes], bytes], sentence: str
) -> None:
    kit.database.write_bytes(change(kit.database.read_bytes()))
    before = fingerprint(kit.folder)
    with pytest.raises(VaultDamagedError, match=sentence):
        opened(kit)
    assert fingerprint(kit.folder) == before


def test_a_missing_database_is_refused_and_not_made(kit: Made) -> None:
    path = kit.database
    path.unlink()
    with pytest.raises(VaultDamagedError, match="is er niet"):
        opened(kit)
    assert not path.exists()


def test_a_folder_in_its_place_is_refused(kit: Made) -> None:
    kit.database.unlink()
    kit.database.mkdir()
    with pytest.raises(VaultDamagedError, match="niet dat van"):
        opened(kit)


def test_a_foreign_database_in_the_clear_is_refused_and_left_untouched(kit: Made) -> None:
    kit.database.unlink()
    with sqlite3.connect(kit.database) as foreign:
        foreign.execute("CREATE TABLE a (b)")
    foreign.close()
    before = fingerprint(kit.folder)
    with pytest.raises(VaultDamagedError, match="niet dat van"):
        opened(kit)
    assert fingerprint(kit.folder) == before


def test_the_database_of_another_vault_is_refused(kit: Made, tmp_path: Path) -> None:
    shutil.copy(made(tmp_path / "andere").database, kit.database)
    with pytest.raises(VaultDamagedError):
        opened(kit)


@pytest.mark.parametrize("statement", ["PRAGMA application_id = 7", "UPDATE vault SET id = 'x'", "DROP TABLE vault"])
def test_an_identity_is_checked_and_not_assumed(kit: Made, statement: str) -> None:
    """Under the right key too: a zero-byte file, say, opens under any."""
    connection = vault.connect(kit.database, raw_key(kit), mode="rw")
    connection.execute(statement)
    connection.close()
    with pytest.raises(VaultDamagedError, match="niet dat van"):
        opened(kit)


def test_a_practice_mark_that_differs_from_the_keys_is_refused(kit: Made) -> None:
    connection = vault.connect(kit.database, raw_key(kit), mode="rw")
    connection.execute("UPDATE vault SET practice = 1")
    connection.close()
    with pytest.raises(VaultDamagedError, match="niet dat van"):
        opened(kit)


def test_a_newer_vault_is_refused_and_left_untouched(kit: Made) -> None:
    connection = vault.connect(kit.database, raw_key(kit), mode="rw")
    connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    connection.close()
    before = fingerprint(kit.folder)
    with pytest.raises(VaultTooNewError, match="nieuwere vpdesk"):
        opened(kit)
    assert fingerprint(kit.folder) == before


def test_an_unreadable_database_is_refused(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kit.database
    real = regular.open_file

    def no_entry(opened: Path) -> BinaryIO:
        if opened == path:
            raise PermissionError(13, "no")
        return real(opened)

    monkeypatch.setattr(regular, "open_file", no_entry)
    with pytest.raises(VaultDamagedError, match="niet te lezen"):
        opened(kit)


def test_a_database_that_vanishes_after_the_check_is_not_made(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kit.database
    path.unlink()
    monkeypatch.setattr(vault, "check_file", lambda _: None)
    with pytest.raises(VaultDamagedError):
        opened(kit)
    assert not path.exists()


def test_forty_random_bit_flips_are_all_found(kit: Made) -> None:
    """By the first page on opening, or by the check of every page."""
    good = kit.database.read_bytes()
    dice = random.Random(20260120)  # noqa: S311 - the same places every run
    for _ in range(40):
        bad = bytearray(good)
        bad[dice.randrange(len(bad))] ^= 1 << dice.randrange(8)
        kit.database.write_bytes(bad)
        try:
            with opened(kit) as flipped:
                found = not flipped.integrity(full=False)
                assert not flipped.integrity(full=True)
        except VaultDamagedError:
            found = True
        assert found
    kit.database.write_bytes(good)
    with opened(kit) as sound:
        assert sound.integrity(full=False)
        assert sound.integrity(full=True)


def test_a_check_of_a_closed_or_failing_file_says_not_in_order(kit: Made) -> None:
    closed = opened(kit)
    closed.close()
    assert not closed.integrity(full=True)


def test_how_it_is_opened_holds_against_power_cuts_and_leftovers(kit: Made) -> None:
    with opened(kit) as open_one:
        values = {
            name: open_one.connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store", "trusted_schema")
        }
    assert values == {
        "journal_mode": "delete",
        "synchronous": 3,
        "secure_delete": 1,
        "foreign_keys": 1,
        "temp_store": 2,
        "trusted_schema": 0,
    }


def test_a_transaction_is_all_or_nothing_and_counts_once(kit: Made) -> None:
    with opened(kit) as open_one:
        before = open_one.revision
        twice = "INSERT INTO settings (name, value) VALUES ('a', '1'), ('b', '1'), ('a', '2')"
        with pytest.raises(IntegrityError), open_one.transaction():
            open_one.connection.execute(twice)
        assert open_one.settings.get("a") == ""
        assert open_one.revision == before
        with open_one.transaction():
            open_one.settings.put("a", "1")
            open_one.settings.put("b", "2")
        assert open_one.revision == before + 1
        with open_one.transaction():
            open_one.settings.get("a")
        assert open_one.revision == before + 1


def test_a_broken_rule_of_the_schema_stays_a_bug(kit: Made) -> None:
    with opened(kit) as open_one, pytest.raises(IntegrityError), open_one.transaction():
        open_one.connection.execute("INSERT INTO vault (one, id, practice, created, root) VALUES (2, '', 0, '', x'')")


def test_a_full_disk_gives_a_sentence_and_changes_nothing(kit: Made) -> None:
    with opened(kit) as open_one:
        pages = open_one.connection.execute("PRAGMA page_count").fetchone()[0]
        open_one.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(VaultError, match="schijf is vol"), open_one.transaction():
            open_one.settings.put("groot", "x" * 1_000_000)
        assert open_one.settings.get("groot") == ""


def test_another_thread_can_stop_a_statement_that_is_running(kit: Made) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with opened(kit) as open_one:
        running, stopped = threading.Event(), threading.Event()

        def asked() -> bool:
            running.set()
            return stopped.is_set()

        other = threading.Thread(target=lambda: running.wait(20) and stopped.set())
        other.start()

        def write() -> None:
            with open_one.transaction():
                open_one.settings.put("groot", "half")
                open_one.connection.execute(endless).fetchone()

        with open_one.stoppable(asked), pytest.raises(CancelledError, match="Gestopt"):
            write()
        other.join(20)
        assert open_one.settings.get("groot") == ""
        with open_one.transaction():  # and what comes after the block runs
            open_one.settings.put("groot", "heel")


@pytest.mark.parametrize("statement", ["VACUUM", "PRAGMA integrity_check"])
def test_long_statements_of_the_database_itself_stop_too(kit: Made, statement: str) -> None:
    fill = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000)"
        " INSERT INTO search_index (rowid, working_note, report, agreements, next_step)"
        " SELECT 100000 + i, 'zonnebloem' || i, 'pitten ' || i, '', '' FROM n"
    )
    with opened(kit) as open_one:
        with open_one.transaction():
            open_one.connection.execute(fill)
        with open_one.stoppable(lambda: True), pytest.raises(CancelledError):
            open_one.connection.execute(statement).fetchall()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (8, VaultError),
        (5, VaultError),
        (10, VaultError),
        (14, disk.FullError),
        (11, VaultDamagedError),
        (26, VaultDamagedError),
    ],
)
def test_each_failure_of_the_disk_has_its_sentence(code: int, kind: type[VaultError]) -> None:
    error = Exception()
    error.sqlite_errorcode = code  # type: ignore[attr-defined]
    assert type(disk.translated(error)) is kind
    error.sqlite_errorcode = 1  # type: ignore[attr-defined]
    assert disk.translated(error) is None


def test_the_derived_keys_are_secret_stable_and_each_its_own(kit: Made, tmp_path: Path) -> None:
    with opened(kit) as open_one:
        first = open_one.derived_key("report-draw")
        assert first != open_one.derived_key("something else")
    with opened(kit) as again:
        assert again.derived_key("report-draw") == first
    _, other = make(tmp_path / "andere")
    with other:
        assert other.derived_key("report-draw") != first


def test_one_at_a_time(kit: Made) -> None:
    with opened(kit), pytest.raises(VaultBusyError, match="al open"):
        opened(kit)
    opened(kit).close()


def test_closing_twice_is_closing_once_and_forgets_the_key(kit: Made) -> None:
    open_one = opened(kit)
    open_one.close()
    open_one.close()
    assert open_one.key == b""


def test_a_journal_left_by_a_power_cut_is_rolled_back(kit: Made, tmp_path: Path) -> None:
    """The state that a cut leaves: the database half changed, the journal beside it."""
    with opened(kit) as open_one:
        open_one.connection.execute("PRAGMA cache_size = 1")
        open_one.connection.execute("PRAGMA cache_spill = 1")
        open_one.connection.execute("BEGIN IMMEDIATE")
        for number in range(200):
            open_one.settings.put(f"n{number}", "x" * 1000)
        journal = open_one.generation / (generations.DATABASE + "-journal")
        assert journal.stat().st_size > PAGE_BYTES
        shutil.copytree(kit.folder, tmp_path / "na de stroomuitval")
        open_one.connection.execute("ROLLBACK")
    cut_off = Made(tmp_path / "na de stroomuitval", kit.words, kit.keychain)
    with opened(cut_off) as rescued:
        assert rescued.settings.get("proef") == "eerste"
        assert rescued.settings.get("n1") == ""
        assert rescued.integrity(full=True)


def test_migrations_run_one_by_one_after_a_look_at_the_old(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = len(schema.MIGRATIONS)
    more = (*schema.MIGRATIONS, "CREATE TABLE later (a)", "ALTER TABLE later ADD COLUMN b")
    monkeypatch.setattr(vault, "MIGRATIONS", more)
    with opened(kit) as migrated:
        assert migrated.connection.execute("PRAGMA user_version").fetchone()[0] == newest + 2
        assert migrated.connection.execute("SELECT a, b FROM later").fetchall() == []
        assert migrated.settings.get("proef") == "eerste"
    kept = list((kit.folder / "before-update").iterdir())
    assert len(kept) == 1


def test_a_migration_that_fails_leaves_the_old(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE later (a); CREATE TABLE later (a)"))
    with pytest.raises(vault.DatabaseError, match="already exists"):
        opened(kit)
    monkeypatch.undo()
    with opened(kit) as old:
        assert old.connection.execute("PRAGMA user_version").fetchone()[0] == len(schema.MIGRATIONS)
        assert old.connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)


@pytest.fixture
def no_writing(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def read_only(path: Path, flags: int, mode: int = 0o777, **named: int) -> int:
        if str(path).startswith(str(kit.folder)) and flags & (os.O_RDWR | os.O_WRONLY):
            raise PermissionError(13, "read-only")
        return real(path, flags, mode, **named)

    monkeypatch.setattr(os, "open", read_only)


def test_a_folder_that_takes_no_writes_opens_for_reading(kit: Made, no_writing: None) -> None:
    with opened(kit) as open_one:
        assert open_one.read_only
        assert open_one.settings.get("proef") == "eerste"
        with pytest.raises(VaultError, match="niet in de kluis schrijven"), open_one.transaction():
            open_one.settings.put("proef", "tweede")


def test_a_folder_that_takes_no_writes_can_not_be_migrated(
    kit: Made, no_writing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE later (a)"))
    with pytest.raises(VaultError, match="bijgewerkt"):
        opened(kit)


def test_the_key_of_another_vault_opens_nothing(kit: Made) -> None:
    with OsLock(kit.folder / generations.LOCK) as lock, pytest.raises(VaultDamagedError, match="beschadigd"):
        Vault.open(
            generations.current(kit.folder),
            b"x" * 32,
            key_file=keyfile.read(kit.key_file),
            opened_with=SlotKind.RECOVERY,
            lock=lock,
        )


def test_a_disk_that_fills_up_while_making_a_vault_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = vault.connect

    def small(*args: object, **named: object) -> object:
        connection = real(*args, **named)  # type: ignore[arg-type]
        connection.execute("PRAGMA max_page_count = 2")
        return connection

    monkeypatch.setattr(vault, "connect", small)
    with pytest.raises(VaultError, match="schijf is vol"):
        made(tmp_path / "kluis")
    assert not (tmp_path / "kluis").exists()


def test_a_disk_that_fills_up_in_a_long_write_gives_a_sentence_too(kit: Made) -> None:
    with opened(kit) as open_one:
        pages = open_one.connection.execute("PRAGMA page_count").fetchone()[0]
        open_one.connection.execute(f"PRAGMA max_page_count = {pages}")
        rows = [(f"n{number}", "x" * 1000) for number in range(1000)]
        with pytest.raises(VaultError, match="schijf is vol"), open_one.transaction():
            open_one.connection.executemany("INSERT INTO settings (name, value) VALUES (?, ?)", rows)
        assert open_one.settings.get("n1") == ""


def test_a_migration_that_can_not_even_begin_gives_a_sentence(kit: Made) -> None:
    key = raw_key(kit)
    with (
        contextlib.closing(vault.connect(kit.database, key, mode="rw")) as holder,
        contextlib.closing(vault.connect(kit.database, key, mode="rw")) as connection,
    ):
        holder.execute("BEGIN EXCLUSIVE")
        connection.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(VaultError, match="niet in de kluis schrijven"):
            vault.migrate(connection, 1)


def test_without_room_for_a_copy_of_the_old_there_is_no_migration(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE later (a)"))
    (kit.folder / "before-update").write_text("in de weg")
    with pytest.raises(VaultError, match="kan niet schrijven"):
        opened(kit)
    monkeypatch.undo()
    with opened(kit) as old:
        assert old.connection.execute("PRAGMA user_version").fetchone()[0] == len(schema.MIGRATIONS)


def test_what_sqlite_itself_will_not_read_is_another_database(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a file format that comes after this SQLite: an error without a code of its own."""

    def unsupported(_connection: object) -> frozenset[tuple[object, ...]]:
        raise DatabaseError("unsupported file format")

    before = fingerprint(kit.folder)
    with monkeypatch.context() as patch:
        patch.setattr(stored, "schema", unsupported)
        with pytest.raises(VaultDamagedError, match="niet dat van deze kluis"):
            opened(kit)
    assert fingerprint(kit.folder) == before


def test_a_way_in_of_which_neither_file_nor_vault_can_tell_whether_it_counts_is_said_to_be_uncertain(
    kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.EIO, "gone")

    def full(*_: object) -> None:
        raise VaultError("De schijf is vol.")

    with opened(kit) as open_one:
        slot = keys.passphrase_slot(open_one.id, open_one.key, passphrase=LONG_PHRASE, kdf=SMALL)
        monkeypatch.setattr(generations, "replace_durably", fails)
        with pytest.raises(OSError, match="gone"):
            open_one.give_way_in(slot, now=NOW)
        assert slot.id not in {there.id for there in open_one.access.slots()}, "the vault does not know it either"
        there = open_one.key_file.slots[0]
        with pytest.raises(OSError, match="gone"):
            open_one.give_way_in(there, now=NOW)
        assert there.id in {known.id for known in open_one.access.slots()}, "what it knew before, it knows still"
        monkeypatch.setattr(open_one.access, "forget", full)
        with pytest.raises(disk.UnsettledError):
            open_one.give_way_in(slot, now=NOW)
