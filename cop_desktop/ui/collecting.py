"""Garbage is collected on the GUI thread only.

Python collects cycles on whichever thread happens to allocate next. Widgets are often in such
cycles, and Qt objects destroyed on another thread end the program. So the automatic collector is
off while the window is open; the same thresholds are looked at here, often and cheaply. What is
there when it starts (the modules, the window) stays as long as the program and is not looked
through again: that took a tenth of a second each time, in which the window stood still.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 1_000


class GuiCollector(QObject):
    """Collects on the thread it was made on, from `start` to `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect_if_due)

    def start(self) -> None:
        """From now on nothing is collected on other threads, nor any of what is there already."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def collect_if_due(self) -> bool:
        """Whether there was enough garbage to collect; the oldest generation that is due."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return True
        return False
