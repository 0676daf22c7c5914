"""Following and muting: what a member wants to hear of, on all their computers."""

from cop_desktop.services.discussions import (
    Discussions,
    Level,
    NewTopic,
    TopicFilter,
    UnreadCounts,
)
from cop_desktop.services.following import Following
from sync.core.ids import Id
from tests.support.replicas import BEN, COMMUNITY
from tests.support.village import Village


def start(discussions: Discussions, title: str) -> Id:
    return discussions.start_topic(COMMUNITY, NewTopic(title)).id


def titles(discussions: Discussions, **wanted: object) -> list[str]:
    chosen = TopicFilter(**wanted)  # type: ignore[arg-type]
    return [topic.title for topic in discussions.topics(COMMUNITY, wanted=chosen)]


def test_a_muted_topic_is_counted_nowhere_and_still_shows_what_is_new(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    roads, water = start(anna, "Roads"), start(anna, "Water")
    village.meet()
    assert not ben.follow(roads, Level.USUAL)
    assert ben.follow(roads, Level.MUTE)
    village.turn_clocks(seconds=1)
    anna.reply(roads, "Closed again")
    village.meet()
    assert ben.unread_counts(COMMUNITY) == UnreadCounts(1, 1)
    assert titles(ben, unread_only=True) == ["Water"]
    rows = {row.title: (row.unread, row.level) for row in ben.topics(COMMUNITY)}
    assert rows == {"Roads": (2, Level.MUTE), "Water": (1, Level.USUAL)}
    thread = ben.thread(roads)
    assert (thread.topic.level, thread.posts[0].unread) == (Level.MUTE, True)
    ben.mark_read(water)
    assert ben.next_unread(COMMUNITY) is None


def test_marking_all_as_read_marks_what_is_muted_too(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    roads = start(anna, "Roads")
    village.meet()
    ben.follow(roads, Level.MUTE)
    assert ben.mark_all_read(COMMUNITY)
    assert [row.unread for row in ben.topics(COMMUNITY)] == [0]


def test_the_list_shows_what_is_followed_or_muted_alone(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    roads, water = start(anna, "Roads"), start(anna, "Water")
    start(anna, "Power")
    village.meet()
    ben.follow(roads, Level.FOLLOW)
    ben.follow(water, Level.MUTE)
    assert titles(ben, level=Level.FOLLOW) == ["Roads"]
    assert titles(ben, level=Level.MUTE) == ["Water"]
    assert titles(anna, level=Level.FOLLOW) == []
    assert Following(village.ben).at(Level.FOLLOW) == {roads}


def test_what_is_muted_here_is_muted_on_the_other_computer_and_comes_back(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    roads = start(anna, "Roads")
    village.meet()
    other = village.another_computer(BEN)
    ben.follow(roads, Level.MUTE)
    village.meet()
    there = Discussions(other)
    assert there.unread_counts(COMMUNITY) == UnreadCounts(0, 0)
    assert there.follow(roads, Level.USUAL)
    assert not there.follow(roads, Level.USUAL)
    village.meet()
    assert Following(village.ben).level(roads) is Level.USUAL
    assert ben.unread_counts(COMMUNITY) == UnreadCounts(1, 1)
