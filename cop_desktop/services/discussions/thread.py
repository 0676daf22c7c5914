"""One topic with its replies, as they are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.access import Me, Rights, me_in
from cop_desktop.services.attachments import FileView, files_of
from cop_desktop.services.care import CareView, care_for
from cop_desktop.services.discussions.listing import is_overdue, today_of, written_of
from cop_desktop.services.discussions.ordering import Placed, in_reading_order
from cop_desktop.services.discussions.reactions import reactions_to
from cop_desktop.services.discussions.rows import PostView, ReactionCount, Thread, TopicView
from cop_desktop.services.discussions.unread import Marks, marks_in
from cop_desktop.services.following import Level, levels_of
from cop_desktop.services.meetings.local_time import read_day
from cop_desktop.services.reading import (
    Names,
    elements,
    moment,
    moment_or_none,
    names_of,
    received_of,
    required_row,
    state_of_row,
)
from cop_desktop.store import ItemState, Replica
from sync.catalogue.discussions import TOPIC
from sync.core.clock import Stamp, wall_ms_of
from sync.core.ids import Id
from sync.core.merge import Register, Version


def read_thread(replica: Replica, rows: Connection, topic: Id) -> Thread:
    """A topic and all replies that are here, in the trash or not.

    Raises NotFound.
    """
    head = required_row(rows, replica.tables["topic"], topic)
    posts = _posts(replica, rows, topic)
    sight = _sight(replica, rows, head, posts)
    order = in_reading_order([(post["id"], post["parent"]) for post in posts.values()])
    shown = _without_trash(order, posts)
    return Thread(
        _topic_view(head, sight),
        tuple(_post_view(place, posts[place.id], sight) for place in shown),
    )


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the topic and its replies share."""

    me: Me
    marks: Marks
    names: Names
    answer: Id | None
    reactions: Mapping[Id, tuple[ReactionCount, ...]]
    files: Mapping[Id, tuple[FileView, ...]]
    states: Mapping[Id, ItemState]
    received: Mapping[Id, int]
    care: Mapping[Id, CareView]
    level: Level
    today: date

    def is_unread(self, topic: Id, row: RowMapping) -> bool:
        """Whether somebody else wrote it above the read mark."""
        mark, seq = self.marks.seq(topic, row["created_replica"]), row["created_seq"]
        return bool(row["created_by"] != self.me.member and seq > mark)

    def rights(self, kind: str, row: RowMapping) -> Rights:
        """What I may do with a topic or reply."""
        mine = row["created_by"] == self.me.member
        return Rights(
            change=self.me.may_change(kind, row) and not row["trashed"],
            remove=self.me.may_delete(kind, row),
            recall=mine and not row["trashed"] and self.states[row["id"]] is ItemState.WAITING,
        )

    def care_with(self, record: Id) -> CareView | None:
        """Asked for with a topic or reply, or with a file of it."""
        either = (record, *(file.id for file in self.files.get(record, ())))
        return next((self.care[one] for one in either if one in self.care), None)

    def received_at(self, record: Id) -> datetime | None:
        """When the server took it, None if that is not known."""
        return moment_or_none(self.received.get(record) or None)


def _posts(replica: Replica, rows: Connection, topic: Id) -> dict[Id, RowMapping]:
    table = replica.tables["post"]
    query = select(table).where(table.c.topic == topic)
    found = sorted(rows.execute(query).mappings(), key=_earliest_first)
    return {row["id"]: row for row in found}


def _earliest_first(row: RowMapping) -> tuple[int, int, Id]:
    """By the clock that respects causality, for what was first written elsewhere by that moment."""
    clock: int = row["created_clock"]
    original = row["original_moment"]
    written = wall_ms_of(clock) if original is None else min(original, wall_ms_of(clock))
    return written, clock, row["id"]


def _sight(
    replica: Replica, rows: Connection, head: RowMapping, posts: Mapping[Id, RowMapping]
) -> _Sight:
    ids = [head["id"], *posts]
    writers = {row["created_by"] for row in (head, *posts.values())}
    topics, replies = replica.tables["topic"], replica.tables["post"]
    received = received_of(rows, topics, topics.c.id == head["id"])
    received |= received_of(rows, replies, replies.c.topic == head["id"])
    files = files_of(replica, rows, ids)
    flagged = [*ids, *(file.id for each in files.values() for file in each)]
    return _Sight(
        me=me_in(replica, rows, head["space"]),
        marks=marks_in(replica, rows, head["space"], head["id"]),
        names=names_of(rows, replica.tables["member"], writers),
        answer=head["answer"],
        reactions=reactions_to(replica, rows, ids),
        files=files,
        states=replica.item_states(ids),
        received=received,
        care=care_for(replica, rows, flagged),
        level=levels_of(replica, rows, (head["id"],)).get(head["id"], Level.USUAL),
        today=today_of(replica),
    )


