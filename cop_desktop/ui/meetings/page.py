"""The page of meetings: the list beside one meeting, and the dialogs that plan."""

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from cop_desktop.services.meetings import Added, MeetingView
from cop_desktop.ui.meetings.calendar.files_presenter import CalendarFilesPresenter
from cop_desktop.ui.meetings.detail.presenter import DetailPresenter
from cop_desktop.ui.meetings.detail.view import DetailView
from cop_desktop.ui.meetings.listing.model import Entry, EntryRows, entry_key
from cop_desktop.ui.meetings.listing.presenter import ListingPresenter
from cop_desktop.ui.meetings.listing.view import ListingView
from cop_desktop.ui.meetings.papers import papers_of
from cop_desktop.ui.meetings.planning import Planning
from cop_desktop.ui.meetings.run.presenter import RunPresenter
from cop_desktop.ui.meetings.run.view import RunView
from cop_desktop.ui.meetings.sections.section import Shown
from cop_desktop.ui.meetings.tools import PLACE, Id, MeetingsTools
from cop_desktop.ui.paper import PaperDialog, show_papers
from cop_desktop.ui.records.actions import history_key, trash_key, versions_key
from cop_desktop.ui.records.dialogs import RecordTools, show_history, show_trash, show_versions
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.widgets.rows import RowModel


class MeetingsPage(Page):
    """What other places may ask: `show_community`, `open_meeting`, `plan_meeting`."""

    def __init__(self, tools: MeetingsTools) -> None:
        super().__init__(tools.theme, "")
        self.setAccessibleName(self.tr("Meetings"))
        self.rows = RowModel(EntryRows(tools.times, self).row, entry_key, self)
        self.listing = ListingView(tools.theme, self.rows)
        self.detail = DetailView(tools.theme, tools.times)
        self.set_panes(self.listing, self.detail)
        self._tools = tools
        self._run: RunView | None = None
        self.presenter = MeetingsPresenter(self, tools)

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

    def show_community(self, space: Id | None) -> None:
        """The meetings of a community, None for none."""
        self.presenter.show_community(space)

    def open_meeting(self, meeting: Id) -> None:
        """Shows a meeting of the community, as from a search."""
        self.presenter.open_meeting(meeting)

    def plan_meeting(self) -> None:
        """Asks for a new meeting."""
        self.presenter.planning.new_meeting()


