"""What the check says of folder, copies and leftovers is true: of damage, of rights, and of what nobody can look at."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults import mounts
from tests.vault_kit import NOW, PHRASE, Made, fingerprint, made, make
from vpdesk.domain.errors import OutputError, VaultError
from vpdesk.operations import backups
from vpdesk.operations.backups import make_backup
from vpdesk.operations.check_places import copy_lines
from vpdesk.operations.doctor import CheckLine, doctor, examine
from vpdesk.operations.places import backup_state, usual_place
from vpdesk.operations.vaults import open_vault
from vpdesk.store import container, generations
from vpdesk.store.refusals import READ_ONLY, check_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vpdesk.store.vault import Vault

WRITES = "komt geen kopie bij"


@pytest.fixture(autouse=True)
def _home(clean_home: Path) -> None:
    """Nothing on the laptop of a person says that a folder travels."""


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Made]:
    kit = made(tmp_path / "kluis")
    yield kit
    for path in (kit.folder, *kit.folder.glob("*"), tmp_path / "kopieën"):  # so that the folder can go
        if path.is_dir():
            path.chmod(0o700)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kopieën"


def opened(kit: Made) -> Vault:
    return open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW)


def said(kit: Made, *, closed: bool = False) -> dict[str, CheckLine]:
    """Return the lines of a check; of one name the last."""
    words = None if closed else " ".join(kit.words)
    lines = examine(kit.folder, passphrase=None, words=words, keychain=kit.keychain, now=NOW + timedelta(hours=1))
    return {line.name: line for line in lines}


def two_copies(kit: Made, place: Path) -> Path:
    """Make two copies and return the newest."""
    with opened(kit) as vault:
        make_backup(vault, places=(place,), now=NOW - timedelta(days=1))
        return make_backup(vault, places=(place,), now=NOW).path


def cut_short(copy: Path) -> None:
    os.truncate(copy, 5000)


def emptied(copy: Path) -> None:
    copy.write_bytes(b"")


def flipped_in_the_header(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[200] ^= 1
    copy.write_bytes(content)


def deleted(copy: Path) -> None:
    copy.unlink()


RUIN = [cut_short, emptied, flipped_in_the_header, deleted]


@pytest.mark.parametrize("ruin", RUIN)
def test_a_newest_copy_that_was_destroyed_is_missed(kit: Made, place: Path, ruin: Callable[[Path], None]) -> None:
    copy = two_copies(kit, place)
    assert said(kit)["Kopieën in ‘kopieën’"].ok
    ruin(copy)
    lines = said(kit)
    assert not lines["Reservekopieën"].ok
    assert "van vandaag 10:00, is er niet meer, of is niet meer heel te lezen" in lines["Reservekopieën"].sentence
    found = lines["Kopieën in ‘kopieën’"]
    assert not found.ok
    if ruin is deleted:
        assert "De laatste kopie, van vandaag 10:00, staat niet meer heel in" in found.sentence
        assert "de nieuwste is van gisteren" in found.sentence
    else:
        assert copy.name in found.sentence
    with opened(kit) as vault:
        make_backup(vault, places=(place,), now=NOW + timedelta(minutes=5))
    assert said(kit)["Reservekopieën"].ok


@pytest.mark.parametrize("ruin", RUIN[:3])
def test_the_only_copy_is_not_called_none_where_it_is_damaged(
    kit: Made, place: Path, ruin: Callable[[Path], None]
) -> None:
    with opened(kit) as vault:
        copy = make_backup(vault, places=(place,), now=NOW).path
    ruin(copy)
    sentence = said(kit)["Kopieën in ‘kopieën’"].sentence
    assert "nog geen kopie" not in sentence
    assert copy.name in sentence


def test_a_copy_of_a_later_vpdesk_is_not_called_damaged(kit: Made, place: Path) -> None:
    two_copies(kit, place)
    later = place / "vpdesk-2030-01-01-000000.vpbackup"
    later.write_bytes(container.MAGIC[:-1] + bytes([container.FORMAT + 1]) + bytes(100))
    assert said(kit)["Kopieën in ‘kopieën’"].ok
    assert backups.unread_files([place]) == ((later, container.TOO_NEW),)


def test_a_last_copy_in_a_place_that_is_away_is_not_called_lost(kit: Made, place: Path) -> None:
    two_copies(kit, place)
    place.rename(place.with_name("weg"))
    lines = said(kit)
    assert lines["Reservekopieën"].ok
    assert "is er nu niet" in lines["Kopieën in ‘kopieën’"].sentence


def test_a_last_copy_elsewhere_than_in_the_chosen_places_counts(kit: Made, place: Path, tmp_path: Path) -> None:
    with opened(kit) as vault:
        backups.set_places(vault, [place])
        make_backup(vault, places=(place,), now=NOW - timedelta(days=1))
        copy = make_backup(vault, places=(tmp_path / "los",), now=NOW).path
    lines = said(kit)
    assert lines["Reservekopieën"].ok
    assert lines["Kopieën in ‘kopieën’"].ok
    copy.unlink()
    assert not said(kit)["Reservekopieën"].ok


@pytest.mark.parametrize("copies", [True, False])
def test_a_place_that_takes_no_writes_is_not_in_order(kit: Made, place: Path, copies: bool) -> None:
    copy = two_copies(kit, place)
    if not copies:
        shutil.rmtree(place)
        place.mkdir()

    def job() -> None:
        place.chmod(0o500)
        line = said(kit)["Kopieën in ‘kopieën’"]
        assert not line.ok
        assert WRITES in line.sentence
        assert "Maak er een" not in line.sentence
        assert copies is ("de nieuwste is van vandaag en heel" in line.sentence)

    mounts.as_an_ordinary_user(job)
    assert copy.exists() is copies


def test_a_place_that_can_not_be_looked_into_is_said_and_not_called_empty(kit: Made, place: Path) -> None:
    two_copies(kit, place)

    def job() -> None:
        for shut in (place, place.parent / "dicht"):
            shut.chmod(0)
            line = said(kit)["Kopieën in ‘kopieën’"]
            assert not line.ok
            assert line.sentence.startswith("vpdesk mag niet kijken in")
            shut.chmod(0o700)
            if shut == place:
                (place.parent / "dicht").mkdir()
                place.rename(place.parent / "dicht" / "kopieën")
                with opened(kit) as vault:
                    backups.set_places(vault, [place.parent / "dicht" / "kopieën"])

    mounts.as_an_ordinary_user(job)


def test_a_vault_whose_files_can_not_be_made_opens_for_reading_and_goes_to_a_stick(
    kit: Made, place: Path, tmp_path: Path
) -> None:
    """SQLite writes a journal beside the database: where that can't be made, nothing is kept."""
    before = fingerprint(kit.folder)

    def job() -> None:
        kit.database.parent.chmod(0o500)
        for closed in (True, False):
            line = said(kit, closed=closed)["Map"]
            assert not line.ok
            assert "er wordt niets bewaard" in line.sentence
        with opened(kit) as vault:
            assert vault.read_only
            assert READ_ONLY in vault.warnings
            with pytest.raises(VaultError, match="kan nu niet in de kluis schrijven"), vault.transaction():
                vault.settings.put("proef", "nieuw")
            copy = make_backup(vault, places=(place,), now=NOW).path
            assert backups.verify_backup(copy, vault=vault).authentic

    mounts.as_an_ordinary_user(job)
    kit.database.parent.chmod(0o700)
    assert fingerprint(kit.folder) == before


