"""Tables that Markdown minutes carry as HTML, rewritten as pipe tables for the recognisers."""

import re

from lxml import etree

_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_MAX_TABLE_CHARS = 200_000
_MAX_TABLES = 200


def web_tables_as_pipes(text: str) -> str:
    """`text` with each HTML table replaced by the same rows between pipes."""
    parts: list[str] = []
    place = 0
    for start in _TABLE.finditer(text):
        if start.start() < place or len(parts) > _MAX_TABLES:
            continue
        end = _TABLE_END.search(text, start.end(), start.end() + _MAX_TABLE_CHARS)
        if end is None:
            break
        parts += [text[place : start.start()], "\n\n", _as_pipes(text[start.start() : end.end()])]
        parts.append("\n\n")
        place = end.end()
    return "".join([*parts, text[place:]])


def _as_pipes(table: str) -> str:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(table.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError:
        return ""
    if root is None:
        return ""
    rows = [[_words(cell) for cell in row if cell.tag in ("td", "th")] for row in root.iter("tr")]
    rows = [cells for cells in rows if any(cells)]
    lines = []
    for index, cells in enumerate(rows):
        lines.append("| " + " | ".join(cells) + " |")
        # A table's first full row names its columns; a title row above it spans them all.
        if len(cells) > 1 and all(len(before) < 2 for before in rows[:index]):
            lines.append("|" + " --- |" * len(cells))
    return "\n".join(lines)


def _words(cell: etree._Element) -> str:
    return " ".join("".join(cell.itertext()).split()).replace("|", "\\|")
