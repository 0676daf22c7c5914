"""Moments in words: NT time, short for lists, whole for tooltips."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject, Signal

from sync.catalogue.meetings import TIME_ZONE

AGING_MS = 20_000
"""How often words such as "12 min ago" are said again."""
_JUST_NOW = timedelta(minutes=1)
_MINUTES = timedelta(hours=1)
_WEEK_DAYS = 6


def _tr(words: str) -> str:
    return QCoreApplication.translate("When", words)


class When(QObject):
    """Says when something was, seen from now. now: the aware moment it is.

    `aged` comes now and then while the window is shown: words said before may be true no longer.
    """

    aged = Signal()

    def __init__(self, now: Callable[[], datetime] | None = None, zone: str = TIME_ZONE) -> None:
        super().__init__()
        self._now = now or _utc_now
        self._zone = ZoneInfo(zone)

    def now(self) -> datetime:
        """The moment that all is seen from."""
        return self._now()

    def short(self, moment: datetime) -> str:
        """As in "just now", "12 min", "5:00 pm", "Tue", "12 Aug", "12 Aug 2024"."""
        passed = self._now() - moment
        there, today = moment.astimezone(self._zone), self._today()
        # A little in the future is another computer's clock, not news from tomorrow.
        if -_MINUTES < passed < _JUST_NOW:
            return _tr("just now")
        if timedelta() < passed < _MINUTES:
            return _tr("{0} min").format(passed // timedelta(minutes=1))
        if there.date() == today:
            return _clock(there)
        days = (today - there.date()).days
        if days == 1:
            return _tr("Yesterday")
        if 1 < days <= _WEEK_DAYS:
            return _weekday(there)
        return _day(there, today)

    def clock(self, moment: datetime) -> str:
        """As in "5:00 pm"."""
        return _clock(moment.astimezone(self._zone))

    def full(self, moment: datetime) -> str:
        """As in "Wed 12 Aug, 5:00 pm NT time"; with the year when it is another one."""
        there = moment.astimezone(self._zone)
        words = _tr("{0} {1}, {2} NT time")
        return words.format(_weekday(there), _day(there, self._today()), _clock(there))

    def spoken(self, moment: datetime) -> str:
        """In a sentence: "12 min ago", "today, 5:00 pm", "Wed 12 Aug, 5:00 pm"."""
        there, today = moment.astimezone(self._zone), self._today()
        passed = self._now() - moment
        if -_MINUTES < passed < _MINUTES:
            short = self.short(moment)
            return short if passed < _JUST_NOW else _tr("{0} ago").format(short)
        if there.date() == today:
            return _tr("today, {0}").format(_clock(there))
        if (today - there.date()).days == 1:
            return _tr("yesterday, {0}").format(_clock(there))
        return _tr("{0} {1}, {2}").format(_weekday(there), _day(there, today), _clock(there))

    def day(self, day: date) -> str:
        """As in "Sun 20 Sep"; with the year when it is another one."""
        return _tr("{0} {1}").format(_weekday(day), _day(day, self._today()))

    def _today(self) -> date:
        return self._now().astimezone(self._zone).date()


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _clock(there: datetime) -> str:
    half = _tr("am") if there.hour < 12 else _tr("pm")
    return f"{there.hour % 12 or 12}:{there.minute:02} {half}"


def _weekday(there: date) -> str:
    names = (_tr("Mon"), _tr("Tue"), _tr("Wed"), _tr("Thu"), _tr("Fri"), _tr("Sat"), _tr("Sun"))
    return names[there.weekday()]


def _day(there: date, today: date) -> str:
    # The same on every computer, whatever language the system speaks.
    months = (
        *(_tr("Jan"), _tr("Feb"), _tr("Mar"), _tr("Apr"), _tr("May"), _tr("Jun")),
        *(_tr("Jul"), _tr("Aug"), _tr("Sep"), _tr("Oct"), _tr("Nov"), _tr("Dec")),
    )
    words = f"{there.day} {months[there.month - 1]}"
    return words if there.year == today.year else f"{words} {there.year}"
