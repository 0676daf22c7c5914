"""Where others mentioned me and I have not answered yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, RowMapping, func, select

from cop_desktop.services.home.views import Waiting, WaitingSort
from cop_desktop.services.mentions import Mentions
from cop_desktop.services.reading import moment, names_of, snippet
from cop_desktop.store import Account, Action, Found, Replica, Words
from cop_desktop.store.rows import decode_high
from sync.catalogue.personal import READ_MARK
from sync.core.ids import Id

WAITS_FOR: Final = timedelta(days=180)
"""Nobody waits longer than this for an answer."""

_MOST: Final = 200
"""How many of the newest places with my name in them are looked at."""


def mentions_of_me(replica: Replica, rows: Connection) -> list[Waiting]:
    """Openings and replies in which somebody mentioned me, newest first.

    Those are left out that I reacted to, that I wrote something after in the same topic, or that I
    said need no answer.
    """
    account = replica.account
    hits = {hit.record: hit for hit in _with_my_name(replica, rows)}
    if account is None or not hits:
        return []
    members = replica.tables["member"]
    known = rows.execute(select(members.c.id, members.c.name))
    mentions = Mentions({row.id: row.name for row in known if row.name})
    found = [
        row
        for row in _written(replica, rows, list(hits))
        if row["created_by"] != account.member
        and account.member in mentions.of(f"{row['title']}\n{row['body']}")
    ]
    answers = _Answers.to(replica, rows, account, found)
    return _told(replica, rows, hits, [row for row in found if not answers.cover(row)])


def no_answer_needed(action: Action, personal: Id, row: RowMapping) -> None:
    """Note on all my computers that a mention is dealt with."""
    read = {row["created_replica"]: row["created_seq"]}
    fields = {"target": answer_mark(personal, row["id"]), "read": read}
    action.create(READ_MARK.name, personal, fields)


def answer_mark(personal: Id, record: Id) -> Id:
    """What the read mark is on that says that a mention is dealt with.

    Not on the record itself: how much of a topic was read is no answer.
    """
    return READ_MARK.id_for(personal, record)


def _with_my_name(replica: Replica, rows: Connection) -> list[Found]:
    account, table = replica.account, replica.tables["member"]
    if account is None:
        return []
    name = rows.scalar(select(table.c.name).where(table.c.id == account.member))
    words = Words(phrases=(name or account.member_name,))
    found = replica.search(words, kinds=("topic", "post"), limit=_MOST)
    oldest = replica.now_ms() - WAITS_FOR // timedelta(milliseconds=1)
    return [hit for hit in found if hit.moment >= oldest]


def _written(replica: Replica, rows: Connection, records: Sequence[Id]) -> list[RowMapping]:
    """Topics and replies with the same columns."""
    topics, posts = replica.tables["topic"].c, replica.tables["post"].c
    same = ("id", "space", "body", "created_by", "created_replica", "created_seq", "created_clock")
    openings = select(
        *(topics[name] for name in same), topics.id.label("topic"), topics.title, topics.created_ms
    ).where(topics.id.in_(records), topics.trashed.is_(False))
    replies = select(
        *(posts[name] for name in same), posts.topic, func.char().label("title"), posts.created_ms
    ).where(posts.id.in_(records), posts.trashed.is_(False))
    return [row for query in (openings, replies) for row in rows.execute(query).mappings()]


@dataclass(frozen=True, slots=True)
class _Answers:
    """What I did about mentions. wrote: topic → clock of my latest reply in it."""

    wrote: Mapping[Id, int]
    reacted: frozenset[Id]
    dismissed: Mapping[Id, Mapping[Id, int]]

    @classmethod
    def to(
        cls, replica: Replica, rows: Connection, account: Account, found: Sequence[RowMapping]
    ) -> "_Answers":
        """What I did about these."""
        me, personal = account.member, account.personal
        posts, given = replica.tables["post"].c, replica.tables["reaction"].c
        marks = replica.tables["read_mark"].c
        topics, records = {row["topic"] for row in found}, [row["id"] for row in found]
        targets = {answer_mark(personal, record): record for record in records}
        wrote = (
            select(posts.topic, func.max(posts.created_clock))
            .where(posts.topic.in_(topics), posts.trashed.is_(False), posts.created_by == me)
            .group_by(posts.topic)
        )
        reacted = select(given.target).where(
            given.target.in_(records), given.member == me, given.given.is_(True)
        )
        dismissed = select(marks.target, marks.read).where(
            marks.space == personal, marks.target.in_(targets), marks.trashed.is_(False)
        )
        return cls(
            {row[0]: row[1] for row in rows.execute(wrote)},
            frozenset(rows.scalars(reacted)),
            {targets[row.target]: decode_high(row.read) for row in rows.execute(dismissed)},
        )

    def cover(self, row: RowMapping) -> bool:
        """Whether this mention waits no more."""
        if row["id"] in self.reacted or self.wrote.get(row["topic"], 0) > row["created_clock"]:
            return True
        marked = self.dismissed.get(row["id"], {})
        return bool(marked.get(row["created_replica"], 0) >= row["created_seq"])


def _told(
    replica: Replica, rows: Connection, hits: Mapping[Id, Found], found: Sequence[RowMapping]
) -> list[Waiting]:
    names = names_of(rows, replica.tables["member"], {row["created_by"] for row in found})
    newest_first = sorted(found, key=lambda row: (-row["created_clock"], row["id"]))
    return [
        Waiting(
            sort=WaitingSort.MENTION,
            record=row["id"],
            open_kind="topic",
            open_id=row["topic"],
            community=row["space"],
            title=snippet(row["body"]) or row["title"] or "",
            within=hits[row["id"]].title,
            who=names.of(row["created_by"]),
            when=moment(row["created_ms"]),
        )
        for row in newest_first
    ]
