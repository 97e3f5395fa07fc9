"""A vault that moves is in one place or the other, whole, whatever happens on the way."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.faults import mounts
from tests.vault_kit import NOW, PHRASE, Made, fingerprint, made, make
from vpdesk.domain.errors import CancelledError, VaultDamagedError, VaultError
from vpdesk.operations import moving, vaults
from vpdesk.operations.backups import list_backups, make_backup, places, restore_backup, set_places
from vpdesk.operations.checking import check_vault
from vpdesk.operations.doctor import doctor
from vpdesk.operations.moving import move_vault
from vpdesk.operations.places import MOVING, usual_place
from vpdesk.operations.vaults import open_vault
from vpdesk.store import backup, generations
from vpdesk.store.oslock import OsLock

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "OneDrive" / "kluis")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "laptop" / "kluis"


def opened(kit: Made, folder: Path | None = None) -> Vault:
    return open_vault(folder or kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW)


def nowhere(_folder: Path) -> None:
    """For moves that are not counted anywhere."""


def test_a_vault_moves_and_the_old_one_goes_when_the_new_one_was_opened(kit: Made, new: Path) -> None:
    told: list[tuple[int, int]] = []
    counted: list[Path] = []
    vault = opened(kit)
    there = move_vault(vault, new, count=counted.append, progress=lambda done, total: told.append((done, total)))
    assert there == new
    assert counted == [new]
    assert told[-1][0] == told[-1][1] > 0
    assert kit.database.exists(), "nothing is removed before the copy was opened in earnest"
    assert new.stat().st_mode & 0o777 == 0o700
    with opened(kit, new) as moved:
        assert moved.settings.get("proef") == "eerste"
        assert moved.warnings == ()
        assert moved.settings.get(MOVING) == ""
        assert moved.integrity(full=True)
    assert not kit.folder.exists()
    assert [path.name for path in kit.folder.parent.iterdir()] == []
    with opened(kit, new) as again:
        assert again.warnings == ()


def test_copies_from_before_an_update_come_along(kit: Made, new: Path) -> None:
    with opened(kit) as vault:
        kept = backup.before_migration(vault, now=NOW)
        content = kept.read_bytes()
        move_vault(vault, new, count=nowhere)
    (new / backup.BEFORE_UPDATE).mkdir()
    (new / backup.BEFORE_UPDATE / "andere.vpbackup").write_bytes(b"van hier")
    opened(kit, new).close()
    assert (new / backup.BEFORE_UPDATE / kept.name).read_bytes() == content
    assert not kit.folder.exists()


def test_where_it_may_not_go_nothing_changes(kit: Made, tmp_path: Path) -> None:
    full = tmp_path / "vol"
    full.mkdir()
    (full / "brief").write_text("tekst")
    other, vault = make(tmp_path / "andere")
    vault.close()
    (tmp_path / "ernaast").symlink_to(kit.folder, target_is_directory=True)
    with opened(kit) as vault:
        before = fingerprint(tmp_path)
        for to, sentence in (
            (kit.folder, "in de map van de kluis zelf"),
            (kit.folder / "dieper", "in de map van de kluis zelf"),
            (tmp_path / "ernaast" / "dieper", "in de map van de kluis zelf"),
            (full, "staat al iets"),
            (full / "brief", "staat al iets"),
            (other.folder, "staat al iets"),
            (other.folder / "work", "in de map van een andere kluis"),
            (tmp_path / "Dropbox" / "kluis", "loopt mee met Dropbox"),
            (full / "brief" / "kluis", "kan niet schrijven"),
            (tmp_path / ("é" * 128), "te lang"),
            (tmp_path / ("n" * 256) / "kluis", "te lang"),
        ):
            with pytest.raises(VaultError, match=sentence):
                move_vault(vault, to, count=nowhere)
        assert fingerprint(tmp_path) == before
        vault.read_only = True
        with pytest.raises(VaultError, match="kan niet worden verplaatst"):
            move_vault(vault, tmp_path / "nieuw", count=nowhere)


def test_the_practice_vault_stays_where_it_is(tmp_path: Path) -> None:
    _, vault = make(tmp_path / "oefenkluis", practice=True)
    with vault, pytest.raises(VaultError, match="kan niet worden verplaatst"):
        move_vault(vault, tmp_path / "nieuw", count=nowhere)


def test_a_vault_from_before_a_restore_is_dropped_knowingly_first(kit: Made, new: Path, tmp_path: Path) -> None:
    with opened(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    with restore_backup(copy, folder=kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        with pytest.raises(VaultError, match="van voor het terugzetten"):
            move_vault(vault, new, count=nowhere)
        vaults.drop_former_generations(vault)
        move_vault(vault, new, count=nowhere)
    open_vault(new, words=kit.words, keychain=kit.keychain, now=NOW).close()


def test_stopping_midway_leaves_the_vault_open_and_nothing_elsewhere(kit: Made, new: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise CancelledError("Gestopt.")

    with opened(kit) as vault:
        with pytest.raises(CancelledError):
            move_vault(vault, new, count=nowhere, progress=stop)
        assert not new.exists()
        assert vault.settings.get(MOVING) == ""
        move_vault(vault, new, count=nowhere)


def test_a_damaged_page_is_not_carried_to_another_folder(kit: Made, new: Path) -> None:
    with opened(kit) as vault:
        content = bytearray(kit.database.read_bytes())
        content[-100] ^= 1
        kit.database.write_bytes(content)
        with pytest.raises(VaultDamagedError, match="niet heel overgekomen"):
            move_vault(vault, new, count=nowhere)
    assert not new.exists()
    assert kit.database.read_bytes()[-100] == content[-100]


@pytest.mark.parametrize("place", ["vault.db", "vault.keys"])
def test_a_disk_that_keeps_something_else_is_noticed(
    kit: Made, new: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    real = generations.sync_file

    def worn(path: Path) -> None:
        real(path)
        if path.name == place and path.is_relative_to(new):
            content = path.read_bytes()
            path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))

    monkeypatch.setattr(generations, "sync_file", worn)
    with opened(kit) as vault, pytest.raises(VaultDamagedError, match="niet heel overgekomen"):
        move_vault(vault, new, count=nowhere)
    assert not new.exists()


def test_a_copy_that_can_not_be_opened_does_not_count(kit: Made, new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = moving._copy_file

    def emptied(source: Path, target: Path, *more: object) -> int:
        done = real(source, target, *more)  # type: ignore[arg-type] # handed on
        if target.name == generations.DATABASE:
            target.write_bytes(b"")
        return done

    monkeypatch.setattr(moving, "_copy_file", emptied)
    with opened(kit) as vault, pytest.raises(VaultDamagedError, match="niet heel overgekomen"):
        move_vault(vault, new, count=nowhere)
    assert not new.exists()


def test_where_the_choice_of_folder_can_not_be_kept_the_vault_stays(kit: Made, new: Path) -> None:
    asked: list[Path] = []

    def unkept(folder: Path) -> None:
        asked.append(folder)
        if folder == new:
            raise VaultError("De instellingen zijn niet te bewaren.")

    with opened(kit) as vault, pytest.raises(VaultError, match="niet te bewaren"):
        move_vault(vault, new, count=unkept)
    assert asked == [new, kit.folder], "it may have been kept all the same"
    assert not new.exists()
    with opened(kit) as vault:
        assert vault.settings.get(MOVING) == ""


def test_where_nobody_knows_which_folder_counts_both_keep_their_vault(kit: Made, new: Path) -> None:
    def broken(_folder: Path) -> None:
        raise OSError(5, "broken")

    with opened(kit) as vault, pytest.raises(VaultError, match="staat heel in"):
        move_vault(vault, new, count=broken)
    assert vaults.describe(kit.folder).problem == vaults.describe(new).problem == ""
    opened(kit, new).close()
    assert not kit.folder.exists(), "the next opening settles it"


def test_a_full_disk_leaves_the_vault_where_it_was(kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def job() -> None:
        disk = tmp_path / "schijf"
        mounts.small_disk(disk, 100)
        before = kit.database.stat().st_size
        assert before > 100_000
        with opened(kit) as vault:
            with pytest.raises(VaultError, match="De schijf is vol"):
                move_vault(vault, disk / "kluis", count=nowhere)
            monkeypatch.setattr("vpdesk.store.space.free", lambda _: None)
            with pytest.raises(VaultError, match="De schijf is vol"):
                move_vault(vault, disk / "kluis", count=nowhere)
            assert vault.settings.get("proef") == "eerste"
            assert vault.settings.get(MOVING) == ""
        assert list(disk.iterdir()) == []

    mounts.with_own_mounts(job)


def moved(kit: Made, new: Path) -> None:
    with opened(kit) as vault:
        move_vault(vault, new, count=nowhere)


def test_what_was_written_at_the_old_place_afterwards_is_left_and_told(kit: Made, new: Path, tmp_path: Path) -> None:
    moved(kit, new)
    shutil.copytree(kit.folder, tmp_path / "apart")
    old = open_vault(tmp_path / "apart", passphrase=PHRASE, keychain=kit.keychain, now=NOW)
    with old, old.transaction():
        old.settings.put("proef", "later")
    shutil.rmtree(kit.folder)
    shutil.copytree(tmp_path / "apart", kit.folder)
    with opened(kit, new) as vault:
        assert [warning for warning in vault.warnings if "laat daar alles staan" in warning]
        assert vault.settings.get(MOVING) == ""
    assert kit.database.exists()


def test_something_else_at_the_old_place_is_left(kit: Made, new: Path, tmp_path: Path) -> None:
    moved(kit, new)
    shutil.rmtree(kit.folder)
    kit.folder.mkdir()
    (kit.folder / "brief").write_text("tekst")
    with opened(kit, new) as vault:
        assert len(vault.warnings) == 1
    assert (kit.folder / "brief").read_text() == "tekst"


def test_another_vault_at_the_old_place_is_left(kit: Made, new: Path, tmp_path: Path) -> None:
    moved(kit, new)
    shutil.rmtree(kit.folder)
    other, vault = make(kit.folder)
    vault.close()
    before = fingerprint(other.folder)
    opened(kit, new).close()
    assert fingerprint(other.folder) == before


def test_an_old_place_that_is_gone_is_no_trouble(kit: Made, new: Path) -> None:
    moved(kit, new)
    shutil.rmtree(kit.folder)
    with opened(kit, new) as vault:
        assert vault.warnings == ()
        assert vault.settings.get(MOVING) == ""


def test_an_old_vault_that_is_open_elsewhere_goes_the_next_time(kit: Made, new: Path) -> None:
    moved(kit, new)
    with OsLock(kit.folder / generations.LOCK), opened(kit, new) as vault:
        assert "probeert het later weer" in vault.warnings[0]
    assert kit.database.exists()
    with opened(kit, new) as vault:
        assert vault.warnings == ()
    assert not kit.folder.exists()


def test_a_move_that_stopped_before_it_counted_is_cleared_at_the_old_place(kit: Made, new: Path) -> None:
    """As when the program is killed between the copy and the choice of folder."""
    moved(kit, new)
    with opened(kit) as vault:
        assert vault.warnings == ()
        assert vault.settings.get("proef") == "eerste"
    assert not new.exists()
    moved(kit, new)
    with OsLock(new / generations.LOCK), opened(kit) as vault:
        assert vault.warnings == (), "nothing the user must know"
        assert vault.settings.get(MOVING)


def test_a_note_that_speaks_of_other_folders_is_dropped(kit: Made, new: Path, tmp_path: Path) -> None:
    moved(kit, new)
    shutil.move(new, tmp_path / "met de hand")
    with opened(kit, tmp_path / "met de hand") as vault:
        assert vault.settings.get(MOVING) == ""
    assert kit.database.exists()


@pytest.mark.parametrize("text", ["x", "{}", "[]", '{"old": 1, "new": 2, "revision": 3}'])
def test_a_note_that_is_none_is_dropped(kit: Made, text: str) -> None:
    with opened(kit) as vault, vault.transaction():
        vault.settings.put(MOVING, text)
    with opened(kit) as vault:
        assert vault.settings.get(MOVING) == ""


def test_a_folder_that_is_merely_empty_is_left_to_whom_it_belongs(kit: Made, tmp_path: Path) -> None:
    """A restored vault is somebody's file: its note may name any folder."""
    theirs = tmp_path / "van een ander"
    (theirs / "work").mkdir(parents=True)
    (theirs / "work" / "brief").write_text("tekst")
    with opened(kit) as vault, vault.transaction():
        vault.settings.put(MOVING, moving._Note(theirs, kit.folder, 1).text())
    with opened(kit) as vault:
        assert vault.settings.get(MOVING) == ""
    assert (theirs / "work" / "brief").read_text() == "tekst"


