"""Files whose content can be made here, out of an older version that is here and a patch."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from mmap import mmap
from tempfile import TemporaryFile
from typing import Any

from sqlalchemy import Connection, Table, select

from cop_desktop.store.chunks import ChunkStore
from cop_desktop.store.errors import Damaged, Missing
from cop_desktop.store.files_on_disk import file_errors
from sync.core import patching
from sync.core.chunks import Recipe, chunk_hash, pieces_of, recipe_of, split
from sync.core.contents import laid_out, recut
from sync.core.errors import Malformed
from sync.core.ids import Hash, Id, id_text

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileContent:
    """What makes up a file. patch: chunks of a patch, of base; empty and None without one.

    base is None, too, where the record of that version is not here.
    """

    recipe: Recipe
    patch: tuple[Hash, ...]
    base: Recipe | None


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch that was made and kept here, for the fields of a reference."""

    chunks: tuple[Hash, ...]
    size_bytes: int


def file_content(connection: Connection, table: Table, file: Id) -> FileContent:
    """What the reference says. table: of files.

    Raises Missing if it is not here.
    """
    row = connection.execute(select(table).where(table.c.id == file)).mappings().first()
    if row is None or row["chunks"] is None:
        raise Missing(f"file {id_text(file)} is not here")
    base = None if row["patch_of"] is None else base_of(connection, table, row["patch_of"])
    return FileContent(_recipe(row), names(row["patch"]), base)


def base_of(connection: Connection, table: Table, file: Id) -> Recipe | None:
    """The recipe of an older version; None if its record is not here."""
    row = connection.execute(select(table).where(table.c.id == file)).mappings().first()
    return None if row is None or row["chunks"] is None else _recipe(row)


def by_patch(chunks: ChunkStore, content: FileContent) -> bool:
    """Whether the older version is here, so that the patch is all that is needed."""
    base = content.base
    if base is None or not content.patch:
        return False
    fits = patching.may_be_patched(base.size_bytes, content.recipe.size_bytes)
    return fits and not chunks.missing(base.chunks)


def lacking(chunks: ChunkStore, content: FileContent) -> list[Hash]:
    """The chunks to fetch: of the patch, where that leads to the content; else its own."""
    of_patch = chunks.missing(content.patch) if by_patch(chunks, content) else []
    return of_patch or chunks.missing(content.recipe.chunks)


def made(chunks: ChunkStore, base: Recipe, recipe: Recipe) -> Patch | None:
    """The patch between two contents, kept; None where one is not here or it saves too little.

    Raises DiskFull, ReadOnly.
    """
    if base == recipe or not patching.may_be_patched(base.size_bytes, recipe.size_bytes):
        return None
    try:
        with file_errors(), _laid_out(chunks, base) as old, _laid_out(chunks, recipe) as new:
            patch = patching.made_patch(old, new)
    except (Missing, Damaged, Malformed):
        return None
    if patch is None:
        return None
    pieces = list(pieces_of(patch))
    for piece in pieces:
        chunks.put(chunk_hash(piece), piece)
    return Patch(tuple(map(chunk_hash, pieces)), len(patch))


def applied(chunks: ChunkStore, content: FileContent) -> bool:
    """Whether the content was made by the patch, checked, and kept. May be repeated.

    Raises DiskFull, ReadOnly.
    """
    if content.base is None:
        return False
    try:
        patch = _patch(chunks, content)
        with file_errors(), _laid_out(chunks, content.base) as old:
            new = patching.patched(old, patch, content.recipe.size_bytes)
            found = recipe_of(_kept(chunks, new))
    except (Missing, Damaged, Malformed):
        logger.warning("a patch does not apply; the whole file is asked for", exc_info=True)
        return False
    if found != content.recipe:
        logger.warning("a patch makes another content; the whole file is asked for")
    return found == content.recipe


def names(joined: Any) -> tuple[Hash, ...]:
    """The names in a field of chunks; none if it is empty or broken."""
    try:
        return split(joined or b"")
    except Malformed:
        return ()


def all_names(rows: Iterable[Mapping[Any, Any]]) -> set[Hash]:
    """The chunks that files refer to, by their content or by their patch."""
    return {name for row in rows for name in (*names(row["chunks"]), *names(row["patch"]))}


def _recipe(row: Any) -> Recipe:
    return Recipe(row["size_bytes"] or 0, row["content_hash"] or b"", names(row["chunks"]))


@contextmanager
def _laid_out(chunks: ChunkStore, recipe: Recipe) -> Iterator[mmap]:
    pieces = map(chunks.read, recipe.chunks)
    with (
        TemporaryFile(dir=chunks.scratch) as file,
        laid_out(pieces, file, recipe.size_bytes) as content,
    ):
        yield content


def _kept(chunks: ChunkStore, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks of a content, each kept under its own name, so that none is a lie."""
    for chunk in recut(pieces):
        name = chunk_hash(chunk)
        if not chunks.has(name):
            chunks.put(name, chunk)
        yield chunk


def _patch(chunks: ChunkStore, content: FileContent) -> bytes:
    """The patch of a content. Raises Missing, Damaged, Malformed past the content's own size."""
    patch = bytearray()
    for name in content.patch:
        patch += chunks.read(name)
        if len(patch) > content.recipe.size_bytes:  # a list may name one chunk many times
            raise Malformed("a patch larger than what it makes")
    return bytes(patch)
