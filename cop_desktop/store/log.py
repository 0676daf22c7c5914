"""The log: every group held, byte for byte, in the order it came to this replica."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import zstandard
from sqlalchemy import Connection, Row, bindparam, func, select

from cop_desktop.store.batches import insert
from cop_desktop.store.errors import Damaged
from cop_desktop.store.kept import LOG, OUTBOX
from sync.core.errors import CoreError
from sync.core.group import Group, decode_group, group_hash
from sync.core.ids import NO_HASH, Hash, Id

_ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_COMPRESS_FROM_BYTES: Final = 512
_LEVEL: Final = 3
_BATCH: Final = 1_000


class _Zstd(threading.local):
    """A pair for each thread: used by two at once, they take whole frames for damaged."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=_LEVEL)
        self.decompressor = zstandard.ZstdDecompressor()


_zstd: Final = _Zstd()


def stored(raw: bytes) -> bytes:
    """The form in which a group's bytes are kept: as they are, or a zstd frame if shorter.

    The two are told apart by their first byte: a group begins as a MessagePack array.
    """
    if len(raw) < _COMPRESS_FROM_BYTES:
        return raw
    packed = _zstd.compressor.compress(raw)
    return packed if len(packed) < len(raw) else raw


def raw_of(kept: bytes) -> bytes:
    """The bytes that `stored` was given.

    Raises Damaged.
    """
    if not kept.startswith(_ZSTD_MAGIC):
        return kept
    try:
        return _zstd.decompressor.decompress(kept)
    except zstandard.ZstdError as error:
        raise Damaged("a group in the log does not unpack") from error


@dataclass(frozen=True, slots=True)
class Entry:
    """One group in the log, and what the log notes beside it."""

    id: int
    group: Group
    hash: Hash
    received_ms: int
    position: int | None


def log_row(group: Group, name: Hash) -> dict[str, Any]:
    """The columns of a group that nobody has acknowledged yet."""
    return {
        "space": group.space,
        "replica": group.replica,
        "seq": group.seq,
        "position": None,
        "hash": name,
        "prev": group.prev,
        "author": group.author,
        "clock": group.clock,
        "received_ms": 0,
        "raw": stored(group.raw),
        "sum": None,
        "signature": None,
    }


class Own(NamedTuple):
    """A group of our own on its way into the log."""

    group: Group
    hash: Hash
    signature: bytes


def append(connection: Connection, groups: Sequence[Own]) -> list[Entry]:
    """Put groups of our own at the end of log and outbox."""
    before = connection.scalar(select(func.max(LOG.c.id))) or 0
    found = [
        Entry(log_id, own.group, own.hash, 0, None) for log_id, own in enumerate(groups, before + 1)
    ]
    logged = [
        {**log_row(own.group, own.hash), "id": entry.id, "signature": own.signature}
        for entry, own in zip(found, groups, strict=True)
    ]
    insert(connection, LOG, logged)
    insert(connection, OUTBOX, _waiting(found))
    return found


def _waiting(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    return [{"log": entry.id, "reason": None, "offered": 0} for entry in entries]


_LATEST: Final = (
    select(LOG.c.seq, LOG.c.hash)
    .where(LOG.c.space == bindparam("space"), LOG.c.replica == bindparam("replica"))
    .order_by(LOG.c.seq.desc())
    .limit(1)
)


def latest(connection: Connection, space: Id, replica: Id) -> tuple[int, Hash]:
    """Sequence number and hash of that replica's last group in the space; (0, NO_HASH) for none."""
    row = connection.execute(_LATEST, {"space": space, "replica": replica}).first()
    return (0, NO_HASH) if row is None else (row.seq, row.hash)


ENTRY_COLUMNS: Final = (LOG.c.id, LOG.c.raw, LOG.c.hash, LOG.c.received_ms, LOG.c.position)


def entries(connection: Connection, ids: Sequence[int]) -> list[Entry]:
    """The groups with these log ids, in order of id."""
    found: list[Entry] = []
    for start in range(0, len(ids), _BATCH):
        chosen = LOG.c.id.in_(ids[start : start + _BATCH])
        rows = connection.execute(select(*ENTRY_COLUMNS).where(chosen).order_by(LOG.c.id))
        found += [entry_of(row) for row in rows]
    return found


def batches(connection: Connection, after: int = 0) -> Iterator[list[Entry]]:
    """The whole log in order of id, some at a time."""
    statement = select(*ENTRY_COLUMNS).where(LOG.c.id > bindparam("after"))
    statement = statement.order_by(LOG.c.id).limit(_BATCH)
    while True:
        batch = [entry_of(row) for row in connection.execute(statement, {"after": after})]
        if not batch:
            return
        yield batch
        after = batch[-1].id


_ALL: Final = "SELECT raw, hash FROM log"
_WAITING: Final = "SELECT log.raw, log.hash FROM outbox JOIN log ON log.id = outbox.log"


def check_through(connection: sqlite3.Connection, *, waiting: bool = False) -> None:
    """Return if every group is what its hash says; reads the whole log, or only what waits.

    Raises Damaged.
    """
    for raw, name in connection.execute(_WAITING if waiting else _ALL):
        if not isinstance(raw, bytes) or group_hash(raw_of(raw)) != name:
            raise Damaged("a group in the log is not what its hash says")


def entry_of(row: Row[*tuple[Any, ...]]) -> Entry:
    """The entry in a row that has ENTRY_COLUMNS.

    Raises Damaged.
    """
    try:
        group = decode_group(raw_of(row.raw))
    except CoreError as error:
        raise Damaged(f"group {row.id} in the log cannot be read") from error
    return Entry(row.id, group, row.hash, row.received_ms, row.position)
