"""What the log says of single records: their history, and whether their changes have left."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from cop_desktop.store import log
from cop_desktop.store.kept import OUTBOX
from cop_desktop.store.tables import Tables
from cop_desktop.store.values import HistoryEntry, ItemState
from sync.core.ids import Id

_BATCH: Final = 500


def states(connection: Connection, tables: Tables, records: Sequence[Id]) -> dict[Id, ItemState]:
    """Where the latest changes of each record are."""
    found = dict.fromkeys(records, ItemState.SENT)
    touches = tables.touches
    for start in range(0, len(records), _BATCH):
        statement = (
            select(touches.c.record, OUTBOX.c.reason)
            .join(OUTBOX, OUTBOX.c.log == touches.c.log)
            .where(touches.c.record.in_(records[start : start + _BATCH]), OUTBOX.c.offered == 0)
            .order_by(touches.c.log)
        )
        for row in connection.execute(statement):
            found[row.record] = ItemState.WAITING if row.reason is None else ItemState.REFUSED
    return found


def history(connection: Connection, tables: Tables, record: Id) -> list[HistoryEntry]:
    """All groups that touched the record, in the order of their writes."""
    statement = select(tables.touches.c.log).where(tables.touches.c.record == record)
    found = log.entries(connection, list(connection.scalars(statement)))
    return [
        HistoryEntry(entry.group, entry.received_ms, entry.position)
        for entry in sorted(found, key=_by_stamp)
    ]


def _by_stamp(entry: log.Entry) -> tuple[int, Id, int]:
    return entry.group.clock, entry.group.replica, entry.id
