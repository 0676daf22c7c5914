"""The list of topics, and starting one."""

from pathlib import Path

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.drafts import Drafts
from cop_desktop.ui.discussions import actions
from cop_desktop.ui.discussions.topics.filter_bar import FilterBar
from cop_desktop.ui.discussions.topics.model import Order
from cop_desktop.ui.widgets.rows import ROW_ROLE, Row
from sync.core.ids import Id
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def start(discussions: Discussions, title: str, **fields: object) -> Id:
    return discussions.start_topic(COMMUNITY, NewTopic(title, **fields)).id  # type: ignore[arg-type]


def rows(place: DiscussionPlace) -> list[Row]:
    model = place.page.model
    return [model.index(number).data(ROW_ROLE) for number in range(model.rowCount())]


def titles(place: DiscussionPlace) -> list[str]:
    return [row.title for row in rows(place)]


def marks(row: Row) -> list[str]:
    return [badge.text for badge in row.badges]


def filter_of(place: DiscussionPlace) -> FilterBar:
    return place.page.topics.filter


def headline(place: DiscussionPlace) -> str:
    assert place.page.topics._stack.currentIndex() == 1
    return str(place.page.topics._empty._headline.text())


def test_a_row_tells_what_is_new_and_what_is_true_of_the_topic(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna, "Roads", activity="problem-solving")
    post = anna.reply(topic, "**Open** since Monday").id
    anna.pin(topic)
    anna.lock(topic)
    anna.resolve(topic, post)
    village.meet()
    row = rows(open_place(village.ben))[0]
    assert row.unread
    assert row.snippet.endswith("Anna: Open since Monday")
    assert marks(row) == ["2 new", "Pinned", "Answered", "Locked", "Problem-solving", "1 reply"]
    ben.mark_read(topic)
    mine = start(ben, "Mine")
    place = open_place(village.ben)
    assert marks(rows(place)[1]) == ["On this computer", "No replies"]
    assert mine.hex() == rows(place)[1].key


