"""Days of a month as a calendar shows them. Pure."""

import calendar
from datetime import date, timedelta

WEEKS = 6
DAYS_SHOWN = 7 * WEEKS


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def first_shown(day: date) -> date:
    """The Monday that a page for the day's month begins with."""
    first = first_of(day)
    return first - timedelta(days=first.weekday())


def days_shown(day: date) -> list[date]:
    """All days of the page, week by week."""
    first = first_shown(day)
    return [first + timedelta(days=number) for number in range(DAYS_SHOWN)]


def months_on(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is too short for it."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
