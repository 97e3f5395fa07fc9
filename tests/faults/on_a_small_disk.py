"""The real window and the real command line on a disk that is full or takes no writes; run by test_full_disk.py."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.faults.scenes import Scene, new_vault
from tests.faults.small_disk import SMALL, SmallDisk, is_full, read_only
from tests.ui.stage import Stage
from tests.vault_kit import NOW, PHRASE, fingerprint
from tests.vault_kit import SMALL as SMALL_KDF
from vpdesk import cli
from vpdesk.app import prepare
from vpdesk.domain.errors import VpdeskError
from vpdesk.operations import conversations
from vpdesk.operations.elsewhere import read_elsewhere
from vpdesk.operations.places import usual_place
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.vaults import open_vault
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages import vault as vault_page
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.text_elsewhere import fetch
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.pages.vault import VaultPage
from vpdesk.ui.screens.lock import LockScreen
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("clean_home")
WORDS = "Zij vertelt dat het elke week gebeurt."


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    disk = SmallDisk(tmp_path)
    yield disk
    disk.clear()


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot, disk: SmallDisk) -> Iterator[Stage]:
    """The window with an open vault on that disk."""
    prepare(qapp)
    stage = Stage(qtbot, disk.folder)
    setup = begin_setup(stage.session.door.folder, passphrase=PHRASE, keychain=stage.keychain, now=NOW, kdf=SMALL_KDF)
    setup.confirm(setup.words).close()
    yield stage
    disk.free()
    stage.close()


def open_desk(stage: Stage) -> None:
    stage.session.begin()
    stage.window.show()
    screen = stage.screen(LockScreen)
    assert isinstance(screen, LockScreen)
    screen.passphrase.setText(PHRASE)
    stage.press(screen.open)
    stage.until(lambda: stage.session.desk is not None)
    stage.settle()


def typed(stage: Stage) -> ConversationPage:
    """Type a text on a blank page."""
    stage.desk.navigate(Place(PageName.GESPREK))
    stage.settle()
    page = stage.desk.page
    assert isinstance(page, ConversationPage)
    page.writing.setPlainText(WORDS)
    return page


def drafts(stage: Stage) -> list[str]:
    """Return the texts that the vault keeps as drafts."""
    found: list[object] = []
    stage.worker.run(conversations.drafts, found.append, found.append)
    stage.until(lambda: found)
    assert not isinstance(found[0], VpdeskError)
    return [draft.text for draft in found[0]]  # type: ignore[attr-defined] # a tuple of drafts


def bars(stage: Stage) -> str:
    return " ".join(bar.accessibleName() for bar in stage.desk.findChildren(Message) if bar.isVisible())


def test_the_disk_is_what_the_test_says(disk: SmallDisk) -> None:
    if disk.real:
        disk.fill()
        assert is_full(disk.folder)
        disk.free()
        assert not is_full(disk.folder)


def test_a_full_disk_leaves_the_text_and_says_so_until_there_is_room(stage: Stage, disk: SmallDisk) -> None:
    open_desk(stage)
    page = typed(stage)
    disk.fill()
    page.save_draft()
    stage.settle()
    assert page.not_kept.isVisible()
    assert "De schijf is vol" in page.not_kept.message.accessibleName()
    assert page.writing.toPlainText() == WORDS
    stage.desk.navigate(Place(PageName.VANDAAG))
    stage.settle()
    stage.desk.navigate(Place(PageName.GESPREK))  # a new conversation does not push the text out
    stage.settle()
    page.put_aside()
    stage.settle()
    assert stage.desk.page is page
    assert page.writing.toPlainText() == WORDS
    assert page.unsaved() is not None
    disk.free()
    stage.press(page.not_kept.again)
    stage.settle()
    assert not page.not_kept.isVisible()
    assert page.unsaved() is None
    assert WORDS in drafts(stage)[0]


def test_the_text_can_be_kept_encrypted_elsewhere_and_taken_back(
    stage: Stage, disk: SmallDisk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    open_desk(stage)
    page = typed(stage)
    disk.fill()
    page.save_draft()
    stage.settle()
    stick = tmp_path_factory.mktemp("stick")
    if not disk.real:
        disk.free()  # one disk stands for both
    page.not_kept.keep_in(stick)
    stage.settle()
    (file,) = stick.iterdir()
    assert str(file) in page.not_kept.message.accessibleName()
    assert b"elke week" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert page.unsaved() is None  # it is safe, so nothing holds up locking or another page
    disk.free()
    page.writing.setPlainText("Een ander gesprek.")
    page.save_draft()
    stage.settle()
    fetch(stage.desk.context, file)
    stage.until(lambda: page.writing.toPlainText() == WORDS)
    stage.settle()
    assert sorted(words for draft in drafts(stage) for words in (WORDS, "Een ander gesprek.") if words in draft) == [
        "Een ander gesprek.",
        WORDS,
    ], "what stood there stays a draft beside it"


def test_writing_down_quickly_on_a_full_disk_leaves_the_text_and_the_button(stage: Stage, disk: SmallDisk) -> None:
    open_desk(stage)
    page = stage.desk.page
    assert isinstance(page, TodayPage)
    page.quick.text.setPlainText(WORDS)
    disk.fill()
    page.quick.write_down()
    stage.settle()
    assert page.quick.draft == WORDS
    assert page.quick.keep.isEnabled()
    assert "De schijf is vol" in bars(stage)
    assert page.refused
    disk.free()
    page.quick.write_down()
    stage.settle()
    assert page.quick.draft == ""


def test_a_quick_text_on_a_full_disk_outlives_the_end_of_the_program_elsewhere(
    stage: Stage, disk: SmallDisk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    open_desk(stage)
    page = stage.desk.page
    assert isinstance(page, TodayPage)
    page.quick.text.setPlainText(WORDS)
    disk.fill()
    context = stage.desk.context
    stage.session.leave()
    stage.until(lambda: stage.session.locking.stuck)
    stage.settle()
    stuck = stage.session.locking.stuck
    assert stuck is not None
    assert "De schijf is vol" in stuck.message.accessibleName()
    assert stage.ends == []
    stick = tmp_path_factory.mktemp("stick")
    if not disk.real:
        disk.free()  # one disk stands for both
    stuck.keep_in(stick)
    stage.until(stuck.close_.isVisible)
    stage.press(stuck.close_)
    stage.until(lambda: stage.ends == ["uit"])
    disk.free()
    (file,) = stick.iterdir()
    assert b"elke week" not in file.read_bytes()
    found: list[object] = []
    context.worker.open(lambda: stage.session.door.open(passphrase=PHRASE), found.append, found.append)
    context.worker.run(lambda vault: read_elsewhere(vault, file).text, found.append, found.append)
    stage.until(lambda: len(found) == 2)
    assert found[1] == WORDS


def test_locking_on_a_full_disk_keeps_the_text_in_memory(stage: Stage, disk: SmallDisk) -> None:
    open_desk(stage)
    page = typed(stage)
    disk.fill()
    page.save_draft()
    stage.settle()
    stage.session.locking.lock()
    stage.settle()
    assert stage.ends == []  # the process is not replaced while it holds the only text
    disk.free()


def test_a_folder_that_takes_no_writes_opens_for_reading_and_says_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = stage.session.door.folder
    before = fingerprint(folder)
    with read_only(folder) as there:
        if there != folder:
            vault = open_vault(there, passphrase=PHRASE, keychain=stage.keychain, now=NOW)
            assert vault.read_only
            assert any("alleen te lezen" in warning for warning in vault.warnings)
            vault.close()
            return
        open_desk(stage)
        assert "alleen te lezen" in bars(stage)
        page = typed(stage)
        page.save_draft()
        stage.settle()
        assert "kan nu niet in de kluis schrijven" in page.not_kept.message.accessibleName()
        page.writing.setPlainText("")
        rescued_from_kluis(stage, monkeypatch)
        stage.session.leave()
        stage.until(lambda: stage.ends == ["uit"])
    assert fingerprint(folder) == before


def rescued_from_kluis(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a copy of a vault that can only be read: its usual place takes no writes either, so a folder is asked."""
    stage.desk.navigate(Place(PageName.KLUIS))
    stage.settle()
    kluis = stage.desk.page
    assert isinstance(kluis, VaultPage)
    assert "in orde" not in kluis.state.accessibleName()
    usual_place(stage.session.door.folder).write_text("geen map")
    monkeypatch.setattr(vault_page, "ask_folder", lambda *_: stage.root / "stick")
    stage.press(kluis.backup)
    stage.until(lambda: kluis.model.rowCount() == 1)
    assert kluis.model.copies[0].path.parent == stage.root / "stick"
    assert stage.root / "stick" in stage.preferences.backup_places
    assert "in orde" not in kluis.state.accessibleName()


