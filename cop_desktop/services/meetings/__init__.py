"""Meetings: series that recur, their meetings, and all that belongs to one."""

from cop_desktop.services.care import Care
from cop_desktop.services.meetings.afterwards import AfterwardVerbs
from cop_desktop.services.meetings.meeting import MeetingVerbs
from cop_desktop.services.meetings.parts import ActionEdit, AgendaEdit, PartVerbs
from cop_desktop.services.meetings.recurrence import Rhythm, Unit, Weekday, read_rule
from cop_desktop.services.meetings.running import Course, Running, begun
from cop_desktop.services.meetings.series import SeriesVerbs
from cop_desktop.services.meetings.views import (
    ActionView,
    Added,
    AgendaView,
    Attendee,
    CarriedAction,
    DecisionView,
    FeedbackView,
    MeetingEdit,
    MeetingRow,
    MeetingView,
    NewAction,
    NewMeeting,
    NewSeries,
    NotesSaved,
    Occurrence,
    SchoolTeam,
    SeriesEdit,
    SeriesView,
)
from cop_desktop.store import TextSnapshot


class Meetings(SeriesVerbs, MeetingVerbs, PartVerbs, AfterwardVerbs):
    """Everything that people do with series and meetings; each verb is one transaction."""

    @property
    def care(self) -> Care:
        """Asking for care with a meeting."""
        return Care(self._replica)


__all__ = [
    "ActionEdit",
    "ActionView",
    "Added",
    "AgendaEdit",
    "AgendaView",
    "Attendee",
    "CarriedAction",
    "Course",
    "DecisionView",
    "FeedbackView",
    "MeetingEdit",
    "MeetingRow",
    "MeetingView",
    "Meetings",
    "NewAction",
    "NewMeeting",
    "NewSeries",
    "NotesSaved",
    "Occurrence",
    "Rhythm",
    "Running",
    "SchoolTeam",
    "SeriesEdit",
    "SeriesView",
    "TextSnapshot",
    "Unit",
    "Weekday",
    "begun",
    "read_rule",
]
