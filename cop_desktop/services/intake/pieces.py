"""Taking a text that is longer than a field apart, so that no word of it is lost."""

import re
from collections.abc import Iterator
from typing import Final

from cop_desktop.intake.text import capped, one_line

_ENDS: Final = ("\n\n", "\n", ". ", " ")
_LEAST_SHARE: Final = 0.5
_BLANK: Final = re.compile(r"\s+")


def pieces(text: str, most: int) -> Iterator[str]:
    """The text in order, each piece at most so many characters, ending where a reader pauses."""
    while len(text) > most:
        cut = _end_of_piece(text, most)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip("\n")
    if text.strip():
        yield text


def _end_of_piece(text: str, most: int) -> int:
    for end in _ENDS:
        at = text.rfind(end, int(most * _LEAST_SHARE), most)
        if at > 0:
            return at + len(end.rstrip("\n ")) if end.strip() else at
    return most


def title_of(said: str, body: str, most: int) -> str:
    """A title that fits: what is said, or the beginning of the body."""
    return ellipsed(one_line(said) or first_line(body), most)


def first_line(body: str) -> str:
    """The first line of a Markdown text that holds a word, without its marks."""
    lines = (line.lstrip("#>*- \t") for line in body.splitlines())
    return next((one_line(line) for line in lines if any(map(str.isalnum, line))), "…")


def ellipsed(line: str, most: int) -> str:
    """The line, or its beginning and a mark that it goes on."""
    return line if len(line) <= most else f"{capped(line, most - 1).rstrip()}…"
