"""When to save what is being written: soon after typing began, and at once when asked."""

from PySide6.QtCore import QObject, QTimer, Signal

DRAFT_AFTER_MS = 1_000
"""From the first unsaved keystroke to `due`; the promise to people is two seconds."""


class Drafting(QObject):
    """Emits `due` when there is something that was not told yet."""

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._untold = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.tell)

    def note_typing(self) -> None:
        """Something was typed."""
        self._untold = True
        if not self._timer.isActive():
            # Not started anew by each keystroke: steady typing would never be saved.
            self._timer.start()

    def tell(self) -> None:
        """Emits `due` now, if there is anything to tell."""
        self._timer.stop()
        if self._untold:
            self._untold = False
            self.due.emit()

    def forget(self) -> None:
        """What stands there now came from the store, or is no draft any more."""
        self._timer.stop()
        self._untold = False
