"""What a Word document's styles and numberings make of a paragraph: heading, item or text."""

import re
from dataclasses import dataclass

from lxml import etree

from cop_desktop.intake.formats.package import attribute, local_name

_HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)
_LIST = re.compile(r"list\s+(bullet|number)\s*(\d)?", re.IGNORECASE)
_MAX_INHERITANCE = 12
_MAX_LIST_LEVEL = 8


@dataclass(frozen=True, slots=True)
class Style:
    """The part a paragraph plays.

    heading: 1 to 6, 0 for none. item: nesting depth of a list item from 0, -1 for none.
    list_id: which list it belongs to, as far as the document says.
    """

    heading: int = 0
    item: int = -1
    numbered: bool = False
    list_id: str = ""


class Styles:
    """Looks up the part of each paragraph of one document."""

    def __init__(
        self, styles: etree._Element | None, numbering: etree._Element | None = None
    ) -> None:
        self._styles = (
            {}
            if styles is None
            else {
                attribute(child, "styleId"): child
                for child in styles
                if local_name(child) == "style"
            }
        )
        self._numbered = _numbered_lists(numbering)
        self._known: dict[str, Style] = {}

    def of(self, paragraph: etree._Element) -> Style:
        """The part `paragraph` plays, by its own marks first, then by its style."""
        marks = _child(paragraph, "pPr")
        style_id = _value(marks, "pStyle")
        if style_id not in self._known:
            self._known[style_id] = self._of_style(style_id)
        style = self._known[style_id]
        if style.heading:
            return style
        return self._own(marks) or style

    def _own(self, marks: etree._Element | None) -> Style | None:
        outline = _value(marks, "outlineLvl")
        if outline.isdecimal() and int(outline) < 6:
            return Style(heading=int(outline) + 1)
        numbers = _child(marks, "numPr")
        list_id = _value(numbers, "numId")
        if list_id == "0":  # explicitly none, whatever the style says
            return Style()
        if not list_id:
            return None
        level = _value(numbers, "ilvl")
        depth = min(int(level), _MAX_LIST_LEVEL) if level.isdecimal() else 0
        return Style(item=depth, numbered=(list_id, str(depth)) in self._numbered, list_id=list_id)

    def _of_style(self, style_id: str) -> Style:
        for _ in range(_MAX_INHERITANCE):
            style = self._styles.get(style_id)
            if style is None:
                break
            found = self._told_by(style)
            if found is not None:
                return found
            style_id = _value(style, "basedOn")
        return Style()

    def _told_by(self, style: etree._Element) -> Style | None:
        name = _value(style, "name").strip()
        heading = _HEADING.fullmatch(name)
        if heading:
            return Style(heading=min(int(heading.group(1)), 6) or 1)
        if name.lower() == "title":
            return Style(heading=1)
        listed = _LIST.fullmatch(name)
        if listed:
            depth = max(int(listed.group(2) or 1) - 1, 0)
            return Style(item=depth, numbered=listed.group(1).lower() == "number")
        return self._own(_child(style, "pPr"))


def _numbered_lists(numbering: etree._Element | None) -> frozenset[tuple[str, str]]:
    """The (list id, level) pairs that count instead of showing a bullet."""
    if numbering is None:
        return frozenset()
    counting: dict[str, set[str]] = {}
    for child in numbering:
        if local_name(child) == "abstractNum":
            counting[attribute(child, "abstractNumId")] = {
                attribute(level, "ilvl")
                for level in child
                if local_name(level) == "lvl" and _value(level, "numFmt") not in ("bullet", "none")
            }
    return frozenset(
        (attribute(child, "numId"), level)
        for child in numbering
        if local_name(child) == "num"
        for level in counting.get(_value(child, "abstractNumId"), ())
    )


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    return next((child for child in element if local_name(child) == name), None)


def _value(element: etree._Element | None, name: str) -> str:
    """The `val` of a child, empty when there is no such child."""
    child = _child(element, name)
    return "" if child is None else attribute(child, "val")
