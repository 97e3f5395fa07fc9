"""A journal that a crash left is tried on a copy first; where that can't be done, nothing is touched."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.casework import a_talk, new_vault
from tests.vault_kit import NOW, Made, fingerprint, made
from vpdesk.domain.errors import VaultDamagedError, VaultError
from vpdesk.operations.vaults import open_vault
from vpdesk.store import generations, journal, space
from vpdesk.store.cipher import connect
from vpdesk.store.oslock import OsLock
from vpdesk.store.refusals import PAGE_BYTES, check_file, longest_journal
from vpdesk.store.search import search_agrees

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    kit = made(tmp_path / "kluis")
    journal.of(kit.database).write_bytes(b"brief" * 1000)
    return kit


def refused(kit: Made) -> str:
    before = fingerprint(kit.folder)
    with pytest.raises(VaultError) as refusal:
        open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW).close()
    assert fingerprint(kit.folder) == before
    return refusal.value.sentence


def test_with_a_file_in_the_way_of_the_copy_nothing_is_opened_or_changed(kit: Made) -> None:
    (kit.folder / generations.WORK).write_bytes(b"in de weg")
    assert "Verplaats" in refused(kit)


@pytest.fixture
def no_copies(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list of what was copied."""
    copied: list[Path] = []
    monkeypatch.setattr("shutil.copyfile", lambda source, _: copied.append(source))
    return copied


@pytest.mark.parametrize("beyond", [1, 10 * 10**9])
def test_a_journal_longer_than_any_of_this_database_is_refused_unread(
    kit: Made, beyond: int, no_copies: list[Path]
) -> None:
    size = kit.database.stat().st_size
    with journal.of(kit.database).open("r+b") as file:
        file.truncate(longest_journal(size) + beyond)  # sparse, so it takes no room
    with pytest.raises(VaultDamagedError, match="er niet bij past"):
        open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW)
    assert not no_copies
    assert journal.of(kit.database).stat().st_size == longest_journal(size) + beyond


def test_the_longest_journal_that_sqlite_writes_is_tried(tmp_path: Path) -> None:
    """Every page changes, and with a cache of one page the journal gets a header as often as it can."""
    with new_vault(tmp_path / "kluis") as vault:
        connection, path = vault.connection, vault.generation / generations.DATABASE
        with vault.transaction():
            connection.executemany(
                "INSERT INTO settings (name, value) VALUES (?, ?)", [(f"p{n}", "x" * 3000) for n in range(400)]
            )
        connection.execute("PRAGMA cache_size = 1")
        size = path.stat().st_size
        connection.execute("BEGIN IMMEDIATE")
        for number in range(400):
            connection.execute("UPDATE settings SET value = ? WHERE name = ?", ("y" * 3000, f"p{number}"))
        written = journal.of(path).stat().st_size
        check_file(path)
        connection.execute("ROLLBACK")
    assert size > 400 * PAGE_BYTES
    assert 400 * PAGE_BYTES < written <= longest_journal(size) - 1024 * 1024


def test_room_for_the_copies_is_asked_first(kit: Made, monkeypatch: pytest.MonkeyPatch, no_copies: list[Path]) -> None:
    needed = kit.database.stat().st_size + journal.of(kit.database).stat().st_size
    monkeypatch.setattr(space, "free", lambda _: needed + space.MARGIN - 1)
    assert "Maak ruimte vrij" in refused(kit)
    assert not no_copies


def test_where_nothing_may_be_written_it_says_so(kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    real = OsLock.__init__

    def read_only(self: OsLock, path: Path) -> None:
        real(self, path)
        self.writable = False

    monkeypatch.setattr(OsLock, "__init__", read_only)
    assert "mag hier niet schrijven" in refused(kit)


def test_a_search_index_that_says_something_else_is_found_by_the_full_check(tmp_path: Path) -> None:
    with new_vault(tmp_path / "kluis") as vault:
        talk = a_talk(vault, working_note="een kanarie")
        assert vault.integrity(full=True)
        changed = "UPDATE conversation_texts SET working_note = 'iets anders' WHERE conversation = ?"
        vault.connection.execute(changed, (talk.id,))
        assert vault.integrity(full=False)
        assert not vault.integrity(full=True)


def test_a_schema_from_before_the_search_index_has_nothing_to_compare(tmp_path: Path) -> None:
    path = tmp_path / "oud.db"
    path.touch()
    with contextlib.closing(connect(path, bytes(32), mode="rw")) as connection:
        assert search_agrees(connection)