def test_a_file_that_takes_no_writes_opens_for_reading_and_says_so(disk: SmallDisk) -> None:
    scene = Scene(disk.folder)
    scene.root.mkdir()
    new_vault(scene).close()
    (database,) = scene.folder.glob("g-*/vault.db")
    if SMALL not in os.environ and os.geteuid() == 0:
        return  # nothing here refuses root a single file; the folder above is refused as another user
    with read_only(database), scene.opened() as vault:
        assert vault.read_only
        assert any("alleen te lezen" in warning for warning in vault.warnings)
        with pytest.raises(VpdeskError, match="kan nu niet in de kluis schrijven"), vault.transaction():
            vault.settings.put("proef", "nieuw")


def test_the_command_line_says_it_too(
    disk: SmallDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scene = Scene(disk.folder)
    scene.root.mkdir()
    new_vault(scene).close()
    monkeypatch.setattr(sys, "stdin", io.StringIO(" ".join(scene.words) + "\n"))
    with read_only(scene.folder) as there:
        code = cli.main(["backup", "--words-stdin", "--vault", str(there), "--to", str(scene.place)])
    assert code == 0
    said = capsys.readouterr()
    assert "alleen te lezen" in said.err
    assert "Reservekopie gemaakt, geopend en gecontroleerd" in said.out
