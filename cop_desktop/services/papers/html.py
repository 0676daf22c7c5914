"""A paper as HTML for a text document: everything that people wrote is escaped."""

import re
from html import escape
from typing import Final, assert_never

from cop_desktop.services.export.markdown import html_of
from cop_desktop.services.papers.paper import Block, Item, Listing, Markdown, Paper, Table, Words

BOX_DONE = "\u2611"
BOX_OPEN = "\u2610"


_HEADING: Final = re.compile(r"<(/?)h([1-6])>")  # of ours: what people wrote is escaped


def html_of_paper(paper: Paper) -> str:
    """The body; how its classes look is told by who lays it out."""
    parts = [f'<p class="kind">{_text(paper.kind)}</p>', f"<h1>{_text(paper.title)}</h1>"]
    parts += [f'<p class="line">{_text(line)}</p>' for line in paper.lines if line]
    for section in paper.filled():
        if section.heading:
            parts.append(f"<h2>{_text(section.heading)}</h2>")
        parts += [_block(block) for block in section.blocks]
    return "\n".join(parts)


def _block(block: Block) -> str:
    match block:
        case Words():
            return f'<p class="{block.tone}">{_text(block.text)}</p>'
        case Markdown():
            return _HEADING.sub(_lowered, html_of(block.text))
        case Listing():
            tag = "ol" if block.numbered else "ul"
            return f"<{tag}>{''.join(_item(item) for item in block.items)}</{tag}>"
        case Table():
            return _table(block)
        case _:
            assert_never(block)


def _lowered(heading: re.Match[str]) -> str:
    """Headings inside a text stand under those of the paper."""
    return f"<{heading[1]}h{min(int(heading[2]) + 2, 4)}>"


def _item(item: Item) -> str:
    box = "" if item.done is None else f"{BOX_DONE if item.done else BOX_OPEN} "
    detail = f'<br/><span class="soft">{_text(item.detail)}</span>' if item.detail else ""
    return f"<li>{box}{_text(item.text)}{detail}</li>"


def _table(table: Table) -> str:
    widths = table.widths or (1,) * len(table.head)
    shares = [round(100 * width / sum(widths)) for width in widths]
    head = "".join(
        f'<th width="{share}%" align="left">{_text(cell)}</th>'
        for cell, share in zip(table.head, shares, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    return (
        '<table width="100%" cellspacing="0" cellpadding="4" border="0">'
        f"<thead><tr>{head}</tr></thead>{rows}</table>"
    )


def _text(value: str) -> str:
    return escape(value, quote=True).replace("\n", "<br/>")
