"""Rotating backups of the database, made while it is in use."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cop_desktop.store.database import Database, our_errors
from cop_desktop.store.files_on_disk import file_errors
from cop_desktop.store.values import Clock

KEEP: Final = 3
EVERY_MS: Final = 24 * 3600 * 1000
_PAGES_AT_ONCE: Final = 1_000
_NAME: Final = "replica-{:015d}.sqlite"


class Backups:
    """The folder of backups; a backup's name holds the moment it was made, ms since 1970."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

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
        """A new backup, whole when this returns; all but the newest few are deleted.

        progress: called with pages done and pages in all; may raise to cancel. Raises DiskFull,
        ReadOnly, Damaged.
        """
        path = self._folder / _NAME.format(max(self._clock.wall_ms(), 0))
        new = path.with_suffix(".new")
        with file_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            try:
                _copy(database, new, progress)
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)
            for old in self.newest_first()[KEEP:]:
                old.unlink(missing_ok=True)
        return path


def _copy(database: Database, target: Path, progress: Callable[[int, int], None] | None) -> None:
    def report(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    with (
        our_errors(),
        database.read() as connection,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # from now on one moment
        database.driver(connection).backup(copy, pages=_PAGES_AT_ONCE, progress=report)
