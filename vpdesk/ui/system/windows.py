"""Windows: the messages that tell of a locked session, another user and sleep. Written from the documentation.

Never run on Windows: only the decoding of messages, and what is asked of the system, were tested.
Sources: learn.microsoft.com, *WM_WTSSESSION_CHANGE*, *WM_POWERBROADCAST*, *WTSRegisterSessionNotification*.
"""

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from vpdesk.ui.system.port import Away

THIS_SESSION: Final = 0
WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
_MEANS: Final = {
    (WM_WTSSESSION_CHANGE, 0x2): Away.SWITCHED,  # WTS_CONSOLE_DISCONNECT
    (WM_WTSSESSION_CHANGE, 0x4): Away.SWITCHED,  # WTS_REMOTE_DISCONNECT
    (WM_WTSSESSION_CHANGE, 0x7): Away.LOCKED,  # WTS_SESSION_LOCK
    (WM_POWERBROADCAST, 0x4): Away.SLEEP,  # PBT_APMSUSPEND; also what closing the lid does, as Windows comes
}


def meaning(message: int, parameter: int) -> Away | None:
    """Return what a window message with this wParam tells, None when it is about something else."""
    return _MEANS.get((message, parameter))


class WindowsWatch(QAbstractNativeEventFilter):
    """Registers the main window for the messages of its session and reads them before Qt does."""

    def __init__(self, window: int, sessions: Any = None) -> None:
        """Take the handle of the window; `sessions` is wtsapi32."""
        super().__init__()
        self._window = wintypes.HWND(window)
        self._sessions = sessions or ctypes.CDLL("wtsapi32")
        self._away: Callable[[Away], None] | None = None

    def start(self, away: Callable[[Away], None]) -> None:
        """Tell from now on."""
        self._away = away
        _application().installNativeEventFilter(self)
        self._sessions.WTSRegisterSessionNotification(self._window, wintypes.DWORD(THIS_SESSION))

    def stop(self) -> None:
        """Tell no more."""
        if self._away is not None:
            self._away = None
            self._sessions.WTSUnRegisterSessionNotification(self._window)
            _application().removeNativeEventFilter(self)

    def nativeEventFilter(self, _kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        """Look at a message, a pointer to MSG, and let it pass."""
        seen = wintypes.MSG.from_address(int(message))
        why = meaning(seen.message, seen.wParam or 0)
        if why is not None and self._away is not None:
            self._away(why)
        return False, 0


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    if application is None:
        raise AssertionError("the watch starts after the window")
    return application
