"""Messages of the system: what needs the member, together, and never at the wrong time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject

from cop_desktop.services.discussions import Discussions, NewTopic
from cop_desktop.services.home.views import Waiting, WaitingSort
from cop_desktop.services.meetings import Meetings, NewAction, NewMeeting
from cop_desktop.services.news import Came
from cop_desktop.ui.notifying.notifier import APART, Notifier, NotifyingTools
from cop_desktop.ui.notifying.quiet import Quiet
from cop_desktop.ui.notifying.words import message_for
from cop_desktop.ui.shell import preferences as prefer
from cop_desktop.ui.shell.preferences import Preferences
from cop_desktop.ui.shell.window_memory import MemoryInMind
from sync.core.ids import Id
from tests.support.desk_window import DeskWindow
from tests.support.replicas import ANNA, BEN, COMMUNITY
from tests.support.village import Village

TO_MORNING_S = 11 * 3600
"""From the village's first moment, Monday 11:03 pm in Darwin, to Tuesday 10:03 am."""


class Bell:
    """Notes what would be shown."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, str]] = []
        self.opened: list[Callable[[], None]] = []

    def ring(self, title: str, words: str, opened: Callable[[], None]) -> None:
        self.rung.append((title, words))
        self.opened.append(opened)


class Told:
    """Ben's notifier, and what came of it."""

    def __init__(self, village: Village, ben: DeskWindow) -> None:
        self.village, self.ben = village, ben
        self.bell = Bell()
        self.in_front = False
        self.went: list[Waiting | None] = []
        self.owner = QObject()
        tools = NotifyingTools(
            **ben.desk.window_tools.common(),
            news=ben.desk.services.news,
            preferences=ben.window.preferences,
            in_front=self._in_front,
            open_waiting=self.went.append,
        )
        self.notifier = Notifier(self.owner, tools, self.bell)
        self.discussions = Discussions(village.anna)
        village.turn_clocks(seconds=TO_MORNING_S)
        self.look()  # what was there before is no news

    def _in_front(self) -> bool:
        return self.in_front

    def look(self) -> list[tuple[str, str]]:
        """What is told when everybody has met, and since it was last asked."""
        self.village.meet()
        before = len(self.bell.rung)
        self.notifier.look()
        self.ben.settle()
        return self.bell.rung[before:]

    def mention(self, words: str = "@Ben, how is the road?") -> Id:
        return self.discussions.start_topic(COMMUNITY, NewTopic("Roads", words)).id


@pytest.fixture
def told(village: Village, ben: DeskWindow) -> Iterator[Told]:
    made = Told(village, ben)
    yield made
    made.owner.deleteLater()


def later(told: Told) -> None:
    told.village.turn_clocks(seconds=APART.total_seconds() + 1)


def test_a_mention_is_told_once_by_name_and_a_click_goes_there(told: Told) -> None:
    topic = told.mention()
    assert told.look() == [("Anna mentioned you", "@Ben, how is the road? · Roads")]
    told.bell.opened[0]()
    (went,) = told.went
    assert went is not None
    assert went.open_id == topic
    later(told)
    assert told.look() == []


def test_several_things_after_a_long_gap_are_one_message(told: Told) -> None:
    for number in range(12):
        told.mention(f"@Ben, number {number}")
    meeting = Meetings(told.village.anna)
    day = datetime(2026, 9, 20, 8, tzinfo=UTC)
    forum = meeting.add_meeting(COMMUNITY, NewMeeting("Forum", day)).id
    meeting.add_action(forum, NewAction("Ring the bus company", owner=BEN))
    assert told.look() == [("Some things wait for you", "12 mentions · 1 action")]
    told.bell.opened[0]()
    assert told.went == [None]


