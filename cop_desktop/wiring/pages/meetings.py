"""The page of meetings, with what it works with."""

from cop_desktop.services.calendar_files import CalendarFiles
from cop_desktop.services.meetings import Running
from cop_desktop.ui.meetings.build import build_meetings
from cop_desktop.ui.meetings.page import MeetingsPage
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.meetings.tools import MeetingsTools
from cop_desktop.wiring.pages.ground import Ground


def meetings_page(ground: Ground) -> MeetingsPage:
    """Built when meetings are first gone to."""
    desk = ground.desk
    page = build_meetings(
        MeetingsTools(
            **desk.window_tools.common(),
            registry=desk.window.registry,
            times=Times(),
            meetings=desk.services.meetings,
            running=Running(desk.replica),
            calendar_files=CalendarFiles(desk.replica),
            paper=desk.paper_tools,
            people=desk.services.people,
            open_link=ground.open_link,
            on_its_way=desk.on_its_way,
            community=ground.community,
        )
    )
    ground.community_shown.connect(page.show_community)
    return page
