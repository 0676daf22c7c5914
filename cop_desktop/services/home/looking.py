"""What home shows of all my communities, as one reading of the database sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from cop_desktop.services.batches import in_batches
from cop_desktop.services.home.news import News, touched_since
from cop_desktop.services.home.threads import (
    Unread,
    latest_first,
    told,
    unread_threads,
)
from cop_desktop.services.home.views import FirstStep, NewsLine, ThreadNews
from cop_desktop.services.home.visits import Mark
from cop_desktop.store import Replica, SpaceRow
from cop_desktop.store.kept import LOG
from sync.core.ids import Id

Topics = Mapping[Id, set[Id]]
"""Community → some of its topics."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came since a mark. topics: with something unread in them; others: no replies."""

    since: Mark
    topics: Topics
    others: Topics


@dataclass(frozen=True, slots=True)
class Looking:
    """spaces: of my communities. unread: by community."""

    replica: Replica
    rows: Connection
    spaces: Sequence[SpaceRow]
    unread: Mapping[Id, Unread]

    @classmethod
    def at(cls, replica: Replica, rows: Connection, spaces: Sequence[SpaceRow]) -> "Looking":
        """With what is unread counted."""
        unread = {each.space: unread_threads(replica, rows, each.space) for each in spaces}
        return cls(replica, rows, spaces, unread)

    @property
    def all_unread(self) -> dict[Id, set[Id]]:
        """Every topic with something unread, but those that I muted."""
        return {space: set(each.counts) for space, each in self.unread.items()}

    @property
    def unread_posts(self) -> int:
        """Openings and replies, all communities together."""
        return sum(sum(each.counts.values()) for each in self.unread.values())

    def came(self, since: Mark) -> "Came":
        """What others made or changed since the mark."""
        topics, others = {}, {}
        for each in self.spaces:
            touched = touched_since(self.replica, self.rows, each, since)
            replied = self._topics_of(touched)
            spoken = {*replied.values(), *(touched - replied.keys())}
            topics[each.space] = spoken & self.unread[each.space].counts.keys()
            others[each.space] = touched - replied.keys() - topics[each.space]
        return Came(since, topics, others)

    def news(self, came: "Came") -> tuple[NewsLine, ...]:
        """What came to everything but threads; community after community, latest first."""
        return tuple(
            line
            for each in self.spaces
            for line in News(
                self.replica, self.rows, each, came.since, came.others[each.space]
            ).lines()
        )

    def threads(self, topics: Topics, limit: int) -> tuple[ThreadNews, ...]:
        """Lines for the latest of these topics, those that I follow before the others."""
        lines: list[ThreadNews] = []
        for space, wanted in topics.items():
            unread = self.unread[space]
            order = latest_first(self.replica, self.rows, wanted, unread.followed)[:limit]
            lines += told(self.replica, self.rows, order, unread)
        lines.sort(key=_followed_then_latest)
        return tuple(lines[:limit])

    def _topics_of(self, touched: set[Id]) -> dict[Id, Id]:
        """Those of the records that are replies → their topics."""
        posts, topics = self.replica.tables["post"].c, dict[Id, Id]()
        for some in in_batches(sorted(touched)):
            found = self.rows.execute(select(posts.id, posts.topic).where(posts.id.in_(some)))
            topics.update((row.id, row.topic) for row in found)
        return topics

    def steps_done(self) -> frozenset[FirstStep]:
        """What somebody new has done of what is done first."""
        account, done = self.replica.account, set[FirstStep]()
        if account is None:
            return frozenset()
        member, marks = self.replica.tables["member"].c, self.replica.tables["read_mark"].c
        said = select(member.position, member.about, member.expertise, member.school)
        row = self.rows.execute(said.where(member.id == account.member)).first()
        if row is not None and any(each and each != "[]" for each in row):
            done.add(FirstStep.PROFILE)
        if self.rows.execute(select(marks.id).limit(1)).first() is not None:
            done.add(FirstStep.READ)
        # Of this computer alone: those of another would have to be looked for in all of them.
        mine = select(LOG.c.id).where(
            LOG.c.space.in_([each.space for each in self.spaces]), LOG.c.replica == account.replica
        )
        if self.rows.execute(mine.limit(1)).first() is not None:
            done.add(FirstStep.WRITE)
        return frozenset(done)


def _followed_then_latest(thread: ThreadNews) -> tuple[bool, float, Id]:
    return not thread.followed, -thread.latest.timestamp(), thread.topic
