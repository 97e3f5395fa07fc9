"""One window per vault: a second start raises the first."""

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QStandardPaths, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_RUNTIME: Final = QStandardPaths.StandardLocation.RuntimeLocation
_PATIENCE: Final = 3000
_PAUSE: Final = 50


class OnlyOne(QObject):
    """Holds a small lock whose name tells nothing about the folder; `asked` is emitted when somebody else starts.

    This is a courtesy only: the lock on the vault is what keeps two programs apart. The first listens once its window
    is there, so that the network part of Qt is not loaded before it.
    """

    asked = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._name = "vpdesk-" + hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]
        where = QStandardPaths.writableLocation(_RUNTIME) or tempfile.gettempdir()
        self._lock = QLockFile(f"{where}/{self._name}.lock")
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def first(self) -> bool:
        """Return whether this is the first window of the vault; otherwise the first was asked to come forward."""
        if self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError:
            return True
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - only where another window is

        end = QDeadlineTimer(_PATIENCE)
        while not end.hasExpired():  # the first may still be starting
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(_PATIENCE):
                socket.disconnectFromServer()
                return False
            QThread.msleep(_PAUSE)
        return False

    def listen(self) -> None:
        """Hear from a second start from now on."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - after the first paint

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def close(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _called(self) -> None:
        while self._server is not None and (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            connection.abort()
            self.asked.emit()
