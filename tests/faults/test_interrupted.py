"""A process that is killed at any step of making, enrolling, backing up or restoring leaves the old or the new, whole."""

from __future__ import annotations

import os
import pathlib
import shutil
import signal
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.scenes import FileKeychain
from tests.vault_kit import NOW, PHRASE, SMALL, Made, made
from vpdesk.domain.errors import VaultError
from vpdesk.operations import vaults
from vpdesk.operations.backups import checked_backups, list_backups, make_backup, restore_backup
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.vaults import enrol_device, open_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")  # wrong passphrases are counted in a home of their own

NEW_PHRASE = "een heel andere zin"
ENOUGH = 200


def killed_at(step: int, job: Callable[[], None]) -> bool:
    """Run a job in a process that is killed before its n-th fsync, rename, folder or removal; return whether it was."""
    child = os.fork()
    if child == 0:
        try:
            count = 0

            def struck(function: Any) -> Any:
                def strike(*arguments: Any, **named: Any) -> Any:
                    nonlocal count
                    count += 1
                    if count == step:
                        os.kill(os.getpid(), signal.SIGKILL)
                    return function(*arguments, **named)

                return strike

            os.fsync = struck(os.fsync)
            for name in ("replace", "mkdir", "unlink", "rmdir", "touch"):
                setattr(pathlib.Path, name, struck(getattr(pathlib.Path, name)))
            job()
            os._exit(0)
        finally:
            os._exit(1)  # a failing job must not go on as a second test run
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


def value(vault: Vault) -> str:
    with vault:
        assert vault.integrity(full=True)
        return vault.settings.get("proef")


def test_making_a_vault_killed_anywhere_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    counted = 0
    for step in range(1, ENOUGH):
        folder, chain = tmp_path / f"{step}" / "kluis", FileKeychain(tmp_path / f"{step}.json")

        def job(folder: Path = folder, chain: FileKeychain = chain) -> None:
            setup = begin_setup(folder, passphrase=PHRASE, keychain=chain, now=NOW, kdf=SMALL)
            setup.confirm(setup.words).close()

        done = not killed_at(step, job)
        if vaults.describe(folder).exists:
            counted += 1
            open_vault(folder, passphrase=PHRASE, keychain=chain, now=NOW).close()
        else:
            job()
            open_vault(folder, passphrase=PHRASE, keychain=chain, now=NOW).close()
        if done:
            break
    assert step > 10
    assert 1 <= counted < step


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def test_restoring_killed_anywhere_leaves_the_old_or_the_new(kit: Made, tmp_path: Path) -> None:
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        with vault.transaction():
            vault.settings.put("proef", "tweede")
    chain = FileKeychain(tmp_path / "keyring.json")
    for entry, secret in kit.keychain._secrets.items():
        chain.put(entry, secret)
    shutil.copytree(kit.folder, tmp_path / "zoals het was")
    seen = set()
    for step in range(1, ENOUGH):
        shutil.rmtree(kit.folder)
        shutil.copytree(tmp_path / "zoals het was", kit.folder)

        def job() -> None:
            restore_backup(
                copy, folder=kit.folder, words=kit.words, passphrase=NEW_PHRASE, keychain=chain, now=NOW, kdf=SMALL
            ).close()

        done = not killed_at(step, job)
        there = value(open_vault(kit.folder, words=kit.words, keychain=chain, now=NOW))
        passphrase = {"eerste": NEW_PHRASE, "tweede": PHRASE}[there]
        assert value(open_vault(kit.folder, passphrase=passphrase, keychain=chain, now=NOW)) == there
        seen.add(there)
        if done:
            break
    assert there == "eerste"
    assert seen == {"eerste", "tweede"}


def test_backing_up_killed_anywhere_leaves_only_whole_backups(kit: Made, tmp_path: Path) -> None:
    place = tmp_path / "kopieën"

    def job() -> None:
        with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
            make_backup(vault, places=(place,), now=NOW)

    for step in range(1, ENOUGH):
        done = not killed_at(step, job)
        if place.exists():
            whole = [report.path for report in checked_backups([place])]
            assert sorted(place.glob("vpdesk-*")) == sorted(whole) == sorted(list_backups([place]))
        assert value(open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW)) == "eerste"
        if done:
            break
    assert whole
    assert step > 5


def test_a_new_passphrase_killed_anywhere_leaves_one_that_opens(kit: Made, tmp_path: Path) -> None:
    chain = FileKeychain(tmp_path / "keyring.json")
    for entry, secret in kit.keychain._secrets.items():
        chain.put(entry, secret)

    def job() -> None:
        with open_vault(kit.folder, words=kit.words, keychain=chain, now=NOW) as vault:
            enrol_device(vault, passphrase=NEW_PHRASE, keychain=chain, kdf=SMALL, now=NOW)

    for step in range(1, ENOUGH):
        done = not killed_at(step, job)
        assert [p for p in (PHRASE, NEW_PHRASE) if opens(kit, chain, p)], step
        if done:
            break
    assert opens(kit, chain, NEW_PHRASE)


def opens(kit: Made, chain: FileKeychain, passphrase: str) -> bool:
    try:
        open_vault(kit.folder, passphrase=passphrase, keychain=chain, now=NOW).close()
    except VaultError:
        return False
    return True
