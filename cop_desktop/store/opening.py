"""Opening a replica's folder: lock, unclean exit, schema, copies, derived tables."""

import errno
import logging
import shutil
import sqlite3
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from sqlalchemy import select

from cop_desktop.store import account, rebuilding, renaming, schema, sidecar
from cop_desktop.store.database import Connect, Database, connected, our_errors
from cop_desktop.store.errors import Damaged, ReplicaInUse, StoreError, UnsafeFolder
from cop_desktop.store.files_on_disk import file_errors
from cop_desktop.store.kept import IDENTITY
from cop_desktop.store.layout import Layout
from cop_desktop.store.leftover import lost_groups
from cop_desktop.store.log import check_through
from cop_desktop.store.projection import Projection
from cop_desktop.store.room import FreeBytes, Reserve, free_bytes
from cop_desktop.store.salvage import readable
from cop_desktop.store.tables import tables_of
from cop_desktop.store.values import Progress
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import Catalogue

logger = logging.getLogger(__name__)

_NO_LOCKS: Final = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS)
_MET_DAMAGE: Final = b"damaged\n"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a replica is opened.

    progress: told when something takes a while. connect: opens the database file. free: how much
    may be written.
    """

    catalogue: Catalogue = CATALOGUE
    progress: Progress | None = None
    connect: Connect = connected
    free: FreeBytes = field(default=free_bytes)


@dataclass(frozen=True, slots=True)
class Opened:
    """A replica's folder while it is locked, and what is in it.

    lock: None where it is only read. scratch: a folder of copies that goes with it.
    """

    layout: Layout
    lock: FileLock | None
    database: Database
    projection: Projection
    reserve: Reserve
    scratch: Path | None = None

    def close(self) -> None:
        """Close the database and let the folder go; the exit was clean then.

        Unless damage was met: the next start then looks for it.
        """
        self.database.close()
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)
        if self.lock is None:
            return
        if not self.database.was_damaged:
            try:
                with file_errors():
                    self.layout.open_marker.unlink(missing_ok=True)
            except StoreError as error:
                logger.warning("how it ended is not noted: %s", error)  # the next start checks more
        self.lock.release()


def opened(folder: Path, setting: Setting) -> Opened:
    """The replica's folder, made if it is not there.

    Raises ReplicaInUse, UnsafeFolder, Damaged, NewerDatabase, ReadOnly, DiskFull, DiskTrouble.
    """
    layout = Layout(folder)
    projection = Projection(tables_of(setting.catalogue), setting.catalogue)
    reserve = Reserve(layout.reserve, setting.free)
    lock = locked(layout, reserve)
    try:
        _check_presence(layout)
        met_damage = _check_exit(layout)
        database = Database(layout.database, setting.connect, reserve)
        try:
            schema.bring_up(database)
            check_log(database, waiting=True)
            _check_copies(database, layout.sidecar)
            if met_damage or not is_current(database, projection):
                rebuilding.rebuild(database, projection, setting.progress)
            with file_errors():
                layout.open_marker.write_bytes(b"")
        except StoreError:
            database.close()
            raise
        database.on_damage = partial(_note_damage, layout)
        return Opened(layout, lock, database, projection, reserve)
    except BaseException:
        lock.release()
        raise


def _note_damage(layout: Layout) -> None:
    """At once: the person may end the program any way they like."""
    logger.error("damage was met; the next start looks for it")
    try:
        with file_errors():
            layout.open_marker.write_bytes(_MET_DAMAGE)
    except StoreError as error:
        logger.warning("damage is not noted: %s", error)


def locked(layout: Layout, reserve: Reserve) -> FileLock:
    """The lock on the folder, which is made if it is not there; released by the system if we die.

    reserve: given up where there is hardly room for opening. Raises ReplicaInUse, UnsafeFolder,
    ReadOnly, DiskFull, DiskTrouble.
    """
    lock = FileLock(layout.lock, thread_local=False, fallback_to_soft=False)
    with file_errors():
        layout.folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise ReplicaInUse(str(layout.folder)) from error
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise UnsafeFolder(f"{layout.folder} cannot be locked") from error
            raise
    reserve.before_writing()
    return lock


def _check_presence(layout: Layout) -> None:
    """Return unless the database is half put together, or gone while what belongs to it is here.

    Raises Damaged.
    """
    if layout.mending.exists():
        raise Damaged("putting it together again was cut off")
    left_behind = layout.sidecar.exists() or any(layout.backups.glob("replica-*.sqlite"))
    if left_behind and not layout.database.exists():
        raise Damaged("the database is gone")


def is_current(database: Database, projection: Projection) -> bool:
    """Whether the derived tables are in the form that this program knows."""
    with database.read() as connection:
        return rebuilding.fingerprint(connection) == projection.tables.fingerprint


def _check_exit(layout: Layout) -> bool:
    """After an unclean exit look whether all is in order; whether the last run met damage.

    Before the database is opened for writing: that would fold a damaged write-ahead log in.
    Raises Damaged.
    """
    with file_errors():
        if not (layout.open_marker.exists() and layout.database.exists()):
            return False
        met_damage = layout.open_marker.stat().st_size > 0
    logger.warning("the last run did not end cleanly; checking the database")
    try:
        with our_errors(), readable(layout.database) as connection:
            _check_unopened(layout.database, connection, waiting=not met_damage)
    except UnicodeDecodeError as error:  # from the words for what it found
        raise Damaged("the check stumbled over damage") from error
    return met_damage


def _check_unopened(path: Path, connection: sqlite3.Connection, *, waiting: bool) -> None:
    found = connection.execute("PRAGMA quick_check(5)").fetchall()
    if [row[0] for row in found] != ["ok"]:
        raise Damaged("; ".join(str(row[0]) for row in found))
    if not schema.is_made(connection):
        return
    check_through(connection, waiting=waiting)
    if lost := lost_groups(path, connection):
        raise Damaged(f"{lost} groups lie behind damage in the write-ahead log")


def quick_check(database: Database) -> None:
    """Return if SQLite finds its file in order.

    Raises Damaged.
    """
    with database.read() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(5)").scalars().all()
    if found != ["ok"]:
        raise Damaged("; ".join(str(line) for line in found))


def check_log(database: Database, *, waiting: bool = False) -> None:
    """Return if every group in the log is what its hash says.

    waiting: look only at what the server does not have. Raises Damaged.
    """
    with database.read() as connection:
        check_through(database.driver(connection), waiting=waiting)


def _check_copies(database: Database, path: Path) -> None:
    with database.read() as connection:
        inside = account.count(connection)
        known = connection.scalar(select(IDENTITY.c.needs_rename))
        before = renaming.renamed_from(connection)
    if inside is None or known is not None:
        return
    try:
        beside = sidecar.read(path)
    except sidecar.Unreadable as error:
        # No reason for suspicion: if it is a copy all the same, the server tells.
        logger.warning("the count beside the database cannot be read: %s", error)
        _note_count(path, inside)
        return
    if beside is not None and beside.replica == before:
        return  # it got another name, and ended before that was noted in the file
    reason = sidecar.suspicion(beside, inside)
    if reason is not None:
        logger.warning("the database was put here from elsewhere: %s", reason)
        with database.write() as connection:
            account.mark_for_rename(connection, reason)


def _note_count(path: Path, count: sidecar.Count) -> None:
    try:
        sidecar.write(path, count)
    except (StoreError, OSError) as error:
        logger.warning("the count beside the database stays unreadable: %s", error)
