"""Searches as somebody types, the latest wish only, and goes where they choose."""

from functools import partial

from cop_desktop.services.search import Scope, SearchHit
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.search.page import MOST_FOUND, SearchPage
from cop_desktop.ui.search.tools import SearchTools

LEAST_CHARACTERS = 2


def build_search(tools: SearchTools) -> SearchPage:
    """The page, listening to the search box of the window."""
    page = SearchPage(tools.theme, tools.when)
    page.presenter = SearchPresenter(page, tools)
    return page


class SearchPresenter(Presenting):
    """While typing the newest come first; Enter ranks the best first."""

    def __init__(self, page: SearchPage, tools: SearchTools) -> None:
        super().__init__(page, tools)
        self._page = page
        self._tools = tools
        self._wanted = ""
        tools.box.search_changed.connect(self.look_for)
        tools.box.search_entered.connect(self.enter)
        tools.box.results_wanted.connect(page.focus_results)
        page.open_wanted.connect(tools.open_hit)

    def look_for(self, typed: str, *, best_first: bool = False) -> None:
        """Find this; too little of it shows what can be searched."""
        self._wanted = typed
        if len(typed.strip()) < LEAST_CHARACTERS:
            self._tools.jobs.cancel("search")
            self._page.show_typing()
            return
        work = partial(
            self._tools.search.find, typed, Scope(best_first=best_first, limit=MOST_FOUND)
        )
        self._tools.jobs.run(work, partial(self._show, typed), self._say_trouble, "search")

    def enter(self, typed: str) -> None:
        """Find this, the best first, and go to what is found."""
        self.look_for(typed, best_first=True)
        self._page.focus_results()

    def _show(self, typed: str, hits: tuple[SearchHit, ...]) -> None:
        if typed == self._wanted:  # the box may have been emptied while this was looked for
            self._page.show_hits(typed, hits)
