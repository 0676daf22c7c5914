"""When meetings are, in words: in the meeting's own time zone, and by this computer's clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.meetings.local_time import (
    short_month,
    short_weekday,
    time_in_words,
    zone_named,
)
from cop_desktop.ui.records.saying import say

_NEAR_DAYS = 13


def _tr(words: str) -> str:
    return QCoreApplication.translate("MeetingTimes", words)


class Times:
    """Says when meetings are, seen from now. here: the computer's zone, None for the system's."""

    def __init__(
        self, now: Callable[[], datetime] | None = None, here: tzinfo | None = None
    ) -> None:
        self._now = now or _utc_now
        self._here = here

    def now(self) -> datetime:
        """The aware moment it is."""
        return self._now()

    def today(self, time_zone: str | None = None) -> date:
        """The day it is in that zone; in Darwin's for None."""
        return self._now().astimezone(zone_named(time_zone)).date()

    def full(self, starts: datetime, time_zone: str) -> str:
        """As in `Wed 12 Aug, 5:00 pm NT time`; with the year when it is another one."""
        zone = zone_named(time_zone)
        there = starts.astimezone(zone)
        words = _tr("{0}, {1}")
        return words.format(self.day(there.date()), time_in_words(there.time(), zone, say))

    def at(self, starts: datetime, time_zone: str) -> str:
        """The time alone: "5:00 pm NT time"."""
        zone = zone_named(time_zone)
        return time_in_words(starts.astimezone(zone).time(), zone, say)

    def on_this_computer(self, starts: datetime, time_zone: str) -> str:
        """The same by the computer's clock; "" when that shows the same time."""
        there = starts.astimezone(zone_named(time_zone))
        here = starts.astimezone(self._here)
        if here.utcoffset() == there.utcoffset():
            return ""
        said = _clock(here)
        if here.date() != there.date():
            said = _tr("{0}, {1}").format(self.day(here.date()), said)
        return _tr("{0} by this computer's clock").format(said)

    def at_both(self, starts: datetime, time_zone: str) -> str:
        """The time alone, and by this computer's clock: "5:00 pm NT time, 5:30 pm here"."""
        there = self.at(starts, time_zone)
        here = starts.astimezone(self._here)
        if here.utcoffset() == starts.astimezone(zone_named(time_zone)).utcoffset():
            return there
        said = _clock(here)
        if here.date() != self.day_of(starts, time_zone):
            said = _tr("{0}, {1}").format(self.day(here.date()), said)
        return _tr("{0}, {1} here").format(there, said)

    def day(self, day: date) -> str:
        """As in `Wed 12 Aug`; with the year when it is another one."""
        return _tr("{0} {1}").format(short_weekday(day, say), self._date(day))

    def near(self, starts: datetime, time_zone: str) -> str:
        """How far away the day is: "Today", "Tomorrow", "in 5 days", "3 days ago", "12 Aug"."""
        there = starts.astimezone(zone_named(time_zone)).date()
        days = (there - self.today(time_zone)).days
        match days:
            case 0:
                return _tr("Today")
            case 1:
                return _tr("Tomorrow")
            case -1:
                return _tr("Yesterday")
            case _ if 0 < days <= _NEAR_DAYS:
                return _tr("in {0} days").format(days)
            case _ if -_NEAR_DAYS <= days < 0:
                return _tr("{0} days ago").format(-days)
        return self._date(there)

    def _date(self, day: date) -> str:
        """As in `12 Aug`; with the year when it is another one."""
        words = _tr("{0} {1}").format(day.day, short_month(day, say))
        return words if day.year == self.today().year else f"{words} {day.year}"

    def day_of(self, moment: datetime, time_zone: str | None = None) -> date:
        """The day in that zone; in Darwin's for None."""
        return moment.astimezone(zone_named(time_zone)).date()

    def clock(self, moment: datetime, time_zone: str) -> str:
        """The time of day in that zone: "5:02 pm"."""
        return _clock(moment.astimezone(zone_named(time_zone)))

    def short(self, moment: datetime, time_zone: str) -> str:
        """As short as it can be said: "5 pm", "5:30 pm"."""
        return self.clock(moment, time_zone).replace(":00 ", " ")


def minutes_words(minutes: int) -> str:
    """As in `45 min`, `1 h`, `1 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _tr("{0}\u00a0min").format(rest)
    return (
        _tr("{0}\u00a0h {1}\u00a0min").format(hours, rest)
        if rest
        else _tr("{0}\u00a0h").format(hours)
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _clock(there: datetime) -> str:
    half = _tr("am") if there.hour < 12 else _tr("pm")
    return f"{there.hour % 12 or 12}:{there.minute:02} {half}"
