"""Whether anybody can see the window: minimised or hidden, news need not come at once."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

_TURNS: Final = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange)


class Attention(QObject):
    """Tells when the window comes into sight (True) or goes out of it (False)."""

    changed = Signal(bool)

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        """window: a top-level one."""
        super().__init__(parent)
        self._window = window
        self._seen = _can_be_seen(window)
        window.installEventFilter(self)

    def close(self) -> None:
        """Look no more: what happens to the window from here on is its end."""
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look again after what may change it; keeps nothing from the window."""
        if watched is self._window and event.type() in _TURNS:
            seen = _can_be_seen(self._window)
            if seen != self._seen:
                self._seen = seen
                self.changed.emit(seen)
        return False


def _can_be_seen(window: QWidget) -> bool:
    return window.isVisible() and not window.isMinimized()
