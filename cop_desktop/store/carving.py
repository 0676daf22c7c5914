"""Finding groups in the bytes of a damaged database, without SQLite.

A group's bytes begin in a form of their own, plain or as a zstd frame (`log.stored`), so they are
found where no page leads to them any more: in the database, in its write-ahead log, and put
together from overflow pages (https://www.sqlite.org/fileformat2.html). What is found is believed
only if its hash stands somewhere in these files too.
"""

import mmap
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import zstandard

from cop_desktop.store.msgpack_ends import end_of
from cop_desktop.store.pages import Content, Pages
from sync.core.errors import CoreError
from sync.core.group import Group, decode_group, group_hash
from sync.core.ids import Hash, Id
from sync.core.limits import ID_BYTES, MAX_GROUP_BYTES

_ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_LONGEST_FRAME_HEAD: Final = 18
_BEGINS: Final = b"\x9a\x01\xc4\x10"
"""An array of ten, version 1, and the head of the space's id."""
_HEAD: Final = b"\xc4\x10"
_TO_REPLICA: Final = len(_BEGINS) + ID_BYTES
"""From the begin of a group to the head of its replica's id."""


def carved(database: Path | None, log: Path, replica: Id) -> dict[Hash, Group]:
    """Groups of that replica whose bytes and hash are in these files, by hash.

    database: None to look into the write-ahead log alone. Either file may be missing.
    """
    with ExitStack() as stack:
        held = [_content(path, stack) for path in (database, log)]
        found: dict[Hash, Group] = {}
        for raw in _candidates(held, replica):
            group = _whole(raw, replica)
            if group is None:
                continue
            name = group_hash(raw)
            if name not in found and any(content.find(name) >= 0 for content in held):
                found[name] = group
        return found


def _content(path: Path | None, stack: ExitStack) -> Content:
    if path is None or not path.exists() or not path.stat().st_size:
        return b""
    with path.open("rb") as stream:
        return stack.enter_context(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))


def _candidates(held: Sequence[Content], replica: Id) -> Iterator[bytes]:
    for content in held:
        yield from _in_bytes(content, replica)
    for payload in Pages(*held).long_payloads():
        yield from _in_bytes(payload, replica)


def _in_bytes(content: Content, replica: Id) -> Iterator[bytes]:
    for at in _places(content, _HEAD + replica):
        start = at - _TO_REPLICA
        if start >= 0 and content[start : start + len(_BEGINS)] == _BEGINS:
            end = end_of(content, start, MAX_GROUP_BYTES)
            if end is not None:
                yield bytes(content[start:end])
    for at in _places(content, _ZSTD_MAGIC):
        raw = _unpacked(content, at)
        if raw.startswith(_BEGINS):
            yield raw


def _places(content: Content, needle: bytes) -> Iterator[int]:
    at = content.find(needle)
    while at >= 0:
        yield at
        at = content.find(needle, at + 1)


def _unpacked(content: Content, at: int) -> bytes:
    """What the frame that begins there holds; empty if it is not whole."""
    try:
        size = zstandard.frame_content_size(content[at : at + _LONGEST_FRAME_HEAD])
        if not 0 < size <= MAX_GROUP_BYTES:
            return b""
        frame = content[at : at + size]  # `log.stored` keeps only what became shorter
        return zstandard.ZstdDecompressor().decompressobj().decompress(frame)
    except zstandard.ZstdError:
        return b""


def _whole(raw: bytes, replica: Id) -> Group | None:
    try:
        group = decode_group(raw)
    except CoreError:
        return None
    return group if group.replica == replica else None
