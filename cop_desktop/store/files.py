"""Attachments: which are here, which are wanted, and which chunks still have to move."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, delete, exists, func, or_, select, update

from cop_desktop.store import batches
from cop_desktop.store.chunks import ChunkStore
from cop_desktop.store.database import Database
from cop_desktop.store.errors import Damaged, Missing
from cop_desktop.store.kept import FILES, OUTBOX, SPACES, TO_FETCH, TO_SEND
from cop_desktop.store.log import Entry
from cop_desktop.store.tables import Tables
from cop_desktop.store.values import Changed, Clock
from sync.catalogue.library import FILE_VERSION
from sync.core.chunks import Recipe, split
from sync.core.errors import Malformed
from sync.core.ids import Hash, Id, id_text
from sync.core.limits import CHUNK_BYTES, CHUNK_NAME_BYTES
from sync.core.ops import SetFields

ASK_AT_ONCE: Final = 8
"""Few, so that what is small gets its turn between them."""
ASK_AGAIN_MS: Final = 15 * 60 * 1000
GARBAGE_AGE_MS: Final = 30 * 24 * 3600 * 1000
_BATCH: Final = 500
_CHUNKS: Final = FILE_VERSION.by_name["chunks"].number


class FileState(StrEnum):
    """Where the content of a file is."""

    HERE = "here"
    PARTIAL = "partial"
    NOT_HERE = "not here"
    NOBODY_HAS_IT = "nobody has it"


@dataclass(frozen=True, slots=True)
class FileStanding:
    """How one file stands. missing_bytes: about what still has to come, 0 if it is here."""

    state: FileState
    wanted: bool
    missing_bytes: int


class Files:
    """The content of `file_version` records on this computer; may be used from several threads."""

    def __init__(
        self, database: Database, tables: Tables, chunks: ChunkStore, clock: Clock
    ) -> None:
        self._database = database
        self._table = tables[FILE_VERSION.name]
        self._tables = tables
        self._chunks = chunks
        self._clock = clock

    def import_file(self, path: Path) -> Recipe:
        """The recipe of a file outside, its content kept; for the fields of a `file_version`.

        Raises Refused, ReadOnly, DiskFull.
        """
        return self._chunks.import_file(path)

    def states(self, files: Sequence[Id]) -> dict[Id, FileStanding]:
        """How each of these files stands; without those whose record is not here."""
        found: dict[Id, FileStanding] = {}
        with self._database.read() as connection:
            for start in range(0, len(files), _BATCH):
                found |= self._states(connection, files[start : start + _BATCH])
        return found

    def want(self, file: Id) -> Changed:
        """Ask for the content: it comes with the next exchanges.

        Raises Missing if the record is not here.
        """
        with self._database.write() as connection:
            recipe = self._recipe(connection, file)
            lacking = self._chunks.missing(recipe.chunks)
            rows = [
                {"number": None, "chunk": chunk, "file": file, "absent_ms": None}
                for chunk in lacking
            ]
            batches.insert_missing(connection, TO_FETCH, rows)
            wanted = max(self._clock.wall_ms(), 1) if lacking else 0
            row = {"file": file, "here": int(not lacking), "wanted": wanted}
            batches.put(connection, FILES, [row])
            return self._changed(connection, [file])

    def unwant(self, file: Id) -> Changed:
        """Ask no longer; what came of it stays."""
        with self._database.write() as connection:
            connection.execute(delete(TO_FETCH).where(TO_FETCH.c.file == file))
            connection.execute(update(FILES).where(FILES.c.file == file).values(wanted=0))
            return self._changed(connection, [file])

    def assemble(self, file: Id, target: Path) -> None:
        """Write the content to `target`, checked against the reference.

        Raises Missing if it is not (all) here, Damaged, DiskFull, ReadOnly. After a Missing or
        Damaged the file can be wanted again.
        """
        with self._database.read() as connection:
            recipe = self._recipe(connection, file)
        try:
            self._chunks.assemble(recipe, target)
        except (Missing, Damaged):
            with self._database.write() as connection:
                connection.execute(update(FILES).where(FILES.c.file == file).values(here=0))
            raise

    def note_own(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Remember the files that these groups of ours attach, so that their chunks are sent."""
        for entry in entries:
            for op in entry.group.known_ops():
                if isinstance(op, SetFields) and op.kind == FILE_VERSION.number:
                    names = _split(op.fields.get(_CHUNKS))
                    here = [chunk for chunk in dict.fromkeys(names) if self._chunks.has(chunk)]
                    rows = [{"number": None, "chunk": chunk, "file": op.record} for chunk in here]
                    batches.insert_missing(connection, TO_SEND, rows)
                    whole = int(len(here) == len(set(names)))
                    noted = {"file": op.record, "here": whole, "wanted": 0}
                    batches.insert_missing(connection, FILES, [noted])

    def next_to_fetch(self) -> Hash | None:
        """The chunk to ask for next; None if none is wanted, or none can be had for now."""
        now = self._clock.wall_ms()
        rested = func.abs(now - TO_FETCH.c.absent_ms) > ASK_AGAIN_MS
        statement = (
            select(TO_FETCH.c.chunk)
            .join(FILES, FILES.c.file == TO_FETCH.c.file)
            .where(or_(TO_FETCH.c.absent_ms.is_(None), rested))
            .order_by(TO_FETCH.c.absent_ms.is_not(None), FILES.c.wanted, TO_FETCH.c.number)
            .limit(1)
        )
        with self._database.read() as connection:
            return connection.scalar(statement)

    def note_absent(self, chunk: Hash) -> None:
        """The server does not have it now."""
        noted = update(TO_FETCH).where(TO_FETCH.c.chunk == chunk)
        with self._database.bulk() as connection:
            connection.execute(noted.values(absent_ms=self._clock.wall_ms()))

    def keep(self, chunk: Hash, content: bytes) -> Changed:
        """Keep a chunk that came; the files that are whole with it, or have more of it.

        Raises Damaged, DiskFull, ReadOnly.
        """
        self._chunks.put(chunk, content)
        with self._database.bulk() as connection:
            files = list(
                connection.scalars(select(TO_FETCH.c.file).where(TO_FETCH.c.chunk == chunk))
            )
            connection.execute(delete(TO_FETCH).where(TO_FETCH.c.chunk == chunk))
            lacking = exists().where(TO_FETCH.c.file == FILES.c.file)
            whole = update(FILES).where(FILES.c.file.in_(files), ~lacking)
            connection.execute(whole.values(here=1, wanted=0))
            return self._changed(connection, files)

    def next_to_ask(self) -> list[Hash]:
        """Chunks of own files of which it is unknown whether the server has them; some of them.

        Only of files that the server knows of, in spaces that are ours: it takes no others.
        """
        touches = self._tables.touches
        away = exists().where(SPACES.c.space == self._table.c.space, SPACES.c.lost == 1)
        waits = exists().where(touches.c.record == TO_SEND.c.file, OUTBOX.c.log == touches.c.log)
        statement = (
            select(TO_SEND.c.chunk)
            .join(self._table, self._table.c.id == TO_SEND.c.file)
            .where(self._table.c.trashed.is_(False), ~waits, ~away)
            .order_by(TO_SEND.c.number)
            .limit(ASK_AT_ONCE)
        )
        with self._database.read() as connection:
            found = list(dict.fromkeys(connection.scalars(statement)))
        lost = self._chunks.missing(found)
        if not lost:
            return found
        self.note_present(lost)  # as good as: there is nothing that could be sent
        return self.next_to_ask()

    def note_present(self, chunks: Sequence[Hash]) -> None:
        """The server has these."""
        with self._database.bulk() as connection:
            connection.execute(delete(TO_SEND).where(TO_SEND.c.chunk.in_(chunks)))

    def read_chunk(self, chunk: Hash) -> bytes:
        """A chunk that is here. Raises Missing, Damaged."""
        return self._chunks.read(chunk)

    def waiting_bytes(self) -> tuple[int, int]:
        """About how much has to go up, and to come down."""
        with self._database.read() as connection:
            up = connection.scalar(select(func.count()).select_from(TO_SEND)) or 0
            down = connection.scalar(select(func.count()).select_from(TO_FETCH)) or 0
        return up * CHUNK_BYTES, down * CHUNK_BYTES

    def collect_garbage(self, also: Collection[Hash] = ()) -> int:
        """Delete chunks that nothing refers to and that are older than a month; how many.

        also: chunks that drafts refer to. Deletes nothing while there are records that only a newer
        program can read, because they might refer to chunks.
        """
        before = self._clock.wall_ms() - GARBAGE_AGE_MS
        with self._database.bulk() as connection:
            if connection.scalar(select(self._tables.others.c.id).limit(1)) is not None:
                return 0
            referred = set(also)
            for names in connection.scalars(select(self._table.c.chunks)):
                referred.update(_split(names))
            gone = [chunk for chunk in self._chunks.older_than(before) if chunk not in referred]
            for chunk in gone:
                self._chunks.remove(chunk)
        return len(gone)

    def _recipe(self, connection: Connection, file: Id) -> Recipe:
        columns = self._table.c
        statement = select(columns.size_bytes, columns.content_hash, columns.chunks)
        row = connection.execute(statement.where(columns.id == file)).first()
        if row is None or row.chunks is None:
            raise Missing(f"file {id_text(file)} is not here")
        return Recipe(row.size_bytes or 0, row.content_hash or b"", _split(row.chunks))

    def _states(self, connection: Connection, files: Sequence[Id]) -> dict[Id, FileStanding]:
        columns = self._table.c
        statement = (
            select(columns.id, columns.size_bytes, columns.chunks, FILES.c.here, FILES.c.wanted)
            .join(FILES, FILES.c.file == columns.id, isouter=True)
            .where(columns.id.in_(files))
        )
        to_fetch = (
            select(TO_FETCH.c.file, func.count(), func.count(TO_FETCH.c.absent_ms))
            .where(TO_FETCH.c.file.in_(files))
            .group_by(TO_FETCH.c.file)
        )
        lacking = {file: (count, absent) for file, count, absent in connection.execute(to_fetch)}
        rows = connection.execute(statement).mappings()
        return {row["id"]: _standing(row, *lacking.get(row["id"], (None, 0))) for row in rows}

    def _changed(self, connection: Connection, files: Sequence[Id]) -> Changed:
        columns = self._table.c
        statement = select(columns.space, columns.target).where(columns.id.in_(files))
        rows = connection.execute(statement).all()
        targets = {row.target for row in rows if row.target is not None}
        spaces = {row.space for row in rows}
        return Changed.of(spaces, {FILE_VERSION.name} if rows else (), {*files, *targets})


def _split(names: Any) -> tuple[Hash, ...]:
    try:
        return split(names or b"")
    except Malformed:
        return ()


def _standing(row: Mapping[Any, Any], lacking: int | None, absent: int) -> FileStanding:
    """lacking: chunks that are asked for; None if none is. absent: of them, what nobody has."""
    size = row["size_bytes"] or 0
    if row["here"]:
        return FileStanding(FileState.HERE, wanted=False, missing_bytes=0)
    if lacking is None:
        return FileStanding(FileState.NOT_HERE, wanted=False, missing_bytes=size)
    missing = min(size, lacking * CHUNK_BYTES)
    if absent:
        return FileStanding(FileState.NOBODY_HAS_IT, wanted=True, missing_bytes=missing)
    has_some = lacking < len(row["chunks"] or b"") // CHUNK_NAME_BYTES
    state = FileState.PARTIAL if has_some else FileState.NOT_HERE
    return FileStanding(state, wanted=True, missing_bytes=missing)
