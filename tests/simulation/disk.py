"""The disk under one simulated process: real files, and the moments at which it fails.

A process dies at a commit by `Killed`; what was on its disk at that moment is the copy in which it
is started again. After a power cut the write-ahead log is torn at some byte after the last one that
the process had waited for (`PRAGMA synchronous = FULL`).
"""

import random
import shutil
import sqlite3
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import Any

_LEFT_BEHIND = shutil.ignore_patterns("*.lock", "*-shm")
_SYNCHRONOUS_FULL = 2
_PLENTY = 1 << 40
_COMMITS_OF_RESERVE = 3
"""So many find room where the reserve was, once it was given up."""


class Killed(BaseException):
    """The process ends at this instruction; no handler of its own may run on."""


class Trouble(Enum):
    """What happens to a process at a commit, or at the statement before it."""

    KILLED_BEFORE = auto()
    KILLED_AFTER = auto()
    POWER_CUT = auto()
    FULL = auto()
    ERROR = auto()
    COMMIT_ERROR = auto()


KILLING = (Trouble.KILLED_BEFORE, Trouble.KILLED_AFTER, Trouble.POWER_CUT)


@dataclass
class _Armed:
    trouble: Trouble
    commits_left: int


class Disk:
    """The files of one process.

    happened: the trouble that came about, None so far. commits: how many changed something.
    used_reserve: whether any of them went where the reserve was.
    """

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.folder = folder
        self.happened: Trouble | None = None
        self.commits = 0
        self._dice = dice
        self._armed: _Armed | None = None
        self._image: Path | None = None
        self._synced: bytes | None = None
        self._synced_database: tuple[int, int] = (0, 0)
        self.watches_syncs = False
        self.used_reserve = False
        self._left_of_reserve = 0

    def arm(self, trouble: Trouble, commits: int) -> None:
        """Let the trouble come at the commit after so many others; full and error disks stay so."""
        self._armed = _Armed(trouble, commits)
        self._left_of_reserve = _COMMITS_OF_RESERVE
        self.watches_syncs = self.watches_syncs or trouble is Trouble.POWER_CUT

    def mend(self) -> None:
        """No trouble from now on."""
        self._armed = None

    def connect(self, path: Path) -> sqlite3.Connection:
        """A connection to a database on this disk."""
        factory: Any = partial(_Connection, self, path)
        return sqlite3.connect(path, check_same_thread=False, isolation_level=None, factory=factory)

    def free_bytes(self, _folder: Path) -> int:
        """Enough, until the disk runs full."""
        if self._is_full:
            self.happened = Trouble.FULL
            return 0
        return _PLENTY

    @property
    def _is_full(self) -> bool:
        armed = self._armed
        return armed is not None and armed.trouble is Trouble.FULL and armed.commits_left == 0

    @property
    def _is_room_of_reserve(self) -> bool:
        return self._left_of_reserve > 0 and not (self.folder / "replica.reserve").exists()

    @property
    def is_dead(self) -> bool:
        """Whether the process was killed."""
        return self._image is not None

    def kill(self) -> None:
        """The process ends now; whatever it still tries to write raises Killed."""
        if self._image is None:
            self._image = self._copied()

    def image(self) -> Path:
        """The folder as the killed process left it; the disk's own folder from now on."""
        if self._image is None:
            self._image = self._copied()
        shutil.rmtree(self.folder)
        self._image.rename(self.folder)
        self._image = None
        return self.folder

    def copy_to(self, target: Path) -> None:
        """What the folder is now, as somebody copies it who does not care whether it is in use."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.folder, target, ignore=_LEFT_BEHIND)

    def put_back(self, source: Path) -> None:
        """The folder is what it was once; nobody uses it meanwhile."""
        shutil.rmtree(self.folder)
        shutil.copytree(source, self.folder)

    def writing(self) -> None:
        """Called before each statement that writes."""
        armed = self._armed
        if self._image is not None:
            raise Killed
        if armed is None or armed.commits_left > 0:
            return
        if armed.trouble is Trouble.FULL and not self._is_room_of_reserve:
            self.happened = Trouble.FULL
            raise _error("database or disk is full", sqlite3.SQLITE_FULL)
        if armed.trouble is Trouble.ERROR:
            self.happened = Trouble.ERROR
            self._armed = None
            raise _error("disk I/O error", sqlite3.SQLITE_IOERR)

    def committing(self) -> None:
        """Called before each commit of a write."""
        armed = self._armed
        if self._image is not None:
            raise Killed
        if armed is None or armed.commits_left > 0:
            return
        if armed.trouble is Trouble.KILLED_BEFORE:
            self._die(armed.trouble)
        if armed.trouble is Trouble.COMMIT_ERROR:
            self.happened = armed.trouble
            self._armed = None
            raise _error("disk I/O error", sqlite3.SQLITE_IOERR)

    def committed(self, connection: sqlite3.Connection, path: Path) -> None:
        """Called after each commit of a write."""
        self.commits += 1
        if self.watches_syncs:
            self._note_sync(connection, path)
        armed = self._armed
        if armed is None:
            return
        if armed.commits_left > 0:
            armed.commits_left -= 1
        elif armed.trouble is Trouble.FULL:
            self.used_reserve = True
            self._left_of_reserve -= 1
        elif armed.trouble in (Trouble.KILLED_AFTER, Trouble.POWER_CUT):
            self._die(armed.trouble)

    def _die(self, trouble: Trouble) -> None:
        self.happened = trouble
        self._armed = None
        self._image = self._copied()
        if trouble is Trouble.POWER_CUT and self._synced is not None:
            for log in self._image.glob("*-wal"):
                log.write_bytes(self._torn(self._synced, log.read_bytes()))
        raise Killed

    def _copied(self) -> Path:
        image = self.folder.with_name(self.folder.name + ".image")
        shutil.copytree(self.folder, image, ignore=_LEFT_BEHIND)
        return image

    def _torn(self, synced: bytes, written: bytes) -> bytes:
        """What was synced, with some first part of what was written since on top."""
        at = self._dice.randrange(len(written) + 1)
        return written[:at] + synced[at:]

    def _note_sync(self, connection: sqlite3.Connection, path: Path) -> None:
        stat = path.stat()
        database = (stat.st_mtime_ns, stat.st_size)
        synchronous = sqlite3.Connection.execute(connection, "PRAGMA synchronous").fetchone()[0]
        waited = synchronous == _SYNCHRONOUS_FULL
        if waited or database != self._synced_database or self._synced is None:
            # A checkpoint syncs the log before it and the file after it.
            self._synced = path.with_name(path.name + "-wal").read_bytes()
            self._synced_database = database


def _error(message: str, code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(message)
    error.sqlite_errorcode = code
    return error


class _Cursor(sqlite3.Cursor):
    def execute(self, statement: str, *parameters: Any) -> "_Cursor":
        self.connection.before(statement)
        return super().execute(statement, *parameters)

    def executemany(self, statement: str, *parameters: Any) -> "_Cursor":
        self.connection.before(statement)
        return super().executemany(statement, *parameters)


class _Connection(sqlite3.Connection):
    def __init__(self, disk: Disk, path: Path, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._disk = disk
        self._path = path
        self._changes = 0

    def cursor(self, factory: type[sqlite3.Cursor] = _Cursor) -> sqlite3.Cursor:
        return super().cursor(factory)

    def before(self, statement: str) -> None:
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            self._disk.writing()

    def commit(self) -> None:
        if self.total_changes == self._changes:
            super().commit()
            return
        self._disk.committing()
        super().commit()
        self._changes = self.total_changes
        self._disk.committed(self, self._path)

    def rollback(self) -> None:
        super().rollback()
        self._changes = self.total_changes
