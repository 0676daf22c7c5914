"""Ctrl+K: made when it is first wished for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cop_desktop import paths
from cop_desktop.services.search import SearchHit
from cop_desktop.services.whereabouts import Destination
from cop_desktop.ui.guide.pages import read_pages
from cop_desktop.wiring.desk import Desk
from cop_desktop.wiring.places import PEOPLE, SETTINGS, Places
from cop_desktop.wiring.reading_place import ReadingPlace
from sync.core.ids import Id, id_text

if TYPE_CHECKING:
    from cop_desktop.ui.going_to.presenter import GoingTo
    from cop_desktop.ui.going_to.tools import GoingTools


class Going(QObject):
    """Leads from what was chosen to its place."""

    def __init__(self, desk: Desk, places: Places, reading: ReadingPlace) -> None:
        super().__init__(desk.window)
        self._desk, self._places, self._reading = desk, places, reading
        self.going_to: GoingTo | None = None
        desk.window.go_to_wanted.connect(self.open)

    def open(self) -> None:
        """The dialog, over the window."""
        if self.going_to is None:
            from cop_desktop.ui.going_to.presenter import GoingTo

            self.going_to = GoingTo(self._desk.window, self._tools())
        self.going_to.open()

    def show_setting(self, section: str) -> None:
        """The place of settings, at one of its sections."""
        page = self._desk.window.show_place(SETTINGS)
        from cop_desktop.ui.settings.page import SettingsPage

        assert isinstance(page, SettingsPage)  # noqa: S101 - the place's own factory
        page.show_section(section)

    def _tools(self) -> "GoingTools":
        from cop_desktop.ui.going_to.tools import GoingTools

        desk = self._desk
        return GoingTools(
            **desk.window_tools.common(),
            registry=desk.window.registry,
            search=desk.services.search,
            people=desk.services.people,
            communities=desk.services.communities,
            whereabouts=desk.services.whereabouts,
            recent=self._reading.recent,
            place_names=desk.window.place_names,
            show_place=desk.window.show_place,
            open_record=self._open_record,
            open_member=self._open_member,
            choose_community=self._choose_community,
            show_setting=self.show_setting,
            guide=read_pages(paths.resources_dir() / "guide"),
            show_guide=self._places.guide_wanted.emit,
        )

    def _open_record(self, found: SearchHit | Destination) -> None:
        self._places.open_hit(found)

    def _open_member(self, member: Id) -> None:
        self._desk.window.show_place(PEOPLE).open_record("member", member, member)

    def _choose_community(self, community: Id) -> None:
        self._desk.window.rail.community_chosen.emit(id_text(community))
