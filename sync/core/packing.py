"""Pages: groups packed for the wire, exactly reversible.

    page     version (1 byte), dictionary (1 byte), zstd frame without magic number
    content  MessagePack array of columns (`sync.core.pages.Columns`)

The pages of a series (`sync.core.series`) are pieces of one zstd frame, each flushed to its end, so
that small pages pack as well as a large one. A page of it is unpacked after those before it.

Everything that the receiver can work out is left out: `prev` where it holds or has just unpacked
the predecessor, the author of a replica it knows, ids that follow from the group that makes the
record, sequence numbers and positions that count on. Groups that this program would encode
differently (a newer one made them) travel verbatim. The receiver's own groups come back as
references.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import zstandard

from sync.core.errors import Malformed, NeedsNewer, TooLarge
from sync.core.limits import (
    MAX_PAGE_BYTES,
    MAX_PAGE_GROUPS,
    MAX_PAGE_VALUES,
    MAX_UNPACKED_BYTES,
)
from sync.core.page_reader import PageReader
from sync.core.page_writer import PageWriter
from sync.core.pages import Columns, Known, PageGroup, PrevOf
from sync.core.value_counts import check_value_count

__all__ = ["Known", "PageGroup", "PrevOf", "SeriesPacker", "Unpacker", "pack", "unpack"]

VERSION: Final = 1
SERIES: Final = 2
"""Version of a page that is a piece of a series."""
DICTIONARY: Final = 1
NO_DICTIONARY: Final = 0
_HEADER_BYTES: Final = 2
_THOROUGH_UP_TO_BYTES: Final = 256 * 1024
_THOROUGH: Final = 19
_QUICK: Final = 17
_WITH_DICTIONARY_UP_TO_BYTES: Final = 512 * 1024
"""Past this a page's own words serve better: with a dictionary zstd keeps only small tables."""
_WINDOW_LOG: Final = 22
_BITE_BYTES: Final = 256
"""At a time: what these unpack to, at most 8 MiB, has to fit into memory beside the bound."""
_PIECE_BYTES: Final = 1024 * 1024
_SERIES: Final = zstandard.ZstdCompressionParameters.from_level(
    _THOROUGH,
    format=zstandard.FORMAT_ZSTD1_MAGICLESS,
    window_log=_WINDOW_LOG,
    chain_log=22,  # smaller tables than usual: one of these is 25 MB, for as long as a reply goes
    hash_log=20,
    write_content_size=False,
    write_dict_id=False,
)
_decoder: Final = msgspec.msgpack.Decoder(Columns)


@cache
def _dictionary(number: int) -> zstandard.ZstdCompressionDict:
    if number != DICTIONARY:
        raise NeedsNewer(f"page with dictionary {number}")
    path = Path(__file__).with_name(f"dictionary_{number}.bin")
    return zstandard.ZstdCompressionDict(path.read_bytes())


@cache
def _parameters(level: int) -> zstandard.ZstdCompressionParameters:
    return zstandard.ZstdCompressionParameters.from_level(
        level,
        format=zstandard.FORMAT_ZSTD1_MAGICLESS,
        write_content_size=True,
        write_dict_id=False,
    )


@cache
def _for_packing(level: int) -> zstandard.ZstdCompressionDict:
    """The dictionary made ready for one level: most of the time that a small page takes."""
    ready = zstandard.ZstdCompressionDict(_dictionary(DICTIONARY).as_bytes())
    ready.precompute_compress(compression_params=_parameters(level))
    return ready


def pack(groups: Sequence[PageGroup], receiver_has: PrevOf) -> bytes:
    """The page that carries these groups in this order; empty bytes for none.

    receiver_has: what the receiver surely holds of a replica's chain, None if that is not sure.
    Raises TooLarge if they do not fit one page.
    """
    return _checked(_compressed(_content(groups, receiver_has))) if groups else b""


class SeriesPacker:
    """Packs the pages of one series, in order. For one thread at a time; 25 MB."""

    def __init__(self) -> None:
        self._compressing = zstandard.ZstdCompressor(compression_params=_SERIES).compressobj()

    def pack(self, groups: Sequence[PageGroup], receiver_has: PrevOf) -> bytes:
        """The next page, as `pack` makes one."""
        if not groups:
            return b""
        packed = self._compressing.compress(_content(groups, receiver_has))
        packed += self._compressing.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        return _checked(bytes((SERIES, NO_DICTIONARY)) + packed)


def _content(groups: Sequence[PageGroup], receiver_has: PrevOf) -> bytes:
    if len(groups) > MAX_PAGE_GROUPS:
        raise TooLarge(f"page of {len(groups)} groups")
    raws = [group.raw for group in groups if group.raw]
    if sum(map(len, raws)) > MAX_UNPACKED_BYTES:
        raise TooLarge("groups of a page past the bound")
    check_value_count(raws, MAX_PAGE_VALUES)
    content = msgspec.msgpack.encode(PageWriter(receiver_has).written(groups))
    if len(content) > MAX_UNPACKED_BYTES:
        raise TooLarge(f"page content of {len(content)} bytes")
    check_value_count([content], MAX_PAGE_VALUES)
    return content


