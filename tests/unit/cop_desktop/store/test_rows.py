"""A record's state as a row, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.store import rows
from sync.catalogue.declare import Kind
from sync.catalogue.discussions import POST, TOPIC
from sync.catalogue.meetings import MEETING_NOTES
from sync.catalogue.personal import READ_MARK
from sync.core.errors import Malformed
from sync.core.group import Group
from sync.core.ids import NO_HASH, Id
from sync.core.merge import RecordState, applied
from sync.core.ops import ChangeSet, Op, SetFields
from tests.support.made import MEMBERS, REPLICAS, SPACES
from tests.support.record_ops import LATEST, ops_on, values

RECORD = b"r" * 16
KINDS = (TOPIC, POST, MEETING_NOTES, READ_MARK)


def group_of(op: Op, clock: int, replica: Id = REPLICAS[0], author: Id = MEMBERS[0]) -> Group:
    return Group(SPACES[0], replica, 1, NO_HASH, author, clock, clock * 3, 0, (op,))


def state_after(groups: list[Group], kind: Kind) -> RecordState:
    state = RecordState()
    for group in groups:
        for op in group.known_ops():
            try:
                state = applied(state, group, op, kind.merge_of)
            except Malformed:
                continue
    return state


@st.composite
def states(draw: st.DrawFn) -> tuple[Kind, RecordState]:
    kind = draw(st.sampled_from(KINDS))
    group = st.builds(
        group_of,
        ops_on(kind, RECORD),
        st.integers(1, LATEST),
        st.sampled_from(REPLICAS),
        st.sampled_from(MEMBERS),
    )
    return kind, state_after(draw(st.lists(group, max_size=6)), kind)


@given(states())
def test_a_row_tells_all_that_was_known_of_the_record(made: tuple[Kind, RecordState]) -> None:
    kind, state = made
    if state.exists:
        assert rows.state_of(kind, rows.row_of(kind, state)) == state
    assert rows.decode_state(rows.encode_state(state)) == state


@given(st.sampled_from(KINDS), st.dictionaries(st.integers(1, 12), values, max_size=5))
def test_a_record_written_once_gets_the_same_row_by_the_short_way(
    kind: Kind, fields: dict[int, object]
) -> None:
    op = SetFields(kind.number, RECORD, fields)
    group = group_of(op, 7)
    short = rows.row_of_creation(kind, group, op)
    state = state_after([group], kind)
    if short is not None:
        assert short == {**rows.row_of(kind, state), "created_seq": group.seq}


def test_a_record_that_was_written_once_keeps_nothing_beside_its_columns() -> None:
    group = group_of(SetFields(TOPIC.number, RECORD, {1: "Attendance", 5: True}), 7)
    row = rows.row_of(TOPIC, state_after([group], TOPIC))
    assert row["rest"] is None
    assert (row["title"], row["pinned"], row["body"]) == ("Attendance", True, None)
    assert (row["created_ms"], row["created_by"], row["created_clock"]) == (21, MEMBERS[0], 7)


def test_a_value_of_another_type_than_declared_is_kept_but_not_shown() -> None:
    group = group_of(SetFields(TOPIC.number, RECORD, {1: 12, 5: 1, 3: True}), 7)
    state = state_after([group], TOPIC)
    row = rows.row_of(TOPIC, state)
    assert (row["title"], row["pinned"], row["activity"]) == (None, None, None)
    assert rows.state_of(TOPIC, row) == state


def test_two_versions_of_a_title_are_counted_and_the_later_one_shown() -> None:
    first, second = (
        group_of(SetFields(TOPIC.number, RECORD, {1: title}), clock, replica)
        for title, clock, replica in (("Old", 5, REPLICAS[0]), ("New", 6, REPLICAS[1]))
    )
    row = rows.row_of(TOPIC, state_after([first, second], TOPIC))
    assert (row["title"], row["versions"]) == ("New", 1)


def test_a_map_of_numbers_is_read_from_its_column() -> None:
    group = group_of(SetFields(READ_MARK.number, RECORD, {2: {REPLICAS[0]: 4}}), 7)
    row = rows.row_of(READ_MARK, state_after([group], READ_MARK))
    assert rows.decode_high(row["read"]) == {REPLICAS[0]: 4}
    assert rows.decode_high(None) == {}


def test_a_set_shows_as_a_json_list_with_bytes_in_hexadecimal() -> None:
    group = group_of(ChangeSet(TOPIC.number, RECORD, 4, ["wet, dry", b"\x01\xff"], []), 7)
    row = rows.row_of(TOPIC, state_after([group], TOPIC))
    assert row["tags"] in ('["wet, dry","01ff"]', '["01ff","wet, dry"]')


def test_a_record_that_nobody_wrote_to_has_no_row() -> None:
    with pytest.raises(ValueError, match="nobody"):
        rows.row_of(TOPIC, RecordState())
