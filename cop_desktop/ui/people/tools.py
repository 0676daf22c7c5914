"""What the place of people is given when it is built."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.people import People
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.actions import ActionRegistry
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.notice_bar import Notice


@dataclass(frozen=True, slots=True)
class PeopleTools:
    """Services, and how to work with them from the window."""

    theme: Theme
    registry: ActionRegistry
    jobs: Jobs
    hub: Hub
    messages: Messages
    when: When
    people: People
    show_notice: Callable[[Notice], None]
