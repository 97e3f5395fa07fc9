"""Hears SIGTERM, SIGHUP and SIGINT, by which a system or a terminal asks the program to end."""

import signal
import socket
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_ENDING: Final = ("SIGTERM", "SIGHUP", "SIGINT")
"""By name, since Windows has not all of them."""


class Stopping(QObject):
    """Emits `asked` for each such signal; one that whoever started the program let it ignore stays ignored."""

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_asked = False
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._hear)
        # Python runs a handler between two of its own steps, and Qt waits outside Python: what wakes Qt is the socket.
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        for name in _ENDING:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, lambda *_: None)

    def _hear(self) -> None:
        self._heard.recv(64)
        self._was_asked = True
        self.asked.emit()

    def unless_asked(self, go_on: Callable[[str], None], end: Callable[[], None]) -> Callable[[str], None]:
        """Return what goes on after a lock, unless the program was asked to end while it locked."""
        return lambda reason: end() if self._was_asked else go_on(reason)
