"""What somebody does at a moment in the sample community, and what all of it shares."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cop_desktop.demo.cast import Actor
from sync.catalogue.meetings import TIME_ZONE
from sync.core.ids import Id

ZONE: Final = ZoneInfo(TIME_ZONE)
WORKING_HOUR: Final = time(16, 0)
SCHOOLS: Final = "schools"
"""What everybody needs who says at which school they work."""


@dataclass(frozen=True, slots=True)
class Event:
    """A member does something. when: aware UTC.

    makes: what comes of it, by a name. needs: what the member must have by then, of their own or
    received from others.
    """

    when: datetime
    who: str
    deed: Callable[[Actor], None]
    makes: str = ""
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Days:
    """Counts from the day on which the sample is made. today: in NT time."""

    today: date

    def ago(self, days: int, at: str | None = None) -> datetime:
        """The moment so many days before today. at: HH:MM in NT time."""
        local = WORKING_HOUR if at is None else time.fromisoformat(at)
        day = self.today - timedelta(days=days)
        return datetime.combine(day, local, ZONE).astimezone(UTC)

    def ahead(self, days: int) -> date:
        """The day so many days after today; negative for one that is past."""
        return self.today + timedelta(days=days)


@dataclass(slots=True)
class Made:
    """Ids of what has been made, by key. member: id of a member by key, once all have joined."""

    member: Callable[[str], Id]
    schools: dict[str, Id] = field(default_factory=dict)
    topics: dict[str, Id] = field(default_factory=dict)
    posts: dict[tuple[str, int], Id] = field(default_factory=dict)
    items: dict[str, Id] = field(default_factory=dict)
    series: list[Id] = field(default_factory=list)


def post_name(topic: str, number: int) -> str:
    """What a post is called among what events make and need."""
    return f"{topic} {number}"


def moment_of(event: Event) -> datetime:
    """For sorting."""
    return event.when
