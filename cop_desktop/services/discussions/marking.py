"""Writing read marks, and finding what to read next."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from cop_desktop.services.discussions.listing import ordered_topics
from cop_desktop.services.discussions.rows import NextUnread, TopicFilter
from cop_desktop.services.discussions.thread import read_thread
from cop_desktop.services.discussions.unread import marks_in, unread_in
from cop_desktop.services.following import Level, targets_at
from cop_desktop.store import Action, Replica
from sync.catalogue.discussions import REACTION
from sync.catalogue.personal import READ_MARK
from sync.core.ids import Id


def next_unread(
    replica: Replica, rows: Connection, space: Id, after: Id | None
) -> NextUnread | None:
    """The first thing unread in the topics behind `after`, then in those from the list's head."""
    unread = unread_in(replica, rows, space)
    if not unread:
        return None
    order = ordered_topics(replica, rows, space, TopicFilter())
    start = order.index(after) + 1 if after in order else 0
    topic = next((t for t in (*order[start:], *order[:start]) if t in unread), None)
    if topic is None:
        return None
    thread = read_thread(replica, rows, topic)
    if thread.topic.unread:
        return NextUnread(topic, None)
    return NextUnread(topic, next((post.id for post in thread.posts if post.unread), None))


def mark_topic(replica: Replica, action: Action, topic: RowMapping) -> None:
    """Raise the mark of a topic to all that is here of it."""
    topics, posts = replica.tables["topic"], replica.tables["post"]
    latest = _latest(replica, action.rows, topics.c.id == topic["id"], posts.c.topic == topic["id"])
    marks = marks_in(replica, action.rows, topic["space"], topic["id"])
    above = {writer: seq for writer, seq in latest.items() if seq > marks.seq(topic["id"], writer)}
    kept = topic["id"] in marks.kept
    if above or kept:
        fields = {"read": above or None, "kept_unread": False if kept else None}
        _write(replica, action, topic["id"], fields)


def mark_space(replica: Replica, action: Action, space: Id) -> None:
    """Raise the mark of a whole space to all that is here of its discussions."""
    topics, posts = replica.tables["topic"], replica.tables["post"]
    latest = _latest(replica, action.rows, topics.c.space == space, posts.c.space == space)
    marks = marks_in(replica, action.rows, space)
    above = {writer: seq for writer, seq in latest.items() if seq > marks.space.get(writer, 0)}
    if above and _is_unread(replica, action.rows, space):
        _write(replica, action, space, {"read": above})
    for topic in sorted(marks.kept):
        _write(replica, action, topic, {"kept_unread": False})


def _is_unread(replica: Replica, rows: Connection, space: Id) -> bool:
    """Whether anything in a space is unread, muted topics included."""
    muted = list(rows.scalars(targets_at(replica, Level.MUTE)))
    return bool(unread_in(replica, rows, space) or unread_in(replica, rows, space, muted))


def keep(replica: Replica, action: Action, topic: Id) -> None:
    """Keep a topic unread."""
    _write(replica, action, topic, {"kept_unread": True})


def has_reacted(replica: Replica, rows: Connection, space: Id, reaction: Mapping[str, Any]) -> bool:
    """Whether there is a record of this reaction, given or taken back."""
    record = REACTION.id_for(space, *(reaction[name] for name in REACTION.key))
    table = replica.tables["reaction"]
    return rows.scalar(select(table.c.id).where(table.c.id == record)) is not None


def _latest(
    replica: Replica,
    rows: Connection,
    of_topics: ColumnElement[bool],
    of_posts: ColumnElement[bool],
) -> dict[Id, int]:
    """Replica → the latest of its groups by which somebody else made one of these records."""
    latest: dict[Id, int] = {}
    me = None if replica.account is None else replica.account.member
    for name, which in (("topic", of_topics), ("post", of_posts)):
        made = replica.tables[name].c
        query = select(made.created_replica, func.max(made.created_seq)).where(
            which, made.created_by != me
        )
        for writer, seq in rows.execute(query.group_by(made.created_replica)):
            latest[writer] = max(seq, latest.get(writer, 0))
    return latest


def _write(replica: Replica, action: Action, target: Id, fields: Mapping[str, Any]) -> None:
    account = replica.account
    if account is not None:
        action.create(READ_MARK.name, account.personal, {"target": target, **fields})
