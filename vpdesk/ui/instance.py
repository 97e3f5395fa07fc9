"""One window per vault: a second start raises the first."""

import hashlib
import os
import sys
import tempfile
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDeadlineTimer, QObject, QStandardPaths, QThread, Signal

from vpdesk.domain.errors import VaultBusyError, VaultError

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

    from vpdesk.operations.vaults import OsLock

_RUNTIME: Final = QStandardPaths.StandardLocation.RuntimeLocation
_PATIENCE: Final = 3000
_PAUSE: Final = 50


class Start(Enum):
    """What a start is: the first, one that raised the first, or one that the first does not answer (yet)."""

    FIRST = auto()
    RAISED = auto()
    UNHEARD = auto()


class OnlyOne(QObject):
    """Holds a small lock whose name tells nothing about the folder; `asked` is emitted when somebody else starts.

    This is a courtesy only: the lock on the vault is what keeps two programs apart. The lock is one of the operating
    system, so that it ends with the process, however that ends. The first listens once its window is there, so that
    the network part of Qt is not loaded before it. A process that is replaced stays the first: its claim is what
    `hand_over` returned.
    """

    asked = Signal()

    def __init__(self, folder: Path, claim: str = "") -> None:
        super().__init__()
        self._name = name = _name(folder)
        self._claim = claim
        where = Path(QStandardPaths.writableLocation(_RUNTIME) or tempfile.gettempdir())
        # A pipe has a name, a socket a path: one of our own, where no other user's stands.
        self._address = name if sys.platform == "win32" else str(where / f"{name}.socket")
        self._path = where / f"{name}.lock"
        self._lock: OsLock | None = None
        self._server: QLocalServer | None = None

    def start(self, patience: int = _PATIENCE) -> Start:
        """Be the first, or ask the first to come forward; try for so many milliseconds, since it may be starting."""
        end = QDeadlineTimer(patience)
        while not self._seized():
            if self._called_first():
                return Start.RAISED
            if end.hasExpired():
                return Start.UNHEARD
            QThread.msleep(_PAUSE)
        return Start.FIRST

    def listen(self) -> None:
        """Hear from a second start from now on."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - after the first paint

        if self._server is not None:
            return
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        QLocalServer.removeServer(self._address)
        self._server.listen(self._address)

    def hand_over(self, folder: Path) -> str:
        """Return the claim for the process that replaces this one; empty where another start may be the first.

        Who starts meanwhile waits for it, and then asks it to come forward.
        """
        if self._lock is None or _name(folder) != self._name or sys.platform == "win32":  # its locks are not inherited
            self.close()
            return ""
        if self._server is not None:
            self._server.close()
        return str(self._lock.hand_over())

    def close(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            self._server.close()
        if self._lock is not None:
            self._lock.release()

    def _seized(self) -> bool:
        from vpdesk.operations.vaults import OsLock  # noqa: PLC0415 - loaded by now

        claim, self._claim = self._claim, ""
        try:
            self._lock = OsLock(self._path, alone=True, inherited=int(claim) if claim.isdecimal() else -1)
        except VaultBusyError:
            return False
        except VaultError:  # no place for such a file: go on without the courtesy
            return True
        return True

    def _called_first(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - only where another window is

        socket = QLocalSocket()
        socket.connectToServer(self._address)
        reached = socket.waitForConnected(_PAUSE)
        socket.disconnectFromServer()
        return reached

    def _called(self) -> None:
        while self._server is not None and (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            connection.abort()
            self.asked.emit()


def _name(folder: Path) -> str:
    return "vpdesk-" + hashlib.sha256(str(os.path.realpath(folder)).encode()).hexdigest()[:16]
