"""The package that Word and PowerPoint files share (ECMA-376 part 2): parts, and what links them.

Read here rather than through python-docx and python-pptx: those read every picture into memory
first, refuse a file for one broken link, and leave out words in content controls, tracked
insertions, text boxes, footnotes and diagrams.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from cop_desktop.intake.edge import parsing
from cop_desktop.intake.errors import Damaged
from cop_desktop.intake.zips import opened_zip, parse_xml

_CORE_PROPERTIES = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship of a part.

    role: the last word of its type, such as "slide" or "hyperlink".
    target: a part's name in the package, or an address outside it.
    """

    role: str
    target: str
    outside: bool


@dataclass(frozen=True, slots=True)
class About:
    """Who wrote a file, when, and under which title; empty or None where it says nothing."""

    title: str = ""
    author: str = ""
    when_utc: datetime | None = None


class Package:
    """The parts of one opened file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = frozenset(archive.namelist())

    def tree(self, part: str) -> etree._Element | None:
        """The root of an XML part; None when the package has no such part. Raises Damaged."""
        if part not in self._names:
            return None
        with parsing():
            return parse_xml(self._archive.read(part))

    def main_part(self) -> str:
        """The name of the part with the document itself. Raises Damaged when there is none."""
        for link in self.links("").values():
            if link.role == "officeDocument" and not link.outside:
                return link.target
        raise Damaged

    def links(self, part: str) -> dict[str, Link]:
        """The relationships of `part` by their ids; "" means those of the package."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return {}
        return {child.get("Id", ""): _link(child, folder) for child in root if local_name(child)}

    def linked(self, part: str, role: str) -> etree._Element | None:
        """The tree of the first part that `part` links to in this role, if there is one."""
        for link in self.links(part).values():
            if link.role == role and not link.outside:
                return self.tree(link.target)
        return None

    def about(self) -> About:
        """The core properties; nothing when they are missing or broken: no reason to stop."""
        try:
            root = self.tree(_CORE_PROPERTIES)
        except Damaged:
            return About()
        if root is None:
            return About()
        said = {local_name(child): (child.text or "").strip() for child in root}
        return About(
            title=said.get("title", ""),
            author=said.get("creator", "") or said.get("lastModifiedBy", ""),
            when_utc=moment(said.get("modified", "")) or moment(said.get("created", "")),
        )


@contextmanager
def opened_package(path: Path) -> Iterator[Package]:
    """The package at `path`, within the limits of this program. Raises Unreadable."""
    with opened_zip(path) as archive, parsing():
        yield Package(archive)


def local_name(element: object) -> str:
    """The tag of an lxml element without its namespace; empty for comments and the like.

    Word's "strict" files differ from the usual ones in their namespaces only.
    """
    tag = getattr(element, "tag", "")
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name, whatever its namespace; empty when it is missing."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def moment(said: str) -> datetime | None:
    """A W3C date and time in UTC; one without a zone counts as UTC. None when it is none."""
    try:
        when = datetime.fromisoformat(said)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when
        return when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _link(element: etree._Element, folder: str) -> Link:
    target = element.get("Target", "")
    outside = element.get("TargetMode", "") == "External"
    if not outside:
        target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
    return Link(element.get("Type", "").rpartition("/")[2], target, outside)
