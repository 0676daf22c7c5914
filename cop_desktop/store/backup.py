"""Rotating backups of the database, made while it is in use, each checked before it counts."""

import contextlib
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cop_desktop.store.database import Database, our_errors
from cop_desktop.store.errors import Damaged, DiskFull, LittleRoom
from cop_desktop.store.files_on_disk import file_errors, sync_folder
from cop_desktop.store.log import check_through
from cop_desktop.store.room import Reserve
from cop_desktop.store.values import Clock

KEEP: Final = 3
EVERY_MS: Final = 24 * 3600 * 1000
_PAGES_AT_ONCE: Final = 1_000
_NAME: Final = "replica-{:015d}.sqlite"

logger = logging.getLogger(__name__)


class Backups:
    """The folder of backups; a backup's name holds the moment it was made, ms since 1970."""

    def __init__(self, folder: Path, clock: Clock, reserve: Reserve | None = None) -> None:
        """reserve: tells whether there is room; None: there is."""
        self._folder = folder
        self._clock = clock
        self._reserve = reserve

    def newest_first(self) -> list[Path]:
        """The backups there are."""
        return sorted(self._folder.glob("replica-*.sqlite"), reverse=True)

    def is_due(self) -> bool:
        """Whether a day has passed since the newest backup, or the clock was set back before it."""
        newest = next(iter(self.newest_first()), None)
        if newest is None:
            return True
        made_ms = int(newest.stem.partition("-")[2])
        return abs(self._clock.wall_ms() - made_ms) >= EVERY_MS

    def make(self, database: Database, progress: Callable[[int, int], None] | None = None) -> Path:
        """A new backup, whole and checked when this returns; all but the newest few are deleted.

        Where room is short the oldest go first, but never the last one. progress: called with
        pages done and pages in all; may raise to cancel. Raises LittleRoom, DiskFull, ReadOnly,
        DiskTrouble; Damaged if the database is, and then every backup stays.
        """
        path = self._folder / _NAME.format(max(self._clock.wall_ms(), 0))
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
