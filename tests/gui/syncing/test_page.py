"""The place of sync: what waits, what was refused and why, how much is here."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.services.library import NewItem
from cop_desktop.services.sync_status import SpaceStanding
from cop_desktop.store.receipts import FORK
from cop_desktop.sync_report import SyncReport
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.versions_dialog import VersionsDialog
from cop_desktop.ui.syncing.page import Told
from cop_desktop.ui.syncing.reasons import reason_words
from cop_desktop.ui.syncing.sentence import Facts
from sync.client.errors import SyncError
from sync.server.reasons import Reason
from tests.support.desk_window import DeskWindow, nameless
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

REPORT = SyncReport(
    busy=False, agreed=True, cause="", received=3, up_bytes=2_048, down_bytes=3_400_000
)


def start(place: DeskWindow, title: str) -> None:
    added = place.desk.services.discussions.start_topic(COMMUNITY, NewTopic(title))
    place.desk.hub.post_change(added.changed)
    place.settle()


def test_nothing_waits_is_said_in_words(anna: DeskWindow) -> None:
    page = anna.sync
    anna.settle()
    assert page.lines("waiting") == ["Nothing: all that you wrote has been sent."]
    assert not page.again.isVisible()
    assert not page.trouble.isVisible()


def test_what_waits_is_listed_with_what_it_is_and_goes_when_it_was_sent(
    anna: DeskWindow, village: Village
) -> None:
    page = anna.sync
    start(anna, "Wet season roads")
    (line,) = page.lines("waiting")
    assert line.startswith("Wet season roads")
    assert "topic" in line
    assert "written" in line
    village.meet()
    anna.tell("topic")
    assert page.lines("waiting") == ["Nothing: all that you wrote has been sent."]


def test_more_than_fits_is_counted(anna: DeskWindow) -> None:
    for number in range(53):
        anna.desk.services.discussions.start_topic(COMMUNITY, NewTopic(f"Topic {number}"))
    page = anna.sync
    anna.settle()
    lines = page.lines("waiting")
    assert len(lines) == 51
    assert lines[-1] == "and 3 more"


def test_what_was_refused_is_listed_with_the_reason_and_can_be_sent_again(
    anna: DeskWindow, village: Village, qtbot: QtBot
) -> None:
    page = anna.sync
    village.server.refuse_next("no_access")
    start(anna, "Wet season roads")
    village.meet()
    anna.tell("topic")
    (line,) = page.lines("refused")
    assert line.startswith("Wet season roads")
    assert page.lines("waiting") == ["Nothing but what was not accepted."]
    assert "You no longer belong to this community. It is kept on this computer." in line
    qtbot.mouseClick(page.again, Qt.MouseButton.LeftButton)
    anna.settle()
    assert anna.handed.wishes == 1
    assert not page.again.isVisible()
    assert page.lines("waiting")[0].startswith("Wet season roads")


@pytest.mark.parametrize("code", [*Reason, FORK])
def test_every_reason_of_the_server_has_words(code: str) -> None:
    words = reason_words(code)
    assert words.endswith(".")
    assert "The server gave this reason" not in words


def test_a_reason_of_a_newer_server_is_shown_as_it_came() -> None:
    assert reason_words("too_early") == "The server gave this reason: too early"


def test_a_file_that_is_still_going_up_is_not_called_sent(
    anna: DeskWindow, village: Village, tmp_path: Path
) -> None:
    library = anna.desk.services.library
    item = library.add_item(COMMUNITY, NewItem("Bus route")).id
    route = tmp_path / "route.txt"
    route.write_text("The bus leaves at seven.\n" * 400)
    library.attach(item, route)
    village.meet()
    page = anna.sync
    anna.settle()
    assert anna.desk.services.sync_status.standing().waiting == 0
    (line,) = page.lines("waiting")
    assert line.startswith("Files")
    assert "sent" not in line


def test_every_space_says_how_much_of_it_is_here(anna: DeskWindow) -> None:
    page = anna.sync
    anna.settle()
    lines = page.lines("spaces")
    assert "Top End Leaders · everything up to the last contact is here" in lines
    assert any(line.startswith("Top End Leaders: words inside files") for line in lines)


def test_what_was_moved_and_the_trouble_are_told(anna: DeskWindow) -> None:
    page = anna.sync
    anna.desk.hub.post_status(REPORT)
    anna.settle()
    assert "2 kB sent, 3.4 MB received" in page.lines("moved")
    assert any("Last contact with the server" in line for line in page.lines("moved"))
    failed = SyncReport(
        busy=False, agreed=False, cause="no_network", received=0, up_bytes=0, down_bytes=0
    )
    anna.desk.hub.post_status(failed)
    anna.settle()
    assert page.trouble.isVisible()
    assert page.sentence.text().endswith("This computer has no connection right now.")
    assert page.trouble.text().startswith("Everything you wrote is safe on this computer")
    assert page.trouble.property("role") == "", "it ends by itself"
    anna.desk.hub.post_status(replace(failed, cause="revoked"))
    anna.settle()
    assert page.trouble.property("role") == "problem"


@pytest.mark.parametrize("cause", ["DiskFull", "LittleRoom", "ReadOnly", "no_network"])
def test_what_the_sentence_says_is_not_said_again_below_it(anna: DeskWindow, cause: str) -> None:
    page = anna.sync
    anna.desk.hub.post_status(replace(REPORT, agreed=False, cause=cause))
    anna.settle()
    assert page.trouble.isVisible()
    first = page.trouble.text().partition(".")[0]
    assert first not in page.sentence.text()


def test_sync_now_is_one_key_away(anna: DeskWindow, qtbot: QtBot) -> None:
    page = anna.sync
    anna.settle()
    page.now.setFocus()
    qtbot.keyClick(page.now, Qt.Key.Key_Space)
    assert anna.handed.wishes == 1


def test_a_screen_reader_has_a_name_for_every_control(anna: DeskWindow) -> None:
    page = anna.sync
    start(anna, "Roads")
    assert nameless(page) == []


def test_a_refusal_does_not_hide_that_there_is_no_connection(
    anna: DeskWindow, village: Village
) -> None:
    page = anna.sync
    village.server.refuse_next("no_access")
    start(anna, "Wet season roads")
    village.meet()
    anna.desk.hub.post_status(replace(REPORT, agreed=False, cause="no_network"))
    anna.settle()
    assert page.sentence.text().startswith("1 thing not accepted by the server")
    assert page.trouble.text().startswith("This computer has no connection right now.")


def test_a_space_of_which_nothing_came_yet_is_not_called_whole(anna: DeskWindow) -> None:
    space = SpaceStanding(
        id=COMMUNITY,
        name="Forum",
        kind="community",
        held=0,
        total=0,
        complete=True,
        agreed=False,
        lost=False,
    )
    anna.settle()
    facts = Facts(anna.desk.services.sync_status.standing(), (space,), None)
    anna.sync.show_told(Told(facts, "", (), (), ""))
    assert anna.sync.lines("spaces") == ["Forum · nothing has come yet"]


def test_what_only_a_newer_version_shows_is_counted(anna: DeskWindow) -> None:
    anna.settle()
    standing = replace(anna.desk.services.sync_status.standing(), newer=1_200)
    anna.sync.show_told(Told(Facts(standing, (), None), "", (), (), ""))
    (line,) = anna.sync.lines("spaces")
    assert line.startswith("Shown only by a newer version of this program: 1,200 · kept")


def test_what_the_server_lost_and_cannot_take_back_yet_is_counted(anna: DeskWindow) -> None:
    anna.settle()
    standing = replace(anna.desk.services.sync_status.standing(), stranded=3)
    anna.sync.show_told(Told(Facts(standing, (), None), "", (), (), ""))
    (line,) = anna.sync.lines("spaces")
    assert line.startswith("Written by others and lost by the server: 3 · kept")


def causes(error: type[SyncError]) -> list[str]:
    return [error.cause, *(cause for each in error.__subclasses__() for cause in causes(each))]


@pytest.mark.parametrize(
    "cause",
    [
        *(each for each in causes(SyncError) if each != SyncError.cause),
        *("DiskFull", "ReadOnly", "Busy", "Damaged", "NewerPage", "BadPage", "OwnGroupLost"),
    ],
)
def test_every_cause_says_what_happened_that_work_is_safe_and_what_to_do(cause: str) -> None:
    told = Messages().for_cause(cause)
    assert told.happened != Messages().for_cause("no such cause").happened
    assert told.safe
    assert told.to_do
    assert "sheet" not in told.to_do  # there is none yet


def test_what_two_wrote_apart_is_listed_and_compared_from_here(
    anna: DeskWindow, village: Village
) -> None:
    annas, bens = anna.desk.services.discussions, Discussions(village.ben)
    topic = bens.start_topic(COMMUNITY, NewTopic("Roads")).id
    village.meet()
    page = anna.sync
    anna.settle()
    assert not page.contested.isVisible()
    annas.edit_topic(topic, TopicEdit(title="Roads and rivers"))
    village.turn_clocks(seconds=60)
    bens.edit_topic(topic, TopicEdit(title="Wet roads"))
    village.meet()
    anna.tell("topic")
    (line,) = page.contested.words()
    assert line.startswith("Wet roads · Topic · Title · Anna and Ben · ")
    assert nameless(page) == []
    (compare,) = page.contested.findChildren(QPushButton)
    compare.click()
    anna.settle()
    (dialog,) = anna.window.findChildren(VersionsDialog)
    dialog.confirm()
    anna.settle()
    assert not page.contested.isVisible()
    anna.press_notice()  # Undo
    assert page.contested.words() == [line]


def test_a_member_who_wrote_on_two_computers_is_told_so(anna: DeskWindow, village: Village) -> None:
    assert village.anna.account is not None
    mine, other = (
        Discussions(each)
        for each in (village.anna, village.another_computer(village.anna.account.member))
    )
    topic = mine.start_topic(COMMUNITY, NewTopic("Roads")).id
    village.meet()
    mine.edit_topic(topic, TopicEdit(title="Dry roads"))
    other.edit_topic(topic, TopicEdit(title="Wet roads"))
    village.meet()
    page = anna.sync
    anna.settle()
    (line,) = page.contested.words()
    assert "Anna, on two computers" in line
