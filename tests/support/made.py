"""Hypothesis strategies for groups and operations, and plain makers for tests."""

import msgspec
from hypothesis import strategies as st

from sync.core.clock import Stamp
from sync.core.group import FIRST_SEQ, Group, group_hash
from sync.core.ids import NO_HASH, Id, Maker, created_id
from sync.core.ops import ChangeSet, Delete, EditText, Op, Restore, SetFields, UnknownOp

REPLICAS = [bytes([n]) * 16 for n in (1, 2, 3)]
SPACES = [bytes([n]) * 16 for n in (101, 102)]
MEMBERS = [bytes([n]) * 16 for n in (201, 202)]
RECORDS = [bytes([n]) * 16 for n in (51, 52, 53)]

ids = st.sampled_from(RECORDS) | st.binary(min_size=16, max_size=16)
plain = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=40)
values = plain | st.binary(max_size=40) | ids | st.lists(plain, max_size=3)
stamps = st.builds(Stamp, st.integers(1, 50), st.sampled_from(REPLICAS))
elements = st.text(max_size=8) | st.integers(0, 9) | st.binary(max_size=4)


@st.composite
def set_fields(draw: st.DrawFn) -> SetFields:
    fields = draw(st.dictionaries(st.integers(1, 300), values, min_size=1, max_size=4))
    based = draw(st.lists(st.sampled_from(sorted(fields)), unique=True, max_size=2))
    bases = {field: draw(st.lists(stamps, min_size=1, max_size=2)) for field in based}
    return SetFields(draw(st.integers(1, 200)), draw(ids), fields, bases)


ops = st.one_of(
    set_fields(),
    st.builds(EditText, st.integers(1, 200), ids, st.integers(1, 9), st.binary(max_size=30)),
    st.builds(Delete, st.integers(1, 200), ids, stamps),
    st.builds(Restore, st.integers(1, 200), ids),
    st.builds(
        ChangeSet,
        st.integers(1, 200),
        ids,
        st.integers(1, 9),
        st.lists(elements, max_size=3),
        st.lists(st.tuples(elements, st.lists(stamps, max_size=2)), max_size=2),
    ),
    st.just(UnknownOp(msgspec.msgpack.encode([9, 10, RECORDS[0], ["new"]]))),
    st.just(UnknownOp(msgspec.msgpack.encode([1, 10, RECORDS[0], {}, {}, 6]))),
)


@st.composite
def chains(draw: st.DrawFn, most: int = 12) -> list[Group]:
    """Groups of several replicas in several spaces, each chain contiguous from its first."""
    last: dict[tuple[Id, Id], Group] = {}
    clock = draw(st.integers(0, 2**57))
    made = []
    for _ in range(draw(st.integers(0, most))):
        space, replica = draw(st.sampled_from(SPACES)), draw(st.sampled_from(REPLICAS))
        before = last.get((space, replica))
        clock += draw(st.integers(1, 2**40))
        group = Group(
            space=space,
            replica=replica,
            seq=before.seq + 1 if before else FIRST_SEQ,
            prev=group_hash(before.raw) if before else NO_HASH,
            author=draw(st.sampled_from(MEMBERS)),
            clock=clock,
            written_ms=draw(st.integers(-(2**40), 2**41)),
            seen=draw(st.integers(0, 1000)),
            ops=tuple(draw(st.lists(ops, max_size=4))),
        )
        last[space, replica] = group
        made.append(group)
    return made


def group_of(op: Op, *, clock: int, replica: Id = REPLICAS[0], author: Id = MEMBERS[0]) -> Group:
    """A group of one operation, for merge tests; its place in a chain is not meant."""
    return Group(SPACES[0], replica, 1, NO_HASH, author, clock, clock, 0, (op,))


def new_record(space: Id, replica: Id, seq: int, clock: int) -> Id:
    """The id of the record made by the first operation of that group."""
    return created_id(Maker(space, replica, seq, clock), 0)
