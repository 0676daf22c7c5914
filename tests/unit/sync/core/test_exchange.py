"""Frames: whole and from the right side, or refused before anything is done."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core import enrolment, exchange, frames
from sync.core.enrolment import EnrolReply, EnrolRequest
from sync.core.errors import CoreError, Malformed, NotAuthentic, TooLarge
from sync.core.exchange import Interval, Outcome, Result, SpaceReply, SyncReply, SyncRequest

KEY = b"k" * 32
REPLICA, SERVER = b"r" * 16, b"s" * 16
REQUEST = SyncRequest(
    1, b"e" * 16, b"nonce..8", [Interval(b"p" * 16, 9, 2, b"d" * 16)], b"page", 99, 5
)
REPLY = SyncReply(
    b"e" * 16,
    b"nonce..8",
    1_700_000_000_000,
    [Result(Outcome.KEPT, 10), Result(Outcome.REFUSED, reason="not_allowed")],
    [SpaceReply(b"p" * 16, "community", 10, 10, 0, b"d" * 16)],
    [b"q" * 16],
    b"page",
    more=True,
)


def test_messages_come_back_as_they_were_sent() -> None:
    frame = exchange.encode_request(REPLICA, REQUEST, KEY)
    assert frames.sender_of(frame) == REPLICA
    assert exchange.decode_request(frame, KEY) == REQUEST
    answer = exchange.encode_reply(SERVER, REPLY, KEY)
    assert exchange.decode_reply(answer, KEY, b"nonce..8") == REPLY


def test_an_idle_request_is_small() -> None:
    three = [Interval(bytes([n]) * 16, 900, 0, b"d" * 16) for n in range(3)]
    idle = msgspec.structs.replace(REQUEST, spaces=three, page=b"")
    assert len(exchange.encode_request(REPLICA, idle, KEY)) < 240


@given(st.data())
def test_no_flipped_bit_gets_through(data: st.DataObject) -> None:
    frame = bytearray(exchange.encode_request(REPLICA, REQUEST, KEY))
    frame[data.draw(st.integers(0, len(frame) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(CoreError):
        exchange.decode_request(bytes(frame), KEY)


@given(st.integers(0, 400))
def test_no_cut_frame_gets_through(length: int) -> None:
    frame = exchange.encode_reply(SERVER, REPLY, KEY)
    if length < len(frame):
        with pytest.raises(CoreError):
            exchange.decode_reply(frame[:length], KEY, b"nonce..8")


def test_a_frame_is_good_for_one_direction_one_key_and_one_question() -> None:
    request = exchange.encode_request(REPLICA, REQUEST, KEY)
    with pytest.raises(NotAuthentic):
        exchange.decode_reply(request, KEY, b"nonce..8")
    with pytest.raises(NotAuthentic):
        exchange.decode_request(request, b"x" * 32)
    answer = exchange.encode_reply(SERVER, REPLY, KEY)
    with pytest.raises(NotAuthentic):
        exchange.decode_reply(answer, KEY, b"another.")


def test_a_page_of_the_network_is_no_frame() -> None:
    with pytest.raises(Malformed):
        frames.sender_of(b"<html><body>Please sign in to the school's network</body></html>")
    with pytest.raises(TooLarge):
        frames.sender_of(bytes(frames.MAX_FRAME_BYTES + 1))


def test_a_tagged_frame_of_another_form_is_refused() -> None:
    frame = frames.closed(REPLICA, Result(Outcome.KEPT), KEY, frames.Direction.REQUEST)
    with pytest.raises(Malformed):
        exchange.decode_request(frame, KEY)


@pytest.mark.parametrize(
    "changes",
    [
        {"now_ms": 2**63},
        {"now_ms": -1},
        {"results": [Result(Outcome.KEPT, 2**62)]},
        {"results": [Result(Outcome.KEPT, -1)]},
        {"spaces": [SpaceReply(b"p" * 16, "community", 2**64 - 1, 10, 0, b"d" * 16)]},
        {"spaces": [SpaceReply(b"p" * 15, "community", 10, 10, 0, b"d" * 16)]},
        {"spaces": [SpaceReply(b"p" * 16, "community", 10, 10, 0, b"")]},
        {"spaces": [SpaceReply(b"p" * 16, "community", 10, 10, 0, b"d" * 16, b"parent")]},
        {"lost": [b""]},
    ],
)
def test_a_reply_with_what_nobody_can_keep_is_refused(changes: dict[str, object]) -> None:
    answer = exchange.encode_reply(SERVER, msgspec.structs.replace(REPLY, **changes), KEY)
    with pytest.raises(Malformed):
        exchange.decode_reply(answer, KEY, b"nonce..8")


def test_what_a_newer_server_adds_is_passed_over() -> None:
    longer = [*msgspec.msgpack.decode(msgspec.msgpack.encode(REPLY)), "something new"]

    class Newer(msgspec.Struct, array_like=True):
        a: object
        b: object
        c: object
        d: object
        e: object
        f: object
        g: object
        h: object
        i: object
        j: object
        k: object

    frame = frames.closed(SERVER, Newer(*longer), KEY, frames.Direction.REPLY)
    assert exchange.decode_reply(frame, KEY, b"nonce..8") == REPLY


def test_a_code_can_be_read_out_and_typed_in_many_ways() -> None:
    code = enrolment.new_code(lambda count: bytes(range(7, 7 + count)))
    assert enrolment.read_code(code.replace("-", " ").lower()) == code
    assert enrolment.read_code(code.replace("0", "o").replace("1", "l")) == code


@given(st.binary(min_size=7, max_size=7), st.integers(0, 11), st.sampled_from("23456789ABCDEFGH"))
def test_one_mistyped_character_is_noticed_almost_always(noise: bytes, at: int, other: str) -> None:
    code = enrolment.new_code(lambda _count: noise)
    plain = code.replace("-", "")
    if plain[at] == other or at >= 10:
        return
    wrong = plain[:at] + other + plain[at + 1 :]
    try:
        assert enrolment.read_code(wrong) != code
    except Malformed:
        return


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFGH-JKMN-PQRS", "not a code!!"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(Malformed):
        enrolment.read_code(typed)


def test_enrolment_is_tagged_by_the_code_and_does_not_carry_it() -> None:
    code = enrolment.new_code(lambda count: b"\x05" * count)
    request = EnrolRequest(1, enrolment.code_name(code), REPLICA, b"p" * 32, "laptop")
    frame = enrolment.encode_enrol_request(request, code)
    assert code.encode() not in frame
    assert enrolment.peek_enrol_request(frame) == request
    assert enrolment.decode_enrol_request(frame, enrolment.code_key(code)) == request
    reply = EnrolReply(
        SERVER, "NT", b"k" * 32, b"e", b"m" * 16, "Ana", b"f" * 32, 5, b"c", b"d" * 16, b"p" * 16
    )
    answer = enrolment.encode_enrol_reply(reply, enrolment.code_key(code))
    assert enrolment.decode_enrol_reply(answer, code) == reply
    with pytest.raises(NotAuthentic):
        enrolment.decode_enrol_reply(answer, enrolment.new_code(lambda count: b"\x06" * count))
