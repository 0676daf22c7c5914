"""The pages of a damaged database, as far as its long rows need them.

A row that does not fit its page goes on in a chain of overflow pages
(https://www.sqlite.org/fileformat2.html, 1.6). The write-ahead log holds newer images of pages.
"""

import mmap
import struct
from collections.abc import Iterator
from typing import Final, TypeAlias

Content: TypeAlias = mmap.mmap | bytes

_LOG_HEAD: Final = 32
_FRAME_HEAD: Final = 24
_DATABASE_HEAD: Final = 100
_LEAF: Final = 0x0D
_LEAF_HEAD: Final = 8
_PAGE_SIZES: Final = tuple(1 << power for power in range(9, 17))
_USUAL_SIZE: Final = 4096
_LARGEST: Final = 1 << 16
_LONGEST: Final = 16 * 1024 * 1024
_LONGEST_NUMBER: Final = 9


class Pages:
    """All images of pages in the files, the newest of each number first asked for."""

    def __init__(self, database: Content, log: Content) -> None:
        """log: the write-ahead log. Either may be empty, and its head damaged."""
        told = (_told(database, ">H", 16), _told(log, ">I", 8))
        self._size = next((size for size in told if size in _PAGE_SIZES), _USUAL_SIZE)
        self._images: list[tuple[Content, int, int]] = []
        self._newest: dict[int, tuple[Content, int]] = {}
        for number, at in self._in_database(database):
            self._note(database, number, at)
        for number, at in self._in_log(log):
            self._note(log, number, at)

    def _note(self, content: Content, number: int, at: int) -> None:
        self._images.append((content, number, at))
        self._newest[number] = (content, at)

    def long_payloads(self) -> Iterator[bytes]:
        """The content of each row of a table that goes on in other pages, as far as it does."""
        for content, number, at in self._images:
            page = content[at : at + self._size]
            head = _DATABASE_HEAD if number == 1 else 0
            if len(page) == self._size and page[head] == _LEAF:
                yield from self._of_leaf(page, head)

    def _in_database(self, content: Content) -> Iterator[tuple[int, int]]:
        for at in range(0, len(content) - self._size + 1, self._size):
            yield at // self._size + 1, at

    def _in_log(self, content: Content) -> Iterator[tuple[int, int]]:
        step = _FRAME_HEAD + self._size
        for at in range(_LOG_HEAD, len(content) - step + 1, step):
            yield struct.unpack_from(">I", content, at)[0], at + _FRAME_HEAD

    def _of_leaf(self, page: bytes, head: int) -> Iterator[bytes]:
        (count,) = struct.unpack_from(">H", page, head + 3)
        first = head + _LEAF_HEAD
        for place in range(first, min(first + 2 * count, self._size - 1), 2):
            (at,) = struct.unpack_from(">H", page, place)
            length, at = _number(page, at)
            _rowid, at = _number(page, at)
            local = self._local(length)
            if local < length <= _LONGEST and at + local + 4 <= self._size:
                (follows,) = struct.unpack_from(">I", page, at + local)
                yield page[at : at + local] + self._chained(follows, length - local)

    def _local(self, length: int) -> int:
        """How much of a payload is in its own page, where no bytes are reserved at its end."""
        most = self._size - 35
        if length <= most:
            return length
        least = (self._size - 12) * 32 // 255 - 23
        fits = least + (length - least) % (self._size - 4)
        return fits if fits <= most else least

    def _chained(self, number: int, length: int) -> bytes:
        found = bytearray()
        while number and len(found) < length and number in self._newest:
            content, at = self._newest[number]
            found += content[at + 4 : at + self._size]
            (number,) = struct.unpack_from(">I", content, at)
        return bytes(found[:length])


def _told(content: Content, form: str, at: int) -> int:
    """The page size that a file's head tells."""
    if len(content) < _LOG_HEAD:
        return 0
    (size,) = struct.unpack_from(form, content, at)
    return _LARGEST if size == 1 else int(size)


def _number(page: bytes, at: int) -> tuple[int, int]:
    """The variable-length number there, and where it ends."""
    value = 0
    for step, byte in enumerate(page[at : at + _LONGEST_NUMBER]):
        if step == _LONGEST_NUMBER - 1:
            return value << 8 | byte, at + _LONGEST_NUMBER
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return 0, len(page)
