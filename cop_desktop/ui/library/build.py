"""Building the place of the library for the window."""

from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.library.tools import LibraryTools


def build_library(tools: LibraryTools) -> LibraryPage:
    """The page; the actions of `library_actions` must be in the registry already."""
    return LibraryPage(tools)
