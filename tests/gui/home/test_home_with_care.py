"""What asks for care is covered at home until somebody wishes to look; titles stay."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cop_desktop.services.care import Care
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.news import Came
from cop_desktop.ui.home.reading import ReadingView
from cop_desktop.ui.notifying.words import message_for
from cop_desktop.ui.records.care_cover import CareCover
from cop_desktop.ui.records.care_words import care_words
from sync.core.ids import Id
from tests.gui.home.conftest import AtHome
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

SAID = "He sang for us, @Ben."


@pytest.fixture
def flagged(village: Village, anna: Discussions) -> Id:
    """A topic that mentions Ben, for which Anna asked for care."""
    topic = anna.start_topic(COMMUNITY, NewTopic("Remembering", body=SAID)).id
    Care(village.anna).flag(topic, "A name")
    village.meet()
    return topic


def cover_in(reading: ReadingView) -> CareCover | None:
    return reading.findChild(CareCover)


def looks(reading: ReadingView, qtbot: QtBot) -> None:
    cover = cover_in(reading)
    assert cover is not None
    cover.show_wanted.emit()
    qtbot.waitUntil(lambda: reading.words() != [])


def test_lines_tell_the_title_and_none_of_its_words(flagged: Id, at_home: AtHome) -> None:
    page = at_home.home
    (waits,), (thread,) = page.waiting.words(), page.news.words()
    for line in (waits, thread):
        assert line.startswith("Remembering · ")
        assert care_words() in line
        assert "With care" in line
        assert "sang" not in line


def test_the_catch_up_covers_it_until_somebody_looks_and_then_no_more(
    flagged: Id, at_home: AtHome, qtbot: QtBot
) -> None:
    page = at_home.catch_up
    assert page.reading.words() == []
    assert "sang" not in str(page.model.index(0).data())
    looks(page.reading, qtbot)
    assert page.reading.words() == [SAID]
    assert at_home.catch_up.reading.words() == [SAID]


def test_ten_minutes_cover_a_mention_until_somebody_looks(
    flagged: Id, at_home: AtHome, qtbot: QtBot
) -> None:
    page = at_home.ten_minutes
    assert "sang" not in shown_on(page)
    looks(page.reading, qtbot)
    assert page.reading.words() == [SAID]


def test_a_reply_with_which_care_is_asked_for_covers_what_is_read_here(
    village: Village, anna: Discussions, at_home: AtHome
) -> None:
    topic = anna.start_topic(COMMUNITY, NewTopic("Songs", body="Which ones?")).id
    Care(village.anna).flag(anna.reply(topic, "His.").id)
    village.meet()
    page = at_home.catch_up
    assert cover_in(page.reading) is not None
    assert page.reading.words() == []
    assert care_words() in at_home.home.news.words()[0]


def test_a_message_of_the_system_has_none_of_its_words(flagged: Id, at_home: AtHome) -> None:
    (waits,) = at_home.place.desk.services.home.overview().waiting
    message = message_for(Came((waits,)))
    assert message.words == f"{care_words()} · Remembering"


def shown_on(page: QWidget) -> str:
    """Every word that can be seen on it."""
    return " ".join(
        str(part.property("text") or part.property("plainText") or "")
        for part in page.findChildren(QWidget)
        if part.isVisible()
    )
