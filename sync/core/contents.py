"""Contents too large for memory: laid out in a file, for as long as somebody works on them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from typing import BinaryIO

from sync.core.errors import Malformed, TooLarge
from sync.core.limits import CHUNK_BYTES


@contextmanager
def laid_out(pieces: Iterable[bytes], file: BinaryIO, most_bytes: int) -> Iterator[mmap]:
    """The content that these pieces make, as if it were in memory.

    file: empty, of the system's own kind. Raises TooLarge past most_bytes, Malformed if there is
    nothing, OSError, and what the pieces raise.
    """
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most_bytes:  # a list may name one chunk many times
            raise TooLarge(f"content over {most_bytes} bytes")
        file.write(piece)
    if size == 0:
        raise Malformed("a content without a byte")
    file.flush()
    with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        yield content


def recut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same content, in the pieces that chunks are."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= CHUNK_BYTES:
            yield bytes(held[:CHUNK_BYTES])
            del held[:CHUNK_BYTES]
    if held:
        yield bytes(held)
