"""A database that does not open: set aside, to go on from what is whole of it, or from a backup.

Whatever moment it is cut off at, the next call goes on: `Layout.mending` says from where, and
the new database is put together beside the place of the old one.
"""

import json
import logging
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cop_desktop.store import putting_back, schema
from cop_desktop.store import salvage as salvaging
from cop_desktop.store.backup import Backups
from cop_desktop.store.checking import check_kept
from cop_desktop.store.database import Connect, Database, connected, our_errors
from cop_desktop.store.errors import Damaged, DiskFull
from cop_desktop.store.files_on_disk import file_errors, sync_file, sync_folder
from cop_desktop.store.kept import IDENTITY, KEPT
from cop_desktop.store.layout import Layout
from cop_desktop.store.opening import check_log, locked, quick_check
from cop_desktop.store.room import FreeBytes, Reserve, free_bytes
from cop_desktop.store.values import Clock

logger = logging.getLogger(__name__)

_BESIDE: Final = ("-wal", "-shm", "")
"""The database last: where it is, the others are."""
_ROWS_AT_ONCE: Final = 500
_UNREADABLE: Final = (Damaged, IntegrityError, sqlite3.Error, OverflowError, UnicodeDecodeError)
"""What reading damaged rows, and writing them elsewhere, may end in."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of a recovery.

    aside: the folder that the damaged files are in now; they are never deleted. whole: all that is
    not derived could be read, so nothing is lost. backup: what it went on from otherwise, None if
    from nothing. groups: of our own that were put back. waiting: of those, not yet acknowledged.
    """

    aside: Path
    whole: bool
    backup: Path | None
    groups: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Tools:
    """The outside world of a recovery. connect: opens database files."""

    clock: Clock
    connect: Connect = connected
    free: FreeBytes = free_bytes


def recover(data_dir: Path, clock: Clock, tools: Tools | None = None) -> Recovered:
    """Make the replica open again: call it when `Replica.open` raised Damaged, then open.

    Raises ReplicaInUse, UnsafeFolder, DiskFull, ReadOnly, DiskTrouble; then call it again once that
    is mended: nothing is lost meanwhile.
    """
    tools = tools or Tools(clock)
    layout = Layout(data_dir)
    reserve = Reserve(layout.reserve, tools.free)
    lock = locked(layout, reserve)
    try:
        with file_errors():
            aside = _set_aside(layout, clock)
            if layout.database.exists():  # it was cut off when all was done
                recovered = Recovered(aside, whole=False, backup=None, groups=0, waiting=0)
            else:
                recovered = _put_together(layout, aside, tools)
            layout.mending.unlink()
    except DiskFull as error:
        error.room_made = reserve.give_up()
        raise
    finally:
        lock.release()
    logger.warning(
        "recovered %d groups of our own, %d of them waiting", recovered.groups, recovered.waiting
    )
    return recovered


def _set_aside(layout: Layout, clock: Clock) -> Path:
    """The folder that the damaged files are in; none of them is in its place then."""
    if layout.mending.exists():
        noted = json.loads(layout.mending.read_text(encoding="utf-8"))
    else:
        noted = {"aside": _unused(layout, clock).name, "moved": False}
        _note(layout, noted)
    aside = layout.folder / str(noted["aside"])
    if not noted["moved"]:
        aside.mkdir(exist_ok=True)
        for ending in _BESIDE:
            path = layout.database.with_name(layout.database.name + ending)
            if path.exists():
                path.replace(aside / path.name)
        sync_folder(aside)
        _note(layout, {**noted, "moved": True})
    return aside


def _unused(layout: Layout, clock: Clock) -> Path:
    first = layout.folder / f"damaged-{max(clock.wall_ms(), 0):015d}"
    aside, number = first, 0
    while aside.exists():
        number += 1
        aside = first.with_name(f"{first.name}.{number}")
    return aside


def _note(layout: Layout, noted: Mapping[str, Any]) -> None:
    new = layout.mending.with_name(layout.mending.name + ".new")
    new.write_text(json.dumps(noted), encoding="utf-8")
    sync_file(new)
    new.replace(layout.mending)
    sync_folder(layout.folder)


def _put_together(layout: Layout, aside: Path, tools: Tools) -> Recovered:
    """A database in the old one's place, whole when this returns."""
    damaged = aside / layout.database.name
    whole = _copied_whole(damaged, layout.mended, tools)
    backup = None if whole else _restored(layout, tools)
    groups, waiting = _salvaged(damaged, layout.mended, tools, whole=whole)
    sync_file(layout.mended)
    layout.mended.replace(layout.database)
    sync_folder(layout.folder)
    return Recovered(aside, whole, backup, groups, waiting)


def _copied_whole(damaged: Path, target: Path, tools: Tools) -> bool:
    """Whether all kept tables could be read, and are in order: only what is derived was damaged."""
    _clear(target)
    if not damaged.exists():
        return False
    backups = Backups(Layout(target.parent).backups, tools.clock)
    try:
        with our_errors(), salvaging.readable(damaged) as source:
            if backups.newest_first():
                salvaging.check_certified(source)
            _copy_kept(source, target, tools)
    except _UNREADABLE as error:
        logger.warning("what is kept cannot all be read: %s", error)
        return False
    return True


def _copy_kept(source: sqlite3.Connection, target: Path, tools: Tools) -> None:
    [revision] = source.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision != schema.LATEST:
        raise Damaged(f"of revision {revision}")
    with closing(Database(target, tools.connect)) as database:
        schema.bring_up(database)
        with database.write() as connection:
            for table in KEPT.sorted_tables:
                rows = source.execute(f"SELECT * FROM {table.name}")  # noqa: S608
                while batch := rows.fetchmany(_ROWS_AT_ONCE):
                    connection.execute(table.insert(), [dict(row) for row in batch])
            putting_back.mend_waiting(connection)
        found = check_kept(database)
        if found.problems:
            raise Damaged(found.problems[0])


def _restored(layout: Layout, tools: Tools) -> Path | None:
    """The newest backup that is in order, copied to where the new database is put together."""
    for backup in Backups(layout.backups, tools.clock).newest_first():
        _clear(layout.mended)
        shutil.copyfile(backup, layout.mended)
        try:
            with closing(Database(layout.mended, tools.connect)) as database:
                quick_check(database)
                schema.bring_up(database)
                check_log(database)
        except Damaged as error:
            logger.warning("backup %s is not usable: %s", backup.name, error)
            continue
        return backup
    _clear(layout.mended)
    return None


def _salvaged(damaged: Path, target: Path, tools: Tools, *, whole: bool) -> tuple[int, int]:
    """How many groups of our own were put back, and how many of these wait.

    whole: what SQLite can read of it is there already.
    """
    found = salvaging.Salvaged() if whole else salvaging.salvage(damaged)
    with closing(Database(target, tools.connect)) as database:
        schema.bring_up(database)
        with database.write() as connection:
            putting_back.take_identity(connection, found)
            identity = connection.execute(select(IDENTITY)).mappings().first()
            if identity is not None:
                found.groups += putting_back.own_groups(connection) if whole else []
                found.groups += salvaging.carve(damaged, found, dict(identity))
            counted = putting_back.put_back(connection, found)
    _check_folded(target)
    return counted


def _clear(database: Path) -> None:
    for ending in _BESIDE:
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _check_folded(database: Path) -> None:
    """Return if the database is all in its one file.

    Raises DiskFull.
    """
    log = database.with_name(database.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise DiskFull("no room left to put the database together")
