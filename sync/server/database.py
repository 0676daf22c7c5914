"""The database: transactions, one writer at a time, library errors turned into ours."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.util import LRUCache

from sync.server.errors import Busy, StorageFull, StorageTrouble, Unavailable
from sync.server.storage import of_sqlite, storage_errors

BUSY_S: Final = 30.0
Connect = Callable[[Path], sqlite3.Connection]
"""Opens the file for any thread; another one lets a test be the disk."""

_KEPT_CONNECTIONS: Final = 8
_MORE_CONNECTIONS: Final = 40
_COMPILED: Final[LRUCache[object, object]] = LRUCache(500)
"""Statements of every database of the process, compiled once."""
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


def connected(path: Path) -> sqlite3.Connection:
    """A connection to the file as it is on the disk."""
    return sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False)


class Database:
    """One SQLite file in write-ahead mode; for any number of threads and processes."""

    def __init__(self, path: Path, connect: Connect = connected) -> None:
        """The file is made when first written to; its folder must be there."""
        self.path = path
        self._connect = connect
        self._is_durable = True
        pool = QueuePool(
            self._prepared,
            pool_size=_KEPT_CONNECTIONS,
            max_overflow=_MORE_CONNECTIONS,
            timeout=BUSY_S,
        )
        self._engine = Engine(
            pool,
            _shared().dialect,
            _shared().url,
            # An error text with its parameters would carry people's words into the log.
            hide_parameters=True,
            execution_options={"compiled_cache": _COMPILED},
        )
        # SQLite before 3.51.3 can damage its write-ahead log when two connections write or
        # checkpoint at the same moment: the two locks keep threads and processes apart.
        self._threads = threading.Lock()
        self._processes = FileLock(
            path.with_suffix(".lock"), thread_local=False, fallback_to_soft=False
        )
        self._trouble: StorageFull | StorageTrouble | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and cannot change it.

        Raises Unavailable, DamagedData.
        """
        with _errors_as_ours(), self._engine.connect() as connection:
            _driver(connection).execute("BEGIN")
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The one write transaction of this moment: durable once the block has ended.

        Raises Unavailable, DamagedData; whatever is raised, nothing was kept.
        """
        try:
            with _errors_as_ours(), self.alone(), self._engine.begin() as connection:
                _driver(connection).execute("BEGIN IMMEDIATE")
                yield connection
        except (StorageFull, StorageTrouble) as error:
            self._trouble = error
            raise
        self._trouble = None

    def check_last_write(self) -> None:
        """Return unless the last write failed for the disk.

        Raises StorageFull, StorageTrouble.
        """
        trouble = self._trouble
        if trouble is not None:
            raise type(trouble)(str(trouble))

    @contextmanager
    def watch(self) -> Iterator[Connection]:
        """A connection outside of transactions, that sees every commit as it happens."""
        with _errors_as_ours(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While the block runs nobody else writes, in any thread or process.

        Raises Busy, StorageFull, StorageTrouble.
        """
        if not self._threads.acquire(timeout=BUSY_S):
            raise Busy("another thread writes for too long")
        try:
            self._lock_out_processes()
            try:
                yield
            finally:
                self._processes.release()
        finally:
            self._threads.release()

    def _lock_out_processes(self) -> None:
        try:
            with storage_errors():
                self._processes.acquire(timeout=BUSY_S)
        except StorageTrouble as error:
            if isinstance(error.__cause__, Timeout):
                raise Busy("another process writes for too long") from error
            raise

    def copy_to(self, target: Path) -> None:
        """Write a whole copy of one state of the database, while others go on reading and writing.

        Raises Unavailable, DamagedData.
        """
        with self.watch() as connection:
            copy = sqlite3.connect(target)
            try:
                _driver(connection).backup(copy)
            finally:
                copy.close()

    def wait_for_no_disk(self) -> None:
        """From here on a power cut may undo or damage what was written.

        Only for data that is thrown away then, such as a demonstration while it is being made.
        """
        self._is_durable = False
        self._engine.dispose()

    def close(self) -> None:
        """Let all connections go; the last one folds the write-ahead log into the file."""
        try:
            with self.alone():
                self._engine.dispose()
        except Unavailable:
            self._engine.dispose()  # it folds nothing in where nothing can be written

    def _prepared(self) -> Any:
        """What the pool makes a connection with."""
        connection = self._connect(self.path)
        try:
            connection.isolation_level = None  # transactions are begun here alone
            for pragma in _PRAGMAS:
                connection.execute(pragma).close()
            if not self._is_durable:
                connection.execute("PRAGMA synchronous = OFF").close()
        except BaseException:
            connection.close()
            raise
        return connection


def _driver(connection: Connection) -> sqlite3.Connection:
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    return driver


@cache
def _shared() -> Engine:
    """Of no file: what it found out about SQLite holds for every engine of the process.

    An engine that looks for itself does so with several queries at its first connection, and
    compiles every statement anew. Nor has ours any events, of which each statement would ask.
    """
    engine = create_engine("sqlite+pysqlite://", poolclass=NullPool)
    engine.connect().close()
    return engine


@contextmanager
def _errors_as_ours() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise _ours(error, error.orig) from error
    except sqlite3.Error as error:
        raise _ours(error, error) from error
    except PoolTimeout as error:
        raise Busy("too many connections") from error


def _ours(error: Exception, cause: BaseException | None) -> Exception:
    """Our error for SQLite's `cause` of a library's; what can only be our bug stays as it is."""
    return of_sqlite(cause) or error