class MeetingsPresenter(QObject):
    """Connects list, meeting and dialogs."""

    def __init__(self, page: MeetingsPage, tools: MeetingsTools) -> None:
        super().__init__(page)
        self._page = page
        self._tools = tools
        self.listing = ListingPresenter(page.listing, page.rows, tools)
        self._detail: DetailPresenter | None = None
        self._run: RunPresenter | None = None
        self.planning = Planning(page, tools)
        self.calendar_files = CalendarFilesPresenter(page, tools)
        self.paper_dialog: PaperDialog | None = None
        self._wish: Id | None = None
        self._connect()
        self.show_community(tools.community)

    @property
    def detail(self) -> DetailPresenter:
        """The presenter of one meeting.

        Made when it is first needed, together with the sections: with the list, they would hold
        up the window for too long at a time.
        """
        if self._detail is None:
            self._page.detail.fill(self._tools.theme, self._tools.times)
            self._detail = DetailPresenter(self._page.detail, self._tools)
            self._detail.opened.connect(self._on_opened)
            self._detail.run_wanted.connect(self._start_run)
            self._detail.paper_wanted.connect(self._show_papers)
            self._detail.calendar_wanted.connect(self._save_for_calendar)
            self._detail.series_calendar_wanted.connect(self._save_series_for_calendar)
        return self._detail

    @property
    def run(self) -> RunPresenter:
        """The presenter of the meeting that is run; made when it is first needed."""
        if self._run is None:
            view = self._page.run
            self._run = RunPresenter(view, self._tools)
            self._run.ended.connect(self._on_run_ended)
            self._run.reopened.connect(self._on_reopened)
            view.leave_wanted.connect(self.leave_run)
        return self._run

    def show_community(self, space: Id | None) -> None:
        self.leave_run()
        self.planning.set_space(space)
        self.listing.show_community(space)

    def open_meeting(self, meeting: Id) -> None:
        """In the list too, on the side of now where it stands."""
        self.leave_run()
        self._wish = meeting
        self.detail.open(meeting)
        self._page.show_detail()

    def _connect(self) -> None:
        page = self._page
        page.shown.connect(self._on_shown)
        page.listing.list.clicked.connect(self._on_clicked)
        page.listing.list.row_opened.connect(self._on_row_opened)
        page.listing.new_wanted.connect(self.planning.new_meeting)
        page.listing.new_series_wanted.connect(self.planning.new_series)
        page.listing.edit_series_wanted.connect(self._edit_series)
        page.listing.trash_wanted.connect(self._show_trash)
        page.listing.calendar_out_wanted.connect(self._save_coming)
        page.listing.calendar_in_wanted.connect(self._take_in_calendar)
        page.listing.series_history_wanted.connect(self._show_series_history)
        page.listing.series_versions_wanted.connect(self._compare_series)
        self.listing.chosen.connect(self._on_chosen)
        self.planning.meeting_planned.connect(self._on_planned)
        self.planning.series_planned.connect(self._on_series_planned)
        registry = self._tools.registry
        registry.connect_slot("meetings.new", self.planning.new_meeting)
        registry.connect_slot("meetings.new_series", self.planning.new_series)
        registry.connect_slot("meetings.change", self._change)
        registry.connect_slot("meetings.run", self._toggle_run)
        registry.connect_slot("meetings.next_item", self._next_item)
        registry.connect_slot("meetings.last_item", self._last_item)
        registry.connect_slot("meetings.pause", self._pause)
        registry.connect_slot("meetings.decision", self._note_decision)
        registry.connect_slot("meetings.action", self._note_action)
        registry.connect_slot("meetings.paper", self._save_paper)
        registry.connect_slot("meetings.calendar_out", self._save_coming)
        registry.connect_slot("meetings.calendar_in", self._take_in_calendar)
        registry.connect_slot("meetings.filter", page.listing.filter.search.setFocus)
        registry.connect_slot(history_key(PLACE), self._show_history)
        registry.connect_slot(versions_key(PLACE), self._compare)
        registry.connect_slot(trash_key(PLACE), self._show_trash)

    def _on_shown(self) -> None:
        self.listing.read()
        QTimer.singleShot(0, self, self._prepare)

    def _prepare(self) -> None:
        """Makes the pane of a meeting while the list is being read."""
        _ = self.detail

    def leave_run(self) -> None:
        """Back from the meeting that is run; its clock goes on."""
        if self._page.is_running():
            self.run.leave()
            self._page.hide_run()
            self._page.show_detail()
            self.detail.read()
            self._page.detail.header.run.setFocus()

    def _start_run(self, shown: Shown) -> None:
        if self._page.is_running():
            return
        tabs, notes = self._page.detail.tabs, self._page.detail.notes
        self._page.show_run()
        # The agenda is beside it; what has to be written down is not.
        if tabs.currentWidget() is self._page.detail.agenda:
            tabs.setCurrentWidget(notes)
        self.run.start(shown.meeting, shown.course)
        self._page.run.card.next.setFocus()

    def _toggle_run(self) -> None:
        if self._page.is_running():
            self.leave_run()
        else:
            self.detail.run()

    def _on_run_ended(self) -> None:
        self.leave_run()
        self.detail.show_afterwards()

    def _on_reopened(self, meeting: Id) -> None:
        if self.detail.meeting == meeting:
            self.detail.run_when_read()

    def _next_item(self) -> None:
        if self._page.is_running():
            self.run.go_on()

    def _last_item(self) -> None:
        if self._page.is_running():
            self.run.go_back()

    def _pause(self) -> None:
        if self._page.is_running():
            self.run.pause()

    def _note_decision(self) -> None:
        self.detail.note_decision()

    def _note_action(self) -> None:
        self.detail.note_action()

    def _save_paper(self) -> None:
        self.detail.save_paper()

    def _show_papers(self, shown: Shown) -> None:
        # Read after what is typed was handed over: the paper holds the last word of it.
        work = partial(self._tools.meetings.meeting, shown.meeting.id)
        self._tools.jobs.run(work, self._on_papers, self._tools.say_trouble)

    def _on_papers(self, meeting: MeetingView) -> None:
        choices = papers_of(meeting)
        first = 0 if meeting.status == "planned" and not self._page.is_running() else 1
        self.paper_dialog = show_papers(self._page.window(), self._tools.paper, choices, first)
        self.paper_dialog.finished.connect(self._on_paper_closed)

    def _on_paper_closed(self) -> None:
        self.paper_dialog = None

    def _save_for_calendar(self, shown: Shown) -> None:
        self.calendar_files.save_meeting(shown.meeting)

    def _save_series_for_calendar(self, shown: Shown) -> None:
        if shown.meeting.series is not None:
            self.calendar_files.save_series(shown.meeting.series, shown.meeting.series_title)

    def _save_coming(self) -> None:
        if self.listing.space is not None:
            self.calendar_files.save_coming(self.listing.space)

    def _take_in_calendar(self) -> None:
        if self.listing.space is not None:
            self.calendar_files.open_file(self.listing.space)

    def _show_history(self) -> None:
        self.detail.show_current_history()

    def _compare(self) -> None:
        self.detail.compare_current()

    def _change(self) -> None:
        self.detail.change()

    def _on_chosen(self, entry: Entry | None) -> None:
        if entry is None:
            if self._detail is not None:
                self._detail.close()
        elif entry.row.id is None:
            self.detail.show_day(entry.row, self.listing.one_series(entry.row.series))
        else:
            self.detail.open(entry.row.id)

    def _on_clicked(self) -> None:
        self._page.show_detail()

    def _on_row_opened(self, key: str) -> None:
        self._page.show_detail()
        view = self._page.detail
        (view.tabs.tabBar() if view.is_meeting_shown() else view.planned).setFocus()

    def _on_opened(self, meeting: MeetingView) -> None:
        """A meeting asked for from elsewhere is marked in the list when its day is known."""
        if self._page.is_running():
            self.run.show_meeting(meeting)
        if self._wish == meeting.id:
            self._wish = None
            past = meeting.starts < self._tools.times.now()
            self.listing.choose_on_its_side(meeting.id.hex(), past=past)

    def _on_planned(self, added: Added) -> None:
        self.open_meeting(added.id)

    def _on_series_planned(self, added: Added) -> None:
        self._page.listing.filter.show_everything()
        self._page.listing.list.setFocus()

    def _edit_series(self) -> None:
        series = self.listing.one_series(self._page.listing.filter.wanted().series)
        if series is not None:
            self.planning.edit_series(series)

    def _show_series_history(self) -> None:
        series = self._page.listing.filter.wanted().series
        if series is not None:
            show_history(self._page.window(), self._record_tools(), series)

    def _compare_series(self) -> None:
        series = self._page.listing.filter.wanted().series
        if series is not None:
            show_versions(self._page.window(), self._record_tools(), series)

    def _record_tools(self) -> RecordTools:
        return RecordTools.of(self._tools, self._tools.meetings)

    def _show_trash(self) -> None:
        if self.listing.space is not None:
            show_trash(self._page.window(), self._record_tools(), self.listing.space)
