"""The items of a library as people see them: a line of the list, and one with all about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from cop_desktop.services.access import Me, me_in
from cop_desktop.services.attachments import FileView, files_of
from cop_desktop.services.care import CareView, care_for
from cop_desktop.services.library.listing import Looker, chosen_rows
from cop_desktop.services.library.steps import IN_REVIEW, Position, Step, status_of, steps_for
from cop_desktop.services.library.thanking import thanks_for
from cop_desktop.services.library.uses import UseCount, use_counts, uses_of
from cop_desktop.services.library.views import Attention, ItemRow, ItemView, LibraryFilter, Origin
from cop_desktop.services.meetings.local_time import read_day
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


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the lines of one list share."""

    looker: Looker
    names: Names
    files: Mapping[Id, tuple[FileView, ...]]
    uses: Mapping[Id, UseCount]
    care: Mapping[Id, CareView]
    states: Mapping[Id, ItemState]

    def care_with(self, item: Id) -> CareView | None:
        """Asked for with the item, or with a file of it."""
        either = (item, *(file.id for file in self.files.get(item, ())))
        return next((self.care[one] for one in either if one in self.care), None)


def item_rows(
    replica: Replica, rows: Connection, space: Id, wanted: LibraryFilter
) -> tuple[ItemRow, ...]:
    """The items of a space that pass the filter, latest edited first."""
    found = chosen_rows(replica, rows, space, wanted)
    sight = _sight(replica, rows, found)
    return tuple(_item_row(row, sight) for row in found)


def read_item(replica: Replica, rows: Connection, item: Id) -> ItemView:
    """One item, in the trash or not.

    Raises NotFound.
    """
    row = required_row(rows, replica.tables["library_item"], item)
    sight = _sight(replica, rows, [row])
    me = me_in(replica, rows, row["space"])
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
        reviewer_id=row["reviewer"],
        answer_by=read_day(row["answer_by"]),
        answer_is_late=sight.looker.is_late(row),
        review_note=row["review_note"] or "",
        review_by=read_day(row["review_by"]),
        review_is_due=sight.looker.is_due(row),
        authors=row["authors"] or "",
        year=row["year"],
        community=_community(replica, rows, row["space"]),
        adaptations=_adaptations(replica, rows, item),
        uses=uses_of(replica, rows, item),
        thanks=thanks_for(replica, rows, [item]).get(item),
        care=sight.care_with(item),
        versions=sight.files.get(item, ()),
        steps=_steps(row, me),
        may_change=me.may_change("library_item", row),
        may_remove=me.may_delete("library_item", row),
        trashed=bool(row["trashed"]),
        state=sight.states[item],
        two_versions=row["versions"] > 0,
    )


def position_of(row: RowMapping) -> Position:
    """Where the item of this row is on its way."""
    return Position(status_of(row["status"]), row["created_by"], row["reviewer"])


def _steps(row: RowMapping, me: Me) -> tuple[Step, ...]:
    return () if row["trashed"] else steps_for(me, position_of(row))


def _origin(replica: Replica, rows: Connection, origin: Id | None) -> Origin | None:
    if origin is None:
        return None
    table = replica.tables["library_item"]
    query = select(table.c.title, table.c.created_by).where(table.c.id == origin)
    found = rows.execute(query).one_or_none()
    if found is None:
        return Origin(origin, "")
    author = names_of(rows, replica.tables["member"], [found.created_by]).of(found.created_by)
    return Origin(origin, found.title or "", author)


def _adaptations(replica: Replica, rows: Connection, item: Id) -> tuple[Origin, ...]:
    """What was made of an item, earliest first."""
    table = replica.tables["library_item"]
    query = (
        select(table.c.id, table.c.title, table.c.created_by)
        .where(table.c.adapted_from == item, table.c.trashed.is_(False))
        .order_by(table.c.created_clock, table.c.id)
    )
    found = rows.execute(query).all()
    names = names_of(rows, replica.tables["member"], [row.created_by for row in found])
    return tuple(Origin(row.id, row.title or "", names.of(row.created_by)) for row in found)


def _community(replica: Replica, rows: Connection, space: Id) -> str:
    table = replica.tables["community"]
    return rows.scalar(select(table.c.name).where(table.c.id == space)) or ""


def _sight(replica: Replica, rows: Connection, found: Sequence[RowMapping]) -> _Sight:
    ids = [row["id"] for row in found]
    people = {row[name] for row in found for name in ("created_by", "edited_by", "reviewer")}
    files = files_of(replica, rows, ids)
    flagged = [*ids, *(file.id for versions in files.values() for file in versions)]
    return _Sight(
        Looker.of(replica),
        names_of(rows, replica.tables["member"], people),
        files,
        use_counts(replica, rows, ids),
        care_for(replica, rows, flagged),
        replica.item_states(ids),
    )


def _item_row(row: RowMapping, sight: _Sight) -> ItemRow:
    files = sight.files.get(row["id"], ())
    in_review = status_of(row["status"]) == IN_REVIEW and row["reviewer"] is not None
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
        reviewer=sight.names.of(row["reviewer"]) if in_review else "",
        reviewer_is_me=in_review and row["reviewer"] == sight.looker.me,
        answer_by=read_day(row["answer_by"]) if in_review else None,
        answer_is_late=sight.looker.is_late(row),
        review_by=read_day(row["review_by"]),
        review_is_due=sight.looker.is_due(row),
        sent_back=Attention.SENT_BACK in sight.looker.attention(row),
        adapted=row["adapted_from"] is not None,
        uses=sight.uses.get(row["id"], UseCount()),
        care=sight.care_with(row["id"]),
        state=sight.states[row["id"]],
        two_versions=row["versions"] > 0,
    )
