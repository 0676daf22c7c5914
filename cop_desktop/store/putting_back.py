"""Putting what was salvaged into a database that is empty or comes from a backup."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select, update

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
from cop_desktop.store.rebuilding import FINGERPRINT
from cop_desktop.store.renaming import note_renamed_from
from cop_desktop.store.salvage import Salvaged
from sync.core.signing import SigningKey


def mend_waiting(connection: Connection) -> None:
    """What was written here and has no place at the server waits to go, and is signed anew.

    Both are rows that no hash is over. The derived tables will be filled again.
    """
    identity = connection.execute(select(IDENTITY.c.replica, IDENTITY.c.seed)).first()
    if identity is not None:
        key = SigningKey(identity.seed)
        unplaced = (LOG.c.replica == identity.replica) & LOG.c.position.is_(None)
        rows = connection.execute(select(LOG.c.id, LOG.c.hash).where(unplaced)).all()
        if rows:
            signed = [{"log_id": row.id, "signed": key.sign_group(row.hash)} for row in rows]
            by_id = update(LOG).where(LOG.c.id == bindparam("log_id"))
            connection.execute(by_id.values(signature=bindparam("signed")), signed)
            waiting = [{"log": row.id, "reason": None, "offered": 0} for row in rows]
            connection.execute(OUTBOX.insert().prefix_with("OR IGNORE"), waiting)
    connection.execute(delete(FACTS).where(FACTS.c.name == FINGERPRINT))


def own_groups(connection: Connection) -> list[Mapping[str, Any]]:
    """Rows of the groups that this replica wrote and that are there."""
    replica = connection.scalar(select(IDENTITY.c.replica))
    rows = connection.execute(select(LOG).where(LOG.c.replica == replica)).mappings()
    return [dict(row) for row in rows]


def take_identity(connection: Connection, found: Salvaged) -> None:
    """Be who the damaged database says; who the backup says, where a bit of that may be wrong."""
    known = connection.scalar(select(IDENTITY.c.replica))
    replace = known is None or found.is_certified
    for table in (IDENTITY, ACCOUNT):
        _add(connection, table, found, replace=replace)
    if replace and found.renamed_from is not None:
        note_renamed_from(connection, found.renamed_from)
    replica = connection.scalar(select(IDENTITY.c.replica))
    if known not in (None, replica):  # it got another name since the backup
        left = select(LOG.c.id).where(LOG.c.replica == known)
        offered = update(OUTBOX).where(OUTBOX.c.log.in_(left))
        connection.execute(offered.values(offered=1, reason=None))


def put_back(connection: Connection, found: Salvaged) -> tuple[int, int]:
    """How many groups of our own were put back, and how many of these wait."""
    _add(connection, SPACES, found, replace=False)
    for table in (SETTINGS, LOCAL_DRAFTS):
        _add(connection, table, found, replace=True)
    groups = waiting = 0
    for row in found.groups:
        known = connection.scalar(select(LOG.c.id).where(LOG.c.hash == row["hash"]))
        if known is None:
            groups += 1
            waiting += _put_back_group(connection, row, found.outbox or {})
        elif found.outbox is not None and _is_acknowledged(row, found.outbox):
            connection.execute(delete(OUTBOX).where(OUTBOX.c.log == known))
    _note_written(connection)
    connection.execute(delete(FACTS).where(FACTS.c.name == FINGERPRINT))
    return groups, waiting


def _add(connection: Connection, table: Table, found: Salvaged, *, replace: bool) -> None:
    """Put rows back. replace: in place of a backup's, because they are newer."""
    rows = [dict(row) for row in found.rows.get(table.name, [])]
    if table is SPACES:
        # Where the log begins and ends is told by the log that is there now.
        rows = [{**row, "head": 0, "floor": 0, "agreed": 0} for row in rows]
    if rows:
        verb = "OR REPLACE" if replace else "OR IGNORE"
        connection.execute(table.insert().prefix_with(verb), rows)


def _is_acknowledged(row: Mapping[str, Any], outbox: Mapping[int, str | None]) -> bool:
    """As log and outbox say; where one of them says that it waits, it is sent again for nothing."""
    return row["position"] is not None and row["id"] not in outbox


def _put_back_group(
    connection: Connection, row: Mapping[str, Any], outbox: Mapping[int, str | None]
) -> int:
    """1 if the group waits to be sent. It goes where the log of the backup ends."""
    columns = {name: value for name, value in row.items() if name != "id"}
    # The server tells its place again: a wrong one would be in the way of another group.
    columns |= {"sum": None, "position": None}
    log_id = connection.execute(LOG.insert(), columns).lastrowid
    waits = not _is_acknowledged(row, outbox)
    if waits:
        reason = outbox.get(row["id"])
        connection.execute(OUTBOX.insert(), {"log": log_id, "reason": reason})
    return int(waits)


def _note_written(connection: Connection) -> None:
    """The number of own groups that are here, which the sidecar is compared with."""
    replica = connection.scalar(select(IDENTITY.c.replica))
    own = select(func.count(), func.max(LOG.c.clock)).where(LOG.c.replica == replica)
    written, clock = connection.execute(own).one()
    clock = func.max(IDENTITY.c.clock, clock or 0)
    connection.execute(update(IDENTITY).values(written=written, clock=clock))