def test_a_vault_that_is_only_read_leaves_everything(kit: Made, new: Path) -> None:
    moved(kit, new)
    with opened(kit) as vault:
        vault.settings.put(MOVING, moving._Note(kit.folder, new, 1).text())
        vault.read_only = True
        moving.finish_move(vault)
        assert vault.settings.get(MOVING)


def test_where_copies_stood_stays_known_after_a_move(kit: Made, new: Path) -> None:
    """The usual place goes with the folder of the vault; the copies do not."""
    former = usual_place(kit.folder)
    with opened(kit) as vault:
        copy = make_backup(vault, places=(former,), now=NOW).path
        assert moving.where_copies_stand(vault) == (former,)
        move_vault(vault, new, count=nowhere)
    with opened(kit, new) as vault:
        assert places(vault) == (former, usual_place(new))
        assert list_backups(places(vault)) == (copy,)
        result = make_backup(vault, places=places(vault), now=NOW + timedelta(hours=1))
        assert [place.message for place in result.places] == ["", ""]


def test_copies_on_a_place_that_is_away_stay_known_after_a_move(kit: Made, new: Path) -> None:
    former = usual_place(kit.folder)
    with opened(kit) as vault:
        make_backup(vault, places=(former,), now=NOW)
        move_vault(vault, new, count=nowhere)
    former.rename(former.with_name("losgemaakt"))
    with opened(kit, new) as vault:
        assert places(vault) == (former, usual_place(new))


