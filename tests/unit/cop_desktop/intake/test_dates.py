"""Dates and times are read in the many shapes people write them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.intake.meeting.dates import (
    dates_in,
    first_date,
    next_such_day,
    without_dates,
)
from cop_desktop.intake.meeting.times import Clock, first_time


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020__2020-08-25", date(2020, 8, 25)),
        ("20220609_community_forum", date(2022, 6, 9)),
        ("Meeting 2024.3.5", date(2024, 3, 5)),
        ("June 9, 2022", date(2022, 6, 9)),
        ("Tuesday, November 14th, 2023", date(2023, 11, 14)),
        ("Use Case Summary August 2, 2021", date(2021, 8, 2)),
        ("Mar-05-2024", date(2024, 3, 5)),
        ("9th of June 2022", date(2022, 6, 9)),
        ("05-Mar-2024", date(2024, 3, 5)),
        ("25 Aug '24", date(2024, 8, 25)),
        ("5 Sept 24", date(2024, 9, 5)),
        ("17-19 May 2022, 12-3 EST", date(2022, 5, 17)),
        ("5 & 6 October 2022", date(2022, 10, 5)),
        ("1 June 2022 to 3 June 2022", date(2022, 6, 1)),
        ("25/08/2020", date(2020, 8, 25)),
        ("8/25/2020", date(2020, 8, 25)),
        ("10/5/22", date(2022, 5, 10)),
        ("Wed 10/5/22", date(2022, 10, 5)),
        ("Minutes_12-03-2024_final", date(2024, 3, 12)),
        ("5.3.24", date(2024, 3, 5)),
        ("March 2024", None),
        ("5 March 10am", None),
        ("version 1.2.3", None),
        ("31 February 2024", None),
        ("room 3/4", None),
        ("12345678", None),
        ("the year 3021-01-01", None),
    ],
)
def test_the_first_full_date_is_found(text: str, day: date | None) -> None:
    assert first_date(text) == day


def test_every_date_is_found_once_in_reading_order() -> None:
    found = dates_in("from 2024-03-05 to 7 March 2024, then 8/3/2024")
    assert [one.day for one in found] == [date(2024, 3, 5), date(2024, 3, 7), date(2024, 3, 8)]
    assert without_dates("Hub 2024-03-05 forum").split() == ["Hub", "forum"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 March", date(2025, 3, 12)),
        ("June 3rd", date(2024, 6, 3)),
        ("1 May", date(2024, 5, 1)),
        ("12/3/26", date(2026, 3, 12)),
        ("29 February", None),
        ("Friday", None),
    ],
)
def test_a_day_without_a_year_is_the_next_one_after_the_meeting(
    text: str, day: date | None
) -> None:
    assert next_such_day(text, date(2024, 5, 1)) == day


def test_a_day_without_a_year_is_unknown_when_the_meetings_day_is() -> None:
    assert next_such_day("12 March", None) is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("1:00 PM ET", Clock(time(13), "ET")),
        ("5-6 pm NT time", Clock(time(17), "NT time")),
        ("9AM ET - 5PM ET", Clock(time(9), "ET")),
        ("1PM EDT (UTC -4)", Clock(time(13), "EDT")),
        ("8:30 - 9:45 a.m. ACST", Clock(time(8, 30), "ACST")),
        ("11-1 pm", Clock(time(11))),
        ("4.30pm", Clock(time(16, 30))),
        ("12 am", Clock(time(0))),
        ("16:30", Clock(time(16, 30))),
        ("1630 hrs", Clock(time(16, 30))),
        ("at noon", Clock(time(12))),
        ("2020-01-02", None),
        ("27:10", None),
        ("13 pm", None),
        ("in room 1.15", None),
    ],
)
def test_the_first_time_is_found_with_its_zone(text: str, clock: Clock | None) -> None:
    assert first_time(text) == clock


@given(st.text(alphabet="0123456789/-.: ,apmJanuryFebtohs", max_size=60))
def test_any_heap_of_digits_is_read_without_error(text: str) -> None:
    first_date(text)
    first_time(text)
    next_such_day(text, date(2024, 2, 29))


@given(st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_every_day_is_found_in_its_usual_shapes(day: date) -> None:
    for shape in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d/%m/%Y", "%Y%m%d", "%a %d %b %Y"):
        assert first_date(f"Minutes {day.strftime(shape)} of the hub") == day
