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
from typing import Final
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
_STEP_BYTES: Final = 27
"""The most that three numbers take in MessagePack."""


def may_be_patched(old_bytes: int, new_bytes: int) -> bool:
    """Whether contents of these sizes are worth, and not too large for, a patch."""
    return 0 < old_bytes <= MAX_PATCHED_BYTES and 0 < new_bytes <= MAX_PATCHED_BYTES


def made_patch(old: bytes, new: bytes) -> bytes | None:
    """The patch from old to new; None where it would save little, or one is too large."""
    if not may_be_patched(len(old), len(new)):
        return None
    steps: list[int] = []
    literals: list[bytes] = []
    done = before = 0
    for at, begin, length in _copies(old, new):
        literals.append(new[done:at])
        steps += (at - done, begin - before, length)
        done, before = at + length, begin + length
    literals.append(new[done:])
    plain = msgspec.msgpack.encode((steps, b"".join(literals)))
    patch = _VERSION + zstandard.ZstdCompressor(level=_LEVEL).compress(plain)
    return patch if len(patch) < LARGEST_SHARE * len(new) else None


def applied_patch(old: bytes, patch: bytes, new_bytes: int) -> bytes:
    """The new content. new_bytes: how long it is; never more memory than that asks for.

    Raises Malformed if the patch is none, or none from this content to one of that length.
    """
    if patch[:1] != _VERSION or not may_be_patched(len(old), new_bytes):
        raise Malformed("not a patch for this content")
    steps, literals = _opened(patch[1:], new_bytes)
    pieces: list[bytes] = []
    taken = before = size = 0
    for at in range(0, len(steps), 3):
        count, skip, length = steps[at : at + 3]
        begin = before + skip
        if count < 0 or length < 1 or begin < 0 or begin + length > len(old):
            raise Malformed("patch goes past the old content")
        pieces += (literals[taken : taken + count], old[begin : begin + length])
        taken, before, size = taken + count, begin + length, size + count + length
        if taken > len(literals) or size > new_bytes:
            raise Malformed("patch makes too much")
    pieces.append(literals[taken:])
    if size + len(literals) - taken != new_bytes:
        raise Malformed("patch makes a content of another length")
    return b"".join(pieces)


def _opened(frame: bytes, new_bytes: int) -> tuple[list[int], bytes]:
    most = new_bytes + new_bytes // _KEY * _STEP_BYTES + _GAP
    try:
        with zstandard.ZstdDecompressor().stream_reader(frame) as stream:
            plain = stream.read(most + 1)
        if len(plain) > most:
            raise Malformed("patch of a patch's many times size")
        steps, literals = msgspec.msgpack.decode(plain, type=tuple[list[int], bytes])
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise Malformed("patch cannot be read") from error
    if len(steps) % 3:
        raise Malformed("patch with half a step")
    return steps, literals


def _copies(old: bytes, new: bytes) -> Iterator[tuple[int, int, int]]:
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


def _anchors(content: bytes, byte: bytes) -> Iterator[int]:
    at = content.find(byte)
    while at >= 0:
        yield at
        at = content.find(byte, at + 1)


def _anchor(content: bytes) -> tuple[bytes, int]:
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

    old: bytes
    new: bytes

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
