"""What the place of search is given."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.search import Search, SearchHit
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.actions import ActionRegistry
from cop_desktop.ui.widgets.search_box import SearchBox


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTools(WindowTools):
    """box: the one at the top of the window. open_hit: goes to what was found."""

    registry: ActionRegistry
    search: Search
    box: SearchBox
    open_hit: Callable[[SearchHit], None]
