"""Minutes in Markdown as a flat run of headings, list items, lines and table rows.

Only what the recognisers need of Markdown is understood here; whatever is not stays in the notes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from cop_desktop.intake.formats.inline import without_marks
from cop_desktop.intake.meeting.web_tables import web_tables_as_pipes

MAX_BLOCKS = 20_000
_MAX_LINE_CHARS = 2_000
BOLD_LEVEL = 7
"""The level of a line in bold letters: below every real heading."""

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{3,})\s*$")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_BULLET = r"[-*+\u2022\u25e6\u25aa\u25cf\u2023\u2013\u2014]"
_ITEM = re.compile(
    rf"(?P<indent>[ \t]*)(?:{_BULLET}|(?P<number>\d{{1,3}})[.)]|[a-z][.)]|\(\w{{1,3}}\)"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?(?=\s+[A-Z]))\s+(?P<text>.*)"
)
_BOX = re.compile(r"\[([ xX✓✔])\]\s+|([☐□])\s*|([☑☒✅✔])\s*")
_BOLD_LINE = re.compile(r"(\*\*|__)(?!\s)((?:(?!\1).)+?)\1\s*:?\s*(?:\\|  )?$")
_FRONT_RULER = "---"
_FRONT_LINES = 40
_TABLE_RULER = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_OPEN_ENDED = re.compile(r"[\w,\u2019'\"\u201d)-]$")


class BlockKind(Enum):
    """What a block looks like on paper."""

    HEADING = "heading"
    ITEM = "item"
    LINE = "line"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the minutes, as words without marks.

    level: of a heading, from 1; depth of an item, from 0. done: of an item with a box, else None.
    cells: of a row, which has no text. heads: a row that names the columns of its table.
    struck: crossed out as a whole. number: of a numbered item, else 0.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    done: bool | None = None
    cells: tuple[str, ...] = ()
    heads: bool = False
    struck: bool = False
    number: int = 0


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The first MAX_BLOCKS blocks of `markdown`, in order."""
    lines = _without_comments(web_tables_as_pipes(markdown)).split("\n")
    if lines[0].rstrip() == _FRONT_RULER and _FRONT_RULER in lines[1:_FRONT_LINES]:
        # The second ruler would make a heading of the line above it.
        lines[lines.index(_FRONT_RULER, 1)] = ""
    reader = _Reader(lines)
    found: list[Block] = []
    for block in reader.blocks():
        if _continues(found, block):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {block.text}")
        elif block.text or block.cells:
            found.append(block)
        if len(found) >= MAX_BLOCKS:
            break
    return tuple(found)


class _Reader:
    """Goes through the lines once."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._indents: list[int] = []

    def blocks(self) -> Iterator[Block]:
        in_fence = False
        place = 0
        while place < len(self._lines):
            line = self._lines[place][:_MAX_LINE_CHARS].expandtabs(4)
            place += 1
            if _FENCE.match(line):
                in_fence = not in_fence
            elif in_fence:
                yield Block(BlockKind.LINE, line.strip())
            elif "|" in line and self._is_ruler(place):
                place += 1
                yield _row(line, heads=True)
                while place < len(self._lines) and "|" in self._lines[place]:
                    yield _row(self._lines[place][:_MAX_LINE_CHARS])
                    place += 1
            else:
                under = self._lines[place] if place < len(self._lines) else ""
                yield from self._one(line, under)

    def _is_ruler(self, place: int) -> bool:
        return place < len(self._lines) and bool(_TABLE_RULER.match(self._lines[place][:1000]))

    def _one(self, line: str, under: str) -> Iterator[Block]:
        line = re.sub(r"^ {0,3}>+ ?", "", line)
        if not line.strip() or _RULE.match(line) or _UNDERLINE.match(line):
            yield Block(BlockKind.LINE)
            return
        heading = _HEADING.match(line)
        item = _ITEM.match(line)
        if heading:
            self._indents.clear()
            yield Block(BlockKind.HEADING, without_marks(heading.group(2)), len(heading.group(1)))
        elif item:
            yield self._item(item)
        elif self._indents and line.startswith(" " * (self._indents[-1] + 2)):
            yield Block(BlockKind.LINE, without_marks(line), level=-1)
        else:
            self._indents.clear()
            yield _line(line.strip(), under)

    def _item(self, match: re.Match[str]) -> Block:
        indent, text = len(match.group("indent")), match.group("text")
        while self._indents and self._indents[-1] >= indent:
            self._indents.pop()
        self._indents.append(indent)
        box = _BOX.match(text)
        done = None
        if box:
            text = text[box.end() :]
            done = bool(box.group(3)) or (box.group(1) or " ") != " "
        words = without_marks(text)
        struck = text.strip().startswith("~~") and text.strip().endswith("~~")
        number = int(match.group("number") or 0)
        level = len(self._indents) - 1
        return Block(BlockKind.ITEM, words, level, done, struck=struck, number=number)


def _line(line: str, under: str) -> Block:
    underline = _UNDERLINE.match(under)
    if underline and not line.startswith(("|", ">")):
        level = 1 if underline.group(1).startswith("=") else 2
        return Block(BlockKind.HEADING, without_marks(line), level)
    bold = _BOLD_LINE.match(line)
    if bold:
        colon = ":" if line.rstrip("\\ ").endswith(":") else ""
        words = without_marks(bold.group(2)) + colon
        return Block(BlockKind.HEADING, words, BOLD_LEVEL)
    return Block(BlockKind.LINE, without_marks(line.rstrip("\\")))


def _row(line: str, *, heads: bool = False) -> Block:
    bare = line.strip()
    bare = bare.removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    cells = tuple(without_marks(cell) for cell in _CELL_END.split(bare))
    return Block(BlockKind.ROW, cells=cells, heads=heads)


def _continues(found: list[Block], block: Block) -> bool:
    """Whether a line goes on with the sentence before it: indented below an item, or wrapped."""
    if not found or block.kind is not BlockKind.LINE or not block.text:
        return False
    last = found[-1]
    if len(last.text) + len(block.text) > _MAX_LINE_CHARS:
        return False
    if block.level == -1:
        return last.kind is BlockKind.ITEM
    wrapped = len(last.text) > 50 and _OPEN_ENDED.search(last.text) and block.text[:1].islower()
    listing = last.text.endswith((",", ";", "&", " and"))
    return last.kind is BlockKind.LINE and bool(wrapped or listing)


def _without_comments(text: str) -> str:
    """`text` without HTML comments, which no reader of the minutes ever saw."""
    parts: list[str] = []
    place = 0
    while True:
        start = text.find("<!--", place)
        end = text.find("-->", start) if start >= 0 else -1
        if end < 0:
            return "".join([*parts, text[place:]])
        parts.append(text[place:start])
        place = end + 3
