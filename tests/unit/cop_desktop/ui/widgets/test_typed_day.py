"""What somebody types for a day is understood as Australians write it, or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_desktop.ui.widgets.form.typed_day import DayWords, typed_day

TODAY = date(2026, 11, 23)  # a Monday
MONTHS = "january february march april may june july august september october november december"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
WORDS = DayWords(
    tuple((name,) for name in MONTHS.split()),
    tuple((name,) for name in WEEKDAYS.split()),
    {"today": 0, "tomorrow": 1},
)


def said(text: str, today: date = TODAY) -> date | None:
    return typed_day(text, today, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        *("30/11/2026", "30.11.2026", "30-11-26", "30 11 2026", "30112026", "301126", "2026-11-30"),
        *("30/11", "30 Nov", "30nov", "Nov 30", "30th of November", "30 November 2026", "30"),
        *("Mon 30 Nov 2026", "wed 30 nov 2026", "next mon", " MONDAY "),
    ],
)
def test_the_last_of_november_is_understood(text: str) -> None:
    assert said(text) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/2", date(2027, 2, 3)),  # nearer than the one that was
        ("30 aug", date(2026, 8, 30)),
        ("5", date(2026, 12, 5)),
        ("29 feb", date(2028, 2, 29)),
        ("31", date(2026, 10, 31)),
        ("fri", date(2026, 11, 27)),
        ("next fri", date(2026, 12, 4)),
        ("tomorrow", date(2026, 11, 24)),
        ("sept 1", date(2026, 9, 1)),
    ],
)
def test_what_is_left_out_is_what_is_nearest(text: str, day: date) -> None:
    assert said(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "11/30/2026",
            "31/11/2026",
            "30/13",
            "29/2/2027",
            "30/11/026",
            "3000/1/1",
            "1/1/1800",
        ),
        *(
            "30 nov dec",
            "30 banana",
            "ma",
            "fri sat",
            "1/2/3/4",
            "30/11?",
            "²",
            "nov",
            "next",
            "300",
        ),
    ],
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert said(text) is None


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_is_understood_as_it_is_shown_and_as_it_is_written(day: date) -> None:
    assert said(f"{day.day}/{day.month}/{day.year}") == day
    assert said(f"{day:%a} {day.day} {day:%b} {day.year}") == day
    assert said(day.isoformat()) == day


@given(st.text(max_size=20), st.dates(date(1901, 1, 1), date(2990, 1, 1)))
def test_nothing_that_is_typed_breaks_it(text: str, today: date) -> None:
    found = said(text, today)
    assert found is None or isinstance(found, date)
