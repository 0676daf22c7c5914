"""What people add to the menus and keys of the window."""

from cop_desktop.ui.people.model import tr
from cop_desktop.ui.records.actions import record_actions
from cop_desktop.ui.shell.actions import ActionSpec, Menu

PLACE = "people"


def people_actions() -> tuple[ActionSpec, ...]:
    """What can be asked for by menu and key while people are shown."""
    return (
        ActionSpec(
            "people.change", tr("&Change my profile…"), Menu.EDIT, "Ctrl+Shift+E", PLACE, "edit"
        ),
        ActionSpec("people.filter", tr("&Find people"), Menu.EDIT, "Ctrl+Shift+F", PLACE, "search"),
        *record_actions(PLACE, has_trash=False),
    )
