"""What arrives is counted before it is decoded, so that few bytes never become much memory."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core import frames
from sync.core.errors import Malformed, NeedsNewer, TooLarge
from sync.core.exchange import Interval, SyncRequest
from sync.core.frames import Direction
from sync.core.group import decode_group
from sync.core.limits import MAX_GROUP_VALUES, MAX_PAGE_VALUES, MAX_SPACES, MIB
from sync.core.packing import PageGroup, pack, unpack
from sync.core.pages import Columns, Form, Known, ValueForm
from sync.core.value_counts import check_value_count, value_count
from tests.support.crafted_pages import columns_of, nothing_known, page_of, reply_group

SHORT = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(width=32)
PLAIN = SHORT | st.text(max_size=40) | st.binary(max_size=300) | st.text("x", min_size=300)
ANY = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=20) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=20,
)
EMPTY = msgspec.Raw(b"\x90")


def counted(value: object) -> int:
    match value:
        case list():
            return 1 + sum(map(counted, value))
        case dict():
            return 1 + sum(1 + counted(inner) for inner in value.values())
        case _:
            return 1


@contextmanager
def at_most(most_bytes: int) -> Iterator[None]:
    """Fails if what is done inside holds more memory than that at any time."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most_bytes
    finally:
        tracemalloc.stop()


@settings(max_examples=60)
@given(ANY)
def test_every_value_is_counted_once(value: object) -> None:
    packed = msgspec.msgpack.encode(value)
    assert value_count(packed, len(packed)) == counted(value)


@pytest.mark.parametrize("code", [-5, 7])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 8, 16, 17, 300, 70_000])
def test_what_we_never_write_is_counted_too(code: int, size: int) -> None:
    packed = msgspec.msgpack.encode([msgspec.msgpack.Ext(code, b"\x90" * size), "and", "more"])
    assert value_count(packed, len(packed)) == 4
    assert value_count(msgspec.msgpack.encode(["x" * 70_000, b"y" * 70_000]), 10) == 3


def test_counting_ends_once_it_is_too_many() -> None:
    assert value_count(b"\xcc\x80" * 1_000_000, 10) == 11
    assert value_count(b"\xdb\xff\xff", 10) == 1, "cut off: for the decoder to find"


def test_pieces_are_counted_together() -> None:
    pieces = [msgspec.msgpack.encode(["ab"] * 10)] * 3
    check_value_count(pieces, 33)
    with pytest.raises(TooLarge):
        check_value_count(pieces, 32)


def test_a_page_of_millions_of_empty_lists_is_refused_before_they_are_made() -> None:
    columns = Columns(tails=[EMPTY] * (MAX_PAGE_VALUES + 1))
    page = page_of(columns)
    assert len(page) < 1_000
    with at_most(4 * MAX_PAGE_VALUES), pytest.raises(TooLarge):
        unpack(page, nothing_known)


def test_a_value_of_many_values_is_not_repeated_for_ever() -> None:
    columns = columns_of(reply_group())
    times, many = 400, MAX_PAGE_VALUES // 400
    columns.op_counts = [times]
    columns.op_numbers, columns.op_kinds = [1] * times, [11] * times
    columns.records, columns.op_shapes = [1] * times, [0] * times
    columns.shapes = [[1]]
    columns.values = [packed_column(1, many)]
    with pytest.raises(TooLarge, match="repeated"):
        unpack(page_of(columns), nothing_known)


def packed_column(field: int, many: int) -> object:
    return [11, field, ValueForm.SAME, [[EMPTY] * many]]


def test_groups_that_travel_as_they_are_are_counted_together() -> None:
    raw = msgspec.msgpack.encode([1, *[EMPTY] * (MAX_GROUP_VALUES - 2)])
    count = MAX_PAGE_VALUES // MAX_GROUP_VALUES + 1
    columns = Columns(
        ids=bytes(16),
        forms=[Form.VERBATIM * 4] * count,
        verbatim=[raw] * count,
        **{name: [0] * count for name in ("spaces", "replicas", "seqs", "positions", "received")},
    )
    with pytest.raises(TooLarge, match="values"):
        unpack(page_of(columns), nothing_known)


def test_no_page_is_packed_that_nobody_would_unpack() -> None:
    raw = msgspec.msgpack.encode([1, *[EMPTY] * (MAX_GROUP_VALUES - 2)])
    count = MAX_PAGE_VALUES // MAX_GROUP_VALUES + 1
    with pytest.raises(TooLarge, match="values"):
        pack([PageGroup(bytes(16), bytes(16), 1, raw)] * count, nothing_known)


def test_a_group_of_many_empty_lists_is_refused_before_they_are_made() -> None:
    op = [1, 10, bytes(16), {1: [EMPTY] * MAX_GROUP_VALUES}]
    head = [1, bytes(16), bytes(16), 1, bytes(32), bytes(16), 1 << 60, 0, 0]
    raw = msgspec.msgpack.encode([*head, [op]])
    with at_most(MIB), pytest.raises(TooLarge):
        decode_group(raw)


def test_a_request_names_so_many_spaces_and_no_more() -> None:
    def named(count: int) -> bytes:
        spaces = [Interval(at.to_bytes(16, "big"), 0, 0, bytes(16)) for at in range(count)]
        request = SyncRequest(1, b"", bytes(8), spaces, b"", 0, 0)
        return frames.closed(bytes(16), request, b"key", Direction.REQUEST)

    form = (SyncRequest, b"key", Direction.REQUEST)
    assert len(frames.opened(named(MAX_SPACES), *form).spaces) == MAX_SPACES
    with pytest.raises(Malformed):
        frames.opened(named(MAX_SPACES + 1), *form)
    many = named(50 * MAX_SPACES)
    with at_most(2 * len(many) + MIB), pytest.raises(Malformed):
        frames.opened(many, *form)


def test_of_a_later_protocol_no_more_is_read_than_its_number() -> None:
    content = msgspec.msgpack.encode([2, *[EMPTY] * 1_000_000])
    frame = frames.MAGIC + bytes(16) + content + bytes(frames.TAG_BYTES)
    with at_most(3 * len(frame)), pytest.raises(NeedsNewer):
        frames.peeked(frame, SyncRequest)


def test_what_is_small_is_not_even_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> int:
        raise AssertionError("counted although it is small")

    monkeypatch.setattr("sync.core.value_counts.value_count", never)
    group = reply_group()
    sent = [PageGroup(group.space, group.replica, group.seq, group.raw)]

    def known(*_: object) -> Known | None:
        return None

    assert unpack(pack(sent, known), known)[0].raw == group.raw
