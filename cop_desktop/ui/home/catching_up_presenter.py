"""Fills the catch-up, and takes its threads one after the other."""

from functools import partial

from cop_desktop.services.home import CatchUp, ThreadNews, ThreadRead
from cop_desktop.services.whereabouts import Destination
from cop_desktop.ui.home.catching_up import CatchUpPage
from cop_desktop.ui.home.doing import Doing
from cop_desktop.ui.home.tools import HOME, HomeTools
from cop_desktop.ui.home.wishes import Wish, hear
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.widgets.notice_bar import Notice

READ, SKIP, OPEN, LEAVE = (*("catch-up.read", "catch-up.skip", "catch-up.open", "catch-up.leave"),)
"""Keys of the actions."""


class CatchUpPresenter(Presenting):
    """What is left for later stands at the end until the place is left."""

    def __init__(self, page: CatchUpPage, tools: HomeTools) -> None:
        super().__init__(page, tools)
        self._page, self._tools = page, tools
        self._found: CatchUp | None = None
        self._later: list[bytes] = []
        self._current: ThreadNews | None = None
        self._doing = Doing(page, tools)
        page.shown.connect(self._begin)
        page.chosen.connect(self._choose)
        hear(
            tools.registry,
            Wish(page.read_wanted, READ, self._mark_read),
            Wish(page.skip_wanted, SKIP, self._skip),
            Wish(page.open_wanted, OPEN, self._open),
            Wish(page.home_wanted, LEAVE, self._go_home),
        )
        page.link_activated.connect(tools.open_link)
        page.all_read_wanted.connect(self._ask_all_read)
        tools.hub.changed.connect(self._on_change)

    def _begin(self) -> None:
        self._later.clear()
        self._read()

    def _on_change(self, _changed: object) -> None:
        if self._page.isVisible():
            self._read()

    def _read(self) -> None:
        jobs = self._tools.jobs
        jobs.run(self._tools.home.catch_up, self._on_found, self._say_trouble, "catch-up.read")

    def _on_found(self, found: CatchUp) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        left = {thread.topic: thread for thread in self._found.threads}
        later = [left.pop(topic) for topic in self._later if topic in left]
        self._page.show_threads(self._found, [*left.values(), *later])
        if not self._found.threads:
            self._current = None

    def _choose(self, thread: ThreadNews) -> None:
        self._current = thread
        self._page.show_chosen(thread)
        self._page.reading.show_nothing()
        work = partial(self._tools.home.read, thread.topic)
        done = partial(self._on_read, thread.topic)
        self._tools.jobs.run(work, done, self._say_trouble, "catch-up.thread")

    def _on_read(self, topic: bytes, read: ThreadRead) -> None:
        if self._current is not None and self._current.topic == topic:
            self._page.show_read(read)

    def _mark_read(self) -> None:
        if self._current is not None:
            self._doing.mark_read(self._current.topic, self._current.title)

    def _ask_all_read(self) -> None:
        if self._found is not None:
            words = self.tr("Mark all these threads as read? This cannot be undone.")
            act = partial(self._mark_all_read, tuple(self._found.communities))
            self._tools.show_notice(Notice(words, action=self.tr("&Mark all as read"), acted=act))

    def _mark_all_read(self, communities: tuple[bytes, ...]) -> None:
        jobs, discussions = self._tools.jobs, self._tools.discussions
        for community in communities:
            work = partial(discussions.mark_all_read, community)
            jobs.run(work, self._tools.hub.post_change, self._say_trouble)

    def _skip(self) -> None:
        thread = self._current
        if thread is None:
            return
        place = self._page.model.place_of(thread.key) or 0
        if thread.topic in self._later:
            self._later.remove(thread.topic)
        self._later.append(thread.topic)
        self._show()
        # The next one has taken its place.
        index = self._page.model.index(place)
        if index.isValid():
            self._page.list.choose(self._page.model.item(index).key)

    def _open(self) -> None:
        thread = self._current
        if thread is not None:
            record = thread.first or thread.topic
            kind = "post" if thread.first else "topic"
            self._tools.open_record(
                Destination(kind, record, "topic", thread.topic, thread.title, thread.community)
            )

    def _go_home(self) -> None:
        self._tools.show_place(HOME)
