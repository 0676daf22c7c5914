"""The database: transactions, one writer at a time, library errors turned into ours."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sync.server.errors import Busy, DamagedData, ServerError, StorageFull

BUSY_S: Final = 30.0
Connect = Callable[[Path], sqlite3.Connection]
"""Opens the file for any thread; another one lets a test be the disk."""

_MODE: Final = "cop_begin"
_FULL: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
_LOCKED: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
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
        self._engine = create_engine(
            URL.create("sqlite", database=str(path)),
            # An error text with its parameters would carry people's words into the log.
            hide_parameters=True,
            pool_size=8,
            max_overflow=40,
            pool_timeout=BUSY_S,
            creator=partial(connect, path),
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        # SQLite before 3.51.3 can damage its write-ahead log when two connections write or
        # checkpoint at the same moment: the two locks keep threads and processes apart.
        self._threads = threading.Lock()
        self._processes = FileLock(path.with_suffix(".lock"), thread_local=False)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and cannot change it.

        Raises Busy, StorageFull, DamagedData.
        """
        with _errors_as_ours(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The one write transaction of this moment: durable once the block has ended.

        Raises Busy, StorageFull, DamagedData; whatever is raised, nothing was kept.
        """
        with _errors_as_ours(), self.alone(), self._engine.connect() as connection:
            connection.execution_options(**{_MODE: "BEGIN IMMEDIATE"})
            with connection.begin():
                yield connection

    @contextmanager
    def watch(self) -> Iterator[Connection]:
        """A connection outside of transactions, that sees every commit as it happens."""
        with _errors_as_ours(), self._engine.connect() as connection:
            yield connection.execution_options(**{_MODE: ""})

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While the block runs nobody else writes, in any thread or process.

        Raises Busy.
        """
        if not self._threads.acquire(timeout=BUSY_S):
            raise Busy("another thread writes for too long")
        try:
            with self._processes.acquire(timeout=BUSY_S):
                yield
        except Timeout as error:
            raise Busy("another process writes for too long") from error
        finally:
            self._threads.release()

    def copy_to(self, target: Path) -> None:
        """Write a whole copy of one state of the database, while others go on reading and writing.

        Raises Busy, StorageFull, DamagedData.
        """
        with self.watch() as connection:
            source = connection.connection.dbapi_connection
            copy = sqlite3.connect(target)
            try:
                source.backup(copy)  # type: ignore[union-attr]
            finally:
                copy.close()

    def wait_for_no_disk(self) -> None:
        """From here on a power cut may undo or damage what was written.

        Only for data that is thrown away then, such as a demonstration while it is being made.
        """
        event.listen(self._engine, "connect", _hasten)
        self._engine.dispose()

    def close(self) -> None:
        """Let all connections go; the last one folds the write-ahead log into the file."""
        with self.alone():
            self._engine.dispose()


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin` alone
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _hasten(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF").close()


def _begin(connection: Connection) -> None:
    statement: Any = connection.get_execution_options().get(_MODE, "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)


@contextmanager
def _errors_as_ours() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise _ours(error) from error
    except PoolTimeout as error:
        raise Busy("too many connections") from error


def _ours(error: DBAPIError) -> ServerError | DBAPIError:
    """Our error for the library's; what can only be our bug stays as it is."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in _LOCKED:
        return Busy("database is locked")
    if code in _FULL:
        return StorageFull(str(error.orig))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedData(str(error.orig))
    return error
