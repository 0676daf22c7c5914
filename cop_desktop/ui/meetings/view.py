"""The page of meetings: the list beside one meeting, or the meeting that is run."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cop_desktop.ui.meetings.detail.view import DetailView
from cop_desktop.ui.meetings.listing.day_list import DayRows
from cop_desktop.ui.meetings.listing.model import EntryRows, entry_key
from cop_desktop.ui.meetings.listing.view import ListingView
from cop_desktop.ui.meetings.run.view import RunView
from cop_desktop.ui.meetings.tools import MeetingsTools
from cop_desktop.ui.shell.page import Page

_MONTH_PX = 680
_MEETING_PX = 490


class MeetingsView(Page):
    """Which of its parts are to be seen, and how wide."""

    def __init__(self, tools: MeetingsTools) -> None:
        super().__init__(tools.theme, "")
        self.setAccessibleName(self.tr("Meetings"))
        self.rows = DayRows(EntryRows(tools.times, self).row, entry_key, self)
        self.listing = ListingView(tools.theme, tools.times, self.rows)
        self.detail = DetailView(tools.theme, tools.times)
        self.set_panes(self.listing, self.detail)
        self._tools = tools
        self._run: RunView | None = None
        self._split_before: bytes | None = None

    @property
    def run(self) -> RunView:
        """The screen a meeting is run from; made when it is first needed."""
        if self._run is None:
            self._run = RunView(self._tools.theme, self._tools.times)
            self._run.hide()
            self._column.addWidget(self._run)
        return self._run

    def is_running(self) -> bool:
        """Whether a meeting is being run on this page now."""
        return self._run is not None and not self._run.isHidden()

    def show_run(self) -> None:
        """The meeting that is run, in place of the list and the meeting."""
        self.run.take_tabs(self.detail.tabs)
        self._splitter.hide()
        self.run.show()

    def hide_run(self) -> None:
        """List and meeting again."""
        self.run.hide()
        self.detail.take_tabs_back()
        self._splitter.show()

    def widen_list(self, wide: bool) -> None:
        """Room for a month while one is shown; as it was before afterwards."""
        if wide and self._split_before is None:
            self._split_before = super().split()
            self._spread()
        elif not wide and self._split_before is not None:
            kept, self._split_before = self._split_before, None
            self.restore_split(kept)

    def split(self) -> bytes:
        # What is remembered is what somebody chose, not the room that a month was given.
        return super().split() if self._split_before is None else self._split_before

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._split_before is not None:
            self._spread()

    def _spread(self) -> None:
        whole = self.width()
        metrics = self._tools.theme.metrics
        month = min(metrics.px(_MONTH_PX), whole * 3 // 5, whole - metrics.px(_MEETING_PX))
        month = max(month, whole * 2 // 5)
        self._splitter.setSizes([month, whole - month])

    def panes(self) -> list[QWidget]:
        return self.run.panes() if self.is_running() else super().panes()

    def can_go_back(self) -> bool:
        return self.is_running() or super().can_go_back()

    def show_list(self) -> None:
        """Goes back: from a meeting that is run to the meeting, from that to the list."""
        if self.is_running():
            self.run.leave_wanted.emit()
        else:
            super().show_list()
