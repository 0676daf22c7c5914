"""PowerPoint presentations (.pptx): slides in order, each with its tables, diagrams and notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from cop_desktop.intake import limits
from cop_desktop.intake.errors import Damaged
from cop_desktop.intake.formats.content import Content
from cop_desktop.intake.formats.package import Link, Package, attribute, local_name, opened_package

_TITLE_ROLES = ("title", "ctrTitle")
_FURNITURE = ("sldNum", "dt", "ftr", "hdr", "sldImg")
"""Placeholders that repeat on every slide: its number, the date, the footer."""
_DIAGRAM = "diagramData"
_NOTES = "notesSlide"
_NOTES_BEGIN = "Notes:"


@dataclass(frozen=True, slots=True)
class _Slide:
    title: str
    text: str


def read_slides(path: Path) -> Content:
    """Text of the slides in order, with a blank line between two. Raises Unreadable."""
    with opened_package(path) as package:
        names = _slide_names(package)
        slides = [_slide(package, name) for name in names[: limits.MAX_PAGES]]
        about = package.about()
    notes = []
    if len(slides) < len(names):
        notes.append(f"Only the first {limits.MAX_PAGES} slides can be searched.")
    return Content(
        text="\n\n".join(slide.text for slide in slides),
        titles=(slides[0].title if slides else "", about.title),
        pages=len(names),
        author=about.author,
        when_utc=about.when_utc,
        notes=tuple(notes),
    )


def _slide_names(package: Package) -> list[str]:
    main = package.main_part()
    root = package.tree(main)
    if root is None:
        raise Damaged
    links = package.links(main)
    listed = [child for child in root if local_name(child) == "sldIdLst"]
    ids = [_link_id(slide) for group in listed for slide in group if local_name(slide) == "sldId"]
    return [links[id_].target for id_ in ids if id_ in links and not links[id_].outside]


def _link_id(slide: etree._Element) -> str:
    """A slide has two attributes called id; the one in a namespace is the link's."""
    return next((str(value) for key, value in slide.items() if key.endswith("}id")), "")


def _slide(package: Package, name: str) -> _Slide:
    root = package.tree(name)
    if root is None:
        return _Slide("", "")
    links = package.links(name)
    lines = list(_lines(root))
    for link in links.values():
        if link.role == _DIAGRAM:
            lines += _lines_of(package, link)
    spoken = [
        line for link in links.values() if link.role == _NOTES for line in _lines_of(package, link)
    ]
    if spoken:
        lines += [_NOTES_BEGIN, *spoken]
    return _Slide(_title(root), "\n".join(lines))


def _lines_of(package: Package, link: Link) -> list[str]:
    root = None if link.outside else package.tree(link.target)
    return [] if root is None else list(_lines(root))


def _lines(element: etree._Element) -> Iterator[str]:
    """The paragraphs below `element` that are not empty; table rows as one line."""
    for child in element:
        name = local_name(child)
        if name == "tr":
            yield " | ".join(" ".join(_lines(cell)) for cell in child if local_name(cell) == "tc")
        elif name == "p":
            line = _words(child).strip()
            if line:
                yield line
        elif name == "sp" and _role(child) in _FURNITURE:
            continue
        elif name and name != "Fallback":  # the same drawing once more, for older programs
            yield from _lines(child)


def _words(paragraph: etree._Element) -> str:
    parts = []
    for child in paragraph.iter():
        name = local_name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "br":
            parts.append("\n")
        elif name == "tab":
            parts.append("\t")
    return "".join(parts)


def _title(root: etree._Element) -> str:
    for shape in root.iter():
        if local_name(shape) == "sp" and _role(shape) in _TITLE_ROLES:
            return " ".join(_lines(shape))
    return ""


def _role(shape: etree._Element) -> str:
    """Which placeholder a shape fills; empty for a shape of its own."""
    for outer in shape:
        if local_name(outer) == "nvSpPr":
            for mark in outer.iter():
                if local_name(mark) == "ph":
                    return attribute(mark, "type")
    return ""
