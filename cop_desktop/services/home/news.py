"""What came since a mark, by others, to the library, to meetings and to the community itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, select

from cop_desktop.services.batches import in_batches
from cop_desktop.services.care import care_for
from cop_desktop.services.home.views import NewsLine, NewsSort
from cop_desktop.services.home.visits import Mark
from cop_desktop.services.library.steps import PUBLISHED
from cop_desktop.services.places import PLACES
from cop_desktop.services.reading import moment, names_of
from cop_desktop.store import Replica, SpaceRow
from cop_desktop.store.kept import LOG
from sync.core.ids import Id

_TOLD_IN = ("meeting_notes", "decision", "action")
"""Kinds that belong to a meeting and tell what came of it."""

_KINDS = {
    NewsSort.PUBLISHED: "library_item",
    NewsSort.ITEM_CHANGED: "library_item",
    NewsSort.USED: "library_item",
    NewsSort.MEETING_ADDED: "meeting",
    NewsSort.MEETING_TOLD: "meeting",
    NewsSort.MEETING_CHANGED: "meeting",
    NewsSort.THANKED: "topic",
    NewsSort.ITEM_THANKED: "library_item",
}
"""What is opened for it."""


def touched_since(replica: Replica, rows: Connection, space: SpaceRow, mark: Mark) -> set[Id]:
    """The records of a space that somebody else made or changed since the mark."""
    condition = _after(replica, space, mark)
    if condition is None:
        return set()
    me = b"" if replica.account is None else replica.account.member
    touches = replica.tables.touches
    groups = select(LOG.c.id).where(LOG.c.space == space.space, condition, LOG.c.author != me)
    return set(rows.scalars(select(touches.c.record).where(touches.c.log.in_(groups))))


def _after(replica: Replica, space: SpaceRow, mark: Mark) -> ColumnElement[bool] | None:
    """The condition on groups of a space; None if none can hold."""
    account = replica.account
    if account is not None and account.epoch.hex() != mark.epoch:
        # The server was put back from a backup: its positions are others, its clock is the same.
        return LOG.c.received_ms > int(mark.when.timestamp() * 1000)
    head = mark.heads.get(space.space)
    return None if head is None or head >= space.head else LOG.c.position > head


@dataclass(frozen=True, slots=True)
class News:
    """What came to one community since the mark, as one reading of the database sees it."""

    replica: Replica
    rows: Connection
    space: SpaceRow
    mark: Mark
    touched: Collection[Id]

    def lines(self) -> list[NewsLine]:
        """Everything but threads: what is about my own work first, then the latest."""
        if not self.touched:
            return []
        given = [row for row in self._rows("reaction") if row["given"]]
        lines = [
            *(*self._items(), *self._uses(), *self._meetings(), *self._joined()),
            *(*self._thanks(given), *self._item_thanks(given)),
        ]
        return sorted(lines, key=_mine_then_when, reverse=True)

    def _items(self) -> Iterator[NewsLine]:
        found = [row for row in self._rows("library_item") if row["status"] == PUBLISHED]
        fresh = self._made_since("library_item", found)
        for row in found:
            if row["edited_by"] != self._me:
                sort = NewsSort.PUBLISHED if row["id"] in fresh else NewsSort.ITEM_CHANGED
                yield self._line(sort, row, (row["edited_by"],))

    def _uses(self) -> Iterator[NewsLine]:
        """One line for each item that was used, however often."""
        by_item = _grouped(self._rows("use_report"), "item")
        items = self._by_id("library_item", by_item)
        for item, reports in by_item.items():
            if item in items:
                who = tuple(report["member"] for report in reports)
                yield self._line(NewsSort.USED, items[item], who, reports)

    def _meetings(self) -> Iterator[NewsLine]:
        parts: defaultdict[Id, list[RowMapping]] = defaultdict(list)
        for kind in _TOLD_IN:
            for row in self._rows(kind):
                if row["edited_by"] != self._me:
                    parts[row["meeting"]].append(row)
        changed = {row["id"]: row for row in self._rows("meeting") if row["edited_by"] != self._me}
        fresh = self._made_since("meeting", list(changed.values()))
        meetings = changed | self._by_id("meeting", parts)
        for meeting, row in meetings.items():
            told, who = parts.get(meeting, []), (row["edited_by"],)
            if told:
                who = tuple(part["edited_by"] for part in told)
                yield self._line(NewsSort.MEETING_TOLD, row, who, told)
            else:
                added = NewsSort.MEETING_ADDED if meeting in fresh else NewsSort.MEETING_CHANGED
                yield self._line(added, row, who)

    def _thanks(self, given: Sequence[RowMapping]) -> Iterator[NewsLine]:
        """Reactions to what I wrote, one line for each topic."""
        targets = {row["target"] for row in given}
        posts = self._by_id("post", targets)
        topics = self._by_id("topic", targets | {post["topic"] for post in posts.values()})
        by_topic: defaultdict[Id, list[RowMapping]] = defaultdict(list)
        for reaction in given:
            mine = posts.get(reaction["target"]) or topics.get(reaction["target"])
            if mine is not None and mine["created_by"] == self._me:
                by_topic[mine["topic"] if "topic" in mine else mine["id"]].append(reaction)
        for topic, reactions in by_topic.items():
            if topic in topics:
                who = tuple(reaction["member"] for reaction in reactions)
                yield self._line(NewsSort.THANKED, topics[topic], who, reactions)

    def _item_thanks(self, given: Sequence[RowMapping]) -> Iterator[NewsLine]:
        """Thanks for items that I added and for my reports of use, one line for each item."""
        targets = {row["target"] for row in given}
        reports = self._by_id("use_report", targets)
        items = self._by_id(
            "library_item", targets | {report["item"] for report in reports.values()}
        )
        by_item: defaultdict[Id, list[RowMapping]] = defaultdict(list)
        for thanks in given:
            report = reports.get(thanks["target"])
            mine = report or items.get(thanks["target"])
            if mine is not None and mine["created_by"] == self._me:
                by_item[mine["item"] if report else mine["id"]].append(thanks)
        for item, thanked in by_item.items():
            if item in items:
                who = tuple(thanks["member"] for thanks in thanked)
                line = self._line(NewsSort.ITEM_THANKED, items[item], who, thanked)
                yield replace(line, mine=True)

    def _joined(self) -> Iterator[NewsLine]:
        found = self._rows("membership")
        fresh = self._made_since("membership", found)
        joined = [
            row
            for row in found
            if row["id"] in fresh and row["ended"] is None and row["member"] != self._me
        ]
        # Nobody is asked to welcome, by a name not to be shown unasked, who may have died.
        cared = care_for(self.replica, self.rows, [row["member"] for row in joined])
        joined = [row for row in joined if row["member"] not in cared]
        if joined:
            who = tuple(row["member"] for row in joined)
            yield NewsLine(
                sort=NewsSort.JOINED,
                place=PLACES["member"],
                open_kind="member",
                open_id=who[0],
                community=self.space.space,
                title="",
                names=self._names(who),
                when=_latest(joined),
                count=len(joined),
            )

    @property
    def _me(self) -> Id:
        account = self.replica.account
        return b"" if account is None else account.member

    def _line(
        self,
        sort: NewsSort,
        row: RowMapping,
        who: Sequence[Id],
        told: Sequence[RowMapping] = (),
    ) -> NewsLine:
        kind = _KINDS[sort]
        return NewsLine(
            sort=sort,
            place=PLACES[kind],
            open_kind=kind,
            open_id=row["id"],
            community=self.space.space,
            title=row["title"] or "",
            names=self._names(who),
            when=_latest(told or [row]),
            count=len(told) or 1,
            mine=row["created_by"] == self._me,
        )

    def _names(self, members: Iterable[Id]) -> tuple[str, ...]:
        wanted = list(dict.fromkeys(members))
        names = names_of(self.rows, self.replica.tables["member"], wanted)
        return tuple(names.of(member) for member in wanted)

    def _rows(self, kind: str) -> list[RowMapping]:
        """The touched records of a kind that are in this community and not in the trash."""
        table = self.replica.tables[kind]
        found: list[RowMapping] = []
        for some in in_batches(sorted(self.touched)):
            query = select(table).where(
                table.c.id.in_(some), table.c.space == self.space.space, table.c.trashed.is_(False)
            )
            found += self.rows.execute(query).mappings()
        return sorted(found, key=_made)

    def _by_id(self, kind: str, wanted: Iterable[Id]) -> dict[Id, RowMapping]:
        table = self.replica.tables[kind]
        query = select(table).where(table.c.id.in_(list(wanted)), table.c.trashed.is_(False))
        return {row["id"]: row for row in self.rows.execute(query).mappings()}

    def _made_since(self, kind: str, found: Sequence[RowMapping]) -> set[Id]:
        """Those of the records that were made since the mark, not only changed."""
        condition = _after(self.replica, self.space, self.mark)
        if condition is None or not found:
            return set()
        table = self.replica.tables[kind]
        made_by = and_(
            LOG.c.space == table.c.space,
            LOG.c.replica == table.c.created_replica,
            LOG.c.seq == table.c.created_seq,
        )
        wanted = [row["id"] for row in found]
        query = select(table.c.id).join(LOG, made_by).where(table.c.id.in_(wanted), condition)
        return set(self.rows.scalars(query))


def _grouped(found: Iterable[RowMapping], column: str) -> dict[Id, list[RowMapping]]:
    grouped: defaultdict[Id, list[RowMapping]] = defaultdict(list)
    for row in found:
        grouped[row[column]].append(row)
    return dict(grouped)


def _latest(found: Iterable[RowMapping]) -> datetime:
    return moment(max(row["edited_ms"] for row in found))


def _made(row: RowMapping) -> tuple[int, Id]:
    return row["created_clock"], row["id"]


def _mine_then_when(line: NewsLine) -> tuple[bool, datetime, Id]:
    return line.mine, line.when, line.open_id
