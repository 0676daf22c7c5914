"""The page of the library, with what it works with."""

from cop_desktop.ui.library.build import build_library
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.library.tools import LibraryTools
from cop_desktop.wiring.desk import COPIES_FOLDER
from cop_desktop.wiring.pages.ground import Ground
from cop_desktop.wiring.previewing import PageDrawer, previews_of


def library_page(ground: Ground, drawer: PageDrawer) -> LibraryPage:
    """Built when the library is first gone to."""
    desk = ground.desk
    page = build_library(
        LibraryTools(
            **desk.window_tools.common(),
            registry=desk.window.registry,
            library=desk.services.library,
            people=desk.services.people,
            care=desk.services.care,
            previews=previews_of(desk.services.library, desk.folder / COPIES_FOLDER, drawer),
            files=desk.file_tools,
            memory=desk.window.memory,
            on_its_way=desk.on_its_way,
            open_link=ground.open_link,
        )
    )
    ground.community_shown.connect(page.show_community)
    page.show_community(ground.community)
    return page
