"""Watches whether the window is used, by the wall clock and the steady one: sleep counts as not being used."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

_USE: Final = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}
_LOOK: Final = 1000


def _is_lock(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier


def since_start() -> float:
    """Return seconds that nobody can set back; where Linux counts them, those of sleep too."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Idle(QObject):
    """Emits `elapsed` when nothing was pressed or moved for so many minutes, `lock_asked` on Ctrl+L.

    Where the desk has a command for that key, it never comes by here.
    """

    elapsed = Signal()
    lock_asked = Signal()

    def __init__(
        self,
        minutes: Callable[[], int],
        clock: Callable[[], datetime],
        steady: Callable[[], float] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._minutes, self._clock, self._steady = minutes, clock, steady or since_start
        self._wall, self._ticks = self._clock(), self._steady()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self.look)
        self._seen: set[int] = set()
        self._hearing = False

    def start(self) -> None:
        """Watch from now on, every window of the program."""
        self.used()
        if not self._hearing:
            self._hearing = True
            QGuiApplication.instance().focusWindowChanged.connect(self._watch)  # type: ignore[union-attr]
        self._watch(QGuiApplication.focusWindow())
        for window in QGuiApplication.topLevelWindows():
            self._watch(window)
        self._timer.start()

    @property
    def watching(self) -> bool:
        """Whether it was started, and not stopped."""
        return self._timer.isActive()

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()

    def used(self) -> None:
        """Count from now."""
        self._wall, self._ticks = self._clock(), self._steady()

    def look(self) -> None:
        """Tell when the time is over by either clock; a wall clock that was set back does not postpone it."""
        limit = timedelta(minutes=self._minutes())
        if self._clock() - self._wall >= limit or self._steady() - self._ticks >= limit.total_seconds():
            self.stop()
            self.elapsed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that the window is used."""
        if event.type() in _USE:
            self.used()
        # A dialog shields the commands of the window below it, and the screens without a desk have none.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _is_lock(event):
            if isinstance(watched, QWindow):
                self.lock_asked.emit()
            return isinstance(watched, QWindow)
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and id(window) not in self._seen:
            self._seen.add(id(window))
            window.installEventFilter(self)
