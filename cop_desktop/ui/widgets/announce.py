"""Saying a change of state to people who listen to the screen."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Has the screen reader, when one runs, say `words` when it is next quiet."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
