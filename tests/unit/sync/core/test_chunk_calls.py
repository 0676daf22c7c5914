"""Chunk requests and answers are from whom they say, and to each other."""

import pytest

from sync.core.chunk_calls import (
    Authorization,
    ChunkCall,
    closed_answer,
    opened_answer,
    read_authorization,
)
from sync.core.errors import Malformed, NotAuthentic

KEY, REPLICA, NONCE = b"k" * 32, b"r" * 16, b"nonce..8"
CALL = ChunkCall("PUT", "/v1/chunks/ab", NONCE, b"content")


def test_a_header_is_read_as_it_was_written() -> None:
    authorization = Authorization(REPLICA, NONCE, CALL.tag(KEY))
    assert read_authorization(authorization.header()) == authorization


@pytest.mark.parametrize("header", ["", "CoP x:y:z", "Bearer abc", f"CoP {'0' * 32}:{'0' * 32}"])
def test_what_is_no_header_is_refused(header: str) -> None:
    with pytest.raises(Malformed):
        read_authorization(header)


def test_every_part_of_a_request_is_under_its_tag() -> None:
    others = [
        ChunkCall("GET", "/v1/chunks/ab", NONCE, b"content"),
        ChunkCall("PUT", "/v1/chunks/ac", NONCE, b"content"),
        ChunkCall("PUT", "/v1/chunks/ab", b"nonce..9", b"content"),
        ChunkCall("PUT", "/v1/chunks/ab", NONCE, b"contents"),
    ]
    tags = {call.tag(KEY) for call in (CALL, *others)} | {CALL.tag(b"l" * 32)}
    assert len(tags) == 6


@pytest.mark.parametrize("content", [b"", b"a chunk"])
def test_an_answer_is_good_for_its_request_alone(content: bytes) -> None:
    asked = CALL.tag(KEY)
    answer = closed_answer(content, asked, KEY)
    assert opened_answer(answer, asked, KEY) == content
    for forged in (content, b"", answer[:-1], b"x" + answer):
        with pytest.raises(NotAuthentic):
            opened_answer(forged, asked, KEY)
    with pytest.raises(NotAuthentic):
        opened_answer(answer, b"another request!", KEY)
    with pytest.raises(NotAuthentic):
        opened_answer(answer, asked, b"l" * 32)