def test_chosen_places_stay_as_they_were_chosen(kit: Made, new: Path, tmp_path: Path) -> None:
    with opened(kit) as vault:
        set_places(vault, [tmp_path / "stick"])
        move_vault(vault, new, count=nowhere)
    with opened(kit, new) as vault:
        assert places(vault) == (tmp_path / "stick",)


def test_places_that_can_not_be_kept_are_kept_at_the_next_opening(
    kit: Made, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = usual_place(kit.folder)
    with opened(kit) as vault:
        make_backup(vault, places=(former,), now=NOW)
        move_vault(vault, new, count=nowhere)

    def full(_vault: Vault, _note: object) -> None:
        raise VaultError("De schijf is vol.")

    with monkeypatch.context() as patched:
        patched.setattr(moving, "_keep_places", full)
        opened(kit, new).close()
    assert kit.database.exists(), "the note of the move stays with the old vault"
    with opened(kit, new) as vault:
        assert places(vault) == (former, usual_place(new))
    assert not kit.folder.exists()


def test_a_folder_in_which_somebody_keeps_work_is_taken(kit: Made, new: Path) -> None:
    (new / "work").mkdir(parents=True)
    (new / "work" / "scriptie.txt").write_text("drie jaar werk")
    with opened(kit) as vault, pytest.raises(VaultError, match="staat al iets"):
        move_vault(vault, new, count=nowhere)
    assert (new / "work" / "scriptie.txt").read_text() == "drie jaar werk"


@pytest.mark.parametrize("counted", [True, False])
def test_a_vault_that_is_not_in_use_removes_neither_and_says_where_the_other_stands(
    kit: Made, new: Path, counted: bool
) -> None:
    """As when a scheduled copy opens the old folder before the window opens the new one, and the other way round."""
    moved(kit, new)
    in_use, other = (new, kit.folder) if counted else (kit.folder, new)
    with open_vault(other, passphrase=PHRASE, keychain=kit.keychain, now=NOW, in_use=lambda: in_use) as vault:
        assert str(in_use) in vault.warnings[0]
        assert "Er is niets weggehaald" in vault.warnings[0]
    assert vaults.describe(new).exists
    assert vaults.describe(kit.folder).exists
    open_vault(in_use, passphrase=PHRASE, keychain=kit.keychain, now=NOW, in_use=lambda: in_use).close()
    assert vaults.describe(in_use).exists
    assert not vaults.describe(other).exists


def test_where_the_settings_name_neither_folder_nothing_goes_from_either(kit: Made, new: Path, tmp_path: Path) -> None:
    """As when the settings were lost before the new folder was opened."""
    moved(kit, new)

    def opened_by(folder: Path, in_use: Path) -> Vault:
        return open_vault(folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW, in_use=lambda: in_use)

    for folder in (new, kit.folder, new):
        with opened_by(folder, tmp_path / "gewoon") as vault:
            assert vault.warnings == (moving.NOT_CERTAIN.format(kit.folder, new),)
        assert vaults.describe(new).exists
        assert vaults.describe(kit.folder).exists
    with opened_by(new, new) as vault:
        assert vault.warnings == ()
    assert not kit.folder.exists()


def test_checks_at_the_folder_moved_from_change_nothing_there(kit: Made, new: Path) -> None:
    moved(kit, new)
    with open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW, in_use=lambda: new) as vault:
        before = vault.revision
        lines = doctor(vault, keychain=kit.keychain, now=NOW)
        assert check_vault(vault, full=True, now=NOW)
        assert vault.revision == before
    assert [line.sentence for line in lines if line.name == "Openen"] == [moving.NOT_IN_USE.format(new)]
    assert all(line.ok for line in lines if line.name == "Resten")
    with open_vault(new, passphrase=PHRASE, keychain=kit.keychain, now=NOW, in_use=lambda: new) as vault:
        assert vault.warnings == ()
    assert not kit.folder.exists()


def test_the_checks_of_a_vault_change_nothing_in_it(kit: Made) -> None:
    with opened(kit) as vault:
        before = vault.revision
        doctor(vault, keychain=kit.keychain, now=NOW)
        assert vault.revision == before
