"""Makes the derived tables again from the log, when a newer program reads more in it."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, delete, select, update

from sync.catalogue import CATALOGUE
from sync.core.errors import CoreError
from sync.core.group import decode_group
from sync.core.ids import Id
from sync.server import spaces
from sync.server.effects import take_effect
from sync.server.errors import DamagedData
from sync.server.projection import DERIVED, Projection
from sync.server.records import Record, all_made_by
from sync.server.spaces import Space
from sync.server.tables import GROUPS, SERVER

_PROJECTION: Final = 2  # counts up when `projection` derives something else from the same log
_AT_ONCE: Final = 500


def reading() -> bytes:
    """What stands for the way in which this program reads the log."""
    kinds = sorted((kind.number, kind.owner or "", kind.space.value) for kind in CATALOGUE)
    return blake2b(msgspec.msgpack.encode([_PROJECTION, kinds]), digest_size=16).digest()


def rebuild_if_read_otherwise(connection: Connection, now_ms: int) -> bool:
    """Whether the derived tables were made by another reading, and so were made again.

    Inside the caller's write transaction. Raises DamagedData if a group cannot be read.
    """
    if connection.scalar(select(SERVER.c.catalogue)) == reading():
        return False
    for table in DERIVED:
        connection.execute(delete(table))
    for space in spaces.everyone(connection):
        projection = _projected(connection, space)
        projection.write(connection)
        take_effect(connection, space, projection, now_ms)
    connection.execute(update(SERVER).values(catalogue=reading()))
    return True


def _projected(connection: Connection, space: Space) -> Projection:
    projection = Projection(space)
    known: dict[Id, Record] = {}
    for row in log_of(connection, space.id):
        try:
            group = decode_group(row.raw)
        except CoreError as error:
            raise DamagedData(f"group {space.id.hex()} {row.position} is not whole") from error
        made = all_made_by(group, known.get)
        known.update(made)
        projection.learn(group, row.position, made)
    return projection


def log_of(connection: Connection, space: Id) -> Iterator[Row[Any]]:
    """The rows of `groups` of a space in order, some hundreds in memory at a time."""
    wanted = select(GROUPS).where(GROUPS.c.space == space).order_by(GROUPS.c.position)
    last = 0
    while rows := connection.execute(
        wanted.where(GROUPS.c.position > last).limit(_AT_ONCE)
    ).fetchall():
        yield from rows
        last = rows[-1].position
