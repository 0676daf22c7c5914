"""Little room: words become shorter or go to a tooltip, and none is cut off."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.ui.discussions.thread.footer import Footer, FooterButton, Saying
from cop_desktop.ui.theme.theme import Theme
from tests.support.cut_off import cut_off
from tests.support.discussion_place import OpenPlace
from tests.support.far_language import far_language
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def test_nothing_of_a_thread_is_cut_off_in_a_small_window_and_a_longer_language(
    qapp: QApplication, village: Village, open_place: OpenPlace, anna: Discussions
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Wet season roads", activity="visits")).id
    parent = None
    for depth in range(6):
        post = anna.reply(topic, f"The barge still runs, {depth}.", parent).id
        anna.react(post, "thanks")
        anna.react(post, "useful")
        parent = post if depth != 4 else parent
    anna.end_topic(topic, "It runs.")
    with far_language(qapp):
        place = open_place(village.anna)
        place.window.resize(1024, 700)
        place.show_topic(topic)
        assert cut_off(place.page.topic_pane) == []
        place.page.topic_pane.posts.go_to(parent.hex())
        place.settle()
        assert cut_off(place.page.topic_pane) == []


def test_buttons_lose_their_words_one_after_the_other_and_keep_their_names(
    theme: Theme, qtbot: QtBot
) -> None:
    footer = Footer(theme)
    qtbot.addWidget(footer)
    footer._thanks.say(Saying("Thanks", "T", 3, "Ana, Ben and Cleo"))
    whole = footer._wanted_width()
    shown = []
    for width in (whole, whole - 1, 200, 0):
        footer.fit_into(width)
        shown.append([button.text().strip() for button in footer.buttons()])
    assert shown[0] == ["Thanks  3", "I used this", "Reply", "Quote", "More"]
    assert shown[1] == ["Thanks  3", "I used this", "Reply", "Quote", ""]
    assert shown[3] == ["3", "", "", "", ""]
    assert [button.accessibleName() for button in footer.buttons()][1:] == [
        *("I used this", "Reply", "Quote", "More")
    ]
    assert footer._thanks.toolTip() == "Thanks (T): Ana, Ben and Cleo"
    assert footer._useful.toolTip() == "I used this"


def test_whom_a_reply_answers_is_shortened_where_the_name_is_long(
    theme: Theme, qtbot: QtBot
) -> None:
    button = FooterButton(theme, "reply", "In reply to " + "Wilhelmina " * 30)
    qtbot.addWidget(button)
    button.shorten_to(300)
    assert button.sizeHint().width() <= 300
    assert button.toolTip().endswith("Wilhelmina ")
