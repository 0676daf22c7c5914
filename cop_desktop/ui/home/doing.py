"""What is done on the spot in home, each with its undo."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cop_desktop.ui.home.tools import HomeTools
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.records.undo import Undo


class Doing(Presenting):
    """`done` comes when something was done, also if it did not change anything."""

    done = Signal()

    def __init__(self, page: QWidget, tools: HomeTools) -> None:
        super().__init__(page, tools)
        self._page, self._tools = page, tools

    def mark_read(self, topic: bytes, title: str) -> None:
        """Mark a thread as read."""
        discussions = self._tools.discussions
        self._do(
            partial(discussions.mark_read, topic),
            self.tr("“{0}” is marked as read.").format(title),
            partial(discussions.keep_unread, topic),
            self.tr("It is unread again."),
        )

    def finish(self, action: bytes) -> None:
        """An action of mine is done."""
        meetings = self._tools.meetings
        self._do(
            partial(meetings.set_done, action, done=True),
            self.tr("Done. Well done."),
            partial(meetings.set_done, action, done=False),
            self.tr("It is open again."),
        )

    def dismiss(self, mention: bytes) -> None:
        """A mention needs no answer."""
        home = self._tools.home
        self._do(
            partial(home.no_answer_needed, mention),
            self.tr("It waits for you no more."),
            partial(home.answer_needed, mention),
            self.tr("It waits for you again."),
        )

    def _do(
        self, work: Callable[[], object], words: str, undo: Callable[[], object], undone: str
    ) -> None:
        done = partial(self._on_done, words, undo, undone)
        self._tools.jobs.run(work, done, self._say_trouble)

    def _on_done(
        self, words: str, undo: Callable[[], object], undone: str, changed: object
    ) -> None:
        self._tools.hub.post_change(changed)
        tools = RecordTools.of(self._tools, self._tools.discussions)
        offered = Undo(self._page.window(), tools, undo, undone)
        self._tools.show_notice(offered.notice(words))
        self.done.emit()
