"""What the place of search is given."""

from collections.abc import Callable
from dataclasses import dataclass

from cop_desktop.services.search import Search, SearchHit
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.ui.widgets.search_box import SearchBox


@dataclass(frozen=True, slots=True)
class SearchTools:
    """box: the one at the top of the window. open_hit: goes to what was found."""

    theme: Theme
    jobs: Jobs
    messages: Messages
    when: When
    search: Search
    box: SearchBox
    show_notice: Callable[[Notice], None]
    open_hit: Callable[[SearchHit], None]
