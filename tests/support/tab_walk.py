"""Going through a window with Tab, as somebody without a mouse does."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.discussion_place import turn

_MOST_STOPS = 300
_PARTS = 6
"""More than the parts of a field for days, which Tab goes through before it leaves."""


def bring_to_front(window: QWidget) -> None:
    """Has the keyboard act on this window, and waits until it does."""
    window.raise_()
    window.activateWindow()
    for _ in range(_MOST_STOPS):
        if window.isActiveWindow() and QApplication.focusWidget() is not None:
            break
        turn()


def stops_of(window: QWidget) -> list[QWidget]:
    """Where Tab leads, from where the keyboard is now until it is there again."""
    bring_to_front(window)
    start = QApplication.focusWidget()
    assert start is not None
    stops = [start]
    while len(stops) < _MOST_STOPS:
        QTest.keyClick(stops[-1], Qt.Key.Key_Tab)
        turn()
        here = QApplication.focusWidget()
        if here is None or (here is start and len(set(map(id, stops))) > 1):
            break
        if here is stops[-1] and stops[-_PARTS:].count(here) == _PARTS:
            break
        stops.append(here)
    return stops


def passed_over(window: QWidget) -> list[QWidget]:
    """The controls that Tab should lead to and does not."""
    reached = {id(stop) for stop in stops_of(window)}
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and id(widget) not in reached
    ]
