"""What operators are tried on: hits of the text index or, without words, the newest records."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from cop_desktop.services.places import label_of
from cop_desktop.services.search.query import Query
from cop_desktop.store import Found, Replica, Words
from cop_desktop.store.lineage import Lineage
from sync.catalogue import CATALOGUE
from sync.catalogue.communities import texts_space
from sync.core.ids import Id

MOST_FILTERED: Final = 2_000
"""How many of the newest hits operators are tried on."""
_SPARE: Final = 2
"""Times the limit that is looked for, because hits in one document become one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search, and how the hits are ordered.

    kinds: names, all if None. space: one community, or the directory. best_first: for a finished
    query; otherwise newest first, which answers while typing.
    """

    kinds: tuple[str, ...] | None = None
    space: Id | None = None
    limit: int = 50
    best_first: bool = False


def candidates(replica: Replica, rows: Connection, query: Query, scope: Scope) -> list[Found]:
    """Records that may be what is looked for, in the order in which they are shown."""
    if not query.looks_for_text:
        return _newest(replica, rows, query, scope)
    words = Words(query.words, query.phrases, query.without, ranked=scope.best_first)
    most = MOST_FILTERED if query.has_operators else scope.limit * _SPARE
    found: list[Found] = []
    for space in _spaces(scope):
        found += replica.search(words, kinds=scope.kinds, space=space, limit=most)
    if scope.space is not None and not scope.best_first:
        found.sort(key=_moment, reverse=True)
    return found


def _spaces(scope: Scope) -> tuple[Id | None, ...]:
    """A community's texts of files are in a space of their own beside it."""
    return (None,) if scope.space is None else (scope.space, texts_space(scope.space))


def _moment(found: Found) -> int:
    return found.moment


def _newest(replica: Replica, rows: Connection, query: Query, scope: Scope) -> list[Found]:
    index = replica.tables.search_rows
    newest = select(index.c.record, index.c.kind, index.c.space, index.c.moment)
    if scope.kinds is not None:
        numbers = [CATALOGUE.by_name[name].number for name in scope.kinds]
        newest = newest.where(index.c.kind.in_(numbers))
    if scope.space is not None:
        newest = newest.where(index.c.space.in_([s for s in _spaces(scope) if s]))
    found = rows.execute(newest.order_by(index.c.number.desc()).limit(MOST_FILTERED)).all()
    lineage = Lineage(rows, replica.tables, CATALOGUE)
    lineage.load((row.kind, row.record) for row in found)
    unwanted = _speaking_of(replica, query.without)
    listed = [
        Found(
            CATALOGUE.by_number[row.kind].name,
            row.record,
            row.space,
            lineage.title(row.record),
            "",
            row.moment,
            lineage.above(row.record),
        )
        for row in found
        if row.record not in unwanted
    ]
    listed = [hit for hit in listed if not any(above.trashed for above in hit.above)]
    return sorted(listed, key=_moment, reverse=True)


def _speaking_of(replica: Replica, without: tuple[str, ...]) -> set[Id]:
    return {
        hit.record
        for phrase in without
        for hit in replica.search(Words(phrases=(phrase,)), limit=MOST_FILTERED)
    }


def beginning_of(replica: Replica, rows: Connection, hit: Found) -> str:
    """How the record of a hit begins, for one that was found by operators alone."""
    table = replica.tables[hit.kind]
    row = rows.execute(select(table).where(table.c.id == hit.record)).mappings().first()
    return "" if row is None else label_of(CATALOGUE.by_name[hit.kind], row)
