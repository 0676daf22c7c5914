"""The body of a Word document as a flat run of paragraphs and tables, no word left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from cop_desktop.intake.formats.package import attribute, local_name
from cop_desktop.intake.formats.word_styles import Style, Styles

_CONTAINERS = frozenset(
    ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice")
)
# Deleted words, the second wording of a drawing for older programs, and text boxes, which follow.
_NOT_IN_LINE = frozenset(("del", "moveFrom", "Fallback", "txbxContent", "pPr", "rPr", "sdtPr"))
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. text: links as Markdown, line ends where the writer put them."""

    text: str
    style: Style
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; all rows are equally long."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a document's body refers to. links: addresses outside, by relationship id."""

    styles: Styles
    links: dict[str, str] = field(default_factory=dict)


def blocks(container: etree._Element, around: Surroundings) -> Iterator[Block]:
    """The paragraphs and tables of `container` in reading order; text boxes after their anchor."""
    for child in container:
        name = local_name(child)
        if name == "p":
            yield _paragraph(child, around)
            for box in _text_boxes(child):
                yield from blocks(box, around)
        elif name == "tbl":
            yield from _table(child, around)
        elif name in _CONTAINERS:
            yield from blocks(child, around)


def _paragraph(element: etree._Element, around: Surroundings) -> Paragraph:
    text = _inline(element, around.links)
    return Paragraph(text, around.styles.of(element), bool(text.strip()) and _all_bold(element))


def _inline(element: etree._Element, links: dict[str, str]) -> str:
    parts = []
    for child in element:
        name = local_name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name == "hyperlink":
            parts.append(_linked(_inline(child, links), links.get(attribute(child, "id"), "")))
        elif name and name not in _NOT_IN_LINE:
            parts.append(_inline(child, links))
    return "".join(parts)


def _linked(words: str, address: str) -> str:
    plain = words.strip()
    if not plain or not address or plain == address or any(sign in address for sign in " ()<>"):
        return words
    return words.replace(plain, f"[{plain}]({address})", 1)


def _text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes anchored in a paragraph."""
    for child in element:
        name = local_name(child)
        if name == "txbxContent":
            yield child
        elif name not in ("del", "moveFrom", "Fallback"):
            yield from _text_boxes(child)


def _table(element: etree._Element, around: Surroundings) -> Iterator[Block]:
    rows = [list(_cells(row)) for row in _rows(element)]
    if all(len(cells) <= 1 for cells in rows):  # a frame around text, not a table
        for cells in rows:
            for cell in cells:
                yield from blocks(cell, around)
        return
    texts = [[text for cell in cells for text in _spread(cell, around)] for cells in rows]
    width = max(len(row) for row in texts)
    yield Table(tuple(tuple(row + [""] * (width - len(row))) for row in texts))


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        name = local_name(child)
        if name == "tr" and not _is_deleted_row(child):
            yield child
        elif name in _CONTAINERS:
            yield from _rows(child)


def _is_deleted_row(row: etree._Element) -> bool:
    return any(local_name(mark) == "del" for about in row for mark in about)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        name = local_name(child)
        if name == "tc":
            yield child
        elif name in _CONTAINERS:
            yield from _cells(child)


def _spread(cell: etree._Element, around: Surroundings) -> list[str]:
    """The text of a cell, followed by empty ones for the further columns it covers."""
    columns = 1
    for about in cell:
        if local_name(about) == "tcPr":
            for mark in about:
                if local_name(mark) == "gridSpan":
                    said = attribute(mark, "val")
                    columns = min(int(said), 100) if said.isdecimal() else 1
    return [_cell_text(cell, around)] + [""] * (columns - 1)


def _cell_text(cell: etree._Element, around: Surroundings) -> str:
    lines: list[str] = []
    for block in blocks(cell, around):
        if isinstance(block, Table):
            lines += (", ".join(filter(None, row)) for row in block.rows)
        else:
            lines += block.text.splitlines()
    return "; ".join(line.strip() for line in lines if line.strip())


def _all_bold(element: etree._Element) -> bool:
    """Whether every run with words in it is set in bold letters."""
    for child in element:
        name = local_name(child)
        if name == "r":
            if _inline(child, {}).strip() and not _is_bold(child):
                return False
        elif name and name not in _NOT_IN_LINE and not _all_bold(child):
            return False
    return True


def _is_bold(run: etree._Element) -> bool:
    for child in run:
        if local_name(child) == "rPr":
            for mark in child:
                if local_name(mark) == "b":
                    return attribute(mark, "val").lower() not in _OFF
    return False
