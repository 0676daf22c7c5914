"""A paper as a Word file."""

from typing import TYPE_CHECKING, Any, Final, assert_never

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from cop_desktop.services.papers.docx_markdown import write_markdown
from cop_desktop.services.papers.docx_text import storable
from cop_desktop.services.papers.html import BOX_DONE, BOX_OPEN
from cop_desktop.services.papers.paper import Block, Listing, Markdown, Paper, Table, Tone, Words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_SOFT: Final = RGBColor(0x55, 0x55, 0x55)
_MARGIN: Final = Cm(2.2)
_LANGUAGE: Final = "en-AU"


def document_of(paper: Paper) -> "WordDocument":
    """The Word document, ready to be saved."""
    word = Document()
    _dress(word)
    properties = word.core_properties
    properties.title = storable(paper.title)[:255]
    properties.author = properties.comments = ""
    properties.language = _LANGUAGE
    _soft(word.add_paragraph(), paper.kind)
    word.add_heading(storable(paper.title), 1)
    for line in filter(None, paper.lines):
        word.add_paragraph(storable(line))
    for section in paper.filled():
        if section.heading:
            word.add_heading(storable(section.heading), 2)
        for block in section.blocks:
            _write(word, block)
    _write_foot(word, paper.foot)
    return word


def _write(word: "WordDocument", block: Block) -> None:
    match block:
        case Words():
            _write_words(word, block)
        case Markdown():
            write_markdown(word, block.text)
        case Listing():
            _write_listing(word, block)
        case Table():
            _write_table(word, block)
        case _:
            assert_never(block)


def _write_words(word: "WordDocument", words: Words) -> None:
    if words.tone is Tone.SOFT:
        _soft(word.add_paragraph(), words.text)
    else:
        style = "Quote" if words.tone is Tone.QUOTE else "Normal"
        word.add_paragraph(storable(words.text), style)


def _write_listing(word: "WordDocument", listing: Listing) -> None:
    style = "List Paragraph" if listing.numbered else "List Bullet"
    for number, item in enumerate(listing.items, 1):
        # Word's own numbers would go on from the list before; ours begin again.
        before = f"{number}.\u00a0" if listing.numbered else ""
        if item.done is not None:
            before += f"{BOX_DONE if item.done else BOX_OPEN} "
        paragraph = word.add_paragraph(before + storable(item.text), style)
        if item.detail:
            paragraph.add_run().add_break()
            _soft(paragraph, item.detail)


def _write_table(word: "WordDocument", table: Table) -> None:
    made = word.add_table(rows=1, cols=len(table.head), style="Light List")
    for cell, name in zip(made.rows[0].cells, table.head, strict=True):
        cell.text = storable(name)
    _repeat_on_each_page(made.rows[0])
    for row in table.rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = storable(text)
    widths = table.widths or (1,) * len(table.head)
    page = word.sections[0]
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    for row_made in made.rows:
        for cell, width in zip(row_made.cells, widths, strict=True):
            cell.width = room * width // sum(widths)


def _repeat_on_each_page(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no word for it
    properties.append(OxmlElement("w:tblHeader"))


def _soft(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(storable(text))
    run.font.color.rgb = _SOFT
    run.font.size = Pt(9.5)


def _dress(word: "WordDocument") -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    word.styles["Normal"].font.name = "Calibri"
    word.styles["Normal"].font.size = Pt(11)
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        word.styles[name].paragraph_format.keep_with_next = True


def _write_foot(word: "WordDocument", foot: str) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _soft(paragraph, f"{foot}  ·  " if foot else "")
    for number, name in enumerate(("PAGE", "NUMPAGES")):
        if number:
            _soft(paragraph, " / ")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        paragraph._p.append(field)  # noqa: SLF001 - the library has no fields
