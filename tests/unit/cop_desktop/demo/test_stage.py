"""The running demonstration: one at a time, and a second member who answers."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cop_desktop.commands.session import connected, system_clock
from cop_desktop.demo.content import Sample
from cop_desktop.demo.stage import InUse, Stage
from cop_desktop.services.communities import Communities
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.store import Replica
from sync.client.errors import SyncError
from sync.client.settling import Settling
from sync.core.ids import Id
from tests.support.small_sample import small_sample

PATIENCE_S = 30.0


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return small_sample(tmp_path / "sample")


@pytest.fixture
def stage(tmp_path: Path, sample: Sample) -> Iterator[Stage]:
    with Stage(tmp_path / "demo", sample) as made:
        yield made


def nobody(_done: int, _total: int) -> None:
    """Hears nothing."""


def settle(replica: Replica) -> None:
    assert replica.account is not None
    with connected(replica, replica.account.server_url) as exchanger:
        Settling(exchanger).run()


def wait_for(replica: Replica, reached: Callable[[], bool]) -> None:
    until_s = time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < until_s, "it did not come about"
        settle(replica)


def answers_of(replica: Replica, topic: Id) -> list[str]:
    return [post.body for post in Discussions(replica).thread(topic).posts]


def test_a_second_start_on_the_same_folder_is_told_so(
    stage: Stage, sample: Sample, tmp_path: Path
) -> None:
    assert stage.made_at is None
    with pytest.raises(InUse), Stage(tmp_path / "demo", sample):
        pytest.fail("two at once")


def test_nothing_is_there_before_it_was_prepared(stage: Stage) -> None:
    assert stage.made_at is None
    stage.prepare(nobody)
    assert stage.made_at is not None
    assert stage.made_at <= datetime.now(UTC)


def test_what_the_person_writes_is_answered_once_also_after_a_new_start(stage: Stage) -> None:
    stage.prepare(nobody)
    stage.start()
    with Replica.open(stage.person_folder, system_clock()) as person:
        community = Communities(person).mine()[0].id
        topic = Discussions(person).start_topic(community, NewTopic("Fans", "Who has fans?")).id
        wait_for(person, lambda: len(answers_of(person, topic)) == 1)
        reply = Discussions(person).reply(topic, "We tried one.").id
        settle(person)
    stage.stop()  # within the seconds in which the second member thinks
    stage.start()
    with Replica.open(stage.person_folder, system_clock()) as person:
        wait_for(person, lambda: len(answers_of(person, topic)) == 3)
        posts = Discussions(person).thread(topic).posts
        assert [post.parent for post in posts] == [None, None, reply]


def test_pulling_the_plug_leaves_everything_to_be_sent_later(stage: Stage) -> None:
    stage.prepare(nobody)
    stage.start()
    assert not stage.switch_server()
    with Replica.open(stage.person_folder, system_clock()) as person:
        community = Communities(person).mine()[0].id
        topic = Discussions(person).start_topic(community, NewTopic("Fans", "Who has fans?")).id
        with pytest.raises(SyncError):
            settle(person)
        assert stage.switch_server()
        wait_for(person, lambda: len(answers_of(person, topic)) == 1)
    stage.stop()
    assert not stage.switch_server()
