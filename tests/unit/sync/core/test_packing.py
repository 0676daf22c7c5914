"""Packing is exactly reversible, leaves out what can be derived, and trusts nothing it unpacks."""

import contextlib
import os
from hashlib import blake2b

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync.core import packing
from sync.core.errors import CoreError, Malformed, NeedsNewer, TooLarge
from sync.core.group import Group, group_hash
from sync.core.ids import Id
from sync.core.limits import MAX_UNPACKED_BYTES
from sync.core.packing import Known, PageGroup, pack, unpack
from sync.core.pages import CHECK_BYTES, PREVS, Form, ValueColumn, ValueForm
from tests.support.crafted_pages import (
    columns_of,
    nothing_known,
    page_groups,
    page_of,
    reply_group,
)
from tests.support.made import MEMBERS, REPLICAS, SPACES, chains


@given(chains())
def test_unpacking_gives_back_every_byte(groups: list[Group]) -> None:
    sent = page_groups(groups)
    assert unpack(pack(sent, nothing_known), nothing_known) == sent


@given(chains(), st.integers(0, 12))
def test_a_page_may_build_on_groups_that_the_receiver_holds(groups: list[Group], cut: int) -> None:
    held = {(g.space, g.replica, g.seq): Known(group_hash(g.raw), g.author) for g in groups[:cut]}

    def known(space: Id, replica: Id, seq: int) -> Known | None:
        return held.get((space, replica, seq))

    sent = page_groups(groups[cut:])
    page = pack(sent, known)
    assert unpack(page, known) == sent
    assert len(page) <= len(pack(sent, nothing_known))


@given(chains(), st.data())
def test_signatures_and_references_travel(groups: list[Group], data: st.DataObject) -> None:
    sent = [
        PageGroup(
            g.space,
            g.replica,
            g.seq,
            None if data.draw(st.booleans()) else g.raw,
            signature=data.draw(st.just(b"") | st.binary(min_size=64, max_size=64)),
        )
        for g in groups
    ]
    assert unpack(pack(sent, nothing_known), nothing_known) == sent


def test_an_empty_page_is_no_bytes() -> None:
    assert pack([], nothing_known) == b""
    assert unpack(b"", nothing_known) == []


def test_the_id_of_a_new_record_costs_nothing() -> None:
    group = reply_group()
    page = pack(page_groups([group]), nothing_known)
    decompressed = packing._decompressed
    reader = packing.zstandard.ZstdDecompressor(
        dict_data=packing._dictionary(1),
        format=packing.zstandard.FORMAT_ZSTD1_MAGICLESS,
    )
    assert group.ops[0].record not in decompressed(reader, page[2:], MAX_UNPACKED_BYTES)


def test_a_group_of_a_newer_program_travels_verbatim() -> None:
    raw = msgspec.msgpack.encode(
        [*msgspec.msgpack.decode(reply_group().raw), "an eleventh element"]
    )
    sent = [PageGroup(SPACES[0], REPLICAS[0], 1, raw)]
    assert unpack(pack(sent, nothing_known), nothing_known) == sent


@given(st.binary(max_size=300))
@example(b"\x01\x01")
def test_any_bytes_unpack_or_are_refused(noise: bytes) -> None:
    for page in (noise, b"\x01\x01" + noise):
        with contextlib.suppress(CoreError):
            unpack(page, nothing_known)


@given(chains(), st.data())
def test_a_changed_page_is_refused_or_gives_other_bytes_than_were_sent(
    groups: list[Group], data: st.DataObject
) -> None:
    page = bytearray(pack(page_groups(groups), nothing_known))
    if not page:
        return
    page[data.draw(st.integers(0, len(page) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        got = unpack(bytes(page), nothing_known)
    except CoreError:
        return
    names = [group_hash(item.raw) for item in got if item.raw is not None]
    assert names == [group_hash(group.raw) for group in groups]


def test_a_page_that_builds_on_what_is_not_here_is_refused() -> None:
    first = reply_group()
    later = Group(
        SPACES[0], REPLICAS[0], 2, group_hash(first.raw), MEMBERS[0], first.clock + 1, 0, 0, ()
    )
    page = pack(page_groups([later]), lambda *_: Known(group_hash(first.raw), first.author))
    with pytest.raises(Malformed, match="builds on"):
        unpack(page, nothing_known)


def test_a_small_page_that_unpacks_to_gigabytes_is_refused() -> None:
    compressor = packing.zstandard.ZstdCompressor(
        dict_data=packing._dictionary(1),
        compression_params=packing._parameters(3),
    )
    bomb = b"\x01\x01" + compressor.compress(bytes(MAX_UNPACKED_BYTES + 1))
    with pytest.raises(TooLarge):
        unpack(bomb, nothing_known)


def test_a_value_that_is_written_once_and_repeated_for_ever_is_refused() -> None:
    columns = columns_of(reply_group())
    times = 400
    columns.op_counts = [times]
    columns.op_numbers, columns.op_kinds = [1] * times, [11] * times
    columns.records, columns.op_shapes = [1] * times, [0] * times
    columns.shapes = [list(range(1, 51))]
    columns.values = [ValueColumn(11, field, ValueForm.SAME, ["x" * 10**6]) for field in range(51)]
    assert len(page_of(columns)) < 100_000
    with pytest.raises(TooLarge):
        unpack(page_of(columns), nothing_known)


def test_an_operation_with_millions_of_fields_is_refused_before_it_is_made() -> None:
    columns = columns_of(reply_group())
    columns.shapes = [[1] * 10**6]
    with pytest.raises(TooLarge):
        unpack(page_of(columns), nothing_known)


def test_groups_that_are_more_than_a_page_may_hold_are_neither_packed_nor_unpacked() -> None:
    large = reply_group(body="wet season " * 90_000)
    many = [large] * (MAX_UNPACKED_BYTES // len(large.raw) + 1)
    with pytest.raises(TooLarge):
        pack(page_groups(many), nothing_known)
    with pytest.raises(TooLarge):
        unpack(page_of(columns_of(*many)), nothing_known)


@pytest.mark.parametrize("column", ["seqs", "positions", "received"])
@pytest.mark.parametrize("number", [-5, 2**62, 2**64 - 1])
def test_numbers_that_no_database_takes_are_refused(column: str, number: int) -> None:
    columns = columns_of(reply_group())
    columns.forms = [Form.REFERENCE * PREVS]
    columns.check = blake2b(digest_size=CHECK_BYTES).digest()
    setattr(columns, column, [number])
    with pytest.raises(Malformed):
        unpack(page_of(columns), nothing_known)


def test_a_page_of_another_version_or_dictionary_says_so() -> None:
    page = pack(page_groups([reply_group()]), nothing_known)
    for altered in (b"\x02" + page[1:], page[:1] + b"\x09" + page[2:]):
        with pytest.raises(NeedsNewer):
            unpack(altered, nothing_known)


def test_random_bytes_cannot_be_compressed_into_a_lie() -> None:
    body = os.urandom(90).hex()
    sent = page_groups([reply_group(body=body)])
    assert unpack(pack(sent, nothing_known), nothing_known) == sent
