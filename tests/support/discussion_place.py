"""The place of discussions in a window, on the replica of somebody in the village."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from cop_desktop.services.care import Care
from cop_desktop.services.communities import Communities
from cop_desktop.services.data_budget import DataBudget
from cop_desktop.services.discussions import Discussions
from cop_desktop.services.drafts import Drafts
from cop_desktop.services.files import Files
from cop_desktop.services.people import People
from cop_desktop.store import Changed, Replica
from cop_desktop.ui.discussions.actions import PLACE, discussions_actions
from cop_desktop.ui.discussions.build import build_discussions
from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.ui.discussions.presenter import DiscussionsPresenter
from cop_desktop.ui.discussions.thread.entries import Reply
from cop_desktop.ui.discussions.tools import DiscussionsTools
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.files import FileTools
from cop_desktop.ui.records.staging import Staging
from cop_desktop.ui.records.when import When
from cop_desktop.ui.records.window_tools import WindowTools
from cop_desktop.ui.shell.main_window import MainWindow
from cop_desktop.ui.shell.places import Place
from cop_desktop.ui.shell.window_memory import MemoryInMind
from cop_desktop.ui.theme.theme import Theme
from sync.core.ids import Id
from tests.support.replicas import COMMUNITY

_MOST_WAITS = 20
_KINDS = ("topic", "post", "reaction", "read_mark", "file_version", "member", "draft")


@dataclass
class Outside:
    """What the window handed to the world outside: links and files it had opened."""

    links: list[str] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)

    def open_link(self, address: str) -> None:
        self.links.append(address)

    def open_path(self, path: Path) -> bool:
        self.paths.append(path)
        return True

    def hear(self, answer: object) -> None:
        """For who does not care about an answer."""


OpenPlace = Callable[[Replica], "DiscussionPlace"]


class DiscussionPlace:
    """A window that shows the discussions of one replica. Close it before the replica."""

    def __init__(self, theme: Theme, replica: Replica, folder: Path) -> None:
        self.replica = replica
        self.jobs, self.slow_jobs = Jobs(), Jobs()
        self.hub, self.outside = Hub(), Outside()
        self.window = MainWindow(theme, MemoryInMind())
        self.discussions = Discussions(replica)
        self.drafts = Drafts(replica)
        self._closed = False
        self._folder = folder
        self._theme = theme
        self.tools = self._make_tools()
        self.window.add_place(
            Place(PLACE, "Discussions", "discussions", self._build, discussions_actions())
        )

    def open(self, width: int = 1366, height: int = 768) -> DiscussionsPage:
        """Shows the window with the community's topics, and waits until they are there."""
        self.window.resize(width, height)
        page = self.window.show_place(PLACE)
        assert isinstance(page, DiscussionsPage)
        page.show_community(COMMUNITY)
        self.window.show()
        self.window.activateWindow()
        self.settle()
        return page

    @property
    def page(self) -> DiscussionsPage:
        page = self.window.page(PLACE)
        assert isinstance(page, DiscussionsPage)
        return page

    @property
    def presenter(self) -> DiscussionsPresenter:
        presenter = self.page.presenter
        assert isinstance(presenter, DiscussionsPresenter)
        return presenter

    def show_topic(self, topic: Id, post: Id | None = None) -> None:
        """Opens a topic and waits until all of it that is in view is built."""
        self.page.open_topic(topic, post)
        self.settle()

    def tell_changes(self, *kinds: str) -> None:
        """What the background says after an exchange."""
        self.hub.post_change(Changed.of([COMMUNITY], kinds or _KINDS))
        self.settle()

    def settle(self, rounds: int = 4) -> None:
        """Until the store thread has nothing to do, nor the window."""
        for _ in range(rounds):
            # What has been delivered may ask for more at once, which ends a wait early.
            for _ in range(_MOST_WAITS):
                if self.slow_jobs.wait_idle() and self.jobs.wait_idle():
                    break
            assert not self.jobs.pending
            turn()
        posts = self.page.topic_pane.posts
        while not posts.is_complete():
            turn()

    def write(self, text: str) -> None:
        """Types into the reply box, as far as it is open or R opens it."""
        box = self.page.topic_pane.reply_box
        if not box.is_open():
            self.presenter.verbs.do("reply", "opening")
            self.settle()
        box.composer.editor.insertPlainText(text)

    def post(self, text: str) -> None:
        """Types a reply and posts it."""
        self.write(text)
        self.page.topic_pane.reply_box.composer.submit()
        self.settle()

    def bodies(self) -> list[str]:
        """The texts of the replies that are shown, from above."""
        posts = self.page.topic_pane.posts
        entries = [posts.entry(key) for key in posts.order()]
        return [entry.post.body for entry in entries if isinstance(entry, Reply)]

    def notices(self) -> list[str]:
        """The words of the notices that are up."""
        return [bar.notice.words for bar in self.window.notices.bars()]

    def press_notice(self) -> None:
        """Presses the button of the latest notice."""
        self.window.notices.bars()[-1].act()
        self.settle()

    def trigger(self, action: str) -> None:
        """What a key or a menu does."""
        self.window.registry.action(action).trigger()
        self.settle()

    def close(self) -> None:
        """As when the program ends; nothing happens the second time."""
        if self._closed:
            return
        self._closed = True
        self.window.close()
        assert self.slow_jobs.close()
        assert self.jobs.close()
        self.window.deleteLater()
        turn()

    def _build(self) -> DiscussionsPage:
        return build_discussions(self.tools)

    def _make_tools(self) -> DiscussionsTools:
        common = WindowTools(
            theme=self._theme,
            jobs=self.jobs,
            hub=self.hub,
            messages=Messages(),
            when=When(self._now),
            show_notice=self.window.show_notice,
        ).common()
        files = FileTools(
            **common,
            files=Files(self.replica, cache_dir=self._folder / "opened"),
            slow_jobs=self.slow_jobs,
            open_path=self.outside.open_path,
            staging=Staging(self._folder / "staging"),
            budget=DataBudget(self.replica),
        )
        return DiscussionsTools(
            **common,
            registry=self.window.registry,
            discussions=self.discussions,
            drafts=self.drafts,
            people=People(self.replica),
            care=Care(self.replica),
            files=files,
            open_link=self.outside.open_link,
            on_its_way=self._on_its_way,
        )

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.replica.now_ms() / 1000, UTC)

    def _on_its_way(self, space: Id) -> bool:
        rows = {row.id: row for row in Communities(self.replica).mine()}
        return not rows[space].complete


def turn() -> None:
    """Lets the window do what waits, timers that are due included."""
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()
    QApplication.sendPostedEvents(None, 52)  # deferred deletions
