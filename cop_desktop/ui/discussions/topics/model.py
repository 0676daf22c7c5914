"""From topics to rows of the list, and the orders they can stand in. No widgets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject

from cop_desktop.services.discussions.rows import TopicFilter, TopicRow
from cop_desktop.services.following import Level
from cop_desktop.ui.discussions.activities import activity_name, day_name, ending
from cop_desktop.ui.records.care_words import care_badge, care_words
from cop_desktop.ui.records.states import state_badge
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.rows import Badge, Row


class Order(StrEnum):
    """How the list is sorted; pinned topics stand first in all of them."""

    ACTIVITY = "activity"
    STARTED = "started"
    UNREAD = "unread"
    REPLIES = "replies"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows."""

    chosen: TopicFilter = field(default_factory=TopicFilter)
    order: Order = Order.ACTIVITY

    @property
    def is_filtered(self) -> bool:
        return self.chosen != TopicFilter()


def in_order(topics: Sequence[TopicRow], order: Order) -> list[TopicRow]:
    """The topics sorted; they come from the service by latest activity, which breaks ties."""
    keys: dict[Order, Callable[[TopicRow], object]] = {
        Order.ACTIVITY: _as_it_comes,
        Order.STARTED: _started,
        Order.UNREAD: _unread,
        Order.REPLIES: _replies,
        Order.TITLE: _title,
    }
    chosen = keys[order]
    return sorted(topics, key=lambda topic: (not topic.pinned, chosen(topic)))


def _as_it_comes(_topic: TopicRow) -> int:
    return 0


def _started(topic: TopicRow) -> float:
    return -topic.started.timestamp()


def _unread(topic: TopicRow) -> bool:
    return not topic.unread


def _replies(topic: TopicRow) -> int:
    return -topic.posts


def _title(topic: TopicRow) -> str:
    return topic.title.casefold()


def topic_key(topic: TopicRow) -> str:
    """The key of a topic's row."""
    return topic.id.hex()


class TopicRows(QObject):
    """Makes rows."""

    def __init__(self, when: When, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._when = when

    def row(self, topic: TopicRow) -> Row:
        title = topic.title or self.tr("The title is on its way")
        return Row(
            topic_key(topic),
            title,
            self._snippet(topic),
            unread=topic.unread > 0 and topic.level is not Level.MUTE,
            badges=tuple(self._badges(topic)),
        )

    def _snippet(self, topic: TopicRow) -> str:
        # The time stands here rather than beside the title, which needs the whole line.
        when = self._when.short(topic.last_post_at)
        covered = topic.care is not None or topic.last_care is not None
        snippet = care_words() if covered else topic.snippet
        if not snippet:
            return self.tr("{0} · {1}").format(when, topic.last_author)
        return self.tr("{0} · {1}: {2}").format(when, topic.last_author, snippet)

    def _badges(self, topic: TopicRow) -> list[Badge]:
        """The most pressing first: what finds no room at the end is left out."""
        badges = []
        if topic.unread and topic.posts:
            tone = "soft" if topic.level is Level.MUTE else "accent"
            badges.append(Badge(self.tr("{0} new").format(topic.unread), tone))
        badges += [*care_badge(topic.care), *state_badge(topic.state)]
        if topic.two_versions:
            badges.append(Badge(self.tr("Two versions"), "warn", "versions"))
        if topic.pinned:
            badges.append(Badge(self.tr("Pinned"), "soft", "pin"))
        badges += self._standing(topic)
        if topic.level is Level.FOLLOW:
            badges.append(Badge(self.tr("Followed"), "soft", "follow"))
        elif topic.level is Level.MUTE:
            badges.append(Badge(self.tr("Muted"), "soft", "mute"))
        if topic.locked:
            badges.append(Badge(self.tr("Locked"), "warn", "lock"))
        if topic.activity:
            badges.append(Badge(activity_name(topic.activity), "soft"))
        badges.append(Badge(self._replies(topic.posts), "soft", "reply"))
        return badges

    def _standing(self, topic: TopicRow) -> list[Badge]:
        """Whether it is done, or by when it should be."""
        if topic.ended:
            return [Badge(ending(topic.activity).badge, "good", "check")]
        if topic.resolved:
            return [Badge(self.tr("Answered"), "good", "check")]
        if topic.needed_by is None:
            return []
        if topic.is_overdue:
            return [Badge(self.tr("Overdue"), "warn", "clock")]
        words = f"{day_name(topic.activity)} {self._when.day(topic.needed_by)}"
        return [Badge(words, "soft", "clock")]

    def _replies(self, count: int) -> str:
        if count == 0:
            return self.tr("No replies")
        return self.tr("1 reply") if count == 1 else self.tr("{0} replies").format(count)
