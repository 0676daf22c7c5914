"""Parts that are shown before they stand anywhere: each is a window of its own for a moment.

It flashes up, and the window loses the keyboard.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class StrayWindows(QObject):
    """Notes what was shown as a window and is none."""

    def __init__(self) -> None:
        super().__init__()
        self.met: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            alone = watched.isWindow() and watched.windowType() == Qt.WindowType.Window
            if alone and not isinstance(watched, QMainWindow):
                names = filter(None, (watched.accessibleName(), watched.objectName()))
                self.met.append(f"{type(watched).__name__} {' '.join(names)}")
        return False


@contextmanager
def noting_strays(app: QApplication) -> Iterator[StrayWindows]:
    """Looks at all that is shown meanwhile."""
    noted = StrayWindows()
    app.installEventFilter(noted)
    yield noted
    app.removeEventFilter(noted)
