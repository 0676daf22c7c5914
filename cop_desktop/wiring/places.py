"""Registers every place with the window, and builds each when it is first gone to."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from cop_desktop.services.communities import CommunityRow
from cop_desktop.store import Changed
from cop_desktop.ui.discussions.actions import discussions_actions
from cop_desktop.ui.discussions.build import build_discussions
from cop_desktop.ui.discussions.tools import DiscussionsTools
from cop_desktop.ui.meetings.build import build_meetings, meeting_actions
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.meetings.tools import MeetingsTools
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.shell.places import CommunityEntry, Place
from cop_desktop.wiring.desk import Desk
from sync.core.ids import Id, id_text, parse_id

DISCUSSIONS, LIBRARY, MEETINGS, PEOPLE = "discussions", "library", "meetings", "people"
SEARCH, SYNC = "search", "sync"


def _tr(words: str) -> str:
    return QCoreApplication.translate("Places", words)


class Places(QObject):
    """Which community is shown, and in which place."""

    community_shown = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._community: Id | None = None
        self._add()
        desk.window.rail.community_chosen.connect(self._choose)
        desk.hub.changed.connect(self._on_changed)
        self.read_communities()

    @property
    def community(self) -> Id | None:
        """The one that is shown, None while there is none."""
        return self._community

    def _add(self) -> None:
        desk = self._desk
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
            Place(MEETINGS, _tr("Meetings"), "meetings", self._meetings, meeting_actions())
        )

    def _discussions(self) -> Page:
        desk = self._desk
        page = build_discussions(
            DiscussionsTools(
                theme=desk.theme,
                registry=desk.window.registry,
                jobs=desk.jobs,
                hub=desk.hub,
                messages=desk.messages,
                when=desk.when,
                discussions=desk.services.discussions,
                drafts=desk.services.drafts,
                people=desk.services.people,
                files=desk.file_tools,
                show_notice=desk.window.show_notice,
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
                theme=desk.theme,
                registry=desk.window.registry,
                jobs=desk.jobs,
                hub=desk.hub,
                messages=desk.messages,
                when=desk.when,
                times=Times(),
                meetings=desk.services.meetings,
                people=desk.services.people,
                show_notice=desk.window.show_notice,
                open_link=self.open_link,
                on_its_way=desk.on_its_way,
                community=self._community,
            )
        )
        self.community_shown.connect(page.show_community)
        return page

    def open_link(self, address: str) -> None:
        """Hand an address to the browser; our own go to the record that they name."""
        QDesktopServices.openUrl(QUrl(address))

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
        return _tr("{0} members").format(row.members)

    def _choose(self, key: str) -> None:
        self._set(parse_id(key))
        self.read_communities()

    def _set(self, community: Id | None) -> None:
        self._community = community
        self.community_shown.emit(community)

    def _on_changed(self, changed: Changed) -> None:
        if changed.kinds & {"community", "membership"}:
            self.read_communities()
