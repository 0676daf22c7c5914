"""Local days and times in the zone of a meeting, and the words for them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sync.catalogue.meetings import TIME_ZONE

_EARLIEST_YEAR = 1900
_LATEST_YEAR = 2999


def zone_named(name: str | None) -> ZoneInfo:
    """The time zone with this name; Darwin's where there is none, or none that is known here."""
    try:
        return ZoneInfo(name or TIME_ZONE)
    except (KeyError, ValueError, OSError):  # not found, not a name, or the name of a folder
        return ZoneInfo(TIME_ZONE)


def is_zone(name: str) -> bool:
    """Whether a time zone of this name is known here."""
    return zone_named(name).key == name


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That local day and time in UTC.

    A time that the clocks skip is as much later as they skip; of one that comes twice, the first.
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The local day at that moment."""
    return moment.astimezone(zone).date()


def read_day(text: str | None) -> date | None:
    """The day written as YYYY-MM-DD; None if it is not one, or centuries away."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if _EARLIEST_YEAR <= day.year <= _LATEST_YEAR else None


def read_time(text: str | None) -> time | None:
    """The time of day written as HH:MM; None if it is not one."""
    try:
        at = time.fromisoformat(text or "")
    except ValueError:
        return None
    return None if at.tzinfo else at.replace(second=0, microsecond=0)


def time_in_words(at: time, zone: ZoneInfo) -> str:
    """For people, as in `5:00 pm NT time`."""
    half = "am" if at.hour < 12 else "pm"
    return f"{at.hour % 12 or 12}:{at.minute:02} {half} {zone_in_words(zone)}"


def zone_in_words(zone: ZoneInfo) -> str:
    """For people, as in `NT time` or `Melbourne time`."""
    if zone.key == TIME_ZONE:
        return "NT time"
    return f"{zone.key.rpartition('/')[2].replace('_', ' ')} time"


def day_in_words(day: date) -> str:
    """For people, as in `Wed 12 Aug 2026`; the same whatever language the computer speaks."""
    return f"{SHORT_WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
