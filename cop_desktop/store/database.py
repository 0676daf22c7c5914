"""The SQLite file: one writer at a time, readers beside it, library errors turned into ours.

SQLite before 3.51.3 can lose its write-ahead log's reset when a checkpoint and a writer of the same
process meet, so one lock covers writes and checkpoints, and readers never checkpoint.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, Pool, QueuePool
from sqlalchemy.util import LRUCache

from cop_desktop.store.errors import (
    Busy,
    Damaged,
    DiskFull,
    DiskTrouble,
    LittleRoom,
    ReadOnly,
    StoreError,
)
from cop_desktop.store.room import Reserve

BUSY_TIMEOUT_MS: Final = 10_000
MAX_READERS: Final = 16
Connect = Callable[[Path], sqlite3.Connection]
"""Opens the file for any thread, outside of transactions; another one lets a test be the disk."""

_KEPT_READERS: Final = 4
_WRITER_CACHE_KIB: Final = 16_384
_LOG_SIZE_LIMIT: Final = 32 * 1024 * 1024
_WRITER_PRAGMAS: Final = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "journal_mode=WAL",
    f"journal_size_limit={_LOG_SIZE_LIMIT}",
    f"cache_size=-{_WRITER_CACHE_KIB}",
    "foreign_keys=ON",
)
_READER_PRAGMAS: Final = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "wal_autocheckpoint=0",
    "query_only=ON",
)
_COMPILED: Final[LRUCache[object, object]] = LRUCache(1000)
"""Statements of every database of the process, compiled once."""
_PRIMARY_CODE: Final = 0xFF
_OURS: Final[dict[int, tuple[type[StoreError], str]]] = {
    sqlite3.SQLITE_FULL: (DiskFull, "no room left for the database"),
    sqlite3.SQLITE_CORRUPT: (Damaged, "the database is damaged"),
    sqlite3.SQLITE_NOTADB: (Damaged, "the file is not a database"),
    # Says nothing about what is on the disk: a healthy database must not be put aside for it.
    sqlite3.SQLITE_IOERR: (DiskTrouble, "the disk did not read or write"),
    sqlite3.SQLITE_READONLY: (ReadOnly, "the database may not be written"),
    sqlite3.SQLITE_CANTOPEN: (ReadOnly, "the database may not be opened"),
    sqlite3.SQLITE_PERM: (ReadOnly, "the database may not be opened"),
    sqlite3.SQLITE_BUSY: (Busy, "the database is locked"),
    sqlite3.SQLITE_LOCKED: (Busy, "the database is locked"),
    sqlite3.SQLITE_PROTOCOL: (Busy, "the database is locked"),
}
_NO_ROOM_FOR_SHARED_MEMORY: Final = sqlite3.SQLITE_IOERR | (19 << 8)
"""SQLITE_IOERR_SHMSIZE: what a full disk gives at opening."""
_OF_DAMAGE: Final = ("Could not decode to UTF-8", "unsupported file format")
"""How errors begin that have no code of their own."""


def connected(path: Path) -> sqlite3.Connection:
    """A connection to the file as it is on the disk."""
    return sqlite3.connect(path, check_same_thread=False, isolation_level=None)


def our_error(error: sqlite3.Error) -> StoreError | None:
    """Our error for one of SQLite's; None for what only a bug of ours can cause."""
    code = getattr(error, "sqlite_errorcode", None)
    if str(error).startswith(_OF_DAMAGE):
        return Damaged("what is kept is not what was written")
    if code is None:
        return None
    if code == _NO_ROOM_FOR_SHARED_MEMORY:
        return DiskFull("no room left for what lies beside the database")
    known = _OURS.get(code & _PRIMARY_CODE)
    return None if known is None else known[0](known[1])


@contextmanager
def our_errors() -> Iterator[None]:
    """Inside, errors of SQLite are raised as ours."""
    try:
        yield
    except DBAPIError as error:
        ours = our_error(error.orig) if isinstance(error.orig, sqlite3.Error) else None
        if ours is None:
            raise
        raise ours from error
    except sqlite3.Error as error:
        ours = our_error(error)
        if ours is None:
            raise
        raise ours from error


def _nobody() -> None:
    """Nobody wants to know."""