def test_a_vault_whose_folder_alone_takes_no_files_is_kept_and_copied_and_said_so(kit: Made, place: Path) -> None:
    def job() -> None:
        kit.folder.chmod(0o500)
        with opened(kit) as vault:
            assert not vault.read_only
            with vault.transaction():
                vault.settings.put("proef", "nieuw")
            make_backup(vault, places=(place,), now=NOW)
            assert backup_state(vault, now=NOW).made == NOW, "a copy as any other"
        for closed in (True, False):
            line = said(kit, closed=closed)["Map"]
            assert not line.ok
            assert "Wat u schrijft, wordt bewaard" in line.sentence
        assert said(kit)["Kopieën in ‘kopieën’"].ok

    mounts.as_an_ordinary_user(job)
    with opened(kit) as vault:
        assert vault.settings.get("proef") == "nieuw"


@pytest.mark.parametrize("mode", [0, 0o400])
def test_a_vault_that_can_not_be_looked_into_gets_all_its_lines(kit: Made, mode: int) -> None:
    def job() -> None:
        kit.database.parent.chmod(mode)
        for closed in (True, False):
            lines = said(kit, closed=closed)
            assert {"Sleutelbos", "Sleutels", "Map", "Cloud", "Ruimte", "Kluis", "Inhoud", "Versies"} <= set(lines)
            assert not lines["Kluis"].ok
            assert "niet te lezen" in lines["Kluis"].sentence
            assert "Kijk of u bij deze map mag" in lines["Kluis"].sentence
            assert not lines["Map"].ok
            assert "mag niet alles lezen" in lines["Map"].sentence

    mounts.as_an_ordinary_user(job)


def test_a_database_in_a_folder_without_entry_is_not_called_gone(kit: Made) -> None:
    def job() -> None:
        database = kit.database
        database.parent.chmod(0o400)
        with pytest.raises(VaultError, match="niet te lezen"):
            check_file(database)

    mounts.as_an_ordinary_user(job)


def test_a_former_vault_that_can_not_be_looked_into_costs_its_own_line_only(kit: Made, place: Path) -> None:
    two_copies(kit, place)
    former = kit.folder / "g-4444444444444444"
    shutil.copytree(kit.database.parent, former)

    def job() -> None:
        former.chmod(0)
        lines = said(kit)
        assert not lines["Vorige kluis"].ok
        assert f"vpdesk mag niet alles lezen in de map {former}." in lines["Vorige kluis"].sentence
        assert lines["Inhoud"].ok
        assert lines["Kopieën in ‘kopieën’"].ok

    mounts.as_an_ordinary_user(job)


