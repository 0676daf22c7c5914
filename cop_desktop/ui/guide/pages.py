"""The pages of the guide, from Markdown files."""

import re
from dataclasses import dataclass
from pathlib import Path

LINK = "cop:guide/"
_FIRST = "index"
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


def read_pages(folder: Path) -> tuple[GuidePage, ...]:
    """All pages in that folder, the index first, the others by title."""
    pages = [_page(file) for file in sorted(folder.glob("*.md"))]
    return tuple(sorted(pages, key=_order))


def _page(file: Path) -> GuidePage:
    text = _WRAPPED.sub(" ", file.read_text(encoding="utf-8"))
    text = _BETWEEN_PAGES.sub(rf"]({LINK}\1)", text)
    headings = (line.removeprefix("# ") for line in text.splitlines() if line.startswith("# "))
    return GuidePage(file.stem, next(headings, file.stem), text)


def _order(page: GuidePage) -> tuple[bool, str]:
    return page.key != _FIRST, page.title.casefold()
