"""One window per vault: a second start raises the first."""

import hashlib
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE: Final = 500


class OnlyOne(QObject):
    """Listens under a name that tells nothing about the folder; `asked` is emitted when somebody else starts.

    This is a courtesy only: the lock on the vault is what keeps two programs apart.
    """

    asked = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._name = "vpdesk-" + hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)

    def first(self) -> bool:
        """Return whether this is the first window of the vault; otherwise the first was asked to come forward."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_PATIENCE):
            socket.disconnectFromServer()
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def close(self) -> None:
        """Let another start be the first."""
        self._server.close()

    def _called(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            connection.abort()
            self.asked.emit()
