"""What is seldom seen: reviews, two versions of a text, a meeting that is run, the first run.

As in `test_every_screen`, for Anna, who looks after the community.
"""

import gc
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cop_desktop.commands.session import system_clock
from cop_desktop.services.discussions import Discussions, NewTopic, TopicEdit
from cop_desktop.services.library import Library, NewItem
from cop_desktop.services.meetings import Meetings, NewMeeting
from cop_desktop.store import Replica
from cop_desktop.wiring.application import application
from tests.shots import scenes
from tests.shots.house import House
from tests.support.letters import clashing
from tests.support.replicas import ANNA, COMMUNITY
from tests.support.scene_walk import Check, walked
from tests.support.usable import cut_off, nameless, small_targets, unexplained
from tests.support.village import Village, founded

NARROW = (1024, 700)
SELDOM_SEEN = (
    *("discussions-torn", "discussions-versions", "library-file-versions", "library-compare"),
    *("library-draft", "library-submitted", "library-review"),
    *("library-ask", "library-publish", "library-send-back"),
    *("meetings-run", "meetings-run-attendance", "meetings-run-actions"),
    *("sync-plan", "wizard-1", "wizard-2", "wizard-3", "wizard-4", "wizard-5"),
)


@pytest.fixture(scope="module")
def house(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Anna's program."""
    folder = tmp_path_factory.mktemp("seldom")
    with founded(folder) as village:
        village.meet()
        _tear(village)
        _hand_in(village, folder)
        _plan(village)
        mine = village.anna.layout.folder
    gc.disable()  # as the tests themselves: not on a store thread
    made = House(application(), Replica.open(mine, system_clock()), mine)
    made.window.resize(*NARROW)
    yield made
    made.close()


def _tear(village: Village) -> None:
    """A topic is changed by two people at once."""
    anna, ben = Discussions(village.anna), Discussions(village.ben)
    topic = ben.start_topic(COMMUNITY, NewTopic("Bus route", "We walk on Monday.")).id
    village.meet()
    anna.edit_topic(topic, TopicEdit(body="We all walk on Monday."))
    ben.edit_topic(topic, TopicEdit(body="We walk on Tuesday."))
    village.meet()


def _hand_in(village: Village, folder: Path) -> None:
    """One item in each state before it is published, one with two versions of its file."""
    ben, anna = Library(village.ben), Library(village.anna)
    ben.add_item(COMMUNITY, NewItem("A draft of Ben's"))
    anna.add_item(COMMUNITY, NewItem("A draft"))
    handed, reviewed = (
        ben.add_item(COMMUNITY, NewItem(title, "One page.")).id for title in ("Heat", "Roads")
    )
    for words in ("Start at seven.", "Start at eight."):
        paper = folder / "plan.txt"
        paper.write_text(words, encoding="utf-8")
        ben.attach(reviewed, paper)
    for item in (handed, reviewed):
        ben.submit(item)
    village.meet()
    anna.ask(reviewed, ANNA)


def _plan(village: Village) -> None:
    """A meeting that is about to begin, by the clock of the computer as the program has it."""
    meetings, starts = Meetings(village.anna), datetime.now(UTC) + timedelta(hours=1)
    meeting = meetings.add_meeting(COMMUNITY, NewMeeting("Forum", starts, 60)).id
    meetings.add_agenda_item(meeting, "Welcome", minutes=5)


@pytest.fixture(scope="module")
def amiss(house: House) -> Mapping[Check, list[str]]:
    """What each check found; one walk for all of them."""
    here = [scene for scene in scenes.SCENES if scene.name in SELDOM_SEEN]
    assert {scene.name for scene in here} == set(SELDOM_SEEN)
    return walked(house, here, (nameless, unexplained, small_targets, cut_off, clashing))


def test_no_letter_is_underlined_for_two_at_once(amiss: Mapping[Check, list[str]]) -> None:
    assert not amiss[clashing], "\n".join(amiss[clashing])


@pytest.mark.parametrize("check", [nameless, unexplained, small_targets, cut_off])
def test_everything_is_named_explained_large_enough_and_whole(
    amiss: Mapping[Check, list[str]], check: Check
) -> None:
    assert not amiss[check], "\n".join(amiss[check])
