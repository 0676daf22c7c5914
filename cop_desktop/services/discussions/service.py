"""Discussions: each verb one transaction, each reading one moment of the database."""

from datetime import date

from sqlalchemy import RowMapping

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.checks import checked, checked_choice, checked_set
from cop_desktop.services.discussions import marking
from cop_desktop.services.discussions.listing import ordered_topics, topic_rows
from cop_desktop.services.discussions.rows import (
    NewTopic,
    NextUnread,
    Posted,
    Started,
    Thread,
    TopicEdit,
    TopicFilter,
    TopicRow,
    UnreadCounts,
)
from cop_desktop.services.discussions.thread import read_thread
from cop_desktop.services.discussions.unread import unread_in
from cop_desktop.services.entered import entered_texts
from cop_desktop.services.errors import AlreadySent, NotAllowed, NotFound, Why
from cop_desktop.services.following import Following, Level
from cop_desktop.services.reading import required_row, tags_in
from cop_desktop.services.records import Records
from cop_desktop.services.versions import Seen
from cop_desktop.store import Action, Changed, ItemState
from sync.core.ids import Id


class Discussions(Records):
    """Topics and replies of the communities on this replica.

    Verbs raise NotFound, NotAllowed, Empty, TooLong, NotAChoice; nothing is written then.
    """

    def topics(
        self, space: Id, *, wanted: TopicFilter | None = None, limit: int = 200, offset: int = 0
    ) -> tuple[TopicRow, ...]:
        """Part of the list of topics: pinned first, then by latest activity."""
        with self._replica.read() as rows:
            found = ordered_topics(self._replica, rows, space, wanted or TopicFilter())
            return topic_rows(self._replica, rows, space, found[offset : offset + limit])

    def tags(self, space: Id) -> tuple[str, ...]:
        """The tags that topics of a community have, in order of the alphabet."""
        with self._replica.read() as rows:
            return tags_in(rows, self._replica.tables["topic"], space)

    def thread(self, topic: Id) -> Thread:
        """A topic and its replies, each after the one it answers.

        Raises NotFound.
        """
        with self._replica.read() as rows:
            return read_thread(self._replica, rows, topic)

    def unread_counts(self, space: Id) -> UnreadCounts:
        """How much of a community is unread."""
        with self._replica.read() as rows:
            counts = unread_in(self._replica, rows, space)
        return UnreadCounts(len(counts), sum(counts.values()))

    def next_unread(self, space: Id, after: Id | None = None) -> NextUnread | None:
        """Where to go on reading; None if everything is read.

        after: the topic that is shown now; the list is gone through from there, then from its head.
        """
        with self._replica.read() as rows:
            return marking.next_unread(self._replica, rows, space, after)

    def start_topic(self, space: Id, topic: NewTopic) -> Started:
        """Start a topic in a community."""
        fields = {
            "title": checked("topic", "title", topic.title),
            "body": checked("topic", "body", topic.body) or None,
            "activity": checked_choice("topic", "activity", topic.activity),
            "tags": list(checked_set("topic", "tags", topic.tags)),
            "needed_by": _day(topic.needed_by),
        }
        with self._replica.write() as action:
            started = action.create("topic", space, fields)
        return Started(started, action.changed)

    def reply(self, topic: Id, body: str, parent: Id | None = None) -> Posted:
        """Reply to a topic, or to a reply in it.

        Raises NotAllowed if the topic is locked or in the trash.
        """
        text = checked("post", "body", body)
        with self._replica.write() as action:
            head, me = self._found(action, "topic", topic)
            if head["trashed"]:
                raise NotAllowed(Why.IN_TRASH)
            if head["locked"] and not me.is_facilitator:
                raise NotAllowed(Why.LOCKED)
            fields = {"topic": topic, "parent": parent, "body": text}
            post = action.create("post", head["space"], fields)
        return Posted(post, action.changed)

    def edit_topic(self, topic: Id, edit: TopicEdit, seen: Seen | None = None) -> Changed:
        """Change a topic. seen: as it was when the editor opened (`seen`).

        What somebody else changed in the same field since is kept as a second version.
        """
        fields = _fields_of(edit)
        with self._replica.write() as action:
            head, me = self._found(action, "topic", topic)
            me.must_change("topic", head)
            action.set("topic", topic, fields, seen=seen)
        return action.changed

    def edit_post(self, post: Id, body: str, seen: Seen | None = None) -> Changed:
        """Give a reply another text; the old one stays in its history. seen: as in `edit_topic`."""
        text = checked("post", "body", body)
        with self._replica.write() as action:
            row, me = self._found(action, "post", post)
            me.must_change("post", row)
            action.set("post", post, {"body": text}, seen=seen)
        return action.changed

    def react(self, target: Id, sort: str, *, given: bool = True) -> Changed:
        """Give a topic or reply a reaction of mine, or take it back."""
        checked_choice("reaction", "sort", sort)
        with self._replica.write() as action:
            row, me = self._target(action, target)
            fields = {"target": target, "member": me.member, "sort": sort, "given": given}
            if given or marking.has_reacted(self._replica, action.rows, row["space"], fields):
                action.create("reaction", row["space"], fields)
        return action.changed

    def resolve(self, topic: Id, post: Id | None) -> Changed:
        """Say which reply answered a topic; None: none did."""
        with self._replica.write() as action:
            head, me = self._found(action, "topic", topic)
            me.must_change("topic", head)
            if post is not None and self._found(action, "post", post)[0]["topic"] != topic:
                raise NotFound("post", post)
            action.set("topic", topic, {"answer": post})
        return action.changed

    def end_topic(self, topic: Id, outcome: str | None = None, seen: Seen | None = None) -> Changed:
        """Say that what a topic was for is done, and what came of it; it goes on taking replies.

        outcome: None leaves what was said before. seen: as in `edit_topic`.
        """
        fields = {"ended": True, **entered_texts("topic", {"outcome": outcome})}
        with self._replica.write() as action:
            head, me = self._found(action, "topic", topic)
            me.must_change("topic", head)
            action.set("topic", topic, fields, seen=seen)
        return action.changed

    def reopen_topic(self, topic: Id) -> Changed:
        """Say that a topic goes on; what came of it so far is kept for its next ending."""
        with self._replica.write() as action:
            head, me = self._found(action, "topic", topic)
            me.must_change("topic", head)
            action.set("topic", topic, {"ended": False})
        return action.changed

    def follow(self, topic: Id, level: Level) -> Changed:
        """Follow a topic, mute it, or neither; nobody else learns of it."""
        return Following(self._replica).set_level(topic, level)

    def pin(self, topic: Id, *, pinned: bool = True) -> Changed:
        """Keep a topic at the head of everybody's list; facilitators only."""
        return self._moderate(topic, "pinned", pinned)

    def lock(self, topic: Id, *, locked: bool = True) -> Changed:
        """Take no more replies to a topic; facilitators only."""
        return self._moderate(topic, "locked", locked)

    def is_waiting(self, post: Id) -> bool:
        """Whether the latest change of a reply or topic has not left this computer."""
        return self._replica.item_state(post) is ItemState.WAITING

    def recall(self, post: Id) -> Changed:
        """Take a reply or topic of mine back that has not left this computer.

        Raises AlreadySent.
        """
        if not self.is_waiting(post):
            raise AlreadySent
        return self.move_to_trash(post)

    def mark_read(self, topic: Id) -> Changed:
        """Everything in the topic that is here now is read; nothing is written if it was."""
        with self._replica.write() as action:
            head, _ = self._found(action, "topic", topic)
            marking.mark_topic(self._replica, action, head)
        return action.changed

    def mark_all_read(self, space: Id) -> Changed:
        """Everything in the community that is here now is read, and nothing is kept unread."""
        with self._replica.write() as action:
            marking.mark_space(self._replica, action, space)
        return action.changed

    def keep_unread(self, topic: Id) -> Changed:
        """Show the topic as unread until it is read again."""
        with self._replica.write() as action:
            self._found(action, "topic", topic)
            marking.keep(self._replica, action, topic)
        return action.changed

    def _moderate(self, topic: Id, field: str, flag: bool) -> Changed:
        with self._replica.write() as action:
            _, me = self._found(action, "topic", topic)
            me.must_facilitate()
            action.set("topic", topic, {field: flag})
        return action.changed

    def _found(self, action: Action, kind: str, record: Id) -> tuple[RowMapping, Me]:
        row = required_row(action.rows, self._replica.tables[kind], record)
        return row, me_in(self._replica, action.rows, row["space"])

    def _target(self, action: Action, record: Id) -> tuple[RowMapping, Me]:
        try:
            return self._found(action, "post", record)
        except NotFound:
            return self._found(action, "topic", record)


def _fields_of(edit: TopicEdit) -> dict[str, object]:
    fields: dict[str, object] = {}
    if edit.title is not None:
        fields["title"] = checked("topic", "title", edit.title)
    if edit.body is not None:
        fields["body"] = checked("topic", "body", edit.body)
    if edit.activity is not None:
        fields["activity"] = checked_choice("topic", "activity", edit.activity)
    if edit.tags is not None:
        fields["tags"] = list(checked_set("topic", "tags", edit.tags))
    if edit.needed_by is not None or edit.no_day:
        fields["needed_by"] = _day(edit.needed_by)
    return fields


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
