"""Updates of long text from outside: plain text passes, all else is told apart first."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core import text
from sync.core.errors import Malformed, TooLarge
from sync.core.limits import MAX_TEXT_UPDATE_BYTES
from sync.core.text_updates import check_update

START = b"\x01\x01\x07\x00"  # one client, with one piece, client 7, clock 0
ROOT = b"\x01\x04text"
NOTHING_DELETED = b"\x00"
HELLO = START + b"\x04" + ROOT + b"\x05hello" + NOTHING_DELETED
# The library runs out of its stack on this, which ends the process.
NESTED = START + b"\x08" + ROOT + b"\x01" + b"\x75\x01" * 200_000 + b"\x7e" + NOTHING_DELETED

BAD = {
    "nothing": b"",
    "lists in lists": NESTED,
    "cut off": HELLO[:-3],
    "more than it says": HELLO + b"\x00",
    "another root": START + b"\x04\x01\x04tent\x05hello\x00",
    "a place inside another": START + b"\x04\x00\x07\x00\x05hello\x00",
    "a key of a map": START + b"\x24" + ROOT + b"\x01k\x05hello\x00",
    "a gap with neighbours": START + b"\x80\x07\x00\x05\x00",
    "an empty range": START + b"\x01" + ROOT + b"\x00\x00",
    "an empty deletion": b"\x00\x01\x07\x01\x00\x00",
    "a clock past the end": START + b"\x00" + b"\xff\xff\xff\xff\x0f" + b"\x00",
    "a deletion past the end": b"\x00\x01\x07\x01\x01\xff\xff\xff\xff\x0f",
    "a client past the end": b"\x01\x01" + b"\xff" * 8 + b"\x01\x00" + HELLO[4:],
    "a number without end": b"\xff" * 11,
    "words that are none": START + b"\x04" + ROOT + b"\x02\xc3\x28\x00",
}


def test_plain_text_passes() -> None:
    check_update(HELLO)
    assert text.read_text(text.merged(text.EMPTY_TEXT, HELLO)) == "hello"


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_plain_text_is_refused(name: str) -> None:
    with pytest.raises(Malformed):
        check_update(BAD[name])
    with pytest.raises(Malformed):
        text.merged(HELLO, BAD[name])


def test_an_update_past_the_bound_is_not_read() -> None:
    with pytest.raises(TooLarge):
        check_update(bytes(MAX_TEXT_UPDATE_BYTES + 1))


@given(st.lists(st.text(st.sampled_from("ab éü🙂\n.w"), max_size=30), max_size=6))
def test_all_that_people_write_passes(versions: list[str]) -> None:
    state = text.EMPTY_TEXT
    for version in versions:
        update = text.edited(state, version, os.urandom)
        if update is not None:
            check_update(update)
            state = text.merged(state, update)
            check_update(state)
