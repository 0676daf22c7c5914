"""Rotating backups of the database, made while it is in use, each checked before it counts."""

import contextlib
import logging
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from cop_desktop.store import account
from cop_desktop.store.database import Database, our_errors
from cop_desktop.store.errors import Damaged, DiskFull, LittleRoom
from cop_desktop.store.files_on_disk import file_errors, sync_folder
from cop_desktop.store.log import check_through
from cop_desktop.store.room import Reserve
from cop_desktop.store.values import Clock

KEEP: Final = 3
EVERY_MS: Final = 24 * 3600 * 1000
MANY: Final = 200
"""So many groups written here make a backup due on any day: a dead clock has the same each time."""
_PAGES_AT_ONCE: Final = 1_000
_NAME: Final = "replica-{:015d}-{:015d}-{}.sqlite"
_READ: Final = re.compile(r"replica-(\d+)(?:-(\d+)-(\d+))?\.sqlite")
"""Once names had the moment alone, from which the numbers go on then."""

logger = logging.getLogger(__name__)


class _Made(NamedTuple):
    """A backup, as its name tells; in order.

    number: counts up, whatever the clock does. moment_ms: since 1970, when it was made. written:
    how many groups this replica had written.
    """

    number: int
    moment_ms: int
    written: int
    path: Path


class Backups:
    """The folder of backups; what has another sort of name is left alone."""

    def __init__(self, folder: Path, clock: Clock, reserve: Reserve | None = None) -> None:
        """reserve: tells whether there is room; None: there is."""
        self._folder = folder
        self._clock = clock
        self._reserve = reserve

    def newest_first(self) -> list[Path]:
        """The backups there are, in the order in which they were made."""
        return [made.path for made in self._made()]

    def is_due(self, database: Database) -> bool:
        """Whether the newest backup is not of this day, or much was written since.

        A clock that is set makes one due once. Raises DiskTrouble, Damaged.
        """
        made = self._made()
        if not made:
            return True
        away_ms = abs(self._clock.wall_ms() - made[0].moment_ms)
        return away_ms >= EVERY_MS or not 0 <= _written(database) - made[0].written < MANY

    def make(self, database: Database, progress: Callable[[int, int], None] | None = None) -> Path:
        """A new backup, whole and checked when this returns; all but the newest few are deleted.

        Where room is short the oldest go first, but never the last one. progress: called with
        pages done and pages in all; may raise to cancel. Raises LittleRoom, DiskFull, ReadOnly,
        DiskTrouble; Damaged if the database is, and then every backup stays.
        """
        path = self._folder / self._next_name(database)
        new = path.with_name(path.name + ".new")
        with file_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            for left_behind in self._folder.glob("*.new*"):
                left_behind.unlink(missing_ok=True)
            self._make_room(database)
            try:
                self._copy(database, new, progress)
                new.replace(path)
                sync_folder(self._folder)
            except Damaged:
                database.note_damage()  # what is copied is what is there
                raise
            finally:
                new.unlink(missing_ok=True)
            for old in self.newest_first()[KEEP:]:
                old.unlink(missing_ok=True)
        return path

    def _made(self) -> list[_Made]:
        """The newest first."""
        found = []
        for path in self._folder.glob("replica-*.sqlite"):
            if name := _READ.fullmatch(path.name):
                number, moment_ms, written = name.groups()
                made = _Made(int(number), int(moment_ms or number), int(written or 0), path)
                found.append(made)
        return sorted(found, reverse=True)

    def _next_name(self, database: Database) -> str:
        number = max((made.number for made in self._made()), default=0) + 1
        return _NAME.format(number, max(self._clock.wall_ms(), 0), _written(database))

    def _make_room(self, database: Database) -> None:
        """Let the oldest backups go until one more fits, as long as one stays.

        Raises LittleRoom.
        """
        if self._reserve is None:
            return
        size = _size_of(database)
        while True:
            try:
                self._reserve.check(size)
            except LittleRoom:
                kept = self.newest_first()
                if len(kept) < 2:
                    raise
                logger.warning("room is short: backup %s goes", kept[-1].name)
                kept[-1].unlink()
            else:
                return

    def _copy(
        self, database: Database, target: Path, progress: Callable[[int, int], None] | None
    ) -> None:
        def report(_status: int, remaining: int, total: int) -> None:
            if self._reserve is not None and not self._reserve.may_receive():
                raise DiskFull("the disk ran full meanwhile")
            if progress is not None:
                progress(total - remaining, total)

        with contextlib.closing(sqlite3.connect(target)) as copy:
            with our_errors(), database.read() as connection:
                # From now on one moment; others go on writing.
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
                database.driver(connection).backup(copy, pages=_PAGES_AT_ONCE, progress=report)
            with our_errors():
                _check(copy)
        # SQLite waited for the disk: the copy is written in one transaction, with a journal.


def _written(database: Database) -> int:
    with database.read() as connection:
        count = account.count(connection)
    return 0 if count is None else count.written


def _size_of(database: Database) -> int:
    with database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
        size = connection.exec_driver_sql("PRAGMA page_size").scalar() or 0
    return int(pages) * int(size)


def _check(copy: sqlite3.Connection) -> None:
    found = copy.execute("PRAGMA quick_check(1)").fetchall()
    if found != [("ok",)]:
        raise Damaged(f"the copy is not in order: {found[0][0]}")
    check_through(copy)
