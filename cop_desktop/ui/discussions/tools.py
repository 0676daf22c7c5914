"""What the place of discussions is given when it is built."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.care import Care
from cop_desktop.services.discussions.service import Discussions
from cop_desktop.services.drafts import Drafts
from cop_desktop.services.people import People
from cop_desktop.ui.records.files import FileTools
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.actions import ActionRegistry

Id = bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionsTools(WindowTools):
    """Services, and how to work with them from the window.

    on_its_way: whether older parts of a community are not here yet; called on the store thread.
    open_link: takes http, https, mailto and cop: addresses.
    """

    registry: ActionRegistry
    discussions: Discussions
    drafts: Drafts
    people: People
    care: Care
    files: FileTools
    open_link: Callable[[str], None]
    on_its_way: Callable[[Id], bool]
