"""A series' rhythm as people say it."""

from datetime import date, time
from typing import Final
from zoneinfo import ZoneInfo

from cop_desktop.services.meetings.local_time import (
    MONTHS,
    WEEKDAYS,
    day_in_words,
    time_in_words,
)
from cop_desktop.services.meetings.recurrence import Rhythm, Unit, Weekday

_NUMBERED: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_WORKING_WEEK: Final = tuple(Weekday(day) for day in range(5))


def rhythm_in_words(rhythm: Rhythm, first_day: date) -> str:
    """As in `every second Wednesday`, without the time; with its end where it has one."""
    said = _days_in_words(rhythm, first_day)
    if rhythm.until is not None:
        return f"{said}, until {day_in_words(rhythm.until)}"
    if rhythm.times is not None:
        return f"{said}, {rhythm.times} times" if rhythm.times > 1 else f"{said}, once"
    return said


def series_in_words(rhythm: Rhythm | None, first_day: date, at: time, zone: ZoneInfo) -> str:
    """As in `every second Wednesday, 5:00 pm NT time`; rhythm None: a single day."""
    when = day_in_words(first_day) if rhythm is None else rhythm_in_words(rhythm, first_day)
    return f"{when}, {time_in_words(at, zone)}"


def _days_in_words(rhythm: Rhythm, first_day: date) -> str:
    every = f"every {_every(rhythm.every)}"
    match rhythm.unit:
        case Unit.MONTH:
            return f"on {_day_of_month(rhythm, first_day)} of {every}month"
        case Unit.YEAR:
            return f"{every}year on {first_day.day} {MONTHS[first_day.month - 1]}"
        case Unit.DAY if not rhythm.weekdays:
            return f"{every}day"
        case _:
            return _weekly(rhythm, first_day)


def _weekly(rhythm: Rhythm, first_day: date) -> str:
    weekdays = rhythm.weekdays or (Weekday(first_day.weekday()),)
    every = _every(rhythm.every)
    if len(weekdays) == 1:
        return f"every {every}{WEEKDAYS[weekdays[0].day]}"
    if weekdays == _WORKING_WEEK:
        listed = "Monday to Friday"
    else:
        listed = _listed([WEEKDAYS[each.day] for each in weekdays])
    return f"every {listed}" if rhythm.every == 1 else f"every {every}week on {listed}"


def _day_of_month(rhythm: Rhythm, first_day: date) -> str:
    if rhythm.weekdays:
        return "the " + _listed(
            [f"{_NUMBERED[each.nth or 1]} {WEEKDAYS[each.day]}" for each in rhythm.weekdays]
        )
    day = rhythm.month_day or first_day.day
    return "the last day" if day == -1 else f"the {_ordinal(day)}"


def _every(count: int) -> str:
    """What stands between `every` and the unit."""
    return "" if count == 1 else f"{_NUMBERED.get(count) or _ordinal(count)} "


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
