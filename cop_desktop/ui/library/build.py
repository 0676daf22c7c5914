"""Building the place of the library for the window."""

from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.library.tools import PLACE, LibraryTools
from cop_desktop.ui.library.words import tr
from cop_desktop.ui.records.actions import record_actions
from cop_desktop.ui.shell.actions import ActionSpec, Menu

__all__ = ["PLACE", "build_library", "library_actions"]


def build_library(tools: LibraryTools) -> LibraryPage:
    """The page; the actions of `library_actions` must be in the registry already."""
    return LibraryPage(tools)


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
