"""Building the place of meetings for the window."""

from functools import partial

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.meetings.page import MeetingsPage
from cop_desktop.ui.meetings.tools import PLACE, MeetingsTools
from cop_desktop.ui.records.actions import record_actions
from cop_desktop.ui.shell.actions import ActionSpec, Menu
from cop_desktop.ui.shell.places import Place

__all__ = ["PLACE", "build_meetings", "meeting_actions", "meetings_place"]


def build_meetings(tools: MeetingsTools) -> MeetingsPage:
    """The page; the actions of `meeting_actions` must be in the registry already."""
    return MeetingsPage(tools)


def meetings_place(tools: MeetingsTools) -> Place:
    """The place, to be added to the window."""
    title = _tr("Meetings")
    return Place(PLACE, title, "meetings", partial(build_meetings, tools), meeting_actions())


def meeting_actions() -> tuple[ActionSpec, ...]:
    """What can be asked for by menu and key while meetings are shown."""
    return (
        ActionSpec("meetings.new", _tr("&New meeting…"), Menu.FILE, "Ctrl+N", PLACE, "new"),
        ActionSpec(
            "meetings.new_series",
            _tr("New &series of meetings…"),
            Menu.FILE,
            "Ctrl+Shift+N",
            PLACE,
            "calendar",
        ),
        ActionSpec(
            "meetings.change", _tr("&Change the meeting…"), Menu.EDIT, "Ctrl+E", PLACE, "edit"
        ),
        ActionSpec(
            "meetings.filter", _tr("&Find in meetings"), Menu.EDIT, "Ctrl+Shift+F", PLACE, "search"
        ),
        *record_actions(PLACE),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("MeetingsPlace", words)
