"""The parts of the window that every place works with, over somebody's replica in a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QWidget

from cop_desktop.services.library import Previews
from cop_desktop.services.search import SearchHit
from cop_desktop.store import Changed, Replica
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.library.actions import PLACE as LIBRARY
from cop_desktop.ui.library.actions import library_actions
from cop_desktop.ui.library.build import build_library
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.library.picture import small_picture
from cop_desktop.ui.library.tools import LibraryTools
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.files import FileTools
from cop_desktop.ui.records.staging import Staging
from cop_desktop.ui.records.when import When
from cop_desktop.ui.search.actions import search_actions
from cop_desktop.ui.search.page import SearchPage
from cop_desktop.ui.search.presenter import build_search
from cop_desktop.ui.search.tools import SearchTools
from cop_desktop.ui.shell.main_window import MainWindow
from cop_desktop.ui.shell.places import Place
from cop_desktop.ui.shell.window_memory import MemoryInMind
from cop_desktop.ui.syncing.page import SyncPage
from cop_desktop.ui.syncing.presenter import build_sync_page
from cop_desktop.ui.syncing.tools import SyncTools
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.wiring.desk import STAGING_FOLDER, Desk, services_over
from sync.core.ids import Id
from tests.support.discussion_place import turn

_MOST_WAITS = 20
_CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView)


@dataclass
class Handed:
    """What the window handed on: files to other programs, hits to other places, wishes to sync."""

    paths: list[Path] = field(default_factory=list)
    hits: list[SearchHit] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    wishes: int = 0
    programs: bool = True
    on_its_way: bool = False

    def open_path(self, path: Path) -> bool:
        self.paths.append(path)
        return self.programs

    def sync_now(self) -> None:
        self.wishes += 1

    def hear(self, answer: object) -> None:
        """For who does not care about an answer."""

    def is_on_its_way(self, _space: Id) -> bool:
        return self.on_its_way


class DeskWindow:
    """A window with the places of the library, of search and of sync."""

    def __init__(self, theme: Theme, replica: Replica, folder: Path) -> None:
        self.replica = replica
        self.handed = Handed()
        self.desk = Desk(
            replica=replica,
            folder=folder,
            services=services_over(replica, folder, _no_text),
            window=MainWindow(theme, MemoryInMind()),
            theme=theme,
            jobs=Jobs(),
            slow_jobs=Jobs(),
            staging=Staging(folder / STAGING_FOLDER),
            hub=Hub(),
            messages=Messages(),
            when=When(self._now),
        )
        self.window = self.desk.window
        self._add_places()
        self.window.show()
        self.window.activateWindow()

    @property
    def library(self) -> LibraryPage:
        """The place of the library, gone to."""
        page = self.window.show_place(LIBRARY)
        assert isinstance(page, LibraryPage)
        return page

    @property
    def search(self) -> SearchPage:
        """The place of search, gone to."""
        page = self.window.show_place("search")
        assert isinstance(page, SearchPage)
        return page

    @property
    def sync(self) -> SyncPage:
        """The place of sync, gone to."""
        page = self.window.show_place("sync")
        assert isinstance(page, SyncPage)
        return page

    @property
    def sync_tools(self) -> SyncTools:
        """What the places of sync are built from."""
        return replace(self.desk.sync_tools, sync_now=self.handed.sync_now)

    @property
    def notices(self) -> list[str]:
        """The words of the messages that are up."""
        return [bar.notice.words for bar in self.window.notices.bars()]

    def press_notice(self) -> None:
        """Presses the button of the latest message."""
        self.window.notices.bars()[-1].act()
        self.settle()

    def tell(self, *kinds: str) -> None:
        """What the background says after an exchange that brought these kinds."""
        spaces = [row.space for row in self.replica.spaces()]
        self.desk.hub.post_change(Changed.of(spaces, kinds))
        self.settle()

    def settle(self, rounds: int = 4) -> None:
        """Until the store thread has nothing to do, nor the window."""
        for _ in range(rounds):
            turn()
            for _ in range(_MOST_WAITS):
                if self.desk.slow_jobs.wait_idle() and self.desk.jobs.wait_idle():
                    break
            assert not self.desk.jobs.pending
            turn()

    def close(self) -> None:
        """As when the program ends."""
        self.window.close()
        assert self.desk.slow_jobs.close()
        assert self.desk.jobs.close()
        self.window.deleteLater()
        turn()

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.replica.now_ms() / 1000, UTC)

    def _add_places(self) -> None:
        add = self.window.add_place
        add(Place(LIBRARY, "Library", "library", self._build_library, library_actions()))
        add(
            Place("search", "Search", "search", self._build_search, search_actions(), in_rail=False)
        )
        add(Place("sync", "Sync", "sync", self._build_sync, in_rail=False))

    def _build_library(self) -> LibraryPage:
        desk = self.desk
        return build_library(
            LibraryTools(
                **desk.window_tools.common(),
                registry=desk.window.registry,
                library=desk.services.library,
                people=desk.services.people,
                care=desk.services.care,
                previews=self._previews(),
                files=self._files(),
                memory=desk.window.memory,
                on_its_way=self.handed.is_on_its_way,
                open_link=self.handed.links.append,
            )
        )

    def _previews(self) -> Previews:
        """Pictures as in the program; of pages, none: no process is started."""
        folder = self.desk.folder / "previews"
        return Previews(self.desk.services.library, folder, _no_page, small_picture)

    def _files(self) -> FileTools:
        return replace(self.desk.file_tools, open_path=self.handed.open_path)

    def _build_search(self) -> SearchPage:
        desk = self.desk
        return build_search(
            SearchTools(
                **desk.window_tools.common(),
                registry=desk.window.registry,
                search=desk.services.search,
                box=desk.window.search,
                open_hit=self.handed.hits.append,
            )
        )

    def _build_sync(self) -> SyncPage:
        return build_sync_page(self.sync_tools)


@contextmanager
def desk_window(theme: Theme, replica: Replica, folder: Path) -> Iterator[DeskWindow]:
    """The window, shown until the end; close it before the replica."""
    place = DeskWindow(theme, replica, folder)
    try:
        yield place
    finally:
        place.close()


def nameless(page: QWidget) -> list[str]:
    """The controls on a page that a screen reader has no name for."""
    controls = [each for kind in _CONTROLS for each in page.findChildren(kind)]
    return [
        repr(each)
        for each in controls
        if each.isVisible()
        and not each.accessibleName()
        and not (isinstance(each, QAbstractButton) and each.text())
    ]


def _no_text(_path: Path) -> str | None:
    return None


def _no_page(_path: Path) -> bytes | None:
    return None
