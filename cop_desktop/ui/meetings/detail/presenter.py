"""Shows one meeting or a planned day, and reads it again when something changed."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cop_desktop.services.meetings import Added, MeetingEdit, MeetingRow, MeetingView, SeriesView
from cop_desktop.ui.meetings.detail.view import DetailView
from cop_desktop.ui.meetings.doing import Doing
from cop_desktop.ui.meetings.forms.entered import NotANumber, not_a_number
from cop_desktop.ui.meetings.forms.meeting_form import meeting_dialog, meeting_edit
from cop_desktop.ui.meetings.sections.actions_presenter import ActionsPresenter
from cop_desktop.ui.meetings.sections.afterwards_presenter import AfterwardsPresenter
from cop_desktop.ui.meetings.sections.agenda import AgendaPresenter
from cop_desktop.ui.meetings.sections.attendance_presenter import AttendancePresenter
from cop_desktop.ui.meetings.sections.decisions import DecisionsPresenter
from cop_desktop.ui.meetings.sections.editing import Editing
from cop_desktop.ui.meetings.sections.section import Shown
from cop_desktop.ui.meetings.sections.text_presenter import TextPresenter, notes_text
from cop_desktop.ui.meetings.tools import Id, MeetingsTools
from cop_desktop.ui.records.care_asking import CareAsking, CareTools
from cop_desktop.ui.records.dialogs import RecordTools, show_history, show_versions
from sync.catalogue.meetings import MEETING_NOTES

_KINDS = frozenset(
    {
        *("series", "meeting", "agenda_item", "meeting_notes", "attendance", "decision"),
        *("action", "feedback", "member", "membership", "school", "care_flag", "file_version"),
    }
)


class DetailPresenter(QObject):
    """The pane of one meeting. `opened` carries its MeetingView after each reading.

    `day_opened` carries the id of a meeting that was a planned day until now. `run_wanted`,
    `paper_wanted` and the two `…calendar_wanted` carry what is shown.
    """

    opened = Signal(object)
    day_opened = Signal(bytes)
    run_wanted = Signal(object)
    paper_wanted = Signal(object)
    calendar_wanted = Signal(object)
    series_calendar_wanted = Signal(object)

    def __init__(self, view: DetailView, tools: MeetingsTools) -> None:
        super().__init__(view)
        self._view = view
        self._tools = tools
        self._meeting: Id | None = None
        self._shown: Shown | None = None
        self._day: MeetingRow | None = None
        self._run_next = False
        self._land_next = False
        self._doing = Doing(tools, self)
        self._editing = Editing(view, tools)
        self._care = CareAsking(view, CareTools.of(tools, tools.meetings.care))
        self._shown_anyway: set[Id] = set()
        self._notes = TextPresenter(view.notes.written, tools, notes_text(tools.meetings))
        self._afterwards = AfterwardsPresenter(view.afterwards, tools, self._doing)
        self._parts = (
            AgendaPresenter(view.agenda, tools, self._doing),
            AttendancePresenter(view.attendance, tools, self._doing),
            DecisionsPresenter(view.decisions, tools, self._doing),
            ActionsPresenter(view.action_items, tools, self._doing),
            self._afterwards,
        )
        self._connect()

    @property
    def meeting(self) -> Id | None:
        """The meeting that is shown or about to be."""
        return self._meeting

    @property
    def dialog(self) -> QWidget | None:
        """The dialog that changes the meeting, while it is open."""
        return self._editing.dialog

    def open(self, meeting: Id) -> None:
        """Shows a meeting."""
        if meeting == self._meeting and self._shown is not None:
            self.opened.emit(self._shown.meeting)  # it is read again by itself when it changes
            return
        self._leave()
        self._meeting, self._shown, self._day = meeting, None, None
        self.read()

    def open_new(self, meeting: Id) -> None:
        """Shows a meeting that was just made, the keyboard in its agenda as soon as it is there."""
        self.open(meeting)
        self._land_next = True

    def show_day(self, row: MeetingRow, series: SeriesView | None) -> None:
        """Shows a planned day of a series."""
        self.close()
        self._day = row
        self._view.planned.show_day(row, series)
        self._view.show_planned()

    def close(self) -> None:
        """Shows nothing; what is typed is saved."""
        self._leave()
        self._meeting = self._shown = self._day = None
        self._view.show_nothing()

    def read(self) -> None:
        """Reads the meeting again."""
        if self._meeting is not None:
            self._tools.jobs.run(
                partial(self._reading, self._meeting),
                partial(self._on_read, self._meeting),
                partial(self._on_missing, self._meeting),
                key="meetings.meeting",
            )

    def show_current_history(self) -> None:
        """Of the part that has the keyboard, of the notes while they are shown, or the meeting."""
        part = self._view.current_part()
        if part is not None:
            self._show_history(part)
        elif self._shown is not None and self._view.is_notes_shown() and self._has_notes():
            self._show_notes_history()
        else:
            self._show_meeting_history()

    def compare_current(self) -> None:
        """The versions of the part that has the keyboard, or of the meeting."""
        record = self._view.current_part() or self._meeting
        if record is not None:
            self._compare_part(record)

    def _leave(self) -> None:
        self._land_next = False
        self._notes.leave()
        self._afterwards.leave()

    def _has_notes(self) -> bool:
        return self._shown is not None and bool(self._shown.meeting.notes.state)

    def change(self) -> None:
        """Opens the dialog that changes the meeting."""
        if self._shown is not None and not self._shown.meeting.trashed:
            meeting = self._shown.meeting
            dialog = meeting_dialog(self._tools.theme, self._tools.times, meeting)
            self._editing.open_dialog(meeting.id, dialog, partial(self._save, meeting))

    def run(self) -> None:
        """Runs the meeting that is shown; a day of a series that nobody opened is opened first."""
        if self._day is not None:
            self._run_next = True
            self._open_day()
        if self._shown is not None and not self._shown.meeting.trashed:
            self.run_wanted.emit(self._shown)

    def _run_no_more(self) -> None:
        self._run_next = False

    def run_when_read(self) -> None:
        """The same as soon as it is read again, with what was just changed."""
        self._run_next = True
        self.read()

    def save_paper(self) -> None:
        """Prints the meeting or saves it as a paper; what is typed is in it."""
        if self._shown is not None:
            self.tell_typed()
            self.paper_wanted.emit(self._shown)

    def show_afterwards(self) -> None:
        """Goes to the summary and the feedback."""
        self._view.tabs.setCurrentWidget(self._view.afterwards)
        self._view.tabs.tabBar().setFocus()

    def tell_typed(self) -> None:
        """Hands over what is typed, which goes on being shown."""
        self._view.notes.composer.tell_draft()
        self._view.afterwards.written.composer.tell_draft()

    def note_decision(self) -> None:
        """Goes to the line where a decision is noted."""
        if self._shown is not None:
            self._view.tabs.setCurrentWidget(self._view.decisions)
            self._view.decisions.add.setFocus()

    def note_action(self) -> None:
        """Goes to the line where an action is noted."""
        if self._shown is not None:
            self._view.tabs.setCurrentWidget(self._view.action_items)
            self._view.action_items.add.setFocus()

    def _save_for_calendar(self) -> None:
        if self._shown is not None:
            self.calendar_wanted.emit(self._shown)

    def _save_series_for_calendar(self) -> None:
        if self._shown is not None:
            self.series_calendar_wanted.emit(self._shown)

    def _connect(self) -> None:
        header, planned = self._view.header, self._view.planned
        header.run_wanted.connect(self.run)
        header.afterwards_wanted.connect(self.show_afterwards)
        header.paper_wanted.connect(self.save_paper)
        header.calendar_wanted.connect(self._save_for_calendar)
        header.series_calendar_wanted.connect(self._save_series_for_calendar)
        header.change_wanted.connect(self.change)
        header.versions_wanted.connect(self._compare)
        header.history_wanted.connect(self._show_meeting_history)
        header.notes_history_wanted.connect(self._show_notes_history)
        header.held_wanted.connect(self._hold)
        header.care_wanted.connect(self._ask_for_care)
        self._view.show_wanted.connect(self._show_anyway)
        header.trash_wanted.connect(self._trash)
        header.restore_wanted.connect(self._restore)
        planned.open_wanted.connect(self._open_day)
        for section in self._view.sections():
            section.versions_wanted.connect(self._compare_part)
            section.history_wanted.connect(self._show_history)
        self._doing.failed.connect(planned.stay_closed)
        self._doing.failed.connect(self._run_no_more)
        planned.run_wanted.connect(self.run)
        self._tools.hub.changed.connect(self._on_change)

    def _reading(self, meeting: Id) -> Shown:
        """On the store thread."""
        view = self._tools.meetings.meeting(meeting)
        members = self._tools.people.members(view.space)
        return Shown(view, members, self._tools.running.course(meeting))

    def _on_read(self, meeting: Id, shown: Shown) -> None:
        if meeting != self._meeting:
            return
        is_new = self._shown is None
        care = shown.meeting.care
        # Not from before the eyes of who reads or writes it when somebody else asks for care.
        if is_new and care is not None and meeting not in self._shown_anyway:
            self._view.show_cover(care)
            self.opened.emit(shown.meeting)
            return
        self._shown = shown
        self._view.show_meeting(shown)
        self._notes.show_meeting(shown)
        for part in self._parts:
            part.show_meeting(shown)
        if is_new:
            for section in self._view.sections():
                section.verticalScrollBar().setValue(0)
        self.opened.emit(shown.meeting)
        if self._land_next:
            self._land_next = False
            self._view.go_into(self._view.agenda)
        if self._run_next:
            self._run_next = False
            self.run()

    def _show_anyway(self) -> None:
        if self._meeting is not None:
            self._shown_anyway.add(self._meeting)
            self.read()

    def _ask_for_care(self) -> None:
        if self._shown is not None:
            meeting = self._shown.meeting
            # Whoever asks for it has it before them: no warning for them this time.
            self._shown_anyway.add(meeting.id)
            own = meeting.care is not None and meeting.care.target == meeting.id
            self._care.change(meeting.id, meeting.care if own else None)

    def _on_missing(self, meeting: Id, error: Exception) -> None:
        if meeting == self._meeting:
            self._view.show_missing(self._tools.messages.for_error(error).sentence())

    def _open_day(self) -> None:
        day = self._day
        if day is not None and day.series is not None:
            work = partial(self._tools.meetings.open_occurrence, day.series, day.day)
            self._doing.do(work, done=self._on_day_opened)

    def _on_day_opened(self, added: Added) -> None:
        self.open_new(added.id)
        self.day_opened.emit(added.id)

    def _save(self, meeting: MeetingView, record: Id, values: dict[str, Any], seen: Any) -> Any:
        try:
            edit = meeting_edit(values, meeting)
        except NotANumber:
            self._editing.show_problem("minutes", not_a_number())
            return None
        return partial(self._tools.meetings.edit_meeting, record, edit, seen)

    def _hold(self) -> None:
        if self._meeting is not None:
            held = MeetingEdit(status="held")
            self._doing.do(partial(self._tools.meetings.edit_meeting, self._meeting, held))

    def _trash(self) -> None:
        if self._meeting is not None:
            self._doing.trash(self._meeting, self.tr("The meeting is in the trash."))

    def _restore(self) -> None:
        if self._meeting is not None:
            self._doing.restore(self._meeting)

    def _compare(self) -> None:
        if self._meeting is not None:
            self._compare_part(self._meeting)

    def _compare_part(self, record: Id) -> None:
        show_versions(self._view.window(), self._record_tools(), record)

    def _show_meeting_history(self) -> None:
        if self._meeting is not None:
            self._show_history(self._meeting)

    def _show_notes_history(self) -> None:
        if self._shown is not None:
            meeting = self._shown.meeting
            self._show_history(MEETING_NOTES.id_for(meeting.space, meeting.id))

    def _show_history(self, record: Id) -> None:
        show_history(self._view.window(), self._record_tools(), record)

    def _record_tools(self) -> RecordTools:
        return RecordTools.of(self._tools, self._tools.meetings)

    def _on_change(self, changed: object) -> None:
        if getattr(changed, "kinds", frozenset()) & _KINDS:
            self.read()
