"""The place of meetings over a real replica: a forum, its members, a window around the page."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from cop_desktop.paths import resources_dir
from cop_desktop.services.calendar_files import CalendarFiles
from cop_desktop.services.half_filled import HalfFilledForms
from cop_desktop.services.meetings import (
    MeetingEdit,
    MeetingRow,
    Meetings,
    NewAction,
    NewMeeting,
    NewSeries,
    Running,
)
from cop_desktop.services.people import People
from cop_desktop.services.spelling import Spelling
from cop_desktop.store import Replica
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.meetings.actions import PLACE, meeting_actions
from cop_desktop.ui.meetings.build import build_meetings
from cop_desktop.ui.meetings.page import MeetingsPage
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.meetings.tools import MeetingsTools
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.paper.tools import PaperTools
from cop_desktop.ui.records.speller import WindowSpeller
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.main_window import MainWindow
from cop_desktop.ui.shell.places import Place
from cop_desktop.ui.shell.window_memory import MemoryInMind
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.notice_bar import Notice
from sync.core.ids import Id
from tests.support.forum import FORUM, NOON, add_member, add_school
from tests.support.replicas import ANNA, BEN, COMMUNITY, ManualClock, enrolled

PATIENCE_S = 20
NEPAL = timezone(timedelta(hours=5, minutes=45))
NOTES = """## What we heard
- Paperbark: breakfast at 7:30 brings **forty more** children by the bell
- Saltbush: the bus route is walked with two Elders in the first week

> Who has costed the breakfast? Ben asks the store.
"""


@dataclass
class Hall:
    """One window with the place of meetings, over a replica of Anna's."""

    replica: Replica
    clock: ManualClock
    meetings: Meetings
    people: People
    jobs: Jobs
    hub: Hub
    window: MainWindow
    notices: list[Notice] = field(default_factory=list)
    opened_paths: list[Path] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    on_its_way: bool = False
    tonight: Id = b""

    @property
    def page(self) -> MeetingsPage:
        """The page, built when it is first asked for."""
        page = self.window.show_place("meetings")
        assert isinstance(page, MeetingsPage)
        return page

    def opened(self, path: Path) -> bool:
        """In place of the system's program for a file."""
        self.opened_paths.append(path)
        return True

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now_ms / 1000, UTC)

    def settle(self) -> None:
        """Waits until nothing is pending, also what an answer asks for."""
        for _ in range(3):
            QCoreApplication.processEvents()
            deadline = time.monotonic() + PATIENCE_S
            while not self.jobs.wait_idle():
                assert time.monotonic() < deadline

    def titles(self) -> list[str]:
        """What the list shows, in order."""
        rows = self.page.rows
        return [rows.index(place).data() for place in range(rows.rowCount())]

    def row_of(self, day: date) -> MeetingRow:
        """The meeting or planned day of the community on that local day."""
        rows = self.meetings.meetings(COMMUNITY, NOON - timedelta(900), NOON + timedelta(900))
        return next(row for row in rows if row.day == day)


@contextmanager
def opened_hall(folder: Path, theme: Theme, *, community: Id | None = COMMUNITY) -> Iterator[Hall]:
    """The window over a new replica, closed with all that belongs to it."""
    clock = ManualClock(now_ms=round(NOON.timestamp() * 1000))
    with (
        enrolled(folder / "replica", clock=clock) as replica,
        hall_over(replica, clock, theme, community=community) as hall,
    ):
        yield hall