def test_what_one_gave_oneself_is_no_news(told: Told) -> None:
    mine = Meetings(told.village.ben)
    day = datetime(2026, 9, 20, 8, tzinfo=UTC)
    forum = mine.add_meeting(COMMUNITY, NewMeeting("Forum", day)).id
    mine.add_action(forum, NewAction("Ring the bus company", owner=BEN))
    assert told.look() == []
    Meetings(told.village.anna).add_action(forum, NewAction("Book the hall", owner=BEN))
    assert told.look() == [("An action was given to you", "Book the hall")]


def test_quiet_hours_hold_everything_back_until_they_end(told: Told) -> None:
    told.village.turn_clocks(seconds=9 * 3600)  # 7 pm
    told.mention()
    assert told.look() == []
    assert told.notifier.waits
    told.village.turn_clocks(seconds=11 * 3600)  # 6 am
    assert told.look() == []
    told.village.turn_clocks(seconds=2 * 3600)
    assert len(told.look()) == 1


def test_two_messages_keep_their_distance(told: Told) -> None:
    told.mention("@Ben, first")
    assert len(told.look()) == 1
    told.mention("@Ben, second")
    told.mention("@Ben, third")
    assert told.look() == []
    assert told.notifier.waits
    later(told)
    assert told.look() == [("Some things wait for you", "2 mentions")]


def test_who_looks_at_the_window_is_told_in_it(told: Told) -> None:
    told.in_front = True
    told.mention()
    assert told.look() == []
    assert told.ben.notices == ["Anna mentioned you: @Ben, how is the road? · Roads"]
    told.ben.press_notice()
    assert len(told.went) == 1


def test_what_is_turned_off_is_not_told_later_either(told: Told) -> None:
    preferences = told.ben.window.preferences
    preferences.put(prefer.MENTIONS, value=False)
    told.mention()
    assert told.look() == []
    preferences.put(prefer.MENTIONS, value=True)
    later(told)
    assert told.look() == []


def test_on_a_shared_sign_in_no_words_of_people_are_shown(told: Told) -> None:
    told.village.ben.settings.set("shared_computer", "same sign-in")
    told.mention("@Ben, about a student")
    assert told.look() == [("Something waits for you", "")]


DARWIN = timedelta(hours=9, minutes=30)


def there(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of September 2026 by the clocks of Darwin; the 21st is a Monday."""
    return datetime(2026, 9, day, hour, minute, tzinfo=UTC) - DARWIN


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (there(21, 12), None),
        (there(21, 17, 59), None),
        (there(21, 18), there(22, 7)),
        (there(22, 6, 59), there(22, 7)),
        (there(25, 20), there(28, 7)),  # Friday evening
        (there(26, 12), there(28, 7)),  # Saturday noon
    ],
)
def test_quiet_is_the_night_and_the_weekend(now: datetime, until: datetime | None) -> None:
    quiet = Quiet.of(Preferences(MemoryInMind()))
    assert quiet is not None
    assert quiet.until(now) == until


def test_quiet_hours_of_the_day_and_none_at_all() -> None:
    preferences = Preferences(MemoryInMind())
    preferences.put(prefer.QUIET_FROM, "08:30")
    preferences.put(prefer.QUIET_UNTIL, "12:00")
    preferences.put(prefer.QUIET_WEEKEND, value=False)
    quiet = Quiet.of(preferences)
    assert quiet is not None
    assert quiet.until(there(26, 9)) == there(26, 12)
    assert quiet.until(there(26, 20)) is None
    preferences.put(prefer.QUIET, value=False)
    assert Quiet.of(preferences) is None


def test_no_name_and_no_words_are_taken_for_markup_by_the_system() -> None:
    said = '\u202e<img src="file:///etc/hosts">\nR&D ' + "long" * 100
    waits = Waiting(
        WaitingSort.MENTION, ANNA, "topic", ANNA, None, said, within="<b>Roads</b>", who="An\nna<i>"
    )
    message = message_for(Came((waits,)))
    assert message.title == "An na\u2039i\u203a mentioned you"
    assert not set(message.words) & set("<>\n\u202e")
    assert "R&D" in message.words
    assert message.words.endswith("\u2039b\u203aRoads\u2039/b\u203a")
