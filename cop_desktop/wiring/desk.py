"""All services over one replica, and the parts of the window that every place works with."""

import threading
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from cop_desktop.services.care import Care
from cop_desktop.services.communities import Communities
from cop_desktop.services.discussions import Discussions
from cop_desktop.services.drafts import Drafts
from cop_desktop.services.files import Extract
from cop_desktop.services.half_filled import HalfFilledForms
from cop_desktop.services.home import Home
from cop_desktop.services.library import Library
from cop_desktop.services.meetings import Meetings
from cop_desktop.services.news import News
from cop_desktop.services.people import People
from cop_desktop.services.search import Search
from cop_desktop.services.storage import Storage
from cop_desktop.services.sync_status import SyncStatus
from cop_desktop.services.whereabouts import Whereabouts
from cop_desktop.store import Replica
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.paper.tools import PaperTools
from cop_desktop.ui.records.files import FileTools
from cop_desktop.ui.records.speller import WindowSpeller
from cop_desktop.ui.records.staging import Staging
from cop_desktop.ui.records.when import When
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.settings.tools import SettingsTools
from cop_desktop.ui.shell.main_window import MainWindow
from cop_desktop.ui.syncing.tools import SyncTools
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.wiring.login_start import login_start

COPIES_FOLDER = "opened"
STAGING_FOLDER = "staging"


class TextReader:
    """Reads text out of files in a process that is started when the first file comes."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._extract: Extract | None = None
        self._lock = threading.Lock()

    def read(self, path: Path) -> str | None:
        """The text in a file, None where there is none to be had."""
        with self._lock:
            if self._extract is None:
                from cop_desktop.commands.texts import texts_of_files

                self._extract = self._open.enter_context(texts_of_files())
        return self._extract(path)

    def close(self) -> None:
        """End the process, if there is one."""
        self._open.close()


@dataclass(frozen=True, slots=True)
class Services:
    """What a person can do, over one replica. Called on the store thread only, but storage."""

    discussions: Discussions
    drafts: Drafts
    half_filled: HalfFilledForms
    library: Library
    meetings: Meetings
    people: People
    care: Care
    communities: Communities
    search: Search
    sync_status: SyncStatus
    whereabouts: Whereabouts
    home: Home
    news: News
    storage: Storage


def services_over(replica: Replica, folder: Path, extract: Extract) -> Services:
    """Every service. folder: of the replica, for copies that other programs open."""
    return Services(
        discussions=Discussions(replica),
        drafts=Drafts(replica),
        half_filled=HalfFilledForms(replica),
        library=Library(replica, cache_dir=folder / COPIES_FOLDER, extract=extract),
        meetings=Meetings(replica),
        people=People(replica),
        care=Care(replica),
        communities=Communities(replica),
        search=Search(replica),
        sync_status=SyncStatus(replica),
        whereabouts=Whereabouts(replica),
        home=Home(replica),
        news=News(replica),
        storage=Storage(replica, folder / COPIES_FOLDER),
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the places are built from.

    jobs: the store thread, for what is quickly done. slow_jobs: for the content of files.
    """

    replica: Replica
    folder: Path
    services: Services
    window: MainWindow
    theme: Theme
    jobs: Jobs
    slow_jobs: Jobs
    staging: Staging
    hub: Hub
    messages: Messages
    when: When
    speller: WindowSpeller | None = None

    @property
    def window_tools(self) -> WindowTools:
        """What every place works with."""
        return WindowTools(
            theme=self.theme,
            jobs=self.jobs,
            hub=self.hub,
            messages=self.messages,
            when=self.when,
            show_notice=self.window.show_notice,
            speller=self.speller,
            half_filled=self.services.half_filled,
        )

    @property
    def sync_tools(self) -> SyncTools:
        """What the sync sentence and the place of sync need."""
        return SyncTools(
            **self.window_tools.common(),
            sync_status=self.services.sync_status,
            records=self.services.discussions,
            sync_now=self.window.sync_wanted.emit,
        )

    @property
    def settings_tools(self) -> SettingsTools:
        """What the place of settings needs."""
        sync, settings = self.sync_tools, self.replica.settings
        return SettingsTools(
            **self.window_tools.common(),
            sync_status=sync.sync_status,
            records=sync.records,
            sync_now=sync.sync_now,
            preferences=self.window.preferences,
            appearance=self.window.appearance,
            storage=self.services.storage,
            slow_jobs=self.slow_jobs,
            login=login_start(self.folder),
            kept=settings.get,
            keep=settings.set,
            spelling=None if self.speller is None else self.speller.spelling,
        )

    @property
    def paper_tools(self) -> PaperTools:
        """How papers are printed and saved."""
        return PaperTools(
            **self.window_tools.common(),
            slow_jobs=self.slow_jobs,
            memory=self.window.memory,
            open_path=open_path,
        )

    @property
    def file_tools(self) -> FileTools:
        """How files of any record are opened, saved and fetched."""
        return FileTools(
            **self.window_tools.common(),
            files=self.services.library,
            slow_jobs=self.slow_jobs,
            open_path=open_path,
            staging=self.staging,
            budget=self.services.sync_status.budget,
        )

    def on_its_way(self, space: bytes) -> bool:
        """Whether older parts of a community are not here yet. Store thread."""
        held = {row.space: row for row in self.replica.spaces()}
        row = held.get(space)
        return row is not None and (row.floor > 0 or row.head < row.server_head)


def open_path(path: Path) -> bool:
    """Hand a file to the system's own program; False when there is none for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
