"""Keeps every window of vpdesk out of screen pictures, recordings and shared screens, where the system can do that."""

import sys
from collections.abc import Callable
from typing import Any, Final, Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_EXCLUDED: Final = 0x11  # WDA_EXCLUDEFROMCAPTURE: as if the window were not there
_BLACK: Final = 0x1  # WDA_MONITOR: before Windows 10 2004
_SHOWN: Final = 0x0
_MOMENTS: Final = frozenset({QEvent.Type.Show, QEvent.Type.WinIdChange})


class Shield(Protocol):
    """What a system offers."""

    def cover(self, window: int, *, hidden: bool) -> None:
        """Hide a window from whatever copies the screen, or show it again."""


class WindowsShield:
    """Windows: `user32` is its library of that name."""

    def __init__(self, user32: Any) -> None:
        self._user32 = user32

    def cover(self, window: int, *, hidden: bool) -> None:
        """Leave the window out; black where Windows is too old to leave it out."""
        wanted = (_EXCLUDED, _BLACK) if hidden else (_SHOWN,)
        for affinity in wanted:
            if self._user32.SetWindowDisplayAffinity(window, affinity):
                return


class MacShield:
    """macOS, whose newest recorders leave out such windows less strictly than older ones."""

    def cover(self, window: int, *, hidden: bool) -> None:
        """Let no other program read the window."""
        from vpdesk.ui import macos  # noqa: PLC0415 - there only

        macos.set_sharing(window, macos.SHARING_NONE if hidden else macos.SHARING_READ_ONLY)


def system_shield() -> Shield | None:
    """Return what this system offers; neither X11 nor Wayland has anything to ask for."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - there only

        return WindowsShield(ctypes.windll.user32)
    return MacShield() if sys.platform == "darwin" else None


class Capture(QObject):
    """Covers each window before it is shown: the main window, dialogs, menus, tooltips, lists that drop down.

    Only one event filter over the whole program sees them all; where there is no shield there is no filter.
    """

    def __init__(self, app: QApplication, shield: Shield | None, wanted: Callable[[], bool]) -> None:
        super().__init__(app)
        self._shield = shield
        self._wanted = wanted
        if shield is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover a window that is about to be shown; nothing is kept back."""
        if event.type() in _MOMENTS and isinstance(watched, QWidget) and watched.isWindow():
            self._cover(watched)
        return False

    def apply(self) -> None:
        """Follow the setting for the windows that are there."""
        for window in QApplication.topLevelWidgets():
            if window.internalWinId():
                self._cover(window)

    def _cover(self, window: QWidget) -> None:
        if self._shield is not None:
            self._shield.cover(int(window.winId()), hidden=self._wanted())


def apply_capture() -> None:
    """Follow the setting after it changed."""
    app = QApplication.instance()
    for watching in app.findChildren(Capture) if app is not None else ():
        watching.apply()
