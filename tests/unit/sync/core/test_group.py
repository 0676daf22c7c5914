"""Groups keep their bytes, and bytes that are no group are refused."""

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.clock import MAX_CLOCK, Stamp
from sync.core.errors import CoreError, Malformed, NeedsNewer, TooLarge
from sync.core.group import Group, decode_group, group_hash
from sync.core.ids import NO_HASH
from sync.core.limits import MAX_GROUP_BYTES, MAX_OPS_PER_GROUP
from sync.core.ops import ChangeSet, Delete, Restore, SetFields, UnknownOp
from tests.support.made import MEMBERS, RECORDS, REPLICAS, SPACES, chains


@given(chains())
def test_a_group_reads_back_as_it_was_written(groups: list[Group]) -> None:
    for group in groups:
        again = decode_group(group.raw)
        assert again == group
        assert again.raw == group.raw


@given(st.binary(max_size=200))
def test_any_bytes_are_a_group_or_refused(noise: bytes) -> None:
    with contextlib.suppress(CoreError):
        decode_group(noise)


def test_the_order_in_which_fields_were_given_does_not_change_the_bytes() -> None:
    def of(fields: dict[int, object]) -> bytes:
        op = SetFields(10, RECORDS[0], fields)
        return Group(SPACES[0], REPLICAS[0], 1, NO_HASH, MEMBERS[0], 1, 0, 0, (op,)).raw

    assert of({1: "a", 300: {"y": 1, "x": 2}}) == of({300: {"x": 2, "y": 1}, 1: "a"})


def group(**changes: object) -> Group:
    ops = (SetFields(10, RECORDS[0], {1: "a"}),)
    given = {"space": SPACES[0], "replica": REPLICAS[0], "seq": 1, "prev": NO_HASH}
    given |= {"author": MEMBERS[0], "clock": 9, "written_ms": 5, "seen": 0, "ops": ops}
    return Group(**{**given, **changes})  # type: ignore[arg-type]


def newer(*elements: object) -> UnknownOp:
    return UnknownOp(msgspec.msgpack.encode(elements))


def nested(depth: int) -> list[object]:
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize(
    "changes",
    [
        {"space": b"short"},
        {"seq": 0},
        {"seq": 2},
        {"prev": b"\x01" * 32},
        {"prev": b""},
        {"clock": -1},
        {"clock": MAX_CLOCK + 1},
        {"seen": -1},
        {"written_ms": 1 << 60},
        {"written_ms": -30_610_224_000_001},
        {"ops": (SetFields(0, RECORDS[0], {1: "a"}),)},
        {"ops": (SetFields(10, b"short", {1: "a"}),)},
        {"ops": (SetFields(10, RECORDS[0], {1: 0.5}),)},
        {"ops": (SetFields(10, RECORDS[0], {1: [[[["deep"]]]]}),)},
        {"ops": (SetFields(10, RECORDS[0], {1: "a"}, {2: [Stamp(1, REPLICAS[0])]}),)},
        {"ops": (SetFields(10, RECORDS[0], {1: {True: "a"}}),)},
        {"ops": (ChangeSet(10, RECORDS[0], 4, [True], []),)},
        {"ops": (Delete(10, RECORDS[0], Stamp(MAX_CLOCK + 1, REPLICAS[0])),)},
        {"ops": (newer(99),)},
        {"ops": (newer(99, 10, b"short"),)},
        {"ops": (newer(99, True, RECORDS[0]),)},
        {"ops": (newer(99, 10, RECORDS[0], 0.5),)},
        {"ops": (newer(99, 10, RECORDS[0], nested(17)),)},
        {"ops": (UnknownOp(b"\x94\x63\x0a\xc4\x10" + RECORDS[0] + b"\x91" * 100_000 + b"\x00"),)},
    ],
)
def test_a_group_out_of_bounds_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        decode_group(group(**changes).raw)


def test_too_much_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge):
        decode_group(bytes(MAX_GROUP_BYTES + 1))
    many = (Restore(10, RECORDS[0]),) * (MAX_OPS_PER_GROUP + 1)
    with pytest.raises(TooLarge):
        decode_group(group(ops=many).raw)


def test_an_operation_of_a_newer_program_is_kept_unread() -> None:
    other = msgspec.msgpack.encode([99, 10, RECORDS[0], nested(14)])
    longer = msgspec.msgpack.encode([4, 10, RECORDS[0], "more"])
    raw = group(ops=(UnknownOp(other), UnknownOp(longer))).raw
    again = decode_group(raw)
    assert again.ops == (UnknownOp(other), UnknownOp(longer))
    assert {(op.kind, op.record) for op in again.unknown_ops()} == {(10, RECORDS[0])}
    assert list(again.known_ops()) == []
    assert again.raw == raw


def test_a_newer_envelope_is_told_apart_from_damage() -> None:
    envelope = msgspec.msgpack.decode(group().raw)
    envelope[0] = 2
    with pytest.raises(NeedsNewer):
        decode_group(msgspec.msgpack.encode(envelope))


def test_the_name_of_a_group_is_the_hash_of_its_bytes() -> None:
    assert group_hash(group().raw) != group_hash(group(seen=1).raw)
    assert len(group_hash(b"")) == 32
