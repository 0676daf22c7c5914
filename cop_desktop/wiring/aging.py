"""Time goes by while a window is shown: what was "just now" is so no longer."""

from PySide6.QtCore import QEvent, QObject, QTimer

from cop_desktop.ui.records.when import AGING_MS, When
from cop_desktop.ui.shell.main_window import MainWindow
from cop_desktop.ui.widgets.list_view import ListView


class Aging(QObject):
    """One for a window. Has `when.aged` told, and lists in sight painted again.

    Not while the window is out of sight; once it is back, at once.
    """

    def __init__(self, window: MainWindow, when: When) -> None:
        super().__init__(window)
        self._window, self._when = window, when
        self._timer = QTimer(self)
        self._timer.setInterval(AGING_MS)
        self._timer.timeout.connect(self.tick)
        window.installEventFilter(self)
        if window.isVisible():
            self._timer.start()

    @property
    def is_running(self) -> bool:
        """Whether somebody could see the time go by."""
        return self._timer.isActive()

    def tick(self) -> None:
        """Says it now."""
        self._when.aged.emit()
        if not self._window.current_place:
            return
        for shown in self._window.page(self._window.current_place).findChildren(ListView):
            if shown.isVisible():
                shown.viewport().update()  # rows find their words when they are painted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        changes = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange)
        if event.type() in changes:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        seen = self._window.isVisible() and not self._window.isMinimized()
        if seen and not self._timer.isActive():
            self._timer.start()
            self.tick()
        elif not seen:
            self._timer.stop()
