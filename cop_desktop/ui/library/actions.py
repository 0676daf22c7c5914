"""What the library adds to the menus and keys of the window."""

from cop_desktop.ui.library.words import tr
from cop_desktop.ui.records.actions import record_actions
from cop_desktop.ui.shell.actions import ActionSpec, Menu

PLACE = "library"


def library_actions() -> tuple[ActionSpec, ...]:
    """What can be asked for by menu and key while the library is shown."""
    return (
        ActionSpec("library.new", tr("&Add to the library…"), Menu.FILE, "Ctrl+N", PLACE, "new"),
        ActionSpec(
            "library.change", tr("&Change the item…"), Menu.EDIT, "Ctrl+Shift+E", PLACE, "edit"
        ),
        ActionSpec(
            "library.filter", tr("&Find in the library"), Menu.EDIT, "Ctrl+Shift+F", PLACE, "search"
        ),
        ActionSpec(
            "library.used", tr("I &used this in my school…"), Menu.EDIT, "", PLACE, "school"
        ),
        ActionSpec("library.cite", tr("C&ite the item…"), Menu.EDIT, "", PLACE, "quote"),
        ActionSpec(
            "library.cards", tr("&Cards or a list"), Menu.VIEW, "Ctrl+Shift+L", PLACE, "cards"
        ),
        *record_actions(PLACE),
    )