class Database:
    """One open database file; may be used from several threads.

    durable: whether what is written is on the disk when the block ends. Only for what can be made
    again from nothing may it be False. was_damaged: whether damage was met since it was opened;
    on_damage: told of it.
    """

    def __init__(
        self, path: Path, connect: Connect = connected, reserve: Reserve | None = None
    ) -> None:
        """Creates the file if it is not there.

        reserve: given up when there is no room for `write`. Raises Damaged, ReadOnly, DiskFull,
        DiskTrouble.
        """
        self.path = path
        self.durable = True
        self.was_damaged = False
        self.on_damage: Callable[[], None] = _nobody
        self._reserve = reserve
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._write_engine = _engine(NullPool(_opening(connect, path, _WRITER_PRAGMAS)))
        readers = QueuePool(
            _opening(connect, path, _READER_PRAGMAS),
            pool_size=_KEPT_READERS,
            max_overflow=MAX_READERS - _KEPT_READERS,
        )
        self._read_engine = _engine(readers)
        try:
            with our_errors():
                self._writer = self._write_engine.connect()
        except StoreError:
            self._write_engine.dispose()
            raise

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, on the disk when the block ends; rolled back if it raises."""
        if self._reserve is not None:
            self._reserve.before_writing()
        try:
            with self._transaction("FULL") as connection:
                yield connection
        except LittleRoom:
            raise
        except DiskFull as error:
            # A quota, or much at once: what is free did not tell.
            error.room_made = self._reserve is not None and self._reserve.give_up()
            raise

    @contextmanager
    def bulk(self) -> Iterator[Connection]:
        """One transaction that a power cut may undo as a whole: for what can be had again."""
        with self._transaction("NORMAL") as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database and cannot write."""
        with self._our_errors(), self._read_engine.connect() as connection:
            self.driver(connection).execute("BEGIN")
            yield connection

    def note_damage(self) -> None:
        """Damage was met; whoever wants to know is told the first time."""
        if not self.was_damaged:
            self.was_damaged = True
            self.on_damage()

    def driver(self, connection: Connection) -> sqlite3.Connection:
        """The `sqlite3` connection under one of SQLAlchemy's."""
        driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        return driver

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the database file, as far as readers allow."""
        with self._writing(), self._our_errors():
            self.driver(self._writer).execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections; the last one brings the write-ahead log in."""
        with self._writing():
            self._read_engine.dispose()
            self._writer.close()
            self._write_engine.dispose()

    @contextmanager
    def _transaction(self, synchronous: str) -> Iterator[Connection]:
        with self._writing(), self._our_errors():
            driver = self.driver(self._writer)
            driver.execute(f"PRAGMA synchronous={synchronous if self.durable else 'OFF'}")
            try:
                with self._writer.begin():
                    driver.execute("BEGIN IMMEDIATE")
                    yield self._writer
            except DBAPIError:
                if driver.in_transaction:  # a COMMIT that failed leaves it open
                    driver.rollback()
                raise

    @contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            with our_errors():
                yield
        except Damaged:
            self.note_damage()
            raise

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._owner == threading.get_ident():
            raise RuntimeError("a write inside a write of the same thread")
        with self._lock:
            self._owner = threading.get_ident()
            try:
                yield
            finally:
                self._owner = None


def _engine(pool: Pool) -> Engine:
    shared = _shared()
    return Engine(pool, shared.dialect, shared.url, execution_options={"compiled_cache": _COMPILED})


@cache
def _shared() -> Engine:
    """Of no file: what it found out about SQLite holds for every engine of the process.

    An engine that looks for itself does so with several queries at its first connection, and
    compiles every statement anew. Nor has ours any events, of which each statement would ask.
    """
    engine = create_engine("sqlite+pysqlite://", poolclass=NullPool)
    engine.connect().close()
    return engine


def _opening(connect: Connect, path: Path, pragmas: tuple[str, ...]) -> Callable[[], Any]:
    """What a pool makes a connection with."""
    return partial(_opened, connect, path, pragmas)


def _opened(connect: Connect, path: Path, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    connection = connect(path)
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()
    except BaseException:
        connection.close()
        raise
    return connection
