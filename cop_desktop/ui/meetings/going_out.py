"""What leaves the place of meetings: papers and calendar files; and calendar files that come in."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cop_desktop.services.meetings import MeetingView
from cop_desktop.ui.meetings.calendar.files_presenter import CalendarFilesPresenter
from cop_desktop.ui.meetings.papers import papers_of
from cop_desktop.ui.meetings.sections.section import Shown
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.paper.dialog import PaperDialog, show_papers


class GoingOut(QObject):
    """paper_dialog: the one that is open."""

    def __init__(self, page: QWidget, tools: MeetingsTools) -> None:
        super().__init__(page)
        self._page = page
        self._tools = tools
        self._space: Id | None = None
        self.calendar_files = CalendarFilesPresenter(page, tools)
        self.paper_dialog: PaperDialog | None = None

    def set_space(self, space: Id | None) -> None:
        """Whose meetings they are."""
        self._space = space

    def show_papers(self, shown: Shown) -> None:
        """The meeting as papers; read after what is typed was handed over: they hold all of it."""
        work = partial(self._tools.meetings.meeting, shown.meeting.id)
        self._tools.jobs.run(work, self._on_read, self._tools.say_trouble)

    def save_for_calendar(self, shown: Shown) -> None:
        """One meeting."""
        self.calendar_files.save_meeting(shown.meeting)

    def save_series_for_calendar(self, shown: Shown) -> None:
        """The series of a meeting."""
        if shown.meeting.series is not None:
            self.calendar_files.save_series(shown.meeting.series, shown.meeting.series_title)

    def save_coming(self) -> None:
        """All that is coming."""
        if self._space is not None:
            self.calendar_files.save_coming(self._space)

    def take_in_calendar(self) -> None:
        """Asks for a calendar file."""
        if self._space is not None:
            self.calendar_files.open_file(self._space)

    def _on_read(self, meeting: MeetingView) -> None:
        to_come = meeting.status == "planned" and meeting.starts > self._tools.times.now()
        first = 0 if to_come else 1
        self.paper_dialog = show_papers(
            self._page.window(), self._tools.paper, papers_of(meeting), first
        )
        self.paper_dialog.finished.connect(self._on_closed)

    def _on_closed(self) -> None:
        self.paper_dialog = None
