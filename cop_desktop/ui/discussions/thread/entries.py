"""From a thread to the parts that are shown one under the other. Pure."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cop_desktop.services.discussions.rows import PostView, Thread, TopicView

MOST_INDENT = 3
OPENING = "opening"
NEW_LINE = "new"

Id = bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """The topic itself. is_new: to be told apart as new; about: who the writer is."""

    topic: TopicView
    is_new: bool
    about: str

    key = OPENING
    kind = "opening"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a reply answers, where that does not stand right above it.

    key: "" while it is not here yet.
    """

    key: str
    author: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply. indent: 0 to MOST_INDENT; can_reply: whether the topic takes replies.

    covered: care is asked for with it, and nobody here has wished to look yet.
    """

    post: PostView
    is_new: bool
    about: str
    indent: int
    answers: Answered | None
    can_reply: bool
    covered: bool = False

    @property
    def key(self) -> str:
        return key_of(self.post.id)

    @property
    def kind(self) -> str:
        if self.post.trashed:
            return "trashed"
        return "covered" if self.covered else "reply"


@dataclass(frozen=True, slots=True)
class NewLine:
    """The line over the first new reply. count: how many are new."""

    count: int

    key = NEW_LINE
    kind = "new"


Entry = Opening | Reply | NewLine


def key_of(record: Id) -> str:
    """The key of a reply's part."""
    return record.hex()


def id_of(key: str) -> Id:
    """The reply whose part has this key. Raises ValueError for a part that is no reply."""
    return bytes.fromhex(key)


def unread_of(thread: Thread) -> frozenset[Id]:
    """The ids of the opening and the replies that are unread."""
    posts = {post.id for post in thread.posts if post.unread}
    return frozenset(posts | ({thread.topic.id} if thread.topic.unread else set()))


@dataclass(frozen=True, slots=True)
class Sight:
    """With which eyes a thread is looked at.

    new: what is shown as new, which stays so while somebody reads although it is marked read.
    about: member → position and school. looked_at: what care is asked for and was wished to see.
    """

    new: AbstractSet[Id]
    about: Mapping[Id, str]
    looked_at: AbstractSet[Id] = frozenset()


def entries_of(thread: Thread, sight: Sight) -> tuple[Entry, ...]:
    """The parts in reading order."""
    return tuple(_entries(thread, sight))


def _entries(thread: Thread, sight: Sight) -> Iterator[Entry]:
    topic, new, about = thread.topic, sight.new, sight.about
    yield Opening(topic, topic.id in new, about.get(topic.author_id, ""))
    authors = {post.id: post.author for post in thread.posts}
    count = sum(post.id in new and not post.trashed for post in thread.posts)
    above: PostView | None = None
    for post in thread.posts:
        is_new = post.id in new and not post.trashed
        if is_new and count:
            yield NewLine(count)
            count = 0
        yield Reply(
            post,
            is_new,
            "" if post.original_author else about.get(post.author_id, ""),
            min(post.depth, MOST_INDENT),
            _answered(post, above, authors),
            topic.can_reply,
            post.care is not None and post.id not in sight.looked_at,
        )
        above = post


def _answered(post: PostView, above: PostView | None, authors: Mapping[Id, str]) -> Answered | None:
    if post.parent is None:
        return None
    if post.parent_missing or post.parent not in authors:
        return Answered("", "")
    stands_above = above is not None and above.id == post.parent
    if stands_above and post.depth <= MOST_INDENT:
        return None
    return Answered(key_of(post.parent), authors[post.parent])
