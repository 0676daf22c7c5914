"""F6: from pane to pane, each time to where the keyboard was there last."""

from collections import deque
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from cop_desktop.ui.widgets.application import application
from cop_desktop.ui.widgets.landing import stop_in, takes_focus

_REMEMBERED = 64


class PaneCycle(QObject):
    """Moves the focus around the panes that `panes` names at that moment."""

    def __init__(self, panes: Callable[[], list[QWidget]], parent: QObject) -> None:
        super().__init__(parent)
        self._panes = panes
        self._recent: deque[QWidget] = deque(maxlen=_REMEMBERED)
        application().focusChanged.connect(self._remember)

    def go_next(self) -> None:
        self._go(1)

    def go_previous(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        panes = self._panes()
        here = self._pane_of(QApplication.focusWidget(), panes)
        start = panes.index(here) if here is not None else (-1 if step > 0 else 0)
        for distance in range(1, len(panes) + 1):
            target = self._target(panes[(start + step * distance) % len(panes)])
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _target(self, pane: QWidget) -> QWidget | None:
        for last in reversed(self._recent):
            if shiboken6.isValid(last) and takes_focus(last, pane):
                return last
        return stop_in(pane)

    def _remember(self, before: QWidget | None, now: QWidget | None) -> None:
        # Sorted into panes only when asked: this also comes while a window is torn down.
        if now is not None:
            self._recent.append(now)

    @staticmethod
    def _pane_of(widget: QWidget | None, panes: list[QWidget]) -> QWidget | None:
        if widget is None:
            return None
        for pane in panes:
            if pane is widget or pane.isAncestorOf(widget):
                return pane
        return None
