"""Says that something is posted, and offers to undo it as long as it has not left the computer."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from cop_desktop.ui.discussions.tools import DiscussionsTools, Id
from cop_desktop.ui.widgets.notice_bar import Lapse, Notice


class PostedNotice(QObject):
    """Lives as long as its notice. undo: takes it back; asked for at most once."""

    def __init__(
        self, owner: QObject, tools: DiscussionsTools, posted: Id, undo: Callable[[], None]
    ) -> None:
        super().__init__(owner)
        self._tools = tools
        self._posted = posted
        self._undo = undo
        self._lapse = Lapse(self)
        tools.hub.changed.connect(self._look)

    def show_words(self, words: str) -> None:
        """Puts the notice up."""
        undo = self.tr("&Undo")
        self._tools.show_notice(
            Notice(words, "good", undo, self._act, self.deleteLater, lapse=self._lapse)
        )

    def _act(self) -> None:
        self.deleteLater()
        self._undo()

    def _look(self) -> None:
        work = partial(self._tools.discussions.is_waiting, self._posted)
        self._tools.jobs.run(work, self._settle, self._let_stand)

    def _settle(self, waiting: bool) -> None:
        if not waiting:
            self._lapse.lapsed.emit()

    def _let_stand(self, _error: Exception) -> None:
        """Whether it has left could not be looked up: pressing the button will tell."""
