"""A small window while something takes long before the real one can be shown."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from cop_desktop.paths import APP_NAME
from cop_desktop.ui.jobs import Jobs

PATIENCE_MS = 1_200
"""What is done sooner shows nothing."""

T = TypeVar("T")


def waited_for(work: Callable[[], T]) -> T:
    """What `work` returns or raises; it is done on another thread, and people are told to wait."""
    return _Waiting[T]().result(work)


class PleaseWait(QWidget):
    """Says that it takes a while, and that something is being done."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint)
        self.setWindowTitle(APP_NAME)
        words = QLabel(
            self.tr(
                "Looking through what is kept on this computer…\n\nThis takes a while after it"
                " went off in the middle of something. Nothing is lost by waiting."
            )
        )
        words.setWordWrap(True)
        words.setMinimumWidth(words.fontMetrics().averageCharWidth() * 56)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Please wait"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(words)
        column.addWidget(bar)


class _Waiting(QObject, Generic[T]):
    def __init__(self) -> None:
        super().__init__()
        self._loop = QEventLoop()
        self._results: list[T] = []
        self._errors: list[Exception] = []
        self._window: PleaseWait | None = None

    def result(self, work: Callable[[], T]) -> T:
        jobs = Jobs("opening")
        jobs.run(work, self._on_done, self._on_failed)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self._show)
        timer.start(PATIENCE_MS)
        self._loop.exec()
        timer.stop()
        jobs.close()
        if self._window is not None:
            self._window.close()
        if self._errors:
            raise self._errors[0]
        return self._results[0]

    def _show(self) -> None:
        self._window = PleaseWait()
        self._window.show()

    def _on_done(self, found: T) -> None:
        self._results.append(found)
        self._loop.quit()

    def _on_failed(self, error: Exception) -> None:
        self._errors.append(error)
        self._loop.quit()
