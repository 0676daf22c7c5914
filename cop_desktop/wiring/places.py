"""Registers every place with the window, and builds each when it is first gone to."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from cop_desktop.services.communities import CommunityRow
from cop_desktop.services.search import SearchHit
from cop_desktop.services.whereabouts import Destination
from cop_desktop.store import Changed
from cop_desktop.ui.discussions.actions import NEW as NEW_TOPIC
from cop_desktop.ui.discussions.actions import discussions_actions
from cop_desktop.ui.guide.pages import LINK as GUIDE_LINK
from cop_desktop.ui.library.actions import library_actions
from cop_desktop.ui.meetings.actions import meeting_actions
from cop_desktop.ui.people.actions import people_actions
from cop_desktop.ui.search.actions import search_actions
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.shell.places import CommunityEntry, Place
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.wiring.desk import Desk
from cop_desktop.wiring.homing import Homing, Ways
from cop_desktop.wiring.pages.ground import Ground
from sync.core.errors import Malformed
from sync.core.ids import Id, id_text, parse_id

if TYPE_CHECKING:
    from cop_desktop.ui.search.presenter import SearchPresenter
    from cop_desktop.wiring.previewing import PageDrawer

DISCUSSIONS, LIBRARY, MEETINGS, PEOPLE = "discussions", "library", "meetings", "people"
SEARCH, SYNC, SETTINGS = "search", "sync", "settings"

_SHOWN_IN = {
    "topic": DISCUSSIONS,
    "community": DISCUSSIONS,
    "library_item": LIBRARY,
    "meeting": MEETINGS,
    "series": MEETINGS,
    "member": PEOPLE,
    "school": PEOPLE,
}
"""Kind of what is opened → the place to go to; communities and series have no page of their own."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Places", words)


