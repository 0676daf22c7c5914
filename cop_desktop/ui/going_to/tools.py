"""What going to anything is given."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.communities import Communities
from cop_desktop.services.people import People
from cop_desktop.services.search import Search, SearchHit
from cop_desktop.services.whereabouts import Destination, Whereabouts
from cop_desktop.ui.guide.pages import GuidePage
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.actions import ActionRegistry
from sync.core.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingTools(WindowTools):
    """recent: records that were open lately, the latest first. show_setting: a section's key.

    place_names: of the places, by key. show_guide: a page's key.
    """

    registry: ActionRegistry
    search: Search
    people: People
    communities: Communities
    whereabouts: Whereabouts
    recent: Callable[[], tuple[Id, ...]]
    place_names: Callable[[], dict[str, str]]
    show_place: Callable[[str], object]
    open_record: Callable[[SearchHit | Destination], None]
    open_member: Callable[[Id], None]
    choose_community: Callable[[Id], None]
    show_setting: Callable[[str], None]
    guide: tuple[GuidePage, ...]
    show_guide: Callable[[str], None]
