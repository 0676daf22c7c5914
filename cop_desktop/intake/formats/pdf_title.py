"""The title of a PDF as it is printed: the largest letters of the first page."""

from collections import Counter
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium_c

from cop_desktop.intake.text import one_line

_LOOK_AT_CHARS = 2_000
_LARGER_THAN_BODY = 1.25
_MAX_CHARS = 150


@dataclass(slots=True)
class _Run:
    """Letters of one size that follow each other."""

    size: float
    letters: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return one_line("".join(self.letters))


def largest_line(document: pypdfium2.PdfDocument) -> str:
    """The words in the largest letters of the first page, when there are at least two.

    Empty when no letters stand out from the rest, or the page cannot be read.
    """
    try:
        runs = _runs(document)
    except pypdfium2.PdfiumError:
        return ""
    sizes = Counter[float]()
    for run in runs:
        sizes[run.size] += len(run.letters)
    if not sizes:
        return ""
    body = sizes.most_common(1)[0][0]
    for run in sorted(runs, key=lambda run: -run.size):
        if run.size < body * _LARGER_THAN_BODY:
            return ""
        if " " in run.words and len(run.words) <= _MAX_CHARS:
            return run.words
    return ""


def _runs(document: pypdfium2.PdfDocument) -> list[_Run]:
    page = document[0]
    try:
        text_page = page.get_textpage()
        try:
            return _runs_of(text_page)
        finally:
            text_page.close()
    finally:
        page.close()


def _runs_of(text_page: pypdfium2.PdfTextPage) -> list[_Run]:
    runs: list[_Run] = []
    for index in range(min(text_page.count_chars(), _LOOK_AT_CHARS)):
        letter = chr(pdfium_c.FPDFText_GetUnicode(text_page, index))
        size = round(pdfium_c.FPDFText_GetFontSize(text_page, index), 1)
        if letter.isspace() and runs:  # line ends carry no size of their own
            runs[-1].letters.append(" ")
        elif runs and runs[-1].size == size:
            runs[-1].letters.append(letter)
        elif not letter.isspace():
            runs.append(_Run(size, [letter]))
    return runs
