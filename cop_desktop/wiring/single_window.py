"""One window per replica: a second start raises the first."""

from hashlib import blake2b
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 2_000


def _name_for(folder: Path) -> str:
    """A name for the local socket: the same for every start on this folder by this person."""
    digest = blake2b(str(folder.resolve()).encode(), digest_size=8).hexdigest()
    return f"cop-desktop-{digest}"


def raise_other(folder: Path) -> bool:
    """Ask the window that has this replica open to come to the front; False if none answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name_for(folder))
    answered = socket.waitForConnected(_ANSWER_MS)
    socket.abort()
    return answered


class SingleWindow(QObject):
    """Listens for later starts on the same replica."""

    raise_wanted = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = _name_for(folder)
        QLocalServer.removeServer(name)  # left behind by a start that was killed
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._on_start)
        self._server.listen(name)

    def _on_start(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        self.raise_wanted.emit()
