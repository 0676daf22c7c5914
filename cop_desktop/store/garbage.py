"""Chunks that nothing refers to any more, such as of a community that was let go of."""

from typing import Final

from sqlalchemy import Connection, delete, select, update

from cop_desktop.store import patched
from cop_desktop.store.chunks import ChunkStore
from cop_desktop.store.database import Database
from cop_desktop.store.kept import FACTS
from cop_desktop.store.tables import Tables
from cop_desktop.store.values import Clock
from sync.catalogue.library import FILE_VERSION
from sync.core.ids import Hash

AGE_MS: Final = 30 * 24 * 3600 * 1000
"""So old must a chunk be: one that no record refers to yet may belong to one that comes back."""
LET_GO_AFTER_MS: Final = 3600 * 1000
"""What was let go of goes after so long: by then no file that is just being attached needs it."""
_LET_GO: Final = "let_go_ms"
_NOTED: Final = select(FACTS.c.value).where(FACTS.c.name == _LET_GO)
_NO_LONGER_NOTED: Final = delete(FACTS).where(FACTS.c.name == _LET_GO)


def note_let_go(connection: Connection) -> None:
    """Records were let go of just now: their chunks may not stay for a month."""
    row = {"name": _LET_GO, "value": ""}
    connection.execute(FACTS.insert().prefix_with("OR REPLACE"), row)


class Garbage:
    """Finds and deletes them; for one thread."""

    def __init__(
        self, database: Database, tables: Tables, chunks: ChunkStore, clock: Clock
    ) -> None:
        self._database = database
        self._table = tables[FILE_VERSION.name]
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
        refer to chunks. Raises ReadOnly, DiskTrouble.
        """
        now_ms = self._clock.wall_ms()
        with self._database.bulk() as connection:
            if connection.scalar(select(self._others.c.id).limit(1)) is not None:
                return 0
            before_ms = now_ms - AGE_MS
            noted = connection.scalar(_NOTED)
            if noted and now_ms - int(noted) > LET_GO_AFTER_MS:
                before_ms = max(before_ms, int(noted))
                connection.execute(_NO_LONGER_NOTED)
            referred = self._referred(connection)
            gone = [chunk for chunk in self._chunks.older_than(before_ms) if chunk not in referred]
            for chunk in gone:
                self._chunks.remove(chunk)
        return len(gone)

    def _referred(self, connection: Connection) -> set[Hash]:
        found: set[Hash] = set()
        for lists in connection.execute(select(self._table.c.chunks, self._table.c.patch)):
            found.update(*map(patched.names, lists))
        return found
