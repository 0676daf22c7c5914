"""The tables derived from the catalogue: one per kind, the search index, and what touches what.

They hold nothing that the log does not say. When their fingerprint differs from the one noted in
the database they are dropped and filled again from the log.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement
from sqlalchemy.types import TypeEngine

from cop_desktop.store.blob import Blob
from cop_desktop.store.indexes import add_indexes, ordered_indexes
from cop_desktop.store.kept import KEPT
from sync.catalogue.declare import Catalogue, Field, Kind, Searched, Type
from sync.core.merge import Merge

VERSION: Final = 1
"""To be raised when rows are made in another way from the same catalogue."""

_TYPES: Final[dict[Type, type[TypeEngine[Any]]]] = {
    Type.TEXT: Text,
    Type.CHOICE: Text,
    Type.DAY: Text,
    Type.NUMBER: Integer,
    Type.MOMENT: Integer,
    Type.FLAG: Boolean,
    Type.REFERENCE: Blob,
    Type.BYTES: Blob,
}
_DIALECT: Final = sqlite.dialect()
SEARCH_TABLE: Final = "search"
SEARCH_COLUMNS: Final = (Searched.TITLE, Searched.BODY, Searched.EXTRACTED)
_SEARCH_VIEW: Final = "search_texts"
_SEARCH_OPTIONS: Final = (
    f"content='{_SEARCH_VIEW}', content_rowid='number', tokenize='unicode61 remove_diacritics 2'"
)


class Tables(Mapping[str, Table]):
    """The projection tables by name of kind, and the derived tables beside them.

    touches: which groups of the log touched a record. others: records of kinds that only a newer
    program knows, and records of which nothing but a deletion has arrived, each as its whole state.
    search_rows: what is in the search index under which number. searched: for the kinds that are in
    it, names of the fields that feed each of its columns.
    """

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.kinds = tuple(kinds)
        self.searched = {kind.name: search_shape(kind) for kind in self.kinds if is_searched(kind)}
        self._metadata = MetaData()
        self._by_kind = {kind.name: _kind_table(kind, self._metadata) for kind in self.kinds}
        self.touches = Table(
            "touches",
            self._metadata,
            Column("record", Blob, nullable=False),
            Column("log", Integer, nullable=False),
            PrimaryKeyConstraint("record", "log"),
            sqlite_with_rowid=False,
        )
        self.others = Table(
            "other_records",
            self._metadata,
            Column("kind", Integer, nullable=False),
            Column("id", Blob, nullable=False),
            Column("space", Blob, nullable=False),
            Column("rest", Blob, nullable=False),
            PrimaryKeyConstraint("id", "kind"),
        )
        self.search_rows = Table(
            "search_rows",
            self._metadata,
            Column("number", Integer, primary_key=True),
            Column("record", Blob, nullable=False),
            Column("kind", Integer, nullable=False),
            Column("space", Blob, nullable=False),
            Column("moment", Integer, nullable=False),
            UniqueConstraint("record", "kind"),
        )

    def __getitem__(self, name: str) -> Table:
        return self._by_kind[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_kind)

    def __len__(self) -> int:
        return len(self._by_kind)

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """What makes all tables and indexes, in order."""
        tables = self._metadata.sorted_tables
        indexes = [index for table in tables for index in ordered_indexes(table)]
        made: list[ExecutableDDLElement] = [*map(CreateTable, tables), *map(CreateIndex, indexes)]
        return (
            *(str(one.compile(dialect=_DIALECT)) for one in made),
            *_search_statements(self.kinds),
        )

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever the tables, or how fields merge, change."""
        parts = [str(VERSION), *self.statements]
        parts += [
            f"{kind.number} {kind.space} {field.number} {field.name} {field.type} {field.merge}"
            for kind in self.kinds
            for field in kind.fields
        ]
        return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()

    def create(self, connection: Connection) -> None:
        """Make all tables, empty; drop what older versions of the program derived."""
        self.drop(connection)
        for statement in self.statements:
            connection.exec_driver_sql(statement)

    def drop(self, connection: Connection) -> None:
        """Drop every derived table that any version of the program may have made."""
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {SEARCH_TABLE}")
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {_SEARCH_VIEW}")
        for name in _derived_names(connection):
            connection.exec_driver_sql(f'DROP TABLE "{name}"')


@lru_cache(maxsize=4)
def tables_of(catalogue: Catalogue) -> Tables:
    """The tables of these kinds; made once, because making them takes longer than using them."""
    return Tables(catalogue)


def _derived_names(connection: Connection) -> list[str]:
    kept = {*KEPT.tables, "alembic_version"}
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return [name for (name,) in names if name not in kept]


def _kind_table(kind: Kind, metadata: MetaData) -> Table:
    table = Table(
        kind.name,
        metadata,
        Column("id", Blob, primary_key=True, nullable=False),
        Column("space", Blob, nullable=False),
        *(Column(field.name, column_type(field)) for field in kind.fields),
        Column("created_ms", Integer, nullable=False),
        Column("created_by", Blob, nullable=False),
        Column("created_seq", Integer, nullable=False),
        Column("created_replica", Blob, nullable=False),
        Column("created_clock", Integer, nullable=False),
        Column("edited_ms", Integer, nullable=False),
        Column("edited_by", Blob, nullable=False),
        Column("edited_clock", Integer, nullable=False),
        Column("trashed", Boolean, nullable=False),
        Column("edited_since", Boolean, nullable=False),
        Column("versions", Integer, nullable=False),
        Column("rest", Blob),
    )
    add_indexes(kind, table)
    return table


def column_type(field: Field) -> TypeEngine[Any]:
    """The type of a field's column; a set shows as JSON, a map as MessagePack."""
    if field.merge is Merge.HIGH:
        return Blob()
    if field.merge in (Merge.SET, Merge.TEXT):
        return Text()
    return _TYPES[field.type]()


def searched_fields(kind: Kind, column: Searched) -> list[str]:
    """Names of the fields that feed a column of the search index."""
    return [field.name for field in kind.fields if field.searched is column]


def search_shape(kind: Kind) -> tuple[tuple[str, ...], ...]:
    """Names of the fields that feed each of SEARCH_COLUMNS."""
    return tuple(tuple(searched_fields(kind, column)) for column in SEARCH_COLUMNS)


def is_searched(kind: Kind) -> bool:
    """Whether records of this kind are in the search index."""
    return any(field.searched is not None for field in kind.fields)


def _search_statements(kinds: Iterable[Kind]) -> list[str]:
    """The index has no texts of its own: snippets read them from a view over all kinds."""
    selects = [_search_select(kind) for kind in kinds if is_searched(kind)]
    columns = ", ".join(SEARCH_COLUMNS)
    return [
        f"CREATE VIEW {_SEARCH_VIEW} AS {' UNION ALL '.join(selects)}",
        f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5({columns}, {_SEARCH_OPTIONS})",
    ]


def _search_select(kind: Kind) -> str:
    columns = ", ".join(f"{_joined(kind, column)} AS {column}" for column in SEARCH_COLUMNS)
    return (
        f"SELECT s.number AS number, {columns} FROM search_rows s"  # noqa: S608 - our own names
        f' JOIN "{kind.name}" t ON t.id = s.record WHERE s.kind = {kind.number}'
    )


def _joined(kind: Kind, column: Searched) -> str:
    names = searched_fields(kind, column)
    return " || char(10) || ".join(f"coalesce(t.\"{name}\", '')" for name in names) or "''"
