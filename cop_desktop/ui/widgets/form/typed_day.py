"""What day somebody means who types it, the day before the month as in Australia. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_ALLOWED: Final = re.compile(r"[\w\s,./\-\u2013]*")
_PIECES: Final = re.compile(r"\d+|[^\W\d_]+")
_FILLING: Final = frozenset({"st", "nd", "rd", "th", "of", "the"})
"""As in "the 30th of November"."""

_LEAST_LETTERS: Final = 3
_CENTURY: Final = 2000
_YEARS: Final = range(1900, 3000)
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class DayWords:
    """Names, in lower case. months: twelve, weekdays: seven from Monday on, of several names each.

    relative: a word such as "tomorrow" → how many days it is from today. following: words such as
    "next", for the weekday of the next week.
    """

    months: Sequence[Sequence[str]]
    weekdays: Sequence[Sequence[str]]
    relative: Mapping[str, int]
    following: Iterable[str] = ("next",)


def typed_day(text: str, today: date, words: DayWords) -> date | None:
    """The day; None if it is not understood, which is better than to guess.

    As in 30/11/2026, 30.11.26, 30/11, 30 Nov, Nov 30th 2026, 30, 2026-11-30, 30112026, fri,
    next fri, tomorrow. Without a year or a month it is the nearest such day. A weekday beside a
    day says nothing: people leave it standing when they change the number.
    """
    if not _ALLOWED.fullmatch(text):
        return None
    pieces = [piece for piece in _PIECES.findall(text.casefold()) if piece not in _FILLING]
    numbers = [piece for piece in pieces if piece.isdecimal()]
    names = [piece for piece in pieces if not piece.isdecimal()]
    if not numbers:
        return _by_name(names, today, words)
    months = [place for name in names if (place := _place_of(name, words.months)) is not None]
    others = [name for name in names if _place_of(name, words.months) is None]
    if len(months) > 1 or any(_place_of(name, words.weekdays) is None for name in others):
        return None
    if months:
        return _of_named_month(numbers, months[0] + 1, today)
    return _of_numbers(numbers, today)


def _by_name(names: list[str], today: date, words: DayWords) -> date | None:
    match names:
        case [name] if name in words.relative:
            return today + timedelta(words.relative[name])
        case [name]:
            weekday = _place_of(name, words.weekdays)
            ahead = None if weekday is None else (weekday - today.weekday() - 1) % _WEEK + 1
        case [first, name] if first in words.following:
            weekday = _place_of(name, words.weekdays)
            ahead = None if weekday is None else _WEEK - today.weekday() + weekday
        case _:
            return None
    return None if ahead is None else today + timedelta(ahead)


def _place_of(name: str, named: Sequence[Sequence[str]]) -> int | None:
    """Which of them is called so, or by a name that begins so."""
    for place, says in enumerate(named):
        if any(
            name == say or (len(name) >= _LEAST_LETTERS and say.startswith(name)) for say in says
        ):
            return place
    return None


def _of_named_month(numbers: list[str], month: int, today: date) -> date | None:
    match numbers:
        case [day]:
            return _nearest(_days_of_years(day, month, today), today)
        case [year, day] if len(year) == 4:
            return _day(day, month, year)
        case [day, year]:
            return _day(day, month, year)
    return None


def _of_numbers(numbers: list[str], today: date) -> date | None:
    match numbers:
        case [one] if len(one) in (6, 8):
            return _day(one[:2], int(one[2:4]), one[4:])
        case [day]:
            return _nearest(_days_of_months(day, today), today)
        case [day, month]:
            return _nearest(_days_of_years(day, _month(month), today), today)
        case [year, month, day] if len(year) == 4:
            return _day(day, _month(month), year)
        case [day, month, year]:
            return _day(day, _month(month), year)
    return None


def _month(typed: str) -> int:
    return int(typed) if len(typed) <= 2 else 0


def _days_of_years(day: str, month: int, today: date) -> list[date | None]:
    # The 29th of February may be up to eight years away.
    years = range(today.year - 8, today.year + 9)
    return [_day(day, month, str(year)) for year in years]


def _days_of_months(day: str, today: date) -> list[date | None]:
    around = range(today.month - 3, today.month + 2)
    return [_day(day, place % 12 + 1, str(today.year + place // 12)) for place in around]


def _nearest(days: list[date | None], today: date) -> date | None:
    """Of two as near, the one to come."""
    found = [day for day in days if day is not None]
    return min(reversed(found), key=lambda day: abs(day - today), default=None)


def _day(day: str, month: int, year: str) -> date | None:
    if len(day) > 2 or len(year) not in (2, 4):
        return None
    whole = int(year) + (_CENTURY if len(year) == 2 else 0)
    try:
        return date(whole, month, int(day)) if whole in _YEARS else None
    except ValueError:  # there is no such day
        return None
