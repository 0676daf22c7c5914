"""Where a meeting that is being run stands, worked out from its agenda and its course. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cop_desktop.services.meetings import AgendaView, Course, MeetingView

Id = bytes
_WHOLE_MINUTE = 60


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """One item. over_s: beyond its minutes; 0 within them, or where nobody said how many."""

    item: AgendaView
    used_s: float
    is_now: bool
    is_before: bool

    @property
    def planned_s(self) -> float:
        return (self.item.minutes or 0) * _WHOLE_MINUTE

    @property
    def over_s(self) -> float:
        return max(self.used_s - self.planned_s, 0) if self.item.minutes else 0

    @property
    def left_s(self) -> float:
        return max(self.planned_s - self.used_s, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole meeting. ends: as planned, None where nobody said how long it takes.

    late_s: how much later than planned it ends if what is left takes as long as planned.
    """

    items: tuple[ItemStanding, ...]
    course: Course
    ends: datetime | None
    late_s: float

    @property
    def now(self) -> ItemStanding | None:
        """What is talked about; None before the first item, after the last, or without any."""
        return next((each for each in self.items if each.is_now), None)

    @property
    def next(self) -> ItemStanding | None:
        """What comes after it."""
        if self.now is None:
            return None
        place = self.items.index(self.now) + 1
        return self.items[place] if place < len(self.items) else None

    @property
    def is_done(self) -> bool:
        """Whether everything on the agenda was talked about."""
        return self.now is None and bool(self.items) and self.course.total_s > 0


def standing_of(meeting: MeetingView, course: Course) -> Standing:
    """Where the meeting stands at `course.seen`."""
    items = tuple(_items(meeting.agenda, course))
    ends = None
    if meeting.duration_minutes:
        planned_start = meeting.starts
        # One that is run on another day, or an hour late, has its full time from when it began.
        if abs(course.began - planned_start) > timedelta(minutes=30):
            planned_start = course.began
        ends = planned_start + timedelta(minutes=meeting.duration_minutes)
    late_s = 0.0
    if ends is not None:
        left_s = sum(each.left_s for each in items if not each.is_before)
        late_s = max((course.seen + timedelta(seconds=left_s) - ends).total_seconds(), 0)
    return Standing(items, course, ends, late_s)


def _items(agenda: Sequence[AgendaView], course: Course) -> list[ItemStanding]:
    ids = [item.id for item in agenda]
    # After the last item, or when it was taken off the agenda, what has minutes is behind us.
    place = ids.index(course.item) if course.item in ids else None
    return [
        ItemStanding(
            item,
            course.used(item.id),
            is_now=number == place,
            is_before=number < place if place is not None else course.used(item.id) > 0,
        )
        for number, item in enumerate(agenda)
    ]