def _checked(page: bytes) -> bytes:
    if len(page) > MAX_PAGE_BYTES:
        raise TooLarge(f"page of {len(page)} bytes")
    return page


def _compressed(content: bytes) -> bytes:
    level = _THOROUGH if len(content) <= _THOROUGH_UP_TO_BYTES else _QUICK
    has_dictionary = len(content) <= _WITH_DICTIONARY_UP_TO_BYTES
    compressor = zstandard.ZstdCompressor(
        dict_data=_for_packing(level) if has_dictionary else None,
        compression_params=_parameters(level),
    )
    head = bytes((VERSION, DICTIONARY if has_dictionary else NO_DICTIONARY))
    return head + compressor.compress(content)


def unpack(page: bytes, known: PrevOf, most_bytes: int = MAX_UNPACKED_BYTES) -> list[PageGroup]:
    """The groups in a page that stands alone, in the order they were packed.

    known: what this side holds of a replica's chain. most_bytes: of the columns. Raises Malformed,
    TooLarge, NeedsNewer.
    """
    if not page:
        return []
    _check_head(page)
    if page[0] != VERSION:
        raise NeedsNewer(f"page version {page[0]}")
    decompressor = zstandard.ZstdDecompressor(
        dict_data=None if page[1] == NO_DICTIONARY else _dictionary(page[1]),
        format=zstandard.FORMAT_ZSTD1_MAGICLESS,
    )
    content = _decompressed(decompressor, page[_HEADER_BYTES:], most_bytes)
    return _groups(content, known)


class Unpacker:
    """Unpacks the pages of one reply, in order; whether they are a series, they say themselves.

    Give it only what was proven to be from the other side: what a page unpacks to depends on all
    before it. After an error it is of no more use.
    """

    def __init__(self, most_bytes: int = MAX_UNPACKED_BYTES) -> None:
        """most_bytes: of the columns of each page."""
        self._most_bytes = most_bytes
        self._series = zstandard.ZstdDecompressor(
            format=zstandard.FORMAT_ZSTD1_MAGICLESS, max_window_size=1 << _WINDOW_LOG
        ).decompressobj()

    def unpack(self, page: bytes, known: PrevOf) -> list[PageGroup]:
        """The groups in the next page, in the order they were packed.

        known: what this side holds of a replica's chain. Raises Malformed, TooLarge, NeedsNewer.
        """
        if page[:1] != bytes((SERIES,)):
            return unpack(page, known, self._most_bytes)
        _check_head(page)
        if page[1] != NO_DICTIONARY:
            raise NeedsNewer(f"series with dictionary {page[1]}")
        return _groups(self._unpacked(page), known)

    def _unpacked(self, page: bytes) -> bytes:
        """The columns, never more than `most_bytes` and a little, whatever the page claims."""
        pieces: list[bytes] = []
        left_bytes = self._most_bytes
        try:
            for at in range(_HEADER_BYTES, len(page), _BITE_BYTES):
                piece = self._series.decompress(page[at : at + _BITE_BYTES])
                left_bytes -= len(piece)
                if left_bytes < 0:
                    raise TooLarge("page content past the bound")
                pieces.append(piece)
        except (zstandard.ZstdError, MemoryError) as error:
            raise Malformed(f"page does not unpack: {error}") from error
        return b"".join(pieces)


def _check_head(page: bytes) -> None:
    if len(page) > MAX_PAGE_BYTES:
        raise TooLarge(f"page of {len(page)} bytes")
    if len(page) <= _HEADER_BYTES:
        raise Malformed("page cut off")


def _groups(content: bytes, known: PrevOf) -> list[PageGroup]:
    check_value_count([content], MAX_PAGE_VALUES)
    try:
        return PageReader(_decoder.decode(content), known).groups()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(f"not a page: {error}") from error


def _decompressed(decompressor: zstandard.ZstdDecompressor, frame: bytes, most_bytes: int) -> bytes:
    """The content, never more than `most_bytes` and a little, whatever the frame claims."""
    pieces: list[bytes] = []
    left_bytes = most_bytes
    try:
        with decompressor.stream_reader(frame) as reader:
            while left_bytes >= 0 and (piece := reader.read(_PIECE_BYTES)):
                left_bytes -= len(piece)
                pieces.append(piece)
    except (zstandard.ZstdError, MemoryError) as error:
        raise Malformed(f"page does not unpack: {error}") from error
    if left_bytes < 0:
        raise TooLarge("page content past the bound")
    return b"".join(pieces)
