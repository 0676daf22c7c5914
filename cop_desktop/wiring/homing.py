"""Home among the places: the first of them, with the two pages that belong to it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.whereabouts import Destination
from cop_desktop.ui.home.build import (
    build_catch_up,
    build_home,
    build_ten_minutes,
    catch_up_actions,
    ten_minutes_actions,
)
from cop_desktop.ui.home.tools import CATCH_UP, HOME, TEN_MINUTES, HomeTools
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.shell.places import Place
from cop_desktop.wiring.desk import Desk


def _tr(words: str) -> str:
    return QCoreApplication.translate("Places", words)


@dataclass(frozen=True, slots=True)
class Ways:
    """Where home leads to, as in `HomeTools`.

    count_unread: told of the topics with anything unread, by community.
    """

    open_record: Callable[[Destination], None]
    open_link: Callable[[str], None]
    start_topic: Callable[[], None]
    count_unread: Callable[[dict[bytes, int]], None]


@dataclass(frozen=True, slots=True)
class Homing:
    """Makes the places of home."""

    desk: Desk
    ways: Ways

    def places(self) -> tuple[Place, ...]:
        """Home for the rail, and the pages that it leads to."""
        ten = _tr("Three things, ten minutes")
        return (
            Place(HOME, _tr("Home"), "home", self._home),
            Place(
                TEN_MINUTES, ten, "clock", self._ten_minutes, ten_minutes_actions(), in_rail=False
            ),
            Place(
                CATCH_UP, _tr("Catch up"), "list", self._catch_up, catch_up_actions(), in_rail=False
            ),
        )

    def _home(self) -> Page:
        page = build_home(self._tools())
        page.unread_counted.connect(self.ways.count_unread)
        return page

    def _catch_up(self) -> Page:
        return build_catch_up(self._tools())

    def _ten_minutes(self) -> Page:
        return build_ten_minutes(self._tools())

    def _tools(self) -> HomeTools:
        services = self.desk.services
        return HomeTools(
            **self.desk.window_tools.common(),
            registry=self.desk.window.registry,
            home=services.home,
            discussions=services.discussions,
            meetings=services.meetings,
            me=self._me,
            open_record=self.ways.open_record,
            show_place=self.desk.window.show_place,
            open_link=self.ways.open_link,
            start_topic=self.ways.start_topic,
        )

    def _me(self) -> bytes:
        account = self.desk.replica.account
        return b"" if account is None else account.member
