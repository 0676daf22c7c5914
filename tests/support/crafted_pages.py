"""Pages made by hand, to be what no honest program sends."""

import msgspec

from sync.core import packing
from sync.core.group import Group
from sync.core.ids import NO_HASH, Id
from sync.core.ops import SetFields
from sync.core.packing import Known, PageGroup
from sync.core.page_writer import PageWriter
from sync.core.pages import Columns
from tests.support.made import MEMBERS, REPLICAS, SPACES, new_record


def nothing_known(_space: Id, _replica: Id, _seq: int) -> Known | None:
    """What a receiver knows who holds nothing."""
    return None


def page_groups(groups: list[Group]) -> list[PageGroup]:
    """The groups as a page carries them."""
    return [
        PageGroup(g.space, g.replica, g.seq, g.raw, position=at * 2, received_ms=at * 1000)
        for at, g in enumerate(groups)
    ]


def reply_group(seq: int = 1, body: str = "x" * 280) -> Group:
    """One reply."""
    clock = 1_790_000_000_000 << 16
    record = new_record(SPACES[0], REPLICAS[0], seq, clock)
    op = SetFields(11, record, {1: b"t" * 16, 3: body})
    return Group(SPACES[0], REPLICAS[0], seq, NO_HASH, MEMBERS[0], clock, clock >> 16, 7, (op,))


def page_of(columns: Columns) -> bytes:
    """The page with these columns, whatever they say."""
    compressor = packing.zstandard.ZstdCompressor(
        dict_data=packing._dictionary(1),
        compression_params=packing._parameters(3),
    )
    return b"\x01\x01" + compressor.compress(msgspec.msgpack.encode(columns))


def columns_of(*groups: Group) -> Columns:
    """The columns that carry these groups, to be changed."""
    return PageWriter(nothing_known).written(page_groups(list(groups)))
