"""An export that is killed or finds no room: what stands outside is in the ledger, and what is there comes again."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.auditing import protected
from tests.casework import practice_with_draw
from tests.faults import mounts
from tests.faults.test_interrupted import killed_at
from tests.vault_kit import NOW
from vpdesk.domain.errors import BackupError, OutputError, VaultError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.operations import reports, vaults
from vpdesk.reporting.disclosure import office
from vpdesk.store.keychain import MemoryKeychain

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.ids import ClientId
    from vpdesk.domain.publications import Publication
    from vpdesk.operations.reports import ExportResult, Prepared
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")

ENOUGH = 60
YEAR = Period.year(NOW.year - 1)


@dataclass(frozen=True)
class Desk:
    """A copy of a practice vault, and a stick to put the report on."""

    vault: Path
    stick: Path

    @classmethod
    def of(cls, first: Path, root: Path) -> Desk:
        """Return a desk of its own in a folder."""
        shutil.copytree(first, root / "kluis")
        (root / "stick").mkdir()
        return cls(root / "kluis", root / "stick")

    @property
    def path(self) -> Path:
        return self.stick / "verslag.pdf"

    def opened(self) -> Vault:
        return vaults.open_vault(self.vault, keychain=MemoryKeychain(), now=NOW)

    def export(self, *, to: Path | None = None, copies: Path | None = None) -> ExportResult:
        with self.opened() as vault:
            return reports.export_report(
                vault, client_id=the_client(vault), period=YEAR, audience=Audience.WERKGEVER, out=to or self.path,
                now=NOW + timedelta(hours=1), statements_out=(to or self.path).with_suffix(".json"),
                backup_places=(copies or self.vault.parent / "kopieën",),
            )  # fmt: skip

    def known(self) -> tuple[str, ...]:
        """Return the hashes of the reports of the year that are in the ledger."""
        with self.opened() as vault:
            out = reports.publications(vault, the_client(vault))
            return tuple(p.sha256 for p in out if p.period == YEAR)


def the_client(vault: Vault) -> ClientId:
    return max(vault.clients.all(), key=lambda client: len(reports.publications(vault, client.id))).id


@pytest.fixture(autouse=True)
def _without_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "protected", protected)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eerste") / "kluis"
    practice_with_draw(folder, NOW).close()
    return folder


def test_killed_at_any_step_nothing_stands_outside_that_the_ledger_does_not_know(first: Path, tmp_path: Path) -> None:
    told = set()
    for step in range(1, ENOUGH):
        desk = Desk.of(first, tmp_path / str(step))
        assert killed_at(step, desk.export)
        known, there = desk.known(), {path.name for path in desk.stick.iterdir()}
        if not known:
            assert all(b"%PDF" not in path.read_bytes() for path in desk.stick.iterdir()), "noise holds the room"
        if desk.path.exists():
            assert hashlib.sha256(desk.path.read_bytes()).hexdigest() in known
        again = desk.export(to=desk.stick / "opnieuw.pdf")
        assert again.again is bool(known)
        assert desk.known() == (again.sha256,)
        assert hashlib.sha256(again.path.read_bytes()).hexdigest() == again.sha256
        written = desk.path.name in there, desk.path.with_suffix(".json").name in there
        told.add((bool(known), *written))
        if all(written):
            break  # what follows makes the backup
    assert told == {(False, False, False), (True, False, False), (True, True, False), (True, True, True)}


def test_a_full_or_read_only_stick_leaves_nothing_in_the_ledger(first: Path, tmp_path: Path) -> None:
    def job() -> None:
        desk = Desk.of(first, tmp_path)
        full, closed = tmp_path / "vol", tmp_path / "dicht"
        mounts.small_disk(full, 40)
        closed.mkdir()
        mounts.read_only(closed)
        for stick, why in ((full, "is vol"), (closed, "kan niet worden geschreven")):
            with pytest.raises(OutputError, match=rf"{why}\. Er is niets uitgegeven"):
                desk.export(to=stick / "verslag.pdf")
            assert not desk.known()
            assert not list(stick.iterdir())
        assert not desk.export().again

    mounts.with_own_mounts(job)


def test_a_vault_without_room_lets_nothing_out(first: Path, tmp_path: Path) -> None:
    def job() -> None:
        small = tmp_path / "schijf"
        size = sum(path.stat().st_size for path in first.rglob("*") if path.is_file())
        mounts.small_disk(small, size // 1024 + 200)
        desk = Desk.of(first, small)
        desk = Desk(desk.vault, tmp_path)
        with pytest.raises(VaultError, match=r"^Het verslag is niet uitgegeven"):
            desk.export(copies=tmp_path / "kopieën")
        assert not desk.known()
        assert not list(tmp_path.glob("*verslag*"))
        assert not list(tmp_path.glob(".vpdesk*"))

    mounts.with_own_mounts(job)


def test_a_stick_that_goes_once_the_report_is_frozen_leaves_it_to_be_written_again(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def job() -> None:
        desk = Desk.of(first, tmp_path)
        stick, freeze = tmp_path / "usb", reports.freeze
        mounts.small_disk(stick, 2000)

        def freeze_and_pull(vault: Vault, prepared: Prepared, publication: Publication) -> Publication:
            frozen = freeze(vault, prepared, publication)
            mounts.pull_out(stick)
            return frozen

        with monkeypatch.context() as pulled:
            pulled.setattr(reports, "freeze", freeze_and_pull)
            with pytest.raises(OutputError, match="is vastgelegd in de kluis"):
                desk.export(to=stick / "verslag.pdf")
        known = desk.known()
        again = desk.export()
        assert again.again
        assert known == (again.sha256,)

    mounts.with_own_mounts(job)


def test_without_room_for_the_copy_the_report_is_out_and_this_is_said(first: Path, tmp_path: Path) -> None:
    def job() -> None:
        desk = Desk.of(first, tmp_path)
        full = tmp_path / "vol"
        mounts.small_disk(full, 100)
        with pytest.raises(BackupError, match="Het verslag is uitgegeven en staat in"):
            desk.export(copies=full)
        assert desk.known() == (hashlib.sha256(desk.path.read_bytes()).hexdigest(),)

    mounts.with_own_mounts(job)
