"""Ten minutes and the catch-up, taken one thing after the other by keyboard."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cop_desktop.services.discussions import Discussions, NewTopic, UnreadCounts
from cop_desktop.ui.home.ten_minutes import TenMinutesPage
from sync.core.ids import Id
from tests.gui.home.conftest import AtHome
from tests.support.desk_window import nameless
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def start(anna: Discussions, title: str, body: str = "Body") -> Id:
    return anna.start_topic(COMMUNITY, NewTopic(title, body=body)).id


def key(at_home: AtHome, letter: Qt.Key, qtbot: QtBot) -> None:
    window = at_home.place.window
    qtbot.keyClick(window.focusWidget(), letter)
    at_home.place.settle()


def test_three_things_are_gone_through_with_keys(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    for title in ("Four", "Three", "Two"):
        start(anna, title)
    start(anna, "One", "Can you, @Ben?")
    village.meet()
    page = at_home.ten_minutes
    assert page.title.text() == "One"
    assert page.place.text() == "1 of 3 · about 4 minutes left"
    key(at_home, Qt.Key.Key_N, qtbot)
    assert (page.title.text(), page.reading.words()) == ("Two", ["Body"])
    key(at_home, Qt.Key.Key_S, qtbot)
    assert page.title.text() == "Four"
    key(at_home, Qt.Key.Key_E, qtbot)
    assert page.title.text() == "Three"
    key(at_home, Qt.Key.Key_O, qtbot)
    assert [each.title for each in at_home.gone_to] == ["Three"]
    key(at_home, Qt.Key.Key_E, qtbot)
    assert page.empty.isVisible()
    ben = Discussions(village.ben)
    assert ben.unread_counts(COMMUNITY) == UnreadCounts(2, 2)
    key(at_home, Qt.Key.Key_Escape, qtbot)
    assert at_home.place.window.current_place == "home"


def test_who_comes_back_goes_on_with_what_is_not_dealt_with_meanwhile(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    for title in ("Two", "One"):
        start(anna, title)
    village.meet()
    page = at_home.ten_minutes
    key(at_home, Qt.Key.Key_N, qtbot)
    at_home.place.window.show_place("library")
    assert at_home.ten_minutes.title.text() == page.title.text() == "Two"
    at_home.place.window.show_place("library")
    ben = Discussions(village.ben)
    ben.mark_read(next(row.id for row in ben.topics(COMMUNITY) if row.title == "Two"))
    assert at_home.ten_minutes.empty.isVisible()


def test_with_nothing_to_do_ten_minutes_say_so(at_home: AtHome) -> None:
    page: TenMinutesPage = at_home.ten_minutes
    assert page.empty.isVisible()
    assert not page.again.isVisible()


def test_catching_up_takes_thread_after_thread(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    for title in ("Three", "Two"):
        start(anna, title)
    topic = start(anna, "One")
    anna.reply(topic, "A reply")
    village.meet()
    page = at_home.catch_up
    assert page.count.text() == "4 new in 3 threads"
    assert (page.title.text(), page.reading.words()) == ("One", ["Body", "A reply"])
    assert page.list.hasFocus()
    key(at_home, Qt.Key.Key_E, qtbot)
    qtbot.waitUntil(lambda: page.title.text() == "Two")
    assert Discussions(village.ben).unread_counts(COMMUNITY) == UnreadCounts(2, 2)
    key(at_home, Qt.Key.Key_S, qtbot)
    assert page.title.text() == "Three"
    assert [page.model.index(row).data() for row in range(2)] == ["Three", "Two"]
    qtbot.mouseClick(page.all_read, Qt.MouseButton.LeftButton)
    at_home.place.press_notice()
    qtbot.waitUntil(page.empty.isVisible)


def test_with_nothing_to_catch_up_with_there_is_one_way_back_also_in_a_small_window(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    at_home.place.window.resize(640, 600)
    page = at_home.catch_up
    assert page.empty.isVisible()
    assert not page.back.isVisible()
    start(anna, "One")
    village.meet()
    at_home.home  # noqa: B018 - and back
    assert at_home.catch_up.list.isVisible()
    assert page.back.isVisible()


def test_undo_brings_a_thread_back_that_was_marked_as_read(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    start(anna, "One")
    village.meet()
    page = at_home.catch_up
    key(at_home, Qt.Key.Key_E, qtbot)
    qtbot.waitUntil(page.empty.isVisible)
    at_home.place.press_notice()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_hostile_words_are_shown_and_nothing_more(
    village: Village, anna: Discussions, at_home: AtHome
) -> None:
    body = "![x](file:///etc/passwd) [y](javascript:alert(1)) <b>z</b> @Ben\n\u202etxt"
    start(anna, "A\nB {0} %s", body)
    village.meet()
    assert at_home.home.waiting.words()
    assert at_home.ten_minutes.reading.words()
    assert nameless(at_home.ten_minutes) == []
    assert at_home.catch_up.model.rowCount() == 1
    assert nameless(at_home.catch_up) == []
