"""Reading one document of any supported type into one frozen value."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cop_desktop.intake import limits
from cop_desktop.intake.detect import detect
from cop_desktop.intake.errors import NoAccess
from cop_desktop.intake.file_types import FileType, Kind
from cop_desktop.intake.formats.content import Content
from cop_desktop.intake.text import capped, one_line, tidy
from cop_desktop.intake.titles import choose_title, shortened

_CUT_TEXT = "It is very long; only its beginning can be searched."


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds.

    text: tidy, in NFC, at most MAX_TEXT_CHARS; empty for pictures and scanned pages.
    pages: pages or slides; None where the type has none. size_px: of a picture, else None.
    when_utc: what the file itself says of its last change; None when it says nothing.
    notes: for the person who brings it in, whole sentences; usually none.
    """

    title: str
    media_type: str
    text: str
    size_bytes: int
    pages: int | None = None
    author: str = ""
    when_utc: datetime | None = None
    size_px: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()


def read_document(path: Path) -> Document:
    """The document at `path`, read by what it is rather than by its name.

    Depends on the file's bytes and name alone. A hostile file may take long or much memory here;
    ExtractionWorker reads in a process that can be ended. Raises Unreadable.
    """
    file_type = detect(path)
    try:
        size_bytes = path.stat().st_size
        content = _content(path, file_type)
    except OSError as error:
        raise NoAccess from error
    return _document(path, file_type, content, size_bytes)


def _content(path: Path, file_type: FileType) -> Content:
    """Each reader is imported when it is needed: the first file should not wait for all of them."""
    match file_type.kind:
        case Kind.PDF:
            from cop_desktop.intake.formats.pdf import read_pdf

            return read_pdf(path)
        case Kind.WORD:
            from cop_desktop.intake.formats.word import read_word

            return read_word(path)
        case Kind.SLIDES:
            from cop_desktop.intake.formats.slides import read_slides

            return read_slides(path)
        case Kind.WEB:
            from cop_desktop.intake.formats.web import read_web

            return read_web(path)
        case Kind.PICTURE:
            from cop_desktop.intake.formats.pictures import read_picture

            return read_picture(path, file_type.media_type)
        case Kind.MARKDOWN | Kind.PLAIN | Kind.TABLE:
            return _plain(path, file_type.kind)


def _plain(path: Path, kind: Kind) -> Content:
    from cop_desktop.intake.formats.plain import read_markdown, read_plain, read_table

    match kind:
        case Kind.MARKDOWN:
            return read_markdown(path)
        case Kind.TABLE:
            return read_table(path)
        case _:
            return read_plain(path)


def _document(path: Path, file_type: FileType, content: Content, size_bytes: int) -> Document:
    whole = tidy(content.text)
    text = capped(whole, limits.MAX_TEXT_CHARS)
    notes = [file_type.note, *content.notes, _CUT_TEXT if len(text) < len(whole) else ""]
    return Document(
        title=choose_title(content.titles, path.name),
        media_type=file_type.media_type,
        text=text,
        size_bytes=size_bytes,
        pages=content.pages,
        author=shortened(one_line(content.author)),
        when_utc=content.when_utc,
        size_px=content.size_px,
        notes=tuple(note for note in notes if note),
    )
