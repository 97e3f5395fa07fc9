"""Copies in the window: putting one back, on a first start too; what stood here before; what failed behind a lock."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.operations.test_attachments import a_file, kept
from tests.operations.test_unsettled import dying_at
from tests.vault_kit import NOW, PHRASE, Made, make
from vpdesk.operations import access
from vpdesk.operations.backups import make_backup, restore_backup, set_places
from vpdesk.operations.clients import add_client
from vpdesk.operations.older import OLDER
from vpdesk.operations.places import space_budget, usual_place
from vpdesk.operations.practice import make_practice_vault
from vpdesk.operations.vaults import open_vault
from vpdesk.store import attached, disk, generations
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER
from vpdesk.store.refusals import HELD
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.copies import copies_in, copy_if_due
from vpdesk.ui.desk import Desk
from vpdesk.ui.models.copy_list import CopyModel
from vpdesk.ui.pages.vault_dialogs import PlacesForm
from vpdesk.ui.pages.vault_former import DropForm
from vpdesk.ui.screens.damaged import DamagedScreen
from vpdesk.ui.screens.lock import LockScreen
from vpdesk.ui.screens.wizard import Wizard
from vpdesk.ui.worker import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tests.ui.stage import Stage
    from vpdesk.domain.errors import VpdeskError
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.pages.vault import VaultPage

pytestmark = pytest.mark.window


def said(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def kit(stage: Stage) -> Made:
    """A vault with one organisation and a copy beside it, closed."""
    folder = stage.session.door.folder
    folder.parent.mkdir(parents=True)
    made, vault = make(folder)
    add_client(vault, name="Gemeente Esdoornveen")
    make_backup(vault, places=(usual_place(folder),), now=NOW)
    vault.close()
    stage.keychain = made.keychain
    return made


def opened(stage: Stage) -> Desk:
    stage.session.begin()
    screen = cast("LockScreen", stage.screen(LockScreen))
    stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    stage.press(screen.open)
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    return desk


def kluis(stage: Stage, desk: Desk) -> VaultPage:
    desk.navigate(Place(PageName.KLUIS))
    stage.settle()
    return cast("VaultPage", desk.page)


def test_checks_stand_in_one_column_where_there_is_room_for_one(stage: Stage, kit: Made) -> None:
    page = kluis(stage, opened(stage))
    stage.until(page._checks.count)
    assert page._checks.columnCount() == 2
    assert page._checks.itemAtPosition(0, 1) is not None
    count = page._checks.count()
    page.resize(500, 700)
    assert page._checks.itemAtPosition(0, 1) is None
    assert page._checks.count() == count


@pytest.mark.parametrize("later", [True, False])
def test_on_a_new_laptop_a_stick_and_the_words_are_enough(stage: Stage, tmp_path: Path, later: bool) -> None:
    kit, vault = make(tmp_path / "vorige laptop")
    with vault:
        add_client(vault, name="Gemeente Esdoornveen")
        make_backup(vault, places=(tmp_path / "stick",), now=NOW - timedelta(days=3))
    shutil.rmtree(kit.folder)
    stage.keychain = MemoryKeychain()
    stage.session.begin()
    wizard = cast("Wizard", stage.screen(Wizard))
    wizard.place_step.choose("terugzetten")
    stage.press(wizard.next)
    screen = cast("DamagedScreen", stage.screen(DamagedScreen))
    stage.settle()
    assert not screen.go.isEnabled()
    screen.look_in(tmp_path / "stick")
    stage.settle()
    assert "17 januari" in screen.go.text()
    stage.press(screen.go)
    stage.qtbot.keyClicks(screen.words, " ".join(kit.words))
    for edit in (screen.passphrase, screen.again):
        stage.qtbot.keyClicks(edit, "een nieuwe lange zin")
    stage.press(screen.some_later if later else screen.none_later)
    stage.press(screen.put_back)
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    unknown: list[str] = []
    stage.worker.run(lambda v: v.settings.get(LEDGER_UNKNOWN_AFTER), unknown.append, desk.show_failure)
    stage.settle()
    assert bool(unknown[0]) is later, "no numbers after the copy until it is known what went out"
    stage.worker.close()
    with stage.session.door.open(passphrase="een nieuwe lange zin") as vault:
        assert vault.clients.by_name("Gemeente Esdoornveen") is not None


def test_a_copy_of_a_practice_vault_asks_for_nothing_at_all(stage: Stage, tmp_path: Path) -> None:
    with make_practice_vault(tmp_path / "oefenkluis", now=NOW) as vault:
        make_backup(vault, places=(tmp_path / "stick",), now=NOW)
    kit, vault = make(tmp_path / "echt")
    with vault:
        make_backup(vault, places=(tmp_path / "stick",), now=NOW - timedelta(days=1))
    stage.session.begin()
    wizard = cast("Wizard", stage.screen(Wizard))
    wizard.place_step.choose("terugzetten")
    stage.press(wizard.next)
    screen = cast("DamagedScreen", stage.screen(DamagedScreen))
    screen.look_in(tmp_path / "stick")
    stage.settle()
    for row, free in ((1, False), (0, True)):
        screen.table.chosen.emit(row)
        stage.press(screen.go)
        asked = (screen.words_field, screen.passphrase_field, screen.again_field, screen.none_later)
        assert {widget.isVisible() for widget in asked} == {not free}
        if not free:
            stage.qtbot.keyClicks(screen.passphrase, "een zin voor de echte")
            screen._turn(asking=False)
    stage.press(screen.put_back)
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    found: list[bool] = []
    stage.worker.run(lambda v: v.practice and not v.settings.get(LEDGER_UNKNOWN_AFTER), found.append, desk.show_failure)
    stage.settle()
    assert found == [True]
    assert kit.folder.is_dir()


@pytest.mark.parametrize("days", [2, 0])
def test_a_copy_older_than_the_vault_is_a_warning_with_both_dates_before_it_is_put_back(
    stage: Stage, kit: Made, days: int
) -> None:
    desk = opened(stage)
    desk.commands.restore.trigger()
    screen = cast("DamagedScreen", stage.screen(DamagedScreen))
    stage.settle()
    changed = (NOW + timedelta(days=days)).timestamp()
    os.utime(kit.database, (changed, changed))
    stage.go_on(timedelta(days=2))
    stage.press(screen.go)
    stage.settle()
    assert screen.older.isVisible() is bool(days)
    if days:
        assert screen.older.accessibleName().strip().startswith("Deze kopie is van di 20 jan, uw kluis van vandaag.")


def test_what_stood_here_before_a_restore_is_shown_and_dropped_knowingly(stage: Stage, kit: Made) -> None:
    former = generations.current(kit.folder)
    (copy,) = usual_place(kit.folder).iterdir()
    restore_backup(copy, folder=kit.folder, words=kit.words, keychain=kit.keychain, now=NOW).close()
    changed = (NOW - timedelta(days=4)).timestamp()
    for path in former.iterdir():
        os.utime(path, (changed, changed))
    desk = opened(stage)
    page = kluis(stage, desk)
    assert page.former.isVisible()
    assert "laatst gewijzigd op 16 januari 2026 10:00" in said(page.former)
    assert " kB" in said(page.former)
    stage.press(page.former.buttons[0])
    form = page.findChild(DropForm)
    assert form is not None
    form.back.click()
    assert former.exists()
    stage.press(page.former.buttons[0])
    form = page.findChildren(DropForm)[-1]
    stage.press(form.verb)
    stage.settle()
    assert not former.exists()
    assert not page.former.isVisible()
    stage.worker.close()
    stage.session.door.open(passphrase=PHRASE).close()


def test_a_copy_that_failed_behind_the_lock_is_told_on_vandaag_and_kluis_at_the_next_start(
    stage: Stage, kit: Made
) -> None:
    place = usual_place(kit.folder)
    shutil.rmtree(place)
    place.write_text("in de weg")
    desk = opened(stage)
    stage.worker.run(lambda vault: add_client(vault, name="Zorggroep Merelhof"), lambda _c: None, desk.show_failure)
    stage.settle()
    stage.go_on(timedelta(hours=2))
    desk.commands.lock.trigger()
    stage.until(lambda: stage.ends)
    assert "is bewaard" in stage.ends[0]
    stage.session.locking.leaving = False  # a new process
    desk = opened(stage)
    assert "De kopie van 20 januari 2026 12:00 is niet gelukt." in said(desk)
    assert "Kopie mislukt" in said(desk.sidebar)
    assert "De kopie van 20 januari 2026 12:00 is niet gelukt." in said(kluis(stage, desk))
    place.unlink()
    desk.commands.backup.trigger()
    stage.settle()
    assert "is niet gelukt" not in said(kluis(stage, desk))


def test_the_room_for_copies_is_chosen_with_their_places(stage: Stage, kit: Made) -> None:
    desk = opened(stage)
    page = kluis(stage, desk)
    for room, expected in (("", 2_000_000_000), ("5000000000", 5_000_000_000)):
        stage.press(page.change_places)
        form = page.findChildren(PlacesForm)[-1]
        stage.settle()
        if room:
            form.room.choose(room)
        stage.press(form.verb)
        stage.settle()
        found: list[int] = []
        stage.worker.run(space_budget, found.append, desk.show_failure)
        stage.settle()
        assert found == [expected]


def test_a_room_that_was_set_elsewhere_is_kept(stage: Stage, kit: Made) -> None:
    desk = opened(stage)
    stage.worker.run(lambda vault: vault.settings.put("backup_space_budget", "1500000000"), print, desk.show_failure)
    page = kluis(stage, desk)
    stage.press(page.change_places)
    form = page.findChildren(PlacesForm)[-1]
    stage.settle()
    assert form.room.currentText() == "1,5 GB"


def test_an_older_vault_in_the_place_of_this_one_is_not_called_in_order(stage: Stage, kit: Made) -> None:
    shutil.copytree(kit.folder, stage.root / "ouder")
    with open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW) as vault, vault.transaction():
        vault.settings.put("proef", "later")
    shutil.rmtree(kit.folder)
    shutil.copytree(stage.root / "ouder", kit.folder)
    page = kluis(stage, opened(stage))
    assert "in orde" not in page.state.accessibleName()
    assert "Kijk bij Controles: Openen" in page.state.accessibleName()
    assert OLDER in said(page)


@pytest.mark.parametrize("ruined", [b"", b"vpdesk backup\n"])
def test_a_newest_copy_that_was_destroyed_stands_in_the_list_and_nothing_is_called_in_order(
    stage: Stage, kit: Made, ruined: bytes
) -> None:
    with open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW) as vault:
        newest = make_backup(vault, places=(usual_place(kit.folder),), now=NOW + timedelta(minutes=1)).path
    newest.write_bytes(ruined)
    page = kluis(stage, opened(stage))
    stage.until(lambda: page.model.rowCount() == 2)
    problems = {copy.path: bool(copy.problem) for copy in page.model.copies}
    assert problems.pop(newest)
    assert list(problems.values()) == [False]
    stage.until(page._checks.count)
    assert "in orde" not in page.state.accessibleName()
    assert newest.name in said(page)


def test_who_misses_nothing_in_an_older_vault_is_not_warned_again(stage: Stage, kit: Made) -> None:
    shutil.copytree(kit.folder, stage.root / "ouder")
    with open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW) as vault, vault.transaction():
        vault.settings.put("proef", "later")
    shutil.rmtree(kit.folder)
    shutil.copytree(stage.root / "ouder", kit.folder)
    desk = opened(stage)
    page = kluis(stage, desk)
    stage.until(page._checks.count)
    assert OLDER in said(page)
    (complete,) = [button for button in desk.findChildren(QPushButton) if button.text() == "Ik mis niets"]
    stage.press(complete)
    stage.settle()
    stage.until(lambda: OLDER not in said(desk))
    stage.worker.close()
    with stage.session.door.open(passphrase=PHRASE) as vault:
        assert OLDER not in vault.warnings


def test_a_stick_that_is_back_is_told_until_it_has_the_last_copy_and_gets_it_at_the_end(
    stage: Stage, kit: Made, tmp_path: Path
) -> None:
    usual, stick = usual_place(kit.folder), tmp_path / "stick"
    with stage.session.door.open(passphrase=PHRASE) as vault:
        set_places(vault, [usual, stick])
        stick.rmdir()
        make_backup(vault, places=(usual, stick), now=NOW)
    stick.mkdir()
    desk = opened(stage)
    assert "stick’ staat de laatste kopie, van vandaag, nog niet" in said(desk.page)
    page = kluis(stage, desk)
    assert "stick’ staat de laatste kopie, van vandaag, nog niet" in said(page._away.parentWidget())
    ended: list[object] = []
    end = partial(copy_if_due, now=NOW + timedelta(minutes=5), beside=kit.folder, progress=Progress(), quitting=True)
    stage.worker.run(end, ended.append, desk.show_failure)
    stage.until(lambda: len(ended) == 1)
    assert len(list(stick.iterdir())) == 1
    stage.worker.run(end, ended.append, desk.show_failure)
    stage.until(lambda: len(ended) == 2)
    assert ended[1] is None, "nothing changed since, and no place is behind"


def test_after_an_error_at_the_switch_to_new_words_nothing_is_removed_or_put_back_from_the_desk(
    stage: Stage, kit: Made
) -> None:
    """Either generation may count: what stands beside the open one is not a vault from before a restore."""
    desk = opened(stage)
    new = access.new_words()
    told: list[VpdeskError] = []

    def change(vault: Vault) -> None:
        with dying_at(generations.POINTER):
            access.replace_words(vault, new=new, typed=" ".join(new.words), now=NOW)

    stage.worker.run(change, lambda _: None, told.append)
    stage.settle()
    assert [error.sentence for error in told] == [disk.UNSETTLED]
    page = kluis(stage, desk)
    assert not page.former.isVisible()
    assert page.former.buttons == []
    desk.commands.restore.trigger()
    stage.until(lambda: HELD in said(desk))
    assert stage.window.screen_ is desk
    assert len(list(kit.folder.glob("g-*"))) == 2


def with_an_attachment(kit: Made, folder: Path) -> tuple[Path, Path]:
    """Keep a file in the vault of these tests and copy it to a stick; return the copy and the file beside it."""
    place = folder / "stick"
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        kept(vault, folder)
        copy = make_backup(vault, places=(place,), now=NOW).path
    (beside,) = place.glob(f"*{attached.SUFFIX}")
    return copy, beside


def test_which_attachments_will_be_missing_is_said_before_a_copy_is_put_back(
    stage: Stage, kit: Made, tmp_path: Path
) -> None:
    _, beside = with_an_attachment(kit, tmp_path)
    beside.unlink()
    shutil.rmtree(usual_place(kit.folder))
    shutil.rmtree(kit.folder)
    stage.keychain = MemoryKeychain()
    stage.session.begin()
    wizard = cast("Wizard", stage.screen(Wizard))
    wizard.place_step.choose("terugzetten")
    stage.press(wizard.next)
    screen = cast("DamagedScreen", stage.screen(DamagedScreen))
    screen.look_in(tmp_path / "stick")
    stage.settle()
    assert "Er staan geen bijlagen naast." in said(screen)
    stage.press(screen.go)
    stage.qtbot.keyClicks(screen.words, " ".join(kit.words))
    for edit in (screen.passphrase, screen.again):
        stage.qtbot.keyClicks(edit, "een nieuwe lange zin")
    stage.press(screen.put_back)
    stage.settle()
    told = screen.lacking.accessibleName()
    assert screen.lacking.isVisible()
    assert told.startswith("Niet alle bijlagen komen mee. Er horen bijlagen bij deze kopie (1)")
    assert f"Wat ontbreekt: {a_file(tmp_path, b'').name}." in told
    assert "kluis op deze laptop" not in told, "there is none"
    assert screen.put_back.text() == "Toch terugzetten"
    stage.press(screen.put_back)
    stage.settle()
    stage.screen(Desk)


def test_damaged_attachments_beside_a_copy_show_in_the_list_and_on_the_way_back(
    stage: Stage, kit: Made, tmp_path: Path
) -> None:
    copy, beside = with_an_attachment(kit, tmp_path)
    (line,) = copies_in((copy.parent,))
    model = CopyModel(kit.folder)
    model.show_copies((line,))
    checked = model.index(0, 3)
    assert checked.data() == "geslaagd"
    content = bytearray(beside.read_bytes())
    content[-100] ^= 1
    beside.write_bytes(content)
    (line,) = copies_in((copy.parent,))
    model.show_copies((line,))
    assert checked.data() == "bijlagen niet"
    assert "bijlagen ernaast is beschadigd" in str(model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole))
    desk = opened(stage)
    desk.commands.restore.trigger()
    screen = cast("DamagedScreen", stage.screen(DamagedScreen))
    stage.settle()
    screen.look_in(copy.parent)
    stage.settle()
    row = next(number for number, one in enumerate(screen.model.copies) if one.path == copy)
    screen.table.chosen.emit(row)
    assert "bijlagen ernaast is beschadigd" in said(screen)
    stage.press(screen.go)
    stage.settle()
    stage.press(screen.put_back)
    stage.settle()
    assert "dan komen zij daaruit" in screen.lacking.accessibleName()
