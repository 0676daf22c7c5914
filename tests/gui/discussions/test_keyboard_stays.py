"""The keyboard is somewhere that can be seen, also where there is no list to go to."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.ui.discussions import actions
from cop_desktop.ui.shell.place_button import PlaceButton
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.replicas import COMMUNITY
from tests.support.tab_walk import bring_to_front
from tests.support.village import Village


def with_keyboard() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    return focus


def button_of(place: DiscussionPlace) -> PlaceButton:
    (button,) = place.window.rail.findChildren(PlaceButton)
    return button


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_place_that_is_shown_pressed_again_leads_to_the_first_thing_to_do(
    village: Village, open_place: OpenPlace, key: Qt.Key
) -> None:
    place = open_place(village.ben)
    bring_to_front(place.window)
    button_of(place).setFocus()
    QTest.keyClick(button_of(place), key)
    place.settle()
    assert with_keyboard() is place.page.topics._empty.button


def test_where_a_filter_leaves_nothing_down_leads_to_what_shows_all_again(
    village: Village, open_place: OpenPlace, ben: Discussions, qtbot: QtBot
) -> None:
    ben.start_topic(COMMUNITY, NewTopic("Buses"))
    place = open_place(village.ben)
    bring_to_front(place.window)
    topics = place.page.topics
    topics.filter.search.setText("nothing of the sort")
    qtbot.waitUntil(topics._empty.isVisible)
    topics.filter.search.setFocus()
    topics.filter.search.results_wanted.emit()
    assert with_keyboard() is topics._empty.button


def test_in_a_narrow_window_a_topic_keeps_the_keyboard_and_a_form_left_leads_to_the_list(
    village: Village, open_place: OpenPlace, ben: Discussions
) -> None:
    topic = ben.start_topic(COMMUNITY, NewTopic("Buses")).id
    place = open_place(village.ben)
    bring_to_front(place.window)
    place.window.resize(700, 600)
    place.settle()
    place.trigger(actions.NEW)
    place.page.form.close_wanted.emit()
    place.settle()
    assert with_keyboard() is place.page.topics.list
    place.show_topic(topic)
    button_of(place).setFocus()
    QTest.keyClick(button_of(place), Qt.Key.Key_Space)
    place.settle()
    assert place.page.topic_pane.isAncestorOf(with_keyboard())
