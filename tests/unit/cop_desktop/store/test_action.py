"""What a person's action writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from cop_desktop.store import ItemState, Replica
from cop_desktop.store.errors import NotEnrolled, Refused
from sync.catalogue.discussions import REACTION
from sync.catalogue.meetings import MEETING_NOTES
from sync.core.group import Group, group_hash
from sync.core.ids import NO_HASH, Id, created_id
from sync.core.ops import ChangeSet, Delete, SetFields
from sync.core.signing import SigningKey, check_group_signature
from tests.support.replicas import (
    ANNA,
    COMMUNITY,
    NOON_MS,
    ManualClock,
    enrolled,
    new_id,
    opened,
    rows_of,
)

Row = dict[str, object]


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with enrolled(tmp_path, clock=ManualClock(step_ms=1)) as replica:
        yield replica


def new_topic(replica: Replica, **fields: object) -> Id:
    with replica.write() as action:
        return action.create("topic", COMMUNITY, {"title": "Attendance", **fields})


def row(replica: Replica, kind: str, record: Id) -> Row:
    [found] = [row for row in rows_of(replica)[kind] if row["id"] == record]
    return found


def groups(replica: Replica, record: Id) -> list[Group]:
    return [entry.group for entry in replica.history(record)]


def test_a_new_record_has_its_values_and_who_made_it_when(replica: Replica) -> None:
    topic = new_topic(replica, activity="visits", pinned=False, body=None)
    found = row(replica, "topic", topic)
    assert (found["title"], found["activity"], found["pinned"], found["body"]) == (
        "Attendance",
        "visits",
        False,
        None,
    )
    assert (found["space"], found["created_by"], found["created_seq"]) == (COMMUNITY, ANNA, 1)
    assert 0 < int(str(found["created_ms"])) - NOON_MS < 100
    assert found["edited_clock"] == found["created_clock"]
    assert replica.item_state(topic) is ItemState.WAITING


def test_the_id_of_a_new_record_follows_from_its_group(replica: Replica) -> None:
    with replica.write() as action:
        first = action.create("topic", COMMUNITY, {"title": "One", "tags": ["a"]})
        second = action.create("topic", COMMUNITY, {"title": "Two"})
    [group] = groups(replica, second)
    assert first == created_id(group.maker, 0)
    assert second == created_id(group.maker, 2)


def test_groups_of_a_space_form_a_signed_chain(replica: Replica) -> None:
    topic = new_topic(replica)
    with replica.write() as action:
        action.set("topic", topic, {"title": "Attendance again"})
    first, second = groups(replica, topic)
    assert (first.seq, first.prev, second.seq) == (1, NO_HASH, 2)
    assert second.prev == group_hash(first.raw)
    assert second.clock > first.clock
    [last] = [page for page in replica.sync_side.unsent(10_000) if page.signature]
    assert replica.account is not None
    public_key = SigningKey(replica.account.seed).public
    check_group_signature(public_key, group_hash(last.raw or b""), last.signature)


def test_one_action_makes_one_group_in_each_space_it_touches(replica: Replica) -> None:
    assert replica.account is not None
    with replica.write() as action:
        topic = action.create("topic", COMMUNITY, {"title": "Attendance"})
        action.create("read_mark", replica.account.personal, {"target": topic})
        action.create("post", COMMUNITY, {"topic": topic, "body": "Yes"})
    assert action.changed.spaces == {COMMUNITY, replica.account.personal}
    assert action.changed.kinds == {"topic", "read_mark", "post"}
    assert len(action.changed.records) == 3
    assert [page.seq for page in replica.sync_side.unsent(10_000)] == [1, 1]


def write_and_fail(replica: Replica) -> None:
    with replica.write() as action:
        action.create("topic", COMMUNITY, {"title": "Attendance"})
        raise RuntimeError("changed my mind")


def test_nothing_is_written_when_the_action_fails(replica: Replica) -> None:
    before = rows_of(replica)
    with pytest.raises(RuntimeError, match="changed my mind"):
        write_and_fail(replica)
    assert rows_of(replica) == before
    assert replica.waiting().groups == 0
    new_topic(replica)
    assert replica.waiting().groups == 1


def test_an_action_without_writes_leaves_no_group(replica: Replica) -> None:
    topic = new_topic(replica)
    with replica.write() as action:
        action.set("topic", topic, {"title": "Attendance", "pinned": None})
        action.change_set("topic", topic, "tags", remove=["never there"])
        action.restore("topic", topic)
    assert not action.changed
    assert len(groups(replica, topic)) == 1


def test_only_what_differs_is_written_with_the_version_it_replaces(replica: Replica) -> None:
    topic = new_topic(replica, body="As it was", activity="visits")
    with replica.write() as action:
        action.set("topic", topic, {"title": "Attendance", "body": "Better", "activity": "visits"})
    created, edited = groups(replica, topic)
    [op] = edited.ops
    assert op == SetFields(10, topic, {2: "Better"}, {2: [created.stamp]})
    assert replica.state("topic", topic).two_versions() == []


def test_setting_a_field_twice_in_one_action_writes_it_once(replica: Replica) -> None:
    with replica.write() as action:
        topic = action.create("topic", COMMUNITY, {"title": "First"})
        action.set("topic", topic, {"title": "Second", "pinned": True})
        assert action.state("topic", topic).value(1) == "Second"
    [group] = groups(replica, topic)
    assert len(group.ops) == 1
    assert row(replica, "topic", topic)["title"] == "Second"


def test_a_flag_and_a_number_that_python_calls_equal_are_told_apart(replica: Replica) -> None:
    with replica.write() as action:
        meeting = action.create("meeting", COMMUNITY, {"title": "Forum", "starts": 1})
        action.set("meeting", meeting, {"starts": 0})
    with pytest.raises(Refused, match="starts"), replica.write() as action:
        action.set("meeting", meeting, {"starts": False})


def test_what_changed_while_an_editor_was_open_is_kept_as_a_second_version(
    replica: Replica,
) -> None:
    topic = new_topic(replica, body="Same")
    seen = replica.state("topic", topic)
    with replica.write() as action:
        action.set("topic", topic, {"title": "Came meanwhile"})
    with replica.write() as action:
        action.set("topic", topic, {"title": "Typed", "body": "Same"}, seen=seen)
    state = replica.state("topic", topic)
    assert state.two_versions() == [1]
    assert {version.value for version in state.fields[1].versions} == {"Came meanwhile", "Typed"}
    assert row(replica, "topic", topic)["versions"] == 1


def test_an_editor_does_not_undo_what_its_person_did_not_touch(replica: Replica) -> None:
    topic = new_topic(replica, body="Old")
    seen = replica.state("topic", topic)
    with replica.write() as action:
        action.set("topic", topic, {"body": "New"})
    with replica.write() as action:
        action.set("topic", topic, {"title": "Typed", "body": "Old"}, seen=seen)
    found = row(replica, "topic", topic)
    assert (found["title"], found["body"], found["versions"]) == ("Typed", "New", 0)


def two_versions(replica: Replica) -> Id:
    topic = new_topic(replica)
    seen = replica.state("topic", topic)
    for title in ("One", "Two"):
        with replica.write() as action:
            action.set("topic", topic, {"title": title}, seen=seen)
    assert replica.state("topic", topic).two_versions() == [1]
    return topic


def test_choosing_a_version_ends_the_two(replica: Replica) -> None:
    topic = two_versions(replica)
    with replica.write() as action:
        action.resolve("topic", topic, "title", "One")
    assert replica.state("topic", topic).two_versions() == []
    assert row(replica, "topic", topic)["title"] == "One"


def test_an_ordinary_edit_does_not_throw_the_other_version_away(replica: Replica) -> None:
    topic = two_versions(replica)
    with replica.write() as action:
        action.set("topic", topic, {"title": "Three"})
    values = {version.value for version in replica.state("topic", topic).fields[1].versions}
    assert values == {"One", "Three"}


def test_choosing_names_only_the_versions_that_were_seen(replica: Replica) -> None:
    topic = two_versions(replica)
    seen = replica.state("topic", topic)
    with replica.write() as action:
        action.resolve("topic", topic, "title", "Chosen elsewhere")
    with replica.write() as action:
        action.resolve("topic", topic, "title", "Chosen here", seen=seen)
    values = {version.value for version in replica.state("topic", topic).fields[1].versions}
    assert values == {"Chosen elsewhere", "Chosen here"}


def test_a_field_of_one_value_for_ever_stays(replica: Replica) -> None:
    topic = new_topic(replica, source="forum 7")
    with replica.write() as action:
        action.set("topic", topic, {"source": "forum 8"})
    assert row(replica, "topic", topic)["source"] == "forum 7"
    assert not action.changed


def test_elements_come_into_a_set_and_go(replica: Replica) -> None:
    topic = new_topic(replica, tags=["wet season", "boarding"])
    with replica.write() as action:
        action.change_set("topic", topic, "tags", add=["attendance", "boarding"])
        action.change_set("topic", topic, "tags", add=["slip"], remove=["wet season"])
        action.change_set("topic", topic, "tags", remove=["slip"])
    assert row(replica, "topic", topic)["tags"] == '["boarding","attendance"]'
    [op] = groups(replica, topic)[-1].ops
    assert isinstance(op, ChangeSet)
    assert (op.added, [gone for gone, _ in op.removed]) == (["attendance"], ["wet season"])


def test_an_element_taken_out_and_put_back_in_one_action_stays(replica: Replica) -> None:
    topic = new_topic(replica, tags=["wet season"])
    with replica.write() as action:
        action.change_set("topic", topic, "tags", remove=["wet season"])
        action.change_set("topic", topic, "tags", add=["wet season"])
    assert row(replica, "topic", topic)["tags"] == '["wet season"]'


def test_a_set_takes_the_list_that_it_shall_be(replica: Replica) -> None:
    topic = new_topic(replica, tags=["a", "b"])
    with replica.write() as action:
        action.set("topic", topic, {"tags": ["b", "c"]})
    assert row(replica, "topic", topic)["tags"] == '["b","c"]'


def test_the_greatest_number_of_each_key_counts(replica: Replica) -> None:
    assert replica.account is not None
    personal, one, two = replica.account.personal, b"1" * 16, b"2" * 16
    target = new_topic(replica)
    with replica.write() as action:
        mark = action.create("read_mark", personal, {"target": target, "read": {one: 5}})
        action.set("read_mark", mark, {"read": {one: 3, two: 1}})
        action.set("read_mark", mark, {"read": {two: 4}})
    assert replica.state("read_mark", mark).value(2) == {one: 5, two: 4}
    with replica.write() as action:
        action.set("read_mark", mark, {"read": {one: 5, two: 2}})
    assert not action.changed


def test_doing_a_thing_with_a_natural_key_twice_is_doing_it_once(replica: Replica) -> None:
    topic = new_topic(replica)
    thanks = {"target": topic, "member": ANNA, "sort": "thanks", "given": True}
    with replica.write() as action:
        first = action.create("reaction", COMMUNITY, thanks)
        assert action.create("reaction", COMMUNITY, {**thanks, "given": False}) == first
    with replica.write() as action:
        assert action.create("reaction", COMMUNITY, thanks) == first
    assert first == REACTION.id_for(COMMUNITY, topic, ANNA, "thanks")
    assert [found["given"] for found in rows_of(replica)["reaction"]] == [True]
    assert len(groups(replica, first)) == 2


def test_making_a_record_again_takes_it_out_of_the_trash(replica: Replica) -> None:
    meeting = new_id(5)
    present = {"meeting": meeting, "who": "Ben", "status": "present"}
    with replica.write() as action:
        attendance = action.create("attendance", COMMUNITY, present)
    with replica.write() as action:
        action.delete("attendance", attendance)
    assert row(replica, "attendance", attendance)["trashed"] is True
    with replica.write() as action:
        action.create("attendance", COMMUNITY, present)
    assert row(replica, "attendance", attendance)["trashed"] is False


def test_a_record_can_be_made_under_a_given_id(replica: Replica) -> None:
    given = new_id(8)
    for title in ("Forum", "Forum, moved"):
        with replica.write() as action:
            fields = {"title": title, "starts": 5}
            assert action.create("meeting", COMMUNITY, fields, record=given) == given
    assert row(replica, "meeting", given)["title"] == "Forum, moved"


def test_a_deletion_says_what_its_person_had_seen(replica: Replica) -> None:
    topic = new_topic(replica)
    with replica.write() as action:
        action.delete("topic", topic)
        action.delete("topic", topic)
    created, deleted = groups(replica, topic)
    assert deleted.ops == (Delete(10, topic, created.stamp),)
    found = row(replica, "topic", topic)
    assert (found["trashed"], found["edited_since"]) == (True, False)
    with replica.write() as action:
        action.restore("topic", topic)
    assert row(replica, "topic", topic)["trashed"] is False


def test_the_last_word_of_an_action_about_the_trash_counts(replica: Replica) -> None:
    topic = new_topic(replica)
    with replica.write() as action:
        action.delete("topic", topic)
        action.restore("topic", topic)
    assert row(replica, "topic", topic)["trashed"] is False
    with replica.write() as action:
        action.delete("topic", topic)
        action.restore("topic", topic)
        action.delete("topic", topic)
    assert row(replica, "topic", topic)["trashed"] is True


def test_what_is_made_and_deleted_in_one_action_is_in_the_trash(replica: Replica) -> None:
    with replica.write() as action:
        topic = action.create("topic", COMMUNITY, {"title": "Slip"})
        action.delete("topic", topic)
    found = row(replica, "topic", topic)
    assert (found["trashed"], found["edited_since"]) == (True, False)


def test_nobody_writes_before_enrolment(tmp_path: Path) -> None:
    with opened(tmp_path) as replica, pytest.raises(NotEnrolled), replica.write():
        pass


def test_an_action_inside_an_action_is_a_mistake_that_is_told(replica: Replica) -> None:
    with pytest.raises(RuntimeError, match="inside"), replica.write(), replica.write():
        pass


def test_a_reading_inside_an_action_does_not_see_it_but_its_state_does(replica: Replica) -> None:
    topic = new_topic(replica)
    titles = select(replica.tables["topic"].c.title)
    with replica.write() as action:
        action.set("topic", topic, {"title": "New"})
        with replica.read() as rows:
            assert rows.scalar(titles) == "Attendance"
        assert action.rows.scalar(titles) == "Attendance"
        assert action.state("topic", topic).value(1) == "New"


def test_a_long_text_that_nobody_wrote_yet_is_empty(replica: Replica) -> None:
    meeting = new_id(5)
    notes = MEETING_NOTES.id_for(COMMUNITY, meeting)
    with replica.write() as action:
        assert action.create("meeting_notes", COMMUNITY, {"meeting": meeting}) == notes
    assert row(replica, "meeting_notes", notes)["text"] is None
    assert replica.text("meeting_notes", notes, "text").text == ""
