"""Building the place of people for the window."""

from cop_desktop.ui.people.model import tr
from cop_desktop.ui.people.page import PeoplePage
from cop_desktop.ui.people.tools import PLACE, PeopleTools
from cop_desktop.ui.records.actions import record_actions
from cop_desktop.ui.shell.actions import ActionSpec, Menu

__all__ = ["PLACE", "build_people", "people_actions"]


def build_people(tools: PeopleTools) -> PeoplePage:
    """The page; the actions of `people_actions` must be in the registry already."""
    return PeoplePage(tools)


def people_actions() -> tuple[ActionSpec, ...]:
    """What can be asked for by menu and key while people are shown."""
    return (
        ActionSpec(
            "people.change", tr("&Change my profile…"), Menu.EDIT, "Ctrl+Shift+E", PLACE, "edit"
        ),
        ActionSpec("people.filter", tr("&Find people"), Menu.EDIT, "Ctrl+Shift+F", PLACE, "search"),
        *record_actions(PLACE, has_trash=False),
    )
