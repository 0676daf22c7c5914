"""A series' rhythm as people say it."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final
from zoneinfo import ZoneInfo

from cop_desktop.services.meetings.local_time import (
    day_in_words,
    month_name,
    time_in_words,
    weekday_name,
)
from cop_desktop.services.meetings.recurrence import Rhythm, Unit, Weekday
from cop_desktop.services.saying import Say, english

_WORKING_WEEK: Final = tuple(Weekday(day) for day in range(5))
_OWN_NAMES: Final = 5
"""So many are numbered by a word of their own: the fifth, but the 6th."""


def rhythm_in_words(rhythm: Rhythm, first_day: date, say: Say = english) -> str:
    """As in `every second Wednesday`, without the time; with its end where it has one."""
    said = _Saying(say).days(rhythm, first_day)
    if rhythm.until is not None:
        return say("{0}, until {1}").format(said, day_in_words(rhythm.until, say))
    if rhythm.times is not None:
        ends = say("{0}, {1} times") if rhythm.times > 1 else say("{0}, once")
        return ends.format(said, rhythm.times)
    return said


def monthly_in_words(rhythm: Rhythm, first_day: date, say: Say = english) -> str:
    """As in `monthly on the second Wednesday`, of a rhythm of every month."""
    return say("monthly on {0}").format(_Saying(say).day_of_month(rhythm, first_day))


def series_in_words(rhythm: Rhythm | None, first_day: date, at: time, zone: ZoneInfo) -> str:
    """As in `every second Wednesday, 5:00 pm NT time`; rhythm None: a single day."""
    return series_said(rhythm, first_day, time_in_words(at, zone), english)


def series_said(rhythm: Rhythm | None, first_day: date, at: str, say: Say) -> str:
    """The same in any language. at: the time in words."""
    if rhythm is None:
        return say("{0}, {1}").format(day_in_words(first_day, say), at)
    return say("{0}, {1}").format(rhythm_in_words(rhythm, first_day, say), at)


@dataclass(frozen=True, slots=True)
class _Saying:
    """Parts of such sentences, in the language of `say`."""

    say: Say

    def days(self, rhythm: Rhythm, first_day: date) -> str:
        """On which days."""
        say, every = self.say, rhythm.every
        match rhythm.unit:
            case Unit.MONTH:
                said = (
                    say("on {0} of every month") if every == 1 else say("on {0} of every {1} month")
                )
                return said.format(self.day_of_month(rhythm, first_day), self.numbered(every))
            case Unit.YEAR:
                said = (
                    say("every year on {0} {1}") if every == 1 else say("every {2} year on {0} {1}")
                )
                return said.format(first_day.day, month_name(first_day, say), self.numbered(every))
            case Unit.DAY if not rhythm.weekdays:
                return (
                    say("every day")
                    if every == 1
                    else say("every {0} day").format(self.numbered(every))
                )
            case _:
                return self._weekly(rhythm, first_day)

    def day_of_month(self, rhythm: Rhythm, first_day: date) -> str:
        """Which day: a weekday or a date."""
        say = self.say
        if rhythm.weekdays:
            listed = [
                say("{0} {1}").format(self.numbered(each.nth or 1), weekday_name(each.day, say))
                for each in rhythm.weekdays
            ]
            return say("the {0}").format(self._listed(listed))
        day = rhythm.month_day or first_day.day
        return say("the last day") if day == -1 else say("the {0}").format(self._ordinal(day))

    def numbered(self, number: int) -> str:
        """As in `second` or `12th`; -1 is the last."""
        say = self.say
        if number == -1:
            return say("last")
        if number > _OWN_NAMES:
            return self._ordinal(number)
        names = (say("first"), say("second"), say("third"), say("fourth"), say("fifth"))
        return names[number - 1]

    def _weekly(self, rhythm: Rhythm, first_day: date) -> str:
        say, every = self.say, rhythm.every
        weekdays = rhythm.weekdays or (Weekday(first_day.weekday()),)
        names = [weekday_name(each.day, say) for each in weekdays]
        if len(names) == 1:
            said = say("every {0}") if every == 1 else say("every {1} {0}")
            return said.format(names[0], self.numbered(every))
        listed = say("Monday to Friday") if weekdays == _WORKING_WEEK else self._listed(names)
        said = say("every {0}") if every == 1 else say("every {1} week on {0}")
        return said.format(listed, self.numbered(every))

    def _listed(self, names: list[str]) -> str:
        if len(names) == 1:
            return names[0]
        return self.say("{0} and {1}").format(", ".join(names[:-1]), names[-1])

    def _ordinal(self, number: int) -> str:
        say = self.say
        endings = {1: say("{0}st"), 2: say("{0}nd"), 3: say("{0}rd")}
        usual = say("{0}th")
        is_teen = number % 100 in (11, 12, 13)
        return (usual if is_teen else endings.get(number % 10, usual)).format(number)
