"""Reading topics: where one begins, what is new, what has been read."""

from PySide6.QtTest import QTest

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.ui.discussions import actions
from cop_desktop.ui.discussions.thread.entries import NEW_LINE, OPENING
from sync.core.ids import Id
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

LONG = "\n\n".join(["The road was open on Monday and closed again on Tuesday."] * 12)


def start(discussions: Discussions, title: str, replies: int = 0, body: str = LONG) -> Id:
    topic = discussions.start_topic(COMMUNITY, NewTopic(title, "How is it where you are?")).id
    for number in range(replies):
        discussions.reply(topic, f"{number}\n\n{body}")
    return topic


def unread(discussions: Discussions) -> dict[str, int]:
    return {topic.title: topic.unread for topic in discussions.topics(COMMUNITY)}


def rest(place: DiscussionPlace) -> None:
    """Somebody looks at what is in view, for as long as it takes to count as read."""
    place.page.topic_pane.posts.settled.emit()
    place.settle()


def test_a_topic_that_is_chosen_is_shown_with_its_replies(
    village: Village, open_place: OpenPlace, anna: Discussions
) -> None:
    topic = start(anna, "Roads", 2, "closed")
    village.meet()
    place = open_place(village.ben)
    assert place.page.topics.list.choose(topic.hex())
    place.settle()
    assert place.bodies() == ["0\n\nclosed", "1\n\nclosed"]


def test_reading_begins_at_what_is_new_and_says_how_much_it_is(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna, "Roads", 6)
    village.meet()
    ben.mark_read(topic)
    new = [anna.reply(topic, "open"), anna.reply(topic, "and dry")]
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic)
    posts = place.page.topic_pane.posts
    assert posts.entry(NEW_LINE).count == 2
    assert NEW_LINE in posts.visible_keys()
    assert OPENING not in posts.visible_keys()
    assert posts.current == new[0].id.hex()


def test_what_is_open_says_anew_how_long_ago_it_was_written(
    village: Village, open_place: OpenPlace, anna: Discussions
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    post = anna.reply(topic, "Closed").id
    anna.end_topic(topic, "They are closed.")
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic)
    posts, when = place.page.topic_pane.posts, place.tools.when
    reply, opening = posts.cell(post.hex()), posts.cell(OPENING)
    assert "just now" in reply.byline._words.when
    village.turn_clocks(seconds=180)
    when.aged.emit()
    for cell in (reply, opening):
        assert cell.byline._words.when == "3 min ago"
        assert "just now" not in cell.spoken()
    assert opening.outcome._when.text().endswith("3 min ago")


def test_what_is_below_the_view_stays_unread_until_it_was_in_view(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna, "Roads", 6)
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic)
    rest(place)
    assert unread(ben) == {"Roads": 7}
    posts = place.page.topic_pane.posts
    posts.verticalScrollBar().setValue(posts.verticalScrollBar().maximum())
    place.settle()
    rest(place)
    assert unread(ben) == {"Roads": 0}


def test_what_was_new_when_it_was_opened_is_shown_as_new_while_it_is_read(
    village: Village, open_place: OpenPlace, anna: Discussions
) -> None:
    topic = start(anna, "Roads", 1, "closed")
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic)
    rest(place)
    posts = place.page.topic_pane.posts
    assert posts.entry(NEW_LINE) is not None
    place.show_topic(start(Discussions(village.ben), "Other"))
    place.show_topic(topic)
    assert posts.entry(NEW_LINE) is None


def test_a_topic_kept_unread_stays_so_while_it_is_in_view(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna, "Roads")
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic)
    rest(place)
    assert unread(ben) == {"Roads": 0}
    place.trigger(actions.KEEP_UNREAD)
    rest(place)
    assert unread(ben) == {"Roads": 1}
    place.trigger(actions.MARK_READ)
    assert unread(ben) == {"Roads": 0}


