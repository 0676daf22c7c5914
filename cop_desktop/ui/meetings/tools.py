"""What the place of meetings is given when it is built."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.meetings import Meetings
from cop_desktop.services.people import People
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.actions import ActionRegistry
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.notice_bar import Notice

Id = bytes


@dataclass(frozen=True, slots=True)
class MeetingsTools:
    """Services, and how to work with them from the window.

    community: the one to begin with, None before anybody has joined one. on_its_way: whether older
    parts of a community are not here yet; called on the store thread. open_link: takes http,
    https, mailto and cop: addresses.
    """

    theme: Theme
    registry: ActionRegistry
    jobs: Jobs
    hub: Hub
    messages: Messages
    when: When
    times: Times
    meetings: Meetings
    people: People
    show_notice: Callable[[Notice], None]
    open_link: Callable[[str], None]
    on_its_way: Callable[[Id], bool]
    community: Id | None = None
