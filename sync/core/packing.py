"""Pages: groups packed for the wire, exactly reversible.

    page     version (1 byte), dictionary (1 byte), zstd frame without magic number
    content  MessagePack array of columns (`sync.core.pages.Columns`)

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
from sync.core.limits import MAX_PAGE_BYTES, MAX_PAGE_GROUPS, MAX_UNPACKED_BYTES
from sync.core.page_reader import PageReader
from sync.core.page_writer import PageWriter
from sync.core.pages import Columns, Known, PageGroup, PrevOf

__all__ = ["Known", "PageGroup", "PrevOf", "pack", "unpack"]

VERSION: Final = 1
DICTIONARY: Final = 1
NO_DICTIONARY: Final = 0
_HEADER_BYTES: Final = 2
_THOROUGH_UP_TO_BYTES: Final = 256 * 1024
_THOROUGH: Final = 19
_QUICK: Final = 17
_WITH_DICTIONARY_UP_TO_BYTES: Final = 512 * 1024
"""Past this a page's own words serve better: with a dictionary zstd keeps only small tables."""
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
    if not groups:
        return b""
    if len(groups) > MAX_PAGE_GROUPS:
        raise TooLarge(f"page of {len(groups)} groups")
    if sum(len(group.raw or b"") for group in groups) > MAX_UNPACKED_BYTES:
        raise TooLarge("groups of a page past the bound")
    content = msgspec.msgpack.encode(PageWriter(receiver_has).written(groups))
    if len(content) > MAX_UNPACKED_BYTES:
        raise TooLarge(f"page content of {len(content)} bytes")
    page = _compressed(content)
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
    """The groups in a page, in the order they were packed.

    known: what this side holds of a replica's chain. most_bytes: of the columns. Raises Malformed,
    TooLarge, NeedsNewer.
    """
    if not page:
        return []
    if len(page) > MAX_PAGE_BYTES:
        raise TooLarge(f"page of {len(page)} bytes")
    if len(page) <= _HEADER_BYTES:
        raise Malformed("page cut off")
    if page[0] != VERSION:
        raise NeedsNewer(f"page version {page[0]}")
    decompressor = zstandard.ZstdDecompressor(
        dict_data=None if page[1] == NO_DICTIONARY else _dictionary(page[1]),
        format=zstandard.FORMAT_ZSTD1_MAGICLESS,
    )
    content = _decompressed(decompressor, page[_HEADER_BYTES:], most_bytes)
    try:
        return PageReader(_decoder.decode(content), known).groups()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(f"not a page: {error}") from error


def _decompressed(decompressor: zstandard.ZstdDecompressor, frame: bytes, most_bytes: int) -> bytes:
    """The content, never more than `most_bytes` whatever the frame claims."""
    try:
        with decompressor.stream_reader(frame) as reader:
            content = reader.read(most_bytes + 1)
    except (zstandard.ZstdError, MemoryError) as error:
        raise Malformed(f"page does not unpack: {error}") from error
    if len(content) > most_bytes:
        raise TooLarge("page content past the bound")
    return content
