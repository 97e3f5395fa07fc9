"""The window outlives a PySide6 that takes references to None and True away."""

from __future__ import annotations

import subprocess
import sys

from vpdesk.ui import constants

BUSY = """
import sys
import vpdesk.ui
from PySide6.QtCore import QCoreApplication, QObject, Signal
class Bell(QObject):
    rung = Signal()
application = QCoreApplication([])
bell = Bell()
for _ in range(30_000):
    application.processEvents()
    bell.rung.emit()
print("alive")
"""


def test_many_calls_into_qt_do_not_end_the_program() -> None:
    finished = subprocess.run([sys.executable, "-c", BUSY], capture_output=True, text=True, check=False, timeout=120)
    assert (finished.returncode, finished.stdout) == (0, "alive\n"), finished.stderr


def test_references_are_added_once() -> None:
    before = sys.getrefcount(None)
    constants.keep()
    assert abs(sys.getrefcount(None) - before) < constants.PLENTY // 2
