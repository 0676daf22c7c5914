"""What a member sees first, and what they do about it at once."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.home import FirstStep
from cop_desktop.services.meetings import Meetings, NewAction, NewMeeting
from cop_desktop.services.reading import moment
from cop_desktop.ui.home.page import HomePage
from cop_desktop.ui.home.presenter import HomePresenter
from sync.core.ids import Id
from tests.gui.home.conftest import AtHome
from tests.support.desk_window import nameless
from tests.support.replicas import BEN, COMMUNITY
from tests.support.tab_walk import passed_over, stops_of
from tests.support.village import Village


def presenter(page: HomePage) -> HomePresenter:
    assert isinstance(page.presenter, HomePresenter)
    return page.presenter


def start(anna: Discussions, title: str, body: str = "") -> Id:
    return anna.start_topic(COMMUNITY, NewTopic(title, body=body)).id


def press(at_home: AtHome, page: HomePage, qtbot: QtBot, verb: str = "") -> None:
    """Opens the first line that waits, or presses its small button."""
    line = page.waiting.widgets[0]
    qtbot.mouseClick(line.verbs[0] if verb else line.button, Qt.MouseButton.LeftButton)
    at_home.place.settle()


def test_what_waits_stands_at_home_and_is_gone_to(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    topic = start(anna, "Roads", "Can you come, @Ben?")
    village.meet()
    page = at_home.home
    assert page.waiting.words() == ["Roads · just now · Anna mentioned you: Can you come, @Ben?"]
    assert nameless(page) == []
    press(at_home, page, qtbot)
    assert [(each.open_kind, each.open_id) for each in at_home.gone_to] == [("topic", topic)]


def test_a_mention_that_needs_no_answer_goes_and_comes_back_with_undo(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    start(anna, "Roads", "Can you come, @Ben?")
    village.meet()
    page = at_home.home
    press(at_home, page, qtbot, "no answer")
    qtbot.waitUntil(lambda: not page.waiting.widgets)
    at_home.place.press_notice()
    qtbot.waitUntil(lambda: len(page.waiting.widgets) == 1)


def test_an_action_is_done_with_one_press(village: Village, at_home: AtHome, qtbot: QtBot) -> None:
    meetings = Meetings(village.anna)
    held = meetings.add_meeting(COMMUNITY, NewMeeting("Forum", moment(village.anna.now_ms()))).id
    meetings.add_action(held, NewAction("Ring the shire", owner=BEN))
    village.meet()
    page = at_home.home
    assert page.waiting.words() == ["Ring the shire · For you to do, from “Forum”"]
    press(at_home, page, qtbot, "done")
    qtbot.waitUntil(lambda: not page.waiting.widgets)
    assert Meetings(village.ben).open_actions(COMMUNITY) == ()


def test_an_action_tells_its_day_and_no_hour(village: Village, at_home: AtHome) -> None:
    meetings, now = Meetings(village.anna), moment(village.anna.now_ms())
    held = meetings.add_meeting(COMMUNITY, NewMeeting("Forum", now)).id
    day = now.date() + timedelta(days=3)
    meetings.add_action(held, NewAction("Ring the shire", owner=BEN, due=day))
    village.meet()
    said = at_home.place.desk.when.day(day)
    assert at_home.home.waiting.words() == [
        f"Ring the shire · For you to do by {said}, from “Forum”"
    ]


def test_lines_say_anew_how_long_ago_it_was_and_stay_the_same_widgets(
    village: Village, anna: Discussions, at_home: AtHome
) -> None:
    start(anna, "Roads", "Can you come, @Ben?")
    village.meet()
    page, when = at_home.home, at_home.place.desk.when
    widgets = list(page.waiting.widgets)
    head = page.header.findChildren(QLabel)[-1].text()
    village.turn_clocks(seconds=780)
    when.aged.emit()
    assert page.waiting.words() == ["Roads · 13 min · Anna mentioned you: Can you come, @Ben?"]
    assert list(page.waiting.widgets) == widgets
    assert "13 min" in widgets[0].button.accessibleDescription()
    assert page.header.findChildren(QLabel)[-1].text() != head
    read = at_home.catch_up
    assert "13 min ago" in read.origin.text()
    village.turn_clocks(seconds=60)
    when.aged.emit()
    assert "14 min ago" in read.origin.text()
    times = [each.text() for each in read.reading.findChildren(QLabel)]
    assert "13 min ago" not in times


def test_a_sync_brings_new_lines_and_leaves_the_keyboard_where_it_is(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    start(anna, "Roads")
    village.meet()
    page = at_home.home
    page.news.widgets[0].button.setFocus()
    start(anna, "Buses")
    village.meet()
    at_home.place.tell("topic")
    qtbot.waitUntil(lambda: len(page.news.widgets) == 2)
    assert page.news.widgets[1].line.title == "Roads"
    assert page.news.widgets[1].button.hasFocus()


def test_lines_are_gone_through_and_opened_by_keyboard(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    for title in ("Roads", "Buses"):
        start(anna, title)
    village.meet()
    page = at_home.home
    first, second = page.news.widgets
    first.button.setFocus()
    qtbot.keyClick(first.button, Qt.Key.Key_Down)
    assert second.button.hasFocus()
    qtbot.keyClick(second.button, Qt.Key.Key_Return)
    assert [each.title for each in at_home.gone_to] == ["Roads"]
    qtbot.keyClick(second.button, Qt.Key.Key_Up)
    assert first.button.hasFocus()


def test_tab_goes_through_home_as_it_stands(
    village: Village, anna: Discussions, at_home: AtHome
) -> None:
    start(anna, "Roads", "@Ben?")
    village.meet()
    page, window = at_home.home, at_home.place.window
    assert passed_over(window) == []
    stops = stops_of(window)
    waiting, news = page.waiting.widgets[0], page.news.widgets[0]
    in_order = (page.ten_minutes.button, page.meeting.button, waiting.button, waiting.verbs[0])
    places = [stops.index(stop) for stop in (*in_order, news.button, page.catch_up)]
    assert places == sorted(places)


def test_only_who_looked_at_home_has_seen_what_stood_there(
    village: Village, anna: Discussions, at_home: AtHome
) -> None:
    start(anna, "Roads")
    village.meet()
    page = at_home.home
    page.left.emit()  # after a glance
    at_home.place.settle()
    village.turn_clocks(days=1)
    assert at_home.home.news_header.accessibleName() == "What the others talk about"
    presenter(page).dwelling.looked_at.emit()
    at_home.place.settle()
    village.turn_clocks(days=1)
    page = at_home.home
    assert page.news_header.accessibleName() == "Since you were last here"
    assert page.news.words() == []
    assert page.catch_up.text() == "&Catch up: 1 new in 1 thread"


def test_all_is_seen_at_a_press_and_not_after_undo(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    page = at_home.home
    presenter(page).dwelling.looked_at.emit()
    at_home.place.settle()
    village.turn_clocks(days=1)
    start(anna, "Roads")
    village.meet()
    assert len(at_home.home.news.words()) == 1
    qtbot.mouseClick(page.all_seen, Qt.MouseButton.LeftButton)
    at_home.place.settle()
    assert page.news.words() == []
    at_home.place.press_notice()
    assert len(page.news.words()) == 1


def test_the_next_meeting_is_told_with_its_time_and_opened(
    village: Village, at_home: AtHome, qtbot: QtBot
) -> None:
    page = at_home.home
    assert page.meeting.title.text() == "None is planned"
    starts = moment(village.anna.now_ms() + 3 * 86_400_000)
    meeting = Meetings(village.anna).add_meeting(COMMUNITY, NewMeeting("Forum", starts)).id
    village.meet()
    at_home.place.tell("meeting")
    qtbot.waitUntil(lambda: page.meeting.title.text() == "Forum")
    assert page.meeting.words.text() == "Thu 24 Sep, 11:43 pm NT time · in 3 days"
    qtbot.mouseClick(page.meeting.button, Qt.MouseButton.LeftButton)
    assert [each.open_id for each in at_home.gone_to] == [meeting]


def test_somebody_new_is_shown_three_things_to_begin_with(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    start(anna, "Roads")
    village.meet()
    page = at_home.home
    assert page.steps.isVisible()
    qtbot.mouseClick(page.steps.steps[FirstStep.PROFILE], Qt.MouseButton.LeftButton)
    assert [(each.open_kind, each.open_id) for each in at_home.gone_to] == [("member", BEN)]
    qtbot.mouseClick(page.steps.hide_button, Qt.MouseButton.LeftButton)
    at_home.place.settle()
    assert not page.steps.isVisible()
