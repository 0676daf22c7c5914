"""Several frames in one body, so that each can be used as soon as it is there.

    body     one frame, to the end; or a series
    series   length (4 bytes, big-endian), frame, length, frame, …

A length is never what a frame begins with, so the first bytes tell which it is. Which frame of a
series is the last one stands inside it, under its tag: an end of the body proves nothing.
"""

from collections.abc import Callable, Iterator
from typing import Final

from sync.core.errors import Malformed, TooLarge
from sync.core.frames import MAGIC, MAX_FRAME_BYTES

_LENGTH_BYTES: Final = 4
_PIECE_BYTES: Final = 4 * 1024


class CutShort(Malformed):
    """The body ends inside a frame."""


def framed(frame: bytes) -> bytes:
    """A frame as one of a series."""
    return len(frame).to_bytes(_LENGTH_BYTES, "big") + frame


def frames_in(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """The frames of a body, each once it is whole; nothing in them was checked.

    read: gives at most so many bytes, none at the end. No more is read than belongs to a frame, and
    no more held than one. Raises CutShort, TooLarge, Malformed.
    """
    start = _exactly(read, _LENGTH_BYTES)
    if start == MAGIC:
        yield start + _rest(read)
        return
    while start:
        if len(start) < _LENGTH_BYTES:
            raise CutShort("a length cut off")
        length = int.from_bytes(start, "big")
        if length > MAX_FRAME_BYTES:
            raise Malformed("no frame, and no series")
        frame = _exactly(read, length)
        if len(frame) < length:
            raise CutShort("a frame cut off")
        yield frame
        start = _exactly(read, _LENGTH_BYTES)


def _exactly(read: Callable[[int], bytes], count: int) -> bytes:
    """So many bytes; fewer where the body ends."""
    pieces: list[bytes] = []
    while count and (piece := read(min(count, _PIECE_BYTES))):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _rest(read: Callable[[int], bytes]) -> bytes:
    found = _exactly(read, MAX_FRAME_BYTES + 1)
    if len(found) > MAX_FRAME_BYTES:
        raise TooLarge("frame without end")
    return found
