"""Rules of recurrence: which days, which moments, which words."""

import time as clock
from datetime import UTC, date, datetime, time

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.services.meetings.local_time import (
    day_of,
    moment_of,
    read_day,
    read_time,
    time_in_words,
    zone_named,
)
from cop_desktop.services.meetings.recurrence import Rhythm, Unit, Weekday, read_rule
from cop_desktop.services.meetings.words import rhythm_in_words, series_in_words

WEDNESDAY = date(2026, 8, 12)
DARWIN = zone_named("Australia/Darwin")
MELBOURNE = zone_named("Australia/Melbourne")


def days(rule: str, first: date, since: date, until: date) -> list[date]:
    rhythm = read_rule(rule)
    assert rhythm is not None
    return rhythm.days(first, since, until)


def test_every_second_wednesday_keeps_its_rhythm_from_the_first_day() -> None:
    found = days("FREQ=WEEKLY;INTERVAL=2", WEDNESDAY, date(2026, 9, 1), date(2026, 9, 30))
    assert found == [date(2026, 9, 9), date(2026, 9, 23)]


def test_both_ends_of_the_asked_range_are_included() -> None:
    found = days("FREQ=WEEKLY", WEDNESDAY, WEDNESDAY, date(2026, 8, 19))
    assert found == [WEDNESDAY, date(2026, 8, 19)]


def test_nothing_lies_before_the_first_day() -> None:
    assert days("FREQ=DAILY", WEDNESDAY, date(2026, 1, 1), WEDNESDAY) == [WEDNESDAY]


def test_the_last_friday_of_each_month_is_found() -> None:
    found = days("FREQ=MONTHLY;BYDAY=-1FR", WEDNESDAY, WEDNESDAY, date(2026, 10, 31))
    assert found == [date(2026, 8, 28), date(2026, 9, 25), date(2026, 10, 30)]


def test_a_month_without_a_31st_is_left_out() -> None:
    found = days("FREQ=MONTHLY", date(2026, 8, 31), date(2026, 8, 1), date(2026, 12, 31))
    assert found == [date(2026, 8, 31), date(2026, 10, 31), date(2026, 12, 31)]


def test_the_last_possible_day_of_a_rule_is_one_of_its_days() -> None:
    found = days("FREQ=WEEKLY;UNTIL=20260826", WEDNESDAY, WEDNESDAY, date(2026, 12, 31))
    assert found[-1] == date(2026, 8, 26)


def test_an_end_given_in_utc_falls_on_the_local_day() -> None:
    late_evening_utc = "FREQ=DAILY;UNTIL=20260820T230000Z"
    in_darwin = read_rule(late_evening_utc, "Australia/Darwin")
    assert in_darwin is not None
    assert in_darwin.until == date(2026, 8, 21)


def test_a_counted_rule_ends() -> None:
    found = days("FREQ=WEEKLY;COUNT=3", WEDNESDAY, WEDNESDAY, date(2030, 1, 1))
    assert len(found) == 3


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every Wednesday",
        "INTERVAL=2",
        "FREQ=SOMETIMES",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=99999",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20261231",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=2WE",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=MONTHLY;BYDAY=9WE",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=WEEKLY;UNTIL=20261340",
        "FREQ=WEEKLY;WKST=SU",
        "FREQ=WEEKLY;COUNT=³",
    ],
)
def test_a_rule_that_is_not_understood_is_none(rule: str) -> None:
    assert read_rule(rule) is None


def test_a_day_that_never_comes_does_not_keep_anybody_waiting() -> None:
    rhythm = read_rule("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30")
    assert rhythm is not None
    began = clock.perf_counter()
    assert rhythm.days(date(2026, 2, 1), date(2026, 2, 1), date(2040, 1, 1)) == []
    assert clock.perf_counter() - began < 1


rhythms = st.builds(
    Rhythm,
    unit=st.sampled_from(Unit),
    every=st.integers(1, 5),
    weekdays=st.lists(
        st.builds(Weekday, st.integers(0, 6), st.sampled_from([None, -1, 1, 2, 5])),
        max_size=3,
        unique=True,
    ).map(lambda found: tuple(sorted(found, key=lambda each: (each.day, each.nth or 0)))),
    month_day=st.none() | st.sampled_from([-1, 1, 15, 31]),
    until=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    times=st.none() | st.integers(1, 30),
).filter(lambda rhythm: rhythm.is_sound)


