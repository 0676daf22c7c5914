"""Building the place of meetings for the window."""

from functools import partial

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.meetings.actions import meeting_actions
from cop_desktop.ui.meetings.page import MeetingsPage
from cop_desktop.ui.meetings.tools import PLACE, MeetingsTools
from cop_desktop.ui.shell.places import Place

__all__ = ["PLACE", "build_meetings", "meeting_actions", "meetings_place"]


def build_meetings(tools: MeetingsTools) -> MeetingsPage:
    """The page; the actions of `meeting_actions` must be in the registry already."""
    return MeetingsPage(tools)


def meetings_place(tools: MeetingsTools) -> Place:
    """The place, to be added to the window."""
    title = QCoreApplication.translate("MeetingsPlace", "Meetings")
    return Place(PLACE, title, "meetings", partial(build_meetings, tools), meeting_actions())
