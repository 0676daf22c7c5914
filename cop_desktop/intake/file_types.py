"""The types of file this program reads, and how their names end."""

import re
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """Which reader a file needs."""

    PDF = "pdf"
    WORD = "word"
    SLIDES = "slides"
    PICTURE = "picture"
    WEB = "web"
    MARKDOWN = "markdown"
    PLAIN = "plain"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file that can be read.

    label: the type in words, with its article.
    note: for the person, when the name says something else; usually empty.
    """

    kind: Kind
    media_type: str
    label: str
    note: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileType(Kind.PDF, "application/pdf", "a PDF")
WORD = FileType(Kind.WORD, _OFFICE + "wordprocessingml.document", "a Word document")
SLIDES = FileType(Kind.SLIDES, _OFFICE + "presentationml.presentation", "a PowerPoint presentation")
WORD_TEMPLATE = FileType(Kind.WORD, _OFFICE + "wordprocessingml.template", "a Word template")
SLIDE_SHOW = FileType(Kind.SLIDES, _OFFICE + "presentationml.slideshow", "a PowerPoint show")
SLIDE_TEMPLATE = FileType(Kind.SLIDES, _OFFICE + "presentationml.template", "a PowerPoint template")
WEB = FileType(Kind.WEB, "text/html", "a web page")
MARKDOWN = FileType(Kind.MARKDOWN, "text/markdown", "a Markdown text")
PLAIN = FileType(Kind.PLAIN, "text/plain", "a plain text")
CSV = FileType(Kind.TABLE, "text/csv", "a table as text")
TSV = FileType(Kind.TABLE, "text/tab-separated-values", "a table as text")
SVG = FileType(Kind.PICTURE, "image/svg+xml", "an SVG drawing")
PICTURES = (
    (re.compile(b"\x89PNG\r\n\x1a\n"), FileType(Kind.PICTURE, "image/png", "a PNG picture")),
    (re.compile(b"\xff\xd8\xff"), FileType(Kind.PICTURE, "image/jpeg", "a JPEG picture")),
    (re.compile(b"GIF8[79]a"), FileType(Kind.PICTURE, "image/gif", "a GIF picture")),
    (
        re.compile(b"RIFF.{4}WEBP", re.DOTALL),
        FileType(Kind.PICTURE, "image/webp", "a WebP picture"),
    ),
)
BY_ENDING = {
    ".pdf": PDF,
    ".docx": WORD,
    ".dotx": WORD_TEMPLATE,
    ".pptx": SLIDES,
    ".ppsx": SLIDE_SHOW,
    ".potx": SLIDE_TEMPLATE,
    ".html": WEB,
    ".htm": WEB,
    ".xhtml": WEB,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".mdown": MARKDOWN,
    ".mkd": MARKDOWN,
    ".csv": CSV,
    ".tsv": TSV,
    ".txt": PLAIN,
    ".text": PLAIN,
    ".svg": SVG,
    ".png": PICTURES[0][1],
    ".jpg": PICTURES[1][1],
    ".jpeg": PICTURES[1][1],
    ".jpe": PICTURES[1][1],
    ".gif": PICTURES[2][1],
    ".webp": PICTURES[3][1],
}

TEXTS = frozenset((WEB, MARKDOWN, PLAIN, CSV, TSV))
