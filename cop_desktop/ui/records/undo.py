"""An undo that outlives the dialog whose work it undoes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.records.tools import RecordTools
from cop_desktop.ui.widgets.notice_bar import Notice


class Undo(Presenting):
    """Lives as long as the notice that offers it.

    work: a verb of a service that returns what changed, or something that has `changed`. done:
    said when it is undone.
    """

    def __init__(
        self, window: QWidget, tools: RecordTools, work: Callable[[], Any], done: str
    ) -> None:
        super().__init__(window, tools)
        self._tools = tools
        self._work = work
        self._done = done

    def notice(self, words: str) -> Notice:
        """Says that something is done, with the button that undoes it."""
        return Notice(words, "good", self.tr("&Undo"), self._act, gone=self.deleteLater)

    def _act(self) -> None:
        self._tools.jobs.run(self._work, self._on_undone, self._say_trouble)

    def _on_undone(self, undone: Any) -> None:
        self._tools.hub.post_change(getattr(undone, "changed", undone))
        self._tools.show_notice(Notice(self._done))
        self.deleteLater()

    def _say_trouble(self, error: Exception) -> None:
        super()._say_trouble(error)
        self.deleteLater()
