"""Building the place of people for the window."""

from cop_desktop.ui.people.page import PeoplePage
from cop_desktop.ui.people.tools import PeopleTools


def build_people(tools: PeopleTools) -> PeoplePage:
    """The page; the actions of `people_actions` must be in the registry already."""
    return PeoplePage(tools)
