"""Files that arrive as a patch: the server makes their content itself, and keeps both."""

import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Final

from sqlalchemy import Connection, and_, select

from sync.catalogue.library import FILE_VERSION
from sync.core import patching
from sync.core.chunks import Recipe, chunk_hash, recipe_of, split
from sync.core.contents import laid_out, recut
from sync.core.errors import CoreError
from sync.core.group import decode_group
from sync.core.ids import Hash, Id
from sync.core.ops import SetFields, Value
from sync.server.chunks import ChunkFolder
from sync.server.errors import Problem, Rejected
from sync.server.storage import storage_errors
from sync.server.tables import GROUPS, RECORDS

_NUMBERS: Final = {field.name: field.number for field in FILE_VERSION.fields}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileReference:
    """What a `file_version` says of its content. base: recipe of the version that the patch is of.

    base is None where there is no patch, or that version is not known here.
    """

    recipe: Recipe
    patch: tuple[Hash, ...]
    base: Recipe | None


def file_reference(connection: Connection, space: Id, file: Id) -> FileReference:
    """The reference as its first group wrote it.

    Raises Rejected if no accepted group did.
    """
    fields = _fields(connection, space, file)
    recipe = None if fields is None else _recipe(fields)
    if fields is None or recipe is None:
        raise Rejected(Problem.UNKNOWN_CHUNK)
    old, patch = fields.get(_NUMBERS["patch_of"]), fields.get(_NUMBERS["patch"])
    if not isinstance(old, bytes) or not isinstance(patch, bytes):
        return FileReference(recipe, (), None)
    before = _fields(connection, space, old)
    return FileReference(recipe, _names(patch), None if before is None else _recipe(before))


class PatchedFiles:
    """Makes contents out of older ones. For any number of threads; may be repeated."""

    def __init__(self, folder: ChunkFolder) -> None:
        self._folder = folder
        self._making = threading.Lock()

    def lacking(self, reference: FileReference) -> list[Hash]:
        """The chunks that have to be sent: none once the content is here, whole and checked.

        Of the patch, as long as that leads there; else of the whole. Raises StorageFull,
        StorageTrouble.
        """
        whole = self._missing(reference.recipe.chunks)
        base = reference.base
        if not whole or base is None or not reference.patch or self._missing(base.chunks):
            return whole
        if not patching.may_be_patched(base.size_bytes, reference.recipe.size_bytes):
            return whole
        of_patch = self._missing(reference.patch)
        if of_patch:
            return of_patch
        with self._making:  # one at a time, for memory and disk
            if not self._made(reference, base):
                return self._missing(reference.recipe.chunks)
        return []

    def _made(self, reference: FileReference, base: Recipe) -> bool:
        """Whether the content was made out of the older one, and kept."""
        folder, recipe = self._folder, reference.recipe
        try:
            patch = self._patch(reference)
            pieces = map(folder.read, base.chunks)
            with (
                storage_errors(),
                TemporaryFile(dir=folder.scratch) as file,
                laid_out(pieces, file, base.size_bytes) as old,
            ):
                found = recipe_of(self._kept(patching.patched(old, patch, recipe.size_bytes)))
        except (CoreError, Rejected):  # such as a chunk that was damaged on the disk
            logger.warning("a patch does not apply", exc_info=True)
            return False
        if found != recipe:
            logger.warning("a patch makes another content")
        return found == recipe

    def _kept(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks of a content, each kept under its own name, so that none is a lie."""
        for chunk in recut(pieces):
            self._folder.keep(chunk_hash(chunk), chunk)
            yield chunk

    def _patch(self, reference: FileReference) -> bytes:
        content = bytearray()
        for chunk in reference.patch:
            content += self._folder.read(chunk)
            if len(content) > reference.recipe.size_bytes:  # a list may name one chunk many times
                raise Rejected(Problem.TOO_LARGE)
        return bytes(content)

    def _missing(self, chunks: tuple[Hash, ...]) -> list[Hash]:
        return [chunk for chunk in dict.fromkeys(chunks) if not self._folder.has(chunk)]


def _fields(connection: Connection, space: Id, file: Id) -> dict[int, Value] | None:
    of_record = and_(RECORDS.c.space == GROUPS.c.space, RECORDS.c.position == GROUPS.c.position)
    wanted = (
        select(GROUPS.c.raw)
        .join(RECORDS, of_record)
        .where(
            RECORDS.c.space == space,
            RECORDS.c.record == file,
            RECORDS.c.kind == FILE_VERSION.number,
        )
    )
    raw = connection.scalar(wanted)
    if raw is None:
        return None
    for op in decode_group(raw).known_ops():
        if isinstance(op, SetFields) and op.record == file:
            return dict(op.fields)
    return None


def _recipe(fields: dict[int, Value]) -> Recipe | None:
    size = fields.get(_NUMBERS["size_bytes"])
    content_hash = fields.get(_NUMBERS["content_hash"])
    chunks = fields.get(_NUMBERS["chunks"])
    if not (
        isinstance(size, int) and isinstance(content_hash, bytes) and isinstance(chunks, bytes)
    ):
        return None
    return Recipe(size, content_hash, _names(chunks))


def _names(joined: bytes) -> tuple[Hash, ...]:
    try:
        return split(joined)
    except CoreError:
        return ()
