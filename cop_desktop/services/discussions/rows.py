"""What discussions look like to a reader."""

from dataclasses import dataclass
from datetime import date, datetime

from cop_desktop.services.access import Rights
from cop_desktop.services.attachments import FileView
from cop_desktop.services.care import CareView
from cop_desktop.services.following import Level
from cop_desktop.store import Changed, ItemState
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class NewTopic:
    """A topic that somebody starts. activity: one of `sync.catalogue.discussions.ACTIVITIES`.

    needed_by: the last day on which an answer is of use.
    """

    title: str
    body: str = ""
    activity: str | None = None
    tags: tuple[str, ...] = ()
    needed_by: date | None = None


@dataclass(frozen=True, slots=True)
class TopicEdit:
    """What to change in a topic; None leaves a part as it is, an empty activity takes it away.

    tags: all that it should have afterwards. no_day: take the day it is needed by away.
    """

    title: str | None = None
    body: str | None = None
    activity: str | None = None
    tags: tuple[str, ...] | None = None
    needed_by: date | None = None
    no_day: bool = False


@dataclass(frozen=True, slots=True)
class TopicFilter:
    """Which topics to list; all given must hold. text: words in the topic or its replies.

    unread_only: without muted ones. ended: those that are, those that are not, None for both.
    level: FOLLOW or MUTE, None for all.
    """

    unread_only: bool = False
    activity: str | None = None
    tag: str | None = None
    text: str = ""
    ended: bool | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One line of the list of topics.

    last_post_at, last_author: of the latest reply, or of the topic itself. posts: replies, not
    counting the opening. unread: of opening and replies, at least 1 if kept unread; also of a muted
    topic. is_overdue: the day it is needed by is over, and it is neither ended nor answered. care:
    asked for with the topic; last_care: with the latest reply, from which the snippet is.
    """

    id: Id
    title: str
    activity: str | None
    author: str
    started: datetime
    last_post_at: datetime
    last_author: str
    posts: int
    unread: int
    pinned: bool
    locked: bool
    resolved: bool
    tags: tuple[str, ...]
    snippet: str
    state: ItemState
    two_versions: bool
    needed_by: date | None = None
    is_overdue: bool = False
    ended: bool = False
    level: Level = Level.USUAL
    care: CareView | None = None
    last_care: CareView | None = None


@dataclass(frozen=True, slots=True)
class ReactionCount:
    """How many gave one sort of reaction. names: who, earliest first; mine: I among them."""

    sort: str
    count: int
    mine: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostView:
    """One reply as it stands in its thread.

    parent: the reply it answers, None if the topic itself. parent_missing: that reply is not here
    yet. depth: 0 for a reply to the topic. author: who wrote it first, in material brought in from
    elsewhere; author_id: who put it here. received: by the server, None if not yet or unknown.
    edited: None if never. trashed: shown for the sake of the replies under it, body is empty. care:
    asked for with it or with a file of it.
    """

    id: Id
    parent: Id | None
    parent_missing: bool
    depth: int
    author: str
    author_id: Id
    original_author: str | None
    written: datetime
    received: datetime | None
    edited: datetime | None
    body: str
    reactions: tuple[ReactionCount, ...]
    attachments: tuple[FileView, ...]
    unread: bool
    is_answer: bool
    trashed: bool
    rights: Rights
    state: ItemState
    two_versions: bool
    care: CareView | None = None


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic as the head of its thread; names as in `PostView`.

    answer: the reply that resolved it. can_reply: while it is locked, facilitators only.
    can_moderate: pin it and lock it. needed_by, is_overdue: as in `TopicRow`. outcome: what came of
    it; kept while it is open again. ended_at: None while it is open.
    """

    id: Id
    space: Id
    title: str
    body: str
    activity: str | None
    tags: tuple[str, ...]
    author: str
    author_id: Id
    original_author: str | None
    written: datetime
    received: datetime | None
    edited: datetime | None
    reactions: tuple[ReactionCount, ...]
    attachments: tuple[FileView, ...]
    unread: bool
    kept_unread: bool
    pinned: bool
    locked: bool
    answer: Id | None
    can_reply: bool
    can_moderate: bool
    trashed: bool
    rights: Rights
    state: ItemState
    two_versions: bool
    needed_by: date | None = None
    is_overdue: bool = False
    ended_at: datetime | None = None
    outcome: str = ""
    level: Level = Level.USUAL
    care: CareView | None = None

    @property
    def ended(self) -> bool:
        """Whether what it was for is done."""
        return self.ended_at is not None


@dataclass(frozen=True, slots=True)
class Thread:
    """A topic and its replies, each after the one it answers."""

    topic: TopicView
    posts: tuple[PostView, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """A topic was started."""

    id: Id
    changed: Changed


@dataclass(frozen=True, slots=True)
class Posted:
    """A reply was posted."""

    id: Id
    changed: Changed


@dataclass(frozen=True, slots=True)
class NextUnread:
    """Where to go on reading. post: None for the opening of the topic."""

    topic: Id
    post: Id | None


@dataclass(frozen=True, slots=True)
class UnreadCounts:
    """What is unread in a space. posts: openings and replies together."""

    topics: int
    posts: int
