"""Keeps what is being written at one place after the other, here and on one's other computer."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from cop_desktop.services.drafts import Draft
from cop_desktop.ui.discussions.tools import DiscussionsTools


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft is on the disk. words: what to say about it."""

    place: str
    title: str
    body: str
    words: str


class DraftKeeper(QObject):
    """Saves on the store thread. `saved` carries a Saved, `failed` the words for a trouble."""

    saved = Signal(object)
    failed = Signal(str)

    def __init__(self, tools: DiscussionsTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def save(self, place: str, title: str, body: str) -> None:
        """Keeps the draft on this computer."""
        self._tools.jobs.run(
            partial(self._tools.drafts.save, place, title, body),
            partial(self._on_saved, place, title, body),
            self._on_failed,
            key=f"draft:{place}",
        )

    def publish(self, place: str) -> None:
        """Copies the draft to the member's other computers, after what is being saved."""
        self._tools.jobs.run(
            partial(self._tools.drafts.publish, place),
            self._tools.hub.post_change,
            self._on_failed,
            key=f"publish:{place}",
        )

    def discard(self, place: str) -> None:
        """Throws the draft away everywhere."""
        self._tools.jobs.cancel(f"draft:{place}")
        self._tools.jobs.run(
            partial(self._tools.drafts.discard, place),
            self._tools.hub.post_change,
            self._on_failed,
        )

    def words_of(self, draft: Draft) -> str:
        """What to say over a draft that was found."""
        when = self._tools.when.spoken(draft.saved)
        if draft.elsewhere:
            return self.tr("From your other computer, {0}").format(when)
        return self.tr("Saved on this computer {0}").format(when)

    def _on_saved(self, place: str, title: str, body: str, when: datetime) -> None:
        words = self.tr("Saved on this computer {0}").format(self._tools.when.clock(when))
        self.saved.emit(Saved(place, title, body, words))

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(self._tools.messages.for_error(error).sentence())
