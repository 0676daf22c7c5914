"""Indexes of the projection tables: lists in order and what is unread, without reading rows."""

from sqlalchemy import ColumnElement, Index, Table, and_, func, literal_column

from sync.catalogue.declare import Kind
from sync.core.merge import Merge


def add_indexes(kind: Kind, table: Table) -> None:
    """Give a kind's table the indexes that lists and threads need."""
    column = table.c
    Index(f"{kind.name}_by_space", column.space, column.created_ms)
    if any(field.merge is Merge.HUMAN for field in kind.fields):
        Index(f"{kind.name}_contested", column.id, sqlite_where=is_contested(table))
    if "original_author" in column:
        own = column.created_by, column.created_clock
        Index(f"{kind.name}_by_author", *own, sqlite_where=is_own(table))
    if kind.parent is None:
        return
    parent = column[kind.parent]
    Index(f"{kind.name}_by_parent", parent, column.trashed, written_ms(table))
    # Everything that counting what is unread looks at, so that no row is read for it.
    writer = (column.created_replica, column.created_by, column.trashed, column.created_seq)
    Index(f"{kind.name}_by_writer", parent, *writer)


def written_ms(table: Table) -> ColumnElement[int]:
    """When a record was written, as the column expression that is indexed.

    What was first written elsewhere keeps that moment, but none later than its coming here.
    """
    created: ColumnElement[int] = table.c.created_ms
    if "original_moment" not in table.c:
        return created
    return func.min(func.coalesce(table.c.original_moment, created), created)


def is_own(table: Table) -> ColumnElement[bool]:
    """Whether who made a record wrote it, and it is not in the trash: as the index has it.

    What was brought in from elsewhere is by others.
    """
    elsewhere = [table.c[name] for name in ("original_author", "source") if name in table.c]
    return and_(table.c.trashed.is_(False), *(column.is_(None) for column in elsewhere))


def is_contested(table: Table) -> ColumnElement[bool]:
    """Whether a record has texts of which there are two versions: as the index has it."""
    return table.c.versions > literal_column("0")


def ordered_indexes(table: Table) -> list[Index]:
    """The indexes of a table in order of name."""
    return sorted(table.indexes, key=_name)


def _name(index: Index) -> str:
    return str(index.name)
