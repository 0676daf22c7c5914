"""The page of search, with what it works with."""

from cop_desktop.ui.search.page import SearchPage
from cop_desktop.ui.search.presenter import SearchPresenter, build_search
from cop_desktop.ui.search.tools import SearchTools
from cop_desktop.ui.shell.page import Page
from cop_desktop.wiring.pages.ground import Ground


def search_page(ground: Ground) -> SearchPage:
    """Built when something is first searched for."""
    desk = ground.desk
    return build_search(
        SearchTools(
            **desk.window_tools.common(),
            registry=desk.window.registry,
            search=desk.services.search,
            box=desk.window.search,
            open_hit=ground.open_record,
        )
    )


def presenter_of(page: Page) -> SearchPresenter:
    """What searches for that page, which `search_page` built."""
    assert isinstance(page, SearchPage)  # noqa: S101 - the place's own factory
    assert isinstance(page.presenter, SearchPresenter)  # noqa: S101
    return page.presenter
