"""What the place of the library is given when it is built."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.library import Library
from cop_desktop.ui.records.files import FileTools
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.actions import ActionRegistry

PLACE = "library"
Id = bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryTools(WindowTools):
    """Services, and how to work with them from the window.

    on_its_way: whether older parts of a community are not here yet; called on the store thread.
    """

    registry: ActionRegistry
    library: Library
    files: FileTools
    on_its_way: Callable[[Id], bool]
