"""What the place of the library is given when it is built."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.care import Care
from cop_desktop.services.library import Library, Previews
from cop_desktop.services.people import People
from cop_desktop.ui.records.files import FileTools
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.actions import ActionRegistry
from cop_desktop.ui.shell.window_memory import WindowMemory

Id = bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryTools(WindowTools):
    """Services, and how to work with them from the window.

    on_its_way: whether older parts of a community are not here yet; called on the store thread.
    open_link: hands on what a link in a text leads to. memory: keeps whether items are cards.
    """

    registry: ActionRegistry
    library: Library
    people: People
    care: Care
    previews: Previews
    files: FileTools
    memory: WindowMemory
    on_its_way: Callable[[Id], bool]
    open_link: Callable[[str], None]
