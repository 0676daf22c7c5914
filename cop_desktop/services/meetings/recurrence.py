"""When a series meets: the recurrence rules that the program writes, reads and computes.

A rule is an RRULE value (RFC 5545, 3.3.10). Of all that the RFC allows, the rules read here are
those by day, week, month or year that always come to an end or to a next day quickly: a
replica may receive any text, and a rule that never matches would keep a screen waiting.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, Literal

from dateutil import rrule

from cop_desktop.services.meetings.local_time import day_of, read_day, zone_named

MAX_EVERY: Final = 400
MAX_TIMES: Final = 5_000
_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY: Final = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)")
_PARTS: Final = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT", "WKST"}
_NUMBER: Final = re.compile(r"-?\d{1,4}")
_UNTIL: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{6})(Z?))?")


class Unit(StrEnum):
    """What a rule counts in."""

    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"
    YEAR = "YEARLY"


_FREQUENCY: Final[dict[Unit, Literal[0, 1, 2, 3]]] = {
    Unit.DAY: rrule.DAILY,
    Unit.WEEK: rrule.WEEKLY,
    Unit.MONTH: rrule.MONTHLY,
    Unit.YEAR: rrule.YEARLY,
}


@dataclass(frozen=True, slots=True, order=True)
class Weekday:
    """A day of the week, 0 = Monday.

    nth: 1-5, or -1 for the last of the month; None for every one.
    """

    day: int
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A recurrence that this program understands.

    every: 2 = every second week, and so on. weekdays: empty for the weekday (or day) of the first
    meeting. month_day: 1-31, -1 for the last. until: the last possible day. times: how often in
    all. Neither of the two: without an end.
    """

    unit: Unit
    every: int = 1
    weekdays: tuple[Weekday, ...] = ()
    month_day: int | None = None
    until: date | None = None
    times: int | None = None

    @property
    def is_sound(self) -> bool:
        """Whether such a rule always has a next day, and may be kept."""
        counted = self.times is None or 1 <= self.times <= MAX_TIMES
        in_range = 1 <= self.every <= MAX_EVERY and counted
        return in_range and self._fits_unit() and not (self.until and self.times)

    def _fits_unit(self) -> bool:
        with_nth = [weekday.nth is not None for weekday in self.weekdays]
        match self.unit:
            case Unit.DAY:
                # every second day, but only on Mondays: nobody means that
                return self.month_day is None and not (self.weekdays and self.every > 1)
            case Unit.WEEK:
                return self.month_day is None and not any(with_nth)
            case Unit.MONTH:
                return not (self.weekdays and self.month_day) and all(with_nth)
            case Unit.YEAR:
                return self.month_day is None and not self.weekdays

    def rule(self) -> str:
        """The RRULE value."""
        parts = [f"FREQ={self.unit}"]
        if self.every > 1:
            parts.append(f"INTERVAL={self.every}")
        if self.weekdays:
            codes = (f"{each.nth or ''}{_CODES[each.day]}" for each in self.weekdays)
            parts.append(f"BYDAY={','.join(codes)}")
        if self.month_day is not None:
            parts.append(f"BYMONTHDAY={self.month_day}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        if self.times is not None:
            parts.append(f"COUNT={self.times}")
        return ";".join(parts)

    def days(self, first_day: date, since: date, until: date) -> list[date]:
        """The days of the series that lie in since..until, both included, in order.

        first_day: the series' first possible day.
        """
        rule = rrule.rrule(
            _FREQUENCY[self.unit],
            dtstart=_midnight(first_day),
            interval=self.every,
            count=self.times,
            until=_midnight(self.until) if self.until else None,
            byweekday=[_library_weekday(each) for each in self.weekdays] or None,
            bymonthday=self.month_day,
        )
        found = rule.between(_midnight(since), _midnight(until), inc=True)
        return [each.date() for each in found]


def read_rule(text: str, time_zone: str | None = None) -> Rhythm | None:
    """What an RRULE value says; None if it is none, or none that this program understands.

    time_zone: of the series, in which an UNTIL that is given in UTC falls on a day.
    """
    named = [part.partition("=") for part in text.strip().upper().removeprefix("RRULE:").split(";")]
    parts = {name: value for name, _, value in named}
    if len(parts) < len(named) or parts.keys() - _PARTS:
        return None
    try:
        rhythm = Rhythm(
            unit=Unit(parts["FREQ"]),
            every=_number(parts.get("INTERVAL", "1")),
            weekdays=_weekdays(parts["BYDAY"]) if "BYDAY" in parts else (),
            month_day=_month_day(parts["BYMONTHDAY"]) if "BYMONTHDAY" in parts else None,
            until=_last_day(parts["UNTIL"], time_zone) if "UNTIL" in parts else None,
            times=_number(parts["COUNT"]) if "COUNT" in parts else None,
        )
    except (KeyError, ValueError):
        return None
    # Weeks begin on Monday here, which is the RFC's default.
    return rhythm if rhythm.is_sound and parts.get("WKST", "MO") == "MO" else None


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _month_day(text: str) -> int:
    day = _number(text)
    if day not in (-1, *range(1, 32)):
        raise ValueError(text)
    return day


def _weekdays(text: str) -> tuple[Weekday, ...]:
    found = [_WEEKDAY.fullmatch(code) for code in text.split(",")]
    weekdays = sorted(
        {
            Weekday(_CODES.index(match[2]), int(match[1]) if match[1] else None)
            for match in found
            if match
        },
        key=lambda each: (each.day, each.nth or 0),
    )
    if not all(found) or any(each.nth not in (None, -1, 1, 2, 3, 4, 5) for each in weekdays):
        raise ValueError(text)
    return tuple(weekdays)


def _last_day(text: str, time_zone: str | None) -> date:
    match = _UNTIL.fullmatch(text)
    day = read_day("-".join(match.groups()[:3])) if match else None
    if match is None or day is None:
        raise ValueError(text)
    if not match[5]:
        return day
    at = time.fromisoformat(match[4] + "+00")
    return day_of(datetime.combine(day, at), zone_named(time_zone))


def _midnight(day: date) -> datetime:
    """Days are counted without a zone: a day of a series is a local day wherever it meets."""
    return datetime.combine(day, time.min)


def _library_weekday(weekday: Weekday) -> rrule.weekday:
    return rrule.weekday(weekday.day, weekday.nth)
