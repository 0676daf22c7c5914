"""Dropping the derived tables and filling them again from the log."""

from typing import Final

from sqlalchemy import Connection, func, select

from cop_desktop.store import log, search_index, spaces
from cop_desktop.store.database import Database
from cop_desktop.store.kept import FACTS, LOG
from cop_desktop.store.projection import Projection
from cop_desktop.store.search_index import Order
from cop_desktop.store.values import Progress

FINGERPRINT: Final = "projection"


def fingerprint(connection: Connection) -> str | None:
    """Of the derived tables in the database; None if there are none."""
    return connection.scalar(select(FACTS.c.value).where(FACTS.c.name == FINGERPRINT))


def rebuild(database: Database, projection: Projection, progress: Progress | None = None) -> None:
    """Make the derived tables anew, in one transaction: what was there stays readable until then.

    progress: called with groups done and groups in all; if it raises, all stays as it was.
    """
    with database.bulk() as connection:
        refill(connection, projection, progress)


def refill(
    connection: Connection, projection: Projection, progress: Progress | None = None
) -> None:
    """As `rebuild`, as a part of the caller's transaction and from the log as it is in there."""
    total = connection.scalar(select(func.count()).select_from(LOG)) or 0
    projection.tables.create(connection)
    space_kinds = spaces.kinds(connection)
    done = 0
    for batch in log.batches(connection):
        projection.apply(connection, batch, space_kinds, Order.LATER)
        done += len(batch)
        if progress is not None:
            progress(done, total)
    search_index.index_all(connection, projection.tables)
    note = {"name": FINGERPRINT, "value": projection.tables.fingerprint}
    connection.execute(FACTS.insert().prefix_with("OR REPLACE"), note)
