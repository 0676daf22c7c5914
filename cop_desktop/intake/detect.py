"""What a file really is, told by its content; the name only decides between kinds of text."""

import mmap
import re
import stat
import zipfile
from pathlib import Path

from cop_desktop.intake import limits
from cop_desktop.intake.edge import parsing
from cop_desktop.intake.errors import (
    CutOff,
    Empty,
    NoAccess,
    NotSupported,
    Protected,
    TooLarge,
    Unreadable,
    WrongType,
)
from cop_desktop.intake.file_types import (
    BY_ENDING,
    PDF,
    PICTURES,
    PLAIN,
    SLIDE_SHOW,
    SLIDE_TEMPLATE,
    SLIDES,
    SVG,
    TEXTS,
    WEB,
    WORD,
    WORD_TEMPLATE,
    FileType,
)
from cop_desktop.intake.signatures import BINARY_FORMATS, TEXT_FORMATS, named_by
from cop_desktop.intake.text import decode, looks_like_text
from cop_desktop.intake.zips import opened_zip

_HEAD_BYTES = 8192
_PDF_WITHIN_BYTES = 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENTS = "[Content_Types].xml"
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


_SAYS_MEDIA_TYPE = (
    (b"wordprocessingml.document.main+xml", WORD),
    (b"wordprocessingml.template.main+xml", WORD_TEMPLATE),
    (b"presentationml.presentation.main+xml", SLIDES),
    (b"presentationml.slideshow.main+xml", SLIDE_SHOW),
    (b"presentationml.template.main+xml", SLIDE_TEMPLATE),
)
_SAYS_OTHER = (
    (b"spreadsheetml", "an Excel workbook"),
    (b"ms-word.", "a Word document with macros"),
    (b"ms-powerpoint.", "a PowerPoint presentation with macros"),
    (b"ms-excel.", "an Excel workbook"),
)
# Macros are programs. What is brought in here is sent to the computers of a whole community.
_SAVE_AS_WORD = ("a Word document with macros", "an old Word document")
_SAVE_AS_SLIDES = ("a PowerPoint presentation with macros", "an old PowerPoint presentation")
_OLD_STREAMS = (
    ("WordDocument", "an old Word document"),
    ("PowerPoint Document", "an old PowerPoint presentation"),
    ("Workbook", "an old Excel workbook"),
    ("__substg1.0", "a saved Outlook message"),
)
_WEB_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*(?:<!doctype html|<html\b)",
    re.IGNORECASE | re.DOTALL,
)
_SVG_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?"
    r"(?:<!--.{0,2000}?-->\s*|<!doctype svg[^>\[]{0,400}>\s*)*<svg\b",
    re.IGNORECASE | re.DOTALL,
)


def detect(path: Path) -> FileType:
    """The real type of the file at `path`.

    Raises Unreadable: no access, empty, too large, protected, or no type that can be read.
    """
    try:
        head = _read_head(path)
        found = _by_content(path, head)
    except OSError as error:
        raise NoAccess from error
    claimed = BY_ENDING.get(path.suffix.lower())
    if claimed is None or claimed == found or {claimed, found} <= TEXTS:
        return found
    note = (
        f"The name says {path.suffix.lower()}, but the file is {found.label} and was read as one."
    )
    return FileType(found.kind, found.media_type, found.label, note)


def _read_head(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
        raise NoAccess
    if status.st_size == 0:
        raise Empty
    if status.st_size > limits.MAX_FILE_BYTES:
        size_mb = limits.MAX_FILE_BYTES // limits.MEBIBYTE
        raise TooLarge(f"The file is larger than {size_mb} MB, too large to be read.")
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip(b"\x00"):
        raise CutOff("The file holds nothing but zeros: it was not copied completely.")
    return head


def _by_content(path: Path, head: bytes) -> FileType:
    for starts, picture in PICTURES:
        if starts.match(head):
            return picture
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(_ZIP_STARTS):
        return _inside_zip(path)
    if head.startswith(_OLD_OFFICE):
        raise _old_office(path)
    if looks_like_text(head):
        return _text(path, head)
    if b"%PDF-" in head[:_PDF_WITHIN_BYTES]:  # some scanners write a few bytes of their own first
        return PDF
    raise _other(path, named_by(BINARY_FORMATS, head))


def _inside_zip(path: Path) -> FileType:
    with opened_zip(path) as archive, parsing():
        if _CONTENTS not in archive.namelist():
            raise _other(path, _zip_label(archive))
        said = archive.read(_CONTENTS)
    for words, file_type in _SAYS_MEDIA_TYPE:
        if words in said:
            return file_type
    label = next((label for words, label in _SAYS_OTHER if words in said), "a packed folder (ZIP)")
    raise _other(path, label)


def _zip_label(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "mimetype" in names and "content.xml" in names:
        return "an OpenDocument file"
    if "META-INF/container.xml" in names:
        return "an electronic book (EPUB)"
    return "a packed folder (ZIP)"


def _old_office(path: Path) -> Unreadable:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            return Protected()
        for stream, label in _OLD_STREAMS:
            if content.find(stream.encode("utf-16-le")) >= 0:
                return _other(path, label)
    return _other(path, "an old Office file")


def _text(path: Path, head: bytes) -> FileType:
    label = named_by(TEXT_FORMATS, head)
    if label:
        raise _other(path, label)
    start = decode(head)
    if len(head) < _HEAD_BYTES and not start.strip("\ufeff \t\r\n\f\v\x00"):
        raise Empty("The file holds nothing but blank space.")
    if _SVG_START.match(start):
        return SVG
    if _WEB_START.match(start):
        return WEB
    claimed = BY_ENDING.get(path.suffix.lower())
    return claimed if claimed in TEXTS else PLAIN


def _other(path: Path, label: str) -> NotSupported | WrongType:
    """Why a type that this program does not read is refused, with what to do where known."""
    claimed = path.suffix.lower()
    what = label or "something else"
    advice = ""
    if label in _SAVE_AS_WORD:
        advice = " Open it in Word, save it as .docx, and bring that in."
    elif label in _SAVE_AS_SLIDES:
        advice = " Open it in PowerPoint, save it as .pptx, and bring that in."
    if claimed in BY_ENDING:
        return WrongType(
            f"The name says {claimed}, but it is {what}, which cannot be read.{advice}"
        )
    if not label:
        return NotSupported()
    return NotSupported(f"It is {label}; this type of file cannot be read.{advice}")
