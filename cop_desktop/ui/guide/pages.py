"""The pages of the guide, from Markdown files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LINK = "cop:guide/"
_FIRST = "index"
_FACILITATORS = frozenset({"facilitating", "bringing-material-in"})
_IT = frozenset({"for-it"})
_OF_PLACES = {
    "search": "searching",
    "sync": "syncing",
    "catch-up": "home",
    "ten-minutes": "home",
}
"""Place → the page that tells of it, where they are not called the same."""
_BETWEEN_PAGES = re.compile(r"\]\(([a-z-]+)\.md\)")

# A line break inside a paragraph or an item of a list is for who writes the file, not for readers.
_WRAPPED = re.compile(r"(?<=[^\n|])\n[ \t]*(?![-*+#>|\s]|\d+\.\s)(?=\S)")


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page. key: its file's name without ending; title: its first heading.

    Links between pages are `LINK` and the key.
    """

    key: str
    title: str
    text: str


class Part(StrEnum):
    """For whom a page is."""

    EVERYBODY = "everybody"
    FACILITATORS = "facilitators"
    IT = "it"


def part_of(key: str) -> Part:
    """For whom the page with this key is."""
    if key in _FACILITATORS:
        return Part.FACILITATORS
    return Part.IT if key in _IT else Part.EVERYBODY


def page_for(place: str, pages: Sequence[GuidePage]) -> str:
    """The key of the page that tells of a place; of the first page if none does."""
    wanted = _OF_PLACES.get(place, place)
    return wanted if any(page.key == wanted for page in pages) else _FIRST


def headings(page: GuidePage) -> str:
    """All headings beneath the title."""
    lines = page.text.splitlines()
    return " ".join(line.lstrip("# ") for line in lines if line.startswith("##"))


def read_pages(folder: Path) -> tuple[GuidePage, ...]:
    """All pages in that folder: the index, those for everybody by title, then the other parts."""
    pages = [_page(file) for file in sorted(folder.glob("*.md"))]
    return tuple(sorted(pages, key=_order))


def _page(file: Path) -> GuidePage:
    text = _WRAPPED.sub(" ", file.read_text(encoding="utf-8"))
    text = _BETWEEN_PAGES.sub(rf"]({LINK}\1)", text)
    headings = (line.removeprefix("# ") for line in text.splitlines() if line.startswith("# "))
    return GuidePage(file.stem, next(headings, file.stem), text)


def _order(page: GuidePage) -> tuple[bool, int, str]:
    return page.key != _FIRST, list(Part).index(part_of(page.key)), page.title.casefold()
