"""Errors of the server's disk, turned into ours; and whether it takes anything now."""

import errno
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sync.server.errors import Busy, DamagedData, ServerError, StorageFull, StorageTrouble

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PRIMARY_CODE: Final = 0xFF
_OURS: Final[dict[int, type[ServerError]]] = {
    sqlite3.SQLITE_BUSY: Busy,
    sqlite3.SQLITE_LOCKED: Busy,
    sqlite3.SQLITE_PROTOCOL: Busy,
    sqlite3.SQLITE_FULL: StorageFull,
    sqlite3.SQLITE_IOERR: StorageTrouble,
    sqlite3.SQLITE_CANTOPEN: StorageTrouble,
    sqlite3.SQLITE_READONLY: StorageTrouble,
    sqlite3.SQLITE_PERM: StorageTrouble,
    sqlite3.SQLITE_CORRUPT: DamagedData,
    sqlite3.SQLITE_NOTADB: DamagedData,
}
_NO_ROOM_FOR_SHARED_MEMORY: Final = sqlite3.SQLITE_IOERR | (19 << 8)
"""SQLITE_IOERR_SHMSIZE: what a full disk gives when a database is opened."""
_PROBE_BYTES: Final = 64 * 1024


@contextmanager
def storage_errors() -> Iterator[None]:
    """Inside, errors of files are raised as StorageFull or StorageTrouble."""
    try:
        yield
    except OSError as error:
        full = error.errno in _NO_ROOM
        words = f"{error.strerror or type(error).__name__}: {error.filename or 'a file'}"
        raise (StorageFull if full else StorageTrouble)(words) from error


def of_sqlite(error: BaseException | None) -> ServerError | None:
    """Our error for one of SQLite's; None for what can only be a bug of ours."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code == _NO_ROOM_FOR_SHARED_MEMORY:
        return StorageFull(str(error))
    kind = _OURS.get(code & _PRIMARY_CODE)
    return None if kind is None else kind(str(error))


def check_writable(folder: Path) -> None:
    """Return if the disk takes some more, and has it on the disk.

    Raises StorageFull, StorageTrouble.
    """
    path = folder / f".probe-{secrets.token_hex(4)}"
    with storage_errors():
        try:
            with path.open("xb") as file:
                file.write(bytes(_PROBE_BYTES))
                file.flush()
                os.fsync(file.fileno())
        finally:
            path.unlink(missing_ok=True)
