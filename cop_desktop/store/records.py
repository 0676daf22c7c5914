"""Records as the tables have them: loading and saving many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import BindParameter, Connection, bindparam, delete, select

from cop_desktop.store import batches, rows
from cop_desktop.store.rows import Row
from cop_desktop.store.tables import Tables
from sync.catalogue.declare import Kind
from sync.core.clock import Stamp
from sync.core.ids import Id
from sync.core.merge import RecordState

_BATCH: Final = 500
_EMPTY: Final = RecordState()


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number that operations name a kind by. kind: None if only a newer program knows it."""

    number: int
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Stored:
    """One record.

    row: without `id` and `space`; None for a record of an unknown kind, or of which nothing but a
    deletion has arrived: then `bare` is all there is.
    """

    space: Id
    kind: Kind | None
    row: Row | None = None
    bare: RecordState = _EMPTY

    @property
    def state(self) -> RecordState:
        """Everything known of the record."""
        if self.row is None or self.kind is None:
            return self.bare
        return rows.state_of(self.kind, self.row)

    @property
    def creation(self) -> tuple[Stamp, int] | None:
        """Stamp and seq of the group that created the record."""
        if self.row is None:
            return None
        stamp = Stamp(self.row["created_clock"], self.row["created_replica"])
        return stamp, self.row["created_seq"]


class Records:
    """The tables of all kinds, and the one for records that have no such table."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        others = tables.others
        ids: BindParameter[Sequence[Id]] = bindparam("ids", expanding=True)
        self._bare = select(others).where(
            others.c.id.in_(ids), others.c.kind == bindparam("number")
        )
        self._full = {
            name: select(table).where(table.c.id.in_(ids)) for name, table in tables.items()
        }

    def load(
        self, connection: Connection, what: Numbered, records: Sequence[Id]
    ) -> dict[Id, Stored]:
        """Those of these records that are there."""
        found: dict[Id, Stored] = {}
        for start in range(0, len(records), _BATCH):
            some = records[start : start + _BATCH]
            found |= self._load_bare(connection, what, some)
            if what.kind is not None:
                statement = self._full[what.kind.name]
                for row in connection.execute(statement, {"ids": some}).mappings():
                    loaded: Row = dict(row)
                    record, space = loaded.pop("id"), loaded.pop("space")
                    found[record] = Stored(space, what.kind, loaded)
        return found

    def _load_bare(
        self, connection: Connection, what: Numbered, records: Sequence[Id]
    ) -> dict[Id, Stored]:
        named = {"ids": records, "number": what.number}
        return {
            row.id: Stored(row.space, what.kind, bare=rows.decode_state(row.rest))
            for row in connection.execute(self._bare, named)
        }

    def save(self, connection: Connection, what: Numbered, after: Mapping[Id, Stored]) -> None:
        """Put these records in place of what was there."""
        full: list[Row] = []
        bare: list[Row] = []
        for record, stored in after.items():
            if stored.row is not None:
                full.append({"id": record, "space": stored.space, **stored.row})
            else:
                rest = rows.encode_state(stored.bare)
                named = {"kind": what.number, "id": record}
                bare.append({**named, "space": stored.space, "rest": rest})
        if full and what.kind is not None:
            batches.put(connection, self._tables[what.kind.name], full)
            self._forget_bare(connection, what, [row["id"] for row in full])
        if bare:
            batches.put(connection, self._tables.others, bare)
            self._forget_rows(connection, what, [row["id"] for row in bare])

    def _forget_rows(self, connection: Connection, what: Numbered, records: Sequence[Id]) -> None:
        """Only a record that turned out to be another space's can have had a row before."""
        if what.kind is not None:
            table = self._tables[what.kind.name]
            gone = delete(table).where(table.c.id == bindparam("gone"))
            connection.execute(gone, [{"gone": record} for record in records])

    def _forget_bare(self, connection: Connection, what: Numbered, records: Sequence[Id]) -> None:
        others = self._tables.others
        if connection.scalar(select(others.c.id).limit(1)) is None:
            return
        for start in range(0, len(records), _BATCH):
            some = others.c.id.in_(records[start : start + _BATCH])
            connection.execute(delete(others).where(some, others.c.kind == what.number))
