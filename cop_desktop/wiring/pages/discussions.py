"""The page of discussions, with what it works with."""

from functools import partial

from cop_desktop.ui.discussions.actions import PLACE
from cop_desktop.ui.discussions.build import build_discussions
from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.ui.discussions.tools import DiscussionsTools
from cop_desktop.wiring.pages.ground import Ground


def discussions_page(ground: Ground) -> DiscussionsPage:
    """Built when discussions are first gone to."""
    desk = ground.desk
    page = build_discussions(
        DiscussionsTools(
            **desk.window_tools.common(),
            registry=desk.window.registry,
            discussions=desk.services.discussions,
            drafts=desk.services.drafts,
            people=desk.services.people,
            care=desk.services.care,
            files=desk.file_tools,
            open_link=ground.open_link,
            on_its_way=desk.on_its_way,
        )
    )
    page.unread_counted.connect(partial(desk.window.rail.set_count, PLACE))
    ground.community_shown.connect(page.show_community)
    page.show_community(ground.community)
    return page
