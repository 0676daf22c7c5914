"""Chunks that nothing refers to any more, such as of a community that was let go of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, func, select, update

from cop_desktop.store import patched
from cop_desktop.store.chunks import ChunkStore
from cop_desktop.store.database import Database
from cop_desktop.store.kept import FACTS, LOG
from cop_desktop.store.tables import Tables
from cop_desktop.store.values import Clock
from sync.catalogue.library import FILE_VERSION
from sync.core.ids import Hash

AGE_MS: Final = 30 * 24 * 3600 * 1000
"""So old must a chunk be: one that no record refers to yet may belong to one that comes back."""
LET_GO_AFTER_MS: Final = 3600 * 1000
"""What was let go of goes after so long: by then no file that is just being attached needs it."""
_BATCH: Final = 100
"""So many chunks are deleted in one transaction: meanwhile nobody can write."""
_LET_GO: Final = "let_go_ms"
_NOTED: Final = select(FACTS.c.value).where(FACTS.c.name == _LET_GO)
_LAST: Final = select(func.max(LOG.c.id))


def note_let_go(connection: Connection) -> None:
    """Records were let go of just now: their chunks may not stay for a month."""
    row = {"name": _LET_GO, "value": ""}
    connection.execute(FACTS.insert().prefix_with("OR REPLACE"), row)


@dataclass(frozen=True, slots=True)
class _Found:
    """What may go: kept before before_ms, and not referred to by what was here at `last`.

    last: id of the last group of the log then. noted: when something was let go of, as is kept.
    """

    chunks: Sequence[Hash]
    before_ms: int
    last: int
    noted: str | None


class Garbage:
    """Finds and deletes them; for one thread."""

    def __init__(
        self, database: Database, tables: Tables, chunks: ChunkStore, clock: Clock
    ) -> None:
        self._database = database
        self._table = tables[FILE_VERSION.name]
        self._touches = tables.touches
        self._others = tables.others
        self._chunks = chunks
        self._clock = clock

    def is_due(self) -> bool:
        """Whether something let go of is to be deleted now."""
        with self._database.read() as connection:
            noted = connection.scalar(_NOTED)
        if noted is None:
            return False
        now_ms = self._clock.wall_ms()
        if noted and now_ms >= int(noted):
            return now_ms - int(noted) > LET_GO_AFTER_MS
        from_now = update(FACTS).where(FACTS.c.name == _LET_GO).values(value=str(now_ms))
        with self._database.write() as connection:  # also where a clock was put back
            connection.execute(from_now)
        return False

    def collect(self) -> int:
        """Delete chunks that nothing refers to and that are old enough; how many.

        Deletes nothing while there are records that only a newer program can read: they might
        refer to chunks. Others may write meanwhile. Raises ReadOnly, DiskTrouble.
        """
        found, gone = self._look(), 0
        for start in range(0, len(found.chunks), _BATCH):
            gone += self._delete(found, found.chunks[start : start + _BATCH])
        if found.noted:
            done = delete(FACTS).where(FACTS.c.name == _LET_GO, FACTS.c.value == found.noted)
            with self._database.bulk() as connection:
                if not self._any_unreadable(connection):
                    connection.execute(done)
        return gone

    def _look(self) -> _Found:
        """In no transaction but a reader's: there may be very many."""
        now_ms = self._clock.wall_ms()
        before_ms = now_ms - AGE_MS
        with self._database.read() as connection:
            last = connection.scalar(_LAST) or 0
            noted = connection.scalar(_NOTED)
            if self._any_unreadable(connection):
                return _Found((), before_ms, last, None)
            referred = patched.all_names(connection.execute(self._referring()).mappings())
        if noted and now_ms - int(noted) > LET_GO_AFTER_MS:
            before_ms = max(before_ms, int(noted))
        else:
            noted = None
        old = self._chunks.older_than(before_ms)
        return _Found([one for one in old if one not in referred], before_ms, last, noted)

    def _delete(self, found: _Found, chunks: Sequence[Hash]) -> int:
        """Delete these, but for what somebody took in or referred to meanwhile; how many."""
        gone = 0
        with self._database.bulk() as connection:
            if self._any_unreadable(connection):
                return 0
            referred = self._referred_since(connection, found.last)
            for chunk in chunks:
                kept_ms, _size_bytes = self._chunks.looked_at(chunk)
                if 0 < kept_ms < found.before_ms and chunk not in referred:
                    self._chunks.remove(chunk)
                    gone += 1
        return gone

    def _referred_since(self, connection: Connection, last: int) -> set[Hash]:
        if (connection.scalar(_LAST) or 0) == last:
            return set()
        columns = self._touches.c
        newer = self._referring().join(self._touches, columns.record == self._table.c.id)
        return patched.all_names(connection.execute(newer.where(columns.log > last)).mappings())

    def _any_unreadable(self, connection: Connection) -> bool:
        return connection.scalar(select(self._others.c.id).limit(1)) is not None

    def _referring(self) -> Select[Any]:
        return select(self._table.c.chunks, self._table.c.patch)
