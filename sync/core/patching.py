"""Patches: what a new version of a file has that its old one has not, and how to join the two.

    patch     one byte of version (1), a zstd frame of `[[step, …], literals]`
    steps     three whole numbers each: how many literals come first; where in the old content the
              copy after them begins, as difference from the end of the copy before; its length

Matches are found from anchors: places of one byte value, thinned by a checksum of what follows, so
that insertions shift nothing (cf. Tridgell, "Efficient Algorithms for Sorting and Synchronization",
1999, with content-defined places for the rolling checksum).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from struct import Struct
from typing import Annotated, Final, TypeAlias
from zlib import crc32

import msgspec
import zstandard

from sync.core.errors import Malformed
from sync.core.limits import MAX_PATCHED_BYTES

LARGEST_SHARE: Final = 0.8
"""Of the new content: a patch that saves less is not worth its work."""
_VERSION: Final = b"\x01"
_LEVEL: Final = 9
_KEY: Final = 32
_GAP: Final = 256
_SAMPLES: Final = 512
_FIRST_STEP: Final = 64
_LARGEST_STEP: Final = 64 * 1024
_PIECE_BYTES: Final = 256 * 1024
_NUMBER_BYTES: Final = 9
"""The most that a number takes in MessagePack."""
MAX_COPIES: Final = 65_536
"""In one patch: what is so scattered goes whole."""
_HEADS: Final = {0xC4: Struct(">BB"), 0xC5: Struct(">BH"), 0xC6: Struct(">BI")}
"""The head of a value of bytes, by its first byte: that, and how many follow."""
_Steps: TypeAlias = Annotated[list[int], msgspec.Meta(max_length=3 * MAX_COPIES)]
Content: TypeAlias = bytes | mmap
"""In memory, or on the disk."""


def may_be_patched(old_bytes: int, new_bytes: int) -> bool:
    """Whether contents of these sizes are worth, and not too large for, a patch."""
    return 0 < old_bytes <= MAX_PATCHED_BYTES and 0 < new_bytes <= MAX_PATCHED_BYTES


def made_patch(old: Content, new: Content) -> bytes | None:
    """The patch from old to new; None where it would save little, or one is too large.

    Little more memory than the patch itself takes, if the contents lie on the disk.
    """
    if not may_be_patched(len(old), len(new)):
        return None
    steps: list[int] = []
    left_over: list[tuple[int, int]] = []
    done = before = 0
    for at, begin, length in _copies(old, new):
        left_over.append((done, at))
        steps += (at - done, begin - before, length)
        done, before = at + length, begin + length
        if len(left_over) > MAX_COPIES:
            return None
    left_over.append((done, len(new)))
    most_bytes = LARGEST_SHARE * len(new)
    pieces = [_VERSION]
    size = len(_VERSION)
    for piece in _compressed(steps, left_over, new):
        pieces.append(piece)
        size += len(piece)
        if size >= most_bytes:
            return None
    return b"".join(pieces)


def _compressed(
    steps: list[int], left_over: list[tuple[int, int]], new: Content
) -> Iterator[bytes]:
    """The frame of a patch, a piece at a time. left_over: where in new the literals are."""
    count = sum(end - begin for begin, end in left_over)
    start = b"\x92" + msgspec.msgpack.encode(steps) + _head(count)
    compressor = zstandard.ZstdCompressor(level=_LEVEL).compressobj(size=len(start) + count)
    yield compressor.compress(start)
    for begin, end in left_over:
        for at in range(begin, end, _PIECE_BYTES):
            yield compressor.compress(new[at : min(at + _PIECE_BYTES, end)])
    yield compressor.flush()


def patched(old: Content, patch: bytes, new_bytes: int) -> Iterator[bytes]:
    """The new content in pieces. new_bytes: how long it is.

    Never more memory than its literals take, which is less than that. Raises Malformed, maybe after
    some pieces, if the patch is none, or none from this content to one of that length.
    """
    if patch[:1] != _VERSION or not may_be_patched(len(old), new_bytes):
        raise Malformed("not a patch for this content")
    steps, literals = _opened(patch[1:], new_bytes)
    taken = before = size = 0
    for at in range(0, len(steps), 3):
        count, skip, length = steps[at : at + 3]
        begin = before + skip
        if count < 0 or length < 1 or begin < 0 or begin + length > len(old):
            raise Malformed("patch goes past the old content")
        size += count + length
        if taken + count > len(literals) or size > new_bytes:
            raise Malformed("patch makes too much")
        yield from _parts(literals, taken, taken + count)
        yield from _parts(old, begin, begin + length)
        taken, before = taken + count, begin + length
    if size + len(literals) - taken != new_bytes:
        raise Malformed("patch makes a content of another length")
    yield from _parts(literals, taken, len(literals))


def applied_patch(old: Content, patch: bytes, new_bytes: int) -> bytes:
    """As `patched`, in memory."""
    return b"".join(patched(old, patch, new_bytes))


def _parts(content: Content | memoryview, begin: int, end: int) -> Iterator[bytes]:
    for at in range(begin, end, _PIECE_BYTES):
        yield bytes(content[at : min(at + _PIECE_BYTES, end)])


def _opened(frame: bytes, new_bytes: int) -> tuple[list[int], memoryview]:
    most = new_bytes + 3 * MAX_COPIES * _NUMBER_BYTES + _GAP
    plain = bytearray()
    try:
        with zstandard.ZstdDecompressor().stream_reader(frame) as stream:
            while piece := stream.read(_PIECE_BYTES):
                plain += piece
                if len(plain) > most:
                    raise Malformed("patch of a patch's many times size")
        steps, rest = msgspec.msgpack.decode(plain, type=tuple[_Steps, msgspec.Raw])
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise Malformed("patch cannot be read") from error
    if len(steps) % 3:
        raise Malformed("patch with half a step")
    return steps, _binary(memoryview(rest))


def _head(count: int) -> bytes:
    """The shortest head of a value of so many bytes."""
    first = 0xC4 if count < 1 << 8 else 0xC5 if count < 1 << 16 else 0xC6
    return _HEADS[first].pack(first, count)


def _binary(raw: memoryview) -> memoryview:
    """What a MessagePack value of bytes holds, not copied."""
    head = _HEADS.get(raw[0])
    if head is None:
        raise Malformed("literals of a patch are bytes")
    return raw[head.size :]


def _copies(old: Content, new: Content) -> Iterator[tuple[int, int, int]]:
    """What both have, in the order of new: where there, where in old, how long."""
    pair = _Pair(old, new)
    byte, mask = _anchor(old)
    known: dict[bytes, int] = {}
    for at in _anchors(old, byte):
        key = old[at : at + _KEY]
        if not crc32(key) & mask:
            known.setdefault(key, at)
    done = at = shift = 0
    while (at := new.find(byte, at)) >= 0:
        key = new[at : at + _KEY]
        begin = at - shift
        if begin < 0 or old[begin : begin + _KEY] != key:
            begin = -1 if crc32(key) & mask else known.get(key, -1)
        if begin < 0:
            at += 1
            continue
        behind = pair.same_behind(begin, at, at - done)
        length = behind + pair.same_ahead(begin, at)
        yield at - behind, begin - behind, length
        shift = at - begin
        done = at = at - behind + length


def _anchors(content: Content, byte: bytes) -> Iterator[int]:
    at = content.find(byte)
    while at >= 0:
        yield at
        at = content.find(byte, at + 1)


def _anchor(content: Content) -> tuple[bytes, int]:
    """The byte value that marks anchors, and the bits that thin them to one in about _GAP bytes."""
    apart = max(_GAP, len(content) // _SAMPLES)
    windows = [content[at : at + _GAP] for at in range(0, len(content), apart)]
    spread: Counter[int] = Counter()
    number: Counter[int] = Counter()
    for window in windows:
        counted = Counter(window)
        spread.update(counted.keys())
        number.update(counted)
    widest = max(spread.values())
    wide = [byte for byte, seen in spread.items() if seen >= 0.9 * widest]
    byte = min(wide, key=lambda value: (number[value], value))
    per_window = number[byte] // len(windows)
    wanted = max(1, len(content) // (64 * 1024 * _GAP)) * max(1, per_window)
    return bytes([byte]), (1 << (wanted.bit_length() - 1)) - 1


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two contents that are compared."""

    old: Content
    new: Content

    def same_ahead(self, begin: int, at: int) -> int:
        """How many bytes are the same from these places on."""
        same, step = 0, _FIRST_STEP
        most = min(len(self.old) - begin, len(self.new) - at)
        while step and same < most:
            part = min(step, most - same)
            one = self.old[begin + same : begin + same + part]
            if one == self.new[at + same : at + same + part]:
                same += part
                step = min(2 * step, _LARGEST_STEP)
            else:
                most = same + part - 1
                step = part // 2
        return same

    def same_behind(self, begin: int, at: int, most: int) -> int:
        """How many bytes are the same before these places, at most so many."""
        same, step = 0, _FIRST_STEP
        most = min(most, begin)
        while step and same < most:
            part = min(step, most - same)
            one = self.old[begin - same - part : begin - same]
            if one == self.new[at - same - part : at - same]:
                same += part
                step = min(2 * step, _LARGEST_STEP)
            else:
                most = same + part - 1
                step = part // 2
        return same
