"""Finding groups by the form of their bytes."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_desktop.store.carving import carved
from cop_desktop.store.log import stored
from cop_desktop.store.msgpack_ends import end_of
from cop_desktop.store.pages import Pages
from sync.core.group import group_hash
from tests.support.replicas import COMMUNITY, enrolled

WORDS = "Attendance after the wet season, and what worked for you. "
numbers = st.integers(-(2**63), 2**64 - 1)
values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | numbers
    | st.floats(allow_nan=False)
    | st.binary(max_size=300)
    | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=18) | st.dictionaries(numbers, inner, max_size=18),
    max_leaves=8,
)


@settings(max_examples=50)
@given(values, st.binary(max_size=40), st.binary(max_size=40))
def test_the_end_of_a_value_is_found_amid_other_bytes(
    value: object, before: bytes, after: bytes
) -> None:
    packed = msgspec.msgpack.encode(value)
    content = before + packed + after
    assert end_of(content, len(before), 10**6) == len(before) + len(packed)


@settings(max_examples=50)
@given(values, st.data())
def test_a_value_that_is_cut_off_has_no_end(value: object, data: st.DataObject) -> None:
    packed = msgspec.msgpack.encode(value)
    cut = data.draw(st.integers(0, len(packed) - 1))
    assert end_of(packed[:cut], 0, 10**6) is None


@given(st.binary(max_size=2_000))
def test_any_bytes_have_an_end_within_or_none(content: bytes) -> None:
    end = end_of(content, 0, 1_000)
    assert end is None or 0 < end <= len(content)


@given(st.binary(max_size=9_000), st.binary(max_size=9_000))
def test_any_bytes_are_pages_of_something(database: bytes, log: bytes) -> None:
    assert all(len(payload) <= 16 * 1024 * 1024 for payload in Pages(database, log).long_payloads())


@pytest.fixture
def raws(tmp_path: Path) -> tuple[bytes, list[bytes]]:
    """The id of a replica, and a short and a long group of it."""
    with enrolled(tmp_path / "anna") as replica:
        for body in ("", WORDS * 20):
            with replica.write() as action:
                action.create("topic", COMMUNITY, {"title": "Attendance", "body": body or None})
        assert replica.account is not None
        return replica.account.replica, [item.group.raw for item in replica.outbox()]


def test_groups_are_found_anywhere_if_their_hash_is_too(
    tmp_path: Path, raws: tuple[bytes, list[bytes]]
) -> None:
    replica, groups = raws
    assert stored(groups[0]) == groups[0] != stored(groups[1]) != groups[1]
    noise = b"\x9a\x01\xc4\x10" + b"\x28\xb5\x2f\xfd" * 3
    path, log = tmp_path / "database", tmp_path / "log"
    path.write_bytes(noise + stored(groups[0]) + noise + stored(groups[1]) + noise)
    found = carved(path, log, replica).values()
    assert groups[1] not in [group.raw for group in found], "a bit of it may have changed"
    log.write_bytes(b"".join(map(group_hash, groups)))
    assert {group.raw for group in carved(path, log, replica).values()} == set(groups)
    assert carved(path, log, b"somebody else id") == {}
    assert carved(None, log, replica) == {}


def test_a_group_in_which_a_bit_changed_is_none(
    tmp_path: Path, raws: tuple[bytes, list[bytes]]
) -> None:
    replica, [group, _long] = raws
    path = tmp_path / "database"
    at = group.index(b"Attendance")
    path.write_bytes(group_hash(group) + group[:at] + b"B" + group[at + 1 :])
    assert carved(path, tmp_path / "none", replica) == {}
