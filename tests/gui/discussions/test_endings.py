"""Topics end in the words of their activity, and are followed or muted."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cop_desktop.services.discussions import Discussions, Level, NewTopic
from cop_desktop.services.drafts import Drafts
from cop_desktop.store import Replica
from cop_desktop.ui.discussions import actions
from cop_desktop.ui.discussions.thread.entries import OPENING
from cop_desktop.ui.discussions.thread.opening_cell import OpeningCell
from cop_desktop.ui.discussions.thread.wishes import Wish, offers_for_topic
from cop_desktop.ui.discussions.writing.end_dialog import EndDialog
from cop_desktop.ui.widgets.rows import ROW_ROLE
from sync.core.ids import Id
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

ASK = "request for information"


def start(discussions: Discussions, activity: str | None = ASK) -> Id:
    return discussions.start_topic(COMMUNITY, NewTopic("Roads", "Is it open?", activity)).id


def opening(place: DiscussionPlace) -> OpeningCell:
    cell = place.page.topic_pane.posts.cell(OPENING)
    assert isinstance(cell, OpeningCell)
    return cell


def dialog(place: DiscussionPlace) -> EndDialog:
    found = place.presenter.ending.dialog
    assert found is not None
    return found


def marks(place: DiscussionPlace, row: int = 0) -> list[str]:
    return [badge.text for badge in place.page.model.index(row).data(ROW_ROLE).badges]


def titles(place: DiscussionPlace) -> list[str]:
    model = place.page.model
    return [model.index(row).data(ROW_ROLE).title for row in range(model.rowCount())]


def shown(replica: Replica, open_place: OpenPlace, topic: Id) -> DiscussionPlace:
    place = open_place(replica)
    place.show_topic(topic)
    return place


def test_a_request_ends_with_what_helped_over_its_text_and_is_opened_again_by_key(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    place = shown(village.ben, open_place, topic)
    assert opening(place).outcome.isHidden()
    assert place.window.registry.action(actions.END).text() == "End this request…"
    place.trigger(actions.END)
    assert dialog(place).windowTitle() == "End this request"
    editor = dialog(place).composer.editor
    assert editor.accessibleName() == "What helped?"
    editor.insertPlainText("The **north** road")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    place.settle()
    panel = opening(place).outcome
    assert place.presenter.ending.dialog is None
    assert panel.isVisible()
    assert (panel._result.text(), panel.text.markdown()) == ("What helped", "The **north** road")
    assert "Settled" in marks(place)
    place.trigger(actions.END)
    assert not ben.thread(topic).topic.ended
    assert opening(place).outcome.isHidden()
    place.press_notice()
    assert ben.thread(topic).topic.ended
    assert Drafts(village.ben).all() == ()


def test_what_came_of_a_topic_is_kept_while_it_is_written(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = start(ben)
    place = shown(village.ben, open_place, topic)
    place.trigger(actions.END)
    dialog(place).composer.editor.insertPlainText("The nor")
    dialog(place).reject()
    place.settle()
    assert not ben.thread(topic).topic.ended
    place.trigger(actions.END)
    assert dialog(place).composer.text() == "The nor"
    dialog(place).composer.set_text("")
    dialog(place).composer.submit()
    place.settle()
    assert (ben.thread(topic).topic.ended, ben.thread(topic).topic.outcome) == (True, "")


def test_an_answer_offers_to_end_the_request_and_is_gone_to_from_above(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic = start(ben)
    village.meet()
    post = anna.reply(topic, "Since Monday").id
    village.meet()
    place = open_place(village.ben)
    place.show_topic(topic, post)
    place.trigger(actions.ANSWER)
    assert "Answered" in marks(place)
    assert opening(place).outcome.answer.isVisible()
    assert opening(place).outcome.reopen.isHidden()
    place.press_notice()
    assert dialog(place)._words.question == "What helped?"
    dialog(place).composer.submit()
    place.settle()
    assert "Settled" in marks(place)
    place.page.topic_pane.posts.make_current(OPENING)
    opening(place).outcome.answer.click()
    assert place.page.topic_pane.posts.current == post.hex()


def test_ending_is_offered_to_those_who_may_and_each_activity_ends_in_its_own_words(
    village: Village, anna: Discussions, ben: Discussions
) -> None:
    topic, visit = start(anna, None), start(ben, "visits")
    village.meet()
    offered = {offer.wish: offer.words for offer in offers_for_topic(ben.thread(visit).topic)}
    assert offered[Wish.END] == "&Tell what we saw…"
    assert Wish.END not in {o.wish for o in offers_for_topic(ben.thread(topic).topic)}
    assert Wish.END in {o.wish for o in offers_for_topic(anna.thread(visit).topic)}


def test_keys_end_and_answer_only_what_one_may_change(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    theirs, mine = start(anna), start(ben)
    village.meet()
    place = shown(village.ben, open_place, theirs)
    both = [place.window.registry.action(key) for key in (actions.END, actions.ANSWER)]
    assert [action.isEnabled() for action in both] == [False, False]
    place.show_topic(mine)
    assert [action.isEnabled() for action in both] == [True, True]


def test_the_list_shows_open_or_ended_topics_alone(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    ben.end_topic(start(ben), "Open")
    other = ben.start_topic(COMMUNITY, NewTopic("Water")).id
    place = open_place(village.ben)
    show = place.page.topics.filter.standing
    for key, wanted in (("open", ["Water"]), ("ended", ["Roads"]), ("followed", [])):
        show.set_value(key)
        show.chosen.emit(key)
        place.settle()
        assert titles(place) == wanted
    assert place.page.topics._empty._headline.text() == "You follow no topic here"
    ben.follow(other, Level.FOLLOW)
    place.tell_changes("followed")
    assert titles(place) == ["Water"]


def test_f_follows_and_shift_m_mutes_and_undo_takes_it_back(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna)
    village.meet()
    place = shown(village.ben, open_place, topic)
    place.trigger(actions.FOLLOW)
    assert ben.thread(topic).topic.level is Level.FOLLOW
    assert "Followed" in marks(place)
    assert place.window.registry.action(actions.FOLLOW).text() == "Stop &following"
    place.trigger(actions.MUTE)
    assert ben.thread(topic).topic.level is Level.MUTE
    assert "Muted" in marks(place)
    place.press_notice()
    assert ben.thread(topic).topic.level is Level.FOLLOW


def test_a_muted_topic_is_not_bold_in_the_list_and_says_what_is_new(
    village: Village, open_place: OpenPlace, anna: Discussions, ben: Discussions
) -> None:
    topic = start(anna)
    anna.reply(topic, "Since Monday")
    village.meet()
    ben.follow(topic, Level.MUTE)
    place = open_place(village.ben)
    row = place.page.model.index(0).data(ROW_ROLE)
    assert (row.unread, marks(place)[0]) == (False, "2 new")
