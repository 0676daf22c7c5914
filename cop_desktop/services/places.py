"""Where a record is shown: its place in the window, the record to open for it, what to call it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, RowMapping, literal, select, union_all

from cop_desktop.services.errors import NotFound
from cop_desktop.services.reading import snippet
from cop_desktop.store import Replica
from cop_desktop.store.lineage import Ancestor
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Kind, Searched, SpaceKind
from sync.catalogue.meetings import ATTENDANCE
from sync.core.ids import Id

PLACES: Final[Mapping[str, str]] = {
    "topic": "Discussions",
    "library_item": "Library",
    "meeting": "Meetings",
    "series": "Meetings",
    "member": "People",
    "school": "People",
    "community": "Communities",
}
"""Kinds with a page of their own → the place where it is; others are shown with their parent."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a record is shown. kind, id: of the record to open."""

    place: str
    kind: str
    id: Id


def communities_by_space(replica: Replica) -> dict[Id, Id]:
    """Space → the community that it is, or stands beside; spaces of neither sort are left out."""
    held = replica.spaces()
    own = {space.space: space.space for space in held if space.kind == SpaceKind.COMMUNITY}
    return own | {space.space: space.parent for space in held if space.parent is not None}


def found_record(replica: Replica, rows: Connection, record: Id) -> tuple[Kind, RowMapping]:
    """The kind and row of a record, in the trash or not.

    Raises NotFound.
    """
    kinds = [kind for kind in CATALOGUE if kind.name in replica.tables]
    tables = (replica.tables[kind.name] for kind in kinds)
    which = union_all(
        *(select(literal(table.name).label("kind")).where(table.c.id == record) for table in tables)
    )
    name = rows.execute(which).scalars().first()
    if name is None:
        raise NotFound("record", record)
    table = replica.tables[name]
    row = rows.execute(select(table).where(table.c.id == record)).mappings().one()
    return CATALOGUE.by_name[name], row


def home_of(kind: str, record: Id, above: Sequence[Ancestor]) -> Home | None:
    """Where a record is shown. above: what it belongs to, nearest first.

    None if it has no place, or if what it belongs to is not here.
    """
    chain = [(kind, record), *((one.kind, one.record) for one in above)]
    return next((Home(PLACES[name], name, one) for name, one in chain if name in PLACES), None)


def label_of(kind: Kind, row: RowMapping) -> str:
    """What a list calls a record: its title, or the beginning of what it says; may be empty.

    Attendance of a member has only the member's id to be called by, which nobody reads.
    """
    if kind is ATTENDANCE and row["member"] is not None:
        return ""
    if kind.title is not None:
        return snippet(row[kind.title])
    texts = (row[field.name] for field in kind.fields if field.searched is Searched.BODY)
    return next((snippet(text) for text in texts if text), "")
