"""What home looks like to a reader."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cop_desktop.services.care import CareView
from cop_desktop.services.meetings import MeetingRow
from sync.core.ids import Id


class WaitingSort(StrEnum):
    """Why something waits for me."""

    MENTION = "mention"
    ACTION = "action"
    REVIEW = "review"
    UNCLAIMED = "unclaimed"  # handed in, and no facilitator has taken it yet; I am one
    SENT_BACK = "sent back"
    TWO_VERSIONS = "two versions"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for me.

    record: itself; open_kind, open_id: what to open for it. title: of a mention what was written,
    of an action what is to be done. within: title of what it belongs to, may be empty. who: who
    asked, empty if nobody did. due: None without a day. count: of what was refused. care: asked for
    with it, a file of it, or what is opened for it.
    """

    sort: WaitingSort
    record: Id
    open_kind: str
    open_id: Id
    community: Id | None
    title: str
    within: str = ""
    who: str = ""
    when: datetime | None = None
    due: date | None = None
    overdue: bool = False
    count: int = 1
    care: CareView | None = None


@dataclass(frozen=True, slots=True)
class ThreadNews:
    """A topic with something that I have not read.

    about: how the topic begins. new: opening and replies not read. who: their writers, latest
    first, each once. latest: of the latest one, and how it begins. first: where to read on, None
    for the opening. followed: I want to hear of it in any case. care: asked for with the topic or
    the latest.
    """

    topic: Id
    community: Id
    title: str
    activity: str | None
    about: str
    new: int
    who: tuple[str, ...]
    latest: datetime
    latest_words: str
    first: Id | None
    followed: bool
    words: int
    care: CareView | None = None

    @property
    def key(self) -> str:
        """For lists."""
        return self.topic.hex()


class NewsSort(StrEnum):
    """What happened to something that is no thread."""

    PUBLISHED = "published"
    ITEM_CHANGED = "item changed"
    USED = "used"
    MEETING_ADDED = "meeting added"
    MEETING_TOLD = "meeting told"  # notes, decisions, actions or a summary came
    MEETING_CHANGED = "meeting changed"
    JOINED = "joined"
    THANKED = "thanked"
    ITEM_THANKED = "item thanked"


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One line of news; place, open_kind and open_id as in `services.places`.

    names: who did it, or who joined. count: decisions, actions, thanks, whatever the sort counts.
    mine: it is about something that I added.
    """

    sort: NewsSort
    place: str
    open_kind: str
    open_id: Id
    community: Id | None
    title: str
    names: tuple[str, ...]
    when: datetime
    count: int = 1
    mine: bool = False


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next meeting of all my communities. row.id: None as long as nobody opened that day."""

    community: Id
    row: MeetingRow
    now_on: bool


class FirstStep(StrEnum):
    """What somebody new does first, in this order."""

    PROFILE = "profile"
    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What of it was done. hidden: somebody does not want to be shown them any more."""

    done: frozenset[FirstStep]
    hidden: bool

    @property
    def wanted(self) -> bool:
        """Whether there is anything left to show."""
        return not self.hidden and len(self.done) < len(FirstStep)


@dataclass(frozen=True, slots=True)
class Overview:
    """All that home shows but what takes longer to find.

    since: when I was here before, None the first time. mark: give it back to `note_seen`. threads:
    those with news since then, what I follow first; more_threads: how many are not among them.
    unread: topics with anything unread, however old, by community. communities: name by id, those
    that I belong to. coming: parts are not downloaded yet; empty: nothing is here at all.
    """

    since: datetime | None
    mark: str
    threads: tuple[ThreadNews, ...]
    more_threads: int
    unread: dict[Id, int]
    unread_posts: int
    news: tuple[NewsLine, ...]
    waiting: tuple[Waiting, ...]
    meeting: NextMeeting | None
    communities: dict[Id, str]
    first_steps: FirstSteps
    coming: bool
    empty: bool

    @property
    def unread_topics(self) -> int:
        """Of all communities."""
        return sum(self.unread.values())


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Threads with something unread, what I follow first, then the latest; without muted ones.

    more: how many threads are not among them. communities: name by id, those that I belong to.
    """

    threads: tuple[ThreadNews, ...]
    posts: int
    more: int
    communities: dict[Id, str]


@dataclass(frozen=True, slots=True)
class NewPost:
    """Something to read: the opening (post None) or a reply."""

    post: Id | None
    author: str
    written: datetime
    body: str


@dataclass(frozen=True, slots=True)
class ThreadRead:
    """What is new in a thread, in the order in which it is read.

    opening: how it began, None if that is among the new. left_out: earlier new posts that are not
    among `posts`, because there are too many to read here. care: asked for with any of it.
    """

    topic: Id
    title: str
    opening: NewPost | None
    posts: tuple[NewPost, ...]
    left_out: int
    care: CareView | None = None


class PieceSort(StrEnum):
    """What a piece of ten minutes is."""

    WAITING = "waiting"
    THREAD = "thread"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the three things of ten minutes; one of waiting, thread is given, or neither.

    text: Markdown to read on the spot, may be empty. minutes: to read it, at least 1. care: asked
    for with it.
    """

    sort: PieceSort
    open_kind: str
    open_id: Id
    record: Id
    community: Id | None
    title: str
    text: str
    minutes: int
    waiting: Waiting | None = None
    thread: ThreadNews | None = None
    care: CareView | None = None

    @property
    def key(self) -> str:
        """What it is known by when it is skipped."""
        return f"{self.sort}:{self.record.hex()}"
