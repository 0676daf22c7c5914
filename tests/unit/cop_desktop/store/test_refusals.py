"""What an action does not write: what the catalogue does not allow, what is not here."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cop_desktop.store import Action, Replica
from cop_desktop.store.errors import Missing, Refused
from sync.core.ids import Id
from sync.core.limits import MAX_OPS_PER_GROUP
from tests.support.replicas import (
    COMMUNITY,
    DIRECTORY,
    ManualClock,
    enrolled,
    new_id,
    rows_of,
)


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with enrolled(tmp_path, clock=ManualClock(step_ms=1)) as replica:
        yield replica


def new_topic(replica: Replica, **fields: object) -> Id:
    with replica.write() as action:
        return action.create("topic", COMMUNITY, {"title": "Attendance", **fields})


Verb = Callable[[Action, Id], object]


def pin_and_do(replica: Replica, verb: Verb, topic: Id) -> None:
    with replica.write() as action:
        action.set("topic", topic, {"pinned": True})
        verb(action, topic)


@pytest.mark.parametrize(
    "verb",
    [
        lambda action, topic: action.create("topic", COMMUNITY, {}),
        lambda action, topic: action.create("topic", COMMUNITY, {"title": "x" * 301}),
        lambda action, topic: action.create("topic", COMMUNITY, {"title": 7}),
        lambda action, topic: action.create("topic", COMMUNITY, {"title": "x", "colour": "red"}),
        lambda action, topic: action.create("topic", DIRECTORY, {"title": "x"}),
        lambda action, topic: action.create("song", COMMUNITY, {"title": "x"}),
        lambda action, topic: action.create("reaction", COMMUNITY, {"target": topic}),
        lambda action, topic: action.create("topic", COMMUNITY, {"title": "lone \ud800"}),
        lambda action, topic: action.create("draft", COMMUNITY, {"place": "\ud800"}),
        lambda action, topic: action.set("topic", topic, {"title": None}),
        lambda action, topic: action.set("topic", topic, {"title": 1.5}),
        lambda action, topic: action.set("topic", topic, {"colour": "red"}),
        lambda action, topic: action.change_set("topic", topic, "title", add=["x"]),
        lambda action, topic: action.change_set("topic", topic, "tags", add=["x" * 301]),
        lambda action, topic: action.change_set("topic", topic, "tags", add=[["nested"]]),
        lambda action, topic: action.edit_text("topic", topic, "title", "x"),
        lambda action, topic: action.create("school", COMMUNITY, {"name": "x"}),
    ],
)
def test_what_the_catalogue_does_not_allow_is_refused_and_nothing_written(
    replica: Replica, verb: Verb
) -> None:
    topic = new_topic(replica)
    before = rows_of(replica)
    with pytest.raises(Refused) as refused:
        pin_and_do(replica, verb, topic)
    assert refused.value.problems
    assert rows_of(replica) == before


@pytest.mark.parametrize("value", ["no map", {"k": "v"}])
def test_a_map_of_numbers_takes_nothing_else(replica: Replica, value: object) -> None:
    assert replica.account is not None
    topic = new_topic(replica)
    with pytest.raises(Refused), replica.write() as action:
        action.create("read_mark", replica.account.personal, {"target": topic, "read": value})


@pytest.mark.parametrize(
    "verb",
    [
        lambda action, absent: action.set("topic", absent, {"title": "x"}),
        lambda action, absent: action.delete("topic", absent),
        lambda action, absent: action.restore("topic", absent),
        lambda action, absent: action.state("topic", absent),
        lambda action, absent: action.change_set("topic", absent, "tags", add=["x"]),
        lambda action, absent: action.edit_text("meeting_notes", absent, "text", "x"),
        lambda action, absent: action.create("topic", absent, {"title": "x"}),
    ],
)
def test_what_is_not_here_is_missing(replica: Replica, verb: Verb) -> None:
    with pytest.raises(Missing), replica.write() as action:
        verb(action, new_id(77))


def write_topics(replica: Replica, count: int) -> None:
    with replica.write() as action:
        for number in range(count):
            action.create("topic", COMMUNITY, {"title": str(number)})


def test_an_action_of_too_many_operations_is_refused_whole(replica: Replica) -> None:
    with pytest.raises(Refused, match="operations"):
        write_topics(replica, MAX_OPS_PER_GROUP + 1)
    assert rows_of(replica) == {}


def test_an_action_may_have_as_many_operations_as_a_group_takes(replica: Replica) -> None:
    write_topics(replica, MAX_OPS_PER_GROUP)
    assert len(rows_of(replica)["topic"]) == MAX_OPS_PER_GROUP
