"""Keeping the full-text index true to the projection tables, in batches.

Numbers in the index grow with time, so that "newest first" is the order that the index itself can
answer in: new records get numbers above all others, history that arrives later numbers below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, bindparam, delete, func, select

from cop_desktop.store import batches
from cop_desktop.store.rows import Row
from cop_desktop.store.tables import (
    SEARCH_COLUMNS,
    SEARCH_TABLE,
    Tables,
    is_searched,
)
from sync.catalogue.declare import Kind
from sync.core.ids import Id

FIRST_NUMBER: Final = 1 << 40
MOMENT_FIELDS: Final = ("original_moment", "starts")
_BATCH: Final = 500
_COLUMNS: Final = ", ".join(SEARCH_COLUMNS)
_PLACES: Final = ", ".join("?" for _ in SEARCH_COLUMNS)
_INSERT: Final = f"INSERT INTO {SEARCH_TABLE}(rowid, {_COLUMNS}) VALUES(?, {_PLACES})"
_DELETE: Final = (
    f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}, rowid, {_COLUMNS}) VALUES('delete', ?, {_PLACES})"
)
_REBUILD: Final = f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}) VALUES('rebuild')"
_CHECK: Final = f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}, rank) VALUES('integrity-check', 1)"

Texts: TypeAlias = tuple[str, ...]
"""What is indexed of a record, one per SEARCH_COLUMNS."""


class Order(StrEnum):
    """Where a batch belongs among what is indexed already."""

    NEWER = "newer"
    OLDER = "older"
    LATER = "later"  # not indexed now: everything will be at the end


@dataclass(frozen=True, slots=True)
class Reindexed:
    """One record's texts before and after; None where it is not to be found."""

    record: Id
    space: Id
    moment: int
    before: Texts | None
    after: Texts | None


@dataclass(frozen=True, slots=True)
class Reindexing:
    """The changes of one batch."""

    changes: Sequence[Reindexed]
    order: Order


def texts_of(shape: Sequence[Sequence[str]], row: Row | None) -> Texts | None:
    """What is to be found of a row; None if it is in the trash or has no words.

    shape: names of the fields that feed each of SEARCH_COLUMNS.
    """
    if row is None or row["trashed"]:
        return None
    if not any(row[name] for names in shape for name in names):
        return None
    return tuple(["\n".join([row[name] or "" for name in names]) for names in shape])


def moment_of(kind: Kind, row: Row | None) -> int:
    """When what a row tells of happened, milliseconds since 1970."""
    if row is None:
        return 0
    for name in MOMENT_FIELDS:
        if name in kind.by_name and row[name] is not None:
            return int(row[name])
    return int(row["created_ms"])


def reindex(connection: Connection, tables: Tables, kind: Kind, batch: Reindexing) -> None:
    """Bring the index up to the changes of one batch of one kind."""
    changes = batch.changes
    known = [c for c in changes if c.before is not None and c.before != c.after]
    numbers = _numbers(connection, tables, kind, [change.record for change in known])
    if known:
        rows = [(numbers[c.record], *c.before) for c in known if c.before is not None]
        connection.exec_driver_sql(_DELETE, rows)
    _forget(connection, tables, [numbers[c.record] for c in known if c.after is None])
    fresh = [c for c in changes if c.before is None and c.after is not None]
    numbers |= _numbered(connection, tables, kind, Reindexing(fresh, batch.order))
    words = [(numbers[c.record], *c.after) for c in (*known, *fresh) if c.after is not None]
    if words:
        connection.exec_driver_sql(_INSERT, sorted(words))


def _numbers(
    connection: Connection, tables: Tables, kind: Kind, records: Sequence[Id]
) -> dict[Id, int]:
    rows = tables.search_rows
    found: dict[Id, int] = {}
    for start in range(0, len(records), _BATCH):
        chosen = rows.c.record.in_(records[start : start + _BATCH])
        statement = select(rows.c.record, rows.c.number).where(chosen, rows.c.kind == kind.number)
        found.update((row.record, row.number) for row in connection.execute(statement))
    return found


def _forget(connection: Connection, tables: Tables, numbers: Sequence[int]) -> None:
    if numbers:
        gone = delete(tables.search_rows).where(tables.search_rows.c.number == bindparam("gone"))
        connection.execute(gone, [{"gone": number} for number in numbers])


def _numbered(
    connection: Connection, tables: Tables, kind: Kind, batch: Reindexing
) -> dict[Id, int]:
    """Numbers for records that are new in the index, in order of their moments."""
    fresh = batch.changes
    if not fresh:
        return {}
    rows = tables.search_rows
    lowest, highest = connection.execute(
        select(func.min(rows.c.number), func.max(rows.c.number))
    ).one()
    if lowest is None:
        first = FIRST_NUMBER
    else:
        first = lowest - len(fresh) if batch.order is Order.OLDER else highest + 1
    in_time = sorted(fresh, key=_moment)
    new: list[dict[str, Any]] = [
        {
            "number": number,
            "record": change.record,
            "kind": kind.number,
            "space": change.space,
            "moment": change.moment,
        }
        for number, change in enumerate(in_time, first)
    ]
    batches.insert(connection, rows, new)
    return {row["record"]: row["number"] for row in new}


def _moment(change: Reindexed) -> int:
    return change.moment


def index_all(connection: Connection, tables: Tables) -> None:
    """Fill the empty index from the projection tables."""
    selects = [_rows_to_index(kind) for kind in tables.kinds if is_searched(kind)]
    connection.exec_driver_sql(
        "INSERT INTO search_rows(number, record, kind, space, moment)"  # noqa: S608 - our own names
        f" SELECT {FIRST_NUMBER} + row_number() OVER (ORDER BY moment, record), record, kind,"
        f" space, moment FROM ({' UNION ALL '.join(selects)})"
    )
    connection.exec_driver_sql(_REBUILD)


def _rows_to_index(kind: Kind) -> str:
    moments = [f'"{name}"' for name in MOMENT_FIELDS if name in kind.by_name]
    moment = f"coalesce({', '.join([*moments, 'created_ms'])})" if moments else "created_ms"
    names = [field.name for field in kind.fields if field.searched is not None]
    words = " OR ".join(f"coalesce(\"{name}\", '') <> ''" for name in names)
    return (
        f"SELECT {moment} AS moment, id AS record, {kind.number} AS kind, space"  # noqa: S608
        f' FROM "{kind.name}" WHERE trashed = 0 AND ({words})'
    )


def check_index(connection: Connection) -> None:
    """Return if the index agrees with the projection tables.

    Raises sqlite3's corruption error, as Damaged at the database's edge.
    """
    connection.exec_driver_sql(_CHECK)
