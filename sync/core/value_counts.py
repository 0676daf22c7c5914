"""How many values MessagePack bytes hold, counted before they are decoded.

A single byte can become an object of a hundred, so what may arrive is bounded by this as well as by
its size. Every array, map, key, text, number and so on is one value.
"""

import re
from collections.abc import Sequence
from typing import Final

from sync.core.errors import TooLarge

_OF_ONE_BYTE: Final = re.compile(rb"[\x00-\xa0\xc0-\xc3\xe0-\xff]+")
"""Heads with nothing after them but other values: short numbers, maps and arrays, and so on."""
_SIZES: Final = {
    **{0xA0 + length: 1 + length for length in range(1, 32)},
    **dict(zip(range(0xCA, 0xD4), (5, 9, 2, 3, 5, 9, 2, 3, 5, 9), strict=True)),
    **{0xD4 + power: 2 + (1 << power) for power in range(5)},
    **dict(zip(range(0xDC, 0xE0), (3, 5, 3, 5), strict=True)),
}
"""Head → its bytes and what follows, but for the contents of arrays and maps."""
_LENGTHS: Final = {
    **dict(zip(range(0xC4, 0xC7), ((1, 0), (2, 0), (4, 0)), strict=True)),
    **dict(zip(range(0xC7, 0xCA), ((1, 1), (2, 1), (4, 1)), strict=True)),
    **dict(zip(range(0xD9, 0xDC), ((1, 0), (2, 0), (4, 0)), strict=True)),
}
"""Head → how many bytes say how long it is, and how many more come before the rest."""


def check_value_count(pieces: Sequence[bytes], most: int) -> None:
    """Return if the pieces together hold at most so many values; free for few bytes.

    Raises TooLarge.
    """
    if sum(map(len, pieces)) <= most:
        return
    left = most
    for piece in pieces:
        left -= value_count(piece, left)
        if left < 0:
            raise TooLarge(f"more than {most} values")


def value_count(packed: bytes, most: int) -> int:
    """How many values these bytes hold, counted until they are more than `most`.

    Of bytes that are no MessagePack it counts at least what a decoder makes before it gives up.
    """
    at = count = 0
    while at < len(packed) and count <= most:
        head = packed[at]
        if size := _SIZES.get(head):
            count += 1
            at += size
        elif head in _LENGTHS:
            width, more = _LENGTHS[head]
            begin = at + 1 + width
            count += 1
            at = begin + more + int.from_bytes(packed[at + 1 : begin], "big")
        elif run := _OF_ONE_BYTE.match(packed, at):
            count += run.end() - at
            at = run.end()
    return count
