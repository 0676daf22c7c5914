"""Topics with something unread, told in a line each; and what is new in one, to be read at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Connection, func, select

from cop_desktop.services.batches import in_batches
from cop_desktop.services.care import CareView
from cop_desktop.services.discussions.listing import written_of
from cop_desktop.services.discussions.unread import Marks, marks_in, unread_in
from cop_desktop.services.following import Level, targets_at
from cop_desktop.services.home.cared import care_of
from cop_desktop.services.home.views import NewPost, ThreadNews, ThreadRead
from cop_desktop.services.reading import Names, moment, names_of, required_row, snippet
from cop_desktop.store import Replica
from cop_desktop.store.indexes import written_ms
from sync.core.ids import Id

MOST_READ: Final = 20
"""Replies of one thread that are read without opening it."""

_CHARACTERS_PER_WORD: Final = 6
_WHO: Final = (
    *("id", "topic", "created_by", "created_replica", "created_seq", "created_ms"),
    *("original_author", "original_moment"),
)

Line: TypeAlias = Mapping[Any, Any]
"""The row of a reply, or of a topic told as one."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Topics of one community with something unread, without those that I muted.

    counts: how many openings and replies. followed: I want to hear of these in any case.
    """

    space: Id
    counts: Mapping[Id, int]
    followed: frozenset[Id]


def unread_threads(replica: Replica, rows: Connection, space: Id) -> Unread:
    """What is unread in a community."""
    counts = unread_in(replica, rows, space)
    followed = set(rows.scalars(targets_at(replica, Level.FOLLOW)))
    return Unread(space, counts, frozenset(followed.intersection(counts)))


def latest_first(
    replica: Replica, rows: Connection, topics: Collection[Id], first: Collection[Id]
) -> list[Id]:
    """These topics, those of `first` before the others, then by their latest reply."""
    active: dict[Id, int] = {}
    table, posts = replica.tables["topic"], replica.tables["post"]
    written = written_ms(posts)
    replied = (
        select(func.max(written))
        .where(posts.c.topic == table.c.id, posts.c.trashed.is_(False))
        .correlate(table)
        .scalar_subquery()
    )
    activity = func.coalesce(replied, written_ms(table))
    for some in in_batches(sorted(topics)):
        query = select(table.c.id, activity).where(table.c.id.in_(some))
        active |= {row[0]: row[1] for row in rows.execute(query)}
    return sorted(active, key=lambda topic: (topic not in first, -active[topic], topic))


def told(
    replica: Replica, rows: Connection, topics: Sequence[Id], unread: Unread
) -> tuple[ThreadNews, ...]:
    """A line for each of these topics of a community, in this order."""
    table, posts = replica.tables["topic"], replica.tables["post"]
    query = select(table).where(table.c.id.in_(topics))
    heads = {row["id"]: row for row in rows.execute(query).mappings()}
    marks = marks_in(replica, rows, unread.space)
    columns = [*(posts.c[name] for name in _WHO), func.length(posts.c.body).label("size")]
    replies = _replies(replica, rows, topics, columns)
    fresh = {topic: _fresh(replica, marks, heads[topic], replies[topic]) for topic in topics}
    names = names_of(
        rows,
        replica.tables["member"],
        {row["created_by"] for found in fresh.values() for row in found},
    )
    latest = {found[-1]["id"] for found in fresh.values()}
    bodies = {
        row.id: row.body or ""
        for row in rows.execute(select(posts.c.id, posts.c.body).where(posts.c.id.in_(latest)))
    }
    sight = _Sight(unread, names, bodies, care_of(replica, rows, {*topics, *latest}))
    return tuple(sight.thread(heads[topic], fresh[topic]) for topic in topics if topic in heads)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the lines share. bodies: of the latest reply of each. care: with topics and replies."""

    unread: Unread
    names: Names
    bodies: Mapping[Id, str]
    care: Mapping[Id, CareView]

    def thread(self, topic: Line, fresh: Sequence[Line]) -> ThreadNews:
        """The line. fresh: what is new, earliest first; the topic itself among it or not."""
        last, first = fresh[-1], fresh[0]
        who = dict.fromkeys(self._author(row) for row in reversed(fresh))
        size = sum(row["size"] or 0 for row in fresh if row["id"] != topic["id"])
        if first["id"] == topic["id"]:
            size += len(topic["body"] or "")
        return ThreadNews(
            topic=topic["id"],
            community=self.unread.space,
            title=topic["title"] or "",
            activity=topic["activity"],
            about=snippet(topic["body"]),
            new=self.unread.counts.get(topic["id"], len(fresh)),
            who=tuple(who),
            latest=moment(written_of(last)),
            latest_words=snippet(self.bodies.get(last["id"], topic["body"])),
            first=None if first["id"] == topic["id"] else first["id"],
            followed=topic["id"] in self.unread.followed,
            words=size // _CHARACTERS_PER_WORD,
            care=self.care.get(topic["id"]) or self.care.get(last["id"]),
        )

    def _author(self, row: Line) -> str:
        return row["original_author"] or self.names.of(row["created_by"])


