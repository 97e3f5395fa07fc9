"""Collecting cycles of objects in the window's thread alone.

Python collects them on whichever thread makes the next object. A dialog that is left hangs in such cycles, and a widget
that another thread destroys takes the program along.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY: Final = 5_000
"""After how many milliseconds is looked again."""


class Collector(QObject):
    """Collects in place of Python's own collector, as often as that would have: by how much was made since."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(collect)

    def start(self) -> None:
        """Take over; what is there now is there to stay, and is not looked at again."""
        gc.disable()
        gc.freeze()
        self._timer.start()


def collect() -> None:
    """Collect the oldest generation of objects that is due, if any is."""
    due = [n for n, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > limit]
    if due:
        gc.collect(due[-1])
