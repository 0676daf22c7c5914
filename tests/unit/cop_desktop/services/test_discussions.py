"""Discussions: topics, replies, reactions, and what may be done with them."""

from datetime import UTC, datetime

import pytest

from cop_desktop.services.discussions import (
    Discussions,
    NewTopic,
    TopicEdit,
    TopicFilter,
)
from cop_desktop.services.errors import (
    AlreadySent,
    Empty,
    NotAChoice,
    NotAllowed,
    NotFound,
    TooLong,
    Why,
)
from cop_desktop.services.reading import UNKNOWN_MEMBER
from cop_desktop.store import ItemState
from sync.catalogue.declare import LINE, PARAGRAPHS
from tests.support.replicas import BEN, COMMUNITY, new_id
from tests.support.village import Village


def titles(discussions: Discussions, **wanted: object) -> list[str]:
    found = discussions.topics(COMMUNITY, wanted=TopicFilter(**wanted))
    return [topic.title for topic in found]


def test_what_one_starts_the_other_reads_and_answers(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Wet  season roads", "When does yours close?")).id
    village.meet()
    reply = ben.reply(topic, "In December.").id
    village.meet()

    thread = anna.thread(topic)
    assert thread.topic.title == "Wet season roads"
    assert thread.topic.author == "Anna"
    assert thread.topic.received is not None
    (post,) = thread.posts
    assert (post.id, post.author, post.body, post.depth) == (reply, "Ben", "In December.", 0)
    assert post.state is ItemState.SENT
    assert post.edited is None


def test_what_is_not_sent_yet_says_so(anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    assert anna.thread(topic).topic.state is ItemState.WAITING
    assert anna.thread(topic).topic.received is None
    assert anna.topics(COMMUNITY)[0].state is ItemState.WAITING


def test_a_change_names_what_must_be_read_again(anna: Discussions) -> None:
    started = anna.start_topic(COMMUNITY, NewTopic("Roads"))
    posted = anna.reply(started.id, "Closed.")
    assert started.changed.spaces == {COMMUNITY}
    assert started.changed.kinds == {"topic"}
    assert posted.changed.records == {posted.id}


def test_the_list_says_what_a_topic_is_about(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = anna.start_topic(
        COMMUNITY,
        NewTopic("Roads", "Body", "problem-solving", tags=("wet season", "Roads", "roads")),
    ).id
    village.meet()
    village.turn_clocks(seconds=60)
    answer = ben.reply(topic, "# Closed\n\n**All** of [it](http://x.example), *really*").id
    village.meet()
    anna.resolve(topic, answer)

    (row,) = anna.topics(COMMUNITY)
    assert (row.title, row.activity, row.author) == ("Roads", "problem-solving", "Anna")
    assert (row.last_author, row.posts, row.resolved) == ("Ben", 1, True)
    assert row.snippet == "Closed All of it, really"
    assert row.tags == ("Roads", "wet season")
    assert (row.last_post_at - row.started).total_seconds() == pytest.approx(60, abs=1)


def test_the_tags_of_a_community_are_those_of_its_topics_outside_the_trash(
    anna: Discussions,
) -> None:
    anna.start_topic(COMMUNITY, NewTopic("Roads", tags=("wet season", "Access")))
    gone = anna.start_topic(COMMUNITY, NewTopic("Bores", tags=("water",))).id
    anna.move_to_trash(gone)
    assert anna.tags(COMMUNITY) == ("Access", "wet season")


def test_pinned_topics_come_first_then_those_with_the_latest_reply(
    village: Village, anna: Discussions
) -> None:
    first, second, third = (
        anna.start_topic(COMMUNITY, NewTopic(title)).id for title in ("first", "second", "third")
    )
    anna.reply(first, "Still true.")
    assert titles(anna) == ["first", "third", "second"]
    anna.pin(second)
    assert titles(anna) == ["second", "first", "third"]
    anna.pin(second, pinned=False)
    assert titles(anna) == ["first", "third", "second"]
    assert [t.title for t in anna.topics(COMMUNITY, limit=1, offset=1)] == ["third"]
    assert third


def test_topics_are_filtered_by_activity_tag_and_unread(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    roads = anna.start_topic(COMMUNITY, NewTopic("Roads", activity="visits", tags=("wet",))).id
    anna.start_topic(COMMUNITY, NewTopic("Staff", activity="sharing assets", tags=("wet", "dry")))
    village.meet()
    assert titles(ben, activity="visits") == ["Roads"]
    assert titles(ben, tag="dry") == ["Staff"]
    assert titles(ben, tag="wet", activity="visits") == ["Roads"]
    ben.mark_read(roads)
    assert titles(ben, unread_only=True) == ["Staff"]


def test_replies_stand_under_what_they_answer(anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    one = anna.reply(topic, "one").id
    anna.reply(topic, "two")
    anna.reply(topic, "one, one", parent=one)
    assert [(p.body, p.depth) for p in anna.thread(topic).posts] == [
        ("one", 0),
        ("one, one", 1),
        ("two", 0),
    ]


def test_a_reply_whose_parent_is_on_its_way_is_shown_and_says_so(anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    anna.reply(topic, "lost its parent", parent=new_id(9))
    (post,) = anna.thread(topic).posts
    assert (post.parent_missing, post.depth) == (True, 0)


def test_an_author_whose_profile_is_on_its_way_is_no_gap(village: Village) -> None:
    newcomer = Discussions(village.another_computer(BEN))
    topic = newcomer.start_topic(COMMUNITY, NewTopic("Hello")).id
    assert newcomer.thread(topic).topic.author == UNKNOWN_MEMBER


def test_material_from_elsewhere_keeps_its_author_and_day(
    village: Village, anna: Discussions
) -> None:
    with village.anna.write() as action:
        fields = {"title": "Old", "original_author": "Golden Hornet", "original_moment": 86_400_000}
        topic = action.create("topic", COMMUNITY, fields)
        later = {"topic": topic, "body": "b", "original_moment": 3 * 86_400_000}
        action.create("post", COMMUNITY, later)
        action.create("post", COMMUNITY, {**later, "body": "a", "original_moment": 2 * 86_400_000})
    thread = anna.thread(topic)
    assert thread.topic.author == "Golden Hornet"
    assert thread.topic.written.isoformat() == "1970-01-02T00:00:00+00:00"
    assert [post.body for post in thread.posts] == ["a", "b"]
    assert anna.topics(COMMUNITY)[0].last_post_at.day == 4


def test_a_moment_at_either_end_of_time_does_not_break_the_list(
    village: Village, anna: Discussions
) -> None:
    ends = (datetime(1000, 1, 2, tzinfo=UTC), datetime(3999, 12, 30, tzinfo=UTC))
    with village.anna.write() as action:
        for moment in (int(end.timestamp()) * 1000 for end in ends):
            action.create("topic", COMMUNITY, {"title": "Odd", "original_moment": moment})
    anna.start_topic(COMMUNITY, NewTopic("Now"))
    assert titles(anna) == ["Now", "Odd", "Odd"]


def test_nothing_empty_or_too_long_is_posted(anna: Discussions) -> None:
    with pytest.raises(Empty):
        anna.start_topic(COMMUNITY, NewTopic("  \n "))
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    with pytest.raises(Empty):
        anna.reply(topic, "\n\n")
    with pytest.raises(TooLong) as caught:
        anna.reply(topic, "x" * (PARAGRAPHS + 1))
    assert (caught.value.field, caught.value.limit) == ("body", PARAGRAPHS)
    with pytest.raises(TooLong):
        anna.start_topic(COMMUNITY, NewTopic("x" * (LINE + 1)))
    with pytest.raises(NotAChoice):
        anna.start_topic(COMMUNITY, NewTopic("Roads", activity="gossip"))
    with pytest.raises(NotAChoice):
        anna.react(topic, "applause")
    assert anna.thread(topic).posts == ()


def test_half_a_character_that_was_pasted_does_not_stop_a_post(anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Ro\ud83dads", "a\x00b\r\nc")).id
    head = anna.thread(topic).topic
    assert (head.title, head.body) == ("Roads", "ab\nc")


def test_a_topic_that_is_not_here_is_not_found(anna: Discussions) -> None:
    with pytest.raises(NotFound):
        anna.thread(new_id(5))
    with pytest.raises(NotFound):
        anna.reply(new_id(5), "Hello?")


def test_reactions_are_counted_by_sort_and_can_be_taken_back(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    post = anna.reply(topic, "Closed.").id
    village.meet()
    ben.react(post, "useful")
    ben.react(post, "thanks")
    ben.react(topic, "thanks")
    village.meet()
    anna.react(post, "useful")

    thread = anna.thread(topic)
    thanks, useful = thread.posts[0].reactions
    assert (thanks.sort, thanks.count, thanks.mine, thanks.names) == ("thanks", 1, False, ("Ben",))
    assert (useful.sort, useful.count, useful.mine) == ("useful", 2, True)
    assert useful.names == ("Ben", "Anna")
    assert thread.topic.reactions[0].count == 1

    anna.react(post, "useful", given=False)
    assert anna.thread(topic).posts[0].reactions[1].names == ("Ben",)


def test_taking_back_what_was_never_given_writes_nothing(anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    assert not anna.react(topic, "thanks", given=False)
    assert anna.react(topic, "thanks")
    assert not anna.react(topic, "thanks")


def test_a_locked_topic_takes_replies_of_facilitators_only(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    anna.lock(topic)
    village.meet()
    assert not ben.thread(topic).topic.can_reply
    with pytest.raises(NotAllowed) as caught:
        ben.reply(topic, "But…")
    assert caught.value.why is Why.LOCKED
    assert anna.thread(topic).topic.can_reply
    anna.reply(topic, "Closed, thank you all.")


def test_only_a_facilitator_pins_and_locks(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads")).id
    assert not ben.thread(topic).topic.can_moderate
    for verb in (ben.pin, ben.lock):
        with pytest.raises(NotAllowed) as caught:
            verb(topic)
        assert caught.value.why is Why.FACILITATORS_ONLY
    village.meet()
    assert anna.thread(topic).topic.can_moderate
    anna.pin(topic)
    anna.lock(topic)


def test_only_its_author_or_a_facilitator_edits_a_post(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    by_anna = anna.reply(topic, "Closed.").id
    village.meet()
    by_ben = ben.reply(topic, "Open.").id
    village.meet()

    assert not ben.thread(topic).topic.rights.change
    with pytest.raises(NotAllowed) as caught:
        ben.edit_post(by_anna, "Open.")
    assert caught.value.why is Why.NOT_YOURS
    with pytest.raises(NotAllowed):
        ben.edit_topic(topic, TopicEdit(title="Rivers"))
    with pytest.raises(NotAllowed):
        ben.move_to_trash(by_anna)
    ben.edit_post(by_ben, "Open again.")
    anna.edit_post(by_ben, "Open again, says the ranger.")
    rights = {post.id: post.rights.change for post in ben.thread(topic).posts}
    assert rights == {by_anna: False, by_ben: True}


def test_an_edited_topic_says_so_and_a_pinned_one_does_not(anna: Discussions) -> None:
    topic = anna.start_topic(
        COMMUNITY, NewTopic("Roads", "b", activity="visits", tags=("wet", "dry"))
    ).id
    anna.pin(topic)
    assert anna.thread(topic).topic.edited is None
    edit = TopicEdit(title="Rivers", activity="", tags=("wet", "deep"))
    anna.edit_topic(topic, edit)
    head = anna.thread(topic).topic
    assert (head.title, head.body, head.activity) == ("Rivers", "b", None)
    assert head.tags == ("wet", "deep")
    assert head.edited is not None
    assert not anna.edit_topic(topic, edit)


def test_an_answer_must_be_a_reply_of_the_topic(anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    other = anna.start_topic(COMMUNITY, NewTopic("Staff")).id
    stray = anna.reply(other, "Here").id
    with pytest.raises(NotFound):
        anna.resolve(topic, stray)
    answer = anna.reply(topic, "Closed.").id
    anna.resolve(topic, answer)
    assert anna.thread(topic).posts[0].is_answer
    anna.resolve(topic, None)
    assert not anna.thread(topic).posts[0].is_answer
    assert not anna.topics(COMMUNITY)[0].resolved


def test_a_reply_in_the_trash_leaves_its_place_to_the_replies_under_it(anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    gone = anna.reply(topic, "regretted").id
    under = anna.reply(topic, "under it", parent=gone).id
    alone = anna.reply(topic, "alone").id
    anna.move_to_trash(gone)
    anna.move_to_trash(alone)

    trashed, kept = anna.thread(topic).posts
    assert (trashed.id, trashed.trashed, trashed.body) == (gone, True, "")
    assert (kept.id, kept.depth) == (under, 1)
    assert anna.topics(COMMUNITY)[0].posts == 1
    anna.restore(gone)
    assert anna.thread(topic).posts[0].body == "regretted"


def test_a_topic_in_the_trash_is_in_no_list_but_can_be_taken_out(anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    anna.move_to_trash(topic)
    assert titles(anna) == []
    with pytest.raises(NotAllowed) as caught:
        anna.reply(topic, "Hello?")
    assert caught.value.why is Why.IN_TRASH
    (row,) = anna.trash(COMMUNITY)
    assert (row.id, row.noun, row.label, row.by) == (topic, "topic", "Roads", "Anna")
    assert row.may_restore
    anna.restore(topic)
    assert titles(anna) == ["Roads"]
    assert anna.trash(COMMUNITY) == ()


def test_what_is_written_after_a_deletion_that_was_not_seen_is_pointed_out(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Roads")).id
    village.meet()
    anna.move_to_trash(topic)
    ben.edit_topic(topic, TopicEdit(body="New words"))
    village.meet()
    (row,) = anna.trash(COMMUNITY)
    assert row.edited_since
    assert not Discussions(village.cleo).trash(COMMUNITY)[0].may_restore


def test_a_post_can_be_recalled_until_it_has_left(village: Village, anna: Discussions) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    slip, sent = anna.reply(topic, "slip").id, anna.reply(topic, "sent").id
    assert anna.thread(topic).posts[0].rights.recall
    anna.recall(slip)
    village.meet()
    assert [post.body for post in anna.thread(topic).posts] == ["sent"]
    assert not anna.thread(topic).posts[0].rights.recall
    with pytest.raises(AlreadySent):
        anna.recall(sent)
