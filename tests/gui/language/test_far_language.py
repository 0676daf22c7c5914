"""Every place in a language whose texts are longer: all of it is spoken, and none of it cut off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program
from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.library import Library, NewItem
from cop_desktop.services.meetings import Meetings, NewAction
from cop_desktop.services.people import People, ProfileEdit, SchoolText
from cop_desktop.services.reading import UNKNOWN_MEMBER
from cop_desktop.store import Replica
from cop_desktop.ui.discussions.page import DiscussionsPage
from cop_desktop.ui.home.tools import CATCH_UP, HOME, TEN_MINUTES
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.meetings.page import MeetingsPage
from cop_desktop.ui.people.page import PeoplePage
from sync.core.ids import Id
from tests.support.cut_off import cut_off
from tests.support.discussion_place import turn
from tests.support.far_language import far_language, near_words
from tests.support.forum import FORUM, NOON
from tests.support.on_screen import texts_on
from tests.support.replicas import ANNA, COMMUNITY, ManualClock, opened
from tests.support.two_windows import end
from tests.support.village import founded

PLACES = (
    HOME,
    TEN_MINUTES,
    CATCH_UP,
    "discussions",
    "library",
    "meetings",
    "people",
    "search",
    "sync",
    "settings",
)
PEOPLES = (
    *("Top End Leaders", "Anna", "Ben", "Cleo", "AN", "CoP Desktop", "Paperbark School"),
    *("Wet season roads", "The barge still runs.", "Bore pump", "Forum", "Online", "Ask the store"),
    *("Darwin", "Top End", "East Arnhem", "Big Rivers", "Barkly", "Central Australia"),
)
"""What people wrote, and the program's own name."""
AS_THEY_ARE = (
    *("Ctrl", "Shift", "Alt", "Return", "Del", "Esc", "Enter", "PgUp", "PgDown", "Left", "Right"),
    *("community.example.org", "XXXX-XXXX-XXXX"),
    # A reference is in the language of the library that it leads to.
    "In the library of",
    # Stands in place of a name that has not arrived, and is looked for like one.
    UNKNOWN_MEMBER,
)
"""Names of keys, examples of what to type, and what services give out as a name."""
DIALOGS = (
    *("go_to", "help.keys", "file.bring_in", "file.join"),
    *("discussions.end", "discussions.show_trash", "discussions.new"),
    *("library.new", "library.change", "library.used", "library.cite", "library.history"),
    *("meetings.new", "meetings.new_series", "meetings.change", "meetings.paper"),
    *("meetings.history", "people.change", "search.form"),
)
"""Actions that open a dialog, or a form in the window."""
PATIENCE_MS = 20_000


@dataclass(frozen=True)
class Written:
    topic: Id
    item: Id
    meeting: Id


def written_by_anna(replica: Replica) -> Written:
    discussions, people = Discussions(replica), People(replica)
    topic = discussions.start_topic(COMMUNITY, NewTopic("Wet season roads")).id
    discussions.reply(topic, "The barge still runs.")
    people.edit_profile(ProfileEdit(school=people.add_school(SchoolText("Paperbark School")).id))
    item = Library(replica).add_item(COMMUNITY, NewItem("Bore pump")).id
    meetings = Meetings(replica)
    meeting = meetings.open_occurrence(meetings.add_series(COMMUNITY, FORUM).id, FORUM.first_day).id
    meetings.add_action(meeting, NewAction("Ask the store", ANNA, due=date(2026, 8, 20)))
    return Written(topic, item, meeting)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    with founded(tmp_path) as village:
        made = written_by_anna(village.anna)
        village.meet()
    return made


@pytest.fixture
def program(
    qapp: QApplication, written: Written, tmp_path: Path, qtbot: QtBot
) -> Iterator[Program]:
    """Anna's program, without a server, a few days after the meeting."""
    clock = ManualClock(now_ms=round((NOON + timedelta(3)).timestamp() * 1000), seed=99, step_ms=1)
    with far_language(qapp):
        made = Program(qapp, opened(tmp_path / "1", clock), tmp_path / "1")
        made.window.resize(1366, 768)
        made.window.show()
        qtbot.waitUntil(lambda: made.places.community is not None, timeout=PATIENCE_MS)
        yield made
        end(made)


def settle(program: Program) -> None:
    for _ in range(4):
        turn()
        while not (program.slow_jobs.wait_idle() and program.jobs.wait_idle()):
            turn()
    turn()


def troubles(window: QWidget) -> list[str]:
    """What is cut off in a window, and what is in English there."""
    if isinstance(window, QFileDialog):
        return []  # the system's own, with its own words
    kept = (*PEOPLES, *AS_THEY_ARE)
    english = [f"{where}: {text!r}" for where, text in texts_on(window) if near_words(text, kept)]
    return [*cut_off(window), *english]


def opened_by(program: Program, action: QAction) -> list[QWidget]:
    """What an action shows beside the window; the window itself where that is nothing."""
    before = {id(each) for each in visible_windows()}
    action.trigger()
    settle(program)
    return [each for each in visible_windows() if id(each) not in before] or [program.window]


def visible_windows() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def show_something(program: Program, written: Written) -> None:
    """In each place where something can be chosen, chooses what Anna wrote."""
    page = program.window.show_place("discussions")
    assert isinstance(page, DiscussionsPage)
    page.open_topic(written.topic)
    library = program.window.show_place("library")
    assert isinstance(library, LibraryPage)
    library.open_item(written.item)
    meetings = program.window.show_place("meetings")
    assert isinstance(meetings, MeetingsPage)
    meetings.open_meeting(written.meeting)
    people = program.window.show_place("people")
    assert isinstance(people, PeoplePage)
    people.open_member(ANNA)
    settle(program)


def test_everything_is_said_in_a_longer_language_and_none_of_it_is_cut_off(
    program: Program, written: Written
) -> None:
    window, found = program.window, {}
    show_something(program, written)
    for place in PLACES:
        window.show_place(place)
        settle(program)
        found[place] = troubles(window)
    for key in DIALOGS:
        action = window.registry.action(key)
        window.show_place(key.partition(".")[0] if key.partition(".")[0] in PLACES else HOME)
        settle(program)
        assert action.isEnabled(), key
        for shown in opened_by(program, action):
            found[key] = troubles(shown)
            if shown is not window:
                shown.close()
        settle(program)
    assert {where: each for where, each in found.items() if each} == {}
