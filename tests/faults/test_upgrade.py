"""Bringing a vault up to date: a copy first that opens, then each migration whole or not at all, wherever it is killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from typing import TYPE_CHECKING, Any

import pytest

from tests.golden.reading import GOLDEN, behind_the_door, holds, version_of
from tests.vault_kit import NOW, fingerprint
from vpdesk.domain.errors import BackupError, VaultTooNewError
from vpdesk.operations import backups, vaults
from vpdesk.store import backup
from vpdesk.store import vault as store
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from sqlite3 import Connection

    from vpdesk.store.vault import Vault

NEWEST = len(MIGRATIONS)
OLDER = range(1, NEWEST)
LATEST = 5
"""So many of the newest are killed in the quick series, and the oldest, which goes through all of them."""

FEW = [pytest.param(n, marks=[pytest.mark.long] if 1 < n < NEWEST - LATEST else []) for n in OLDER]
QUICK = 9  # every so many statements in the quick series, and the last ones


def opened(folder: Path) -> Vault:
    return vaults.open_vault(folder, keychain=MemoryKeychain(), now=NOW)


@pytest.fixture
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the golden vault of a version."""
    shutil.copytree(GOLDEN / str(request.param), tmp_path / "kluis")
    return tmp_path / "kluis"


@pytest.mark.parametrize("golden", [NEWEST], indirect=True)
def test_a_vault_of_a_later_vpdesk_is_refused_untouched(golden: Path) -> None:
    with behind_the_door(golden) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    before = fingerprint(golden)
    with pytest.raises(VaultTooNewError, match="Werk vpdesk bij"):
        opened(golden)
    assert fingerprint(golden) == before


@pytest.mark.parametrize("golden", [NEWEST], indirect=True)
def test_a_backup_of_a_later_vpdesk_is_refused_and_nothing_is_made(
    golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE later (a)"))
    store._written.cache_clear()
    with opened(golden) as vault:
        copy = backups.make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    monkeypatch.undo()
    store._written.cache_clear()
    with pytest.raises((VaultTooNewError, BackupError), match="Werk vpdesk bij"):
        backups.restore_backup(copy, folder=tmp_path / "nieuw", keychain=MemoryKeychain(), now=NOW)
    assert not vaults.describe(tmp_path / "nieuw").exists


def the_copy(folder: Path) -> Path:
    (copy,) = (folder / backup.BEFORE_UPDATE).glob("*.vpbackup")
    return copy


@pytest.mark.parametrize("golden", OLDER, indirect=True)
def test_the_copy_made_before_is_whole_and_authentic(golden: Path) -> None:
    version = version_of(golden)
    with opened(golden) as vault:
        report = backups.verify_backup(the_copy(golden), vault=vault)
        assert (report.whole, report.authentic) == (True, True)
        assert holds(vault, version)


@pytest.mark.parametrize("golden", OLDER, indirect=True)
def test_a_copy_of_an_older_version_is_restored_and_brought_up_to_date(golden: Path, tmp_path: Path) -> None:
    version = version_of(golden)
    opened(golden).close()
    restored = tmp_path / "teruggezet"
    with backups.restore_backup(the_copy(golden), folder=restored, keychain=MemoryKeychain(), now=NOW) as vault:
        assert holds(vault, version)
    assert version_of(restored) == NEWEST


@pytest.mark.parametrize("golden", OLDER, indirect=True)
def test_without_a_copy_nothing_is_brought_up_to_date(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = version_of(golden)

    def refused(*_: object, **__: object) -> None:
        raise BackupError("Er is geen ruimte.")

    monkeypatch.setattr(backup.Prepared, "put", refused)
    with pytest.raises(BackupError):
        opened(golden)
    assert version_of(golden) == version


def traced(strike: Callable[[int], None]) -> Callable[[Connection, int], None]:
    """Return `migrate` with `strike` called before its n-th statement, those that SQLite runs inside one included."""
    migrate = store.migrate

    def run(connection: Connection, version: int) -> None:
        count = 0

        def told(_statement: str) -> None:
            nonlocal count
            count += 1
            strike(count)

        connection.set_trace_callback(told)
        migrate(connection, version)
        connection.set_trace_callback(None)

    return run


def killed_before(step: int, folder: Path) -> bool:
    """Open a vault in a process that is killed before the n-th statement of bringing it up to date; return whether."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):

            def strike(count: int) -> None:
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

            store.migrate = traced(strike)
            opened(folder).close()
            os._exit(0)
        os._exit(1)  # a failing job must not go on as a second test run
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


def statements(folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    seen: list[int] = []
    with monkeypatch.context() as counting:
        counting.setattr(store, "migrate", traced(seen.append))
        opened(folder).close()
    return len(seen)


def strikes(golden: Path, tmp_path: Path, every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    version, folder = version_of(golden), tmp_path / "getroffen"
    shutil.copytree(golden, tmp_path / "geteld")
    last = statements(tmp_path / "geteld", monkeypatch)
    assert last > NEWEST - version  # each migration has a beginning, a middle and an end
    seen = set()
    for step in sorted({*range(1, last + 1, every), last - 1, last, last + 1}):
        shutil.copytree(golden, folder)
        assert killed_before(step, folder) == (step <= last)
        now = version_of(folder)  # refuses a schema that is neither that of one version nor that of another
        seen.add(now)
        with opened(folder) as vault:
            assert holds(vault, version)
            assert vault.integrity(full=True)
        assert version_of(folder) == NEWEST
        shutil.rmtree(folder)
    assert {version, NEWEST} <= seen <= set(range(version, NEWEST + 1))


@pytest.mark.parametrize("golden", FEW, indirect=True)
def test_bringing_up_to_date_killed_leaves_the_old_or_the_new(
    golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strikes(golden, tmp_path, QUICK, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("golden", OLDER, indirect=True)
def test_bringing_up_to_date_killed_before_any_statement_leaves_the_old_or_the_new(
    golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strikes(golden, tmp_path, 1, monkeypatch)


@pytest.mark.parametrize("golden", OLDER, indirect=True)
def test_a_migration_that_fails_is_taken_back_whole(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = version_of(golden)
    with monkeypatch.context() as spoilt:
        broken: tuple[Any, ...] = (*MIGRATIONS[:version], MIGRATIONS[version] + "; CREATE TABLE vault (twice)")
        spoilt.setattr(store, "MIGRATIONS", broken)
        with pytest.raises(Exception, match="already exists"):
            opened(golden)
    assert version_of(golden) == version
    with opened(golden) as vault:
        assert holds(vault, version)
