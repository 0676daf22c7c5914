"""Word documents (.docx): their words as plain text, or as Markdown for minutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cop_desktop.intake.errors import Damaged
from cop_desktop.intake.formats.content import Content
from cop_desktop.intake.formats.package import About, Package, attribute, local_name, opened_package
from cop_desktop.intake.formats.word_markdown import as_markdown, as_text
from cop_desktop.intake.formats.word_styles import Styles
from cop_desktop.intake.formats.word_tree import Block, Paragraph, Surroundings, Table, blocks

_TITLE_WITHIN_BLOCKS = 40
_NOTES = ("footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word document taken apart."""

    blocks: tuple[Block, ...]
    about: About


def read_word(path: Path) -> Content:
    """Body in order, then foot- and endnotes, as plain text. Raises Unreadable."""
    word = open_word(path)
    return Content(
        text=as_text(word.blocks),
        titles=(*_headings(word.blocks), word.about.title),
        author=word.about.author,
        when_utc=word.about.when_utc,
    )


def read_word_as_markdown(path: Path) -> Content:
    """The same words with headings, lists, tables and links as Markdown. Raises Unreadable."""
    word = open_word(path)
    return Content(
        text=as_markdown(word.blocks),
        titles=(*_headings(word.blocks), word.about.title),
        author=word.about.author,
        when_utc=word.about.when_utc,
    )


def open_word(path: Path) -> WordFile:
    """The paragraphs, tables and properties of the document at `path`. Raises Unreadable."""
    with opened_package(path) as package:
        main = package.main_part()
        root = package.tree(main)
        if root is None:
            raise Damaged
        around = _surroundings(package, main)
        body = [child for child in root if local_name(child) == "body"]
        found = [block for child in body for block in blocks(child, around)]
        if not body:
            raise Damaged
        return WordFile((*found, *_notes(package, main, around.styles)), package.about())


def _surroundings(package: Package, main: str) -> Surroundings:
    return Surroundings(
        styles=Styles(package.linked(main, "styles"), package.linked(main, "numbering")),
        links={
            key: link.target
            for key, link in package.links(main).items()
            if link.outside and link.role == "hyperlink"
        },
    )


def _notes(package: Package, main: str, styles: Styles) -> list[Block]:
    """Foot- and endnotes; the lines that separate them from the text are notes of a type."""
    found: list[Block] = []
    for role in _NOTES:
        root = package.linked(main, role)
        for note in () if root is None else root:
            if local_name(note) and attribute(note, "type") in ("", "normal"):
                found += blocks(note, Surroundings(styles))
    return [block for block in found if isinstance(block, Table) or block.text.strip()]


def _headings(found: Iterable[Block]) -> tuple[str, ...]:
    """The first heading near the top, if there is one."""
    for _, block in zip(range(_TITLE_WITHIN_BLOCKS), found, strict=False):
        if isinstance(block, Paragraph) and block.style.heading and block.text.strip():
            return (block.text,)
    return ()
