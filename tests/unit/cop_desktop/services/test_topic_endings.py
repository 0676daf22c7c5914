"""What a topic was for is done: the day it is needed by, its ending, what came of it."""

from datetime import date

import pytest

from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit, TopicFilter
from cop_desktop.services.errors import NotAllowed
from sync.core.ids import Id
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

SEPTEMBER_20 = date(2026, 9, 20)
OCTOBER_20 = date(2026, 10, 20)


def start(discussions: Discussions, title: str, needed_by: date | None = None) -> Id:
    return discussions.start_topic(COMMUNITY, NewTopic(title, needed_by=needed_by)).id


def titles(discussions: Discussions, *, ended: bool | None) -> set[str]:
    chosen = TopicFilter(ended=ended)
    return {topic.title for topic in discussions.topics(COMMUNITY, wanted=chosen)}


def test_a_topic_ends_with_what_came_of_it_and_is_opened_again(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    roads = start(ben, "Roads")
    start(ben, "Water")
    village.turn_clocks(days=1)
    ben.end_topic(roads, "The **north** road, from Monday")
    village.meet()
    topic = anna.thread(roads).topic
    assert (topic.ended, topic.outcome) == (True, "The **north** road, from Monday")
    assert topic.ended_at is not None
    assert (topic.ended_at - topic.written).days == 1
    assert topic.edited is None
    assert titles(anna, ended=True) == {"Roads"}
    assert titles(anna, ended=False) == {"Water"}
    assert titles(anna, ended=None) == {"Roads", "Water"}
    anna.reopen_topic(roads)
    assert titles(anna, ended=False) == {"Roads", "Water"}
    anna.end_topic(roads)
    assert anna.thread(roads).topic.outcome == "The **north** road, from Monday"


def test_two_who_say_at_once_what_came_of_it_are_both_kept(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    roads = start(ben, "Roads")
    village.meet()
    ben.end_topic(roads, "Open", ben.seen(roads))
    anna.end_topic(roads, "Closed", anna.seen(roads))
    village.meet()
    assert ben.thread(roads).topic.two_versions
    assert [version.field for version in ben.versions(roads)] == ["outcome"]


def test_a_topic_of_somebody_else_is_ended_by_facilitators_alone(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    roads = start(anna, "Roads")
    village.meet()
    with pytest.raises(NotAllowed):
        ben.end_topic(roads, "Open")
    with pytest.raises(NotAllowed):
        ben.reopen_topic(roads)


def test_a_topic_is_overdue_from_the_day_after_until_it_is_answered_or_ended(
    village: Village, ben: Discussions
) -> None:
    late, later = start(ben, "Late", SEPTEMBER_20), start(ben, "Later", OCTOBER_20)

    def overdue() -> dict[str, bool]:
        rows = {topic.title: topic.is_overdue for topic in ben.topics(COMMUNITY)}
        assert rows == {ben.thread(t).topic.title: ben.thread(t).topic.is_overdue for t in both}
        return rows

    both = (late, later)
    assert overdue() == {"Late": True, "Later": False}
    answer = ben.reply(late, "Here").id
    ben.resolve(late, answer)
    assert overdue() == {"Late": False, "Later": False}
    ben.resolve(late, None)
    ben.edit_topic(late, TopicEdit(needed_by=OCTOBER_20))
    assert ben.thread(late).topic.needed_by == OCTOBER_20
    village.turn_clocks(days=60)
    assert overdue() == {"Late": True, "Later": True}
    ben.edit_topic(late, TopicEdit(title="Late still"))
    ben.edit_topic(late, TopicEdit(no_day=True))
    ben.end_topic(later)
    assert overdue() == {"Late still": False, "Later": False}
    assert ben.thread(late).topic.needed_by is None
