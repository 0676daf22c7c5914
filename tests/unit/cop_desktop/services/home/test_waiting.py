"""What waits for a member, and what ends the waiting."""

from datetime import timedelta

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.home import Home, WaitingSort
from cop_desktop.services.library import Library, NewItem
from cop_desktop.services.meetings import Meetings, NewAction, NewMeeting
from cop_desktop.services.reading import moment
from tests.support.replicas import BEN, COMMUNITY
from tests.support.village import Village


def waits(home: Home) -> list[tuple[WaitingSort, str]]:
    return [(each.sort, each.title) for each in home.overview().waiting]


def test_a_mention_waits_until_i_write_in_the_topic(
    village: Village, anna: Discussions, ben: Discussions, home: Home
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    asked = anna.reply(topic, "What would you do, @ben?").id
    anna.reply(topic, "Ben Nevis is a hill.")
    village.meet()
    (found,) = home.overview().waiting
    assert (found.sort, found.record, found.open_id) == (WaitingSort.MENTION, asked, topic)
    assert (found.title, found.within, found.who) == (
        *("What would you do, @ben?", "Roads", "Anna"),
    )
    ben.reply(topic, "> What would you do, @ben?\n\nWait.")
    assert waits(home) == []


def test_thanks_answer_a_mention_and_so_does_saying_that_none_is_needed(
    village: Village, anna: Discussions, ben: Discussions, home: Home
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads", body="@Ben told me.")).id
    asked = anna.reply(topic, "@Ben?").id
    village.meet()
    assert len(waits(home)) == 2
    ben.react(asked, "thanks")
    assert waits(home) == [(WaitingSort.MENTION, "@Ben told me.")]
    assert home.no_answer_needed(topic)
    assert waits(home) == []
    home.answer_needed(topic)
    assert waits(home) == [(WaitingSort.MENTION, "@Ben told me.")]


def test_having_read_a_topic_is_no_answer(
    village: Village, anna: Discussions, ben: Discussions, home: Home
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads", body="@Ben?")).id
    village.meet()
    ben.mark_read(topic)
    assert len(waits(home)) == 1


def test_what_was_dealt_with_on_one_computer_does_not_wait_on_the_other(
    village: Village, anna: Discussions, home: Home
) -> None:
    other = Home(village.another_computer(BEN))
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads", body="@Ben?")).id
    village.meet()
    assert len(waits(other)) == 1
    home.no_answer_needed(topic)
    village.meet()
    assert waits(other) == []


def test_nobody_waits_for_half_a_year(village: Village, anna: Discussions, home: Home) -> None:
    anna.start_topic(COMMUNITY, NewTopic("Roads", body="@Ben?"))
    village.meet()
    village.turn_clocks(days=181)
    assert waits(home) == []


def test_open_actions_wait_the_overdue_first(village: Village, home: Home) -> None:
    meetings, now = Meetings(village.anna), moment(village.anna.now_ms())
    meeting = meetings.add_meeting(COMMUNITY, NewMeeting("Forum", now)).id
    day = now.date()
    for text, days in (("later", 5), ("late", -3)):
        due = day + timedelta(days=days)
        meetings.add_action(meeting, NewAction(text, owner=BEN, due=due))
    meetings.add_action(meeting, NewAction("somebody else's"))
    done = meetings.add_action(meeting, NewAction("done", owner=BEN)).id
    meetings.set_done(done, done=True)
    village.meet()
    found = home.overview().waiting
    assert [(each.title, each.overdue) for each in found] == [("late", True), ("later", False)]
    assert (found[0].open_kind, found[0].open_id, found[0].within) == ("meeting", meeting, "Forum")


def test_an_item_waits_for_its_reviewer_and_before_for_every_facilitator(village: Village) -> None:
    ben, anna = Library(village.ben), Library(village.anna)
    item = ben.add_item(COMMUNITY, NewItem("Guide")).id
    assert waits(Home(village.ben)) == []
    ben.submit(item)
    village.meet()
    assert waits(Home(village.ben)) == []
    assert waits(Home(village.anna)) == [(WaitingSort.UNCLAIMED, "Guide")]
    anna.start_review(item)
    assert waits(Home(village.anna)) == [(WaitingSort.REVIEW, "Guide")]
    anna.publish(item)
    assert waits(Home(village.anna)) == []


def test_what_was_refused_waits_as_one_thing(village: Village, ben: Discussions) -> None:
    ben.start_topic(COMMUNITY, NewTopic("Roads"))
    village.server.refuse_next("not-allowed")
    village.meet()
    (found,) = Home(village.ben).overview().waiting
    assert (found.sort, found.count) == (WaitingSort.REFUSED, 1)


def test_texts_of_two_versions_wait_for_who_may_choose(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    item = Library(village.ben).add_item(COMMUNITY, NewItem("Guide")).id
    village.meet()
    for replica, title in ((village.anna, "Bore guide"), (village.ben, "Water guide")):
        with replica.write() as action:
            action.set("library_item", item, {"title": title})
    village.meet()
    (found,) = Home(village.anna).two_versions()
    assert (found.sort, found.record, found.community) == (
        *(WaitingSort.TWO_VERSIONS, item, COMMUNITY),
    )
