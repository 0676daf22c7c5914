"""What a member has not read: groups above the read marks, by somebody else.

A mark (`sync.catalogue.personal.READ_MARK`) says, per replica, up to which of its groups a topic
was read. A mark on the space counts for all its topics: "everything is read" costs one small group.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, Select, func, or_, select

from cop_desktop.services.batches import in_batches
from cop_desktop.services.following import Level, targets_at
from cop_desktop.store import Replica
from cop_desktop.store.rows import decode_high
from sync.core.ids import Id

Seqs = Mapping[Id, int]
"""Replica → `seq` of one of its groups."""
_NONE: Final[Seqs] = {}


@dataclass(frozen=True, slots=True)
class Marks:
    """How far one member has read. space: counts for every topic; kept: topics kept unread."""

    space: Seqs = field(default_factory=dict)
    topics: Mapping[Id, Seqs] = field(default_factory=dict)
    kept: frozenset[Id] = frozenset()

    def seq(self, topic: Id, replica: Id) -> int:
        """The latest group of that replica that was read in the topic, 0 for none."""
        of_topic = self.topics.get(topic, _NONE).get(replica, 0)
        return max(of_topic, self.space.get(replica, 0))


def marks_in(replica: Replica, rows: Connection, space: Id, topic: Id | None = None) -> Marks:
    """The marks on the space's topics, or on one topic alone, and on the space itself."""
    account = replica.account
    if account is None:
        return Marks()
    marks, topics = replica.tables["read_mark"], replica.tables["topic"]
    query = select(marks.c.target, marks.c.read, marks.c.kept_unread).where(
        marks.c.space == account.personal, marks.c.trashed.is_(False)
    )
    if topic is not None:
        query = query.where(marks.c.target.in_((space, topic)))
    else:
        in_space = select(topics.c.id).where(topics.c.space == space)
        query = query.where(or_(marks.c.target == space, marks.c.target.in_(in_space)))
    found = {row.target: row for row in rows.execute(query)}
    read = {target: decode_high(row.read) for target, row in found.items()}
    kept = frozenset(target for target, row in found.items() if row.kept_unread)
    return Marks(read.pop(space, {}), read, kept)


def unread_in(
    replica: Replica,
    rows: Connection,
    space: Id,
    among: Collection[Id] | None = None,
) -> dict[Id, int]:
    """Topics of the space with something unread → how many openings and replies, at least 1.

    among: look at these topics alone; of all, those in the trash and those that the member has
    muted are left out.
    """
    marks = marks_in(replica, rows, space)
    counts: defaultdict[Id, int] = defaultdict(int)
    partly: dict[tuple[Id, Id], int] = {}
    openings = list(_openings(replica, rows, space, among))
    if among is None:
        openings = _without_muted(replica, rows, openings)
    here = {topic for topic, _, _, _ in openings}
    for topic, writer, last, posts in (*openings, *_replies(replica, rows, space, among)):
        mark = marks.seq(topic, writer)
        if topic not in here or last <= mark:
            continue
        if mark == 0 or posts == 1:
            counts[topic] += posts
        else:
            partly[topic, writer] = mark
    for topic, posts in _counted(replica, rows, partly).items():
        counts[topic] += posts
    for topic in marks.kept & here:
        counts[topic] = max(counts[topic], 1)
    return {topic: count for topic, count in counts.items() if count}


Summary = tuple[Id, Id, int, int]
"""Topic, replica, the latest `seq` of its groups there, number of posts."""


def _without_muted(replica: Replica, rows: Connection, openings: list[Summary]) -> list[Summary]:
    muted = set(rows.scalars(targets_at(replica, Level.MUTE)))
    return [summary for summary in openings if summary[0] not in muted]


def _openings(
    replica: Replica, rows: Connection, space: Id, among: Collection[Id] | None
) -> list[Summary]:
    """One per topic; `seq` 0 for one's own, which is never unread."""
    topics = replica.tables["topic"]
    query = select(
        topics.c.id, topics.c.created_replica, topics.c.created_seq, topics.c.created_by
    ).where(topics.c.space == space, topics.c.trashed.is_(False))
    me = _me(replica)
    found = rows.execute(query if among is None else query.where(topics.c.id.in_(among)))
    return [
        (row.id, row.created_replica, 0 if row.created_by == me else row.created_seq, 1)
        for row in found
    ]


def _replies(
    replica: Replica, rows: Connection, space: Id, among: Collection[Id] | None
) -> list[Summary]:
    posts, topics = replica.tables["post"], replica.tables["topic"]
    query: Select[Id, Id, int, int] = (
        select(
            posts.c.topic,
            posts.c.created_replica,
            func.max(posts.c.created_seq),
            func.count(),
        )
        .where(posts.c.trashed.is_(False), posts.c.created_by != _me(replica))
        .group_by(posts.c.topic, posts.c.created_replica)
    )
    if among is None:
        query = query.where(posts.c.topic.in_(select(topics.c.id).where(topics.c.space == space)))
    else:
        query = query.where(posts.c.topic.in_(among))
    return [(row[0], row[1], row[2], row[3]) for row in rows.execute(query).all()]


def _counted(
    replica: Replica, rows: Connection, partly: Mapping[tuple[Id, Id], int]
) -> dict[Id, int]:
    """Topic → replies above the mark, for topics of which a replica's replies are read in part."""
    counts: defaultdict[Id, int] = defaultdict(int)
    wanted = sorted({topic for topic, _ in partly})
    posts = replica.tables["post"]
    for some in in_batches(wanted):
        query = select(posts.c.topic, posts.c.created_replica, posts.c.created_seq).where(
            posts.c.topic.in_(some),
            posts.c.trashed.is_(False),
            posts.c.created_by != _me(replica),
        )
        for topic, writer, seq in rows.execute(query):
            mark = partly.get((topic, writer))
            counts[topic] += mark is not None and seq > mark
    return counts


def _me(replica: Replica) -> Id:
    account = replica.account
    return b"" if account is None else account.member
