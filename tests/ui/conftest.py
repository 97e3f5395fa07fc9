"""Fixtures of the window."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from tests.casework import practice_with_draw
from tests.ui.patience import PatientBot
from tests.ui.stage import Stage
from tests.vault_kit import NOW, Made, make
from vpdesk.app import prepare
from vpdesk.operations.clients import add_client
from vpdesk.ui.collector import collect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Collect as the program does: between two tests, and on no other thread than that of the windows."""
    gc.disable()
    yield
    collect()


@pytest.fixture(scope="session")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice vault with a known draw, made once; tests open copies of it."""
    folder = tmp_path_factory.mktemp("oefenkluis") / "oefenkluis"
    practice_with_draw(folder, now=NOW).close()
    return folder


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """A window that was not started yet, in an empty folder."""
    prepare(qapp)
    made = Stage(qtbot, tmp_path)
    yield made
    made.close()


@pytest.fixture
def kit(stage: Stage) -> Made:
    folder = stage.session.door.folder
    folder.parent.mkdir(parents=True)
    made, vault = make(folder)
    add_client(vault, name="Gemeente Esdoornveen")
    vault.close()
    stage.keychain = made.keychain
    return made


@pytest.fixture
def again(qapp: QApplication, qtbot: QtBot, stage: Stage) -> Iterator[Stage]:
    """The same laptop after the process was replaced."""
    made = Stage(qtbot, stage.root)
    yield made
    made.close()
