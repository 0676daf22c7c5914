"""Searches as somebody types, the latest wish only, and goes where they choose."""

from functools import partial

from cop_desktop.services.search import (
    Asked,
    Scope,
    SearchHit,
    asked_in,
    text_of,
    with_place,
)
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.search.actions import FORM
from cop_desktop.ui.search.page import MOST_FOUND, TYPING_FOUND, Results, SearchPage
from cop_desktop.ui.search.tools import SearchTools
from cop_desktop.ui.widgets.notice_bar import Notice

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
        tools.registry.connect_slot(FORM, page.show_form)
        page.open_wanted.connect(self._open)
        page.asked.connect(self._ask)
        page.place_chosen.connect(self._choose_place)
        page.recent_chosen.connect(self._search_again)
        page.clear_recent_wanted.connect(self._clear_recent)
        page.form_shown.connect(self._fill_form)
        page.shown.connect(self._read_recent)

    def look_for(self, typed: str, *, best_first: bool = False) -> None:
        """Find this; too little of it shows what can be searched."""
        self._wanted = typed
        if len(typed.strip()) < LEAST_CHARACTERS:
            self._tools.jobs.cancel("search")
            self._page.show_typing()
            self._page.show_place(typed)
            self._read_recent()
            return
        work = partial(self._results, typed, best_first=best_first)
        self._tools.jobs.run(work, self._show, self._say_trouble, "search")

    def enter(self, typed: str) -> None:
        """Find this, the best first, and go to what is found."""
        self.look_for(typed, best_first=True)
        self._remember(typed)
        self._page.focus_results()

    def _results(self, typed: str, *, best_first: bool) -> Results:
        most = MOST_FOUND if best_first else TYPING_FOUND
        found = self._tools.search.find(typed, Scope(best_first=best_first, limit=most))
        return Results(typed, found, best_first, most, self._tools.search.is_coming())

    def _show(self, results: Results) -> None:
        if results.typed == self._wanted:  # the box may have been emptied meanwhile
            self._page.show_results(results)

    def _open(self, hit: SearchHit) -> None:
        self._remember(self._wanted)
        self._tools.open_hit(hit)

    # The box, the form and the buttons all say the same

    def _ask(self, asked: Asked) -> None:
        self._type(text_of(asked))

    def _choose_place(self, place: str) -> None:
        self._type(with_place(self._tools.box.text(), place))

    def _search_again(self, typed: str) -> None:
        self._type(typed)
        self.enter(typed)

    def _type(self, typed: str) -> None:
        """As if it were typed; found at once, not when the box has settled."""
        self._tools.box.setText(typed)
        self.look_for(typed)

    def _fill_form(self) -> None:
        form, search = self._page.form, self._tools.search
        if form is not None:
            form.show_asked(asked_in(self._tools.box.text()))
            self._tools.jobs.run(search.known, self._on_known, self._say_trouble, "search.known")

    def _on_known(self, known: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        if self._page.form is not None:
            self._page.form.show_known(*known)

    # Recent searches

    def _remember(self, typed: str) -> None:
        if len(typed.strip()) >= LEAST_CHARACTERS:
            work = partial(self._tools.search.remember, typed)
            self._tools.jobs.run(work, self._on_remembered, self._say_trouble)

    def _on_remembered(self, _nothing: None) -> None:
        self._read_recent()

    def _read_recent(self) -> None:
        jobs, search = self._tools.jobs, self._tools.search
        jobs.run(search.recent, self._page.show_recent, self._say_trouble, "search.recent")

    def _clear_recent(self) -> None:
        work = self._tools.search.forget_recent
        self._tools.jobs.run(work, self._on_cleared, self._say_trouble)

    def _on_cleared(self, before: tuple[str, ...]) -> None:
        undo = partial(self._restore_recent, before)
        words = self.tr("Recent searches are cleared.")
        self._tools.show_notice(Notice(words, "plain", self.tr("&Undo"), undo))
        self._read_recent()

    def _restore_recent(self, before: tuple[str, ...]) -> None:
        work = partial(self._tools.search.restore_recent, before)
        self._tools.jobs.run(work, self._on_remembered, self._say_trouble)
