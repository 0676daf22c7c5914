"""The page of people, with what it works with."""

from cop_desktop.ui.people.build import build_people
from cop_desktop.ui.people.page import PeoplePage
from cop_desktop.ui.people.tools import PeopleTools
from cop_desktop.wiring.pages.ground import Ground


def people_page(ground: Ground) -> PeoplePage:
    """Built when people are first gone to."""
    desk = ground.desk
    page = build_people(
        PeopleTools(
            **desk.window_tools.common(),
            registry=desk.window.registry,
            people=desk.services.people,
            care=desk.services.care,
            open_link=ground.open_link,
        )
    )
    ground.community_shown.connect(page.show_community)
    page.show_community(ground.community)
    return page