def test_the_list_follows_what_arrives_and_keeps_the_choice(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    roads, _ = start(ben, "Roads"), start(ben, "Water")
    village.meet()
    place = open_place(village.ben)
    place.show_topic(roads)
    assert titles(place) == ["Water", "Roads"]
    anna.reply(roads, "Open")
    village.meet()
    place.tell_changes()
    assert titles(place) == ["Roads", "Water"]
    assert place.page.topics.list.current_key() == roads.hex()


def test_the_filter_works_as_somebody_types(
    village: Village, open_place: OpenPlace, ben: Discussions, qtbot
) -> None:
    start(ben, "Roads", body="The bridge at Ghost Gum is out")
    start(ben, "Water")
    place = open_place(village.ben)
    filter_of(place).search.setText("ghost")
    qtbot.waitUntil(lambda: titles(place) == ["Roads"])
    filter_of(place).search.setText("no such thing")
    qtbot.waitUntil(lambda: titles(place) == [])
    place.settle()
    assert headline(place) == "Nothing fits"
    place.page.topics._empty.action_wanted.emit()
    place.settle()
    assert titles(place) == ["Water", "Roads"]
    assert filter_of(place).search.text() == ""


def test_topics_are_filtered_by_kind_tag_and_unread(
    village: Village, open_place: OpenPlace, ben: Discussions, anna: Discussions
) -> None:
    start(anna, "Roads", activity="visits", tags=("wet season",))
    start(anna, "Water", tags=("wet season", "bore"))
    village.meet()
    ben.mark_all_read(COMMUNITY)
    start(anna, "Power", activity="visits")
    village.meet()
    place = open_place(village.ben)
    bar = filter_of(place)
    bar._activity.set_value("visits")
    bar._activity.chosen.emit("visits")
    place.settle()
    assert titles(place) == ["Power", "Roads"]
    bar._unread.click()
    place.settle()
    assert titles(place) == ["Power"]
    place.page.wishes.tag_chosen.emit("wet season")
    place.settle()
    assert titles(place) == ["Water", "Roads"]
    assert [choice.key for choice in bar.tag._choices] == ["bore", "wet season"]


def test_reading_everything_is_said_in_the_list_of_unread(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    start(ben, "Roads")
    place = open_place(village.ben)
    filter_of(place)._unread.click()
    place.settle()
    assert headline(place) == "You have read everything"


def test_topics_are_sorted_as_chosen_with_pinned_ones_first(
    village: Village, open_place: OpenPlace, anna: Discussions
) -> None:
    zebra, apple = start(anna, "Zebra"), start(anna, "apple")
    pinned = start(anna, "Middle")
    anna.pin(pinned)
    for text in ("one", "two"):
        anna.reply(zebra, text)
    anna.reply(apple, "three")
    place = open_place(village.anna)
    expected = {
        Order.ACTIVITY: ["Middle", "apple", "Zebra"],
        Order.TITLE: ["Middle", "apple", "Zebra"],
        Order.STARTED: ["Middle", "apple", "Zebra"],
        Order.REPLIES: ["Middle", "Zebra", "apple"],
    }
    for order, titled in expected.items():
        filter_of(place)._order.set_value(order)
        filter_of(place)._order.chosen.emit(order)
        place.settle()
        assert titles(place) == titled, order


def test_a_long_list_comes_in_pages(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    for number in range(230):
        start(ben, f"Topic {number}")
    place = open_place(village.ben)
    assert len(titles(place)) == 200
    place.page.model.fetchMore(place.page.model.index(-1))
    place.settle()
    assert len(titles(place)) == 230
    place.tell_changes()
    assert len(titles(place)) == 230


def test_an_empty_community_says_what_this_is_for(village: Village, open_place: OpenPlace) -> None:
    place = open_place(village.ben)
    assert headline(place) == "Nobody has started a topic yet"
    place.page.topics._empty.action_wanted.emit()
    place.settle()
    assert place.page.shows_form()


def fill(place: DiscussionPlace, title: str, body: str) -> None:
    form = place.page.form
    form.title.setText(title)
    form.title.textEdited.emit(title)
    form.composer.editor.insertPlainText(body)


def test_a_new_topic_is_posted_with_its_kind_and_tags_and_shown(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    place = open_place(village.ben)
    place.trigger(actions.NEW)
    fill(place, "Roads", "Is it open?")
    place.page.form.chooser.set_value("visits")
    assert "another school at work" in place.page.form.chooser.meaning()
    place.page.form.tags.set_tags(["wet season"])
    place.page.form.composer.submit()
    place.settle()
    (topic,) = ben.topics(COMMUNITY)
    assert (topic.title, topic.activity, topic.tags) == ("Roads", "visits", ("wet season",))
    assert not place.page.shows_form()
    assert place.presenter.reading.topic == topic.id
    assert place.page.topics.list.current_key() == topic.id.hex()
    assert Drafts(village.ben).all() == ()


def test_a_topic_without_a_title_is_not_posted_and_nothing_is_lost(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    place = open_place(village.ben)
    place.trigger(actions.NEW)
    fill(place, "", "Is it open?")
    place.page.form.composer.submit()
    place.settle()
    assert ben.topics(COMMUNITY) == ()
    assert place.page.form._problem.isVisible()
    assert place.page.form.composer.text() == "Is it open?"


def test_a_topic_half_written_is_there_again_after_the_end_of_the_window(
    village: Village, open_place: OpenPlace
) -> None:
    first = open_place(village.ben)
    first.trigger(actions.NEW)
    fill(first, "Roads", "Is it")
    first.page.form.chooser.set_value("visits")
    first.page.form.chooser.changed.emit()
    first.page.form.tags.set_tags(["wet season"])
    first.page.form.tags.changed.emit()
    first.close()
    second = open_place(village.ben)
    second.trigger(actions.NEW)
    text = second.page.form.text()
    assert (text.title, text.body) == ("Roads", "Is it")
    assert (text.activity, text.tags) == ("visits", ("wet season",))


def test_looking_into_another_topic_keeps_the_new_one_as_a_draft(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    other = start(ben, "Water")
    place = open_place(village.ben)
    place.trigger(actions.NEW)
    fill(place, "Roads", "Is it")
    place.show_topic(other)
    assert not place.page.shows_form()
    assert any("Kept as a draft" in words for words in place.notices())
    place.trigger(actions.NEW)
    assert place.page.form.text().title == "Roads"


def test_a_discarded_draft_comes_back_with_undo(village: Village, open_place: OpenPlace) -> None:
    place = open_place(village.ben)
    place.trigger(actions.NEW)
    fill(place, "Roads", "Is it")
    place.page.form.discard_wanted.emit()
    place.settle()
    assert Drafts(village.ben).all() == ()
    place.press_notice()
    assert place.page.form.text().title == "Roads"


def test_a_topic_just_posted_is_taken_back_with_undo(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    place = open_place(village.ben)
    place.trigger(actions.NEW)
    fill(place, "Roads", "Is it open?")
    place.page.form.composer.submit()
    place.settle()
    place.press_notice()
    assert ben.topics(COMMUNITY) == ()


def test_the_beginning_of_a_topic_is_edited_in_the_same_form(
    village: Village, open_place: OpenPlace, ben: Discussions, tmp_path: Path
) -> None:
    topic = start(ben, "Raods", body="Is it open?", tags=("wet",))
    place = open_place(village.ben)
    place.show_topic(topic)
    place.trigger(actions.EDIT)
    form = place.page.form
    assert (form.title.text(), form.composer.text(), form.tags.tags()) == (
        "Raods",
        "Is it open?",
        ("wet",),
    )
    form.title.setText("Roads")
    sheet = tmp_path / "sheet.txt"
    sheet.write_text("north")
    form.composer.files_offered.emit((sheet,))
    place.settle()
    form.composer.submit()
    place.settle()
    view = ben.thread(topic).topic
    assert (view.title, [file.name for file in view.attachments]) == ("Roads", ["sheet.txt"])
