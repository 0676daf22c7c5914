"""Reading what can still be read of a damaged database, row by row.

Only what nobody else has is looked for: who this is, what was written here, settings and drafts.
Everything else comes again from the server.
"""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cop_desktop.store.errors import Damaged
from cop_desktop.store.kept import ACCOUNT, IDENTITY, LOCAL_DRAFTS, LOG, SETTINGS, SPACES
from cop_desktop.store.log import raw_of
from sync.core.errors import CoreError
from sync.core.group import decode_group, group_hash

logger = logging.getLogger(__name__)

_SMALL_TABLES = (IDENTITY, ACCOUNT, SPACES, SETTINGS, LOCAL_DRAFTS)


@dataclass(slots=True)
class Salvaged:
    """What could be read.

    rows: of the small tables, by name of table. groups: rows of the log that this replica wrote,
    each checked against its hash. outbox: log ids and reasons; None if that table could not be
    read.
    """

    rows: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    groups: list[Mapping[str, Any]] = field(default_factory=list)
    outbox: dict[int, str | None] | None = None


def salvage(path: Path) -> Salvaged:
    """Whatever can be read of the database; nothing, if nothing can."""
    found = Salvaged()
    with contextlib.suppress(sqlite3.Error), _opened(path) as connection:
        for table in _SMALL_TABLES:
            found.rows[table.name] = list(_rows(connection, f"SELECT * FROM {table.name}"))  # noqa: S608
        found.outbox = _outbox(connection)
        replica = next((row["replica"] for row in found.rows[IDENTITY.name]), None)
        if replica is not None:
            found.groups = list(_own_groups(connection, replica))
    return found


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def _rows(
    connection: sqlite3.Connection, statement: str, values: tuple[Any, ...] = ()
) -> Iterator[Mapping[str, Any]]:
    """The rows up to the first that cannot be read."""
    try:
        for row in connection.execute(statement, values):
            yield dict(row)
    except (sqlite3.Error, OverflowError) as error:
        logger.warning("salvage stopped reading: %s", error)


def _outbox(connection: sqlite3.Connection) -> dict[int, str | None] | None:
    try:
        return dict(connection.execute("SELECT log, reason FROM outbox").fetchall())
    except sqlite3.Error as error:
        logger.warning("the outbox cannot be read: %s", error)
        return None


def _own_groups(connection: sqlite3.Connection, replica: bytes) -> Iterator[Mapping[str, Any]]:
    """One row at a time, so that a damaged page costs only the rows on it."""
    top = next(_rows(connection, "SELECT max(id) AS top FROM log"), {"top": None})["top"] or 0
    for log_id in range(1, top + 1):
        row = next(_rows(connection, "SELECT * FROM log WHERE id = ?", (log_id,)), None)
        if row is not None and row["replica"] == replica and _is_whole(row):
            yield row


def _is_whole(row: Mapping[str, Any]) -> bool:
    try:
        raw = raw_of(row[LOG.c.raw.name])
        group = decode_group(raw)
    except (CoreError, Damaged, TypeError):
        return False
    place = (row["space"], row["replica"], row["seq"])
    return group_hash(raw) == row["hash"] and place == (group.space, group.replica, group.seq)
