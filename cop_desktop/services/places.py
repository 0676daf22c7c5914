"""Where a record is shown: its place in the window, the record to open for it, what to call it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from sqlalchemy import Connection, RowMapping, literal, select, union_all

from cop_desktop.services.errors import NotFound
from cop_desktop.services.reading import snippet
from cop_desktop.store import Replica
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Field, Kind, Searched
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

_DEEPEST: Final = 4
_BATCH: Final = 5_000

Ref: TypeAlias = tuple[str, Id]
"""Name of the kind and id of a record."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a record is shown. kind, id: of the record to open."""

    place: str
    kind: str
    id: Id


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


def homes_of(replica: Replica, rows: Connection, refs: Iterable[Ref]) -> dict[Ref, Home]:
    """Record → where it is shown; without those whose parent is not here or that have no place."""
    homes: dict[Ref, Home] = {}
    climbing: dict[Ref, list[Ref]] = {ref: [ref] for ref in refs}
    for _ in range(_DEEPEST):
        higher: defaultdict[Ref, list[Ref]] = defaultdict(list)
        parents = _parents(replica, rows, climbing)
        for at, started in climbing.items():
            kind, record = at
            if kind in PLACES:
                homes.update((start, Home(PLACES[kind], kind, record)) for start in started)
            elif at in parents:
                higher[parents[at]] += started
        climbing = dict(higher)
    return homes


def _parents(replica: Replica, rows: Connection, refs: Iterable[Ref]) -> dict[Ref, Ref]:
    by_kind: defaultdict[str, list[Id]] = defaultdict(list)
    for kind, record in refs:
        if kind not in PLACES and CATALOGUE.by_name[kind].parent is not None:
            by_kind[kind].append(record)
    found: dict[Ref, Ref] = {}
    for kind, records in by_kind.items():
        field = CATALOGUE.by_name[kind].by_name[CATALOGUE.by_name[kind].parent or ""]
        table = replica.tables[kind]
        query = select(table.c.id, table.c[field.name]).where(table.c.id.in_(records))
        parents = {row[0]: row[1] for row in rows.execute(query) if row[1] is not None}
        kinds = _kinds_of(replica, rows, field, parents.values())
        found |= {
            (kind, record): (kinds[parent], parent)
            for record, parent in parents.items()
            if parent in kinds
        }
    return found


def _kinds_of(
    replica: Replica, rows: Connection, field: Field, referred: Iterable[Id]
) -> dict[Id, str]:
    wanted = list(set(referred))
    found: dict[Id, str] = {}
    for kind in field.refers_to:
        table = replica.tables[kind]
        query = select(table.c.id).where(table.c.id.in_(wanted))
        found |= dict.fromkeys(rows.scalars(query), kind)
    return found


def label_of(kind: Kind, row: RowMapping) -> str:
    """What a list calls a record: its title, or the beginning of what it says; may be empty."""
    if kind.title is not None:
        return snippet(row[kind.title])
    texts = (row[field.name] for field in kind.fields if field.searched is Searched.BODY)
    return next((snippet(text) for text in texts if text), "")
