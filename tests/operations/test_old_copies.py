"""Copies made anew after something was destroyed: nothing old goes before the new one opened beside it."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_case, a_talk, new_vault
from vpdesk.domain.errors import BackupError, OutputError
from vpdesk.operations import old_copies
from vpdesk.operations.backups import list_backups, make_backup, set_places, verify_backup
from vpdesk.operations.cases import close_case
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.old_copies import in_reach, renew_copies
from vpdesk.operations.vaults import former_generations
from vpdesk.store import generations
from vpdesk.store.backup import BEFORE_UPDATE, before_migration

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault


@pytest.fixture
def places(vault: Vault, tmp_path: Path) -> tuple[Path, Path]:
    """Two places with a copy of yesterday each, in which a case still stands."""
    found = (tmp_path / "kopieen", tmp_path / "stick")
    set_places(vault, found)
    a_talk(vault, a_case(vault))
    make_backup(vault, places=found, now=NOW - timedelta(days=1))
    return found


def test_every_copy_within_reach_is_listed_by_day_and_what_is_away_too(
    vault: Vault, places: tuple[Path, Path], tmp_path: Path
) -> None:
    before_migration(vault, now=NOW - timedelta(days=9))
    other = new_vault(tmp_path / "andere")
    make_backup(other, places=(places[0],), now=NOW)
    other.close()
    (places[0] / "vreemd.vpbackup").write_bytes(b"geen kopie")
    reach = in_reach(vault)
    assert [copy.made for copy in reach.copies] == [NOW - timedelta(days=days) for days in (1, 1, 9)]
    assert {copy.path.parent for copy in reach.copies} == {*places, vault.folder / BEFORE_UPDATE}
    assert (reach.former, reach.away) == (0, ())
    shutil.move(places[1], tmp_path / "in de la")
    reach = in_reach(vault)
    assert (len(reach.copies), reach.away) == (2, (places[1],))


def test_without_a_chosen_place_the_usual_one_counts(vault: Vault) -> None:
    assert in_reach(vault).copies == ()
    renewed = renew_copies(vault, now=NOW)
    assert [copy.path for copy in in_reach(vault).copies] == [renewed.backup.path]


def test_older_copies_go_when_the_new_one_opened_and_a_restore_finds_nothing_of_the_case(
    vault: Vault, places: tuple[Path, Path]
) -> None:
    before_migration(vault, now=NOW - timedelta(days=9))
    earlier = generations.begin(vault.folder)
    (earlier / generations.UNFINISHED).unlink()
    (earlier / generations.DATABASE).write_bytes(b"van voor het terugzetten")
    assert in_reach(vault).former == 1
    close_case(vault, case_id=vault.cases.get(1).id, outcome="niet opgelost", reason="doel bereikt", on=NOW.date())
    destroy_case(vault, case_id=vault.cases.get(1).id, now=NOW)
    older = [copy.path for copy in in_reach(vault).copies]
    renewed = renew_copies(vault, now=NOW, older=older)
    assert (set(renewed.gone), renewed.kept) == (set(older), ())
    assert [path.parent for path in list_backups(places)] == [places[1], places[0]]
    assert all(verify_backup(path, vault=vault).authentic for path in list_backups(places))
    assert not list_backups((vault.folder / BEFORE_UPDATE,))
    assert former_generations(vault) == ()


def test_without_being_asked_nothing_old_goes(vault: Vault, places: tuple[Path, Path]) -> None:
    renewed = renew_copies(vault, now=NOW)
    assert (renewed.gone, renewed.kept) == ((), ())
    assert len(list_backups(places)) == 4


def test_a_place_that_did_not_get_the_new_copy_keeps_its_old_one(
    vault: Vault, places: tuple[Path, Path], tmp_path: Path
) -> None:
    older = [copy.path for copy in in_reach(vault).copies]
    shutil.move(places[1], tmp_path / "los")
    places[1].write_text("nu een bestand")
    renewed = renew_copies(vault, now=NOW, older=older)
    assert renewed.gone == (older[0],) if older[0].parent == places[0] else (older[1],)
    assert len(list_backups((tmp_path / "los",))) == 1


def test_when_no_new_copy_could_be_made_or_opened_every_old_one_stays(
    vault: Vault, places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    older = [copy.path for copy in in_reach(vault).copies]

    def damaged(*_given: object, **_named: object) -> None:
        raise BackupError("De kopie is niet heel.")

    with monkeypatch.context() as patched:
        patched.setattr(old_copies, "verify_backup", damaged)
        with pytest.raises(BackupError):
            renew_copies(vault, now=NOW, older=older)
    assert all(path.exists() for path in older)
    for place in places:
        shutil.rmtree(place)
        place.write_text("nu een bestand")
    with pytest.raises(OutputError):
        renew_copies(vault, now=NOW, older=older)


def test_a_copy_that_another_laptop_wrote_or_that_is_no_copy_any_more_stays_and_is_said(
    vault: Vault, places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead, broken = (copy.path for copy in in_reach(vault).copies)
    with vault.transaction():
        vault.connection.execute("UPDATE vault SET backup_sequence = 40")
    made = make_backup(vault, places=places, now=NOW - timedelta(hours=1))
    shutil.copy(made.path, ahead)
    with vault.transaction():
        vault.connection.execute("UPDATE vault SET backup_sequence = 2")
    broken.write_bytes(b"weg")
    renewed = renew_copies(vault, now=NOW, older=(ahead, broken))
    assert (renewed.gone, set(renewed.kept)) == ((), {ahead, broken})
    gone = list_backups(places)[-1]

    sync_folder = generations.sync_folder

    def refuses(folder: Path) -> None:
        if not gone.exists():
            raise OSError
        sync_folder(folder)

    monkeypatch.setattr(generations, "sync_folder", refuses)
    with vault.transaction():
        vault.connection.execute("UPDATE vault SET backup_sequence = 90")
    assert renew_copies(vault, now=NOW + timedelta(hours=1), older=(gone,)).gone == (gone,)
