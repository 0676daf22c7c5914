"""What the place of people is given when it is built."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.care import Care
from cop_desktop.services.people import People
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.actions import ActionRegistry


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTools(WindowTools):
    """Services, and how to work with them from the window.

    open_link: goes to what a link leads to, such as `cop:` with the id of a record.
    """

    registry: ActionRegistry
    people: People
    care: Care
    open_link: Callable[[str], None]