@contextmanager
def hall_over(
    replica: Replica,
    clock: ManualClock,
    theme: Theme,
    *,
    community: Id | None = COMMUNITY,
    spelled: bool = False,
) -> Iterator[Hall]:
    """The window over a replica that is there, as after another start."""
    jobs, hub = Jobs(), Hub()
    spelling = Spelling(replica, resources_dir() / "spelling")
    window = MainWindow(theme, MemoryInMind())
    hall = Hall(replica, clock, Meetings(replica), People(replica), jobs, hub, window)
    tools = MeetingsTools(
        theme=theme,
        registry=window.registry,
        jobs=jobs,
        hub=hub,
        messages=Messages(),
        when=When(hall.now),
        times=Times(hall.now, NEPAL),
        meetings=hall.meetings,
        running=Running(replica),
        half_filled=HalfFilledForms(replica),
        speller=WindowSpeller(spelling, jobs, hub, window) if spelled else None,
        calendar_files=CalendarFiles(replica),
        paper=PaperTools(
            theme=theme,
            jobs=jobs,
            hub=hub,
            messages=Messages(),
            when=When(hall.now),
            show_notice=hall.notices.append,
            slow_jobs=jobs,
            memory=window.memory,
            open_path=hall.opened,
        ),
        people=hall.people,
        show_notice=hall.notices.append,
        open_link=hall.links.append,
        on_its_way=lambda space: hall.on_its_way,
        community=community,
    )
    build = partial(build_meetings, tools)
    window.add_place(Place(PLACE, "Meetings", "meetings", build, meeting_actions()))
    window.resize(1366, 768)
    try:
        yield hall
    finally:
        window.close()
        assert jobs.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # Here and now: the next test's store thread must not be the one to collect widgets.
        gc.collect()


def fill(hall: Hall) -> Id:
    """Two schools, five members, a forum with a meeting held and one tonight; returns tonight's."""
    replica, meetings = hall.replica, hall.meetings
    saltbush = add_school(replica, "Saltbush School")
    paperbark = add_school(replica, "Paperbark College")
    add_member(replica, ANNA, "Anna Marsh", school=saltbush, role="facilitator")
    add_member(replica, BEN, "Ben Marika", school=saltbush)
    for number, (name, school) in enumerate(
        (("Cleo Baker", paperbark), ("Priya Nair", paperbark), ("Tom Rahman", None))
    ):
        add_member(replica, bytes([65 + number]) * 16, name, school=school)
    series = meetings.add_series(COMMUNITY, SERIES).id
    before = meetings.open_occurrence(series, date(2026, 7, 29)).id
    meetings.edit_meeting(before, MeetingEdit(status="held"))
    meetings.add_action(
        before, NewAction("Ask the store what the breakfast costs", BEN, due=date(2026, 8, 5))
    )
    meetings.add_action(before, NewAction("Send round the bus route", ANNA, due=date(2026, 8, 20)))
    meetings.add_meeting(
        COMMUNITY,
        NewMeeting(
            "Strategic plan: what comes after 2026?", NOON + timedelta(20), 120, place="Darwin"
        ),
    )
    tonight = meetings.open_occurrence(series, date(2026, 8, 12)).id
    fill_tonight(meetings, tonight)
    return tonight


SERIES = NewSeries(
    title="Leaders' forum",
    first_day=date(2026, 7, 15),
    local_time=FORUM.local_time,
    recurrence=FORUM.recurrence,
    duration_minutes=60,
    type="forum",
    place="Online",
    purpose="What worked this fortnight, and what did not.",
)


def fill_tonight(meetings: Meetings, tonight: Id) -> None:
    """An agenda, notes, people, decisions and actions."""
    edit = MeetingEdit(provocation="What would we stop doing if nobody were watching?")
    meetings.edit_meeting(tonight, edit)
    for title, minutes, lead in (
        ("Acknowledgement of Country and who is here", 5, "Anna Marsh"),
        (
            "Attendance in the wet season: what worked at Paperbark and Saltbush",
            25,
            "Cleo Baker",
        ),
        ("Housing for beginning teachers", 20, "Ben Marika"),
        ("Next steps", 10, ""),
    ):
        meetings.add_agenda_item(tonight, title, minutes=minutes, lead=lead)
    view = meetings.meeting(tonight)
    meetings.save_notes(tonight, NOTES, view.notes)
    meetings.set_attendance(tonight, ANNA, "present")
    meetings.set_attendance(tonight, BEN, "apology")
    meetings.set_attendance(tonight, "Aunty Joy Campbell", "present", school="Saltbush School")
    meetings.add_decision(tonight, "Every school walks its bus route with Elders before term 4.")
    meetings.add_decision(
        tonight, "The forum stays on Wednesdays; those on the east coast join at half past five."
    )
    meetings.add_action(
        tonight, NewAction("Cost the breakfast for a year", BEN, due=date(2026, 8, 26))
    )
    meetings.add_action(tonight, NewAction("Ring the regional office about houses", None, "Region"))
    done = meetings.add_action(tonight, NewAction("Put the calendar into the library", ANNA)).id
    meetings.set_done(done, done=True)
