"""The vault is moved in the window, with everything that was typed, and the folder that travels is pointed out."""

from __future__ import annotations

import io
import sys
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QLabel

from tests.vault_kit import NOW, PHRASE, make
from vpdesk.cli import main
from vpdesk.domain.errors import VaultError
from vpdesk.operations import conversations, moving, vaults
from vpdesk.operations.backups import make_backup, places
from vpdesk.operations.clients import add_client
from vpdesk.operations.places import usual_place
from vpdesk.store import generations
from vpdesk.ui import moving as moving_form
from vpdesk.ui import preferences
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk
from vpdesk.ui.moving import MoveForm
from vpdesk.ui.pages.vault import VaultPage
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.screens.lock import LockScreen

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.stage import Stage

pytestmark = pytest.mark.window


@pytest.fixture
def old(stage: Stage) -> Path:
    """A vault in a synchronised folder, closed."""
    folder = stage.root / "Dropbox" / "kluis"
    folder.parent.mkdir()
    kit, vault = make(folder)
    add_client(vault, name="Gemeente Esdoornveen")
    vault.close()
    stage.keychain = kit.keychain
    stage.preferences.folder = folder
    object.__setattr__(stage.session.door, "folder", folder)
    return folder


@pytest.fixture
def new(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The usual folder on this laptop, which is free."""
    folder = stage.root / "laptop" / "kluis"
    monkeypatch.setattr(moving, "default_folder", lambda: folder)
    return folder


def opened(stage: Stage) -> Desk:
    stage.session.begin()
    screen = cast("LockScreen", stage.screen(LockScreen))
    stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    stage.press(screen.open)
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    return desk


def form_of(stage: Stage, desk: Desk) -> MoveForm:
    desk.commands.move.trigger()
    form = desk.findChild(MoveForm)
    assert form is not None
    stage.settle()
    return form


def said(desk: Desk) -> str:
    return " ".join(label.text() for label in desk.findChildren(QLabel) if label.isVisible())


def test_a_vault_in_the_cloud_is_pointed_out_on_vandaag_and_kluis(stage: Stage, old: Path) -> None:
    desk = opened(stage)
    assert desk.place == Place(PageName.VANDAAG)
    stage.until(lambda: "meeloopt met Dropbox" in said(desk))
    desk.navigate(Place(PageName.KLUIS))
    stage.settle()
    page = cast("VaultPage", desk.page)
    assert isinstance(page, VaultPage)
    stage.until(page.place.warning.isVisible)
    assert "Dropbox" in page.place.warning.accessibleName()
    stage.press(page.place.move_vault)
    assert desk.findChild(MoveForm) is not None


def test_kluis_is_not_in_order_while_a_check_warns(stage: Stage, old: Path) -> None:
    desk = opened(stage)
    desk.navigate(Place(PageName.KLUIS))
    stage.settle()
    page = cast("VaultPage", desk.page)
    stage.press(page.backup)
    stage.until(lambda: "De laatste reservekopie is van vandaag" in page.state.accessibleName())
    assert "Kijk bij Controles: Cloud." in page.state.accessibleName()
    assert "in orde" not in page.state.accessibleName()
    assert page.state.property("kind") == "warning"


def test_the_vault_moves_with_what_was_typed_and_opens_at_its_new_place(stage: Stage, old: Path, new: Path) -> None:
    desk = opened(stage)
    desk.navigate(Place(PageName.VANDAAG, text="snel"))
    stage.settle()
    stage.qtbot.keyClicks(stage.window.focusWidget(), "nog niet bewaard")
    form = form_of(stage, desk)
    assert form.to == new
    stage.press(form.verb)
    stage.until(lambda: stage.ends)
    assert f"De kluis staat nu in {new}" in stage.ends[0]
    assert stage.session.door.folder == new
    assert Preferences(stage.root / "vpdesk.ini").folder == new
    assert (old / generations.POINTER).exists(), "it goes when the new one was opened"
    with stage.session.door.open(passphrase=PHRASE) as vault:
        assert [draft.text for draft in conversations.drafts(vault)] == ["nog niet bewaard"]
        assert vault.warnings == ()
    assert not old.exists()


def test_after_a_move_the_copies_are_found_by_kluis_the_damaged_screen_and_the_command_line(
    stage: Stage, old: Path, new: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    former = usual_place(old)
    desk = opened(stage)
    stage.worker.run(partial(make_backup, places=(former,), now=NOW), lambda _made: None, desk.show_failure)
    stage.settle()
    (copy,) = former.iterdir()
    assert stage.preferences.backup_places == (), "Kluis was never opened"
    stage.press(form_of(stage, desk).verb)
    stage.until(lambda: stage.ends)
    assert former in Preferences(stage.root / "vpdesk.ini").backup_places
    database = generations.current(new) / generations.DATABASE
    content = database.read_bytes()
    database.write_bytes(b"")
    monkeypatch.setattr(preferences, "kept_preferences", lambda: Preferences(stage.root / "vpdesk.ini"))
    monkeypatch.setattr(vaults, "system_keychain", lambda: stage.keychain)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PHRASE}\n"))
    assert main(["backup", "--vault", str(new), "--to", str(stage.root / "x"), "--passphrase-stdin"]) == 1
    assert str(copy) in capsys.readouterr().err
    assert former in stage.session._copies(), "the damaged screen looks there"
    database.write_bytes(content)
    with stage.session.door.open(passphrase=PHRASE) as vault:
        assert places(vault) == (former, usual_place(new))


def test_where_it_can_not_go_is_said_in_the_form_and_the_vault_stays(stage: Stage, old: Path, new: Path) -> None:
    desk = opened(stage)
    form = form_of(stage, desk)
    form.choose(stage.root / "Dropbox" / "elders")
    stage.press(form.verb)
    stage.settle()
    assert "loopt mee met Dropbox" in form.wrong
    assert not stage.ends
    form.choose(stage.root / "andere plaats")
    assert form.wrong == ""
    form.reject()
    assert Preferences(stage.root / "vpdesk.ini").folder == old
    stage.worker.run(lambda vault: add_client(vault, name="Zorggroep Merelhof"), lambda _c: None, desk.show_failure)
    stage.settle()
    assert "Zorggroep" not in said(desk), "the vault is open as before, and nothing failed"


def test_stopping_the_move_leaves_the_vault_where_it_was(
    stage: Stage, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened(stage)
    form = form_of(stage, desk)
    real = moving_form._move

    def slow(vault: object, *, progress: object, **named: object) -> Path:
        progress.cancel()  # type: ignore[attr-defined] # the window's own
        return real(vault, progress=progress, **named)  # type: ignore[arg-type] # handed on

    monkeypatch.setattr(moving_form, "_move", slow)
    stage.press(form.verb)
    stage.settle()
    assert form.wrong == "Gestopt. De kluis staat waar zij stond."
    assert form.isVisible()
    assert not new.exists()
    assert not stage.ends


def test_closing_the_form_while_it_works_stops_the_work_first(stage: Stage, old: Path, new: Path) -> None:
    desk = opened(stage)
    form = form_of(stage, desk)
    stage.press(form.verb)
    form.reject()
    assert form.isVisible()
    stage.until(lambda: stage.ends or form.wrong)
    assert (old / generations.POINTER).exists()


def test_without_a_usual_place_a_folder_is_asked_for(
    stage: Stage, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new.mkdir(parents=True)
    (new / "brief").write_text("tekst")
    desk = opened(stage)
    form = form_of(stage, desk)
    assert form.to is None
    assert not form.verb.isEnabled()
    monkeypatch.setattr(moving_form, "ask_folder", lambda *_: new)
    stage.press(form.other)
    assert form.to == new / "kluis", "a folder of its own where something else stands"
    assert form.verb.isEnabled()


def test_settings_that_can_not_be_written_are_said(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "bestand" / "vpdesk.ini")
    (tmp_path / "bestand").write_text("geen map")
    with pytest.raises(VaultError, match="niet te schrijven"):
        preferences.keep_folder(tmp_path)
    kept = Preferences(tmp_path / "vpdesk.ini")
    kept.keep_folder(tmp_path)
    assert "kluis" not in (tmp_path / "vpdesk.ini").read_text()
    assert Preferences(tmp_path / "vpdesk.ini").folder == tmp_path == kept.folder
