"""Fixtures of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.stage import Stage
from vpdesk.app import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """A window that was not started yet, in an empty folder."""
    prepare(qapp)
    made = Stage(qtbot, tmp_path)
    yield made
    made.close()
