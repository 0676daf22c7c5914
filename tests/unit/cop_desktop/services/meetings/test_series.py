"""Series: what is planned, what was opened, what comes next."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from cop_desktop.services.errors import BadInput, Empty, NotAChoice, NotFound, TooLong
from cop_desktop.services.meetings import MeetingEdit, Meetings, NewMeeting, NewSeries, SeriesEdit
from cop_desktop.store import Replica
from sync.catalogue.meetings import occurrence_id
from sync.core.ids import Id
from tests.support.forum import FORUM, NOON, WEDNESDAY
from tests.support.replicas import COMMUNITY, ManualClock, new_id

FIVE_PM = datetime(2026, 8, 12, 7, 30, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)
MONTH = (NOON - timedelta(hours=12), NOON + timedelta(days=31))


def test_a_series_says_in_words_when_it_meets(meetings: Meetings, series: Id) -> None:
    assert meetings.recurrence_text(series) == "every second Wednesday, 5:00 pm NT time"
    [shown] = meetings.series(COMMUNITY)
    assert (shown.title, shown.place, shown.duration_minutes) == ("Forum", "Online", 60)
    assert (shown.first_day, shown.local_time) == (WEDNESDAY, time(17))
    assert shown.understood
    assert shown.may_remove


def test_a_series_knows_when_it_meets_next(
    meetings: Meetings, series: Id, clock: ManualClock
) -> None:
    assert meetings.one_series(series).next_start == FIVE_PM
    clock.turn(days=1)
    assert meetings.one_series(series).next_start == FIVE_PM + FORTNIGHT


def test_a_cancelled_day_is_not_the_next_one(meetings: Meetings, series: Id) -> None:
    opened = meetings.open_occurrence(series, WEDNESDAY).id
    meetings.edit_meeting(opened, MeetingEdit(status="cancelled"))
    assert meetings.one_series(series).next_start == FIVE_PM + FORTNIGHT
    [following] = meetings.upcoming(COMMUNITY)
    assert following.starts == FIVE_PM + FORTNIGHT


def test_planned_days_stand_in_the_list_until_somebody_opens_them(
    meetings: Meetings, series: Id
) -> None:
    assert [row.id for row in meetings.meetings(COMMUNITY, *MONTH)] == [None, None, None]
    opened = meetings.open_occurrence(series, WEDNESDAY).id
    rows = meetings.meetings(COMMUNITY, *MONTH)
    assert [row.id for row in rows] == [opened, None, None]
    assert [row.day for row in rows] == [date(2026, 8, 12), date(2026, 8, 26), date(2026, 9, 9)]
    assert {row.title for row in rows} == {"Forum"}


def test_an_occurrence_tells_whether_it_was_opened(meetings: Meetings, series: Id) -> None:
    opened = meetings.open_occurrence(series, WEDNESDAY).id
    found = meetings.occurrences(series, *MONTH)
    assert [each.meeting for each in found] == [opened, None, None]
    assert found[0].starts == FIVE_PM


def test_opening_a_day_twice_is_opening_it_once(meetings: Meetings, series: Id) -> None:
    first = meetings.open_occurrence(series, WEDNESDAY)
    meetings.edit_meeting(first.id, MeetingEdit(title="Forum with a guest"))
    again = meetings.open_occurrence(series, WEDNESDAY)
    assert again.id == first.id == occurrence_id(COMMUNITY, series, "2026-08-12")
    assert not again.changed
    assert meetings.meeting(first.id).title == "Forum with a guest"


def test_a_meeting_that_was_moved_is_not_planned_again_on_its_old_day(
    meetings: Meetings, series: Id
) -> None:
    opened = meetings.open_occurrence(series, WEDNESDAY).id
    meetings.edit_meeting(opened, MeetingEdit(starts=FIVE_PM + timedelta(days=1)))
    rows = meetings.meetings(COMMUNITY, *MONTH)
    assert [row.day for row in rows] == [date(2026, 8, 13), date(2026, 8, 26), date(2026, 9, 9)]


def test_a_removed_meeting_leaves_no_planned_day_and_comes_back_when_opened(
    meetings: Meetings, series: Id
) -> None:
    opened = meetings.open_occurrence(series, WEDNESDAY).id
    meetings.move_to_trash(opened)
    assert meetings.meetings(COMMUNITY, *MONTH)[0].day == date(2026, 8, 26)
    assert len(meetings.occurrences(series, *MONTH)) == 2
    assert meetings.open_occurrence(series, WEDNESDAY).id == opened
    assert meetings.meetings(COMMUNITY, *MONTH)[0].id == opened


def test_a_removed_series_plans_nothing_but_its_meetings_stay(
    meetings: Meetings, series: Id
) -> None:
    opened = meetings.open_occurrence(series, WEDNESDAY).id
    meetings.move_to_trash(series)
    assert meetings.series(COMMUNITY) == ()
    [row] = meetings.meetings(COMMUNITY, *MONTH)
    assert (row.id, row.series_title) == (opened, "Forum")
    meetings.restore(series)
    assert len(meetings.meetings(COMMUNITY, *MONTH)) == 3


def test_a_day_on_which_the_series_does_not_meet_cannot_be_opened(
    meetings: Meetings, series: Id
) -> None:
    with pytest.raises(NotAChoice):
        meetings.open_occurrence(series, date(2026, 8, 13))


def test_changing_the_time_moves_planned_days_and_leaves_opened_meetings(
    meetings: Meetings, series: Id
) -> None:
    opened = meetings.open_occurrence(series, WEDNESDAY).id
    meetings.edit_series(series, SeriesEdit(local_time=time(16), recurrence="FREQ=WEEKLY"))
    rows = meetings.meetings(COMMUNITY, *MONTH)
    assert rows[0].id == opened
    assert rows[0].starts == FIVE_PM
    assert rows[1].starts == FIVE_PM + timedelta(days=7, hours=-1)
    assert meetings.recurrence_text(series) == "every Wednesday, 4:00 pm NT time"


def test_a_series_of_guests_keeps_their_local_time_when_their_clocks_change(
    meetings: Meetings,
) -> None:
    melbourne = replace(FORUM, time_zone="Australia/Melbourne", recurrence="FREQ=WEEKLY")
    series = meetings.add_series(COMMUNITY, melbourne).id
    october = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 15, tzinfo=UTC)
    before, after = (each.starts for each in meetings.occurrences(series, *october))
    assert (before.hour, after.hour) == (6, 6)
    september = datetime(2026, 9, 23, tzinfo=UTC), datetime(2026, 9, 24, tzinfo=UTC)
    [winter] = meetings.occurrences(series, *september)
    assert winter.starts.hour == 7


def test_a_single_day_is_a_series_of_one(meetings: Meetings) -> None:
    series = meetings.add_series(COMMUNITY, replace(FORUM, recurrence="")).id
    assert meetings.recurrence_text(series) == "Wed 12 Aug 2026, 5:00 pm NT time"
    assert len(meetings.occurrences(series, *MONTH)) == 1


def test_a_series_of_another_program_that_is_not_understood_shows_its_meetings_only(
    meetings: Meetings, replica: Replica
) -> None:
    with replica.write() as action:
        series = action.create(
            "series",
            COMMUNITY,
            {
                "title": "Moons",
                "first_day": "2026-08-12",
                "local_time": "17:00",
                "recurrence": "FREQ=LUNAR",
            },
        )
    shown = meetings.one_series(series)
    assert not shown.understood
    assert shown.next_start is None
    assert "cannot work out" in shown.recurrence_text
    assert meetings.meetings(COMMUNITY, *MONTH) == ()
    with pytest.raises(NotAChoice):
        meetings.open_occurrence(series, WEDNESDAY)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (replace(FORUM, title=" \n "), Empty),
        (replace(FORUM, title="x" * 301), TooLong),
        (replace(FORUM, recurrence="every Wednesday"), NotAChoice),
        (replace(FORUM, time_zone="Nowhere/Special"), NotAChoice),
        (replace(FORUM, type="party"), NotAChoice),
        (replace(FORUM, duration_minutes=-1), BadInput),
        (replace(FORUM, duration_minutes=10_081), BadInput),
    ],
)
def test_what_cannot_be_kept_is_told_before_anything_is_written(
    meetings: Meetings, wrong: NewSeries, error: type[BadInput]
) -> None:
    with pytest.raises(error):
        meetings.add_series(COMMUNITY, wrong)
    assert meetings.series(COMMUNITY) == ()


def test_an_empty_text_takes_a_part_away_and_none_leaves_it(meetings: Meetings, series: Id) -> None:
    meetings.edit_series(series, SeriesEdit(purpose="To think aloud together"))
    meetings.edit_series(series, SeriesEdit(place=""))
    shown = meetings.one_series(series)
    assert (shown.place, shown.purpose) == ("", "To think aloud together")


def test_a_series_that_is_not_here_is_told(meetings: Meetings) -> None:
    with pytest.raises(NotFound):
        meetings.one_series(new_id(1))
    with pytest.raises(NotFound):
        meetings.edit_series(new_id(1), SeriesEdit(title="New"))


def test_series_that_meet_soonest_come_first(meetings: Meetings, series: Id) -> None:
    monthly = replace(FORUM, title="Hui", first_day=date(2026, 8, 20), recurrence="FREQ=MONTHLY")
    over = replace(FORUM, title="Over", first_day=date(2020, 1, 1), recurrence="FREQ=DAILY;COUNT=2")
    meetings.add_series(COMMUNITY, over)
    meetings.add_series(COMMUNITY, monthly)
    assert [each.title for each in meetings.series(COMMUNITY)] == ["Forum", "Hui", "Over"]


def test_what_comes_next_holds_opened_planned_and_single_meetings(
    meetings: Meetings, series: Id
) -> None:
    single = NewMeeting("Visit", FIVE_PM + timedelta(days=2), place="Alice Springs")
    visit = meetings.add_meeting(COMMUNITY, single).id
    found = meetings.upcoming(COMMUNITY, limit=3)
    assert [row.title for row in found] == ["Forum", "Visit", "Forum"]
    assert [row.id for row in found] == [None, visit, None]


def test_a_meeting_that_was_held_is_no_longer_the_next_one(meetings: Meetings, series: Id) -> None:
    opened = meetings.open_occurrence(series, WEDNESDAY).id
    meetings.edit_meeting(opened, MeetingEdit(status="held"))
    [following] = meetings.upcoming(COMMUNITY)
    assert following.starts == FIVE_PM + FORTNIGHT


def test_a_meeting_that_is_going_on_is_still_the_next_one(
    meetings: Meetings, series: Id, clock: ManualClock
) -> None:
    clock.turn(seconds=5.5 * 3600)
    [going_on] = meetings.upcoming(COMMUNITY)
    assert going_on.starts == FIVE_PM
    clock.turn(seconds=3600)
    [following] = meetings.upcoming(COMMUNITY)
    assert following.starts == FIVE_PM + FORTNIGHT
