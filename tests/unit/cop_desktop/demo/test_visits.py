"""The turns in which the members of the sample do their parts."""

from datetime import UTC, date, datetime

import pytest

from cop_desktop import paths
from cop_desktop.demo.cast import Actor
from cop_desktop.demo.content import read_sample
from cop_desktop.demo.events import Event
from cop_desktop.demo.timeline import Timeline
from cop_desktop.demo.visits import Visit, visits

NOON = datetime(2026, 8, 12, 12, tzinfo=UTC)


def nothing(_actor: Actor) -> None:
    """A deed that only has a place in the plan."""


def event(who: str, makes: str, *needs: str) -> Event:
    return Event(NOON, who, nothing, makes, frozenset(needs))


def told(planned: list[Visit]) -> list[tuple[str, list[str]]]:
    return [(visit.who, [e.makes for e in visit.events]) for visit in planned]


def test_who_needs_nobody_does_everything_at_once() -> None:
    planned = visits([event("anna", "a"), event("ben", "b"), event("anna", "a2", "a")])
    assert told(planned) == [("anna", ["a", "a2"]), ("ben", ["b"])]


def test_who_answers_does_it_all_in_one_visit() -> None:
    events = [event("anna", "q1"), event("ben", "r1", "q1"), event("anna", "q2")]
    planned = visits([*events, event("ben", "r2", "q2")])
    assert told(planned) == [("anna", ["q1", "q2"]), ("ben", ["r1", "r2"])]


def test_first_comes_what_many_wait_for_one_after_the_other() -> None:
    chain = [event("anna", "1"), event("ben", "2", "1"), event("cleo", "3", "2")]
    planned = visits([event("dora", "a"), event("dora", "b"), *chain])
    assert told(planned)[0] == ("anna", ["1"])


def test_two_who_answer_each_other_take_turns() -> None:
    events = [event("anna", "1"), event("ben", "2", "1"), event("anna", "3", "2")]
    assert [visit.who for visit in visits(events)] == ["anna", "ben", "anna"]


def test_an_event_that_needs_what_nobody_makes_is_an_error() -> None:
    with pytest.raises(ValueError, match="nobody"):
        visits([event("anna", "1", "missing")])


def test_two_events_that_wait_for_each_other_are_an_error() -> None:
    with pytest.raises(ValueError, match="nobody"):
        visits([event("anna", "1", "2"), event("ben", "2", "1")])


def test_the_sample_is_played_whole_with_what_each_event_needs_and_in_few_visits() -> None:
    sample = read_sample(paths.resources_dir() / "sample")
    events = Timeline(sample, date(2026, 8, 12), lambda key: key.encode()).events()
    planned = visits(events)
    made: set[str] = set()
    for visit in planned:
        for each in visit.events:
            assert each.needs <= made
            made.add(each.makes)
    done = [each for visit in planned for each in visit.events]
    assert len(done) == len(events)
    assert set(done) == set(events)
    assert len(planned) <= 5 * len(sample.community.members)