@given(rhythms)
def test_every_sound_rhythm_is_read_back_from_the_rule_it_writes(rhythm: Rhythm) -> None:
    assert read_rule(rhythm.rule()) == rhythm


@given(rhythms, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_the_days_are_those_that_the_rule_means_to_other_calendars(
    rhythm: Rhythm, first: date
) -> None:
    at_midnight = datetime.combine(first, time.min)
    theirs = rrule.rrulestr(rhythm.rule(), dtstart=at_midnight)
    asked = (date(2026, 1, 1), date(2027, 6, 1))
    expected = theirs.between(*(datetime.combine(day, time.min) for day in asked), inc=True)
    assert rhythm.days(first, *asked) == [each.date() for each in expected]


@given(rhythms, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_every_rhythm_can_be_said_in_words(rhythm: Rhythm, first: date) -> None:
    assert "every" in rhythm_in_words(rhythm, first)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY", "every Wednesday"),
        ("FREQ=WEEKLY;INTERVAL=2", "every second Wednesday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "every second Wednesday"),
        ("FREQ=WEEKLY;INTERVAL=6", "every 6th Wednesday"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "every Tuesday and Thursday"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR",
            "every second week on Monday, Wednesday and Friday",
        ),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every Monday to Friday"),
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every third day"),
        ("FREQ=MONTHLY", "on the 12th of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE", "on the second Wednesday of every second month"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", "on the first Monday and third Monday of every month"),
        ("FREQ=YEARLY", "every year on 12 August"),
        ("FREQ=WEEKLY;UNTIL=20261216", "every Wednesday, until Wed 16 Dec 2026"),
        ("FREQ=WEEKLY;COUNT=10", "every Wednesday, 10 times"),
        ("FREQ=WEEKLY;COUNT=1", "every Wednesday, once"),
    ],
)
def test_rules_read_as_people_say_them(rule: str, words: str) -> None:
    rhythm = read_rule(rule)
    assert rhythm is not None
    assert rhythm_in_words(rhythm, WEDNESDAY) == words


def test_the_time_is_said_with_its_zone() -> None:
    rhythm = read_rule("FREQ=WEEKLY;INTERVAL=2")
    assert series_in_words(rhythm, WEDNESDAY, time(17), DARWIN) == (
        "every second Wednesday, 5:00 pm NT time"
    )
    assert series_in_words(None, WEDNESDAY, time(9, 5), MELBOURNE) == (
        "Wed 12 Aug 2026, 9:05 am Melbourne time"
    )


def test_midnight_and_noon_are_twelve() -> None:
    assert time_in_words(time(0), DARWIN) == "12:00 am NT time"
    assert time_in_words(time(12, 30), DARWIN) == "12:30 pm NT time"


def test_a_local_time_stays_the_same_when_clocks_change() -> None:
    winter, summer = date(2026, 9, 23), date(2026, 10, 7)
    assert moment_of(winter, time(17), MELBOURNE) == datetime(2026, 9, 23, 7, tzinfo=UTC)
    assert moment_of(summer, time(17), MELBOURNE) == datetime(2026, 10, 7, 6, tzinfo=UTC)
    assert moment_of(winter, time(17), DARWIN).hour == moment_of(summer, time(17), DARWIN).hour


def test_a_time_that_the_clocks_skip_is_moved_on_and_one_that_comes_twice_is_the_first() -> None:
    assert moment_of(date(2026, 10, 4), time(2, 30), MELBOURNE) == datetime(
        2026, 10, 3, 16, 30, tzinfo=UTC
    )
    assert moment_of(date(2026, 4, 5), time(2, 30), MELBOURNE) == datetime(
        2026, 4, 4, 15, 30, tzinfo=UTC
    )


def test_the_day_of_a_moment_is_the_local_one() -> None:
    assert day_of(datetime(2026, 8, 11, 20, tzinfo=UTC), DARWIN) == WEDNESDAY


@pytest.mark.parametrize("name", [None, "", "Nowhere/Special", "/etc/passwd", "Australia", "\0"])
def test_a_zone_that_is_not_known_here_is_taken_for_darwins(name: str | None) -> None:
    assert zone_named(name) == DARWIN


@pytest.mark.parametrize("text", [None, "", "2026-13-01", "0001-01-01", "12/8/2026", "9999-12-31"])
def test_what_is_no_day_is_none(text: str | None) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize("text", [None, "", "25:00", "five", "17:00+09:30"])
def test_what_is_no_time_is_none(text: str | None) -> None:
    assert read_time(text) is None
