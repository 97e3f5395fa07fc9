"""What the messages of Windows mean, and what is asked of it; Windows itself is not here."""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import TYPE_CHECKING

import pytest

from vpdesk.ui.system.port import Away
from vpdesk.ui.system.windows import WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, WindowsWatch, meaning

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.window

WM_PAINT, WM_TIMER = 0x000F, 0x0113


@pytest.mark.parametrize(
    ("message", "parameter", "why"),
    [
        (WM_WTSSESSION_CHANGE, 7, Away.LOCKED),
        (WM_WTSSESSION_CHANGE, 8, None),  # unlocked
        (WM_WTSSESSION_CHANGE, 1, None),  # connected to the console
        (WM_WTSSESSION_CHANGE, 2, Away.SWITCHED),
        (WM_WTSSESSION_CHANGE, 4, Away.SWITCHED),
        (WM_POWERBROADCAST, 4, Away.SLEEP),
        (WM_POWERBROADCAST, 0x12, None),  # woke up
        (WM_POWERBROADCAST, 7, None),
        (WM_PAINT, 4, None),
        (WM_TIMER, 7, None),
    ],
)
def test_messages_mean_what_the_documentation_says(message: int, parameter: int, why: Away | None) -> None:
    assert meaning(message, parameter) is why


class Sessions:
    """In the place of wtsapi32."""

    def __init__(self) -> None:
        self.called: list[tuple[str, int | None]] = []

    def WTSRegisterSessionNotification(self, window: wintypes.HWND, flags: wintypes.DWORD) -> None:  # noqa: N802 - its name
        assert flags.value == 0
        self.called.append(("register", window.value))

    def WTSUnRegisterSessionNotification(self, window: wintypes.HWND) -> None:  # noqa: N802 - its name
        self.called.append(("unregister", window.value))


def test_a_message_passes_and_is_told_while_watching(qapp: QApplication) -> None:
    sessions, told = Sessions(), list[Away]()
    watch = WindowsWatch(41, sessions)
    message = wintypes.MSG(message=WM_WTSSESSION_CHANGE, wParam=7)
    other = wintypes.MSG(message=WM_PAINT)
    watch.start(told.append)
    assert watch.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message)) == (False, 0)
    watch.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(other))
    assert told == [Away.LOCKED]
    watch.stop()
    watch.stop()
    watch.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message))
    assert told == [Away.LOCKED]
    assert sessions.called == [("register", 41), ("unregister", 41)]
