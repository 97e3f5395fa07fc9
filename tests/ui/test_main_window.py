"""The window fits the screen that it opens on, whatever the screen was when it closed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tools.session import display

if TYPE_CHECKING:
    from pathlib import Path

SHOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from vpdesk.app import prepare
from vpdesk.ui.main_window import MainWindow
from vpdesk.ui.preferences import Preferences

app = QApplication(sys.argv[:1])
prepare(app)
window = MainWindow(Preferences(Path(sys.argv[1])))
if len(sys.argv) > 2:
    window.setGeometry(QRect(*map(int, sys.argv[2:])))
window.show_screen(QWidget())
while not window.windowHandle().isExposed():
    app.processEvents()
window.keep_geometry()
rect, room = window.geometry(), window.screen().availableGeometry()
print(json.dumps([rect.getRect(), room.getRect(), room.contains(rect)]))
"""


def shown(root: Path, size: str, *place: int, scale: str = "1") -> tuple[list[int], list[int], bool]:
    """Return where the window and its screen are, and whether the one holds the other."""
    with display(f"{size}x24") as screen:
        environment = os.environ | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": scale}
        environment["QT_FONT_DPI"] = "96"
        answer = subprocess.run(
            [sys.executable, "-c", SHOW, str(root / "vpdesk.ini"), *map(str, place)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    window, room, inside = json.loads(answer.stdout)
    return window, room, inside


@pytest.mark.parametrize(
    ("screen", "scale", "wanted"),
    [("1366x768", "1", [1280, 724]), ("1280x800", "2", [632, 356]), ("1920x1080", "1", [1280, 800])],
)
def test_the_first_window_fits_its_screen(tmp_path: Path, screen: str, scale: str, wanted: list[int]) -> None:
    window, _, inside = shown(tmp_path, screen, scale=scale)
    assert window[2:] == wanted
    assert inside


def test_a_window_that_stood_on_a_larger_screen_comes_back_whole(tmp_path: Path) -> None:
    assert shown(tmp_path, "1920x1080", 500, 200, 1300, 850)[0] == [500, 200, 1300, 850]
    assert shown(tmp_path, "1920x1080")[0] == [500, 200, 1300, 850], "it stays where it was while there is room"
    window, room, inside = shown(tmp_path, "1366x768")
    assert inside, (window, room)
    assert window[3] == 724
