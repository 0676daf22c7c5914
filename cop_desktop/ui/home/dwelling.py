"""Tells apart looking at a page from glancing at it."""

from PySide6.QtCore import QObject, QTimer, Signal

LOOKED_AT_MS = 15_000
"""So long a page must be in front of somebody, all times together, to have been looked at."""


class Dwelling(QObject):
    """`looked_at` comes once per visit, when the time is reached."""

    looked_at = Signal()

    def __init__(self, parent: QObject, long_ms: int = LOOKED_AT_MS) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(long_ms)
        self._timer.timeout.connect(self._on_reached)
        self._left_ms = long_ms
        self.was_looked_at = False

    def attend(self) -> None:
        """Somebody looks from now on."""
        if not self.was_looked_at and not self._timer.isActive():
            self._timer.start(self._left_ms)

    def leave(self) -> None:
        """Nobody looks any more; what was looked until now counts."""
        if self._timer.isActive():
            self._left_ms = max(self._timer.remainingTime(), 1)
            self._timer.stop()

    def _on_reached(self) -> None:
        self.was_looked_at = True
        self.looked_at.emit()
