"""One point of an agenda, read from a line, a heading or a cell."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time

from cop_desktop.intake.meeting.names import is_certain_name
from cop_desktop.intake.meeting.owners import People


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One point of an agenda. minutes: None where no duration is written."""

    title: str
    minutes: int | None = None
    presenter: str = ""


_MAX_TITLE_CHARS = 300
_MAX_MINUTES = 8 * 60
ISSUE = re.compile(r"\s*(?<!\w)#\d{1,6}\b")
_DURATION = re.compile(
    r"\s*[(\[]?\s*[-\u2013\u2014]?\s*(\d{1,3})\s*[-\u2010]?\s*"
    r"(?:minutes?|mins?|m|['\u2019\u2032])(?![\w])\.?(?:\s*time ?box(?:ed)?)?\s*[)\]]?",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"[(\[]?\s*(?P<from>\d{1,2}(?::\d\d){1,2})\s*(?P<half>[ap]\.?m\.?)?\s*[-\u2013\u2014]\s*"
    r"(?P<to>\d{1,2}(?::\d\d){1,2})\s*(?:[ap]\.?m\.?)?\s*[)\]]?\s*[-\u2013\u2014:]?\s*",
    re.IGNORECASE,
)
STARTS_AT = re.compile(
    r"^(?:\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\.?|\d{1,2}[:.]\d\d)(?:\s*(?-i:[A-Z]{2,4})\b)?"
    r"\s*[-\u2013\u2014:]?\s+",
    re.IGNORECASE,
)
NUMBERING = re.compile(r"^(?:item\s+)?(\d{1,2})((?:\.\d{1,2}){0,3})[.):]?\s+(?=\D)", re.IGNORECASE)
_LED_BY = re.compile(r"\s*(?:[-\u2013\u2014:]\s+|[(\[])([^()\[\]:]{2,60}?)[)\]]?\s*$")
_EDGES = " \t:;-\u2013\u2014"
_BETWEEN_NAMES = re.compile(r",|&|\band\b|/")


def point(text: str, people: People) -> AgendaItem | None:
    """A line such as "3. Budget (10 mins) - Jane Smith"; None when it leaves no title."""
    minutes = None
    span = _SPAN.match(text)
    if span:
        minutes = span_minutes(text, recorded=False)
        text = text[span.end() :]
    text = NUMBERING.sub("", STARTS_AT.sub("", text))
    duration = _DURATION.search(text)
    if duration and minutes is None:
        minutes = int(duration.group(1)) or None
        text = text[: duration.start()] + text[duration.end() :]
    text = ISSUE.sub("", text).strip(_EDGES)
    presenter = ""
    led_by = _LED_BY.search(text)
    if led_by and led_by.start() > 0 and _are_names(led_by.group(1), people):
        presenter = led_by.group(1).strip()
        text = text[: led_by.start()].strip(_EDGES)
    if not any(char.isalpha() for char in text):
        return None
    return AgendaItem(text[:_MAX_TITLE_CHARS], minutes, presenter)


def only_duration(text: str) -> int | None:
    """The minutes of a line that says nothing else: "15 minute timebox"."""
    match = _DURATION.fullmatch(text)
    return int(match.group(1)) or None if match else None


def cell_minutes(cell: str, *, recorded: bool) -> int | None:
    """The minutes a cell tells by itself: "9:00-9:45", "10 min", "10"."""
    if _SPAN.match(cell):
        return span_minutes(cell, recorded=recorded)
    if cell.strip().isdecimal() and len(cell.strip()) <= 3:
        return int(cell) or None
    return only_duration(cell)


def span_minutes(text: str, *, recorded: bool) -> int | None:
    """Minutes from 9:00 to 9:45. recorded: places in a recording, as minutes and seconds."""
    span = _SPAN.match(text)
    if span is None:
        return None
    first, last = ([int(part) for part in span.group(name).split(":")] for name in ("from", "to"))
    if recorded and len(first) == len(last) == 2:
        first, last = [0, *first], [0, *last]
    first, last = ([*parts, 0][:3] for parts in (first, last))
    seconds = (last[0] - first[0]) * 3600 + (last[1] - first[1]) * 60 + last[2] - first[2]
    return max(round(seconds / 60), 1) if 0 < seconds < _MAX_MINUTES * 60 else None


def minutes_between(start: time, end: time) -> int | None:
    """Whole minutes from one point to the next; None when that is no length for a point."""
    day = datetime(2000, 1, 1, tzinfo=UTC).date()
    gap = datetime.combine(day, end) - datetime.combine(day, start)
    minutes = int(gap.total_seconds() // 60)
    return minutes if 0 < minutes <= _MAX_MINUTES else None


def _are_names(text: str, people: People) -> bool:
    """Somebody known, or two words at least: "Budget - Overview" has no presenter."""
    names = [name.strip() for name in _BETWEEN_NAMES.split(text)]
    return people.is_known(text) or all(is_certain_name(name) and " " in name for name in names)
