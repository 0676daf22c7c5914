"""Calendar files: what goes out, what comes back, what strangers send."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from icalendar import Calendar

from cop_desktop.services.calendar_files import CalendarFiles, CalendarPreview, Standing
from cop_desktop.services.calendar_files.reading import MAX_BYTES, MAX_EVENTS, read_calendar
from cop_desktop.services.care import WARNING
from cop_desktop.services.errors import NotACalendar, WhyNoCalendar
from cop_desktop.services.meetings import MeetingEdit, Meetings, NewMeeting, NewSeries
from cop_desktop.store import Replica
from sync.core.ids import Id
from tests.support.forum import FORUM, NOON, add_member
from tests.support.replicas import ANNA, COMMUNITY, ManualClock, enrolled, new_id

OTHER = new_id(77)
EVER = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC))

OUTLOOK = """BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
BEGIN:VTIMEZONE
TZID:AUS Central Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
RRULE:FREQ=SECONDLY
TZOFFSETFROM:+0930
TZOFFSETTO:+0930
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:monthly@outlook
SUMMARY:Regional meeting
LOCATION:Katherine
DTSTART;TZID="AUS Central Standard Time":20260812T100000
DTEND;TZID="AUS Central Standard Time":20260812T113000
RRULE:FREQ=MONTHLY;BYDAY=WE;BYSETPOS=2;WKST=SU
EXDATE;TZID="AUS Central Standard Time":20260909T100000
DESCRIPTION:Dial in: 1800 123 456\\nBring data
END:VEVENT
BEGIN:VEVENT
UID:monthly@outlook
RECURRENCE-ID;TZID="AUS Central Standard Time":20261014T100000
SUMMARY:Regional meeting in Tennant Creek
DTSTART;TZID="AUS Central Standard Time":20261015T090000
DURATION:PT2H
END:VEVENT
BEGIN:VEVENT
UID:once@outlook
SUMMARY:Show day
DTSTART;VALUE=DATE:20260724
END:VEVENT
BEGIN:VEVENT
UID:strange@outlook
SUMMARY:Moon watch
DTSTART:20260901T103000Z
RRULE:FREQ=YEARLY;BYYEARDAY=244
END:VEVENT
BEGIN:VEVENT
UID:broken@outlook
SUMMARY:When?
DTSTART:soon
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    clock = ManualClock(now_ms=round(NOON.timestamp() * 1000))
    with enrolled(tmp_path / "anna", clock=clock) as replica:
        add_member(replica, ANNA, "Anna Marsh")
        yield replica


@pytest.fixture
def meetings(replica: Replica) -> Meetings:
    return Meetings(replica)


@pytest.fixture
def files(replica: Replica) -> CalendarFiles:
    return CalendarFiles(replica)


def saved(tmp_path: Path, content: bytes | str) -> Path:
    path = tmp_path / "calendar.ics"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def all_new(preview: CalendarPreview) -> set[Id]:
    return {each.record for each in preview.entries if each.standing is Standing.NEW}


def test_one_meeting_goes_out_with_its_time_zone_and_words(
    files: CalendarFiles, meetings: Meetings
) -> None:
    new = NewMeeting("Visit; all", NOON, 90, place="Darwin, 2nd floor", provocation="Why?")
    meeting = meetings.add_meeting(COMMUNITY, new).id
    meetings.add_agenda_item(meeting, "Welcome")
    calendar = Calendar.from_ical(files.meeting_file(meeting))
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2026-08-12T12:00:00+09:30"
    assert str(event["SUMMARY"]) == "Visit; all"
    assert str(event["LOCATION"]) == "Darwin, 2nd floor"
    assert str(event["DESCRIPTION"]) == "Why?\n- Welcome"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Australia/Darwin"]
    meetings.care.flag(meeting)
    (event,) = Calendar.from_ical(files.meeting_file(meeting)).walk("VEVENT")
    assert str(event["DESCRIPTION"]) == f"{WARNING}\nWhy?\n- Welcome"


def test_a_series_goes_out_with_its_rule_what_is_off_and_what_is_otherwise(
    files: CalendarFiles, meetings: Meetings
) -> None:
    series = meetings.add_series(COMMUNITY, FORUM).id
    days = [each.day for each in meetings.occurrences(series, *EVER)]
    off = meetings.open_occurrence(series, days[2]).id
    meetings.move_to_trash(off)
    other = meetings.open_occurrence(series, days[3]).id
    meetings.edit_meeting(other, MeetingEdit(status="cancelled"))
    meetings.open_occurrence(series, days[4])  # as planned: nothing to be said of it
    events = Calendar.from_ical(files.series_file(series)).walk("VEVENT")
    first, changed = events
    assert first["RRULE"].to_ical().decode() == "FREQ=WEEKLY;INTERVAL=2"
    assert [each.dt.date() for each in first["EXDATE"].dts] == [days[2]]
    assert changed.decoded("recurrence-id").date() == days[3]
    assert str(changed["STATUS"]) == "CANCELLED"
    assert changed["UID"] == first["UID"]


