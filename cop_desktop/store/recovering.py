"""A database that does not open: set aside, to go on from a backup and what was salvaged."""

import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, func, select, update

from cop_desktop.store import schema
from cop_desktop.store.backup import Backups
from cop_desktop.store.database import Database
from cop_desktop.store.errors import StoreError
from cop_desktop.store.files_on_disk import file_errors
from cop_desktop.store.kept import (
    ACCOUNT,
    FACTS,
    IDENTITY,
    LOCAL_DRAFTS,
    LOG,
    OUTBOX,
    SETTINGS,
    SPACES,
)
from cop_desktop.store.layout import Layout
from cop_desktop.store.opening import locked, quick_check
from cop_desktop.store.rebuilding import FINGERPRINT
from cop_desktop.store.salvage import Salvaged, salvage
from cop_desktop.store.values import Clock

logger = logging.getLogger(__name__)

_BESIDE: Final = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of a recovery.

    aside: the folder that the damaged files are in now; they are never deleted. backup: what it
    went on from, None if from nothing. groups: of our own that were put back. waiting: of those,
    not yet acknowledged.
    """

    aside: Path
    backup: Path | None
    groups: int
    waiting: int


def recover(data_dir: Path, clock: Clock) -> Recovered:
    """Make the replica open again: call it when `Replica.open` raised Damaged, then open.

    Raises ReplicaInUse, DiskFull, ReadOnly.
    """
    layout = Layout(data_dir)
    lock = locked(layout)
    try:
        aside = _set_aside(layout, clock)
        found = salvage(aside / layout.database.name)
        backup = _restore(layout, Backups(layout.backups, clock))
        database = Database(layout.database)
        try:
            schema.bring_up(database)
            with database.write() as connection:
                groups, waiting = _put_back(connection, found)
        finally:
            database.close()
    finally:
        lock.release()
    logger.warning("recovered %d groups of our own, %d of them waiting", groups, waiting)
    return Recovered(aside, backup, groups, waiting)


def _set_aside(layout: Layout, clock: Clock) -> Path:
    with file_errors():
        aside = layout.folder / f"damaged-{max(clock.wall_ms(), 0):015d}"
        number = 0
        while aside.exists():
            number += 1
            aside = aside.with_name(f"{aside.name.partition('.')[0]}.{number}")
        aside.mkdir()
        for ending in _BESIDE:
            path = layout.database.with_name(layout.database.name + ending)
            if path.exists():
                path.replace(aside / path.name)
    return aside


def _restore(layout: Layout, backups: Backups) -> Path | None:
    """The newest backup that is in order, now in the database's place."""
    for backup in backups.newest_first():
        with file_errors():
            shutil.copyfile(backup, layout.database)
        try:
            database = Database(layout.database)
            try:
                quick_check(database)
                schema.bring_up(database)
            finally:
                database.close()
        except StoreError as error:
            logger.warning("backup %s is not usable: %s", backup.name, error)
            _set_aside_backup(layout)
            continue
        return backup
    return None


def _set_aside_backup(layout: Layout) -> None:
    """Remove the copy of a backup that is of no use; the backup itself stays."""
    with file_errors():
        for ending in _BESIDE:
            layout.database.with_name(layout.database.name + ending).unlink(missing_ok=True)


def _put_back(connection: Connection, found: Salvaged) -> tuple[int, int]:
    for table in (IDENTITY, ACCOUNT, SPACES):
        _add(connection, table, found, replace=False)
    for table in (SETTINGS, LOCAL_DRAFTS):
        _add(connection, table, found, replace=True)
    groups = waiting = 0
    for row in found.groups:
        known = connection.scalar(select(LOG.c.id).where(LOG.c.hash == row["hash"]))
        if known is None:
            groups += 1
            waiting += _put_back_group(connection, row, found.outbox)
        elif found.outbox is not None and row["id"] not in found.outbox:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.log == known))
    _note_written(connection)
    connection.execute(delete(FACTS).where(FACTS.c.name == FINGERPRINT))
    return groups, waiting


def _add(connection: Connection, table: Table, found: Salvaged, *, replace: bool) -> None:
    """Put rows back. replace: in place of a backup's, because they are newer."""
    if table is SPACES:
        # Where the log begins and ends is told by the log that is there now.
        rows = [{**row, "head": 0, "floor": 0, "agreed": 0} for row in found.rows.get("spaces", [])]
    else:
        rows = [dict(row) for row in found.rows.get(table.name, [])]
    if rows:
        verb = "OR REPLACE" if replace else "OR IGNORE"
        connection.execute(table.insert().prefix_with(verb), rows)


def _put_back_group(
    connection: Connection, row: Mapping[str, Any], outbox: Mapping[int, str | None] | None
) -> int:
    """1 if the group waits to be sent. It goes where the log of the backup ends."""
    columns = {name: value for name, value in row.items() if name != "id"}
    taken = connection.scalar(
        select(LOG.c.id).where(LOG.c.space == row["space"], LOG.c.position == row["position"])
    )
    # The sum is found again when the server tells the group's place.
    columns |= {"sum": None, "position": None if taken is not None else row["position"]}
    log_id = connection.execute(LOG.insert(), columns).lastrowid
    waits = row["position"] is None if outbox is None else row["id"] in outbox
    if waits:
        reason = None if outbox is None else outbox[row["id"]]
        connection.execute(OUTBOX.insert(), {"log": log_id, "reason": reason})
    return int(waits)


def _note_written(connection: Connection) -> None:
    """The number of own groups that are here, which the sidecar is compared with."""
    replica = connection.scalar(select(IDENTITY.c.replica))
    own = select(func.count(), func.max(LOG.c.clock)).where(LOG.c.replica == replica)
    written, clock = connection.execute(own).one()
    clock = func.max(IDENTITY.c.clock, clock or 0)
    connection.execute(update(IDENTITY).values(written=written, clock=clock))
