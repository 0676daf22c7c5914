"""The list of topics: one query settles the order, others fill only the lines that are shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, ScalarSelect, Table, func, select

from cop_desktop.services.batches import in_batches
from cop_desktop.services.care import CareView, care_for
from cop_desktop.services.discussions.rows import TopicFilter, TopicRow
from cop_desktop.services.discussions.unread import unread_in
from cop_desktop.services.following import Level, levels_of, targets_at
from cop_desktop.services.meetings.local_time import day_of, read_day, zone_named
from cop_desktop.services.reading import Names, elements, moment, names_of, snippet
from cop_desktop.store import ItemState, Replica
from cop_desktop.store.indexes import written_ms
from cop_desktop.store.speaking import records_speaking_of
from sync.core.ids import Id


def ordered_topics(replica: Replica, rows: Connection, space: Id, wanted: TopicFilter) -> list[Id]:
    """The topics of a space that pass the filter: pinned first, then by latest activity."""
    topics, posts = replica.tables["topic"], replica.tables["post"]
    replied = select(written_ms(posts)).where(posts.c.id == _latest_reply(topics, posts))
    activity = func.coalesce(replied.scalar_subquery(), written_ms(topics))
    query = select(topics.c.id).where(topics.c.space == space, topics.c.trashed.is_(False))
    if wanted.activity:
        query = query.where(topics.c.activity == wanted.activity)
    if wanted.tag:
        tags = func.json_each(topics.c.tags).table_valued("value")
        query = query.where(select(tags).where(tags.c.value == wanted.tag).exists())
    if wanted.ended is not None:
        query = query.where(topics.c.ended.is_(True) == wanted.ended)
    if wanted.level is not None:
        query = query.where(topics.c.id.in_(targets_at(replica, wanted.level)))
    query = query.order_by(topics.c.pinned.is_(True).desc(), activity.desc(), topics.c.id)
    found = rows.scalars(query).all()
    for chosen in _chosen(replica, rows, space, wanted):
        found = [topic for topic in found if topic in chosen]
    return list(found)


def _chosen(
    replica: Replica, rows: Connection, space: Id, wanted: TopicFilter
) -> list[Collection[Id]]:
    """What the parts of a filter that are no matter of columns leave of a space's topics."""
    chosen: list[Collection[Id]] = []
    if wanted.unread_only:
        chosen.append(unread_in(replica, rows, space))
    if wanted.text.strip():
        chosen.append(_speaking_of(replica, rows, space, wanted.text))
    return chosen


def _speaking_of(replica: Replica, rows: Connection, space: Id, words: str) -> Collection[Id]:
    """The topics in which, or in whose replies, these words occur."""
    found = records_speaking_of(rows, words, ("topic", "post"), space)
    posts, topics = replica.tables["post"].c, set(found["topic"])
    for some in in_batches(found["post"]):
        topics.update(rows.scalars(select(posts.topic).where(posts.id.in_(some)).distinct()))
    return topics


def _latest_reply(topics: Table, posts: Table) -> ScalarSelect[Id]:
    """The id of a topic's latest reply, as a column of a query over topics."""
    return (
        select(posts.c.id)
        .where(posts.c.topic == topics.c.id, posts.c.trashed.is_(False))
        .order_by(written_ms(posts).desc())
        .limit(1)
        .correlate(topics)
        .scalar_subquery()
    )


def topic_rows(
    replica: Replica, rows: Connection, space: Id, shown: Sequence[Id]
) -> tuple[TopicRow, ...]:
    """What the list shows of these topics of a space, in this order."""
    table, replies = replica.tables["topic"], replica.tables["post"]
    latest = _latest_reply(table, replies).label("latest")
    found = rows.execute(select(table, latest).where(table.c.id.in_(shown))).mappings().all()
    topics = {row["id"]: row for row in found}
    posts = _by_id(rows, replies, [row["latest"] for row in found if row["latest"]])
    writers = {row["created_by"] for row in (*found, *posts.values())}
    sight = _Sight(
        names_of(rows, replica.tables["member"], writers),
        posts,
        _post_counts(rows, replies, shown),
        unread_in(replica, rows, space, shown),
        replica.item_states(shown),
        levels_of(replica, rows, shown),
        care_for(replica, rows, [*shown, *posts]),
        today_of(replica),
    )
    return tuple(_topic_row(topics[topic], sight) for topic in shown)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the lines of one page share."""

    names: Names
    latest: Mapping[Id, RowMapping]
    posts: Mapping[Id, int]
    unread: Mapping[Id, int]
    states: Mapping[Id, ItemState]
    levels: Mapping[Id, Level]
    care: Mapping[Id, CareView]
    today: date


def _topic_row(topic: RowMapping, sight: _Sight) -> TopicRow:
    last = sight.latest.get(topic["latest"], topic)
    started, answered = written_of(topic), written_of(last)
    return TopicRow(
        id=topic["id"],
        title=topic["title"] or "",
        activity=topic["activity"],
        author=topic["original_author"] or sight.names.of(topic["created_by"]),
        started=moment(started),
        last_post_at=moment(max(started, answered)),
        last_author=last["original_author"] or sight.names.of(last["created_by"]),
        posts=sight.posts.get(topic["id"], 0),
        unread=sight.unread.get(topic["id"], 0),
        pinned=bool(topic["pinned"]),
        locked=bool(topic["locked"]),
        resolved=topic["answer"] is not None,
        tags=elements(topic["tags"]),
        snippet=snippet(last["body"]),
        state=sight.states[topic["id"]],
        two_versions=topic["versions"] > 0,
        needed_by=read_day(topic["needed_by"]),
        is_overdue=is_overdue(topic, sight.today),
        ended=bool(topic["ended"]),
        level=sight.levels.get(topic["id"], Level.USUAL),
        care=sight.care.get(topic["id"]),
        last_care=sight.care.get(last["id"]),
    )


def today_of(replica: Replica) -> date:
    """The day it is now in Darwin."""
    return day_of(moment(replica.now_ms()), zone_named(None))


def is_overdue(topic: RowMapping, today: date) -> bool:
    """Whether a topic is still waiting although the day it is needed by is over."""
    day = read_day(topic["needed_by"])
    return day is not None and day < today and not topic["ended"] and topic["answer"] is None


def written_of(row: Mapping[Any, Any]) -> int:
    """`written_ms` of a row that is here already."""
    created: int = row["created_ms"]
    return min(created, created if row["original_moment"] is None else row["original_moment"])


def _by_id(rows: Connection, table: Table, wanted: Collection[Id]) -> dict[Id, RowMapping]:
    query = select(table).where(table.c.id.in_(wanted))
    return {row["id"]: row for row in rows.execute(query).mappings().all()}


def _post_counts(rows: Connection, posts: Table, topics: Collection[Id]) -> dict[Id, int]:
    query = (
        select(posts.c.topic, func.count())
        .where(posts.c.topic.in_(topics), posts.c.trashed.is_(False))
        .group_by(posts.c.topic)
    )
    return {row[0]: row[1] for row in rows.execute(query).all()}
