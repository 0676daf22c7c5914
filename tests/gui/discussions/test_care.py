"""What asks for care is covered in list, topic and thread until somebody wishes to look."""

import pytest
from PySide6.QtGui import QGuiApplication

from cop_desktop.services.care import Care
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.ui.discussions import actions
from cop_desktop.ui.discussions.thread.covered_cell import CoveredCell
from cop_desktop.ui.discussions.thread.entries import key_of
from cop_desktop.ui.widgets.form.form import FormDialog
from cop_desktop.ui.widgets.rows import ROW_ROLE, Row
from sync.core.ids import Id
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


@pytest.fixture
def topic(village: Village, ben: Discussions) -> Id:
    topic = ben.start_topic(COMMUNITY, NewTopic("An old photo", "Taken in 1974 at the store.")).id
    village.meet()
    return topic


def row(place: DiscussionPlace, number: int = 0) -> Row:
    shown = place.page.model.index(number).data(ROW_ROLE)
    assert isinstance(shown, Row)
    return shown


def test_a_topic_is_covered_whole_until_somebody_wishes_to_see_it(
    village: Village, open_place: OpenPlace, topic: Id
) -> None:
    Care(village.ben).flag(topic, "Photos of an Elder")
    village.meet()
    place = open_place(village.anna)
    place.show_topic(topic)
    place.page.topic_pane.setFocus()
    pane = place.page.topic_pane
    assert pane.cover.isVisible()
    assert not pane.reply_box.isVisible()
    assert "1974" not in row(place).snippet
    assert "With care" in [badge.text for badge in row(place).badges]
    assert not place.window.registry.action(actions.QUOTE).isEnabled()
    assert pane.posts.order() == []
    assert pane.cover.isAncestorOf(place.window.focusWidget())
    place.window.focusWidget().click()
    place.settle()
    assert pane.posts.order() == ["opening"]
    assert place.window.focusWidget() is pane.posts
    place.tell_changes("care_flag")
    assert not pane.cover.isVisible()


def test_next_unread_goes_past_what_nobody_wishes_to_see(
    village: Village, open_place: OpenPlace, topic: Id, ben: Discussions
) -> None:
    other = ben.start_topic(COMMUNITY, NewTopic("Roads", "The road is open.")).id
    Care(village.ben).flag(topic)
    village.meet()
    place = open_place(village.anna)
    place.show_topic(topic)
    place.trigger(actions.NEXT_UNREAD)
    assert place.presenter.reading.topic == other
    place.show_topic(topic)
    place.discussions.mark_read(other)
    place.trigger(actions.NEXT_UNREAD)
    assert place.presenter.reading.topic == topic
    assert place.notices() == ["You have read everything."]


def test_a_reply_is_covered_and_neither_quoted_copied_nor_said_before_it_is_shown(
    village: Village, open_place: OpenPlace, topic: Id, ben: Discussions
) -> None:
    post = ben.reply(topic, "It shows old Wunungmurra.").id
    Care(village.ben).flag(post, "A name")
    village.meet()
    QGuiApplication.clipboard().setText("before")
    place = open_place(village.anna)
    place.show_topic(topic, post)
    posts, key = place.page.topic_pane.posts, key_of(post)
    cell = posts.cell(key)
    assert isinstance(cell, CoveredCell)
    assert "Wunungmurra" not in cell.spoken() + row(place).snippet
    assert "A name" in cell.spoken()
    for wish in ("quote", "copy", "history", "edit"):
        place.presenter.verbs.do(wish, key)
        place.settle()
    assert place.page.topic_pane.reply_box.composer.text() == ""
    assert QGuiApplication.clipboard().text() == "before"
    cell.show_anyway.click()
    place.settle()
    assert "Wunungmurra" in posts.cell(key).spoken()


def test_a_reply_that_quotes_what_asks_for_care_asks_for_it_too(
    village: Village, open_place: OpenPlace, topic: Id, ben: Discussions, anna: Discussions
) -> None:
    post = ben.reply(topic, "It shows old Wunungmurra.\n\nAnd the store.").id
    Care(village.ben).flag(post, "A name")
    village.meet()
    place = open_place(village.anna)
    place.show_topic(topic, post)
    place.presenter.verbs.do("show anyway", key_of(post))
    place.settle()
    place.presenter.verbs.do("quote", key_of(post))
    place.post("I knew him.")
    assert "with care" in place.notices()[-1]
    quoting = anna.thread(topic).posts[1]
    assert quoting.care is not None
    assert quoting.care.note == "A name"
    assert any("I knew him." in body for body in place.bodies())
    assert not isinstance(place.page.topic_pane.posts.cell(key_of(quoting.id)), CoveredCell)
    place.post("The road is open.")
    assert [each.care is None for each in anna.thread(topic).posts] == [False, False, True]


def test_anybody_asks_for_care_and_takes_it_back_from_the_menu(
    village: Village, open_place: OpenPlace, topic: Id
) -> None:
    place = open_place(village.cleo)
    place.show_topic(topic)
    offers = [each.words for each in place.page.topic_pane.posts.cell("opening").footer._offers()]
    assert "Ask for &care…" in offers
    place.presenter.verbs.do("care", "opening")
    place.settle()
    (dialog,) = place.window.findChildren(FormDialog)
    dialog.form.set_values({"note": "A photo"})
    dialog.confirm()
    place.settle()
    assert Care(village.cleo).flag_of(topic) is not None
    assert place.page.topic_pane.posts.order() == ["opening"]
    place.presenter.verbs.do("care", "opening")
    place.settle()
    assert Care(village.cleo).flag_of(topic) is None
    place.press_notice()
    assert Care(village.cleo).flag_of(topic) is not None
