"""Applying groups to the projection tables: load what they touch, fold, write back in batches.

The rows depend only on the set of groups applied, not on their order or repetition.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from cop_desktop.store import batches, log, rows
from cop_desktop.store.folding import Written, creation_seq, folded, owner, sorted_ops
from cop_desktop.store.log import Entry
from cop_desktop.store.records import Numbered, Records, Stored
from cop_desktop.store.search_index import (
    Order,
    Reindexed,
    Reindexing,
    moment_of,
    reindex,
    texts_of,
)
from cop_desktop.store.tables import Tables
from cop_desktop.store.values import Changed
from sync.catalogue.declare import Catalogue, Kind
from sync.core.ids import Id
from sync.core.ops import SetFields

_AT_ONCE: Final = 2_000
"""Groups folded together: enough for the database, few enough for the memory."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """What one call of `apply` carries through."""

    connection: Connection
    space_kinds: Mapping[Id, str]
    order: Order


class Projection:
    """Writes the derived tables, and reads states back from them."""

    def __init__(self, tables: Tables, catalogue: Catalogue) -> None:
        self.tables = tables
        self.catalogue = catalogue
        self._records = Records(tables)

    def apply(
        self,
        connection: Connection,
        entries: Sequence[Entry],
        space_kinds: Mapping[Id, str],
        order: Order = Order.NEWER,
    ) -> Changed:
        """Fold groups that are in the log already into the tables and the search index.

        space_kinds: of every space held. entries: of one space, in order of position, where the
        order says that they are older. Returns what must be read again.
        """
        batch = _Batch(connection, space_kinds, order)
        starts = range(0, len(entries), _AT_ONCE)
        changed = Changed()
        # History goes backwards, so that each part is older than all that is indexed already.
        for start in reversed(starts) if order is Order.OLDER else starts:
            changed = changed.merged(self._apply(batch, entries[start : start + _AT_ONCE]))
        return changed

    def stored(self, connection: Connection, kind: Kind, record: Id) -> Stored | None:
        """One record of a known kind; None if nothing of it has arrived."""
        return self.stored_of(connection, kind, [record]).get(record)

    def stored_of(
        self, connection: Connection, kind: Kind, records: Sequence[Id]
    ) -> dict[Id, Stored]:
        """Those of these records of a known kind of which something has arrived."""
        return self._records.load(connection, Numbered(kind.number, kind), records)

    def _apply(self, batch: _Batch, entries: Sequence[Entry]) -> Changed:
        found = sorted_ops(entries, self.catalogue, batch.space_kinds)
        touches = [{"record": record, "log": log_id} for record, log_id in found.touches]
        batches.insert_missing(batch.connection, self.tables.touches, touches)
        kinds = set()
        for number, ops in found.ops.items():
            kind = self.catalogue.by_number.get(number)
            self._apply_kind(batch, Numbered(number, kind), ops)
            if kind is not None:
                kinds.add(kind.name)
        return Changed.of(
            {entry.group.space for entry in entries},
            kinds,
            {record for record, _ in found.touches},
        )

    def _apply_kind(self, batch: _Batch, what: Numbered, ops: Mapping[Id, list[Written]]) -> None:
        before = self._records.load(batch.connection, what, list(ops))
        after: dict[Id, Stored] = {}
        for record, written in ops.items():
            old = before.get(record)
            homes = {w.group.space for w in written}
            if len(homes) > 1 or (old is not None and old.space not in homes):
                after[record] = self._settled(batch, what, record)
            else:
                after[record] = _folded(what.kind, written, old)
        self._records.save(batch.connection, what, after)
        if what.kind is None or batch.order is Order.LATER:
            return
        shape = self.tables.searched.get(what.kind.name)
        if shape is not None:
            changes = [
                Reindexed(
                    record,
                    now.space,
                    moment_of(what.kind, now.row),
                    texts_of(shape, before[record].row if record in before else None),
                    texts_of(shape, now.row),
                )
                for record, now in after.items()
            ]
            reindex(batch.connection, self.tables, what.kind, Reindexing(changes, batch.order))

    def _settled(self, batch: _Batch, what: Numbered, record: Id) -> Stored:
        """A record whose id groups of several spaces write to, folded anew from its own space's."""
        touches = self.tables.touches
        statement = select(touches.c.log).where(touches.c.record == record)
        entries = log.entries(batch.connection, list(batch.connection.scalars(statement)))
        found = sorted_ops(entries, self.catalogue, batch.space_kinds)
        written = found.ops[what.number][record]
        space = owner(what.kind, record, written)
        return _folded(what.kind, [w for w in written if w.group.space == space], None)


def _folded(kind: Kind | None, written: Sequence[Written], old: Stored | None) -> Stored:
    first = written[0]
    if kind is not None and old is None and len(written) == 1 and isinstance(first.op, SetFields):
        row = rows.row_of_creation(kind, first.group, first.op)
        if row is not None:
            return Stored(first.group.space, kind, row)
    state = folded(old.state if old else Stored(first.group.space, kind).state, written, kind)
    if kind is None or not state.exists:
        return Stored(first.group.space, kind, bare=state)
    row = rows.row_of(kind, state)
    row["created_seq"] = creation_seq(state, written, old.creation if old else None)
    return Stored(first.group.space, kind, row)
