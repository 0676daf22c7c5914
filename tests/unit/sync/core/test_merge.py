"""A record's state is the same whatever order its operations arrive in, and however often."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core import text
from sync.core.clock import Stamp
from sync.core.errors import Malformed
from sync.core.group import Group
from sync.core.ids import Id
from sync.core.merge import Elements, Merge, RecordState, Register, applied
from sync.core.ops import ChangeSet, Delete, EditText, Op, Restore, SetFields
from tests.support.made import MEMBERS, RECORDS, REPLICAS, group_of

LAST, ONCE, HUMAN, SET, HIGH, TEXT = 1, 2, 3, 4, 5, 6
RULES = {
    LAST: Merge.LAST,
    ONCE: Merge.ONCE,
    HUMAN: Merge.HUMAN,
    SET: Merge.SET,
    HIGH: Merge.HIGH,
    TEXT: Merge.TEXT,
}
A, B, C = REPLICAS


def folded(groups: Sequence[Group]) -> RecordState:
    state = RecordState()
    for group in groups:
        for op in group.known_ops():
            state = applied(state, group, op, RULES.__getitem__)
    return state


def put(field: int, value: object, clock: int, replica: Id = A, saw: Sequence[Stamp] = ()) -> Group:
    bases = {field: list(saw)} if saw else {}
    op = SetFields(10, RECORDS[0], {field: value}, bases)
    return group_of(op, clock=clock, replica=replica)


small_texts = st.text("ab ", max_size=3)
stamps = st.builds(Stamp, st.integers(1, 9), st.sampled_from(REPLICAS))
UPDATES = [
    text.edited(b"", word, lambda n, k=k: bytes([k]) * n) or b"" for k, word in enumerate("xyz", 1)
]


@st.composite
def histories(draw: st.DrawFn, *, faulty: bool = False) -> list[Group]:
    """One operation per stamp, as replicas issue them; faulty: several."""
    few = st.builds(Stamp, st.integers(8, 9), st.just(A))
    places = draw(st.lists(few if faulty else stamps, unique=not faulty, max_size=7))
    return [group_of(draw(_ops()), clock=place.clock, replica=place.replica) for place in places]


@st.composite
def _ops(draw: st.DrawFn) -> Op:
    record = RECORDS[0]
    seen = draw(st.lists(stamps, max_size=2))
    return draw(
        st.one_of(
            st.builds(lambda v: SetFields(10, record, {LAST: v, ONCE: v}), small_texts),
            st.builds(lambda v: SetFields(10, record, {HUMAN: v}, {HUMAN: seen}), small_texts),
            st.builds(
                lambda v: SetFields(10, record, {HIGH: v}),
                st.dictionaries(st.sampled_from(REPLICAS), st.integers(0, 9), max_size=2),
            ),
            st.builds(
                lambda add, gone: ChangeSet(10, record, SET, [add], [(gone, seen)]),
                st.sampled_from("pq"),
                st.sampled_from("pq"),
            ),
            st.builds(lambda u: EditText(10, record, TEXT, u), st.sampled_from(UPDATES)),
            st.builds(lambda s: Delete(10, record, s), stamps),
            st.just(Restore(10, record)),
        )
    )


def comparable(state: RecordState) -> object:
    """The state with texts as they read: merged bytes may differ, what they say may not."""
    values = {n: (type(f), f.value if n == TEXT else f) for n, f in state.fields.items()}
    return values, state.created, state.edited, state.deleted, state.restored, state.deleted_saw


@given(histories(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(history: list[Group], random: object) -> None:
    again = [*history, *history]
    random.shuffle(again)  # type: ignore[attr-defined]
    assert comparable(folded(again)) == comparable(folded(history))


@given(histories(faulty=True), st.randoms(use_true_random=False))
def test_nor_do_they_where_a_faulty_program_wrote_twice_with_one_stamp(
    history: list[Group], random: object
) -> None:
    again = [*history, *history]
    random.shuffle(again)  # type: ignore[attr-defined]
    assert comparable(folded(again)) == comparable(folded(history))


def test_the_last_writer_wins_and_ties_go_by_replica() -> None:
    assert folded([put(LAST, "late", 5), put(LAST, "early", 4)]).value(LAST) == "late"
    assert folded([put(LAST, "b", 5, B), put(LAST, "a", 5, A)]).value(LAST) == "b"


def test_a_once_field_keeps_its_first_value() -> None:
    assert folded([put(ONCE, "second", 5), put(ONCE, "first", 4)]).value(ONCE) == "first"


def test_an_edit_of_what_was_seen_replaces_it() -> None:
    first = put(HUMAN, "one", 1, A)
    state = folded([first, put(HUMAN, "two", 2, B, saw=[first.stamp])])
    assert state.value(HUMAN) == "two"
    assert state.two_versions() == []


def test_concurrent_human_edits_are_both_kept() -> None:
    first = put(HUMAN, "one", 1, A)
    mine = put(HUMAN, "mine", 2, A, saw=[first.stamp])
    theirs = put(HUMAN, "theirs", 3, B, saw=[first.stamp])
    state = folded([first, theirs, mine])
    assert state.two_versions() == [HUMAN]
    register = state.fields[HUMAN]
    assert isinstance(register, Register)
    assert [version.value for version in register.versions] == ["theirs", "mine"]


def test_two_who_wrote_the_same_do_not_disagree() -> None:
    mine, theirs = put(HUMAN, "Week 3 forum", 2, A), put(HUMAN, "Week 3 forum", 3, B)
    state = folded([mine, theirs])
    assert state.value(HUMAN) == "Week 3 forum"
    assert state.two_versions() == []


def test_choosing_between_two_versions_settles_them_everywhere() -> None:
    mine, theirs = put(HUMAN, "mine", 2, A), put(HUMAN, "theirs", 3, B)
    choice = put(HUMAN, "both", 4, C, saw=[mine.stamp, theirs.stamp])
    for order in ([mine, theirs, choice], [choice, mine, theirs], [theirs, choice, mine]):
        state = folded(order)
        assert state.value(HUMAN) == "both"
        assert state.two_versions() == []


def test_an_addition_that_the_remover_had_not_seen_stays() -> None:
    def change(add: list[str], gone: list[tuple[str, list[Stamp]]], clock: int, who: Id) -> Group:
        return group_of(ChangeSet(10, RECORDS[0], SET, add, gone), clock=clock, replica=who)

    first = change(["wet season"], [], 1, A)
    again = change(["wet season"], [], 2, B)
    removal = change([], [("wet season", [first.stamp])], 3, C)
    assert folded([first, removal]).value(SET) == []
    assert folded([removal, again, first]).value(SET) == ["wet season"]


def test_the_stamps_to_remove_are_those_still_standing() -> None:
    add = ChangeSet(10, RECORDS[0], SET, ["x", "y"], [])
    state = folded([group_of(add, clock=1)]).fields[SET]
    assert isinstance(state, Elements)
    assert state.additions_of("x") == [Stamp(1, A)]
    assert state.additions_of("z") == []


def test_reading_on_two_computers_adds_up() -> None:
    state = folded([put(HIGH, {B: 3, C: 9}, 1), put(HIGH, {B: 7}, 2, B), put(HIGH, {B: 5}, 3, C)])
    assert state.value(HIGH) == {B: 7, C: 9}


def test_a_deleted_record_keeps_its_words_and_comes_back() -> None:
    first = put(HUMAN, "words", 1)
    gone = group_of(Delete(10, RECORDS[0], first.stamp), clock=2)
    state = folded([first, gone])
    assert state.in_trash
    assert not state.edited_since_deleted
    assert state.value(HUMAN) == "words"
    back = group_of(Restore(10, RECORDS[0]), clock=3)
    assert not folded([back, gone, first]).in_trash


def test_an_edit_unseen_by_the_deleter_is_told() -> None:
    first = put(HUMAN, "words", 1)
    edit = put(HUMAN, "more words", 2, B, saw=[first.stamp])
    gone = group_of(Delete(10, RECORDS[0], first.stamp), clock=3, replica=A)
    assert folded([first, gone, edit]).edited_since_deleted


def test_a_deletion_that_arrives_first_waits_for_its_record() -> None:
    gone = group_of(Delete(10, RECORDS[0], Stamp(1, A)), clock=2)
    assert not folded([gone]).exists
    assert folded([gone, put(LAST, "x", 1)]).in_trash


def test_who_made_and_who_edited_a_record_is_known() -> None:
    made = group_of(SetFields(10, RECORDS[0], {LAST: "x"}), clock=1, author=MEMBERS[0])
    edit = group_of(SetFields(10, RECORDS[0], {LAST: "y"}), clock=2, author=MEMBERS[1])
    state = folded([edit, made])
    assert state.created is not None
    assert state.created.author == MEMBERS[0]
    assert state.edited is not None
    assert state.edited.author == MEMBERS[1]


@pytest.mark.parametrize(
    "op",
    [
        SetFields(10, RECORDS[0], {TEXT: "set"}),
        SetFields(10, RECORDS[0], {SET: ["x"]}),
        SetFields(10, RECORDS[0], {HIGH: "x"}),
        EditText(10, RECORDS[0], LAST, UPDATES[0]),
        EditText(10, RECORDS[0], TEXT, b"\xff\xff\xff"),
        ChangeSet(10, RECORDS[0], LAST, ["x"], []),
    ],
)
def test_an_operation_that_does_not_fit_the_field_is_refused(op: Op) -> None:
    with pytest.raises(Malformed):
        applied(RecordState(), group_of(op, clock=1), op, RULES.__getitem__)
