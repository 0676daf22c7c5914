"""What can be gone to: places, and the communities they are places of."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.ui.shell.actions import ActionSpec
from cop_desktop.ui.shell.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """One screen. page_factory builds it the first time it is gone to.

    actions: those that are there while the place is shown; its screen connects them when it
    is built. in_rail: False for places reached otherwise (search results, sync). low: stands
    at the lower end of the rail. keys: to go there; Ctrl and its number in the rail for "".
    """

    key: str
    title: str
    icon: str
    page_factory: Callable[[], Page]
    actions: tuple[ActionSpec, ...] = ()
    in_rail: bool = True
    low: bool = False
    keys: str = ""


@dataclass(frozen=True, slots=True)
class CommunityEntry:
    """One line of the community switcher. detail: "12 members", or what is true of it."""

    key: str
    name: str
    detail: str = ""
