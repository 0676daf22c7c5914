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
            "meetings.change", _tr("&Change the meeting…"), Menu.EDIT, "Ctrl+Shift+E", PLACE, "edit"
        ),
        ActionSpec(
            "meetings.run", _tr("&Run this meeting"), Menu.GO, "Ctrl+R", PLACE, "play", "run"
        ),
        ActionSpec(
            "meetings.next_item", _tr("Ne&xt item of the agenda"), Menu.GO, "F8", PLACE, "", "run"
        ),
        ActionSpec(
            "meetings.last_item", _tr("It&em before"), Menu.GO, "Shift+F8", PLACE, "", "run"
        ),
        ActionSpec("meetings.pause", _tr("&Pause or go on"), Menu.GO, "F9", PLACE, "pause", "run"),
        ActionSpec(
            "meetings.decision", _tr("Note a &decision"), Menu.EDIT, "Ctrl+D", PLACE, "decision"
        ),
        ActionSpec(
            "meetings.action",
            _tr("Note an a&ction"),
            Menu.EDIT,
            "Ctrl+Shift+A",
            PLACE,
            "action",
        ),
        ActionSpec(
            "meetings.paper", _tr("&Print or save as a paper…"), Menu.FILE, "Ctrl+P", PLACE, "print"
        ),
        ActionSpec(
            "meetings.calendar_out",
            _tr("Sa&ve what is coming for a calendar…"),
            Menu.FILE,
            "",
            PLACE,
            "calendar",
        ),
        ActionSpec(
            "meetings.calendar_in",
            _tr("Take &in a calendar file…"),
            Menu.FILE,
            "",
            PLACE,
            "import",
        ),
        ActionSpec(
            "meetings.look_list", _tr("Meetings as a &list"), Menu.VIEW, "Ctrl+Alt+1", PLACE, "list"
        ),
        ActionSpec(
            "meetings.look_days", _tr("Meetings by &day"), Menu.VIEW, "Ctrl+Alt+2", PLACE, "agenda"
        ),
        ActionSpec(
            "meetings.look_month",
            _tr("Meetings of a &month"),
            Menu.VIEW,
            "Ctrl+Alt+3",
            PLACE,
            "calendar",
        ),
        ActionSpec(
            "meetings.filter", _tr("&Find in meetings"), Menu.EDIT, "Ctrl+Shift+F", PLACE, "search"
        ),
        *record_actions(PLACE),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("MeetingsPlace", words)
