"""Meetings without a connection: held by one member, held by two, and what the link brings."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cop_desktop.app import Program
from cop_desktop.services.meetings import MeetingView, NewMeeting, Running
from cop_desktop.ui.meetings.page import MeetingsPage
from cop_desktop.wiring.places import MEETINGS
from sync.core.ids import Id
from tests.support.discussion_place import turn
from tests.support.two_windows import Town, founded_town

PATIENCE_MS = 30_000


A_DAY = timedelta(days=1)
EARLIEST = datetime.now(UTC) - A_DAY


def soon() -> NewMeeting:
    """A meeting that begins in five minutes, whenever the test is run."""
    begins = datetime.now(UTC) + timedelta(minutes=5)
    return NewMeeting("Leaders' forum", begins, 60, provocation="What would we stop doing?")


@pytest.fixture
def town(qapp: QApplication, tmp_path: Path) -> Iterator[Town]:
    with founded_town(qapp, tmp_path) as made:
        yield made


class Member:
    """Somebody at their window, in the place of meetings."""

    def __init__(self, town: Town, folder: Path, qtbot: QtBot) -> None:
        self.program: Program = town.open(folder)
        self._qtbot = qtbot
        qtbot.waitUntil(lambda: self.program.places.community is not None, timeout=PATIENCE_MS)
        page = self.program.window.show_place(MEETINGS)
        assert isinstance(page, MeetingsPage)
        self.page = page
        self.meetings = self.program.desk.services.meetings
        account = self.program.desk.replica.account
        assert account is not None
        self.id: Id = account.member
        self.settle()

    def settle(self) -> None:
        """Until nothing is pending, also what an answer asks for."""
        for _ in range(4):
            turn()
            while not (self.program.slow_jobs.wait_idle() and self.program.jobs.wait_idle()):
                turn()

    def waiting(self) -> int:
        return self.program.desk.services.sync_status.standing().waiting

    def open(self, meeting: Id) -> None:
        self.page.open_meeting(meeting)
        self.settle()

    def press(self, action: str) -> None:
        self.program.window.registry.action(f"meetings.{action}").trigger()
        self.settle()

    def run_it(self, said: str) -> None:
        """The agenda, the clock, who is there, notes, a decision, an action; then the end."""
        detail = self.page.detail
        self.add("agenda", {"title": f"Item of {said}", "minutes": "5"})
        self.press("run")
        self.press("next_item")
        detail.tabs.setCurrentWidget(detail.attendance)
        self.settle()
        detail.attendance.person(self.id).button("present").click()
        detail.attendance.add.set_values({"name": f"Guest of {said}"})
        detail.attendance.add.add()
        detail.tabs.setCurrentWidget(detail.notes)
        self._qtbot.keyClicks(detail.notes.composer.editor, f"- heard by {said}")
        detail.notes.composer.tell_draft()
        self.add("decisions", {"text": f"Decided by {said}"})
        self.add("action_items", {"text": f"To be done by {said}", "owner": said})
        self.page.run.end.click()
        self.settle()
        self.add("afterwards", {"text": f"Worth it, says {said}", "may_quote": True})

    def add(self, section: str, values: dict[str, object]) -> None:
        detail = self.page.detail
        part = getattr(detail, section)
        detail.tabs.setCurrentWidget(part)
        part.add.set_values(values)
        part.add.add()
        self.settle()

    def sync(self) -> None:
        self.program.window.sync_wanted.emit()

    def read(self, meeting: Id) -> MeetingView:
        return self.meetings.meeting(meeting)


def all_of(meeting: MeetingView) -> dict[str, list[str]]:
    """What was written, in order of the alphabet where there is no other."""
    people = [each for team in meeting.attendance for each in team.people]
    return {
        "status": [meeting.status],
        "provocation": [meeting.provocation],
        "agenda": [each.title for each in meeting.agenda],
        "notes": sorted(meeting.notes.text.splitlines()),
        "there": sorted(f"{each.name} {each.status}" for each in people),
        "decisions": sorted(each.text for each in meeting.decisions),
        "actions": sorted(f"{each.text}: {each.owner_name}" for each in meeting.actions),
        "feedback": sorted(each.text for each in meeting.feedback),
    }


def test_a_whole_meeting_is_held_without_a_link_kept_over_a_restart_and_sent_with_the_link(
    town: Town, qtbot: QtBot
) -> None:
    folder = town.joined("Anna")
    anna = Member(town, folder, qtbot)
    qtbot.waitUntil(lambda: anna.waiting() == 0, timeout=PATIENCE_MS)
    town.stop_server()
    meeting = anna.meetings.add_meeting(town.community, soon()).id
    anna.open(meeting)
    anna.run_it("Anna")
    written, waiting = all_of(anna.read(meeting)), anna.waiting()
    assert written == {
        "status": ["held"],
        "provocation": ["What would we stop doing?"],
        "agenda": ["Item of Anna"],
        "notes": ["- heard by Anna"],
        "there": ["Anna present", "Guest of Anna present"],
        "decisions": ["Decided by Anna"],
        "actions": ["To be done by Anna: Anna"],
        "feedback": ["Worth it, says Anna"],
    }
    assert waiting >= 8
    town.end_programs()
    anna = Member(town, folder, qtbot)
    assert all_of(anna.read(meeting)) == written
    assert anna.waiting() == waiting
    words = f"{waiting} things waiting to go, safe on this computer"
    sentence = anna.program.window.sentence
    qtbot.waitUntil(lambda: sentence.words.startswith(words), timeout=PATIENCE_MS)
    course = Running(anna.program.desk.replica).course(meeting)
    assert course is not None
    assert course.ended
    town.start_server()
    anna.sync()
    qtbot.waitUntil(lambda: anna.waiting() == 0, timeout=PATIENCE_MS)
    assert all_of(anna.read(meeting)) == written


def test_what_two_wrote_apart_in_one_running_meeting_is_all_there_and_nothing_of_it_twice(
    town: Town, qtbot: QtBot
) -> None:
    anna, ben = (Member(town, town.joined(name), qtbot) for name in ("Anna", "Ben"))
    meeting = anna.meetings.add_meeting(town.community, soon()).id
    anna.sync()
    qtbot.waitUntil(lambda: anna.waiting() == 0, timeout=PATIENCE_MS)
    ben.sync()
    qtbot.waitUntil(lambda: ben.page.rows.rowCount() == 1, timeout=PATIENCE_MS)
    for each in (anna, ben):
        each.open(meeting)
    town.stop_server()
    anna.run_it("Anna")
    ben.run_it("Ben")
    town.start_server()
    for each in (anna, ben, anna):
        each.sync()
        qtbot.waitUntil(lambda each=each: each.waiting() == 0, timeout=PATIENCE_MS)
    expected = {
        "status": ["held"],
        "provocation": ["What would we stop doing?"],
        "notes": ["- heard by Anna", "- heard by Ben"],
        "there": ["Anna present", "Ben present", "Guest of Anna present", "Guest of Ben present"],
        "decisions": ["Decided by Anna", "Decided by Ben"],
        "actions": ["To be done by Anna: Anna", "To be done by Ben: Ben"],
        "feedback": ["Worth it, says Anna", "Worth it, says Ben"],
    }
    for each in (anna, ben):
        qtbot.waitUntil(
            lambda each=each: len(each.read(meeting).feedback) == 2, timeout=PATIENCE_MS
        )
        each.settle()
        found = all_of(each.read(meeting))
        assert sorted(found.pop("agenda")) == ["Item of Anna", "Item of Ben"]
        assert found == expected
        assert each.page.detail.notes.text() == each.read(meeting).notes.text
        listed = each.meetings.meetings(town.community, EARLIEST, datetime.now(UTC) + A_DAY)
        assert [row.id for row in listed] == [meeting]
