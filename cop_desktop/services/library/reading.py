"""The items of a library: the list, and one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, RowMapping, func, select

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.attachments import FileView, files_of
from cop_desktop.services.library.steps import Step, status_of, steps_for
from cop_desktop.services.library.views import ItemRow, ItemView, LibraryFilter, Origin
from cop_desktop.services.meetings.local_time import day_of, read_day, zone_named
from cop_desktop.services.reading import (
    Names,
    elements,
    moment,
    names_of,
    required_row,
    snippet,
)
from cop_desktop.store import ItemState, Replica
from sync.core.ids import Id

_MAX_FOUND = 2_000


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the lines of one list share. today: in Darwin."""

    names: Names
    files: Mapping[Id, tuple[FileView, ...]]
    states: Mapping[Id, ItemState]
    today: date

    def is_due(self, review_by: date | None) -> bool:
        return review_by is not None and review_by <= self.today


def item_rows(
    replica: Replica, rows: Connection, space: Id, wanted: LibraryFilter
) -> tuple[ItemRow, ...]:
    """The items of a space that pass the filter, latest edited first."""
    found = _chosen(replica, rows, space, wanted)
    sight = _sight(replica, rows, found)
    return tuple(_item_row(row, sight) for row in found)


def read_item(replica: Replica, rows: Connection, item: Id) -> ItemView:
    """One item, in the trash or not.

    Raises NotFound.
    """
    row = required_row(rows, replica.tables["library_item"], item)
    sight = _sight(replica, rows, [row])
    me = me_in(replica, rows, row["space"])
    review_by = read_day(row["review_by"])
    return ItemView(
        id=item,
        space=row["space"],
        title=row["title"] or "",
        summary=replica.text("library_item", item, "summary"),
        type=row["type"],
        status=status_of(row["status"]),
        tags=elements(row["tags"]),
        strategies=elements(row["strategies"]),
        evidence=row["evidence"],
        reading_minutes=row["reading_minutes"],
        credit=row["credit"] or "",
        source=row["source"] or "",
        adapted_from=_origin(replica, rows, row["adapted_from"]),
        author=sight.names.of(row["created_by"]),
        author_id=row["created_by"],
        added=moment(row["created_ms"]),
        edited=moment(row["edited_ms"]),
        edited_by=sight.names.of(row["edited_by"]),
        reviewer=sight.names.of(row["reviewer"]) if row["reviewer"] else "",
        review_by=review_by,
        review_is_due=sight.is_due(review_by),
        versions=sight.files.get(item, ()),
        steps=_steps(row, me),
        may_change=me.may_change("library_item", row),
        may_remove=me.may_delete("library_item", row),
        trashed=bool(row["trashed"]),
        state=sight.states[item],
        two_versions=row["versions"] > 0,
    )


def _steps(row: RowMapping, me: Me) -> tuple[Step, ...]:
    return () if row["trashed"] else steps_for(status_of(row["status"]), me, row["created_by"])


def _origin(replica: Replica, rows: Connection, origin: Id | None) -> Origin | None:
    if origin is None:
        return None
    table = replica.tables["library_item"]
    return Origin(origin, rows.scalar(select(table.c.title).where(table.c.id == origin)) or "")


def _chosen(
    replica: Replica, rows: Connection, space: Id, wanted: LibraryFilter
) -> Sequence[RowMapping]:
    table = replica.tables["library_item"]
    query = select(table).where(table.c.space == space, table.c.trashed.is_(False))
    for name in ("type", "evidence"):
        if getattr(wanted, name):
            query = query.where(table.c[name] == getattr(wanted, name))
    if wanted.status:
        query = query.where(func.coalesce(table.c.status, status_of(None)) == wanted.status)
    if wanted.tag:
        tags = func.json_each(table.c.tags).table_valued("value")
        query = query.where(select(tags).where(tags.c.value == wanted.tag).exists())
    if wanted.text.strip():
        query = query.where(table.c.id.in_(_speaking_of(replica, wanted.text)))
    return rows.execute(query.order_by(table.c.edited_ms.desc(), table.c.id)).mappings().all()


def _speaking_of(replica: Replica, text: str) -> set[Id]:
    """The items in which, or in whose files, these words occur."""
    kinds = ("library_item", "file_version", "extracted_text")
    # Without a space: the texts of a community's files are in a space of their own.
    hits = replica.search(text, kinds=kinds, limit=_MAX_FOUND)
    above = [(hit.kind, hit.record) for hit in hits]
    above += [(each.kind, each.record) for hit in hits for each in hit.above]
    return {record for kind, record in above if kind == "library_item"}


def _sight(replica: Replica, rows: Connection, found: Sequence[RowMapping]) -> _Sight:
    ids = [row["id"] for row in found]
    people = {row[name] for row in found for name in ("created_by", "edited_by", "reviewer")}
    return _Sight(
        names_of(rows, replica.tables["member"], people),
        files_of(replica, rows, ids),
        replica.item_states(ids),
        day_of(moment(replica.now_ms()), zone_named(None)),
    )


def _item_row(row: RowMapping, sight: _Sight) -> ItemRow:
    files = sight.files.get(row["id"], ())
    review_by = read_day(row["review_by"])
    return ItemRow(
        id=row["id"],
        title=row["title"] or "",
        snippet=snippet(row["summary"]),
        type=row["type"],
        status=status_of(row["status"]),
        tags=elements(row["tags"]),
        evidence=row["evidence"],
        reading_minutes=row["reading_minutes"],
        author=sight.names.of(row["created_by"]),
        added=moment(row["created_ms"]),
        edited=moment(row["edited_ms"]),
        file=files[0] if files else None,
        files=len(files),
        review_by=review_by,
        review_is_due=sight.is_due(review_by),
        state=sight.states[row["id"]],
        two_versions=row["versions"] > 0,
    )
