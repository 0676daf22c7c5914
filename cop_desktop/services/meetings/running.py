"""How far a meeting has come that is being run here: kept on this computer, told to nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from cop_desktop.services.reading import milliseconds, moment
from cop_desktop.store import Replica
from sync.core.ids import Id

AWAY: Final = timedelta(minutes=30)
"""Nobody talks so long while the program is shut: then the meeting was interrupted."""

_NAME: Final = "running."


@dataclass(frozen=True, slots=True)
class Course:
    """A meeting's way through its agenda.

    item: the one that is being talked about, None before the first and after the last. ticking:
    not paused. seen: the moment up to which time is counted. used_s: seconds by item. interrupted:
    it was paused by itself because the program was shut for long. ended: the meeting is over.
    """

    began: datetime
    seen: datetime
    item: Id | None = None
    ticking: bool = True
    used_s: Mapping[Id, float] = field(default_factory=dict)
    interrupted: bool = False
    ended: bool = False

    def used(self, item: Id) -> float:
        """Seconds that were spent on an item."""
        return self.used_s.get(item, 0.0)

    @property
    def total_s(self) -> float:
        """Seconds that were spent on all of them."""
        return sum(self.used_s.values())

    def at(self, now: datetime) -> "Course":
        """The same with the time until `now` counted. A clock that was put back counts as none.

        After more than AWAY nothing is counted: it is paused where it was.
        """
        gone = now - self.seen
        if self.item is None or not self.ticking or gone <= timedelta():
            return replace(self, seen=now)
        if gone > AWAY:
            return replace(self, seen=now, ticking=False, interrupted=True)
        used = {**self.used_s, self.item: self.used(self.item) + gone.total_seconds()}
        return replace(self, seen=now, used_s=used)

    def on(self, item: Id | None, now: datetime) -> "Course":
        """From now on another item is talked about."""
        return replace(self.at(now), item=item, ticking=True, interrupted=False, ended=False)

    def paused(self, now: datetime) -> "Course":
        """The clock stands still."""
        return replace(self.at(now), ticking=False)

    def resumed(self, now: datetime) -> "Course":
        """The clock goes on."""
        return replace(self.at(now), ticking=True, interrupted=False, ended=False)

    def closed(self, now: datetime) -> "Course":
        """The meeting is over; the minutes stay."""
        return replace(self.at(now), ticking=False, ended=True)


def begun(now: datetime, first: Id | None) -> Course:
    """The course of a meeting that begins now, with the first item of its agenda."""
    return Course(began=now, seen=now, item=first)


class Running:
    """Keeps the courses of meetings beside the replica, so that a restart loses no minute."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def course(self, meeting: Id) -> Course | None:
        """Where the meeting is; None if it was never run here."""
        kept = self._replica.settings.get(_NAME + meeting.hex())
        return _read(kept) if isinstance(kept, dict) else None

    def keep(self, meeting: Id, course: Course) -> None:
        """Keep it: on the disk when this returns."""
        self._replica.settings.set(_NAME + meeting.hex(), _written(course))


def _written(course: Course) -> dict[str, Any]:
    return {
        "began": milliseconds(course.began),
        "seen": milliseconds(course.seen),
        "item": course.item.hex() if course.item else "",
        "ticking": course.ticking,
        "used": {item.hex(): round(seconds, 1) for item, seconds in course.used_s.items()},
        "interrupted": course.interrupted,
        "ended": course.ended,
    }


def _read(kept: dict[str, Any]) -> Course:
    return Course(
        began=moment(kept["began"]),
        seen=moment(kept["seen"]),
        item=bytes.fromhex(kept["item"]) or None,
        ticking=kept["ticking"],
        used_s={bytes.fromhex(item): seconds for item, seconds in kept["used"].items()},
        interrupted=kept["interrupted"],
        ended=kept["ended"],
    )
