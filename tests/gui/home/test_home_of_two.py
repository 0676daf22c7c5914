"""Home of somebody who belongs to two communities, and names that are not meant to be shown so."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.meetings import Meetings, NewAction, NewMeeting
from cop_desktop.services.reading import moment
from cop_desktop.store import NewSpace
from sync.catalogue.communities import texts_space
from sync.catalogue.declare import SpaceKind
from sync.core.ids import Id
from tests.gui.home.conftest import AtHome
from tests.support.replicas import BEN, COMMUNITY
from tests.support.village import Village

DESERT = Id(b"\x77" * 16)
HOSTILE = 'R&D <b>now</b>\n<img src="file:///etc/hosts">\u202eback ' + "e\u0301" * 40 + " x" * 2_000


def join_the_desert(village: Village) -> None:
    village.server.add_community(DESERT, "Desert Leaders")
    both = (
        NewSpace(DESERT, SpaceKind.COMMUNITY),
        NewSpace(texts_space(DESERT), SpaceKind.TEXTS, DESERT),
    )
    for replica in (village.anna, village.ben):
        account = replica.account
        assert account is not None
        village.server.add_member(account.member, account.member_name, DESERT)
        replica.enrolled(account, both)
    village.meet()


def test_lines_tell_of_both_communities_and_name_them(
    village: Village, anna: Discussions, at_home: AtHome
) -> None:
    join_the_desert(village)
    anna.start_topic(COMMUNITY, NewTopic("Barge", body="Late again"))
    anna.start_topic(DESERT, NewTopic("Bore", body="Brown, @Ben"))
    village.meet()
    page = at_home.home
    lines = {line.split(" · ")[0]: line for line in page.news.words()}
    assert "Top End Leaders" in lines["Barge"]
    assert "Desert Leaders" in lines["Bore"]
    assert "Desert Leaders" in page.waiting.words()[0]
    assert page.catch_up.text().startswith("&Catch up: 2 new in 2 threads")


def test_the_next_meeting_of_either_is_shown_with_its_community(
    village: Village, at_home: AtHome
) -> None:
    join_the_desert(village)
    meetings, now = Meetings(village.anna), village.anna.now_ms()
    meetings.add_meeting(COMMUNITY, NewMeeting("Later", moment(now + 9_000_000)))
    meetings.add_meeting(DESERT, NewMeeting("Sooner", moment(now + 3_600_000)))
    village.meet()
    page = at_home.home
    assert page.meeting.title.text() == "Sooner"
    assert "Desert Leaders" in page.meeting.words.text()


def test_with_one_community_it_is_not_named(
    village: Village, anna: Discussions, at_home: AtHome
) -> None:
    anna.start_topic(COMMUNITY, NewTopic("Barge", body="Late again"))
    village.meet()
    assert "Top End" not in at_home.home.news.words()[0]


def test_whatever_people_write_stands_on_one_line_as_it_was_written(
    village: Village, anna: Discussions, at_home: AtHome, qtbot: QtBot
) -> None:
    title = " ".join(HOSTILE.split())[:300]
    anna.start_topic(COMMUNITY, NewTopic(title, body=f"{HOSTILE} @Ben"))
    meetings = Meetings(village.anna)
    meeting = meetings.add_meeting(COMMUNITY, NewMeeting(title, moment(village.anna.now_ms()))).id
    meetings.add_action(meeting, NewAction(HOSTILE, owner=BEN))
    village.meet()
    page = at_home.home
    assert len(page.waiting.widgets) == 2
    for line in (*page.waiting.widgets, *page.news.widgets):
        shown = line.button
        assert shown.shortcut().isEmpty()  # nobody's ampersand becomes a key of the window
        assert "\n" not in shown.text()
        assert "<img" not in shown.toolTip()
        assert line.height() < 2 * page.ten_minutes.button.height()
        shown.grab()
    assert page.meeting.title.text() == title.replace("\u202e", "")  # nothing turns a line round
    assert all(each.textFormat().name == "PlainText" for each in page.findChildren(QLabel))
    assert page.width() <= at_home.place.window.width()
