"""What can be asked for while the place of search is shown."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.shell.actions import ActionSpec, Menu

PLACE = "search"
FORM = "search.form"
"""Key of the action that opens the form."""


def search_actions() -> tuple[ActionSpec, ...]:
    """For the menus and the list of keys."""
    words = QCoreApplication.translate("SearchActions", "Search &more exactly…")
    return (ActionSpec(FORM, words, Menu.EDIT, "Ctrl+Shift+F", PLACE, "filter"),)