def test_the_end_of_a_rule_is_a_moment_and_its_first_day_one_on_which_it_meets(
    files: CalendarFiles, meetings: Meetings
) -> None:
    monday = NewSeries(
        *("Study", date(2026, 8, 10), time(17)), recurrence="FREQ=WEEKLY;BYDAY=WE;UNTIL=20260930"
    )
    series = meetings.add_series(COMMUNITY, monday).id
    (event,) = Calendar.from_ical(files.series_file(series)).walk("VEVENT")
    assert b"UNTIL=20260930T073000Z" in event["RRULE"].to_ical()
    assert event.decoded("dtstart").date() == date(2026, 8, 12)


def test_what_went_out_is_here_already_when_it_comes_back_and_new_elsewhere(
    files: CalendarFiles, meetings: Meetings, tmp_path: Path
) -> None:
    meetings.add_series(COMMUNITY, FORUM)
    meetings.add_meeting(COMMUNITY, NewMeeting("Visit", NOON, 90))
    path = saved(tmp_path, files.coming_file(COMMUNITY))
    back = files.preview(COMMUNITY, path)
    assert [each.standing for each in back.entries] == [Standing.HERE] * 2
    assert not files.bring_in(back, {each.record for each in back.entries}).events


def test_a_calendar_of_another_program_comes_in_once_however_often_it_is_opened(
    files: CalendarFiles, meetings: Meetings, tmp_path: Path
) -> None:
    path = saved(tmp_path, OUTLOOK)
    preview = files.preview(COMMUNITY, path)
    assert preview.unreadable == 1
    assert [(each.title, each.rhythm_text, each.only_first) for each in preview.entries] == [
        ("Show day", "", False),
        (
            "Regional meeting",
            "on the second Wednesday of every month, 10:00 am NT time",
            False,
        ),
        ("Moon watch", "", True),
    ]
    imported = files.bring_in(preview, all_new(preview))
    assert (imported.events, len(imported.records)) == (3, 5)
    rows = {row.day: row for row in meetings.meetings(COMMUNITY, *EVER)}
    assert rows[date(2026, 9, 9)].status == "cancelled"
    assert rows[date(2026, 10, 15)].title == "Regional meeting in Tennant Creek"
    assert rows[date(2026, 10, 15)].duration_minutes == 120
    assert date(2026, 10, 14) not in rows
    assert rows[date(2026, 11, 11)].place == "Katherine"
    (series,) = meetings.series(COMMUNITY)
    assert series.purpose == "Dial in: 1800 123 456\nBring data"
    again = files.preview(COMMUNITY, path)
    assert {each.standing for each in again.entries} == {Standing.HERE}
    assert not files.bring_in(again, {each.record for each in again.entries}).changed
    meetings.move_to_trash(series.id)
    entries = {each.title: each for each in files.preview(COMMUNITY, path).entries}
    assert entries["Regional meeting"].standing is Standing.IN_TRASH


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"PK\x03\x04" + bytes(200),
    ],
)
def test_what_is_no_calendar_is_told(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(NotACalendar) as told:
        read_calendar(saved(tmp_path, content))
    assert told.value.why is WhyNoCalendar.OTHER


def test_hostile_calendars_are_bounded(tmp_path: Path) -> None:
    with pytest.raises(NotACalendar) as told:
        read_calendar(saved(tmp_path, b"BEGIN:VCALENDAR\r\n" + b"X:y\r\n" * (MAX_BYTES // 5)))
    assert told.value.why is WhyNoCalendar.TOO_LARGE
    with pytest.raises(NotACalendar):
        read_calendar(saved(tmp_path, b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 20_000))
    with pytest.raises(NotACalendar):
        read_calendar(tmp_path / "gone.ics")
    event = "BEGIN:VEVENT\r\nDTSTART;TZID=../../etc/passwd:20260812T170000\r\nUID:{0}\r\n"
    event += "RRULE:FREQ=SECONDLY\r\nDURATION:P9999W\r\nEND:VEVENT\r\n"
    many = "".join(event.format(number) for number in range(MAX_EVENTS + 3))
    content = read_calendar(saved(tmp_path, f"BEGIN:VCALENDAR\r\n{many}END:VCALENDAR\r\n"))
    assert (len(content.events), content.left_out) == (MAX_EVENTS, 3)
    first = content.events[0]
    assert (first.time_zone, first.strange_rule, first.minutes) == ("Australia/Darwin", True, None)
