"""What home and its pages are given."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.discussions import Discussions
from cop_desktop.services.home import Home
from cop_desktop.services.meetings import Meetings
from cop_desktop.services.whereabouts import Destination
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.actions import ActionRegistry

HOME, CATCH_UP, TEN_MINUTES = "home", "catch-up", "ten-minutes"
"""Keys of the places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTools(WindowTools):
    """open_record: goes to a record in its place. show_place: goes to a place by its key.

    open_link: what a link in a text leads to. start_topic: goes to the form for a new topic. me:
    the member, no bytes before enrolment.
    """

    registry: ActionRegistry
    home: Home
    discussions: Discussions
    meetings: Meetings
    me: Callable[[], bytes]
    open_record: Callable[[Destination], None]
    show_place: Callable[[str], object]
    open_link: Callable[[str], None]
    start_topic: Callable[[], None]
