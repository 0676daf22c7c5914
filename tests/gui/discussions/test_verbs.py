"""What people do with topics and replies: thanks, answers, pinning, the trash."""

from PySide6.QtGui import QGuiApplication

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.ui.discussions import actions
from cop_desktop.ui.discussions.thread.entries import OPENING
from cop_desktop.ui.discussions.thread.wishes import Wish, offers_for_reply, offers_for_topic
from sync.core.ids import Id
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def start(discussions: Discussions, title: str = "Roads") -> Id:
    return discussions.start_topic(COMMUNITY, NewTopic(title, "Is it open?")).id


def do(place: DiscussionPlace, wish: Wish, key: str) -> None:
    place.presenter.verbs.do(wish, key)
    place.settle()


def test_thanks_are_counted_and_taken_back(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna)
    post = anna.reply(topic, "Since Monday").id
    anna.react(post, "thanks")
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic, post)
    footer = place.page.topic_pane.posts.cell(post.hex()).footer
    assert footer._thanks.text().strip() == "Thanks  1"
    place.trigger(actions.THANKS)
    assert footer._thanks.text().strip() == "Thanks  2"
    assert footer._thanks.isChecked()
    assert footer._thanks.accessibleDescription() == "Anna and Ben"
    place.trigger(actions.THANKS)
    assert footer._thanks.text().strip() == "Thanks  1"
    assert not footer._thanks.isChecked()


def test_a_reply_is_marked_as_the_answer_and_back(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    post = ben.reply(topic, "Since Monday").id
    place = open_place(village.ben)
    place.show_topic(topic, post)
    place.trigger(actions.ANSWER)
    assert ben.thread(topic).topic.answer == post
    cell = place.page.topic_pane.posts.cell(post.hex())
    assert "The answer" in cell.byline.accessibleName()
    place.trigger(actions.ANSWER)
    assert ben.thread(topic).topic.answer is None


def test_pinning_and_locking_is_offered_to_facilitators_alone(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic = start(ben)
    village.meet()
    moderating = {Wish.PIN, Wish.LOCK}
    assert not moderating & {offer.wish for offer in offers_for_topic(ben.thread(topic).topic)}
    assert moderating <= {offer.wish for offer in offers_for_topic(anna.thread(topic).topic)}
    place = open_place(village.anna)
    place.show_topic(topic)
    do(place, Wish.PIN, OPENING)
    do(place, Wish.LOCK, OPENING)
    view = anna.thread(topic).topic
    assert (view.pinned, view.locked) == (True, True)
    assert place.page.topic_pane.reply_box.isVisible()
    assert "As a facilitator" in place.page.topic_pane._closed_words.text()


def test_only_ones_own_words_are_offered_to_be_edited(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna)
    anna.reply(topic, "Since Monday")
    village.meet()
    thread = ben.thread(topic)
    offered = {offer.wish for offer in offers_for_reply(thread.posts[0], thread.topic)}
    assert not {Wish.EDIT, Wish.TRASH, Wish.RECALL, Wish.ANSWER} & offered
    assert Wish.HISTORY in offered


def test_a_reply_in_the_trash_comes_back_with_undo(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    post = ben.reply(topic, "Since Monday").id
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic, post)
    place.trigger(actions.TRASH)
    assert place.bodies() == []
    assert place.notices() == ["Moved to the trash."]
    place.press_notice()
    assert place.bodies() == ["Since Monday"]


def test_what_others_answered_leaves_its_place_when_it_goes_to_the_trash(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    post = ben.reply(topic, "Since Monday").id
    ben.reply(topic, "Thank you", post)
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic, post)
    place.trigger(actions.TRASH)
    posts = place.page.topic_pane.posts
    assert posts.entry(post.hex()).kind == "trashed"
    posts.cell(post.hex())._restore.click()
    place.settle()
    assert place.bodies() == ["Since Monday", "Thank you"]


def test_del_in_the_list_moves_the_topic_and_undo_brings_it_back(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    ben.reply(topic, "Since Monday")
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic)
    place.page.topics.list.setFocus()
    place.trigger(actions.TRASH)
    assert ben.topics(COMMUNITY) == ()
    assert "in the trash" in place.page.topic_pane._closed_words.text()
    assert not place.page.topic_pane.reply_box.isVisible()
    place.press_notice()
    assert len(ben.topics(COMMUNITY)) == 1


def test_the_text_of_a_reply_is_copied(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    post = ben.reply(topic, "Since **Monday**").id
    place = open_place(village.ben)
    place.show_topic(topic)
    do(place, Wish.COPY, post.hex())
    assert QGuiApplication.clipboard().text() == "Since **Monday**"


def test_a_button_that_could_not_do_its_work_shows_what_is_true(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    place = open_place(village.ben)
    place.show_topic(topic)
    footer = place.page.topic_pane.posts.cell(OPENING).footer
    footer._thanks.setChecked(True)
    place.page.wishes.reacted.emit(OPENING, "no such reaction", True)
    place.settle()
    assert not footer._thanks.isChecked()
    assert place.notices()


def test_links_leave_the_window_through_one_door(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    place = open_place(village.ben)
    place.show_topic(start(ben))
    place.page.wishes.link_activated.emit("https://nt.example/roads")
    assert place.outside.links == ["https://nt.example/roads"]


def test_pinning_locking_and_taking_an_answer_away_are_undone(
    village: Village, open_place: OpenPlace, anna: Discussions
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Roads")).id
    post = anna.reply(topic, "The road is open.").id
    anna.resolve(topic, post)
    place = open_place(village.anna)
    place.show_topic(topic)

    def standing() -> tuple[bool, bool, bool]:
        shown = anna.thread(topic).topic
        return shown.pinned, shown.locked, shown.answer is not None

    before = standing()
    for wish, after in (
        ("pin", (True, False, True)),
        ("lock", (False, True, True)),
        ("not answer", (False, False, False)),
    ):
        place.presenter.verbs.do(wish, "opening")
        place.settle()
        assert standing() == after
        place.press_notice()
        assert standing() == before
