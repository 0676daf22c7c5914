"""Writing the paragraphs and tables of a Word document as plain text or as Markdown."""

import re
from collections.abc import Iterable

from cop_desktop.intake.formats.word_styles import Style
from cop_desktop.intake.formats.word_tree import Block, Paragraph, Table

_LINK = re.compile(r"\[([^\[\]]{1,500})\]\([^()\s]{1,2000}\)")
_MEANS_SOMETHING_AT_START = re.compile(r"([#>*+-]|\d{1,9}[.)])(?=\s|$)|([*_~`=|])")
_TAG_START = re.compile(r"<(?=[a-zA-Z/!?])")


class _Count:
    """Numbers the items of every list, which go on after the paragraphs between them."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, int], int] = {}

    def next(self, style: Style) -> int:
        for deeper in [
            key for key in self._last if key[0] == style.list_id and key[1] > style.item
        ]:
            del self._last[deeper]
        place = (style.list_id, style.item)
        self._last[place] = self._last.get(place, 0) + 1
        return self._last[place]


def as_text(blocks: Iterable[Block]) -> str:
    """One line a paragraph or table row; links as their words alone."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += (" | ".join(row) for row in block.rows)
            lines.append("")
        else:
            lines += ["", block.text, ""] if block.style.heading else [block.text]
    return _LINK.sub(r"\1", "\n".join(lines))


def as_markdown(blocks: Iterable[Block]) -> str:
    """CommonMark with pipe tables. Whole bold paragraphs stay bold: they are often headings."""
    parts: list[str] = []
    was_item = False
    count = _Count()
    for block in blocks:
        is_item = isinstance(block, Paragraph) and block.style.item >= 0
        text = _table(block) if isinstance(block, Table) else _paragraph(block, count)
        if not text:
            continue
        parts.append("\n" if is_item and was_item else "\n\n")
        parts.append(text)
        was_item = is_item
    return "".join(parts).strip("\n")


def _paragraph(block: Paragraph, count: _Count) -> str:
    lines = [_safe(line.strip()) for line in block.text.splitlines() if line.strip()]
    if not lines:
        return ""
    if block.style.heading:
        return "#" * block.style.heading + " " + " ".join(lines)
    if block.style.item >= 0:
        mark = f"{count.next(block.style)}. " if block.style.numbered else "- "
        indent = "   " * block.style.item
        return indent + mark + ("\n" + indent + " " * len(mark)).join(lines)
    if block.bold:
        return "  \n".join(f"**{line}**" for line in lines)
    return "  \n".join(lines)  # two spaces keep the line's end


def _table(table: Table) -> str:
    rows = ["| " + " | ".join(_cell(text) for text in row) + " |" for row in table.rows]
    ruler = "|" + " --- |" * len(table.rows[0])
    return "\n".join([rows[0], ruler, *rows[1:]])


def _safe(line: str) -> str:
    """`line` with a backslash before what Markdown would take for a mark of its own."""
    match = _MEANS_SOMETHING_AT_START.match(line)
    if match:
        place = match.end() - 1
        line = line[:place] + "\\" + line[place:]
    return _TAG_START.sub(r"\\<", line)


def _cell(text: str) -> str:
    return _TAG_START.sub(r"\\<", text.replace("|", "\\|"))
