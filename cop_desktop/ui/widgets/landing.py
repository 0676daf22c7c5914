"""Where in a pane the keyboard lands: with F6, and when the pane is gone to as a whole.

Not Qt's focus proxy: Tab goes from a widget that has one straight to its proxy, and past all the
other controls in it.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class _Landing(QObject):
    """Hands the focus on."""

    def __init__(self, pane: QWidget, widget: QWidget) -> None:
        super().__init__(pane)
        self.widget = widget
        pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus() and shiboken6.isValid(self.widget):
            target = landing_of(self.widget)
            if not target.isVisible() and isinstance(watched, QWidget):
                target = stop_in(watched) or target
            target.setFocus(event.reason())
        return super().eventFilter(watched, event)


def land_at(pane: QWidget, widget: QWidget) -> None:
    """From now on `pane.setFocus()` goes to `widget`, or to where that one's landing is."""
    found = _landing(pane)
    if found is None:
        _Landing(pane, widget)
    else:
        found.widget = widget


def landing_of(pane: QWidget) -> QWidget:
    """Where the keyboard lands in a pane; the pane itself if nothing was said."""
    found = _landing(pane)
    while found is not None and shiboken6.isValid(found.widget):
        pane = found.widget
        found = _landing(pane)
    return pane


def stop_in(pane: QWidget) -> QWidget | None:
    """Where the keyboard can go in a pane: its landing, else the first control that is seen there.

    None while nothing in it can be used.
    """
    landing = landing_of(pane)
    stops = (landing, pane, *pane.findChildren(QWidget))
    return next((stop for stop in stops if takes_focus(stop, pane)), None)


def takes_focus(widget: QWidget, pane: QWidget) -> bool:
    """Whether the keyboard can go to it now, as a part of the pane."""
    inside = pane is widget or pane.isAncestorOf(widget)
    wants = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return inside and wants and widget.isVisible() and widget.isEnabled()


def _landing(pane: QWidget) -> _Landing | None:
    options = Qt.FindChildOption.FindDirectChildrenOnly
    return pane.findChild(_Landing, options=options)
