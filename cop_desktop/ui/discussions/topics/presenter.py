"""Fills the list of topics and keeps it right while things change."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from cop_desktop.services.discussions.rows import TopicFilter, TopicRow, UnreadCounts
from cop_desktop.services.following import Level
from cop_desktop.ui.discussions.changes import kinds_of
from cop_desktop.ui.discussions.tools import DiscussionsTools, Id
from cop_desktop.ui.discussions.topics.model import Order, Wanted, in_order
from cop_desktop.ui.discussions.topics.view import TopicsView
from cop_desktop.ui.widgets.rows import RowModel

PAGE = 200
_ALL = 100_000
_KINDS = frozenset({"topic", "post", "read_mark", "member", "followed", "care_flag"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One reading of the list. on_its_way: older topics are not here yet."""

    topics: tuple[TopicRow, ...]
    counts: UnreadCounts
    on_its_way: bool


class TopicsPresenter(QObject):
    """Reads the topics of one community in pages. `chosen` carries a topic's id."""

    chosen = Signal(bytes)
    unread_counted = Signal(int)

    def __init__(self, view: TopicsView, model: RowModel, tools: DiscussionsTools) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._tools = tools
        self._space: Id | None = None
        self._topics: list[TopicRow] = []
        self._tags: set[str] = set()
        self._wanted = Wanted()
        self._wish: Id | None = None
        view.filter.changed.connect(self._on_filter)
        view.everything_wanted.connect(view.filter.show_everything)
        view.list.row_chosen.connect(self._on_chosen)
        model.more_wanted.connect(self._read_more)
        tools.hub.changed.connect(self._on_change)
        self._show_nothing()

    @property
    def space(self) -> Id | None:
        """The community that is shown."""
        return self._space

    @property
    def tags(self) -> frozenset[str]:
        """The tags of the topics that have been listed."""
        return frozenset(self._tags)

    def show_community(self, space: Id | None) -> None:
        """The topics of another community."""
        if space == self._space:
            return
        self._space = space
        self._topics = []
        self._tags = set()
        self._wish = None
        self._model.set_items(())
        self._view.set_can_write(space is not None)
        if space is None:
            self._show_nothing()
        else:
            self.read()

    def read(self) -> None:
        """Reads again as much as is shown."""
        if self._space is None:
            return
        wanted = self._wanted
        known = max(len(self._topics), PAGE)
        limit = known if wanted.order is Order.ACTIVITY else _ALL
        work = partial(self._listed, self._space, wanted, limit)
        self._tools.jobs.run(
            work, partial(self._on_listed, self._space, wanted, limit), key="discussions.topics"
        )

    def choose(self, topic: Id) -> None:
        """Marks a topic in the list, now or when the list holds it."""
        self._wish = None if self._view.list.choose(topic.hex()) else topic

    def _listed(self, space: Id, wanted: Wanted, limit: int) -> Listed:
        discussions = self._tools.discussions
        topics = discussions.topics(space, wanted=wanted.chosen, limit=limit)
        return Listed(topics, discussions.unread_counts(space), self._tools.on_its_way(space))

    def _on_listed(self, space: Id, wanted: Wanted, limit: int, listed: Listed) -> None:
        if space != self._space or wanted != self._wanted:
            return
        if limit < len(self._topics):
            self.read()  # more came between asking and this answer, and must not go again
            return
        self._topics = in_order(listed.topics, wanted.order)
        self._model.set_items(self._topics, has_more=len(listed.topics) == limit)
        self._learn_tags(listed.topics)
        self.unread_counted.emit(listed.counts.topics)
        self._show_state(listed)
        if self._wish is not None:
            self.choose(self._wish)

    def _show_state(self, listed: Listed) -> None:
        view, chosen = self._view, self._wanted.chosen
        view.show_note(self.tr("Older topics are still on their way.") if listed.on_its_way else "")
        if listed.topics:
            view.show_list()
        elif chosen == TopicFilter(unread_only=True):
            view.show_all_read()
        elif chosen == TopicFilter(level=Level.FOLLOW):
            view.show_none_followed()
        elif self._wanted.is_filtered:
            view.show_none_found()
        elif listed.on_its_way:
            view.show_on_its_way()
        else:
            view.show_nothing_yet()

    def _show_nothing(self) -> None:
        self._view.set_can_write(False)
        self._view.show_no_community()

    def _learn_tags(self, topics: Sequence[TopicRow]) -> None:
        fresh = {tag for topic in topics for tag in topic.tags}
        if not fresh <= self._tags:
            self._tags |= fresh
            self._view.filter.show_tags(self._tags)

    def _read_more(self) -> None:
        if self._space is None:
            return
        wanted, start = self._wanted, len(self._topics)
        work = partial(
            self._tools.discussions.topics,
            self._space,
            wanted=wanted.chosen,
            limit=PAGE,
            offset=start,
        )
        self._tools.jobs.run(
            work, partial(self._on_more, self._space, wanted, start), key="discussions.more"
        )

    def _on_more(self, space: Id, wanted: Wanted, start: int, topics: tuple[TopicRow, ...]) -> None:
        if (space, wanted, start) != (self._space, self._wanted, len(self._topics)):
            return  # read again meanwhile: that reading says itself whether there is more
        held = {topic.id for topic in self._topics}
        fresh = [topic for topic in topics if topic.id not in held]
        self._topics += fresh
        self._learn_tags(fresh)
        self._model.append_items(fresh, has_more=len(topics) == PAGE)

    def _on_filter(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self._topics = []
            self.read()

    def _on_chosen(self, key: str) -> None:
        self._wish = None
        self.chosen.emit(bytes.fromhex(key))

    def _on_change(self, changed: object) -> None:
        kinds = kinds_of(changed)
        if kinds & _KINDS:
            self.read()
