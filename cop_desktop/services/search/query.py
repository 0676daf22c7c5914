"""What somebody typed into the search field, taken apart.

    from:ann  from:"Ann Lee"     written by           has:file       with a file
    in:library  in:"Top End"     place or community   is:unread      not read yet
    type:guide                   kind or type         "on country"   these words together
    tag:attendance               has the tag          -word          without it
    before:2026-08-12  after:2026-08                  by day, NT time

What only looks like an operator is taken as plain words, so nothing that is typed is an error.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sync.catalogue.meetings import TIME_ZONE

_PIECE: Final = re.compile(
    r"""(?P<minus>-)?(?:(?P<name>[^\W\d_]+):)?(?:["“”](?P<quoted>[^"“”]*)(?:["“”]|$)|(?P<word>[^\s"“”]+))"""
)
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for; everything given must hold.

    words: the last one may be unfinished. phrases: words that stand together. without: words or
    phrases that must not occur. before: not included; after: included; both aware UTC.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    unread: bool = False
    has_file: bool = False
    before: datetime | None = None
    after: datetime | None = None

    @property
    def looks_for_text(self) -> bool:
        """Whether there is anything for the text index to find."""
        return bool(self.words or self.phrases)

    @property
    def has_operators(self) -> bool:
        """Whether more than words decides."""
        return replace(self, words=(), phrases=(), without=()) != Query()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is asked for; `without` alone asks for nothing."""
        return replace(self, without=()) == Query()


def parse(typed: str) -> Query:
    """The query that somebody typed; never an error."""
    query = Query()
    for piece in _PIECE.finditer(typed):
        query = _with_piece(query, piece)
    return query


def _with_piece(query: Query, piece: re.Match[str]) -> Query:
    name, quoted = (piece["name"] or "").casefold(), piece["quoted"]
    value = (quoted if quoted is not None else piece["word"]).strip()
    if name and not piece["minus"] and value:
        understood = _OPERATORS.get(name, _not_an_operator)(query, value)
        if understood is not None:
            return understood
    plain = f"{piece['name']}:{value}" if name else value
    if not plain or not any(character.isalnum() for character in plain):
        return query
    if piece["minus"]:
        return replace(query, without=(*query.without, plain))
    if quoted is not None and not name:
        return replace(query, phrases=(*query.phrases, plain))
    return replace(query, words=(*query.words, plain))


def _not_an_operator(_query: Query, _value: str) -> Query | None:
    return None


def _from(query: Query, value: str) -> Query | None:
    return replace(query, authors=(*query.authors, value))


def _in(query: Query, value: str) -> Query | None:
    return replace(query, places=(*query.places, value))


def _type(query: Query, value: str) -> Query | None:
    return replace(query, types=(*query.types, value))


def _tag(query: Query, value: str) -> Query | None:
    return replace(query, tags=(*query.tags, value))


def _is(query: Query, value: str) -> Query | None:
    return replace(query, unread=True) if value.casefold() == "unread" else None


def _has(query: Query, value: str) -> Query | None:
    return replace(query, has_file=True) if value.casefold() in {"file", "files"} else None


def _before(query: Query, value: str) -> Query | None:
    day = _start_of_day(value)
    return None if day is None else replace(query, before=day)


def _after(query: Query, value: str) -> Query | None:
    day = _start_of_day(value)
    return None if day is None else replace(query, after=day)


def _start_of_day(text: str) -> datetime | None:
    """When that day, month or year begins in the Northern Territory; None if it is no date."""
    written = _DAY.fullmatch(text)
    if written is None:
        return None
    year, month, day = (int(part or 1) for part in written.groups())
    try:
        return datetime(year, month, day, tzinfo=ZoneInfo(TIME_ZONE)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_OPERATORS: Final[Mapping[str, Callable[[Query, str], Query | None]]] = {
    "from": _from,
    "in": _in,
    "type": _type,
    "tag": _tag,
    "is": _is,
    "has": _has,
    "before": _before,
    "after": _after,
}
