"""Where a MessagePack value ends that begins in the middle of other bytes.

Libraries read only what ends with the value. The forms: https://github.com/msgpack/msgpack
"""

import mmap
from typing import Final

_SIZES: Final = {
    **dict.fromkeys((0xC0, 0xC2, 0xC3), 0),
    **dict.fromkeys((0xCC, 0xD0), 1),
    **dict.fromkeys((0xCD, 0xD1), 2),
    **dict.fromkeys((0xCA, 0xCE, 0xD2), 4),
    **dict.fromkeys((0xCB, 0xCF, 0xD3), 8),
    **{0xD4 + power: 1 + (1 << power) for power in range(5)},
}
"""Bytes after the first, of what always has as many."""
_COUNTED: Final = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}
"""Bytes and texts: bytes of the length."""
_LISTED: Final = {0xDC: (2, 1), 0xDD: (4, 1), 0xDE: (2, 2), 0xDF: (4, 2)}
"""Arrays and maps: bytes of the count, values for each."""


def end_of(content: mmap.mmap | bytes, start: int, most: int) -> int | None:
    """The place after the value that begins at `start`; None if it is none, or longer than most."""
    at, wanted, last = start, 1, min(len(content), start + most)
    while wanted:
        if at >= last:
            return None
        wanted -= 1
        first = content[at]
        at += 1
        if first in _SIZES:
            at += _SIZES[first]
        elif first in _COUNTED:
            size = _COUNTED[first]
            at += size + int.from_bytes(content[at : at + size], "big")
        elif first in _LISTED:
            size, each = _LISTED[first]
            wanted += each * int.from_bytes(content[at : at + size], "big")
            at += size
        else:
            inside, length = _short(first)
            wanted += inside
            at += length
            if length < 0:
                return None
    return at if at <= last else None


def _short(first: int) -> tuple[int, int]:
    """Of what tells its size in its first byte: values within, bytes after; -1 for none."""
    if first < 0x80 or first >= 0xE0:
        return 0, 0
    if first < 0x90:
        return 2 * (first & 0x0F), 0
    if first < 0xA0:
        return first & 0x0F, 0
    return (0, first & 0x1F) if first < 0xC0 else (0, -1)
