"""Whether a window rests when nothing happens: what it does all the same empties the battery."""

from collections import Counter
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_MOMENT_MS: Final = 50
_LOOKS: Final = 20
"""What was still being laid out comes to an end within so many moments."""
_AT_MOST: Final = 4
"""A blinking cursor paints once or twice in that time."""
_WORK: Final = frozenset({QEvent.Type.Paint, QEvent.Type.LayoutRequest, QEvent.Type.Timer})


class _Counter(QObject):
    """Counts what any widget is given to do."""

    def __init__(self) -> None:
        super().__init__()
        self.met: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _WORK:
            self.met[f"{type(watched).__name__} gets {event.type().name}"] += 1
        return False


def restless(_front: QWidget) -> list[str]:
    """What works on and on in the window, though nobody touches it and nothing comes."""
    busy: list[str] = []
    for _ in range(_LOOKS):
        met = _met_in_a_moment()
        busy = [f"{what} {n} times" for what, n in met.items() if n > _AT_MOST]
        if not busy:
            return []
    return busy


def _met_in_a_moment() -> Counter[str]:
    app = QApplication.instance()
    assert app is not None
    counter = _Counter()
    app.installEventFilter(counter)
    QTest.qWait(_MOMENT_MS)
    app.removeEventFilter(counter)
    return counter.met
