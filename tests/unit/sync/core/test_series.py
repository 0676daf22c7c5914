"""A series of frames: each usable once it is there, none of them told from less than its length."""

import io
from collections.abc import Callable
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.core import exchange, packing, series
from sync.core.errors import CoreError, Malformed, NeedsNewer, NotAuthentic
from sync.core.exchange import SyncReply
from sync.core.frames import MAGIC, MAX_FRAME_BYTES
from sync.core.group import Group, group_hash
from sync.core.ids import Id
from sync.core.packing import Known, PageGroup, SeriesPacker, Unpacker, pack
from tests.support.made import chains

FRAMES = [MAGIC + b"\xff" * size for size in (0, 1, 9_000, 40)]
FEW = settings(max_examples=30)
BODY = b"".join(map(series.framed, FRAMES))


def nothing_known(_space: Id, _replica: Id, _seq: int) -> Known | None:
    return None


def trickling(body: bytes, most: int) -> Callable[[int], bytes]:
    """Reads a body that comes in pieces of at most so many bytes."""
    source = io.BytesIO(body)
    return lambda count: source.read(min(count, most))


@given(st.integers(1, 5_000))
def test_frames_come_out_as_they_went_in(most: int) -> None:
    assert list(series.frames_in(trickling(BODY, most))) == FRAMES


@given(st.integers(1, 50))
def test_a_frame_that_stands_alone_needs_no_length(most: int) -> None:
    assert list(series.frames_in(trickling(FRAMES[3], most))) == [FRAMES[3]]


@given(st.integers(0, len(BODY)))
def test_what_came_before_a_cut_is_there(length: int) -> None:
    ends = [0, *accumulate(len(series.framed(frame)) for frame in FRAMES)]
    whole = sum(end <= length for end in ends[1:])
    found: list[bytes] = []
    try:
        found.extend(series.frames_in(trickling(BODY[:length], 4_096)))
    except series.CutShort:
        assert length not in ends
    else:
        assert length in ends
    assert found == FRAMES[:whole]


def test_no_more_is_read_than_belongs_to_a_frame() -> None:
    source = io.BytesIO(BODY)
    frames = series.frames_in(source.read)
    for end in accumulate(len(series.framed(frame)) for frame in FRAMES):
        next(frames)
        assert source.tell() == end


@pytest.mark.parametrize("body", [b"<html>", b"    <html>", b"\xff" * 40, b"PK\x03\x04"])
def test_what_is_no_series_is_refused_before_it_is_read(body: bytes) -> None:
    source = io.BytesIO(body)
    with pytest.raises(Malformed):
        next(series.frames_in(source.read))
    assert source.tell() == 4


def test_no_length_is_taken_for_a_frame() -> None:
    assert int.from_bytes(MAGIC, "big") > MAX_FRAME_BYTES


def test_a_frame_is_good_for_one_place_in_its_series() -> None:
    key, nonce = b"k" * 32, b"nonce..8"
    reply = SyncReply(b"e" * 16, nonce, 1, [], [], [], b"", more=True, number=2, follows=True)
    frame = exchange.encode_reply(b"s" * 16, reply, key)
    assert exchange.decode_reply(frame, key, nonce, 2) == reply
    for number in (0, 1, 3):
        with pytest.raises(NotAuthentic):
            exchange.decode_reply(frame, key, nonce, number)


def parts_of(groups: list[Group], size: int) -> list[list[PageGroup]]:
    items = [PageGroup(g.space, g.replica, g.seq, g.raw, at) for at, g in enumerate(groups)]
    return [items[at : at + size] for at in range(0, len(items), size)]


@FEW
@given(chains(), st.integers(1, 6))
def test_the_pages_of_a_series_come_back_exactly(groups: list[Group], size: int) -> None:
    parts, packer, unpacker = parts_of(groups, size), SeriesPacker(), Unpacker()
    held: dict[tuple[Id, Id, int], Known] = {}

    def known(space: Id, replica: Id, seq: int) -> Known | None:
        return held.get((space, replica, seq))

    for part in parts:
        page = packer.pack(part, known)
        assert unpacker.unpack(page, known) == part
        for item in part:
            group = next(g for g in groups if g.raw == item.raw)
            held[item.space, item.replica, item.seq] = Known(group_hash(group.raw), group.author)


def test_a_reader_of_series_reads_a_page_that_stands_alone() -> None:
    assert Unpacker().unpack(b"", nothing_known) == []
    assert SeriesPacker().pack([], nothing_known) == b""


@FEW
@given(chains().filter(lambda groups: len(groups) > 2))
def test_a_page_of_a_series_is_nothing_by_itself_or_out_of_its_order(groups: list[Group]) -> None:
    packer = SeriesPacker()
    pages = [packer.pack(part, nothing_known) for part in parts_of(groups, 1)]
    with pytest.raises(NeedsNewer):
        packing.unpack(pages[0], nothing_known)
    with pytest.raises(CoreError):
        Unpacker().unpack(pages[1], nothing_known)
    alone = pack(parts_of(groups, 1)[0], nothing_known)
    assert Unpacker().unpack(alone, nothing_known) == parts_of(groups, 1)[0]
