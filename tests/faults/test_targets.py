"""Copies go to real disks that are full, read-only or pulled out, and the vault and the other places stay in order."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults import mounts
from tests.vault_kit import NOW, Made, fingerprint, made
from vpdesk import cli
from vpdesk.domain.errors import BackupError, OutputError, VaultError
from vpdesk.operations import backups
from vpdesk.operations.backups import backup_state, make_backup, restore_backup, verify_backup
from vpdesk.operations.doctor import doctor, examine
from vpdesk.operations.output import Pending, write_sheet
from vpdesk.operations.places import MOVING
from vpdesk.operations.vaults import open_vault
from vpdesk.store import container, generations
from vpdesk.store.keychain import MemoryKeychain

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def opened(kit: Made) -> Vault:
    return open_vault(kit.folder, words=kit.words, keychain=MemoryKeychain(), now=NOW)


def fill(kit: Made, kilobytes: int) -> None:
    """Make the vault larger."""
    with opened(kit) as vault, vault.transaction():
        vault.settings.put("vulling", os.urandom(kilobytes * 512).hex())


def test_a_full_stick_is_told_and_the_other_place_gets_its_copy(kit: Made, tmp_path: Path) -> None:
    fill(kit, 1500)

    def job() -> None:
        stick, disk = tmp_path / "stick", tmp_path / "schijf"
        mounts.small_disk(stick, 1024)
        (stick / "foto").write_bytes(b"x" * 1000)
        real, begun = container.write, []

        def write(path: Path, *arguments: Any) -> None:
            begun.append(path.parent)
            real(path, *arguments)

        container.write = write
        with opened(kit) as vault:
            result = make_backup(vault, places=(stick, disk), now=NOW)
            assert "past niet meer op" in result.places[0].message
            assert result.path.parent == disk
            assert verify_backup(result.path, vault=vault).authentic
            assert "past niet meer op" in json_message(vault)
            with pytest.raises(OutputError, match="Uw kluis is in orde"):
                make_backup(vault, places=(stick,), now=NOW)
        assert begun == [disk], "what does not fit is not begun"
        assert os.listdir(stick) == ["foto"]  # noqa: PTH208 - hidden names too

    mounts.with_own_mounts(job)


def json_message(vault: Vault) -> str:
    return vault.settings.get(backups.LAST)


def test_a_stick_that_says_it_has_room_and_fills_up_midway_keeps_nothing(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a quota does, or another program that writes at the same time."""
    fill(kit, 1500)
    monkeypatch.setattr("vpdesk.store.space.free", lambda _: None)

    def job() -> None:
        stick = tmp_path / "stick"
        mounts.small_disk(stick, 1024)
        with opened(kit) as vault, pytest.raises(OutputError, match="past niet meer op"):
            make_backup(vault, places=(stick,), now=NOW)
        assert os.listdir(stick) == []  # noqa: PTH208
        assert not (kit.folder / generations.WORK).exists()
        with opened(kit) as vault:
            assert backup_state(vault, now=NOW).made is None

    mounts.with_own_mounts(job)


def test_a_laptop_without_room_for_the_working_copy_says_so_and_keeps_nothing(kit: Made, tmp_path: Path) -> None:
    fill(kit, 1500)

    def job() -> None:
        disk = tmp_path / "schijf"
        mounts.small_disk(disk, 3500)
        shutil.copytree(kit.folder, disk / "kluis")
        before = fingerprint(disk)
        with open_vault(disk / "kluis", words=kit.words, keychain=MemoryKeychain(), now=NOW) as vault:
            with pytest.raises(OutputError, match="Deze laptop is te vol") as told:
                make_backup(vault, places=(tmp_path / "stick",), now=NOW)
            assert "andere plaats" not in told.value.sentence, "another place helps nothing"
            assert not (disk / "kluis" / generations.WORK).exists()
            assert vault.settings.get("proef") == "eerste"
        assert fingerprint(disk) == before
        assert not (tmp_path / "stick").exists()

    mounts.with_own_mounts(job)


