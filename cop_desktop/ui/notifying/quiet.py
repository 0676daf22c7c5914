"""When the member wants to hear nothing: hours of the night, weekends. NT time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cop_desktop.ui.shell import preferences as prefer
from cop_desktop.ui.shell.preferences import Preferences
from sync.catalogue.meetings import TIME_ZONE

_ZONE: Final = ZoneInfo(TIME_ZONE)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one hour to another, over midnight if that is earlier; and whole weekends, or not."""

    begins: time
    ends: time
    weekend: bool

    @classmethod
    def of(cls, preferences: Preferences) -> "Quiet | None":
        """What the member prefers; None for never."""
        if not preferences.get(prefer.QUIET):
            return None
        begins, ends = (
            _time(preferences.get(name), prefer.USUAL[name])
            for name in (prefer.QUIET_FROM, prefer.QUIET_UNTIL)
        )
        return cls(begins, ends, preferences.get(prefer.QUIET_WEEKEND))

    def until(self, now: datetime) -> datetime | None:
        """When it ends, if it is quiet now; None if it is not."""
        there = now.astimezone(_ZONE)
        if not self._covers(there):
            return None
        while self._covers(there):
            there = self._next_turn(there)
        return there

    def _covers(self, there: datetime) -> bool:
        if self.weekend and there.weekday() >= _SATURDAY:
            return True
        at = there.time()
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends

    def _next_turn(self, there: datetime) -> datetime:
        """The next moment at which it may end: midnight, or the hour at which it does."""
        midnight = (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        ends = there.replace(hour=self.ends.hour, minute=self.ends.minute, second=0, microsecond=0)
        return min(moment for moment in (midnight, ends) if moment > there)


def _time(kept: str, usual: str) -> time:
    try:
        return time.fromisoformat(kept)
    except ValueError:
        return time.fromisoformat(usual)
