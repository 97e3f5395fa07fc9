"""A handover that is killed at any step leaves a file that the vault knows of, or none after the next look."""

from __future__ import annotations

import errno
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_case
from tests.faults.test_interrupted import FileKeychain, killed_at
from tests.vault_kit import NOW, PHRASE, make
from vpdesk.domain.phases import Phase
from vpdesk.operations import handover, handover_begun, vaults
from vpdesk.operations.handover import Chosen, hand_over, handed_over, settle
from vpdesk.operations.handover_begun import BEGUN, GONE, MAY_STAND
from vpdesk.operations.takeover import read_package
from vpdesk.store.keys import PRACTICE

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.ids import CaseId
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")

ENOUGH = 40


class Desk:
    """A vault with one case, and a stick to put the file on."""

    def __init__(self, root: Path) -> None:
        self.kit, vault = make(root / "kluis")
        with vault:
            self.case: CaseId = a_case(vault).id
        self.chain = FileKeychain(root / "keyring.json")
        self.chain._keep(dict(self.kit.keychain._secrets))
        self.stick = root / "stick"
        self.stick.mkdir()
        self.path = self.stick / handover.file_name()

    def opened(self) -> Vault:
        return vaults.open_vault(self.kit.folder, passphrase=PHRASE, keychain=self.chain, now=NOW)

    def give(self) -> None:
        chosen = (Chosen(self.case, reason="Onbereikbaar"),)
        with self.opened() as vault:
            hand_over(vault, chosen, to="Bo", phrase="een twee", path=self.path, today=TODAY, kdf=PRACTICE)


def test_killed_at_any_step_the_file_stands_where_the_vault_knows_of_it_or_goes(tmp_path: Path) -> None:
    told = set()
    for step in range(1, ENOUGH):
        desk = Desk(tmp_path / str(step))
        other = desk.stick / "vakantie.jpg"
        other.write_bytes(b"van een ander")
        killed = killed_at(step, desk.give)
        left = {path.name for path in desk.stick.iterdir()} - {other.name}
        with desk.opened() as vault:
            known = bool(handed_over(vault))
            said = settle(vault)
            assert vault.cases.get(desk.case).phase is (Phase.AFGESLOTEN if known else Phase.VOORFASE)
            assert desk.path.exists() is known
            assert said == (GONE if left and not known else "")
            assert not vault.settings.get(BEGUN)
            assert settle(vault) == ""
        assert {path.name for path in desk.stick.iterdir()} == {other.name} | ({desk.path.name} if known else set())
        told.add((bool(left), desk.path.name in left, known))
        if not killed:
            break
    assert told == {(False, False, False), (True, False, False), (True, True, False), (True, True, True)}
    assert read_package(desk.path, "een twee").cases


def test_a_file_on_a_stick_that_is_away_is_told_until_it_is_gone(tmp_path: Path) -> None:
    for step in range(1, ENOUGH):
        desk = Desk(tmp_path / str(step))
        assert killed_at(step, desk.give)
        if desk.path.exists():
            break
    away = desk.stick.rename(tmp_path / "in een la")
    with desk.opened() as vault:
        assert [settle(vault) for _ in range(2)] == [MAY_STAND.format(desk.stick)] * 2
        shutil.move(away, desk.stick)
        assert settle(vault) == GONE
        assert not list(desk.stick.iterdir())


def test_a_disk_that_refuses_is_told_as_one_that_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    desk.path.write_bytes(b"x" * 99)
    with desk.opened() as vault:
        handover_begun.begin(vault, desk.path, b"x" * 99)
        with monkeypatch.context() as patch:
            patch.setattr("pathlib.Path.unlink", refuse)
            assert settle(vault) == MAY_STAND.format(desk.stick)
        assert settle(vault) == GONE


def refuse(_path: Path) -> None:
    raise PermissionError(errno.EACCES, "refused")


def test_what_stands_there_besides_is_left_alone(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.path.write_bytes(b"iets anders")
    with desk.opened() as vault:
        with vault.transaction():
            vault.settings.put(BEGUN, json.dumps({"path": str(desk.path), "mark": "0" * 64}))
        assert settle(vault) == ""
    assert desk.path.read_bytes() == b"iets anders"
