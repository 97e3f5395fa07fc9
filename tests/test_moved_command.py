"""A command on the old folder of a vault that moved: the settings say which of both is in use, and that one stays."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import NOW, made
from vpdesk.cli import main
from vpdesk.operations import vaults
from vpdesk.operations.moving import move_vault
from vpdesk.operations.vaults import describe, open_vault
from vpdesk.ui.preferences import kept_preferences

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("clean_home")


@pytest.mark.parametrize("command", [["backup", "--to", "kopie"], ["doctor"]])
def test_a_scheduled_command_on_the_old_folder_leaves_the_vault_in_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    kit, new = made(tmp_path / "kluis"), tmp_path / "nieuw"
    monkeypatch.setattr(vaults, "system_keychain", lambda: kit.keychain)
    monkeypatch.setattr(sys, "stdin", io.StringIO(" ".join(kit.words) + "\n"))
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        move_vault(vault, new, count=kept_preferences().keep_folder)
    main([*command, "--vault", str(kit.folder), "--words-stdin"])
    said = capsys.readouterr()
    assert f"staat in {new}" in said.out + said.err
    assert describe(new).exists
    assert describe(kit.folder).exists
    open_vault(new, words=kit.words, keychain=kit.keychain, now=NOW, in_use=lambda: new).close()
    assert describe(new).exists
