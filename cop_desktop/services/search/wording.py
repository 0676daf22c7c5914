"""What is searched for as the parts of a form, and as one line of text; both ways."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from cop_desktop.services.search.query import parse
from sync.catalogue.meetings import TIME_ZONE

_OPERATORS: Final = (
    ("author", "authors", "from"),
    ("place", "places", "in"),
    ("type", "types", "type"),
    ("tag", "tags", "tag"),
)
"""Part of the form, of the query, and its operator."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a form. Empty texts and None ask for nothing.

    words: may hold anything that the search field understands: what has no part of its own, such as
    a second author, stands there. exact: words that stand together. without: words that must not
    occur, with spaces between them. after: included; before: not included; days in NT time.
    """

    words: str = ""
    exact: str = ""
    without: str = ""
    author: str = ""
    place: str = ""
    type: str = ""
    tag: str = ""
    has_file: bool = False
    unread: bool = False
    after: date | None = None
    before: date | None = None


def asked_in(typed: str) -> Asked:
    """What a line of text asks for, as the parts of a form."""
    query = parse(typed)
    asked = Asked(
        exact=query.phrases[0] if query.phrases else "",
        without=" ".join(word for word in query.without if " " not in word),
        has_file=query.has_file,
        unread=query.unread,
        after=_day(query.after),
        before=_day(query.before),
    )
    left = [*(_quoted(phrase) for phrase in query.phrases[1:])]
    left += [f"-{_quoted(phrase)}" for phrase in query.without if " " in phrase]
    for part, many, operator in _OPERATORS:
        values = getattr(query, many)
        if values:
            asked = replace(asked, **{part: values[0]})
        left += [f"{operator}:{_value(value)}" for value in values[1:]]
    return replace(asked, words=" ".join((*left, *query.words)))


def text_of(asked: Asked) -> str:
    """The line of text that asks for the same; the words last, as they may be unfinished."""
    parts = [
        f"{operator}:{_value(text)}"
        for part, _, operator in _OPERATORS
        if (text := _clean(getattr(asked, part)))
    ]
    parts += ["has:file"] if asked.has_file else []
    parts += ["is:unread"] if asked.unread else []
    parts += [f"after:{asked.after.isoformat()}"] if asked.after else []
    parts += [f"before:{asked.before.isoformat()}"] if asked.before else []
    parts += [f"-{word.lstrip('-')}" for word in asked.without.split() if word.strip("-")]
    parts += [_quoted(exact)] if (exact := _clean(asked.exact)) else []
    return " ".join((*parts, asked.words.strip())).strip()


def with_place(typed: str, place: str) -> str:
    """The same search in this place; everywhere if it is empty."""
    return text_of(replace(asked_in(typed), place=place))


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(ZoneInfo(TIME_ZONE)).date()


def _clean(text: str) -> str:
    return " ".join(text.replace('"', " ").split())


def _value(text: str) -> str:
    return _quoted(text) if " " in text else text


def _quoted(text: str) -> str:
    return f'"{text}"'
