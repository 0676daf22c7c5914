"""Ids: valid UUIDs, the same wherever they are worked out."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.errors import Malformed
from sync.core.ids import Maker, created_id, id_text, natural_id, parse_id, random_id

ids = st.binary(min_size=16, max_size=16)


@given(ids, ids, st.integers(1, 2**40), st.integers(0, 2**62))
def test_a_created_id_is_a_uuid_of_its_moment(
    space: bytes, replica: bytes, seq: int, clock: int
) -> None:
    made = uuid.UUID(bytes=created_id(Maker(space, replica, seq, clock), 3))
    assert made.version == 7
    assert made.int >> 80 == clock >> 16


@given(ids, ids)
def test_created_ids_differ_by_everything_that_makes_them(space: bytes, replica: bytes) -> None:
    places = [(space, 1, 0), (space, 1, 1), (space, 2, 0), (bytes(16), 1, 0)]
    made = {
        created_id(Maker(where, replica, seq, 7 << 16), index) for where, seq, index in set(places)
    }
    assert len(made) == len(set(places))


@given(ids, ids)
def test_a_place_in_a_chain_that_was_taken_twice_makes_two_records(
    space: bytes, replica: bytes
) -> None:
    one, other = (Maker(space, replica, 1, (7 << 16) | salt) for salt in (1, 2))
    assert created_id(one, 0) != created_id(other, 0)


def test_natural_ids_follow_from_their_key_alone() -> None:
    one = natural_id(40, b"\x01" * 16, "thanks")
    assert one == natural_id(40, b"\x01" * 16, "thanks")
    assert len({one, natural_id(41, b"\x01" * 16, "thanks"), natural_id(40, "thanks")}) == 3
    assert uuid.UUID(bytes=one).version == 8


@given(ids)
def test_an_id_reads_back_from_its_text(value: bytes) -> None:
    assert parse_id(f" {id_text(value).upper()} ") == value


def test_what_is_no_id_is_refused() -> None:
    with pytest.raises(Malformed):
        parse_id("not an id")


def test_a_random_id_is_a_uuid() -> None:
    assert uuid.UUID(bytes=random_id(lambda count: b"\xff" * count)).version == 4
