"""Time zones as minutes name them."""

from typing import Final
from zoneinfo import ZoneInfo

from cop_desktop.services.meetings.local_time import is_zone, zone_named

# Only those that mean one place to most who write them: IST could be any of three.
_ZONES: Final = {
    "UTC": ("utc", "gmt", "z"),
    "Australia/Darwin": ("acst", "nt", "nt time", "darwin", "darwin time"),
    "Australia/Adelaide": ("acdt", "adelaide", "adelaide time"),
    "Australia/Brisbane": ("brisbane", "brisbane time", "qld time"),
    "Australia/Sydney": (
        "aest",
        "aedt",
        "sydney",
        "sydney time",
        "melbourne time",
        "canberra time",
    ),
    "Australia/Perth": ("awst", "perth", "perth time", "wa time"),
    "Pacific/Auckland": ("nzst", "nzdt", "nz", "nz time", "nzt"),
    "America/New_York": ("et", "est", "edt", "eastern", "eastern time"),
    "America/Chicago": ("ct", "cst", "cdt", "central time"),
    "America/Denver": ("mt", "mst", "mdt", "mountain time"),
    "America/Los_Angeles": ("pt", "pst", "pdt", "pacific", "pacific time"),
    "Europe/London": ("bst", "uk", "uk time", "london time"),
    "Europe/Berlin": ("cet", "cest"),
    "Asia/Tokyo": ("jst",),
    "Asia/Singapore": ("sgt",),
}
_BY_NAME: Final = {name: zone for zone, names in _ZONES.items() for name in names}


def zone_of(written: str) -> ZoneInfo:
    """The zone that is meant; Darwin's where none is named, or none that is known here."""
    name = written.strip()
    if is_zone(name):
        return zone_named(name)
    return zone_named(_BY_NAME.get(name.casefold().replace(".", "")))