class Places(QObject):
    """Which community is shown, and in which place. `guide_wanted` carries a page's key."""

    community_shown = Signal(object)
    guide_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._community: Id | None = None
        self._unread: dict[Id, int] = {}
        self._drawer: PageDrawer | None = None
        self._add()
        desk.window.search.search_changed.connect(self.show_search)
        desk.window.search.search_entered.connect(self.enter_search)
        desk.window.sync_page_wanted.connect(self.show_sync)
        desk.window.rail.community_chosen.connect(self._choose)
        desk.hub.changed.connect(self._on_changed)
        self.read_communities()

    @property
    def community(self) -> Id | None:
        """The one that is shown, None while there is none."""
        return self._community

    def close(self) -> None:
        """End what the places have begun beside the window."""
        if self._drawer is not None:
            self._drawer.close()

    def _add(self) -> None:
        window = self._desk.window
        ways = Ways(self.open_hit, self.open_link, self.start_topic, self._count_unread)
        for place in Homing(self._desk, ways).places():
            window.add_place(place)
        for key, title, build, actions in (
            (DISCUSSIONS, _tr("Discussions"), self._discussions, discussions_actions()),
            (LIBRARY, _tr("Library"), self._library, library_actions()),
            (MEETINGS, _tr("Meetings"), self._meetings, meeting_actions()),
            (PEOPLE, _tr("People"), self._people, people_actions()),
        ):
            window.add_place(Place(key, title, key, build, actions))
        found = _tr("Search")
        window.add_place(
            Place(SEARCH, found, "search", self._search, search_actions(), in_rail=False)
        )
        window.add_place(Place(SYNC, _tr("Sync"), "sync", self._sync, in_rail=False))
        window.add_place(
            Place(SETTINGS, _tr("Settings"), "settings", self._settings, low=True, keys="Ctrl+,")
        )

    @property
    def _ground(self) -> Ground:
        return Ground(
            self._desk, self._community, self.community_shown, self.open_hit, self.open_link
        )

    # What a page needs is loaded when it is first gone to: the window is there sooner, and smaller.

    def _discussions(self) -> Page:
        from cop_desktop.wiring.pages.discussions import discussions_page

        return discussions_page(self._ground)

    def _library(self) -> Page:
        from cop_desktop.wiring.pages.library import library_page
        from cop_desktop.wiring.previewing import PageDrawer

        self._drawer = PageDrawer()
        return library_page(self._ground, self._drawer)

    def _meetings(self) -> Page:
        from cop_desktop.wiring.pages.meetings import meetings_page

        return meetings_page(self._ground)

    def _people(self) -> Page:
        from cop_desktop.wiring.pages.people import people_page

        return people_page(self._ground)

    def _search(self) -> Page:
        from cop_desktop.wiring.pages.search import search_page

        return search_page(self._ground)

    def _sync(self) -> Page:
        from cop_desktop.ui.syncing.presenter import build_sync_page

        return build_sync_page(self._desk.sync_tools)

    def _settings(self) -> Page:
        from cop_desktop.ui.settings.presenter import build_settings

        return build_settings(self._desk.settings_tools)

    def show_search(self, typed: str) -> None:
        """Go to the results as soon as something is typed into the search box."""
        window = self._desk.window
        if typed.strip() and window.current_place != SEARCH:
            self._searching().look_for(typed)
            window.search.setFocus()

    def enter_search(self, typed: str) -> None:
        """Go to the results of what was typed and entered, before it was found by itself."""
        self._searching().enter(typed)

    def _searching(self) -> "SearchPresenter":
        page = self._desk.window.show_place(SEARCH)
        from cop_desktop.wiring.pages.search import presenter_of

        return presenter_of(page)

    def start_topic(self) -> None:
        """Go to the discussions, with a new topic to write."""
        self._desk.window.show_place(DISCUSSIONS)
        self._desk.window.registry.action(NEW_TOPIC).trigger()

    def show_sync(self) -> None:
        """Go to the place of sync."""
        self._desk.window.show_place(SYNC)

    def open_hit(self, hit: SearchHit | Destination) -> None:
        """Go to what was found, in its own community and place."""
        if hit.community is not None and hit.community != self._community:
            self._set(hit.community)
            self.read_communities()
        place = _SHOWN_IN.get(hit.open_kind)
        if place is None:
            self._say_nowhere()
        else:
            page = self._desk.window.show_place(place)
            page.open_record(hit.open_kind, hit.open_id, hit.id)

    def open_link(self, address: str) -> None:
        """Hand a web or mail address to the system's program for it; go to one of our own.

        Our own are `cop:guide/PAGE`, and `cop:` with anything that ends in the id of a record.
        """
        url = QUrl(address)
        if url.scheme() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(url)
        elif address.startswith(GUIDE_LINK):
            self.guide_wanted.emit(address.removeprefix(GUIDE_LINK))
        elif url.scheme() == "cop":
            self._open_record(address.rpartition("/")[2].removeprefix("cop:"))

    def _open_record(self, named: str) -> None:
        try:
            record = parse_id(named)
        except Malformed:
            self._say_nowhere()
            return
        work = partial(self._desk.services.whereabouts.of, record)
        self._desk.jobs.run(work, self.open_hit, self._say_nowhere, key="places.link")

    def _say_nowhere(self, _error: Exception | None = None) -> None:
        words = _tr("What this leads to is not on this computer, or has no page of its own.")
        self._desk.window.show_notice(Notice(words))

    def read_communities(self) -> None:
        """Read which communities are here."""
        jobs = self._desk.jobs
        jobs.run(self._desk.services.communities.mine, self._show, key="communities")

    def _show(self, found: tuple[CommunityRow, ...]) -> None:
        known = {row.id for row in found}
        if self._community not in known:
            self._set(found[0].id if found else None)
        entries = [CommunityEntry(id_text(row.id), row.name, self._detail(row)) for row in found]
        current = id_text(self._community) if self._community is not None else ""
        self._desk.window.rail.set_communities(entries, current)

    def _detail(self, row: CommunityRow) -> str:
        return _tr("1 member") if row.members == 1 else _tr("{0} members").format(row.members)

    def _choose(self, key: str) -> None:
        self._set(parse_id(key))
        self.read_communities()

    def _set(self, community: Id | None) -> None:
        self._community = community
        self._show_unread()
        self.community_shown.emit(community)

    def _count_unread(self, counts: dict[Id, int]) -> None:
        self._unread = counts
        self._show_unread()

    def _show_unread(self) -> None:
        """Until there is a page of discussions, which then counts for itself."""
        if self._community is not None and not self._desk.window.is_built(DISCUSSIONS):
            count = self._unread.get(self._community, 0)
            self._desk.window.rail.set_count(DISCUSSIONS, count)

    def _on_changed(self, changed: Changed) -> None:
        if changed.kinds & {"community", "membership"}:
            self.read_communities()
