"""Messages changed in any way, also by who holds the key, are read or refused, and soon."""

import contextlib
import gzip
import zlib
from collections.abc import Callable

import msgspec
import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st

from sync.client import answers, errors
from sync.core import chunk_calls, enrolment, exchange, frames, renaming
from sync.core.enrolment import EnrolReply, EnrolRequest
from sync.core.errors import CoreError
from sync.core.exchange import Interval, Outcome, Result, SpaceReply, SyncReply, SyncRequest
from sync.core.frames import Direction
from sync.core.renaming import RenameReply, RenameRequest
from tests.support.made import MEMBERS, REPLICAS, SPACES
from tests.support.mutated import EXTREMES, mutations, soon

KEY = b"k" * 32
NONCE = b"n" * 8
CODE = enrolment.new_code(bytes)
CODE_KEY = enrolment.code_key(CODE)
EPOCH = b"e" * 16
REPLICA, SPACE, MEMBER = REPLICAS[0], SPACES[0], MEMBERS[0]
SAID = SpaceReply(SPACE, "community", 9, 9, 0, b"d" * 16, SPACES[1])
ENROLLED = EnrolReply(
    server=b"S" * 16,
    server_name="Server",
    server_key=b"p" * 32,
    epoch=EPOCH,
    member=MEMBER,
    member_name="Anna",
    frame_key=KEY,
    certificate_ms=1,
    certificate=b"c" * 64,
    directory=SPACE,
    personal=SPACES[1],
)
MESSAGES: dict[str, tuple[msgspec.Struct, bytes, Direction, Callable[[bytes], object]]] = {
    "request": (
        SyncRequest(1, EPOCH, NONCE, [Interval(SPACE, 9, 0, b"d" * 16)], b"page", 9, 0),
        KEY,
        Direction.REQUEST,
        lambda frame: exchange.decode_request(frame, KEY),
    ),
    "reply": (
        SyncReply(EPOCH, NONCE, 1, [Result(Outcome.KEPT, 3)], [SAID], [SPACE], b"page", more=True),
        KEY,
        Direction.REPLY,
        lambda frame: exchange.decode_reply(frame, KEY, NONCE),
    ),
    "enrol request": (
        EnrolRequest(1, enrolment.code_name(CODE), REPLICA, b"p" * 32, "laptop"),
        CODE_KEY,
        Direction.ENROL_REQUEST,
        lambda frame: enrolment.decode_enrol_request(frame, CODE_KEY),
    ),
    "enrol reply": (
        ENROLLED,
        CODE_KEY,
        Direction.ENROL_REPLY,
        lambda frame: enrolment.decode_enrol_reply(frame, CODE),
    ),
    "rename request": (
        RenameRequest(1, NONCE, REPLICA, b"p" * 32, "laptop"),
        KEY,
        Direction.RENAME_REQUEST,
        lambda frame: renaming.decode_rename_request(frame, KEY),
    ),
    "rename reply": (
        RenameReply(NONCE, ENROLLED),
        KEY,
        Direction.RENAME_REPLY,
        lambda frame: renaming.decode_rename_reply(frame, KEY, NONCE),
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
@given(data=st.data())
def test_a_frame_changed_on_its_way_is_refused(name: str, data: st.DataObject) -> None:
    message, key, direction, decode = MESSAGES[name]
    whole = frames.closed(REPLICA, message, key, direction)
    changed = data.draw(mutations(whole))
    with soon():
        if changed == whole:
            decode(changed)
        else:
            with pytest.raises(CoreError):
                decode(changed)
            with contextlib.suppress(CoreError):
                enrolment.peek_enrol_request(changed)


@pytest.mark.parametrize("name", MESSAGES)
@given(data=st.data())
def test_a_message_changed_before_it_was_tagged_is_read_or_refused(
    name: str, data: st.DataObject
) -> None:
    message, key, direction, decode = MESSAGES[name]
    changed = data.draw(mutations(msgspec.msgpack.encode(message)))
    framed = frames.MAGIC + REPLICA + changed
    with soon(), contextlib.suppress(CoreError):
        decode(framed + frames._tag(framed, key, direction))


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_cut_after_any_byte_is_refused(name: str) -> None:
    message, key, direction, decode = MESSAGES[name]
    content = msgspec.msgpack.encode(message)
    for length in range(len(content)):
        framed = frames.MAGIC + REPLICA + content[:length]
        with pytest.raises(CoreError):
            decode(framed + frames._tag(framed, key, direction))


@given(st.text(max_size=120) | mutations(b"CoP " + b":".join((b"a" * 32, b"b" * 16, b"c" * 32))))
def test_any_authorization_is_read_or_refused(header: str | bytes) -> None:
    said = header if isinstance(header, str) else header.decode("latin-1")
    with contextlib.suppress(CoreError):
        read = chunk_calls.read_authorization(said)
        assert read.header() == said


@given(st.data())
def test_an_answer_about_a_chunk_changed_in_any_way_is_refused(data: st.DataObject) -> None:
    whole = chunk_calls.closed_answer(b"content", b"a" * 16, KEY)
    changed = data.draw(mutations(whole))
    if changed != whole:
        with pytest.raises(CoreError):
            chunk_calls.opened_answer(changed, b"a" * 16, KEY)


@given(st.text(max_size=40))
def test_any_code_is_read_or_refused(typed: str) -> None:
    with contextlib.suppress(CoreError):
        assert enrolment.read_code(enrolment.read_code(typed)) == enrolment.read_code(typed)


class Body:
    """The raw side of an answer."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, most: int, decode_content: bool) -> bytes:
        piece, self._content = self._content[:most], self._content[most:]
        return piece

    read1 = read


def answer(status: int, headers: dict[str, str], body: bytes) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made.headers.update(headers)
    made.raw = Body(body)
    return made


@given(
    st.integers(100, 999),
    mutations(b'{"code": "repack", "message": "x"}') | st.binary(max_size=60),
    st.text(max_size=12) | st.just("30"),
)
@example(400, b"[" * 1_900, "")
@example(400, b'{"code": ' * 200, "")
@example(429, b"", "²")
@example(503, b"", "٣٠")
def test_any_refusal_has_a_name(status: int, body: bytes, retry_after: str) -> None:
    headers = {"Content-Type": "application/problem+json", "Retry-After": retry_after}
    with contextlib.suppress(errors.SyncError):
        answers.check_status(answer(status, headers, body))


@given(st.data())
def test_what_a_proxy_packed_is_unpacked_within_bounds_or_refused(data: st.DataObject) -> None:
    content = data.draw(mutations(gzip.compress(b"CoP frame " * 50)))
    headers = {"Content-Type": exchange.MEDIA_TYPE, "Content-Encoding": "gzip"}
    with contextlib.suppress(errors.SyncError):
        answers.body_of(answer(200, headers, content), exchange.MEDIA_TYPE)


def test_what_a_proxy_packed_into_a_bomb_is_refused() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1024 * 1024)
    bomb = b"".join(packer.compress(zeros) for _ in range(64)) + packer.flush()
    headers = {"Content-Type": exchange.MEDIA_TYPE, "Content-Encoding": "gzip"}
    with soon(), pytest.raises(errors.BrokenAnswer):
        answers.body_of(answer(200, headers, bomb), exchange.MEDIA_TYPE)


@pytest.mark.parametrize("extreme", EXTREMES)
def test_a_list_of_missing_chunks_that_claims_too_much_is_refused(extreme: bytes) -> None:
    with soon(), pytest.raises((msgspec.MsgspecError, UnicodeDecodeError, RecursionError)):
        msgspec.msgpack.decode(extreme, type=list[bytes])
