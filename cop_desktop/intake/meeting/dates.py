"""Dates as people write them in minutes and in file names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIRST_YEAR, _LAST_YEAR = 1970, 2099

_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_MORE_DAYS = r"(?:\s*(?:[-\u2013\u2014&/,]|to|and)\s*\d{1,2}(?:st|nd|rd|th)?){0,6}"  # "17-19 May"
_YEAR = r"(\d{4}|'?\d\d(?!\d|:|\.\d|\s*[ap]\.?m))"
_WORDS = re.compile(
    rf"(?<![\w.:])(?<!\d[-/]){_DAY}{_MORE_DAYS}[\s,_-]*(?:of\s+)?{_MONTH}[\s,._-]*{_YEAR}(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W_]){_MONTH}[\s_-]*{_DAY}{_MORE_DAYS}\s*[,_\s-]\s*(\d{{4}})(?!\d)", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/._ ])(\d{1,2})\2(\d{1,2})(?!\d)")
_RUN_TOGETHER = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_NUMBERS = re.compile(
    r"(?<![^\W_])(?<![./])(?<!\d-)(\d{1,2})([-/._])(\d{1,2})\2(\d{4}|\d\d)(?![\d/]|\.\d)"
)
_NO_YEAR = re.compile(
    rf"(?<![\w.:]){_DAY}\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+{_DAY}(?!\d)", re.IGNORECASE
)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[\s,.]*$", re.IGNORECASE)
_MAX_CHARS = 5_000


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, and where in the text it stands."""

    day: date
    start: int
    end: int


def dates_in(text: str) -> tuple[Dated, ...]:
    """Every full date in `text`, in reading order. Of several days ("17-19 May 2022") the first.

    25/8/2020 and 8/25/2020 are told apart; where both readings are possible the weekday decides,
    else the day comes first, as is usual here.
    """
    text = text[:_MAX_CHARS]
    found: list[Dated] = []
    for one in sorted(_all(text), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(found)


def first_date(text: str) -> date | None:
    """The first full date in `text`, if there is one."""
    found = dates_in(text)
    return found[0].day if found else None


def without_dates(text: str) -> str:
    """`text` with every full date taken out."""
    for one in reversed(dates_in(text)):
        text = text[: one.start] + " " + text[one.end :]
    return text


def next_such_day(text: str, after: date | None) -> date | None:
    """The first date in `text`; one without a year is the next such day from `after` on."""
    full = first_date(text)
    match = _NO_YEAR.search(text[:_MAX_CHARS])
    if full is not None or match is None or after is None:
        return full
    day, month = (
        (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
    )
    this_year = _valid(after.year, _MONTHS[month.lower()], int(day))
    if this_year is not None and this_year >= after:
        return this_year
    return _valid(after.year + 1, _MONTHS[month.lower()], int(day))


def _all(text: str) -> Iterator[Dated]:
    for match in _YEAR_FIRST.finditer(text):
        yield from _dated(match, int(match.group(1)), int(match.group(3)), int(match.group(4)))
    for match in _RUN_TOGETHER.finditer(text):
        yield from _dated(match, *(int(part) for part in match.groups()))
    for match in _WORDS.finditer(text):
        year = _full_year(match.group(3).lstrip("'"))
        yield from _dated(match, year, _MONTHS[match.group(2).lower()], int(match.group(1)))
    for match in _MONTH_FIRST.finditer(text):
        month = _MONTHS[match.group(1).lower()]
        yield from _dated(match, int(match.group(3)), month, int(match.group(2)))
    for match in _NUMBERS.finditer(text):
        yield from _numbers(text, match)


def _numbers(text: str, match: re.Match[str]) -> Iterator[Dated]:
    first, second = int(match.group(1)), int(match.group(3))
    year = _full_year(match.group(4))
    day_first, month_first = _valid(year, second, first), _valid(year, first, second)
    weekday = _WEEKDAY.search(text, max(0, match.start() - 15), match.start())
    chosen = day_first or month_first
    if weekday and month_first and _WEEKDAYS[month_first.weekday()] == weekday.group(1).lower():
        chosen = month_first
    if chosen is not None:
        yield Dated(chosen, match.start(), match.end())


def _dated(match: re.Match[str], year: int, month: int, day: int) -> Iterator[Dated]:
    found = _valid(year, month, day)
    if found is not None:
        yield Dated(found, match.start(), match.end())


def _valid(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(said: str) -> int:
    return int(said) if len(said) == 4 else 2000 + int(said)
