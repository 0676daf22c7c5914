"""What connects the list of meetings, one meeting, the one that is run, and the dialogs."""

from PySide6.QtCore import QObject, QTimer

from cop_desktop.services.meetings import Added, MeetingView
from cop_desktop.ui.meetings.actions import PLACE
from cop_desktop.ui.meetings.detail.presenter import DetailPresenter
from cop_desktop.ui.meetings.going_out import GoingOut
from cop_desktop.ui.meetings.listing.model import Entry, Look
from cop_desktop.ui.meetings.listing.presenter import ListingPresenter
from cop_desktop.ui.meetings.planning import Planning
from cop_desktop.ui.meetings.run.presenter import RunPresenter
from cop_desktop.ui.meetings.sections.section import Shown
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.meetings.view import MeetingsView
from cop_desktop.ui.records.actions import history_key, trash_key, versions_key
from cop_desktop.ui.records.dialogs import RecordTools, show_history, show_trash, show_versions


class MeetingsPresenter(QObject):
    """Connects list, meeting and dialogs."""

    def __init__(self, page: MeetingsView, tools: MeetingsTools) -> None:
        super().__init__(page)
        self._page = page
        self._tools = tools
        self.listing = ListingPresenter(page.listing, page.rows, tools)
        self._detail: DetailPresenter | None = None
        self._run: RunPresenter | None = None
        self.planning = Planning(page, tools)
        self.out = GoingOut(page, tools)
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
            while self._page.detail.make_section():
                pass
            self._detail = DetailPresenter(self._page.detail, self._tools)
            self._detail.opened.connect(self._on_opened)
            self._detail.run_wanted.connect(self._start_run)
            self._detail.paper_wanted.connect(self.out.show_papers)
            self._detail.calendar_wanted.connect(self.out.save_for_calendar)
            self._detail.series_calendar_wanted.connect(self.out.save_series_for_calendar)
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
        self.out.set_space(space)
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
        page.listing.calendar_out_wanted.connect(self.out.save_coming)
        page.listing.calendar_in_wanted.connect(self.out.take_in_calendar)
        page.listing.series_history_wanted.connect(self._show_series_history)
        page.listing.series_versions_wanted.connect(self._compare_series)
        self.listing.chosen.connect(self._on_chosen)
        self.listing.new_wanted.connect(self.planning.new_meeting_on)
        self.listing.month_shown.connect(page.widen_list)
        page.widen_list(self.listing.is_month())
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
        registry.connect_slot("meetings.end", self._end)
        registry.set_enabled("meetings.end", False)
        registry.connect_slot("meetings.decision", self._note_decision)
        registry.connect_slot("meetings.action", self._note_action)
        registry.connect_slot("meetings.paper", self._save_paper)
        registry.connect_slot("meetings.calendar_out", self.out.save_coming)
        registry.connect_slot("meetings.calendar_in", self.out.take_in_calendar)
        registry.connect_slot("meetings.look_list", self._look_list)
        registry.connect_slot("meetings.look_days", self._look_days)
        registry.connect_slot("meetings.look_month", self._look_month)
        registry.connect_slot("meetings.filter", page.listing.filter.look_for_words)
        registry.connect_slot(history_key(PLACE), self._show_history)
        registry.connect_slot(versions_key(PLACE), self._compare)
        registry.connect_slot(trash_key(PLACE), self._show_trash)

    def _on_shown(self) -> None:
        self.listing.read()
        QTimer.singleShot(0, self, self._prepare)

    def _prepare(self) -> None:
        """Makes the pane of a meeting part by part while the list is being read."""
        if self._detail is None and self._page.detail.make_section():
            QTimer.singleShot(0, self, self._prepare)
        else:
            _ = self.detail

    def leave_run(self) -> None:
        """Back from the meeting that is run; its clock goes on."""
        if self._page.is_running():
            self.run.leave()
            self._page.hide_run()
            self._tools.registry.set_enabled("meetings.end", False)
            self._page.show_detail()
            self.detail.read()
            self._page.detail.header.land()

    def _look_list(self) -> None:
        self._page.listing.filter.set_look(Look.LIST)
        self._page.listing.list.setFocus()

    def _look_days(self) -> None:
        self._page.listing.filter.set_look(Look.DAYS)
        self._page.listing.list.setFocus()

    def _look_month(self) -> None:
        self._page.listing.filter.set_look(Look.MONTH)
        self._page.listing.month.grid.setFocus()

    def _start_run(self, shown: Shown) -> None:
        if self._page.is_running():
            return
        tabs, notes = self._page.detail.tabs, self._page.detail.notes
        self._page.show_run()
        self._tools.registry.set_enabled("meetings.end", True)
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

    def _end(self) -> None:
        if self._page.is_running():
            self.run.end()

    def _note_decision(self) -> None:
        self.detail.note_decision()

    def _note_action(self) -> None:
        self.detail.note_action()

    def _save_paper(self) -> None:
        self.detail.save_paper()

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
        self._page.detail.setFocus()

    def _on_opened(self, meeting: MeetingView) -> None:
        """A meeting asked for from elsewhere is marked in the list when its day is known."""
        if self._page.is_running():
            self.run.show_meeting(meeting)
        if self._wish == meeting.id:
            self._wish = None
            past = meeting.starts < self._tools.times.now()
            self.listing.choose_on_its_side(meeting.id.hex(), past=past, day=meeting.day)

    def _on_planned(self, added: Added) -> None:
        self.leave_run()
        self._wish = added.id
        self.detail.open_new(added.id)
        self._page.show_detail()

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
