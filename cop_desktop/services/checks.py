"""What a person entered, checked against the catalogue before anything is written."""

from collections.abc import Iterable
from typing import Final

from cop_desktop.services.errors import Empty, NotAChoice, TooLong
from sync.catalogue import CATALOGUE
from sync.catalogue.declare import LINE, Field

_NOT_STORABLE: Final = {0: None} | dict.fromkeys(range(0xD800, 0xE000))


def checked(kind: str, field: str, value: str) -> str:
    """The text as it is kept: on one line if the field is short, without blank beginning and end.

    Raises Empty if the field is required, TooLong.
    """
    declared = _declared(kind, field)
    text = _tidy(value, one_line=declared.limit <= LINE)
    if declared.required and not text:
        raise Empty(field)
    if len(text) > declared.limit:
        raise TooLong(field, declared.limit)
    return text


def checked_choice(kind: str, field: str, value: str | None) -> str | None:
    """The choice, None for none or an empty one.

    Raises NotAChoice.
    """
    if not value:
        return None
    if value not in _declared(kind, field).choices:
        raise NotAChoice(field, value)
    return value


def checked_set(kind: str, field: str, values: Iterable[str]) -> tuple[str, ...]:
    """The elements as they are kept: tidied, empty ones left out, each once whatever its case.

    Raises TooLong.
    """
    limit = _declared(kind, field).limit
    found: dict[str, str] = {}
    for value in values:
        element = _tidy(value, one_line=True)
        if len(element) > limit:
            raise TooLong(field, limit)
        if element:
            found.setdefault(element.casefold(), element)
    return tuple(found.values())


def _declared(kind: str, field: str) -> Field:
    return CATALOGUE.by_name[kind].by_name[field]


def _tidy(value: str, *, one_line: bool) -> str:
    # Half a character pair can be pasted but not encoded; a zero ends texts in other programs.
    text = value.translate(_NOT_STORABLE)
    if one_line:
        return " ".join(text.split())
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
