"""What an update of a long text may hold: plain text and deletions, in Yjs' first encoding.

    update    count of clients, (count of pieces, client, clock, piece …) …, deletions
    piece     info, [left client, left clock], [right client, right clock], [1, "text"], content
    content   by the low five bits of info: 0, 10 a gap: length; 1 deleted: length; 4 a string
    deletions count of clients, (client, count of ranges, (clock, length) …) …

Bit 7 of info tells that the left neighbour is named, bit 6 the right one; without either the name
of the root follows. Numbers are little-endian in groups of seven bits. The encoding can say much
more than text, and the library that reads it crashes, as a process, on some of that: so updates
from outside are read here first.
"""

from typing import Final

from sync.core.errors import Malformed, TooLarge
from sync.core.limits import MAX_TEXT_UPDATE_BYTES

ROOT: Final = "text"
_ROOT_KEY: Final = 1
_GAPS: Final = (0, 10)
_DELETED: Final = 1
_STRING: Final = 4
_CONTENT: Final = 0x1F
_HAS_LEFT: Final = 0x80
_HAS_RIGHT: Final = 0x40
_MORE_FOLLOWS: Final = 0x80
_MOST_BITS: Final = 63
_MAX_CLIENT: Final = 1 << 53
_MAX_CLOCK: Final = 1 << 31


def check_update(update: bytes) -> None:
    """Return if the update holds plain text and deletions, and nothing else.

    Raises Malformed, TooLarge.
    """
    if len(update) > MAX_TEXT_UPDATE_BYTES:
        raise TooLarge(f"text update of {len(update)} bytes")
    try:
        _Reader(update).check()
    except (IndexError, UnicodeDecodeError) as error:
        raise Malformed("text update cut off") from error


class _Reader:
    def __init__(self, update: bytes) -> None:
        self._update = update
        self._at = 0

    def check(self) -> None:
        for _ in range(self._number()):
            pieces = self._number()
            self._client()
            clock = self._number()
            for _ in range(pieces):
                clock += self._piece()
                _check_clock(clock)
        for _ in range(self._number()):
            self._client()
            for _ in range(self._number()):
                _check_clock(self._number() + self._length())
        if self._at != len(self._update):
            raise Malformed("text update with more than it says")

    def _piece(self) -> int:
        """How far the piece takes its client's clock."""
        info = self._byte()
        content = info & _CONTENT
        if content in _GAPS:
            if info != content:
                raise Malformed("a gap with neighbours")
            return self._length()
        self._check_place(info)
        if content == _DELETED:
            return self._length()
        if content != _STRING:
            raise Malformed(f"text update with content {content}")
        return len(self._string().encode("utf-16-le")) // 2

    def _check_place(self, info: int) -> None:
        for named in (info & _HAS_LEFT, info & _HAS_RIGHT):
            if named:
                self._client()
                _check_clock(self._number())
        if info & (_HAS_LEFT | _HAS_RIGHT):
            return
        if info != info & _CONTENT or self._number() != _ROOT_KEY or self._string() != ROOT:
            raise Malformed("text update of something else than the text")

    def _client(self) -> None:
        if self._number() >= _MAX_CLIENT:
            raise Malformed("client of a text update out of range")

    def _length(self) -> int:
        length = self._number()
        if length == 0:
            raise Malformed("text update with an empty range")
        return length

    def _string(self) -> str:
        length = self._number()
        content = self._update[self._at : self._at + length]
        if len(content) != length:
            raise Malformed("text update cut off")
        self._at += length
        return content.decode()

    def _number(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < _MORE_FOLLOWS:
                return number
            if shift > _MOST_BITS:
                raise Malformed("number of a text update out of range")

    def _byte(self) -> int:
        byte = self._update[self._at]
        self._at += 1
        return byte


def _check_clock(clock: int) -> None:
    if clock >= _MAX_CLOCK:
        raise Malformed("clock of a text update out of range")
