"""A move that is killed or refused by the disk at any step leaves one vault, whole, where the settings say it is."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.test_interrupted import FileKeychain, killed_at
from tests.vault_kit import NOW, PHRASE, Made, Strike, made
from vpdesk.domain.errors import VaultError
from vpdesk.operations.moving import move_vault
from vpdesk.operations.places import MOVING
from vpdesk.operations.vaults import open_vault
from vpdesk.store import generations
from vpdesk.store.generations import FolderState

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")

ENOUGH = 400


class Laptop:
    """A vault, where it may move to, and the setting that says which of both is in use."""

    def __init__(self, root: Path) -> None:
        self.kit: Made = made(root / "oud" / "kluis")
        self.old, self.new, self.setting = self.kit.folder, root / "nieuw" / "kluis", root / "instelling"
        self.chain = FileKeychain(root / "keyring.json")
        shutil.copytree(self.old, root / "zoals het was")
        self._root = root

    def start_again(self) -> None:
        for folder in (self.old, self.new):
            shutil.rmtree(folder, ignore_errors=True)
        self.setting.unlink(missing_ok=True)
        shutil.copytree(self._root / "zoals het was", self.old)
        self.chain._keep(dict(self.kit.keychain._secrets))

    @property
    def in_use(self) -> Path:
        return Path(self.setting.read_text()) if self.setting.exists() else self.old

    def count(self, folder: Path) -> None:
        generations.write_durably(self.setting, str(folder).encode())

    def move(self) -> None:
        if self.in_use == self.old:
            with self.opened() as vault:
                move_vault(vault, self.new, count=self.count)
        self.opened().close()

    def opened(self) -> Vault:
        return open_vault(self.in_use, passphrase=PHRASE, keychain=self.chain, now=NOW)

    def check(self) -> None:
        """The vault in use is whole, and nothing that could be taken for a vault stands anywhere else."""
        with self.opened() as vault:
            assert vault.settings.get("proef") == "eerste"
            assert vault.integrity(full=True)
            assert vault.settings.get(MOVING) == ""
            assert vault.warnings == ()
        other = self.old if self.in_use == self.new else self.new
        assert generations.state(other) in {FolderState.MISSING, FolderState.EMPTY}
        assert not list(other.glob("g-*"))


@pytest.mark.parametrize("stride", [4, pytest.param(1, marks=pytest.mark.long)])
def test_a_move_killed_at_any_step_leaves_one_whole_vault(tmp_path: Path, stride: int) -> None:
    laptop, ended = Laptop(tmp_path), set()
    for step in range(1, ENOUGH, stride):
        laptop.start_again()
        killed = killed_at(step, laptop.move)
        ended.add(laptop.in_use.parent.name)
        laptop.check()
        laptop.move()
        assert laptop.in_use == laptop.new
        laptop.check()
        if not killed:
            break
    assert step > 20
    assert ended == {"oud", "nieuw"}


@pytest.mark.parametrize(
    ("number", "stride"),
    [(28, 3), pytest.param(28, 1, marks=pytest.mark.long), pytest.param(5, 1, marks=pytest.mark.long)],
)
def test_a_disk_that_fails_once_at_any_step_of_a_move_leaves_one_whole_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, stride: int
) -> None:
    laptop = Laptop(tmp_path)
    for step in range(1, ENOUGH, stride):
        laptop.start_again()
        with monkeypatch.context() as patch:
            strike = Once(patch, step, OSError(number, os.strerror(number)))
            with contextlib.suppress(VaultError):
                laptop.move()
            struck = strike.count >= step
        laptop.check()
        if not struck:
            assert step > 20
            assert laptop.in_use == laptop.new
            return
    raise AssertionError


def test_a_disk_that_goes_on_failing_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop = Laptop(tmp_path)
    for step in range(1, ENOUGH, 3):
        laptop.start_again()
        with monkeypatch.context() as patch:
            strike = Strike(patch, step, OSError)
            with contextlib.suppress(VaultError):
                laptop.move()
            struck = strike.count >= step
        laptop.check()
        if not struck:
            return
    raise AssertionError


class Once(Strike):
    """Fails one call and lets the others through, as a disk that recovers."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, error: OSError) -> None:
        self._failure = error
        super().__init__(patch, at)

    def _struck(self, function: Any) -> Any:
        def strike(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self._at:
                raise self._failure
            return function(*arguments, **named)

        return strike
