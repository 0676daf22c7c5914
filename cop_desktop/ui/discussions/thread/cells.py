"""Which widget shows which part of a thread, and how tall it will be."""

from collections.abc import Callable

from cop_desktop.ui.discussions.thread.cell import ThreadCell
from cop_desktop.ui.discussions.thread.covered_cell import CoveredCell
from cop_desktop.ui.discussions.thread.entries import Entry, NewLine, Opening
from cop_desktop.ui.discussions.thread.looks import Looks
from cop_desktop.ui.discussions.thread.opening_cell import OpeningCell
from cop_desktop.ui.discussions.thread.reply_cell import ReplyCell
from cop_desktop.ui.discussions.thread.small_cells import NewLineCell, TrashedCell
from cop_desktop.ui.discussions.thread.wishes import Wishes
from cop_desktop.ui.theme.theme import Theme

_KINDS: dict[str, Callable[[Theme, Looks, Wishes], ThreadCell]] = {
    "opening": OpeningCell,
    "reply": ReplyCell,
    "trashed": TrashedCell,
    "covered": CoveredCell,
    "new": NewLineCell,
}


class ThreadCells:
    """Makes the cells of a thread and guesses their heights."""

    def __init__(self, theme: Theme, looks: Looks, wishes: Wishes) -> None:
        self._theme = theme
        self._looks = looks
        self._wishes = wishes

    def make(self, kind: str) -> ThreadCell:
        return _KINDS[kind](self._theme, self._looks, self._wishes)

    def estimate(self, entry: Entry, width: int) -> int:
        """Pixels, from the number of characters and lines. Asked for thousands at once."""
        scale = self._theme.metrics.scale
        if isinstance(entry, NewLine) or entry.kind == "trashed":
            return round(40 * scale)
        if entry.kind == "covered":
            return round(150 * scale)
        is_opening = isinstance(entry, Opening)
        if isinstance(entry, Opening):
            body = f"{entry.topic.outcome}\n{entry.topic.body}"
        else:
            body = entry.post.body
        per_line = max(int((width / scale - 80) / 8), 10)
        lines = len(body) // per_line + body.count("\n") + 1
        return round((110 + lines * 22 + is_opening * 70) * scale)
