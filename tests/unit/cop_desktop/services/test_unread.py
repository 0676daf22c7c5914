"""What a member has not read yet, on all their computers."""

from cop_desktop.services.discussions import Discussions, NewTopic, NextUnread, UnreadCounts
from sync.core.ids import Id
from tests.support.replicas import ANNA, COMMUNITY
from tests.support.village import Village

NOTHING = UnreadCounts(0, 0)


def unread(discussions: Discussions) -> dict[str, int]:
    return {topic.title: topic.unread for topic in discussions.topics(COMMUNITY)}


def start(discussions: Discussions, title: str) -> Id:
    return discussions.start_topic(COMMUNITY, NewTopic(title)).id


def test_what_others_write_is_unread_until_it_is_read(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna, "Roads")
    anna.reply(topic, "one")
    assert unread(anna) == {"Roads": 0}
    village.meet()
    assert unread(ben) == {"Roads": 2}
    assert ben.unread_counts(COMMUNITY) == UnreadCounts(1, 2)
    thread = ben.thread(topic)
    assert (thread.topic.unread, thread.posts[0].unread) == (True, True)

    assert ben.mark_read(topic)
    assert unread(ben) == {"Roads": 0}
    assert ben.unread_counts(COMMUNITY) == NOTHING
    assert not ben.thread(topic).posts[0].unread


def test_only_what_came_after_is_unread_again(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna, "Roads")
    anna.reply(topic, "one")
    village.meet()
    ben.mark_read(topic)
    anna.reply(topic, "two")
    anna.reply(topic, "three")
    village.turn_clocks(seconds=1)
    ben.reply(topic, "mine")
    village.meet()
    assert unread(ben) == {"Roads": 2}
    assert [(p.body, p.unread) for p in ben.thread(topic).posts] == [
        ("one", False),
        ("two", True),
        ("three", True),
        ("mine", False),
    ]
    assert unread(anna) == {"Roads": 1}


def test_what_two_people_wrote_is_counted_for_each(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    cleo = Discussions(village.cleo)
    topic = start(anna, "Roads")
    village.meet()
    cleo.mark_read(topic)
    ben.reply(topic, "by ben")
    anna.reply(topic, "by anna")
    village.meet()
    assert unread(cleo) == {"Roads": 2}


def test_reading_again_writes_nothing(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna, "Roads")
    village.meet()
    assert ben.mark_read(topic)
    assert not ben.mark_read(topic)
    assert not anna.mark_read(topic)


def test_reading_counts_on_the_members_other_computer(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = start(ben, "Roads")
    other = Discussions(village.another_computer(ANNA))
    village.meet()
    assert unread(other) == {"Roads": 1}
    anna.mark_read(topic)
    anna.reply(topic, "from my first computer")
    village.meet()
    assert unread(other) == {"Roads": 0}


def test_reading_on_two_computers_apart_adds_up(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    other = Discussions(village.another_computer(ANNA))
    topic = start(ben, "Roads")
    village.meet()
    anna.mark_read(topic)
    ben.reply(topic, "later")
    village.server.exchange(village.ben, rounds=1)
    village.server.exchange(other._replica, rounds=1)
    other.mark_read(topic)
    village.meet()
    assert unread(anna) == unread(other) == {"Roads": 0}


def test_a_late_reply_with_an_old_clock_is_unread_all_the_same(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna, "Roads")
    village.meet()
    ben.reply(topic, "written weeks ago, sent today")
    village.turn_clocks(days=30)
    anna.reply(topic, "today")
    anna.mark_read(topic)
    village.meet()
    assert unread(anna) == {"Roads": 1}


def test_a_topic_can_be_kept_unread_until_it_is_read_again(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna, "Roads")
    village.meet()
    ben.mark_read(topic)
    ben.keep_unread(topic)
    assert unread(ben) == {"Roads": 1}
    assert ben.thread(topic).topic.kept_unread
    assert ben.unread_counts(COMMUNITY) == UnreadCounts(1, 1)
    ben.mark_read(topic)
    assert unread(ben) == {"Roads": 0}
    assert not ben.thread(topic).topic.kept_unread


def test_everything_can_be_read_at_once_with_one_small_group(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    first, second = start(anna, "Roads"), start(anna, "Staff")
    anna.reply(first, "one")
    village.meet()
    ben.keep_unread(second)
    changed = ben.mark_all_read(COMMUNITY)
    assert unread(ben) == {"Roads": 0, "Staff": 0}
    assert len(changed.records) == 2
    assert not ben.mark_all_read(COMMUNITY)
    anna.reply(second, "new")
    village.meet()
    assert unread(ben) == {"Staff": 1, "Roads": 0}


def test_what_is_in_the_trash_is_not_unread(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic, other = start(anna, "Roads"), start(anna, "Staff")
    post = anna.reply(topic, "regretted").id
    anna.move_to_trash(post)
    anna.move_to_trash(other)
    village.meet()
    assert ben.unread_counts(COMMUNITY) == UnreadCounts(1, 1)


def test_an_edit_does_not_make_unread_again(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna, "Roads")
    post = anna.reply(topic, "one").id
    village.meet()
    ben.mark_read(topic)
    anna.edit_post(post, "two")
    village.meet()
    assert unread(ben) == {"Roads": 0}


def test_the_next_unread_goes_through_topics_and_replies_in_order(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    staff, roads = start(anna, "Staff"), start(anna, "Roads")
    village.meet()
    assert ben.next_unread(COMMUNITY) == NextUnread(roads, None)
    assert ben.next_unread(COMMUNITY, after=roads) == NextUnread(staff, None)
    assert ben.next_unread(COMMUNITY, after=staff) == NextUnread(roads, None)
    ben.mark_read(roads)
    ben.mark_read(staff)
    assert ben.next_unread(COMMUNITY) is None
    reply = anna.reply(staff, "news").id
    village.meet()
    assert ben.next_unread(COMMUNITY, after=roads) == NextUnread(staff, reply)
