"""Applying groups to the projection tables: load what they touch, fold, write back in batches.

The rows depend only on the set of groups applied, not on their order or repetition.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select

from cop_desktop.store import log, rows
from cop_desktop.store.folding import Written, creation_seq, folded, owner, sorted_ops
from cop_desktop.store.log import Entry
from cop_desktop.store.rows import Row
from cop_desktop.store.search_index import (
    Order,
    Reindexed,
    Reindexing,
    moment_of,
    reindex,
    texts_of,
)
from cop_desktop.store.tables import Tables, is_searched
from cop_desktop.store.values import Changed
from sync.catalogue.declare import Catalogue, Kind
from sync.core.clock import Stamp
from sync.core.ids import Id
from sync.core.merge import RecordState

_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as the tables have it.

    row: None for a record of an unknown kind, or of which nothing but a deletion has arrived.
    """

    space: Id
    state: RecordState
    row: Row | None = None

    @property
    def creation(self) -> tuple[Stamp, int] | None:
        """Stamp and seq of the group that created the record."""
        if self.row is None or self.state.created is None:
            return None
        return self.state.created.stamp, self.row["created_seq"]


@dataclass(frozen=True, slots=True)
class _Batch:
    """What one call of `apply` carries through, of one kind. kind: None for an unknown number."""

    connection: Connection
    space_kinds: Mapping[Id, str]
    order: Order
    number: int
    kind: Kind | None


class Projection:
    """Writes the derived tables, and reads states back from them."""

    def __init__(self, tables: Tables, catalogue: Catalogue) -> None:
        self.tables = tables
        self.catalogue = catalogue

    def apply(
        self,
        connection: Connection,
        entries: Sequence[Entry],
        space_kinds: Mapping[Id, str],
        order: Order = Order.NEWER,
    ) -> Changed:
        """Fold groups that are in the log already into the tables and the search index.

        space_kinds: of every space held. Returns what must be read again.
        """
        found = sorted_ops(entries, self.catalogue, space_kinds)
        if found.touches:
            statement = self.tables.touches.insert().prefix_with("OR IGNORE")
            touches = [{"record": record, "log": log_id} for record, log_id in found.touches]
            connection.execute(statement, touches)
        kinds = set()
        for number, ops in found.ops.items():
            kind = self.catalogue.by_number.get(number)
            self._apply_kind(_Batch(connection, space_kinds, order, number, kind), ops)
            if kind is not None:
                kinds.add(kind.name)
        return Changed.of(
            {entry.group.space for entry in entries},
            kinds,
            {record for record, _ in found.touches},
        )

    def stored(self, connection: Connection, kind: Kind, record: Id) -> Stored | None:
        """One record of a known kind; None if nothing of it has arrived."""
        return self._loaded(connection, kind.number, kind, [record]).get(record)

    def _apply_kind(self, batch: _Batch, ops: Mapping[Id, list[Written]]) -> None:
        before = self._loaded(batch.connection, batch.number, batch.kind, list(ops))
        after: dict[Id, Stored] = {}
        for record, written in ops.items():
            old = before.get(record)
            spaces = {w.group.space for w in written} | ({old.space} if old else set())
            after[record] = (
                _folded(batch.kind, written, old)
                if len(spaces) == 1
                else self._settled(batch, record)
            )
        self._save(batch, after)
        if batch.kind is None or not is_searched(batch.kind) or batch.order is Order.LATER:
            return
        changes = [_reindexed(batch.kind, r, before.get(r), now) for r, now in after.items()]
        reindex(batch.connection, self.tables, batch.kind, Reindexing(changes, batch.order))

    def _settled(self, batch: _Batch, record: Id) -> Stored:
        """A record whose id groups of several spaces write to, folded anew from its own space's."""
        touches = self.tables.touches
        statement = select(touches.c.log).where(touches.c.record == record)
        entries = log.entries(batch.connection, list(batch.connection.scalars(statement)))
        found = sorted_ops(entries, self.catalogue, batch.space_kinds)
        written = found.ops[batch.number][record]
        space = owner(batch.kind, record, written)
        return _folded(batch.kind, [w for w in written if w.group.space == space], None)

    def _loaded(
        self, connection: Connection, number: int, kind: Kind | None, records: Sequence[Id]
    ) -> dict[Id, Stored]:
        found: dict[Id, Stored] = {}
        for start in range(0, len(records), _BATCH):
            some = records[start : start + _BATCH]
            found |= self._loaded_others(connection, number, some)
            if kind is not None:
                table = self.tables[kind.name]
                for row in connection.execute(select(table).where(table.c.id.in_(some))).mappings():
                    loaded: Row = dict(row)
                    state = rows.state_of(kind, loaded)
                    found[loaded["id"]] = Stored(loaded["space"], state, loaded)
        return found

    def _loaded_others(
        self, connection: Connection, number: int, records: Sequence[Id]
    ) -> dict[Id, Stored]:
        others = self.tables.others
        statement = select(others).where(others.c.id.in_(records), others.c.kind == number)
        return {
            row.id: Stored(row.space, rows.decode_state(row.rest))
            for row in connection.execute(statement)
        }

    def _save(self, batch: _Batch, after: Mapping[Id, Stored]) -> None:
        full = [{"id": r, "space": s.space, **s.row} for r, s in after.items() if s.row is not None]
        bare: list[Row] = [
            {
                "kind": batch.number,
                "id": record,
                "space": stored.space,
                "rest": rows.encode_state(stored.state),
            }
            for record, stored in after.items()
            if stored.row is None
        ]
        if full and batch.kind is not None:
            table = self.tables[batch.kind.name]
            batch.connection.execute(table.insert().prefix_with("OR REPLACE"), full)
            self._forget_others(batch, [row["id"] for row in full])
        if bare:
            batch.connection.execute(self.tables.others.insert().prefix_with("OR REPLACE"), bare)
            self._forget_rows(batch, [row["id"] for row in bare])

    def _forget_rows(self, batch: _Batch, records: Sequence[Id]) -> None:
        """Only a record that turned out to be another space's can have had a row before."""
        if batch.kind is not None:
            table = self.tables[batch.kind.name]
            gone = delete(table).where(table.c.id == bindparam("gone"))
            batch.connection.execute(gone, [{"gone": record} for record in records])

    def _forget_others(self, batch: _Batch, records: Sequence[Id]) -> None:
        others = self.tables.others
        if batch.connection.scalar(select(others.c.id).limit(1)) is None:
            return
        for start in range(0, len(records), _BATCH):
            some = others.c.id.in_(records[start : start + _BATCH])
            batch.connection.execute(delete(others).where(some, others.c.kind == batch.number))


def _folded(kind: Kind | None, written: Sequence[Written], old: Stored | None) -> Stored:
    space = written[0].group.space
    state = folded(old.state if old else RecordState(), written, kind)
    if kind is None or not state.exists:
        return Stored(space, state)
    row: dict[str, Any] = rows.row_of(kind, state)
    row["created_seq"] = creation_seq(state, written, old.creation if old else None)
    return Stored(space, state, row)


def _reindexed(kind: Kind, record: Id, before: Stored | None, after: Stored) -> Reindexed:
    return Reindexed(
        record,
        after.space,
        0 if after.row is None else moment_of(kind, after.row),
        texts_of(kind, None if before is None else before.row),
        texts_of(kind, after.row),
    )
