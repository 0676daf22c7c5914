"""Several groups in one transaction, and records that several people make alike."""

from pathlib import Path

import pytest

from cop_desktop.store import ItemState, Replica
from cop_desktop.store.errors import Refused
from sync.catalogue.meetings import MEETING_NOTES
from sync.core.group import group_hash
from sync.core.ids import natural_id
from sync.core.text import merged, read_text
from tests.support.replicas import BEN, COMMUNITY, ManualClock, enrolled

TOPIC = natural_id(10, COMMUNITY, "brought in")


def test_new_groups_follow_each_other_in_one_chain(tmp_path: Path) -> None:
    with enrolled(tmp_path) as replica:
        with replica.write() as action:
            topic = action.create("topic", COMMUNITY, {"title": "One"})
            action.new_groups()
            action.create("post", COMMUNITY, {"topic": topic, "body": "Two"})
            action.new_groups()
            action.new_groups()
        [first] = replica.history(topic)
        [second] = [
            entry for post in action.changed.records - {topic} for entry in replica.history(post)
        ]
        assert (first.group.seq, second.group.seq) == (1, 2)
        assert second.group.prev == group_hash(first.group.raw)
        assert second.group.clock > first.group.clock
        assert action.changed.kinds == {"topic", "post"}
        assert replica.item_state(topic) is ItemState.WAITING


def test_a_record_of_an_earlier_group_can_be_changed_in_a_later_one(tmp_path: Path) -> None:
    with enrolled(tmp_path) as replica:
        with replica.write() as action:
            topic = action.create("topic", COMMUNITY, {"title": "One"})
            action.new_groups()
            action.set("topic", topic, {"title": "Two"})
        state = replica.state("topic", topic)
        assert state.value(1) == "Two"
        assert state.two_versions() == []
        assert len(replica.history(topic)) == 2


def test_nothing_of_many_groups_is_kept_if_one_is_refused(tmp_path: Path) -> None:
    with enrolled(tmp_path) as replica:
        with pytest.raises(Refused):
            write_one_too_long(replica)
        with replica.read() as rows:
            assert rows.execute(replica.tables["topic"].select()).all() == []
        assert replica.history(TOPIC) == []


def write_one_too_long(replica: Replica) -> None:
    with replica.write() as action:
        action.create("topic", COMMUNITY, {"title": "One"}, record=TOPIC)
        action.new_groups()
        action.create("topic", COMMUNITY, {"title": "x" * 301})


def test_two_who_make_the_same_record_with_the_same_text_make_one_text(tmp_path: Path) -> None:
    states = []
    for member, seed in ((BEN, 5), (BEN[::-1], 6)):
        clock = ManualClock(seed=seed)
        with enrolled(tmp_path / str(seed), member=member, clock=clock) as replica:
            with replica.write() as action:
                fields = {"meeting": TOPIC, "text": "Kia ora koutou.\n"}
                notes = action.create("meeting_notes", COMMUNITY, fields)
            assert notes == MEETING_NOTES.id_for(COMMUNITY, TOPIC)
            states.append(replica.text("meeting_notes", notes, "text").state)
    assert read_text(merged(states[0], states[1])) == "Kia ora koutou.\n"
