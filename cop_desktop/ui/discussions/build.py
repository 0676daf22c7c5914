"""Builds the place of discussions."""

from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.ui.discussions.presenter import DiscussionsPresenter
from cop_desktop.ui.discussions.tools import DiscussionsTools


def build_discussions(tools: DiscussionsTools) -> DiscussionsPage:
    """The page, ready to be shown; `show_community` says of which community.

    The registry must have `discussions_actions()` already, as it has once the place was added.
    """
    page = DiscussionsPage(tools.theme, tools.when)
    page.presenter = DiscussionsPresenter(page, tools)
    return page
