"""The place where meetings are planned, held and written up."""

from cop_desktop.ui.meetings.build import build_meetings, meeting_actions, meetings_place
from cop_desktop.ui.meetings.page import MeetingsPage
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.meetings.tools import MeetingsTools

__all__ = [
    "MeetingsPage",
    "MeetingsTools",
    "Times",
    "build_meetings",
    "meeting_actions",
    "meetings_place",
]
