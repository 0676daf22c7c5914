"""What the place of the library is given when it is built."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.library import Library
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.files import FileTools
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.actions import ActionRegistry
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.notice_bar import Notice

Id = bytes


@dataclass(frozen=True, slots=True)
class LibraryTools:
    """Services, and how to work with them from the window.

    on_its_way: whether older parts of a community are not here yet; called on the store thread.
    """

    theme: Theme
    registry: ActionRegistry
    jobs: Jobs
    hub: Hub
    messages: Messages
    when: When
    library: Library
    files: FileTools
    show_notice: Callable[[Notice], None]
    on_its_way: Callable[[Id], bool]
