"""Markdown, plain text and tables as text: read as they are."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from cop_desktop.intake import limits
from cop_desktop.intake.errors import Empty
from cop_desktop.intake.formats.content import Content
from cop_desktop.intake.formats.inline import without_marks
from cop_desktop.intake.formats.package import moment
from cop_desktop.intake.text import decode, tidy

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_SAID = re.compile(r"^(title|author|date)\s*:\s*(.{1,400}?)\s*$", re.IGNORECASE | re.MULTILINE)
_QUOTES = "\"'"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}\s+(.{1,1000}?)\s*#*\s*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})\s*")
_NO_HEADING_ABOVE = re.compile(r"[|>*+-]")
_WEB_HEADING = re.compile(r"<h1\b[^>]{0,300}>(.{1,1000}?)</h1>", re.IGNORECASE | re.DOTALL)
_TITLE_WITHIN_HEADINGS = 3
_TITLE_LINE_CHARS = 100
_NOT_A_TITLE_LINE = re.compile(r"[-*>|<{\[=#]|.{0,100}[.,:;]$|\d+$")


def read_markdown(path: Path) -> Content:
    """The text without its front matter, which gives title, author and date. Raises Unreadable."""
    text = read_text(path)
    said, body = front_matter(text)
    return Content(
        text=body,
        titles=(said.get("title", ""), *islice(headings(body), _TITLE_WITHIN_HEADINGS)),
        author=said.get("author", ""),
        when_utc=_when(said.get("date", "")),
    )


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """What a text says about itself between two rulers at its top, and the text below."""
    front = _FRONT_MATTER.match(text)
    if front is None:
        return {}, text
    said = {key.lower(): _unquoted(value) for key, value in _SAID.findall(front.group(1))}
    return said, text[front.end() :]


def read_plain(path: Path) -> Content:
    """The text; its first line is the title when it stands alone. Raises Unreadable."""
    text = read_text(path)
    return Content(text=text, titles=(_title_line(text),))


def read_table(path: Path) -> Content:
    """The text of a table whose first line names its columns, and so is no title."""
    return Content(text=read_text(path))


def read_text(path: Path) -> str:
    """The tidy text of the file at `path`, up to MAX_TEXT_FILE_BYTES. Raises Unreadable."""
    with path.open("rb") as file:
        text = tidy(decode(file.read(limits.MAX_TEXT_FILE_BYTES)))
    if not text.strip():
        raise Empty("The file holds nothing but blank space.")
    return text


def headings(text: str) -> Iterator[str]:
    """The words of the Markdown headings outside code, from the top."""
    fence = ""
    before = ""
    for line in text.split("\n"):
        fenced = _FENCE.match(line)
        if fenced and (not fence or fenced.group(1).startswith(fence)):
            fence = "" if fence else fenced.group(1)
        if fence:
            continue
        heading = _HEADING.fullmatch(line) or _WEB_HEADING.search(line)
        if heading:
            yield without_marks(heading.group(1))
        elif _UNDERLINE.fullmatch(line) and before and not _NO_HEADING_ABOVE.match(before):
            yield without_marks(before)
        before = line.strip()


def _title_line(text: str) -> str:
    first, _, rest = text.lstrip().partition("\n")
    alone = not rest or rest.startswith("\n") or bool(_UNDERLINE.match(rest))
    if not alone or len(first) > _TITLE_LINE_CHARS or _NOT_A_TITLE_LINE.match(first):
        return ""
    return first


def _unquoted(value: str) -> str:
    return value.strip(_QUOTES) if value[:1] in _QUOTES else value


def _when(said: str) -> datetime | None:
    return moment(said) if said else None
