"""Chunks of attachments: one file each, in a folder, and who may have which."""

import logging
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from sync.core.chunks import chunk_hash
from sync.core.ids import Hash, Id
from sync.core.limits import CHUNK_BYTES, CHUNK_NAME_BYTES
from sync.server import spaces
from sync.server.errors import Problem, Rejected
from sync.server.storage import storage_errors
from sync.server.tables import CHUNK_REFS

DAMAGED: Final = ".damaged"
_AT_ONCE: Final = 500
LEFTOVER_AFTER_S: Final = 24 * 60 * 60
_SWEPT_EVERY_S: Final = 60 * 60

logger = logging.getLogger(__name__)


class ChunkFolder:
    """Chunks in files named by their hash. For any number of threads and processes."""

    def __init__(self, folder: Path) -> None:
        """The folder is made if it is not there; what a crash left half written is removed.

        Raises StorageFull, StorageTrouble.
        """
        self.folder = folder
        self._incoming = folder / "incoming"
        with storage_errors():
            self._incoming.mkdir(parents=True, exist_ok=True)
            self._sweep()

    @property
    def scratch(self) -> Path:
        """Where what is worked on may lie for a while."""
        return self._incoming

    def has(self, chunk: Hash) -> bool:
        """Whether the chunk is here."""
        return self.place_of(chunk).exists()

    def read(self, chunk: Hash) -> bytes:
        """The content of a chunk, checked; a damaged one is set aside, so that it can be had again.

        Raises Rejected if it is not here, StorageFull, StorageTrouble.
        """
        place = self.place_of(chunk)
        with storage_errors():
            try:
                content = place.read_bytes()
            except FileNotFoundError as error:
                raise Rejected(Problem.UNKNOWN_CHUNK) from error
        if chunk_hash(content) != chunk:
            logger.error("chunk is damaged", extra={"chunk": chunk.hex()})
            with storage_errors():
                place.replace(place.with_suffix(DAMAGED))
            raise Rejected(Problem.UNKNOWN_CHUNK)
        return content

    def keep(self, chunk: Hash, content: bytes) -> None:
        """Keep a chunk; it is there whole, also after a crash, once this returns.

        Raises Rejected if the content is another or too much, StorageFull, StorageTrouble.
        """
        if len(content) > CHUNK_BYTES:
            raise Rejected(Problem.TOO_LARGE)
        if chunk_hash(content) != chunk:
            raise Rejected(Problem.WRONG_HASH)
        if self.has(chunk):
            return
        with storage_errors():
            self._write(self.place_of(chunk), content)

    def held(self, replica: Id, chunk: Hash) -> bytes:
        """What came of a chunk from this replica before its connection broke; empty if nothing."""
        part = self._part(replica, chunk)
        with storage_errors():
            try:
                return b"" if _is_leftover(part) else part.read_bytes()
            except FileNotFoundError:
                return b""

    def hold(self, replica: Id, chunk: Hash, part: bytes) -> None:
        """Remember what came of a chunk, for a day; unproven, and not safe from crashes.

        Raises StorageFull, StorageTrouble.
        """
        with storage_errors():
            if time.monotonic() - self._swept_s > _SWEPT_EVERY_S:
                self._sweep()
            self._part(replica, chunk).write_bytes(part[:CHUNK_BYTES])

    def let_go(self, replica: Id, chunk: Hash) -> None:
        """Forget what came of a chunk."""
        with storage_errors():
            self._part(replica, chunk).unlink(missing_ok=True)

    def _part(self, replica: Id, chunk: Hash) -> Path:
        return self._incoming / f"{replica.hex()}.{chunk.hex()}"

    def _sweep(self) -> None:
        """Remove what is left of chunks that never came whole."""
        self._swept_s = time.monotonic()
        for path in self._incoming.iterdir():
            with suppress(FileNotFoundError):  # somebody else sweeps, or it came whole
                if _is_leftover(path):
                    path.unlink()

    def _write(self, place: Path, content: bytes) -> None:
        place.parent.mkdir(exist_ok=True)
        partial = self._incoming / secrets.token_hex(8)
        try:
            with partial.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(place)
        finally:
            partial.unlink(missing_ok=True)
        if os.name == "posix":  # elsewhere a folder cannot be synced, and need not be
            descriptor = os.open(place.parent, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def place_of(self, chunk: Hash) -> Path:
        """Where the chunk is, if it is here."""
        name = chunk.hex()
        return self.folder / name[:2] / name

    def all_files(self) -> Iterator[Path]:
        """The files of all chunks, half-written ones left out, in order of their names."""
        for subfolder in self._subfolders():
            yield from (path for path in sorted(subfolder.iterdir()) if path.is_file())

    def foreign(self) -> Iterator[Path]:
        """What lies among the chunks and can be none."""
        yield from (path for path in sorted(self.folder.iterdir()) if not path.is_dir())
        for subfolder in self._subfolders():
            yield from (path for path in sorted(subfolder.iterdir()) if not path.is_file())

    def _subfolders(self) -> list[Path]:
        folders = (path for path in self.folder.iterdir() if path.is_dir())
        return sorted(folder for folder in folders if folder != self._incoming)


def _is_leftover(path: Path) -> bool:
    """Whether nobody wrote to this part for a day. Raises FileNotFoundError."""
    return path.stat().st_mtime < time.time() - LEFTOVER_AFTER_S


def allowed(connection: Connection, member: Id, directory: Id, chunks: Sequence[Hash]) -> set[Hash]:
    """Those of the chunks that an accepted attachment names in a space that the member reads.

    Raises Rejected if one is no hash.
    """
    if any(len(chunk) != CHUNK_NAME_BYTES for chunk in chunks):
        raise Rejected(Problem.MALFORMED)
    readable = [space.id for space in spaces.readable(connection, member, directory)]
    found: set[Hash] = set()
    for at in range(0, len(chunks), _AT_ONCE):
        part = CHUNK_REFS.c.chunk.in_(chunks[at : at + _AT_ONCE])
        wanted = select(CHUNK_REFS.c.chunk).where(part, CHUNK_REFS.c.space.in_(readable))
        found.update(connection.scalars(wanted))
    return found
