"""What a process that was killed left in the write-ahead log.

SQLite reads that log up to the first frame that is not whole, and forgets the rest: right where a
commit was cut off, but not where something in the middle was damaged later. Then groups that were
committed are still in there (https://www.sqlite.org/fileformat2.html, 4).
"""

import sqlite3
import struct
import sys
from pathlib import Path
from typing import Final

from cop_desktop.store.carving import carved

_HEAD: Final = 32
_FRAME_HEAD: Final = 24
_INDEX_MOST_FRAME: Final = 16
"""Where the file of shared memory holds the number of frames that are read."""
_INDEX_SALTS: Final = 32
_SALTS: Final = slice(16, 24)
_MAGICS: Final = {0x377F0682: "<", 0x377F0683: ">"}


def lost_groups(path: Path, connection: sqlite3.Connection) -> int:
    """How many groups of this replica were committed to the log and are not read by SQLite.

    path: of the database. connection: reads it, and writes nothing.
    """
    log = path.with_name(path.name + "-wal")
    if not log.exists() or log.stat().st_size <= _HEAD:
        return 0
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # now it knows its log
    shared = path.with_name(path.name + "-shm").read_bytes()
    if not _goes_on(log.read_bytes(), shared):
        return 0
    found = connection.execute("SELECT replica FROM identity").fetchone()
    if found is None:
        return 0
    known = "SELECT 1 FROM log WHERE hash = ?"
    groups = carved(None, log, found["replica"])
    return sum(connection.execute(known, (name,)).fetchone() is None for name in groups)


def _goes_on(log: bytes, shared: bytes) -> bool:
    """Whether there are commits after where SQLite stops reading."""
    order = "<" if sys.byteorder == "little" else ">"
    (read,) = struct.unpack_from(f"{order}I", shared, _INDEX_MOST_FRAME)
    if not _is_whole_head(log):
        read, salts = 0, None
    elif shared[_INDEX_SALTS : _INDEX_SALTS + 8] != log[_SALTS]:
        read, salts = 0, log[_SALTS]
    else:
        salts = log[_SALTS]
    (size,) = struct.unpack_from(">I", log, 8)
    if not 512 <= size <= 65_536:
        size = 4096
    step = _FRAME_HEAD + size
    for at in range(_HEAD + read * step, len(log) - step + 1, step):
        (commit,) = struct.unpack_from(">I", log, at + 4)
        if commit and salts in (None, log[at + 8 : at + 16]):
            return True
    return False


def _is_whole_head(log: bytes) -> bool:
    magic, *_rest = struct.unpack_from(">I", log, 0)
    order = _MAGICS.get(magic)
    if order is None:
        return False
    first = second = 0
    words = struct.unpack_from(f"{order}6I", log, 0)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return (first, second) == struct.unpack_from(">2I", log, 24)
