"""What the system says of the network, as a hint that trying now is worth it."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

_NO_WAY = (
    QNetworkInformation.Reachability.Unknown,
    QNetworkInformation.Reachability.Disconnected,
)


def system_network() -> QNetworkInformation | None:
    """The system's own knowledge; None where it has none that Qt can read."""
    QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability)
    return QNetworkInformation.instance()


class Reachability(QObject):
    """Tells when the network may have come back. Never that it has gone: only trying shows that."""

    came_back = Signal()

    def __init__(self, network: QNetworkInformation | None, parent: QObject | None = None) -> None:
        """network: `system_network()`; with None nothing is ever told."""
        super().__init__(parent)
        if network is not None:
            network.reachabilityChanged.connect(self._on_reachability)
            network.isBehindCaptivePortalChanged.connect(self._on_portal)

    def _on_reachability(self, now: QNetworkInformation.Reachability) -> None:
        if now not in _NO_WAY:
            self.came_back.emit()

    def _on_portal(self, behind: bool) -> None:
        if not behind:
            self.came_back.emit()
