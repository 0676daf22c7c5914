"""Doing what is wished: on the store thread, told to the window, with words when it fails."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from cop_desktop.ui.meetings.tools import MeetingsTools
from cop_desktop.ui.widgets.notice_bar import Notice


class Doing(QObject):
    """Runs verbs of the service. `failed` comes after each that did not happen."""

    failed = Signal()

    def __init__(self, tools: MeetingsTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def do(
        self,
        verb: Callable[[], Any],
        told: Notice | None = None,
        done: Callable[[Any], None] | None = None,
    ) -> None:
        """Does it. told: shown when it is done. done: a bound method for what the verb returned."""
        self._tools.jobs.run(verb, partial(self._on_done, told, done), self.tell)

    def tell(self, error: Exception) -> None:
        """Says what went wrong."""
        self._tools.say_trouble(error)
        self.failed.emit()

    def trash(self, record: bytes, words: str) -> None:
        """Moves a record to the trash, with Undo."""
        undo = partial(self.restore, record)
        notice = Notice(words, action=self.tr("&Undo"), acted=undo)
        self.do(partial(self._tools.meetings.move_to_trash, record), notice)

    def restore(self, record: bytes) -> None:
        """Takes a record out of the trash."""
        self.do(partial(self._tools.meetings.restore, record))

    def _on_done(
        self, told: Notice | None, done: Callable[[Any], None] | None, result: Any
    ) -> None:
        self._tools.hub.post_change(getattr(result, "changed", result))
        if told is not None:
            self._tools.show_notice(told)
        if done is not None:
            done(result)
