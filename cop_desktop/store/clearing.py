"""Taking fetched files off this computer: never one that the server may lack."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, exists, select, update

from cop_desktop.store import patched, rechecking
from cop_desktop.store.chunks import ChunkStore
from cop_desktop.store.database import Database
from cop_desktop.store.file_states import known_there
from cop_desktop.store.kept import FILES, TO_FETCH, TO_SEND
from cop_desktop.store.tables import Tables
from cop_desktop.store.values import Changed, Clock
from sync.catalogue.library import FILE_VERSION
from sync.core.ids import Hash, Id

YOUNG_MS: Final = 3600 * 1000
"""A chunk kept more lately stays: it may belong to a file that is being attached just now."""
_BATCH: Final = 500

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file of somebody else whose content is here and can be had again from the server."""

    file: Id
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was taken away. size_bytes: what the disk has back."""

    files: int
    size_bytes: int
    changed: Changed


class Clearing:
    """Finds and removes what may go; may be used from several threads."""

    def __init__(
        self, database: Database, tables: Tables, chunks: ChunkStore, clock: Clock
    ) -> None:
        self._database = database
        self._tables = tables
        self._table = tables[FILE_VERSION.name]
        self._chunks = chunks
        self._clock = clock

    def fetched(self, member: Id) -> tuple[Fetched, ...]:
        """What may go, largest first. member: whose own files all stay."""
        with self._database.read() as connection:
            rows = connection.execute(self._may_go(member)).mappings().all()
        return tuple(Fetched(row["id"], row["size_bytes"] or 0) for row in rows)

    def remove(self, member: Id, files: Collection[Id]) -> Cleared:
        """Take the content of these away, as far as it may go now; the records stay.

        Raises ReadOnly, DiskTrouble.
        """
        wanted = set(files)
        with self._database.write() as connection:
            rows = connection.execute(self._may_go(member)).mappings().all()
            going = {row["id"]: row for row in rows if row["id"] in wanted}
            ids = list(going)
            for start in range(0, len(ids), _BATCH):
                part = FILES.c.file.in_(ids[start : start + _BATCH])
                connection.execute(update(FILES).where(part).values(here=0, wanted=0))
            chunks = self._only_of(connection, going.values())
        # After the transaction: a file that is said to be here is whole.
        freed = sum(self._remove(chunk) for chunk in chunks)
        targets = {row["target"] for row in going.values()}
        spaces = {row["space"] for row in going.values()}
        changed = Changed.of(spaces, {FILE_VERSION.name} if going else (), {*going, *targets})
        logger.info("%d fetched files taken away, %d bytes", len(going), freed)
        return Cleared(len(going), freed, changed)

    def _may_go(self, member: Id) -> Select[Any]:
        columns, newer = self._table.c, self._table.alias()
        to_send = exists().where(TO_SEND.c.file == columns.id)
        base = exists().where(newer.c.patch_of == columns.id, self._moves(newer.c.id))
        return (
            select(columns.id, columns.space, columns.target, columns.size_bytes)
            .add_columns(columns.chunks, columns.patch)
            .join(FILES, FILES.c.file == columns.id)
            .where(FILES.c.here == 1, columns.created_by != member)
            .where(known_there(self._tables), ~to_send, ~base)
            .where(~rechecking.to_be_asked(columns.id))
            .order_by(columns.size_bytes.desc(), columns.id)
        )

    def _moves(self, file: Any) -> Any:
        """Whether chunks of a file still have to go or to come, of which this may be the base."""
        going = exists().where(TO_SEND.c.file == file)
        coming = exists().where(TO_FETCH.c.file == file)
        return going | coming

    def _only_of(self, connection: Connection, gone: Iterable[Mapping[Any, Any]]) -> list[Hash]:
        """The chunks of these that no file refers to which is here, goes or comes."""
        columns, found = self._table.c, patched.all_names(gone)
        stays = (
            select(columns.chunks, columns.patch)
            .join(FILES, FILES.c.file == columns.id)
            .where((FILES.c.here == 1) | (FILES.c.wanted != 0) | self._moves(columns.id))
        )
        found -= patched.all_names(connection.execute(stays).mappings())
        return sorted(found)

    def _remove(self, chunk: Hash) -> int:
        """The bytes that are free again."""
        kept_ms, size_bytes = self._chunks.looked_at(chunk)
        if not size_bytes or abs(self._clock.wall_ms() - kept_ms) < YOUNG_MS:
            return 0
        self._chunks.remove(chunk)
        return size_bytes
