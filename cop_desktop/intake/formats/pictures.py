"""Pictures: how large they are, from their first bytes. No pixel is ever unpacked here."""

import re
from collections.abc import Iterator
from pathlib import Path

from cop_desktop.intake.edge import parsing
from cop_desktop.intake.errors import CutOff, Damaged
from cop_desktop.intake.formats.content import Content
from cop_desktop.intake.formats.package import local_name
from cop_desktop.intake.limits import MAX_PART_BYTES
from cop_desktop.intake.zips import parse_xml

_SHORTEST_BYTES = 12
_PNG_END = b"IEND\xaeB`\x82"
_JPEG_END = b"\xff\xd9"
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_WITHOUT_LENGTH = frozenset(range(0xD0, 0xD8)) | {0x01, 0xFF}
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:px)?\s*")
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")


def read_picture(path: Path, media_type: str) -> Content:
    """The size of the picture at `path`. Raises Unreadable, also when its end is missing."""
    data = path.read_bytes()
    with parsing():
        if media_type == "image/svg+xml":
            return _drawing(data)
        if len(data) < _SHORTEST_BYTES:
            raise CutOff
        size_px = _READERS[media_type](data)
    if min(size_px) < 1:
        raise Damaged
    return Content(text="", size_px=size_px)


def _png(data: bytes) -> tuple[int, int]:
    if _PNG_END not in data[-4096:]:
        raise CutOff
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _gif(data: bytes) -> tuple[int, int]:
    if data[-64:].rstrip(b"\x00")[-1:] != b";":
        raise CutOff
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _jpeg(data: bytes) -> tuple[int, int]:
    if data.rfind(_JPEG_END) < 0:
        raise CutOff
    for mark, place in _jpeg_segments(data):
        if mark in _JPEG_FRAMES:
            high = int.from_bytes(data[place + 3 : place + 5], "big")
            return int.from_bytes(data[place + 5 : place + 7], "big"), high
    raise Damaged


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """(mark, where its length stands) of each segment before the pixels (ITU-T T.81, B.1.1)."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        mark = data[place + 1]
        place += 1 if mark == 0xFF else 2
        if mark in _JPEG_WITHOUT_LENGTH:
            continue
        if mark in (0xD9, 0xDA):
            return
        yield mark, place
        place += max(int.from_bytes(data[place : place + 2], "big"), 2)


def _webp(data: bytes) -> tuple[int, int]:
    if len(data) < 8 + int.from_bytes(data[4:8], "little"):
        raise CutOff
    form, head = data[12:16], data[20:30]
    if form == b"VP8X":
        return (
            int.from_bytes(head[4:7], "little") + 1,
            int.from_bytes(head[7:10], "little") + 1,
        )
    if form == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        wide, high = head[6:8], head[8:10]
        return int.from_bytes(wide, "little") & 0x3FFF, int.from_bytes(high, "little") & 0x3FFF
    raise Damaged


_READERS = {"image/png": _png, "image/jpeg": _jpeg, "image/gif": _gif, "image/webp": _webp}


def _drawing(data: bytes) -> Content:
    root = parse_xml(data[:MAX_PART_BYTES])
    titles = [child.text or "" for child in root if local_name(child) == "title"]
    return Content(text="", titles=tuple(titles[:1]), size_px=_drawn_size(root.attrib))


def _drawn_size(said: "dict[str, str]") -> tuple[int, int] | None:
    """Width and height in pixels; None when the drawing fits itself to its surroundings."""
    wide, high = (_LENGTH.fullmatch(said.get(key, "")) for key in ("width", "height"))
    if wide and high:
        sizes = float(wide.group(1)), float(high.group(1))
    else:
        box = _NUMBER.findall(said.get("viewBox", ""))
        if len(box) != 4:
            return None
        sizes = float(box[2]), float(box[3])
    return (round(sizes[0]), round(sizes[1])) if min(sizes) >= 1 else None
