"""Series changed in any way, also by who holds the key, are read or refused, soon and in bounds."""

import contextlib
import io
import tracemalloc

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.client import errors
from sync.client.coming import Asked, Coming
from sync.core import exchange, packing, series
from sync.core.errors import CoreError, Malformed, TooLarge
from sync.core.exchange import SyncReply
from sync.core.handover import Membership
from sync.core.ids import Id
from sync.core.limits import MIB
from sync.core.packing import Known, PageGroup, SeriesPacker, Unpacker
from tests.support import vectors
from tests.support.made import REPLICAS
from tests.support.mutated import mutations, soon

KEY, NONCE, SERVER = b"k" * 32, b"n" * 8, b"S" * 16
MEMBERSHIP = Membership("", SERVER, REPLICAS[0], b"", KEY)
ASKED = Asked(b"", NONCE, REPLICAS[0], [], {}, 0)
OFTEN = settings(max_examples=300)
SENT = vectors.pages()["down"][0]
_SMALL = 200_000


def nothing_known(_space: Id, _replica: Id, _seq: int) -> Known | None:
    return None


def series_pages() -> list[bytes]:
    packer = SeriesPacker()
    return [packer.pack([item], nothing_known) for item in SENT]


PAGES = series_pages()


def frame(number: int, page: bytes, last: int = len(PAGES) - 1) -> bytes:
    follows = number < last
    reply = SyncReply(b"e" * 16, NONCE, 1, [], [], [], page, follows, number, follows)
    return series.framed(exchange.encode_reply(SERVER, reply, KEY))


FRAMES = [frame(number, page) for number, page in enumerate(PAGES)]


def read(body: bytes) -> list[PageGroup]:
    """What a replica takes of a body until it ends or is refused."""
    coming, found = Coming(ASKED, series.frames_in(io.BytesIO(body).read)), []
    with contextlib.suppress(CoreError, errors.SyncError):
        for _ in range(len(PAGES) + 1):
            part = coming.part(MEMBERSHIP, nothing_known)
            found += part.page
            if not part.reply.follows:
                break
    return found


def test_a_whole_series_is_read() -> None:
    assert read(b"".join(FRAMES)) == SENT
    assert len(SENT) > 2


@OFTEN
@given(mutations(b"".join(FRAMES)))
def test_of_a_series_changed_on_its_way_only_what_came_before_is_taken(changed: bytes) -> None:
    with soon():
        found = read(changed)
    assert found == SENT[: len(found)]


@given(st.permutations(range(len(FRAMES))), st.integers(0, len(FRAMES)))
def test_frames_in_another_order_or_left_out_end_a_series(order: list[int], count: int) -> None:
    found = read(b"".join(FRAMES[number] for number in order[:count]))
    right = 0
    while right < count and order[right] == right:
        right += 1
    assert found == SENT[:right]


def test_a_series_cut_after_any_byte_gives_the_frames_before() -> None:
    body = b"".join(FRAMES)
    for length in range(0, len(body), 7):
        found = read(body[:length])
        assert found == SENT[: len(found)]
        assert sum(map(len, FRAMES[: len(found) + 1])) > length or len(found) == len(FRAMES)


@OFTEN
@given(st.integers(0, len(PAGES) - 1), st.data())
def test_a_page_changed_before_it_was_tagged_is_read_or_refused(
    at: int, data: st.DataObject
) -> None:
    changed = data.draw(mutations(PAGES[at]))
    frames = [*FRAMES[:at], frame(at, changed), *FRAMES[at + 1 :]]
    with soon():
        assert read(b"".join(frames))[:at] == SENT[:at]


def compressed(content: bytes, **options: int) -> bytes:
    """A page of a series with that inside, whatever it is."""
    parameters = zstandard.ZstdCompressionParameters(
        format=zstandard.FORMAT_ZSTD1_MAGICLESS, write_content_size=0, **options
    )
    packing_ = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = packing_.compress(content) + packing_.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    return bytes((packing.SERIES, packing.NO_DICTIONARY)) + packed


def test_a_page_that_unpacks_to_more_than_the_bound_costs_little_more_than_the_bound() -> None:
    bomb = compressed(bytes(48 * MIB))
    assert len(bomb) < 10_000
    unpacker = Unpacker(most_bytes=MIB)
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            unpacker.unpack(bomb, nothing_known)
        assert tracemalloc.get_traced_memory()[1] < 12 * MIB
    finally:
        tracemalloc.stop()


def test_a_window_larger_than_the_program_makes_is_refused() -> None:
    page = compressed(bytes(64 * MIB), window_log=26)
    with pytest.raises(Malformed):
        Unpacker().unpack(page, nothing_known)


def test_every_page_has_the_whole_bound_for_itself() -> None:
    packer, unpacker = SeriesPacker(), Unpacker(most_bytes=_SMALL)
    for _ in range(3):
        page = packer.pack(SENT, nothing_known)
        assert unpacker.unpack(page, nothing_known) == SENT
