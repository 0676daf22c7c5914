"""Times of day as people write them in minutes."""

import re
from dataclasses import dataclass
from datetime import time

_CLOCK = r"(\d{1,2})(?:[:.](\d\d))?"
_HALF = r"([ap])\.?m\b\.?"
_RANGE = re.compile(
    rf"(?<![\w:./-]){_CLOCK}\s*(?:[-\u2013\u2014]|to|until)\s*{_CLOCK}\s*{_HALF}", re.IGNORECASE
)
_TWELVE = re.compile(rf"(?<![\w:./-]){_CLOCK}\s*{_HALF}", re.IGNORECASE)
_TWENTY_FOUR = re.compile(r"(?<![\w:.-])([01]?\d|2[0-3])[:h]([0-5]\d)(?![:\d])")
_HOURS = re.compile(r"(?<![\w:.-])([01]\d|2[0-3])([0-5]\d)\s?(?:hrs|hours|h)\b", re.IGNORECASE)
_NOON = re.compile(r"\b(?:12\s*)?(?:noon|midday)\b", re.IGNORECASE)
_ZONE = re.compile(
    r"\b(UTC(?:\s?[+-\u2212]\s?\d{1,2}(?::?\d\d)?)?|GMT|BST|CES?T|EES?T|IST|JST|A[CEW][SD]T|NZ[SD]?T"
    r"|[ECMP][SD]?T|(?:NT|Darwin|Central Australian|Eastern|Pacific|local) time)\b"
)
_ZONE_WITHIN_CHARS = 30
_MAX_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the clock. zone: as it is written, such as "ET"; empty when none is."""

    at: time
    zone: str = ""


def first_time(text: str) -> Clock | None:
    """The first time in `text`; of a span ("5-6 pm") its beginning."""
    text = text[:_MAX_CHARS]
    found: list[tuple[int, int, time]] = []
    for match in _RANGE.finditer(text):
        found += _at(match, _range_start(match))
    for match in _TWELVE.finditer(text):
        found += _at(match, _twelve(match.group(1), match.group(2), match.group(3)))
    for pattern in (_TWENTY_FOUR, _HOURS):
        for match in pattern.finditer(text):
            found += _at(match, time(int(match.group(1)), int(match.group(2))))
    for match in _NOON.finditer(text):
        found += _at(match, time(12))
    if not found:
        return None
    _, end, at = min(found, key=lambda one: (one[0], -one[1]))
    zone = _ZONE.search(text, end, end + _ZONE_WITHIN_CHARS)
    return Clock(at, zone.group(1) if zone else "")


def _at(match: re.Match[str], at: time | None) -> list[tuple[int, int, time]]:
    return [] if at is None else [(match.start(), match.end(), at)]


def _range_start(match: re.Match[str]) -> time | None:
    """The beginning of a span: 5 pm of "5-6 pm", 11 am of "11-1 pm"."""
    half = match.group(5)
    start = _twelve(match.group(1), match.group(2), half)
    end = _twelve(match.group(3), match.group(4), half)
    if start is not None and end is not None and start > end and half.lower() == "p":
        return _twelve(match.group(1), match.group(2), "a")
    return start


def _twelve(hour: str, minute: str | None, half: str) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    if not 1 <= hours <= 12 or minutes > 59:
        return None
    return time(hours % 12 + (12 if half.lower() == "p" else 0), minutes)