@pytest.mark.parametrize("told", [True, False])
def test_restoring_where_there_is_no_room_leaves_the_vault_that_was(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    fill(kit, 1500)
    with opened(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    if not told:
        monkeypatch.setattr("vpdesk.store.space.free", lambda _: None)

    def job() -> None:
        disk = tmp_path / "schijf"
        mounts.small_disk(disk, 4500)
        shutil.copytree(kit.folder, disk / "kluis")
        before = fingerprint(disk)
        with pytest.raises((VaultError, BackupError), match="Maak ruimte"):
            restore_backup(copy, folder=disk / "kluis", words=kit.words, keychain=MemoryKeychain(), now=NOW)
        assert fingerprint(disk) == before
        assert len(list((disk / "kluis").glob("g-*"))) == 1

    mounts.with_own_mounts(job)


def test_a_stick_that_is_read_only_is_told_and_left_as_it_is(kit: Made, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with opened(kit) as vault:
        copy = make_backup(vault, places=(stick,), now=NOW).path

    def job() -> None:
        mounts.read_only(stick)
        with opened(kit) as vault:
            with pytest.raises(OutputError, match="kan geen reservekopie schrijven"):
                make_backup(vault, places=(stick,), now=NOW + timedelta(days=1))
            result = make_backup(vault, places=(stick, tmp_path / "schijf"), now=NOW + timedelta(days=1))
            assert result.places[0].path is None
            assert verify_backup(copy, vault=vault).authentic
        assert list(stick.iterdir()) == [copy]

    mounts.with_own_mounts(job)


def test_a_stick_pulled_out_while_it_is_written_leaves_no_copy_and_no_folder(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def job() -> None:
        stick = tmp_path / "stick"
        mounts.small_disk(stick, 8000)
        with opened(kit) as vault:
            backups.set_places(vault, [stick])
        real = container._write_into

        def pulled(*arguments: Any) -> bytes:
            written = real(*arguments)
            mounts.pull_out(stick)
            stick.rmdir()  # as the system does with the place of a stick
            return written

        container._write_into = pulled
        with opened(kit) as vault:
            with pytest.raises(OutputError, match="Uw kluis is in orde"):
                make_backup(vault, places=(stick,), now=NOW)
            assert backup_state(vault, now=NOW).made is None
            container._write_into = real
            with pytest.raises(OutputError, match="is er nu niet"):
                make_backup(vault, places=(stick,), now=NOW)
        assert not stick.exists()
        assert not (kit.folder / generations.WORK).exists()

    mounts.with_own_mounts(job)


def test_a_stick_pulled_out_whose_folder_stays_is_away_and_nothing_goes_to_the_disk_of_the_laptop(
    kit: Made, tmp_path: Path
) -> None:
    def job() -> None:
        stick, disk = tmp_path / "stick", tmp_path / "schijf"
        mounts.small_disk(stick, 8000)
        with opened(kit) as vault:
            backups.set_places(vault, [disk, stick / "kopie"])
            make_backup(vault, places=(disk, stick / "kopie"), now=NOW)
            mounts.pull_out(stick)
            (stick / "kopie").mkdir()
            result = make_backup(vault, places=(disk, stick / "kopie"), now=NOW + timedelta(hours=2))
            assert "is er nu niet" in result.places[1].message
            assert "is er niet. De laatste kopie is van vandaag." in backup_state(vault, now=NOW).message
            lines = {line.name: line for line in doctor(vault, keychain=MemoryKeychain(), now=NOW)}
            assert "is er nu niet" in lines["Kopieën in ‘kopie’"].sentence
            assert lines["Kopieën in ‘schijf’"].sentence.endswith("Deze map staat op dezelfde schijf als uw kluis.")
            assert list((stick / "kopie").iterdir()) == []
            backups.set_places(vault, [stick / "kopie"])
            with pytest.raises(OutputError, match="is er nu niet"):
                make_backup(vault, places=(stick / "kopie",), now=NOW)
            mounts.mount("-t", "tmpfs", "-o", "size=8000k", "tmpfs", stick)
            (stick / "kopie").mkdir()
            assert backup_state(vault, now=NOW).changed_since
            make_backup(vault, places=(stick / "kopie",), now=NOW + timedelta(hours=3))
            assert backup_state(vault, now=NOW).message == ""

    mounts.with_own_mounts(job)


def test_the_vault_mounted_in_a_second_place_is_still_the_vault(kit: Made, tmp_path: Path) -> None:
    def job() -> None:
        twice = tmp_path / "stick"
        twice.mkdir()
        mounts.mount("--bind", kit.folder, twice)
        with opened(kit) as vault:
            for place in (twice, twice / "kopie"):
                with pytest.raises(BackupError, match="in de map van de kluis zelf"):
                    backups.set_places(vault, [place])

    mounts.with_own_mounts(job)


def test_a_stick_pulled_out_while_another_place_is_written_takes_that_copy_with_it_only(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, disk = tmp_path / "stick", tmp_path / "schijf"
    with opened(kit) as vault:
        backups.set_places(vault, [disk, stick])
        real = container.write

        def written(path: Path, *arguments: Any) -> None:
            real(path, *arguments)
            if path.parent == disk:
                stick.rename(tmp_path / "weg")

        monkeypatch.setattr(container, "write", written)
        result = make_backup(vault, places=(disk, stick), now=NOW)
    assert [place.path is None for place in result.places] == [False, True]
    assert "is er nu niet" in result.places[1].message
    assert verify_backup(result.path).whole


def test_a_name_that_is_taken_is_never_written_over(kit: Made, tmp_path: Path) -> None:
    place = tmp_path / "kopie"
    place.mkdir()
    taken = place / "vpdesk-2026-01-20-100000.vpbackup"
    taken.write_text("een brief")
    (place / "vpdesk-2026-01-20-100000-2.vpbackup").mkdir()
    with opened(kit) as vault:
        made_at = make_backup(vault, places=(place,), now=NOW).path
    assert made_at.name == "vpdesk-2026-01-20-100000-3.vpbackup"
    assert taken.read_text() == "een brief"


def test_the_vault_through_another_name_is_still_the_vault(kit: Made, tmp_path: Path) -> None:
    (tmp_path / "stick").symlink_to(kit.folder, target_is_directory=True)
    with opened(kit) as vault:
        for place in (tmp_path / "stick", tmp_path / "stick" / "kopie", kit.folder / ".." / "kluis"):
            with pytest.raises(BackupError, match="in de map van de kluis zelf"):
                backups.set_places(vault, [place])
            with pytest.raises(OutputError, match="in de map van de kluis zelf"):
                make_backup(vault, places=(place,), now=NOW)


def test_headers_swapped_between_two_copies_of_one_vault_are_found(kit: Made, tmp_path: Path) -> None:
    """Both are authentic, and of the same length: only the mix is not."""
    with opened(kit) as vault:
        one, two = (make_backup(vault, places=(tmp_path / "kopie",), now=NOW + timedelta(days=n)).path for n in (0, 1))
        heads = [container.peek(path) for path in (one, two)]
        bodies = [path.read_bytes()[len(head.encoded()) :] for path, head in zip((one, two), heads, strict=True)]
        for path, head, body in zip((one, two), reversed(heads), bodies, strict=True):
            path.write_bytes(head.encoded() + body)
            with pytest.raises(BackupError, match="beschadigd"):
                verify_backup(path)
            # Also where whoever swapped them made hash, length and unkeyed digest fit.
            own = heads[0] if head is heads[1] else heads[1]
            start = replace(head, payload_sha256=own.payload_sha256, payload_bytes=own.payload_bytes).encoded()
            path.write_bytes(rehashed(start + body))
            assert verify_backup(path).whole
            with pytest.raises(BackupError, match="niet door deze kluis gemaakt"):
                verify_backup(path, vault=vault)


def rehashed(content: bytes) -> bytes:
    import hashlib  # noqa: PLC0415 - one test counts as an attacker would

    return content[:-32] + hashlib.sha256(content[:-32]).digest()


def test_a_copy_of_a_later_format_is_named_and_kept(kit: Made, tmp_path: Path) -> None:
    place = tmp_path / "kopie"
    with opened(kit) as vault:
        path = make_backup(vault, places=(place,), now=NOW).path
        content = bytearray(path.read_bytes())
        content[15] = 9
        path.write_bytes(content)
        with pytest.raises(BackupError, match="nieuwere vpdesk"):
            verify_backup(path, words=kit.words)
        for day in range(1, 12):
            make_backup(vault, places=(place,), now=NOW + timedelta(days=day))
    assert path.exists(), "a later vpdesk may still read it"


def test_a_copy_damaged_after_it_was_made_is_found_by_every_check_and_never_pushes_out_a_good_one(
    kit: Made, tmp_path: Path
) -> None:
    place = tmp_path / "kopie"
    with opened(kit) as vault:
        paths = [make_backup(vault, places=(place,), now=NOW + timedelta(minutes=n)).path for n in range(3)]
        content = bytearray(paths[2].read_bytes())
        content[len(content) // 2] ^= 1
        paths[2].write_bytes(content)
        for secret in ({}, {"vault": vault}, {"words": kit.words}):
            with pytest.raises(BackupError, match="beschadigd"):
                verify_backup(paths[2], **secret)  # type: ignore[arg-type] # each by its own name
        make_backup(vault, places=(place,), now=NOW + timedelta(minutes=3))
        assert set(paths) <= set(place.iterdir())
        assert next(report.path for report in backups.checked_backups([place])).name.endswith("100300.vpbackup")


@pytest.mark.parametrize("since_opened", [False, True])
def test_a_vault_on_a_disk_that_takes_no_writes_is_rescued_to_another_place(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, since_opened: bool
) -> None:
    """As when a failing disk is made read-only by the system, before the vault is opened or while it is open."""
    (tmp_path / "tijdelijk").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tijdelijk"))
    before = fingerprint(kit.folder)

    def job() -> None:
        if not since_opened:
            mounts.read_only(kit.folder)
        with opened(kit) as vault:
            if since_opened:
                mounts.read_only(kit.folder)  # over the folder: what is open stays open
            assert vault.read_only is not since_opened
            result = make_backup(vault, places=(tmp_path / "stick",), now=NOW)
            assert verify_backup(result.path, vault=vault).authentic
            assert backup_state(vault, now=NOW).made is None, "nothing is recorded"
        assert fingerprint(kit.folder) == before
        assert not list((tmp_path / "tijdelijk").iterdir())

    mounts.with_own_mounts(job)
    copy = next((tmp_path / "stick").iterdir())
    restore_backup(copy, folder=tmp_path / "nieuw", words=kit.words, keychain=MemoryKeychain(), now=NOW).close()


@pytest.mark.parametrize("secret", ["", "--words-stdin"])
@pytest.mark.parametrize("how", [[], ["--json"]])
def test_doctor_fails_where_the_vault_takes_no_writes(
    kit: Made, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], secret: str, how: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(" ".join(kit.words) + "\n"))

    def job() -> None:
        mounts.read_only(kit.folder)
        assert cli.main(["doctor", "--vault", str(kit.folder), *filter(None, [secret]), *how]) == 1

    mounts.with_own_mounts(job)
    said = capfd.readouterr().out
    assert "kan nu niet schrijven" in said
    assert "komt er geen kopie" in said


@pytest.mark.parametrize("moved", [False, True])
def test_doctor_tells_its_lines_on_a_full_disk(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: bool
) -> None:
    """Nothing can be noted there, neither that the vault was checked nor that a move is done; all the same it opens."""

    def job() -> None:
        disk = tmp_path / "schijf"
        mounts.small_disk(disk, 3000)
        shutil.copytree(kit.folder, disk / "kluis")
        if moved:
            with opened(replace(kit, folder=disk / "kluis")) as vault, vault.transaction():
                vault.settings.put(MOVING, "geen briefje")
        fill_up(disk)
        words = " ".join(kit.words)
        lines = examine(disk / "kluis", passphrase=None, words=words, keychain=kit.keychain, now=NOW)
        said = {line.name: line for line in lines}
        assert "zojuist nagerekend" in said["Inhoud"].sentence
        assert not said["Ruimte"].ok

    mounts.with_own_mounts(job)


def test_doctor_tells_its_lines_where_an_interrupted_vault_has_no_room_to_open(kit: Made, tmp_path: Path) -> None:
    def job() -> None:
        disk = tmp_path / "schijf"
        mounts.small_disk(disk, kit.database.stat().st_size // 1024 + 60)
        shutil.copytree(kit.folder, disk / "kluis")
        there = replace(kit, folder=disk / "kluis").database
        there.with_name(f"{there.name}-journal").write_bytes(b"half")
        words = " ".join(kit.words)
        lines = examine(disk / "kluis", passphrase=None, words=words, keychain=kit.keychain, now=NOW)
        said = {line.name: line for line in lines}
        assert not said["Inhoud"].ok
        assert "de schijf is vol" in said["Inhoud"].sentence
        assert said["Kluis"].ok

    mounts.with_own_mounts(job)


def fill_up(disk: Path) -> None:
    with (disk / "vol").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_report_for_a_full_disk_says_that_it_is_full(tmp_path: Path) -> None:
    def job() -> None:
        disk = tmp_path / "schijf"
        mounts.small_disk(disk, 100)
        fill_up(disk)
        with Pending() as pending, pytest.raises(OutputError, match=r"is vol\. Er is niets uitgegeven"):
            pending.add(disk / "verslag.pdf", b"%PDF" * 1000)
        with pytest.raises(OutputError, match=r"is vol\. Er is niets bewaard"):
            write_sheet(disk / "blad.pdf", b"%PDF" * 1000)
        assert os.listdir(disk) == ["vol"]  # noqa: PTH208 - hidden names too

    mounts.with_own_mounts(job)
