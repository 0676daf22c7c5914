"""What everything has that asks services for something, and is answered later."""

from PySide6.QtCore import QObject

from cop_desktop.ui.records.window_tools import WindowTools


class Presenting(QObject):
    """Base of presenters.

    `_say_trouble` is for answers of `Jobs`: as a method of this object it is not called any more
    once the object is gone.
    """

    def __init__(self, owner: QObject, tools: WindowTools) -> None:
        super().__init__(owner)
        self._window_tools = tools

    def _say_trouble(self, error: Exception) -> None:
        self._window_tools.say_trouble(error)
