"""Building the place of meetings for the window."""

from cop_desktop.ui.meetings.page import MeetingsPage
from cop_desktop.ui.meetings.tools import MeetingsTools


def build_meetings(tools: MeetingsTools) -> MeetingsPage:
    """The page; the actions of `meeting_actions` must be in the registry already."""
    return MeetingsPage(tools)
