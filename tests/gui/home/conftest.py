"""Ben's window with home and its pages; what he goes to is written down."""

from dataclasses import dataclass, field

import pytest

from cop_desktop.services.discussions import Discussions
from cop_desktop.services.whereabouts import Destination
from cop_desktop.ui.home.catching_up import CatchUpPage
from cop_desktop.ui.home.page import HomePage
from cop_desktop.ui.home.ten_minutes import TenMinutesPage
from cop_desktop.ui.home.tools import CATCH_UP, HOME, TEN_MINUTES
from cop_desktop.wiring.homing import Homing, Ways
from tests.support.desk_window import DeskWindow
from tests.support.village import Village
from tests.support.window_fixtures import ben, theme, village

__all__ = ["ben", "theme", "village"]


@dataclass
class AtHome:
    """The window of a member, and where they went from home."""

    place: DeskWindow
    gone_to: list[Destination] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    topics_started: int = 0

    def __post_init__(self) -> None:
        ways = Ways(
            self.gone_to.append, self.links.append, self.start_topic, self.place.handed.hear
        )
        for made in Homing(self.place.desk, ways).places():
            self.place.window.add_place(made)

    def start_topic(self) -> None:
        self.topics_started += 1

    @property
    def home(self) -> HomePage:
        """Home, gone to and read."""
        page = self._gone_to(HOME)
        assert isinstance(page, HomePage)
        return page

    @property
    def catch_up(self) -> CatchUpPage:
        """The catch-up, gone to and read."""
        page = self._gone_to(CATCH_UP)
        assert isinstance(page, CatchUpPage)
        return page

    @property
    def ten_minutes(self) -> TenMinutesPage:
        """Ten minutes, gone to and begun."""
        page = self._gone_to(TEN_MINUTES)
        assert isinstance(page, TenMinutesPage)
        return page

    def _gone_to(self, key: str) -> object:
        page = self.place.window.show_place(key)
        self.place.settle()
        return page


@pytest.fixture
def at_home(ben: DeskWindow) -> AtHome:
    """Ben's."""
    return AtHome(ben)


@pytest.fixture
def anna(village: Village) -> Discussions:
    """What Anna does in discussions, on her own computer."""
    return Discussions(village.anna)
