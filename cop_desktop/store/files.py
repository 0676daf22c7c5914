"""Attachments: which are here, which are wanted, and which chunks still have to move."""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from cop_desktop.store import batches, file_states, patched
from cop_desktop.store.chunks import ChunkStore
from cop_desktop.store.database import Database
from cop_desktop.store.errors import Damaged, Missing
from cop_desktop.store.file_states import FileStanding
from cop_desktop.store.kept import FILES, TO_FETCH, TO_SEND
from cop_desktop.store.log import Entry
from cop_desktop.store.patched import FileContent, Patch
from cop_desktop.store.rechecking import Rechecking
from cop_desktop.store.tables import Tables
from cop_desktop.store.values import Changed, Clock
from sync.catalogue.library import FILE_VERSION
from sync.core.chunks import Recipe
from sync.core.handover import PatchedFile
from sync.core.ids import Hash, Id
from sync.core.limits import CHUNK_BYTES, HASH_BYTES
from sync.core.ops import SetFields

logger = logging.getLogger(__name__)

ASK_AT_ONCE: Final = 1000
ASK_AGAIN_MS: Final = 15 * 60 * 1000
_BATCH: Final = 500
_CHUNKS, _CONTENT_HASH, _PATCH = (
    FILE_VERSION.by_name[name].number for name in ("chunks", "content_hash", "patch")
)
_BY_PATCH: Final = func.length(TO_SEND.c.chunk) == HASH_BYTES
_NOW: Final = FILES.c.wanted < 0
_RESTED: Final = func.abs(bindparam("now", type_=Integer) - TO_FETCH.c.absent_ms) > ASK_AGAIN_MS
_ANY_TO_FETCH: Final = (
    select(TO_FETCH.c.chunk)
    .join(FILES, FILES.c.file == TO_FETCH.c.file)
    .where(or_(TO_FETCH.c.absent_ms.is_(None), _RESTED))
    .order_by(TO_FETCH.c.absent_ms.is_not(None), ~_NOW, func.abs(FILES.c.wanted), TO_FETCH.c.number)
    .limit(1)
)
_NOW_TO_FETCH: Final = _ANY_TO_FETCH.where(_NOW)


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

        self.rechecking = Rechecking(database, tables, chunks, clock)
        # Asked at every round: made once.
        self._to_ask = self._asking()
        self._to_patch = self._patching()

    def _asking(self) -> Select[Any]:
        return (
            select(TO_SEND.c.chunk)
            .join(self._table, self._table.c.id == TO_SEND.c.file)
            .where(~_BY_PATCH, *self._taken_there())
            .order_by(TO_SEND.c.number)
            .limit(bindparam("most", type_=Integer))
        )

    def _patching(self) -> Select[Any]:
        columns = self._table.c
        sending = TO_SEND.alias()
        return (
            select(columns.space, columns.id, columns.patch)
            .join(TO_SEND, TO_SEND.c.file == columns.id)
            .where(_BY_PATCH, ~exists().where(sending.c.file == columns.patch_of))
            .where(*self._taken_there())
            .order_by(TO_SEND.c.number)
            .limit(1)
        )

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
                part = files[start : start + _BATCH]
                found |= file_states.standings(connection, self._table, part)
        return found

    def want(self, file: Id, *, at_once: bool = False) -> Changed:
        """Ask for the content: it comes with the next exchanges that the data budget lets it.

        at_once: whatever it costs. Asking again changes that. Raises Missing if the record is not
        here.
        """
        with self._database.read() as connection:
            content = patched.file_content(connection, self._table, file)
        lacking = [] if self._made(content) else patched.lacking(self._chunks, content)
        with self._database.write() as connection:
            connection.execute(delete(TO_FETCH).where(TO_FETCH.c.file == file))
            batches.insert(connection, TO_FETCH, _to_fetch(file, lacking))
            moment = max(self._clock.wall_ms(), 1) * (-1 if at_once else 1)
            row = {"file": file, "here": int(not lacking), "wanted": moment if lacking else 0}
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
            content = patched.file_content(connection, self._table, file)
        try:
            self._chunks.assemble(content.recipe, target)
        except (Missing, Damaged):
            with self._database.write() as connection:
                connection.execute(update(FILES).where(FILES.c.file == file).values(here=0))
            raise

    def patch(self, old: Id, recipe: Recipe) -> Patch | None:
        """The patch from an older file to what was imported, kept, for the fields of a reference.

        None where that file is not (all) here, or a patch saves too little. Raises DiskFull,
        ReadOnly. Takes a while with large files.
        """
        with self._database.read() as connection:
            base = patched.base_of(connection, self._table, old)
        return None if base is None else patched.made(self._chunks, base, recipe)

    def note_own(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Remember the files that these groups of ours attach, so that their chunks are sent."""
        for entry in entries:
            for op in entry.group.known_ops():
                if isinstance(op, SetFields) and op.kind == FILE_VERSION.number:
                    self._note_own(connection, op)

    def _note_own(self, connection: Connection, op: SetFields) -> None:
        names = dict.fromkeys(patched.names(op.fields.get(_CHUNKS)))
        here = [chunk for chunk in names if self._chunks.has(chunk)]
        patch = patched.names(op.fields.get(_PATCH))
        whole, by_patch = len(here) == len(names), patch and not self._chunks.missing(patch)
        content_hash = op.fields.get(_CONTENT_HASH)
        to_send = [content_hash] if whole and by_patch else here
        rows = [{"number": None, "chunk": chunk, "file": op.record} for chunk in to_send]
        batches.insert_missing(connection, TO_SEND, rows)
        noted = {"file": op.record, "here": int(whole), "wanted": 0}
        batches.insert_missing(connection, FILES, [noted])

    def next_to_fetch(self, *, cheap: bool = True) -> Hash | None:
        """The chunk to ask for next; None if none is wanted, or none can be had for now.

        cheap: whether fetching may be done now; else only what somebody wants at once.
        """
        statement = _ANY_TO_FETCH if cheap else _NOW_TO_FETCH
        with self._database.read() as connection:
            return connection.scalar(statement, {"now": self._clock.wall_ms()})

    def note_absent(self, chunk: Hash) -> None:
        """The server does not have it now. Who lacks a patch tries the whole, and the other way."""
        now = self._clock.wall_ms()
        with self._database.bulk() as connection:
            connection.execute(
                update(TO_FETCH).where(TO_FETCH.c.chunk == chunk).values(absent_ms=now)
            )
            named = select(TO_FETCH.c.file).where(TO_FETCH.c.chunk == chunk)
            for file in list(connection.scalars(named)):
                content = patched.file_content(connection, self._table, file)
                of_patch = patched.lacking(self._chunks, content)
                whole = self._chunks.missing(content.recipe.chunks)
                if of_patch != whole:
                    rows = _to_fetch(file, of_patch, now)
                    if chunk in content.patch:
                        rows = _to_fetch(file, whole)
                    connection.execute(delete(TO_FETCH).where(TO_FETCH.c.file == file))
                    batches.insert(connection, TO_FETCH, rows)

    def keep(self, chunk: Hash, content: bytes) -> Changed:
        """Keep a chunk that came; the files that are whole with it, or have more of it.

        Raises Damaged, DiskFull, ReadOnly.
        """
        self._chunks.put(chunk, content)
        with self._database.read() as connection:
            files = list(
                connection.scalars(select(TO_FETCH.c.file).where(TO_FETCH.c.chunk == chunk))
            )
            others = select(TO_FETCH.c.file).where(TO_FETCH.c.chunk != chunk)
            unfinished = set(connection.scalars(others.where(TO_FETCH.c.file.in_(files))))
            finished = {
                file: patched.file_content(connection, self._table, file)
                for file in files
                if file not in unfinished
            }
        # Before the row of the chunk goes: after a crash here it comes once more, and this with it.
        whole = [file for file, content in finished.items() if self._made(content)]
        with self._database.bulk() as connection:
            connection.execute(delete(TO_FETCH).where(TO_FETCH.c.chunk == chunk))
            here = update(FILES).where(FILES.c.file.in_(whole)).values(here=1, wanted=0)
            connection.execute(here)
            for file in finished.keys() - set(whole):
                self._fetch_whole(connection, file, finished[file])
            return self._changed(connection, files)

    def _made(self, content: FileContent) -> bool:
        """Whether all of it is here, if need be made just now by the patch that is here."""
        if not self._chunks.missing(content.recipe.chunks):
            return True
        ready = patched.by_patch(self._chunks, content) and not self._chunks.missing(content.patch)
        return ready and patched.applied(self._chunks, content)

    def _fetch_whole(self, connection: Connection, file: Id, content: FileContent) -> None:
        """What came does not make the file: ask for its own chunks, if it is still wanted."""
        wanted = select(FILES.c.wanted).where(FILES.c.file == file)
        if connection.scalar(wanted):
            lacking = self._chunks.missing(content.recipe.chunks)
            batches.insert_missing(connection, TO_FETCH, _to_fetch(file, lacking))

    def next_to_ask(self) -> list[Hash]:
        """Chunks of which it is unknown whether the server has them; some of them.

        Only of files that the server knows of, in spaces that are ours: it takes no others.
        """
        with self._database.read() as connection:
            found = list(dict.fromkeys(connection.scalars(self._to_ask, {"most": ASK_AT_ONCE})))
        if not found:
            return self.rechecking.next_to_ask()
        lost = self._chunks.missing(found)
        if not lost:
            return found
        self._want_back(lost)
        return self.next_to_ask()

    def _want_back(self, lost: Sequence[Hash]) -> None:
        """What was to be sent is damaged or gone: its files are wanted, should anybody have it."""
        logger.warning("%d chunks that wait to go are no longer here", len(lost))
        now = max(self._clock.wall_ms(), 1)
        with self._database.write() as connection:
            waiting = select(TO_SEND.c.chunk, TO_SEND.c.file).where(TO_SEND.c.chunk.in_(lost))
            rows = [{**row, "number": None} for row in connection.execute(waiting).mappings()]
            batches.insert_missing(
                connection, TO_FETCH, [{**row, "absent_ms": None} for row in rows]
            )
            files = [{"file": row["file"], "here": 0, "wanted": now} for row in rows]
            batches.put(connection, FILES, files)
            connection.execute(delete(TO_SEND).where(TO_SEND.c.chunk.in_(lost)))

    def next_patched(self) -> PatchedFile | None:
        """The own file to send by its patch next: one whose older version is not still going up."""
        with self._database.read() as connection:
            row = connection.execute(self._to_patch).first()
        return None if row is None else PatchedFile(row.space, row.id, patched.names(row.patch))

    def note_made(self, file: Id) -> None:
        """The server has the content of a file that went by its patch."""
        with self._database.bulk() as connection:
            connection.execute(delete(TO_SEND).where(TO_SEND.c.file == file))

    def send_whole(self, file: Id) -> None:
        """The server cannot make a file by its patch: its own chunks go up instead."""
        with self._database.bulk() as connection:
            content = patched.file_content(connection, self._table, file)
            connection.execute(delete(TO_SEND).where(TO_SEND.c.file == file))
            rows = [
                {"number": None, "chunk": chunk, "file": file}
                for chunk in dict.fromkeys(content.recipe.chunks)
            ]
            batches.insert(connection, TO_SEND, rows)

    def _taken_there(self) -> tuple[ColumnElement[bool], ...]:
        """Of own files: that the server knows of them, and takes them."""
        return self._table.c.trashed.is_(False), file_states.known_there(self._tables)

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
            each = case((_BY_PATCH, self._table.c.patch_bytes), else_=CHUNK_BYTES)
            all_up = select(func.sum(each)).join_from(
                TO_SEND, self._table, self._table.c.id == TO_SEND.c.file, isouter=True
            )
            up = connection.scalar(all_up) or 0
            down = connection.scalar(select(func.count()).select_from(TO_FETCH)) or 0
        return up, down * CHUNK_BYTES

    def _changed(self, connection: Connection, files: Sequence[Id]) -> Changed:
        columns = self._table.c
        statement = select(columns.space, columns.target).where(columns.id.in_(files))
        rows = connection.execute(statement).all()
        targets = {row.target for row in rows if row.target is not None}
        spaces = {row.space for row in rows}
        return Changed.of(spaces, {FILE_VERSION.name} if rows else (), {*files, *targets})


def _to_fetch(
    file: Id, chunks: Iterable[Hash], absent_ms: int | None = None
) -> list[dict[str, Any]]:
    return [
        {"number": None, "chunk": chunk, "file": file, "absent_ms": absent_ms} for chunk in chunks
    ]
