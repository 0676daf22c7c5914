"""PDF, through pypdfium2."""

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c

from cop_desktop.intake import limits
from cop_desktop.intake.edge import parsing
from cop_desktop.intake.errors import CutOff, Damaged, NotSupported, Protected, Unreadable
from cop_desktop.intake.formats.content import Content
from cop_desktop.intake.formats.pdf_title import largest_line
from cop_desktop.intake.titles import is_file_like

_END_MARK = b"%%EOF"
_END_MARK_WITHIN_BYTES = 4096
_SPLIT_WORD = re.compile("[\x02\ufffe]\\s?\n?")
_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:([+-])(\d\d)'?(\d\d)?|Z)?"
)
_LEAST = (0, 1, 1, 0, 0, 0)
"""Year, month, day, hour, minute and second when a date leaves them out."""

_DOT_LEADERS = re.compile(r"(?:\. ?){5,}|\u2026{3,}|_{6,}")
"""In tables of contents and forms. They would travel to every computer as part of the text."""

_NO_WORDS = "Its pages are pictures, so the words on them cannot be searched."
_ONLY_PART = "The end of the file is missing; only a part of it could be read."


def read_pdf(path: Path) -> Content:
    """Text of the pages in order, with a blank line between two. Raises Unreadable."""
    whole = _has_end_mark(path)
    with parsing(), path.open("rb") as file:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            raise _refused(error, whole) from error
        try:
            return _content(document, whole)
        finally:
            document.close()


def _content(document: pypdfium2.PdfDocument, whole: bool) -> Content:
    count = len(document)
    if count == 0:
        raise Damaged
    texts, broken = _page_texts(document)
    text = "\n\n".join(texts)
    about = document.get_metadata_dict(skip_empty=True)
    notes = [] if whole else [_ONLY_PART]
    if not text.strip():
        notes.append(_NO_WORDS)
    if broken:
        notes.append(f"{broken} of its {count} pages could not be read.")
    if len(texts) < count and len(text) < limits.MAX_TEXT_CHARS:
        notes.append(f"Only the first {limits.MAX_PAGES} pages can be searched.")
    return Content(
        text=text,
        titles=_titles(about.get("Title", ""), document),
        pages=count,
        author=about.get("Author", ""),
        when_utc=_moment(about.get("ModDate", "")) or _moment(about.get("CreationDate", "")),
        notes=tuple(notes),
    )


def _titles(said: str, document: pypdfium2.PdfDocument) -> tuple[str, ...]:
    """Programs like to write a file name where the title belongs; that comes last."""
    printed = largest_line(document)
    return (printed, said) if is_file_like(said) else (said, printed)


def _page_texts(document: pypdfium2.PdfDocument) -> tuple[list[str], int]:
    """The text of each page up to the limits, and how many pages could not be read."""
    texts: list[str] = []
    broken = 0
    room = limits.MAX_TEXT_CHARS + 1
    for number in range(min(len(document), limits.MAX_PAGES)):
        if room <= 0:
            break
        try:
            text = _page_text(document, number, room)
        except pypdfium2.PdfiumError:
            text = ""
            broken += 1
        texts.append(text)
        room -= len(text)
    return texts, broken


def _page_text(document: pypdfium2.PdfDocument, number: int, room: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text: str = text_page.get_text_range(0, min(text_page.count_chars(), room))
        finally:
            text_page.close()
    finally:
        page.close()
    return _DOT_LEADERS.sub("… ", _SPLIT_WORD.sub("", text.replace("\r\n", "\n")))


def _refused(error: pypdfium2.PdfiumError, whole: bool) -> Unreadable:
    code: Any = getattr(error, "err_code", None)
    if code == pdfium_c.FPDF_ERR_PASSWORD:
        return Protected()
    if code == pdfium_c.FPDF_ERR_SECURITY:
        return NotSupported("The file is protected in a way that this program does not know.")
    return Damaged() if whole else CutOff()


def _has_end_mark(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_MARK_WITHIN_BYTES))
        return _END_MARK in file.read()


def _moment(said: str) -> datetime | None:
    """A PDF date (ISO 32000-1, 7.9.4) in UTC; None when it is none."""
    match = _DATE.match(said)
    if match is None:
        return None
    year, month, day, hour, minute, second = (
        int(part) if part else least for part, least in zip(match.groups()[:6], _LEAST, strict=True)
    )
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=_zone(match))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(match: re.Match[str]) -> timezone:
    sign, hours, minutes = match.group(7), match.group(8), match.group(9)
    if sign is None:
        return UTC
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(offset if sign == "+" else -offset)
