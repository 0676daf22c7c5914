"""Asking the server again about content that it should have: a backup may have come in its place.

Every replica asks for all files that are here, its own and others', in order of their ids. What the
server lacks goes up again, from whoever is first.
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select, update

from cop_desktop.store import batches, patched
from cop_desktop.store.chunks import ChunkStore
from cop_desktop.store.database import Database
from cop_desktop.store.file_states import known_there
from cop_desktop.store.kept import FACTS, FILES, TO_SEND
from cop_desktop.store.tables import Tables
from cop_desktop.store.values import Clock
from sync.catalogue.library import FILE_VERSION
from sync.core.ids import Hash, Id

EVERY_MS: Final = 30 * 24 * 3600 * 1000
"""So often without a reason: a chunk may also rot on the server's disk."""
_ASKED_AT_ONCE: Final = 1000
_FILES_AT_ONCE: Final = 200
_AFTER: Final = "recheck_after"
"""Fact: the last file asked about, in hexadecimal digits; empty at the beginning."""
_BEGUN: Final = "recheck_begun_ms"
_CURSOR: Final = select(FACTS.c.value).where(FACTS.c.name == _AFTER)

logger = logging.getLogger(__name__)


def begin(connection: Connection) -> None:
    """The server may lack content from now on: it lost groups, or another life of it began."""
    row = {"name": _AFTER, "value": ""}
    connection.execute(FACTS.insert().prefix_with("OR REPLACE"), row)


def to_be_asked(file: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the server has still to say that it has the content of this file; file: its id."""
    position = func.lower(func.hex(file))
    return exists().where(FACTS.c.name == _AFTER, FACTS.c.value < position)


@dataclass(slots=True)
class _Asked:
    """What is asked about together. after, last: ids of files, in hexadecimal digits."""

    after: str
    last: str
    files: dict[Hash, list[Id]] = field(default_factory=dict)


class Rechecking:
    """Goes through the files once; where it is, is kept. May be used from several threads."""

    def __init__(
        self, database: Database, tables: Tables, chunks: ChunkStore, clock: Clock
    ) -> None:
        self._database = database
        self._tables = tables
        self._table = tables[FILE_VERSION.name]
        self._chunks = chunks
        self._clock = clock
        self._asked: _Asked | None = None

    def begin_if_due(self) -> None:
        """Begin if nothing gave a reason for long."""
        now_ms = self._clock.wall_ms()
        with self._database.read() as connection:
            begun = connection.scalar(select(FACTS.c.value).where(FACTS.c.name == _BEGUN))
        if begun is not None and 0 <= now_ms - int(begun) < EVERY_MS:
            return
        with self._database.write() as connection:
            if begun is not None:
                begin(connection)
            row = {"name": _BEGUN, "value": str(now_ms)}
            connection.execute(FACTS.insert().prefix_with("OR REPLACE"), row)

    def next_to_ask(self) -> list[Hash]:
        """Chunks to ask the server about next; empty once all was asked."""
        if self._asked is None:
            self._asked = self._next()
        while self._asked is not None and not self._asked.files:  # nothing of these is on the disk
            self.note_lacking([], ())
            self._asked = self._next()
        return [] if self._asked is None else list(self._asked.files)

    def note_lacking(self, asked: Sequence[Hash], lacking: Collection[Hash]) -> None:
        """The server answered: what it lacks waits to go."""
        told = self._asked
        if told is None or list(asked) != list(told.files):
            return  # asked about for another reason
        self._asked = None
        rows = [
            {"number": None, "chunk": chunk, "file": file}
            for chunk in lacking
            for file in told.files.get(chunk, ())
        ]
        moved = update(FACTS).where(FACTS.c.name == _AFTER, FACTS.c.value == told.after)
        with self._database.bulk() as connection:
            batches.insert_missing(connection, TO_SEND, rows)
            connection.execute(moved.values(value=told.last))
        if rows:
            logger.warning("the server lacks %d chunks that it should have", len(lacking))

    def _next(self) -> _Asked | None:
        """None if nothing is left to ask about."""
        with self._database.read() as connection:
            after = connection.scalar(_CURSOR)
            if after is None:
                return None
            asked = self._read(connection, after)
        if asked is not None:
            return asked
        done = delete(FACTS).where(FACTS.c.name == _AFTER, FACTS.c.value == after)
        with self._database.bulk() as connection:
            connection.execute(done)
        return None

    def _read(self, connection: Connection, after: str) -> _Asked | None:
        columns = self._table.c
        statement = (
            select(columns.id, columns.chunks)
            .join(FILES, FILES.c.file == columns.id)
            .where(FILES.c.here == 1, columns.id > bytes.fromhex(after))
            .where(columns.trashed.is_(False), known_there(self._tables))
            .order_by(columns.id)
            .limit(_FILES_AT_ONCE)
        )
        asked = _Asked(after, after)
        for row in connection.execute(statement):
            names = [chunk for chunk in patched.names(row.chunks) if self._chunks.has(chunk)]
            if asked.files and len(asked.files) + len(names) > _ASKED_AT_ONCE:
                break
            asked.last = row.id.hex()
            for chunk in names:
                asked.files.setdefault(chunk, []).append(row.id)
        return None if asked.last == after else asked
