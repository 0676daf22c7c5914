"""What the place of people is given when it is built."""

from dataclasses import dataclass

from cop_desktop.services.people import People
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.actions import ActionRegistry

PLACE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTools(WindowTools):
    """Services, and how to work with them from the window."""

    registry: ActionRegistry
    people: People