def _without_trash(order: list[Placed], posts: Mapping[Id, RowMapping]) -> list[Placed]:
    """Without replies in the trash, but for those that have others under them that are not."""
    kept: list[Placed] = []
    for place in reversed(order):
        is_followed = bool(kept) and kept[-1].depth > place.depth
        if is_followed or not posts[place.id]["trashed"]:
            kept.append(place)
    return kept[::-1]


def _topic_view(row: RowMapping, sight: _Sight) -> TopicView:
    topic = row["id"]
    return TopicView(
        id=topic,
        space=row["space"],
        title=row["title"] or "",
        body=row["body"] or "",
        activity=row["activity"],
        tags=elements(row["tags"]),
        author=row["original_author"] or sight.names.of(row["created_by"]),
        author_id=row["created_by"],
        original_author=row["original_author"],
        written=moment(written_of(row)),
        received=sight.received_at(topic),
        edited=_text_edited(row),
        reactions=sight.reactions.get(topic, ()),
        attachments=sight.files.get(topic, ()),
        unread=sight.is_unread(topic, row),
        kept_unread=topic in sight.marks.kept,
        pinned=bool(row["pinned"]),
        locked=bool(row["locked"]),
        answer=row["answer"],
        can_reply=not row["trashed"] and (not row["locked"] or sight.me.is_facilitator),
        can_moderate=sight.me.is_facilitator,
        trashed=row["trashed"],
        rights=sight.rights("topic", row),
        state=sight.states[topic],
        two_versions=row["versions"] > 0,
        needed_by=read_day(row["needed_by"]),
        is_overdue=is_overdue(row, sight.today),
        ended_at=_ended_at(row),
        outcome=row["outcome"] or "",
        level=sight.level,
        care=sight.care_with(topic),
    )


def _post_view(place: Placed, row: RowMapping, sight: _Sight) -> PostView:
    trashed = bool(row["trashed"])
    return PostView(
        id=place.id,
        parent=row["parent"],
        parent_missing=place.parent_missing,
        depth=place.depth,
        author=row["original_author"] or sight.names.of(row["created_by"]),
        author_id=row["created_by"],
        original_author=row["original_author"],
        written=moment(written_of(row)),
        received=sight.received_at(place.id),
        edited=_edited(row),
        body="" if trashed else row["body"] or "",
        reactions=() if trashed else sight.reactions.get(place.id, ()),
        attachments=() if trashed else sight.files.get(place.id, ()),
        unread=not trashed and sight.is_unread(row["topic"], row),
        is_answer=place.id == sight.answer,
        trashed=trashed,
        rights=sight.rights("post", row),
        state=sight.states[place.id],
        two_versions=row["versions"] > 0,
        care=None if trashed else sight.care_with(place.id),
    )


def _edited(row: RowMapping) -> datetime | None:
    was_edited = row["edited_clock"] > row["created_clock"]
    return moment(row["edited_ms"]) if was_edited else None


def _text_edited(row: RowMapping) -> datetime | None:
    """When title or body of a topic were last edited: pinning one or resolving it is no edit."""
    latest = _latest_of(row, ("title", "body"))
    if latest is None or latest.stamp.clock <= row["created_clock"]:
        return None
    return moment(latest.written_ms)


def _ended_at(row: RowMapping) -> datetime | None:
    """When somebody said that a topic is ended; None while it is not."""
    latest = _latest_of(row, ("ended",)) if row["ended"] else None
    return None if latest is None else moment(latest.written_ms)


def _latest_of(row: RowMapping, names: tuple[str, ...]) -> Version | None:
    """What was last written into these fields of a topic."""
    fields = state_of_row(TOPIC, row).fields
    registers = (fields.get(TOPIC.by_name[name].number) for name in names)
    versions = [
        v for register in registers if isinstance(register, Register) for v in register.versions
    ]
    return max(versions, key=_stamp_of, default=None)


def _stamp_of(version: Version) -> Stamp:
    return version.stamp
