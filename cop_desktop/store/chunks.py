"""Chunks of attachments on disk, each in a file named by its hash."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from cop_desktop.store.errors import Damaged, Missing, Refused
from cop_desktop.store.files_on_disk import file_errors, sync_folder
from cop_desktop.store.room import Reserve
from sync.core.chunks import Recipe, chunk_hash, cut, recipe_of
from sync.core.errors import TooLarge
from sync.core.ids import Hash
from sync.core.limits import CHUNK_NAME_BYTES

_NEW: Final = ".new"


class ChunkStore:
    """A folder of chunks, in two levels of folders. Chunks never change, so there is no locking."""

    def __init__(self, folder: Path, reserve: Reserve | None = None) -> None:
        """The folder is made when the first chunk is kept.

        reserve: tells whether there is room for chunks; None: there is.
        """
        self._folder = folder
        self._reserve = reserve

    @property
    def scratch(self) -> Path:
        """Where what is worked on may lie for a while."""
        return self._folder

    def has(self, chunk: Hash) -> bool:
        """Whether the chunk is here."""
        return self._path(chunk).exists()

    def missing(self, chunks: Iterable[Hash]) -> list[Hash]:
        """Those that are not here, each once, in order."""
        return [chunk for chunk in dict.fromkeys(chunks) if not self.has(chunk)]

    def put(self, chunk: Hash, content: bytes) -> None:
        """Keep a chunk: on the disk when this returns. May be repeated.

        Raises Damaged if the content is not what the name says, LittleRoom, DiskFull, ReadOnly,
        DiskTrouble.
        """
        if chunk_hash(content) != chunk:
            raise Damaged("a chunk is not what its name says")
        self._check_room(len(content))
        with file_errors():
            sync_folder(self._write(chunk, content))

    def read(self, chunk: Hash) -> bytes:
        """The content, checked; a damaged chunk is removed, so that it can be had again.

        Raises Missing, Damaged.
        """
        path = self._path(chunk)
        try:
            with file_errors():
                content = path.read_bytes()
        except FileNotFoundError as error:
            raise Missing(f"chunk {chunk.hex()} is not here") from error
        if chunk_hash(content) != chunk:
            self.remove(chunk)
            raise Damaged(f"chunk {chunk.hex()} was damaged")
        return content

    def remove(self, chunk: Hash) -> None:
        """Delete a chunk; one that is not here is fine."""
        with file_errors():
            self._path(chunk).unlink(missing_ok=True)

    def looked_at(self, chunk: Hash) -> tuple[int, int]:
        """When it was kept (or imported again), ms since 1970, and its size; zeros if not here."""
        try:
            found = self._path(chunk).stat()
        except FileNotFoundError:
            return 0, 0
        return int(found.st_mtime * 1000), found.st_size

    def import_file(self, path: Path) -> Recipe:
        """The recipe of a file, whose chunks are on the disk here when this returns.

        Raises Refused if it is too large, ReadOnly if it cannot be read, LittleRoom, DiskFull,
        DiskTrouble.
        """
        folders: set[Path] = set()
        with file_errors(), path.open("rb") as stream:
            self._check_room(os.fstat(stream.fileno()).st_size)
            try:
                recipe = recipe_of(self._kept(stream, folders))
            except TooLarge as error:
                raise Refused([str(error)]) from error
            for folder in folders:
                sync_folder(folder)
        return recipe

    def assemble(self, recipe: Recipe, target: Path) -> None:
        """Put the file together at `target`, checked as a whole; replaces what is there.

        Raises Missing if a chunk is not here, Damaged, DiskFull, ReadOnly.
        """
        new = target.with_name(target.name + _NEW)
        with file_errors():
            try:
                with new.open("wb") as stream:
                    found = recipe_of(self._written(recipe, stream))
                    stream.flush()
                    os.fsync(stream.fileno())
                if found != recipe:
                    raise Damaged("a file is not what its reference says")
                new.replace(target)
            finally:
                new.unlink(missing_ok=True)

    def older_than(self, moment_ms: int) -> Iterator[Hash]:
        """Chunks that were kept (or imported again) before that moment, ms since 1970."""
        for path in self._folder.glob("??/??/*"):
            if len(path.name) != 2 * CHUNK_NAME_BYTES:
                continue
            chunk = bytes.fromhex(path.name)
            kept_ms, _size_bytes = self.looked_at(chunk)
            if 0 < kept_ms < moment_ms:  # it may have been removed meanwhile
                yield chunk

    def _check_room(self, size_bytes: int) -> None:
        if self._reserve is not None:
            self._reserve.check(size_bytes)

    def _kept(self, stream: BinaryIO, folders: set[Path]) -> Iterator[bytes]:
        for content in cut(stream):
            name = chunk_hash(content)
            if self.has(name):
                os.utime(self._path(name))
            else:
                folders.add(self._write(name, content))
            yield content

    def _written(self, recipe: Recipe, stream: BinaryIO) -> Iterator[bytes]:
        for chunk in recipe.chunks:
            content = self.read(chunk)
            stream.write(content)
            yield content

    def _write(self, chunk: Hash, content: bytes) -> Path:
        """The folder of the chunk, whose file is whole or not there."""
        path = self._path(chunk)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(path.name + _NEW)
        try:
            with new.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)  # half of it on a full disk would stay for ever
        return path.parent

    def _path(self, chunk: Hash) -> Path:
        name = chunk.hex()
        return self._folder / name[:2] / name[2:4] / name
