"""How long the window was held up: the longest time its event loop did not come round."""

import time
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 4


class StallMeter(QObject):
    """Ticks while it is entered, and keeps the worst time between two ticks.

    longest_ms: as people would wait; grows when other programs want the processor. busiest_ms:
    what this thread itself computed in such a time, for bounds that must hold on a loaded
    computer. Work between entering and the first turn of the event loop counts too.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self.busiest_ms = 0.0
        self.ticks = 0
        self._last_s = 0.0
        self._last_busy_s = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> Self:
        self.longest_ms = self.busiest_ms = 0.0
        self.ticks = 0
        self._last_s = time.perf_counter()
        self._last_busy_s = time.thread_time()
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now_s = time.perf_counter()
        self.ticks += 1
        self.longest_ms = max(self.longest_ms, (now_s - self._last_s) * 1000 - TICK_MS)
        busy_s = time.thread_time()
        self.busiest_ms = max(self.busiest_ms, (busy_s - self._last_busy_s) * 1000)
        self._last_s, self._last_busy_s = now_s, busy_s
