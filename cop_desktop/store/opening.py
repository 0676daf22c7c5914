"""Opening a replica's folder: lock, unclean exit, schema, copies, derived tables."""

import logging
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import select

from cop_desktop.store import account, rebuilding, renaming, schema, sidecar
from cop_desktop.store.database import Connect, Database, connected
from cop_desktop.store.errors import Damaged, ReplicaInUse, StoreError
from cop_desktop.store.files_on_disk import file_errors
from cop_desktop.store.kept import IDENTITY
from cop_desktop.store.layout import Layout
from cop_desktop.store.projection import Projection
from cop_desktop.store.tables import tables_of
from cop_desktop.store.values import Progress
from sync.catalogue.declare import Catalogue

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A replica's folder while it is locked, and what is in it."""

    layout: Layout
    lock: FileLock
    database: Database
    projection: Projection

    def close(self) -> None:
        """Close the database and let the folder go; the exit was clean then."""
        self.database.close()
        self.layout.open_marker.unlink(missing_ok=True)
        self.lock.release()


def opened(
    folder: Path, catalogue: Catalogue, progress: Progress | None, connect: Connect = connected
) -> Opened:
    """The replica's folder, made if it is not there.

    connect: opens the database file.

    Raises ReplicaInUse, Damaged, NewerDatabase, ReadOnly, DiskFull.
    """
    layout = Layout(folder)
    projection = Projection(tables_of(catalogue), catalogue)
    lock = locked(layout)
    try:
        database = Database(layout.database, connect)
        _bring_up(database, layout, projection, progress)
        return Opened(layout, lock, database, projection)
    except BaseException:
        lock.release()
        raise


def locked(layout: Layout) -> FileLock:
    """The lock on the folder, which is made if it is not there; released by the system if we die.

    Raises ReplicaInUse, ReadOnly, DiskFull.
    """
    lock = FileLock(layout.lock, thread_local=False)
    with file_errors():
        layout.folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise ReplicaInUse(str(layout.folder)) from error
    return lock


def _bring_up(
    database: Database, layout: Layout, projection: Projection, progress: Progress | None
) -> None:
    """Check the database and bring it to this program's form; it is closed if that fails.

    Raises Damaged, NewerDatabase, DiskFull, ReadOnly.
    """
    unclean = layout.open_marker.exists()
    try:
        if unclean:
            logger.warning("the last run did not end cleanly; checking the database")
            quick_check(database)
        schema.bring_up(database)
        _check_copies(database, layout.sidecar)
        with database.read() as connection:
            current = rebuilding.fingerprint(connection) == projection.tables.fingerprint
        if not current:
            rebuilding.rebuild(database, projection, progress)
        with file_errors():
            layout.open_marker.touch()
    except StoreError:
        database.close()
        raise


def quick_check(database: Database) -> None:
    """Return if SQLite finds its file in order.

    Raises Damaged.
    """
    with database.read() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(5)").scalars().all()
    if found != ["ok"]:
        raise Damaged("; ".join(str(line) for line in found))


def _check_copies(database: Database, path: Path) -> None:
    with database.read() as connection:
        inside = account.count(connection)
        known = connection.scalar(select(IDENTITY.c.needs_rename))
        before = renaming.renamed_from(connection)
    if inside is None or known is not None:
        return
    beside = sidecar.read(path)
    if beside is not None and beside.replica == before:
        return  # it got another name, and ended before that was noted in the file
    reason = sidecar.suspicion(beside, inside)
    if reason is not None:
        logger.warning("the database was put here from elsewhere: %s", reason)
        with database.write() as connection:
            account.mark_for_rename(connection, reason)
