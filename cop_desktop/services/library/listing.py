"""Which items of a library a filter leaves, and what there is to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, RowMapping, Select, Table, func, select

from cop_desktop.services.library.steps import DRAFT, IN_REVIEW, PUBLISHED, SUBMITTED, status_of
from cop_desktop.services.library.views import Attention, LibraryFilter, Shelf
from cop_desktop.services.meetings.local_time import day_of, read_day, zone_named
from cop_desktop.services.reading import elements, moment, tags_in
from cop_desktop.store import Replica
from sync.core.ids import Id

_MAX_FOUND: Final = 2_000
_LISTS: Final = {"tag": "tags", "strategy": "strategies"}


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, and when. today: in Darwin."""

    me: Id | None
    today: date

    @classmethod
    def of(cls, replica: Replica) -> "Looker":
        """The member of this replica, now."""
        me = None if replica.account is None else replica.account.member
        return cls(me, day_of(moment(replica.now_ms()), zone_named(None)))

    def is_late(self, row: RowMapping) -> bool:
        """Whether the reviewer was to have answered by now."""
        by = read_day(row["answer_by"])
        return row["status"] == IN_REVIEW and by is not None and by < self.today

    def is_due(self, row: RowMapping) -> bool:
        """Whether it is published, and to be looked at again by now."""
        by = read_day(row["review_by"])
        return row["status"] == PUBLISHED and by is not None and by <= self.today

    def attention(self, row: RowMapping) -> tuple[Attention, ...]:
        """What somebody is to do about this item."""
        status = status_of(row["status"])
        mine = row["created_by"] == self.me
        asked = {
            Attention.WAITING: status in (SUBMITTED, IN_REVIEW),
            Attention.MINE: status == IN_REVIEW and row["reviewer"] == self.me,
            Attention.LATE: self.is_late(row),
            Attention.AGAIN: self.is_due(row),
            Attention.SENT_BACK: status == DRAFT and mine and bool(row["review_note"]),
        }
        return tuple(sort for sort, holds in asked.items() if holds)


def chosen_rows(
    replica: Replica, rows: Connection, space: Id, wanted: LibraryFilter
) -> Sequence[RowMapping]:
    """The rows of the items that pass the filter, latest edited first."""
    table = replica.tables["library_item"]
    query = _narrowed(table, _of_space(table, space), wanted)
    if wanted.text.strip():
        query = query.where(table.c.id.in_(_speaking_of(replica, wanted.text)))
    ordered = query.order_by(table.c.edited_ms.desc(), table.c.id)
    found = rows.execute(ordered).mappings().all()
    if wanted.attention is None:
        return found
    looker = Looker.of(replica)
    return [row for row in found if wanted.attention in looker.attention(row)]


def shelf_of(replica: Replica, rows: Connection, space: Id) -> Shelf:
    """What there is to choose from in the library of a community."""
    table = replica.tables["library_item"]
    looker = Looker.of(replica)
    names = ("status", "reviewer", "answer_by", "review_by", "created_by", "review_note")
    columns = [table.c[name] for name in (*names, "strategies")]
    counted = dict.fromkeys(Attention, 0)
    strategies: set[str] = set()
    query = select(*columns).where(table.c.space == space, table.c.trashed.is_(False))
    for row in rows.execute(query).mappings():
        strategies.update(elements(row["strategies"]))
        for sort in looker.attention(row):
            counted[sort] += 1
    in_order = tuple(sorted(strategies, key=lambda each: (each.casefold(), each)))
    return Shelf(tags_in(rows, table, space), in_order, tuple(counted.items()))


def _of_space(table: Table, space: Id) -> Select[tuple[object, ...]]:
    return select(table).where(table.c.space == space, table.c.trashed.is_(False))


def _narrowed(
    table: Table, query: Select[tuple[object, ...]], wanted: LibraryFilter
) -> Select[tuple[object, ...]]:
    for name in ("type", "evidence"):
        if getattr(wanted, name):
            query = query.where(table.c[name] == getattr(wanted, name))
    if wanted.status:
        query = query.where(func.coalesce(table.c.status, status_of(None)) == wanted.status)
    for name, column in _LISTS.items():
        if getattr(wanted, name):
            each = func.json_each(table.c[column]).table_valued("value")
            query = query.where(select(each).where(each.c.value == getattr(wanted, name)).exists())
    return query


def _speaking_of(replica: Replica, text: str) -> set[Id]:
    """The items in which, in whose files or in whose reports of use, these words occur."""
    kinds = ("library_item", "file_version", "extracted_text", "use_report")
    # Without a space: the texts of a community's files are in a space of their own.
    hits = replica.search(text, kinds=kinds, limit=_MAX_FOUND)
    above = [(hit.kind, hit.record) for hit in hits]
    above += [(each.kind, each.record) for hit in hits for each in hit.above]
    return {record for kind, record in above if kind == "library_item"}
