"""What the place of meetings is given when it is built."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.calendar_files import CalendarFiles
from cop_desktop.services.meetings import Meetings, Running
from cop_desktop.services.people import People
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.paper.tools import PaperTools
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.actions import ActionRegistry

Id = bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsTools(WindowTools):
    """Services, and how to work with them from the window.

    community: the one to begin with, None before anybody has joined one. on_its_way: whether older
    parts of a community are not here yet; called on the store thread. open_link: takes http,
    https, mailto and cop: addresses.
    """

    registry: ActionRegistry
    times: Times
    meetings: Meetings
    running: Running
    calendar_files: CalendarFiles
    paper: PaperTools
    people: People
    open_link: Callable[[str], None]
    on_its_way: Callable[[Id], bool]
    community: Id | None = None
