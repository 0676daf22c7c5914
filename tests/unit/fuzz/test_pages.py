"""Groups, operations, pages and text updates changed in any way are read or refused, and soon."""

import contextlib
import os
import tracemalloc

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core import packing, text
from sync.core.clock import Stamp
from sync.core.errors import CoreError
from sync.core.group import Group, decode_group, group_hash
from sync.core.ids import NO_HASH, Id
from sync.core.limits import MAX_UNPACKED_BYTES, MIB
from sync.core.ops import (
    AnyOp,
    ChangeSet,
    Delete,
    EditText,
    Restore,
    SetFields,
    UnknownOp,
    decode_op,
    encode_op,
)
from sync.core.packing import Known, PageGroup, pack, unpack
from sync.core.text_updates import check_update
from tests.support.made import MEMBERS, RECORDS, REPLICAS, SPACES
from tests.support.mutated import mutations, soon


def nothing_known(_space: Id, _replica: Id, _seq: int) -> Known | None:
    return None


def everything_known(_space: Id, _replica: Id, _seq: int) -> Known | None:
    return Known(b"h" * 32, b"a" * 16)


def made_groups() -> list[Group]:
    """A chain with every operation."""
    stamp = Stamp(7 << 16, REPLICAS[1])
    ops: list[list[AnyOp]] = [
        [SetFields(10, RECORDS[0], {1: "Roads", 2: 5, 3: RECORDS[1]}, {1: [stamp]})],
        [EditText(10, RECORDS[0], 4, b"\x00" * 9), Delete(10, RECORDS[1], stamp)],
        [Restore(10, RECORDS[1]), ChangeSet(10, RECORDS[0], 5, ["wet"], [("dry", [stamp])])],
        [UnknownOp(msgspec.msgpack.encode([9, 77, RECORDS[2], {"new": [1, 2]}]))],
        [SetFields(10, RECORDS[2], {1: "Barge", 2: None, 3: [1, "x", b"y"]}, {})],
    ]
    made: list[Group] = []
    for seq, group_ops in enumerate(ops, 1):
        prev = group_hash(made[-1].raw) if made else NO_HASH
        clock = (1_800_000_000_000 + seq) << 16
        place = (SPACES[0], REPLICAS[0], seq, prev, MEMBERS[0])
        made.append(Group(*place, clock, 1_800_000_000_000, seq, tuple(group_ops)))
    return made


GROUPS = made_groups()
SENT = [PageGroup(g.space, g.replica, g.seq, g.raw, position=g.seq) for g in GROUPS]
PAGE = pack(SENT, nothing_known)
EITHER = st.sampled_from([nothing_known, everything_known])
OFTEN = settings(max_examples=400)


@OFTEN
@given(st.sampled_from(GROUPS).flatmap(lambda group: mutations(group.raw)))
def test_a_group_changed_in_any_way_is_read_or_refused(changed: bytes) -> None:
    with soon(), contextlib.suppress(CoreError):
        decode_group(changed)


@OFTEN
@given(st.sampled_from([bytes(encode_op(op)) for g in GROUPS for op in g.ops]).flatmap(mutations))
def test_an_operation_changed_in_any_way_is_read_or_refused(changed: bytes) -> None:
    # What its only caller takes for a malformed group.
    not_one = (CoreError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
    with soon(), contextlib.suppress(*not_one):
        decode_op(changed)


@OFTEN
@given(mutations(PAGE), EITHER)
def test_a_page_changed_in_any_way_is_read_or_refused(
    changed: bytes, known: packing.PrevOf
) -> None:
    with soon(), contextlib.suppress(CoreError):
        unpack(changed, known)


@OFTEN
@given(st.data(), EITHER)
def test_the_columns_of_a_page_changed_before_packing_are_read_or_refused(
    data: st.DataObject, known: packing.PrevOf
) -> None:
    changed = data.draw(mutations(opened_page(PAGE)))
    with soon(), contextlib.suppress(CoreError):
        unpack(closed_page(changed), known)


def test_a_page_cut_after_any_byte_is_refused() -> None:
    for length in range(1, len(PAGE)):
        with pytest.raises(CoreError):
            unpack(PAGE[:length], nothing_known)


def opened_page(page: bytes) -> bytes:
    """What is inside a page."""
    reader = zstandard.ZstdDecompressor(
        dict_data=packing._dictionary(page[1]), format=zstandard.FORMAT_ZSTD1_MAGICLESS
    )
    return reader.decompressobj().decompress(page[2:])


def closed_page(columns: bytes, level: int = 1) -> bytes:
    """A page with that inside, whatever it is."""
    parameters = zstandard.ZstdCompressionParameters.from_level(
        level, format=zstandard.FORMAT_ZSTD1_MAGICLESS, write_dict_id=0
    )
    return b"\x01\x01" + zstandard.ZstdCompressor(
        dict_data=packing._dictionary(1), compression_params=parameters
    ).compress(columns)


def test_a_page_that_unpacks_to_more_than_the_bound_costs_no_more_than_the_bound() -> None:
    bomb = closed_page(bytes(4 * MAX_UNPACKED_BYTES))
    assert len(bomb) < MIB
    tracemalloc.start()
    try:
        with pytest.raises(CoreError):
            unpack(bomb, nothing_known)
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_UNPACKED_BYTES
    finally:
        tracemalloc.stop()


def test_a_page_of_many_empty_lists_is_refused() -> None:
    with pytest.raises(CoreError):
        unpack(closed_page(b"\xdc\xff\xff" + b"\x90" * 65_535), nothing_known)


@given(st.text(max_size=40), st.text(max_size=40), st.data())
def test_a_text_update_changed_in_any_way_is_merged_or_refused(
    before: str, after: str, data: st.DataObject
) -> None:
    state = text.edited(text.EMPTY_TEXT, before, os.urandom) or text.EMPTY_TEXT
    update = text.edited(state, after, os.urandom)
    if update is None:
        return
    changed = data.draw(mutations(update))
    with soon(), contextlib.suppress(CoreError):
        check_update(changed)
        text.read_text(text.merged(state, changed))
