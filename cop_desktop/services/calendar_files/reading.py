"""What stands in a calendar file of whatever program: events, in bounds, as our own values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from cop_desktop.services.errors import NotACalendar, WhyNoCalendar
from cop_desktop.services.meetings.local_time import day_of, is_zone, zone_named
from cop_desktop.services.meetings.recurrence import Rhythm, read_rule

if TYPE_CHECKING:
    from icalendar.cal import Component

MAX_BYTES: Final = 2 << 20
MAX_EVENTS: Final = 500
MAX_WITHOUT: Final = 100
_MAX_PARTS: Final = 10_000
_LONGEST: Final = timedelta(days=7)
_MINUTES_IN_A_DAY: Final = 24 * 60
_NOT_READ: Final = "?"


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event that can be taken in.

    rhythm: None for a single day. strange_rule: it comes again, in a way that is not understood
    here. replaces: the start that this day of a series has by its rule. without: days of it that
    do not take place.
    """

    uid: str
    title: str
    starts: datetime
    time_zone: str
    minutes: int | None
    place: str = ""
    about: str = ""
    rhythm: Rhythm | None = None
    strange_rule: bool = False
    replaces: datetime | None = None
    without: tuple[date, ...] = ()
    cancelled: bool = False
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class CalendarContent:
    """events: in order of time. unreadable: how many could not be taken. left_out: beyond MAX."""

    events: tuple[FoundEvent, ...]
    unreadable: int
    left_out: int


def read_calendar(path: Path) -> CalendarContent:
    """What stands in the file.

    Raises NotACalendar.
    """
    content = _content(path)
    from icalendar import Calendar  # only who reads one waits for it

    try:
        calendars = Calendar.from_ical(_without_zones(content), multiple=True)
        found = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise NotACalendar(path.name, WhyNoCalendar.OTHER) from error
    if not calendars:
        raise NotACalendar(path.name, WhyNoCalendar.OTHER)
    events = [made for made in map(_event, found[:MAX_EVENTS]) if made is not None]
    return CalendarContent(
        tuple(sorted(events, key=lambda event: (event.starts, event.title))),
        unreadable=len(found[:MAX_EVENTS]) - len(events),
        left_out=max(len(found) - MAX_EVENTS, 0),
    )


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotACalendar(path.name, WhyNoCalendar.UNREADABLE) from error
    if len(content) > MAX_BYTES or content.upper().count(b"BEGIN:") > _MAX_PARTS:
        raise NotACalendar(path.name, WhyNoCalendar.TOO_LARGE)
    return content


def _without_zones(content: bytes) -> bytes:
    """Rules inside a zone may be made to take for ever; zones are known here by their names."""
    kept, inside = [], False
    for line in content.splitlines(keepends=True):
        word = line.strip().upper()
        inside = inside or word == b"BEGIN:VTIMEZONE"
        if not inside:
            kept.append(line)
        inside = inside and word != b"END:VTIMEZONE"
    return b"".join(kept)


def _event(event: "Component") -> FoundEvent | None:
    """The event; None if it does not say when it is."""
    at = _moment(event.get("DTSTART"))
    if at is None:
        return None
    uid = _text(event, "UID") or f"{_text(event, 'SUMMARY')} {at.starts.isoformat()}"
    rule = _rule_text(event)
    rhythm = read_rule(rule, at.zone.key) if rule else None
    replaces = _moment(event.get("RECURRENCE-ID"))
    return FoundEvent(
        uid=uid,
        title=_text(event, "SUMMARY"),
        starts=at.starts,
        time_zone=at.zone.key,
        minutes=_minutes(event, at),
        place=_text(event, "LOCATION"),
        about=_text(event, "DESCRIPTION"),
        rhythm=rhythm,
        strange_rule=bool(rule) and rhythm is None,
        replaces=replaces.starts if replaces else None,
        without=tuple(_without(event, at.zone))[:MAX_WITHOUT],
        cancelled=_text(event, "STATUS").upper() == "CANCELLED",
        whole_day=at.whole_day,
    )


@dataclass(frozen=True, slots=True)
class _At:
    """A moment as it was written. whole_day: no time was."""

    starts: datetime
    zone: ZoneInfo
    whole_day: bool = False


def _moment(value: Any) -> _At | None:
    """A value of DTSTART and its like; without a zone, or in UTC, it is shown in NT time."""
    written = None if _is_broken(value) else getattr(value, "dt", None)
    if isinstance(written, datetime):
        zone = _zone(value, written)
        local = written if written.tzinfo else written.replace(tzinfo=zone)
        return _in_bounds(local, zone, whole_day=False)
    if isinstance(written, date):
        zone = zone_named(None)
        return _in_bounds(datetime.combine(written, time.min, tzinfo=zone), zone, whole_day=True)
    return None


def _in_bounds(local: datetime, zone: ZoneInfo, *, whole_day: bool) -> _At | None:
    if not 1900 <= local.year <= 2999:
        return None
    return _At(local.astimezone(UTC).replace(microsecond=0), zone, whole_day)


def _zone(value: Any, written: datetime) -> ZoneInfo:
    """The zone by its name; programs put their own address in front of it."""
    named = getattr(written.tzinfo, "key", "") or str(value.params.get("TZID", ""))
    parts = named.strip("/ ").split("/")
    for first in range(len(parts)):
        name = "/".join(parts[first:])
        if is_zone(name) and name.upper() not in ("UTC", "GMT", "ETC/UTC"):
            return zone_named(name)
    return zone_named(None)


def _minutes(event: "Component", at: _At) -> int | None:
    ends = _moment(event.get("DTEND"))
    duration = event.get("DURATION")
    lasts = None if _is_broken(duration) else getattr(duration, "dt", None)
    if ends is not None:
        lasts = ends.starts - at.starts
    if isinstance(lasts, timedelta) and timedelta() < lasts <= _LONGEST:
        return round(lasts.total_seconds() / 60)
    return _MINUTES_IN_A_DAY if at.whole_day else None


def _rule_text(event: "Component") -> str:
    """The rule in the form that is read here; "" without one."""
    value = event.get("RRULE")
    if value is None:
        return ""
    if isinstance(value, list) or _is_broken(value):
        return _NOT_READ
    written = value.to_ical()
    text = written.decode() if isinstance(written, bytes) else str(written)
    named = [part.partition("=") for part in text.upper().split(";")]
    parts = {name: rest for name, _, rest in named}
    if parts.get("INTERVAL", "1") == "1" or "," not in parts.get("BYDAY", ""):
        parts.pop("WKST", None)  # makes a difference for several days of every second week only
    if parts.get("FREQ") == "MONTHLY" and "BYSETPOS" in parts and len(parts.get("BYDAY", "")) == 2:
        parts["BYDAY"] = parts.pop("BYSETPOS") + parts["BYDAY"]  # the second Wednesday, elsewhere
    return ";".join(f"{name}={rest}" for name, rest in parts.items())


def _without(event: "Component", zone: ZoneInfo) -> Iterator[date]:
    values = event.get("EXDATE")
    for value in values if isinstance(values, list) else [values]:
        for each in () if _is_broken(value) else getattr(value, "dts", ()):
            at = _moment(each)
            if at is not None:
                yield day_of(at.starts, at.zone if at.whole_day else zone)


def _text(event: "Component", name: str) -> str:
    value = event.get(name)
    if isinstance(value, list):
        value = value[0] if value else ""
    return "" if _is_broken(value) else str(value or "").strip()


def _is_broken(value: object) -> bool:
    """Whether the library could make nothing of it; such a value raises when it is looked into."""
    from icalendar import vBroken

    return isinstance(value, vBroken)
