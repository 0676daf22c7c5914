"""How often a series meets, as choices in words that follow its first day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.meetings import Rhythm, Unit, Weekday, read_rule
from cop_desktop.services.meetings.local_time import time_in_words, zone_named
from cop_desktop.services.meetings.words import (
    monthly_in_words,
    rhythm_in_words,
    series_said,
)
from cop_desktop.ui.records.saying import say

ONCE, OWN = "once", "own"
KEYS: Final = (
    *("week", "fortnight", "three weeks", "four weeks"),
    *("nth weekday", "last weekday", "month day", "second month", "year", ONCE),
)
NEXT_SHOWN: Final = 3
_DAYS_TO_NEXT: Final = 4 * 366
"""Nothing that is offered comes more rarely than every leap year."""


def rhythm_of(key: str, first_day: date, until: date | None) -> Rhythm | None:
    """The rhythm a choice stands for; None for meeting once."""
    weekday = first_day.weekday()
    nth = (first_day.day - 1) // 7 + 1
    on_weekday = (Weekday(weekday, nth),)
    made: dict[str, Rhythm] = {
        "week": Rhythm(Unit.WEEK, until=until),
        "fortnight": Rhythm(Unit.WEEK, 2, until=until),
        "three weeks": Rhythm(Unit.WEEK, 3, until=until),
        "four weeks": Rhythm(Unit.WEEK, 4, until=until),
        "nth weekday": Rhythm(Unit.MONTH, weekdays=on_weekday, until=until),
        "last weekday": Rhythm(Unit.MONTH, weekdays=(Weekday(weekday, -1),), until=until),
        "month day": Rhythm(Unit.MONTH, month_day=first_day.day, until=until),
        "second month": Rhythm(Unit.MONTH, 2, weekdays=on_weekday, until=until),
        "year": Rhythm(Unit.YEAR, until=until),
    }
    return made.get(key)


def choice_words(key: str, first_day: date) -> str:
    """A choice in words: "Every second Wednesday"."""
    tr = QCoreApplication.translate
    if key == ONCE:
        return tr("Rhythms", "Only on that day")
    rhythm = rhythm_of(key, first_day, None)
    if rhythm is None:
        return tr("Rhythms", "As it is now")
    monthly = rhythm.unit is Unit.MONTH and rhythm.every == 1
    said = monthly_in_words if monthly else rhythm_in_words
    words = said(rhythm, first_day, say)
    return words[:1].upper() + words[1:]


def choice_of(rule: str, first_day: date) -> str:
    """The choice that an RRULE value is; OWN if it is none of them."""
    if not rule:
        return ONCE
    rhythm = read_rule(rule)
    for key in KEYS:
        offered = rhythm_of(key, first_day, rhythm.until if rhythm else None)
        if offered is not None and _alike(offered, rhythm, first_day):
            return key
    return OWN


def until_of(rule: str) -> date | None:
    """The last possible day that an RRULE value names."""
    rhythm = read_rule(rule) if rule else None
    return rhythm.until if rhythm else None


def _alike(offered: Rhythm, rhythm: Rhythm | None, first_day: date) -> bool:
    # "Every Wednesday" and "every week, from a Wednesday on" are the same.
    if rhythm is None:
        return False
    if rhythm.unit is Unit.WEEK and rhythm.weekdays == (Weekday(first_day.weekday()),):
        rhythm = Rhythm(rhythm.unit, rhythm.every, until=rhythm.until, times=rhythm.times)
    return offered == rhythm


@dataclass(frozen=True, slots=True)
class Planned:
    """What a form for a series says about when. rule: of the series before, for OWN."""

    first_day: date
    local_time: time
    key: str
    until: date | None
    time_zone: str
    rule: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any], time_zone: str, rule: str = "") -> "Planned":
        """From the values of the form."""
        key = values["rhythm"] or ONCE
        until = values["until"]
        return cls(values["first_day"], values["local_time"], key, until, time_zone, rule)

    @property
    def recurrence(self) -> str:
        """The RRULE value, empty for one day."""
        if self.key == OWN:
            return self.rule
        rhythm = rhythm_of(self.key, self.first_day, self.until)
        return rhythm.rule() if rhythm else ""

    def sentence(self) -> str:
        """As in `Every second Wednesday, 5:00 pm NT time`."""
        rhythm = read_rule(self.recurrence) if self.recurrence else None
        zone = zone_named(self.time_zone)
        local = time_in_words(self.local_time, zone, say)
        words = series_said(rhythm, self.first_day, local, say)
        return words[:1].upper() + words[1:]

    def next_days(self, today: date) -> list[date]:
        """The next days from today on, three at most."""
        rhythm = read_rule(self.recurrence) if self.recurrence else None
        if rhythm is None:
            return [self.first_day] if self.first_day >= today else []
        since = max(today, self.first_day)
        span = timedelta(days=_DAYS_TO_NEXT * NEXT_SHOWN)
        return rhythm.days(self.first_day, since, since + span)[:NEXT_SHOWN]
