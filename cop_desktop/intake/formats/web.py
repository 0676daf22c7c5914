"""Web pages: the words a reader sees."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from cop_desktop.intake import limits
from cop_desktop.intake.edge import parsing
from cop_desktop.intake.errors import Empty
from cop_desktop.intake.formats.content import Content
from cop_desktop.intake.formats.package import moment
from cop_desktop.intake.text import decode, one_line

_UNSEEN = re.compile("head|script|style|template|svg|iframe|object|select")
_LINES = re.compile(
    "address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|"
    "footer|form|h[1-6r]|header|li|main|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
_CELLS = frozenset(("td", "th"))
_SPACE = re.compile(r"\s+")
_SAYS_ENCODING = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,40})", re.IGNORECASE
)
_ENCODING_WITHIN_BYTES = 4096
_AUTHOR = ("author", "dc.creator", "dcterms.creator")
_WHEN = ("dcterms.modified", "article:modified_time", "article:published_time", "dcterms.created")
_WHEN_LESS_SURE = ("date", "dc.date")


def read_web(path: Path) -> Content:
    """The words of the page at `path`, one line a block, without scripts. Raises Unreadable."""
    with path.open("rb") as file:
        data = file.read(limits.MAX_WEB_PAGE_BYTES)
    with parsing():
        root = _tree(_decoded(data))
        return Content(
            text="".join(_pieces(root)),
            titles=_titles(root),
            author=_said(root, _AUTHOR),
            when_utc=moment(_said(root, _WHEN + _WHEN_LESS_SURE)),
        )


def _tree(text: str) -> etree._Element:
    # Bytes in a known encoding: lxml refuses text that declares an encoding of its own.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    root = etree.fromstring(text.replace("\x00", "").encode("utf-8", errors="replace"), parser)
    if root is None:
        raise Empty
    return root


def _decoded(data: bytes) -> str:
    said = _SAYS_ENCODING.search(data[:_ENCODING_WITHIN_BYTES])
    if said and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(said.group(1).decode("ascii"), errors="strict")
        except (LookupError, ValueError):
            pass  # the page is wrong about itself, which is common: its bytes decide
    return decode(data)


def _pieces(root: etree._Element) -> Iterator[str]:
    """The text below `root`; line ends where a reader sees a new line."""
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if _UNSEEN.fullmatch(name):
            unseen += 1 if event == "start" else -1
        elif not unseen and _LINES.fullmatch(name):
            yield "\n"
        if unseen:
            continue
        if event == "start":
            yield _SPACE.sub(" ", element.text or "") if name else ""
        else:
            yield " | " if name in _CELLS and element.getnext() is not None else ""
            yield _SPACE.sub(" ", element.tail or "")


def _titles(root: etree._Element) -> tuple[str, ...]:
    found = [one_line("".join(element.itertext())) for element in root.iter("title", "h1")]
    in_head = [one_line("".join(element.itertext())) for element in root.iter("title")]
    return (*in_head[:1], *(title for title in found if title not in in_head)) if found else ()


def _said(root: etree._Element, names: tuple[str, ...]) -> str:
    """What the page says about itself under the first of `names` that it uses."""
    said = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") or ""
        for meta in root.iter("meta")
    }
    return next((one_line(said[name]) for name in names if said.get(name)), "")
