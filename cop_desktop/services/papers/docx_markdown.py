"""Markdown written into a Word file: emphasis, headings, lists, quotes, code and tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from cop_desktop.services.export.markdown import tokens_of
from cop_desktop.services.papers.docx_text import storable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from markdown_it.token import Token

_DEEPEST_LIST: Final = 3
_MARKS: Final = {"strong": "bold", "em": "italic", "s": "strike"}


def write_markdown(word: "WordDocument", text: str) -> None:
    """Put the text at the end of the document; its headings stand under the paper's own."""
    _Writing(word).write(tokens_of(text))


@dataclass(slots=True)
class _Writing:
    """Where the writing is.

    lists: of each list that is open, its next number, 0 for one with dots. fresh: the next
    paragraph begins an item.
    """

    word: "WordDocument"
    lists: list[int] = field(default_factory=list)
    quotes: int = 0
    fresh: bool = False
    heading: int = 0
    cells: list[list[Any]] | None = None

    def write(self, tokens: Sequence["Token"]) -> None:
        """All of it, in order."""
        for token in tokens:
            self._take(token)

    def _take(self, token: "Token") -> None:
        match token.type:
            case "heading_open":
                self.heading = min(int(token.tag[1]) + 2, 6)
            case "heading_close":
                self.heading = 0
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
            case "inline":
                self._write_inline(token)
            case "fence" | "code_block":
                _write_code(self.word.add_paragraph(), token.content)
            case _:
                self._take_list(token)
                self._take_table(token)

    def _take_list(self, token: "Token") -> None:
        match token.type:
            case "bullet_list_open":
                self.lists.append(0)
            case "ordered_list_open":
                self.lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.fresh = True
            case "list_item_close":
                self.fresh = False

    def _take_table(self, token: "Token") -> None:
        match token.type:
            case "table_open":
                self.cells = []
            case "tr_open" if self.cells is not None:
                self.cells.append([])
            case "table_close":
                self._write_table(self.cells or [])
                self.cells = None

    def _write_inline(self, token: "Token") -> None:
        if self.cells is not None:
            self.cells[-1].append(token)
        elif self.heading:
            _write_runs(self.word.add_heading("", self.heading), token)
        else:
            _write_runs(self._paragraph(), token)

    def _paragraph(self) -> Any:
        if not self.lists:
            return self.word.add_paragraph(style="Quote" if self.quotes else "Normal")
        depth = min(len(self.lists), _DEEPEST_LIST)
        nested = f" {depth}" if depth > 1 else ""
        if not self.fresh:
            return self.word.add_paragraph(style=f"List Continue{nested}")
        self.fresh = False
        number = self.lists[-1]
        if not number:
            return self.word.add_paragraph(style=f"List Bullet{nested}")
        self.lists[-1] += 1
        return self.word.add_paragraph(f"{number}.\u00a0", style=f"List Continue{nested}")

    def _write_table(self, rows: list[list[Any]]) -> None:
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        table = self.word.add_table(rows=len(rows), cols=columns, style="Table Grid")
        for row, tokens in zip(table.rows, rows, strict=True):
            # Asked for once: the library looks for all cells of a row each time.
            for cell, token in zip(row.cells, tokens, strict=False):
                _write_runs(cell.paragraphs[0], token)


def _write_code(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(storable(text.rstrip("\n")))
    run.font.name = "Consolas"


def _write_runs(paragraph: Any, inline: "Token") -> None:
    """The words of one paragraph with their marks; where a link leads is said after its words."""
    marks: set[str] = set()
    leads_to: list[str] = []
    begins: list[int] = []
    for token in inline.children or ():
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in _MARKS:
            (marks.add if token.nesting > 0 else marks.discard)(_MARKS[name])
        elif token.type == "link_open":
            leads_to.append(str(token.attrs.get("href", "")))
            begins.append(len(paragraph.runs))
        elif token.type == "link_close":
            words = "".join(run.text for run in paragraph.runs[begins.pop() :])
            address = leads_to.pop()
            if address and address != words:
                _add(paragraph, f" <{address}>", marks)
        elif token.type in ("softbreak", "hardbreak"):
            paragraph.add_run().add_break()
        elif token.content:
            run = _add(paragraph, token.content, marks)
            if token.type == "code_inline":
                run.font.name = "Consolas"


def _add(paragraph: Any, text: str, marks: set[str]) -> Any:
    run = paragraph.add_run(storable(text))
    for mark in marks:
        setattr(run.font, mark, True)
    return run
