"""Local days and times in the zone of a meeting, and the words for them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from cop_desktop.services.saying import Say, english
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


def time_in_words(at: time, zone: ZoneInfo, say: Say = english) -> str:
    """For people, as in `5:00 pm NT time`."""
    half = say("am") if at.hour < 12 else say("pm")
    return f"{at.hour % 12 or 12}:{at.minute:02} {half} {zone_in_words(zone, say)}"


def zone_in_words(zone: ZoneInfo, say: Say = english) -> str:
    """For people, as in `NT time` or `Melbourne time`."""
    if zone.key == TIME_ZONE:
        return say("NT time")
    return say("{0} time").format(zone.key.rpartition("/")[2].replace("_", " "))


def day_in_words(day: date, say: Say = english) -> str:
    """For people, as in `Wed 12 Aug 2026`; the same whatever language the computer speaks."""
    words = say("{0} {1} {2} {3}")
    return words.format(short_weekday(day, say), day.day, short_month(day, say), day.year)


def weekday_name(number: int, say: Say = english) -> str:
    """A day of the week, Monday 0."""
    names = (
        *(say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday")),
        *(say("Friday"), say("Saturday"), say("Sunday")),
    )
    return names[number]


def short_weekday(day: date, say: Say = english) -> str:
    """As in `Wed`."""
    names = (
        *(say("Mon"), say("Tue"), say("Wed"), say("Thu")),
        *(say("Fri"), say("Sat"), say("Sun")),
    )
    return names[day.weekday()]


def month_name(day: date, say: Say = english) -> str:
    """As in `August`."""
    names = (
        *(say("January"), say("February"), say("March"), say("April")),
        *(say("May"), say("June"), say("July"), say("August")),
        *(say("September"), say("October"), say("November"), say("December")),
    )
    return names[day.month - 1]


def short_month(day: date, say: Say = english) -> str:
    """As in `Aug`."""
    names = (
        *(say("Jan"), say("Feb"), say("Mar"), say("Apr"), say("May"), say("Jun")),
        *(say("Jul"), say("Aug"), say("Sep"), say("Oct"), say("Nov"), say("Dec")),
    )
    return names[day.month - 1]
