"""How attachments stand: whether their content is here, and what still has to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, exists, func, select

from cop_desktop.store.kept import FILES, OUTBOX, SPACES, TO_FETCH
from cop_desktop.store.patched import names
from cop_desktop.store.tables import Tables
from sync.catalogue.library import FILE_VERSION
from sync.core.ids import Hash, Id
from sync.core.limits import CHUNK_BYTES


class FileState(StrEnum):
    """Where the content of a file is."""

    HERE = "here"
    PARTIAL = "partial"
    NOT_HERE = "not here"
    NOBODY_HAS_IT = "nobody has it"


@dataclass(frozen=True, slots=True)
class FileStanding:
    """How one file stands.

    at_once: it is wanted whatever it costs. missing_bytes: about what still has to come, 0 if it is
    here; little where a patch is enough.
    """

    state: FileState
    wanted: bool
    missing_bytes: int
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class _Lacking:
    """What is asked for of a file: how many chunks, one of them, how many nobody has."""

    chunks: int
    one: Hash
    absent: int


def known_there(tables: Tables) -> ColumnElement[bool]:
    """Whether the server has the record of a file and takes content for it, of `file_version`."""
    columns, touches = tables[FILE_VERSION.name].c, tables.touches
    waits = exists().where(touches.c.record == columns.id, OUTBOX.c.log == touches.c.log)
    lost = exists().where(SPACES.c.space == columns.space, SPACES.c.lost == 1)
    return ~waits & ~lost


def standings(connection: Connection, table: Table, files: Sequence[Id]) -> dict[Id, FileStanding]:
    """How each of these files stands; without those whose record is not here. table: of files."""
    columns, base = table.c, FILES.alias()
    described = (columns.id, columns.size_bytes, columns.chunks, columns.patch, columns.patch_bytes)
    statement = (
        select(*described, FILES.c.here, FILES.c.wanted, base.c.here.label("base_here"))
        .join(FILES, FILES.c.file == columns.id, isouter=True)
        .join(base, base.c.file == columns.patch_of, isouter=True)
        .where(columns.id.in_(files))
    )
    counts = (func.count(), func.min(TO_FETCH.c.chunk), func.count(TO_FETCH.c.absent_ms))
    to_fetch = (
        select(TO_FETCH.c.file, *counts).where(TO_FETCH.c.file.in_(files)).group_by(TO_FETCH.c.file)
    )
    lacking = {file: _Lacking(*counted) for file, *counted in connection.execute(to_fetch)}
    rows = connection.execute(statement).mappings()
    return {row["id"]: _standing(row, lacking.get(row["id"])) for row in rows}


def _standing(row: Mapping[Any, Any], lacking: _Lacking | None) -> FileStanding:
    """lacking: None if nothing is asked for."""
    size = row["size_bytes"] or 0
    if row["here"]:
        return FileStanding(FileState.HERE, wanted=False, missing_bytes=0)
    if lacking is None:
        by_patch = min(size, row["patch_bytes"] or size)
        missing = by_patch if row["base_here"] else size
        return FileStanding(FileState.NOT_HERE, wanted=False, missing_bytes=missing)
    of_patch = names(row["patch"])
    if lacking.one in of_patch:
        size, asked = row["patch_bytes"] or 0, len(set(of_patch))
    else:
        asked = len(set(names(row["chunks"])))
    state = FileState.PARTIAL if lacking.chunks < asked else FileState.NOT_HERE
    if lacking.absent:
        state = FileState.NOBODY_HAS_IT
    missing = min(size, lacking.chunks * CHUNK_BYTES)
    return FileStanding(state, wanted=True, missing_bytes=missing, at_once=row["wanted"] < 0)