@pytest.mark.parametrize("kind", ["a file", "another's folder"])
def test_a_thing_in_the_place_of_the_work_folder_is_named_with_what_to_do(kit: Made, place: Path, kind: str) -> None:
    work = kit.folder / generations.WORK

    def job() -> None:
        if kind == "a file":
            work.write_text("van iemand")
        else:
            work.mkdir()
            (work / "van iemand").touch()
            work.chmod(0)
        for closed in (True, False):
            line = said(kit, closed=closed)["Resten"]
            assert not line.ok
            assert f"Verplaats {work} naar een andere map." in line.sentence
        with opened(kit) as vault, pytest.raises(OutputError, match=f"Verplaats {work}"):
            make_backup(vault, places=(place,), now=NOW)

    mounts.as_an_ordinary_user(job)
    if work.is_dir():
        work.chmod(0o700)


def test_a_journal_that_can_not_be_tried_for_a_thing_in_the_way_does_not_call_the_disk_full(kit: Made) -> None:
    work = kit.folder / generations.WORK
    work.write_text("van iemand")
    kit.database.with_name("vault.db-journal").write_bytes(b"half")
    with pytest.raises(VaultError, match=f"Verplaats {work}") as told:
        opened(kit)
    assert "vol" not in told.value.sentence


def test_a_file_that_can_not_be_read_is_not_said_to_be_readable(kit: Made) -> None:
    def job() -> None:
        for path in (kit.database, kit.key_file, kit.folder / generations.LOCK):
            mode = path.stat().st_mode
            path.chmod(0)
            assert "mag niet alles lezen" in said(kit, closed=True)["Map"].sentence
            path.chmod(mode)
        assert said(kit, closed=True)["Map"].ok

    mounts.as_an_ordinary_user(job)


def test_what_a_copy_was_is_said_where_none_is_left(kit: Made, place: Path) -> None:
    with opened(kit) as vault:
        make_backup(vault, places=(place,), now=NOW).path.unlink()
    assert "De laatste kopie, van vandaag 10:00, staat niet meer in" in said(kit)["Kopieën in ‘kopieën’"].sentence


def test_a_relative_place_is_known_from_every_folder(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with opened(kit) as vault:
        make_backup(vault, places=(Path("kopieën"),), now=NOW)
    monkeypatch.chdir("/")
    assert said(kit)["Kopieën in ‘kopieën’"].ok


def test_copies_beside_a_folder_without_a_vault_are_named(kit: Made) -> None:
    with opened(kit) as vault:
        make_backup(vault, places=(usual_place(kit.folder),), now=NOW)
    shutil.rmtree(kit.folder)
    lines = {line.name: line for line in doctor(kit.folder, keychain=kit.keychain, now=NOW)}
    assert f"Wel staan er reservekopieën in {usual_place(kit.folder)}." in lines["Kluis"].sentence


def test_a_real_secret_for_what_is_the_practice_vault_is_told(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "oefen", practice=True)
    vault.close()
    lines = examine(kit.folder, passphrase=PHRASE, words=None, keychain=kit.keychain, now=NOW)
    assert any("staat de oefenkluis" in line.sentence and not line.ok for line in lines)
    lines = examine(kit.folder, passphrase=None, words=None, keychain=kit.keychain, now=NOW)
    assert not any("staat de oefenkluis" in line.sentence for line in lines)


def test_a_copy_of_a_day_to_come_is_said_to_be_of_a_clock_that_was_wrong(kit: Made, place: Path) -> None:
    wrong = NOW + timedelta(days=3650)
    wrong_clock = "Toen de kopie van vr 18 jan 2036 werd gemaakt, stond de klok van de laptop niet goed"
    with opened(kit) as vault:
        backups.set_places(vault, (place,))
        make_backup(vault, places=(place,), now=wrong)
        lines = {line.name: line for line in copy_lines(vault, NOW)}
        assert "De klok van de laptop stond toen niet goed" in lines["Reservekopieën"].sentence
        assert wrong_clock in lines["Kopieën in ‘kopieën’"].sentence
        with vault.transaction():
            vault.settings.put("proef", "later")
        recent = copy_lines(vault, NOW)[0]
        assert not recent.ok
        assert "De klok van de laptop stond toen niet goed" in recent.sentence
        make_backup(vault, places=(place,), now=NOW)
        lines = {line.name: line for line in copy_lines(vault, NOW + timedelta(hours=1))}
        assert "klok" not in lines["Reservekopieën"].sentence
        there = lines["Kopieën in ‘kopieën’"]
        assert there.ok
        assert f"2 kopieën in {place}; de nieuwste is van vandaag en heel. {wrong_clock}" in there.sentence
