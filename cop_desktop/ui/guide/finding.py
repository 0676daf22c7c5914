"""Finding in the guide: pages with all the words, the best first, each with where they stand."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cop_desktop.ui.guide.pages import GuidePage

_AROUND: Final = 60
"""Characters of the snippet on either side of what was found."""
_MARKS: Final = re.compile(r"\]\([^)]*\)|[*`#>|\[\]]|^\s*[-+]\s|^\s*\d+\.\s", re.MULTILINE)
_SPACE: Final = re.compile(r"\s+")
_TITLE, _HEADING, _BODY = 100, 10, 1


@dataclass(frozen=True, slots=True)
class Found:
    """A page, and the words around the first thing that was found in it; empty for a title."""

    page: GuidePage
    snippet: str


def find(pages: Sequence[GuidePage], typed: str) -> list[Found]:
    """The pages with every word typed, as a whole or as a word's beginning; all for none."""
    parts = _folded(typed).split()
    if not parts:
        return [Found(page, "") for page in pages]
    scored = [(_score(page, parts), at, page) for at, page in enumerate(pages)]
    best = sorted((-score, at, page) for score, at, page in scored if score)
    return [Found(page, _snippet(page, parts)) for _score_of, _at, page in best]


def plain(markdown: str) -> str:
    """The words alone, as they are shown."""
    return _SPACE.sub(" ", _MARKS.sub(" ", markdown)).strip()


def beginning(page: GuidePage) -> str:
    """The first sentences beneath the title."""
    below = page.text.partition("\n")[2].split("\n\n")
    return next((plain(part) for part in below if part.strip() and part.strip()[0] != "#"), "")


def place_of(text: str, typed: str) -> int:
    """Where the first of the words stands in a text, -1 if none does; case does not matter."""
    folded = _folded(text)
    places = (_begins(part, folded) for part in _folded(typed).split())
    return min((place for place in places if place >= 0), default=-1)


def _score(page: GuidePage, parts: Sequence[str]) -> int:
    """0 where a word is missing."""
    title, text = _folded(page.title), _folded(plain(page.text))
    headings = _folded(" ".join(one for one in page.text.splitlines() if one.startswith("#")))
    total = 0
    for part in parts:
        places = len(re.findall(_pattern(part), text))
        if not places:
            return 0
        in_title, in_heading = _begins(part, title) >= 0, _begins(part, headings) >= 0
        total += min(places, 9) * _BODY + in_heading * _HEADING + in_title * _TITLE
    return total


def _snippet(page: GuidePage, parts: Sequence[str]) -> str:
    """From the first place beneath the title at which one of the words stands."""
    text = plain(page.text.partition("\n")[2])
    place = place_of(text, " ".join(parts))
    if place < 0:
        return ""
    start, end = max(place - _AROUND, 0), place + _AROUND
    begin = text.rfind(" ", 0, start) + 1 if start else 0
    before = "…" if begin else ""
    after = "…" if end < len(text) else ""
    return f"{before}{text[begin:end].strip()}{after}"


def _begins(part: str, folded: str) -> int:
    found = re.search(_pattern(part), folded)
    return -1 if found is None else found.start()


def _pattern(part: str) -> str:
    return rf"(?<!\w){re.escape(part)}"


def _folded(text: str) -> str:
    """Of the same length, so that places hold: case and accents do not matter."""
    return "".join(_fold(one) for one in text)


def _fold(character: str) -> str:
    plain_one = unicodedata.normalize("NFKD", character)[:1].casefold()
    return plain_one if len(plain_one) == 1 else character
