"""The pages of a paper: numbers, headings that stay with their text, PDF and print."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from cop_desktop.services.papers import Item, Listing, Markdown, Paper, Section, Words
from cop_desktop.ui.paper.document import pdf_of
from cop_desktop.ui.paper.printing import print_on

LINE = "Breakfast at half past seven brings forty more children by the bell."
HOSTILE = '<h1>big</h1><img src="file:///etc/passwd"> ![x](file:///etc/passwd)'


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def long_paper(lines: int) -> Paper:
    """So many lines, then a heading with a paragraph."""
    first = Section("First", tuple(Words(LINE) for _ in range(lines)))
    return Paper(
        "Minutes", "Forum", ("Wed",), (first, Section("Second", (Words("Text."),))), "Foot"
    )


def test_every_page_has_its_number_and_no_heading_stands_alone(qapp: QApplication) -> None:
    alone = 0
    for lines in range(36, 44):
        pages = pages_of(pdf_of(long_paper(lines)))
        for number, text in enumerate(pages, 1):
            assert f"Foot  ·  {number} of {len(pages)}".replace("  ", " ") in text.replace(
                "  ", " "
            )
        (with_heading,) = [text for text in pages if "Second" in text]
        alone += "Text." not in with_heading
    assert not alone


def test_what_people_wrote_is_shown_as_text_and_nothing_is_loaded(qapp: QApplication) -> None:
    blocks = (Words(HOSTILE), Markdown(HOSTILE), Listing((Item(HOSTILE),)))
    (page,) = pages_of(pdf_of(Paper("Minutes", HOSTILE, (), (Section("Notes", blocks),))))
    assert page.replace("\r\n", " ").count("<h1>big</h1>") == 4
    assert "root:" not in page


def test_a_word_longer_than_the_line_stays_on_the_page(qapp: QApplication) -> None:
    paper = Paper("Minutes", "F", (), (Section("Notes", (Words("x" * 400),)),))
    (page,) = pages_of(pdf_of(paper))
    assert page.replace("\r\n", "").count("x") == 400


@pytest.mark.parametrize("pages", [(0, 0), (2, 2)])
def test_print_takes_the_pages_that_were_asked_for(
    qapp: QApplication, tmp_path: Path, pages: tuple[int, int]
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setFullPage(True)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    if pages[0]:
        printer.setFromTo(*pages)
    assert print_on(printer, long_paper(100))
    texts = pages_of((tmp_path / "out.pdf").read_bytes())
    assert len(texts) == (3 if not pages[0] else 1)
    assert ("First" in texts[0]) is not bool(pages[0])
