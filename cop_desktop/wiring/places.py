"""Registers every place with the window, and builds each when it is first gone to."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from cop_desktop.services.calendar_files import CalendarFiles
from cop_desktop.services.communities import CommunityRow
from cop_desktop.services.meetings import Running
from cop_desktop.services.search import SearchHit
from cop_desktop.services.whereabouts import Destination
from cop_desktop.store import Changed
from cop_desktop.ui.discussions.actions import discussions_actions
from cop_desktop.ui.discussions.build import build_discussions
from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.ui.discussions.tools import DiscussionsTools
from cop_desktop.ui.guide.pages import LINK as GUIDE_LINK
from cop_desktop.ui.library.build import build_library, library_actions
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.library.tools import LibraryTools
from cop_desktop.ui.meetings.build import build_meetings, meeting_actions
from cop_desktop.ui.meetings.page import MeetingsPage
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.meetings.tools import MeetingsTools
from cop_desktop.ui.people.build import build_people, people_actions
from cop_desktop.ui.people.page import PeoplePage
from cop_desktop.ui.people.tools import PeopleTools
from cop_desktop.ui.search.actions import search_actions
from cop_desktop.ui.search.page import SearchPage
from cop_desktop.ui.search.presenter import SearchPresenter, build_search
from cop_desktop.ui.search.tools import SearchTools
from cop_desktop.ui.settings.presenter import build_settings
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.shell.places import CommunityEntry, Place
from cop_desktop.ui.syncing.presenter import build_sync_page
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.wiring.desk import COPIES_FOLDER, Desk
from cop_desktop.wiring.homing import Homing, Ways
from cop_desktop.wiring.previewing import PageDrawer, previews_of
from sync.core.errors import Malformed
from sync.core.ids import Id, id_text, parse_id

DISCUSSIONS, LIBRARY, MEETINGS, PEOPLE = "discussions", "library", "meetings", "people"
SEARCH, SYNC, SETTINGS = "search", "sync", "settings"

_FRONT_PAGES = {"community": DISCUSSIONS, "series": MEETINGS}
"""Kinds without a page of their own → the place to go to."""


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
        self._drawer = PageDrawer()
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
        self._drawer.close()

    def _add(self) -> None:
        desk = self._desk
        ways = Ways(self.open_hit, self.open_link, self.start_topic, self._count_unread)
        for place in Homing(desk, ways).places():
            desk.window.add_place(place)
        places = (
            Place(
                DISCUSSIONS,
                _tr("Discussions"),
                "discussions",
                self._discussions,
                actions=discussions_actions(),
            ),
        )
        for place in places:
            desk.window.add_place(place)
        desk.window.add_place(
            Place(LIBRARY, _tr("Library"), "library", self._library, library_actions())
        )
        desk.window.add_place(
            Place(MEETINGS, _tr("Meetings"), "meetings", self._meetings, meeting_actions())
        )
        desk.window.add_place(
            Place(PEOPLE, _tr("People"), "people", self._people, people_actions())
        )
        desk.window.add_place(
            Place(SEARCH, _tr("Search"), "search", self._search, search_actions(), in_rail=False)
        )
        desk.window.add_place(Place(SYNC, _tr("Sync"), "sync", self._sync, in_rail=False))
        desk.window.add_place(
            Place(SETTINGS, _tr("Settings"), "settings", self._settings, low=True, keys="Ctrl+,")
        )

    def _discussions(self) -> Page:
        desk = self._desk
        page = build_discussions(
            DiscussionsTools(
                **desk.window_tools.common(),
                registry=desk.window.registry,
                discussions=desk.services.discussions,
                drafts=desk.services.drafts,
                people=desk.services.people,
                care=desk.services.care,
                files=desk.file_tools,
                open_link=self.open_link,
                on_its_way=desk.on_its_way,
            )
        )
        page.unread_counted.connect(partial(desk.window.rail.set_count, DISCUSSIONS))
        self.community_shown.connect(page.show_community)
        page.show_community(self._community)
        return page

    def _meetings(self) -> Page:
        desk = self._desk
        page = build_meetings(
            MeetingsTools(
                **desk.window_tools.common(),
                registry=desk.window.registry,
                times=Times(),
                meetings=desk.services.meetings,
                running=Running(desk.replica),
                drafts=desk.services.drafts,
                calendar_files=CalendarFiles(desk.replica),
                paper=desk.paper_tools,
                people=desk.services.people,
                open_link=self.open_link,
                on_its_way=desk.on_its_way,
                community=self._community,
            )
        )
        self.community_shown.connect(page.show_community)
        return page

    def _library(self) -> Page:
        desk = self._desk
        page = build_library(
            LibraryTools(
                **desk.window_tools.common(),
                registry=desk.window.registry,
                library=desk.services.library,
                people=desk.services.people,
                care=desk.services.care,
                previews=previews_of(
                    desk.services.library, desk.folder / COPIES_FOLDER, self._drawer
                ),
                files=desk.file_tools,
                memory=desk.window.memory,
                on_its_way=desk.on_its_way,
                open_link=self.open_link,
            )
        )
        self.community_shown.connect(page.show_community)
        page.show_community(self._community)
        return page

    def _people(self) -> Page:
        desk = self._desk
        page = build_people(
            PeopleTools(
                **desk.window_tools.common(),
                registry=desk.window.registry,
                people=desk.services.people,
                care=desk.services.care,
                open_link=self.open_link,
            )
        )
        self.community_shown.connect(page.show_community)
        page.show_community(self._community)
        return page

    def _search(self) -> Page:
        desk = self._desk
        return build_search(
            SearchTools(
                **desk.window_tools.common(),
                registry=desk.window.registry,
                search=desk.services.search,
                box=desk.window.search,
                open_hit=self.open_hit,
            )
        )

    def _sync(self) -> Page:
        return build_sync_page(self._desk.sync_tools)

    def _settings(self) -> Page:
        return build_settings(self._desk.settings_tools)

    def show_search(self, typed: str) -> None:
        """Go to the results as soon as something is typed into the search box."""
        window = self._desk.window
        if typed.strip() and window.current_place != SEARCH:
            page = window.show_place(SEARCH)
            if isinstance(page, SearchPage) and isinstance(page.presenter, SearchPresenter):
                page.presenter.look_for(typed)
            window.search.setFocus()

    def enter_search(self, typed: str) -> None:
        """Go to the results of what was typed and entered, before it was found by itself."""
        page = self._desk.window.show_place(SEARCH)
        if isinstance(page, SearchPage) and isinstance(page.presenter, SearchPresenter):
            page.presenter.enter(typed)

    def start_topic(self) -> None:
        """Go to the discussions, with a new topic to write."""
        page = self._desk.window.show_place(DISCUSSIONS)
        assert isinstance(page, DiscussionsPage)  # noqa: S101 - the place's own factory
        page.start_topic()

    def show_sync(self) -> None:
        """Go to the place of sync."""
        self._desk.window.show_place(SYNC)

    def open_hit(self, hit: SearchHit | Destination) -> None:
        """Go to what was found, in its own community and place."""
        if hit.community is not None and hit.community != self._community:
            self._set(hit.community)
            self.read_communities()
        window = self._desk.window
        if hit.open_kind == "topic":
            page = window.show_place(DISCUSSIONS)
            assert isinstance(page, DiscussionsPage)  # noqa: S101 - the place's own factory
            page.open_topic(hit.open_id, hit.id if hit.kind == "post" else None)
        elif hit.open_kind == "library_item":
            library = window.show_place(LIBRARY)
            assert isinstance(library, LibraryPage)  # noqa: S101 - the place's own factory
            library.open_item(hit.open_id)
        elif hit.open_kind == "meeting":
            meetings = window.show_place(MEETINGS)
            assert isinstance(meetings, MeetingsPage)  # noqa: S101 - the place's own factory
            meetings.open_meeting(hit.open_id)
        elif hit.open_kind in ("member", "school"):
            self._open_people(hit)
        elif hit.open_kind in _FRONT_PAGES:
            window.show_place(_FRONT_PAGES[hit.open_kind])
        else:
            self._say_nowhere()

    def _open_people(self, hit: SearchHit | Destination) -> None:
        people = self._desk.window.show_place(PEOPLE)
        assert isinstance(people, PeoplePage)  # noqa: S101 - the place's own factory
        if hit.open_kind == "member":
            people.open_member(hit.open_id)
        else:
            people.open_school(hit.open_id)

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