def test_what_arrives_while_somebody_reads_does_not_move_what_they_read(
    village: Village, open_place: OpenPlace, anna: Discussions
) -> None:
    topic = start(anna, "Roads", 6)
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic)
    posts = place.page.topic_pane.posts
    middle = posts.order()[4]
    posts.scroll_to(middle, 30)
    place.settle()
    posts.verticalScrollBar().setValue(posts.verticalScrollBar().value() + 1)
    place.settle()
    first = posts.order()[2]
    anna.reply(topic, LONG, bytes.fromhex(first))
    anna.reply(topic, "open again")
    village.meet()
    place.tell_changes()
    assert len(posts.order()) == 10
    assert posts.top_of(middle) == 29
    assert place.page.topic_pane.pill_words() == "2 new replies"
    place.page.topic_pane.new_wanted.emit()
    place.settle()
    assert posts.order().index(posts.current) > posts.order().index(first)
    assert posts.current in posts.visible_keys()


def test_n_goes_from_unread_to_unread_across_topics(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    roads = start(anna, "Roads", 2)
    water = start(anna, "Water", 0)
    village.meet()
    ben.mark_read(roads)
    news = anna.reply(roads, LONG).id
    village.meet()
    place = open_place(village.ben)
    place.trigger(actions.NEXT_UNREAD)
    reading, posts = place.presenter.reading, place.page.topic_pane.posts
    assert (reading.topic, posts.current) == (roads, news.hex())
    place.trigger(actions.NEXT_UNREAD)
    assert (reading.topic, posts.current) == (water, OPENING)
    place.trigger(actions.NEXT_UNREAD)
    assert "You have read everything." in place.notices()
    assert unread(ben) == {"Roads": 0, "Water": 0}


def test_everything_is_marked_read_only_when_it_is_confirmed(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    start(anna, "Roads")
    start(anna, "Water")
    village.meet()
    place = open_place(village.ben)
    place.trigger(actions.ALL_READ)
    assert unread(ben) == {"Roads": 1, "Water": 1}
    place.press_notice()
    assert unread(ben) == {"Roads": 0, "Water": 0}


def test_coming_back_to_a_topic_goes_on_where_one_was(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic, other = start(ben, "Roads", 8), start(ben, "Water")
    place = open_place(village.ben)
    place.show_topic(topic)
    posts = place.page.topic_pane.posts
    place_read = posts.order()[5]
    posts.scroll_to(place_read, 12)
    place.settle()
    place.show_topic(other)
    place.show_topic(topic)
    assert posts.top_of(place_read) == 12


def test_the_keyboard_goes_through_a_thread_part_by_part(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben, "Roads", 3, "short")
    place = open_place(village.ben)
    place.show_topic(topic)
    posts = place.page.topic_pane.posts
    posts.setFocus()
    for key in ("Down", "Down"):
        QTest.keyClick(posts, getattr(_keys(), f"Key_{key}"))
    assert posts.current == posts.order()[2]
    QTest.keyClick(posts, _keys().Key_Up)
    assert posts.current == posts.order()[1]
    stops = posts.cell(posts.current).stops()
    visible = [stop for stop in stops if stop.isVisible()]
    QTest.keyClick(posts, _keys().Key_Tab)
    assert visible[0].hasFocus()


def test_a_reply_whose_parent_is_not_here_says_so(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic = start(ben, "Roads")
    elsewhere = b"\5" * 16
    with village.ben.write() as action:
        fields = {"topic": topic, "parent": elsewhere, "body": "I agree"}
        post = action.create("post", COMMUNITY, fields)
    place = open_place(village.ben)
    place.show_topic(topic)
    cell = place.page.topic_pane.posts.cell(post.hex())
    assert "older part that is on its way" in cell.parent_link.text()
    assert not cell.parent_link.isEnabled()


def _keys():  # type: ignore[no-untyped-def]
    from PySide6.QtCore import Qt

    return Qt.Key