def _replies(
    replica: Replica,
    rows: Connection,
    topics: Collection[Id],
    columns: Sequence[ColumnElement[Any]],
) -> dict[Id, list[Line]]:
    """Topic → replies of others that are not in the trash, earliest first."""
    posts = replica.tables["post"]
    query = (
        select(*columns)
        .where(posts.c.topic.in_(topics), posts.c.trashed.is_(False))
        .order_by(written_ms(posts), posts.c.created_clock, posts.c.id)
    )
    found: defaultdict[Id, list[Line]] = defaultdict(list)
    for row in rows.execute(query).mappings():
        found[row["topic"]].append(row)
    return found


def _fresh(replica: Replica, marks: Marks, topic: Line, replies: Sequence[Line]) -> list[Line]:
    """What of a topic is above the read marks; of one kept unread at least the latest."""
    me = None if replica.account is None else replica.account.member
    both = [_as_reply(topic), *replies]
    fresh = [
        row
        for row in both
        if row["created_by"] != me
        and row["created_seq"] > marks.seq(topic["id"], row["created_replica"])
    ]
    return fresh or both[-1:]


def _as_reply(topic: Line) -> Line:
    """The opening looks like a reply but for its size, which is that of a text at hand."""
    return {**topic, "topic": topic["id"], "size": 0}


def read_here(replica: Replica, rows: Connection, topic: Id) -> ThreadRead:
    """What is new in a thread, with its text.

    Raises NotFound.
    """
    head = required_row(rows, replica.tables["topic"], topic)
    posts = replica.tables["post"]
    columns = [*(posts.c[name] for name in _WHO), posts.c.body]
    replies = _replies(replica, rows, [topic], columns)[topic]
    marks = marks_in(replica, rows, head["space"], topic)
    fresh = _fresh(replica, marks, head, replies)
    names = names_of(rows, replica.tables["member"], {row["created_by"] for row in (head, *fresh)})
    shown = fresh[-MOST_READ:]
    begins = shown[0]["id"] == topic
    care = care_of(replica, rows, [topic, *(row["id"] for row in shown)])
    return ThreadRead(
        topic=topic,
        title=head["title"] or "",
        opening=None if begins else _post(head, topic, names),
        posts=tuple(_post(row, topic, names) for row in shown),
        left_out=len(fresh) - len(shown),
        care=care.get(topic) or next(iter(care.values()), None),
    )


def _post(row: Line, topic: Id, names: Names) -> NewPost:
    return NewPost(
        post=None if row["id"] == topic else row["id"],
        author=row["original_author"] or names.of(row["created_by"]),
        written=moment(written_of(row)),
        body=row["body"] or "",
    )
